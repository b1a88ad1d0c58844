"""Who sits at the machine: fast switch by a personal code, a second person's word, officers added by the head."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit

from fieldtool.ports import Progress
from fieldtool.records.roles import OfficerRole
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.village_choice import VillageChoice
from fieldtool.usecases import users
from fieldtool.usecases.authority import User, current_user
from fieldtool.usecases.own_codes import is_lent
from fieldtool.usecases.seen_people import look_again


class UsersCard(QFrame):
    """The card on the settings page; codes are shown as dots and forgotten after use."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("card")
        self._office = office
        say = office.say
        self._here = label("", "muted", wrap=True)
        self.who, self.role = QComboBox(), QComboBox()
        self.villages = VillageChoice(office, office.people.villages())
        for role in OfficerRole:
            self.role.addItem(say(f"role.{role}"), role)
        self.pin, self.name, self.new_pin = QLineEdit(), QLineEdit(), QLineEdit()
        for line in (self.pin, self.new_pin):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setPlaceholderText(say("users.pin"))
            line.setAccessibleName(say("users.pin"))
        self.name.setPlaceholderText(say("users.name"))
        self.name.setAccessibleName(say("users.name"))
        self.who.setAccessibleName(say("users.title"))
        self.role.setAccessibleName(say("users.add"))
        self.pin.returnPressed.connect(self.switch)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.addWidget(label(say("users.title"), "heading"), 0, 0)
        grid.addWidget(self._here, 0, 1, 1, 3)
        grid.addWidget(self.who, 1, 0)
        grid.addWidget(self.pin, 1, 1)
        grid.addWidget(office.button("users.switch", "user", self.switch), 1, 2)
        grid.addWidget(office.button("users.approve", "shield-check", self.approve), 1, 3)
        grid.addWidget(self.name, 2, 0)
        grid.addWidget(self.role, 2, 1)
        grid.addWidget(self.new_pin, 2, 2)
        grid.addWidget(office.button("users.add", "plus", self.add), 2, 3)
        grid.addWidget(self.villages, 3, 1)
        grid.addWidget(office.button("users.set_role", "user", self.set_role), 3, 0)
        grid.addWidget(office.button("users.set_for", "lock", self.set_for), 3, 2)
        grid.addWidget(office.button("users.set_pin", "lock", self.set_pin), 3, 3)
        self._lent = label("", "warn", wrap=True)
        grid.addWidget(self._lent, 4, 0, 1, 4)

    def showEvent(self, event: object) -> None:
        """Read who there is."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def refresh(self) -> None:
        """Read the officers anew."""
        home = self._office.home

        def read(progress: Progress) -> tuple[User, list[User], set[str]]:
            found = users.users(home)
            return current_user(home), found, {item.id for item in found if is_lent(home, item.id)}

        self._office.worker.submit(read, lambda found: self._show(*found), self._office.news.failed.emit)

    def _show(self, here: User, found: Sequence[User], lent: Collection[str]) -> None:
        say = self._office.say
        self._here.setText(say("users.here", name=here.name, role=say(f"role.{here.role}")))
        self.who.clear()
        for item in found:
            marks = f" · {say('users.lent_line')}" if item.id in lent else ""
            self.who.addItem(f"{item.name} · {say(f'role.{item.role}')}{marks}", item.id)
        self.who.setCurrentIndex(max(self.who.findData(here.id), 0))
        self._lent.setText(say("users.lent") if here.id in lent else "")
        self._lent.setVisible(here.id in lent)

    def _do(self, act: Callable[[], User | None], said: Callable[[User | None], str]) -> None:
        for line in (self.pin, self.new_pin):
            line.clear()

        def done(result: User | None) -> None:
            self._office.news.said.emit(said(result))
            self.refresh()

        self._office.do(lambda progress: act(), done)

    def switch(self) -> None:
        """Another officer sits down."""
        home, id, pin, say = self._office.home, str(self.who.currentData()), self.pin.text(), self._office.say
        people, work = self._office.people, self._office.work

        def switched() -> User:
            found = users.switch_user(home, id, pin)
            look_again(people, work)
            return found

        self._do(
            switched,
            lambda found: say("users.here", name=found.name, role=say(f"role.{found.role}")) if found else "",
        )

    def approve(self) -> None:
        """The chosen officer agrees that the whole commune may be exported today."""
        home, id, pin, say = self._office.home, str(self.who.currentData()), self.pin.text(), self._office.say
        self._do(
            lambda: users.approve_export(home, id, pin),
            lambda found: say("users.approved", name=found.name) if found else "",
        )

    def set_pin(self) -> None:
        """Set the code of whoever sits here."""
        home, pin = self._office.home, self.new_pin.text() or self.pin.text()
        self._do(lambda: users.set_pin(home, pin), lambda _none: self._office.say("users.pin_set"))

    def set_for(self) -> None:
        """Set a code for the chosen officer, who is to change it."""
        home, id, pin = self._office.home, str(self.who.currentData()), self.new_pin.text()
        self._do(lambda: users.set_pin(home, pin, id), lambda _none: self._office.say("users.pin_set"))

    def set_role(self) -> None:
        """Give the chosen officer the role and the village that stand below."""
        home, id, say = self._office.home, str(self.who.currentData()), self._office.say
        role, villages = OfficerRole(self.role.currentData()), self.villages.chosen()
        people, work = self._office.people, self._office.work

        def changed() -> User:
            found = users.change_role(home, id, role, villages)
            look_again(people, work)
            return found

        self._do(
            changed,
            lambda found: say("users.role_set", name=found.name, role=say(f"role.{found.role}")) if found else "",
        )

    def add(self) -> None:
        """Add an officer with a role and a first code."""
        home, name, pin = self._office.home, self.name.text(), self.new_pin.text()
        role, villages = OfficerRole(self.role.currentData()), self.villages.chosen()
        self._do(
            lambda: users.add_officer(home, name, role, pin, villages),
            lambda found: self._office.say("users.added", name=found.name) if found else "",
        )
