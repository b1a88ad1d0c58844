"""The conflict desk: one queue and one screen for every doubt, decided with one key, undone with one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldtool.conflicts.roads import suggest
from fieldtool.records.fields import Field
from fieldtool.records.persons import Doubt, DoubtKind, Person
from fieldtool.records.verdicts import Review
from fieldtool.ui.desk_grid import DeskGrid
from fieldtool.ui.desk_panels import Choice, ChoiceCard, WhyCard
from fieldtool.ui.desk_rows import compared, in_order, rows_of
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases import settle_conflict

_ALL = 1_000_000
_MOST_CHOICES = 6


class DeskPage(QWidget):
    """Shows the doubt in hand; every act goes through `settle_conflict` on the worker."""

    guide = "desk"  # the page of the user guide that F1 opens

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self._queue: list[Doubt] = []
        self._place = 0
        self._person: Person | None = None
        self._doubt: Doubt | None = None
        self._undo: list[tuple[str, str]] = []  # event of an act, doubt it settled
        self._waiting = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._keys()
        office.news.changed.connect(self.refresh)

    def _build(self) -> None:
        look = self._office.look
        self._name, self._where = label("", "title"), label("", "muted")
        heads = QVBoxLayout()
        heads.setSpacing(0)
        heads.addWidget(self._name)
        heads.addWidget(self._where)
        top = QHBoxLayout()
        top.addLayout(heads, 1)
        for code, icon, act in (
            ("ui.desk.previous", "arrow-left", self.previous),
            ("ui.desk.undo", "arrow-back-up", self.undo),
            ("ui.desk.next", "arrow-right", self.next),
        ):
            top.addWidget(self._office.button(code, icon, act))
        self._grid = DeskGrid(look, self._office.wording)
        self._grid.chosen.connect(self.choose_column)
        self._grid.field_picked.connect(self._pick_field)
        self._why, self._choices = WhyCard(look, self._office.wording), ChoiceCard(look)
        bottom = QHBoxLayout()
        bottom.setSpacing(10)
        bottom.addWidget(self._why, 3)
        bottom.addWidget(self._choices, 2)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)
        column.addLayout(bottom, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 8, 12, 8)
        page.addLayout(top)
        page.addWidget(scroll, 1)

    def _keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "N": self.next,
            "P": self.previous,
            "E": self.type_value,
            "U": self.undo,
            "Ctrl+Z": self.undo,
            "M": lambda: self.say_pair("same"),
            "S": lambda: self.say_pair("apart"),
            "?": self.show_keys,
        }
        for number in range(1, 10):
            keys[str(number)] = lambda number=number: self.choose_column(number)  # type: ignore[misc]
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def refresh(self) -> None:
        """Read the queue again and stay on the doubt in hand when it is still open."""
        here = self._doubt.id if self._doubt else ""
        self._queue = self._office.people.doubts(limit=_ALL)
        ids = [doubt.id for doubt in self._queue]
        self._place = ids.index(here) if here in ids else min(self._place, max(len(ids) - 1, 0))
        self._show()

    def shown(self) -> str:
        """The id of the doubt before the officer, "" when there is none."""
        return self._doubt.id if self._doubt else ""

    def open_doubt(self, id: str) -> None:
        """Show one doubt by its id."""
        self._open(lambda doubt: doubt.id == id)

    def open_person(self, person: str) -> None:
        """Show the first doubt about a person."""
        self._open(lambda doubt: doubt.person == person)

    def _open(self, wanted: Callable[[Doubt], bool]) -> None:
        """Show the first doubt that is wanted; when there is none any more, say so rather than show another's."""
        place = next((i for i, doubt in enumerate(self._queue) if wanted(doubt)), None)
        if place is None:
            self._office.news.said.emit(self._office.say("ui.desk.gone"))
            return
        self._place = place
        self._show()

    def next(self) -> None:
        """The next doubt of the queue."""
        self._place = min(self._place + 1, max(len(self._queue) - 1, 0))
        self._show()

    def previous(self) -> None:
        """The doubt before."""
        self._place = max(self._place - 1, 0)
        self._show()

    def _show(self) -> None:
        say = self._office.say
        if not self._queue:
            self._doubt = self._person = None
            self._name.setText(say("ui.desk.empty"))
            self._where.setText(say("ui.desk.empty_hint"))
            self._grid.show_rows([], [], "")
            self._choices.ask("", [])
            self._why.tell("")
            return
        self._doubt = doubt = self._queue[self._place]
        self._person = self._office.people.person(doubt.person)
        self._name.setText(doubt.name)
        house = self._office.people.household(doubt.household) if doubt.household else None
        where = [house.village_name, say("ui.household_of", head=house.head, book=house.book)] if house else []
        counts = sum(self._office.people.doubt_counts().values())
        where.append(say("ui.desk.place", number=self._place + 1, count=counts))
        self._where.setText(" · ".join(part for part in where if part))
        {
            DoubtKind.FIELD: self._show_field,
            DoubtKind.DIVIDED: self._show_field,
            DoubtKind.LINK: self._show_link,
            DoubtKind.RIVALS: self._show_rivals,
        }[doubt.kind]()

    def _show_field(self) -> None:
        doubt, person, say = self._doubt, self._person, self._office.say
        if doubt is None or person is None:
            return
        papers = in_order(person.documents)
        self._grid.show_rows(papers, rows_of(person, papers), doubt.field)
        field = Field(doubt.field)
        road = suggest(person, field)
        certainty = say(f"ui.desk.{road.certainty}") if road.certainty else ""
        source = " – ".join(part for part in (road.source, certainty) if part)
        self._why.tell(say("ui.desk.law"), say(f"road.{road.code}"), source)
        title = say("ui.desk.choose", field=say(f"field.{field}"))
        view = person.fields[field]
        choices: list[Choice] = []
        if doubt.kind is DoubtKind.DIVIDED:
            for number, item in enumerate(view.decisions[:_MOST_CHOICES], start=1):
                text = say(
                    "ui.desk.keep_decision", number=number, value=item.value, author=item.author, at=item.at[:10]
                )
                choices.append(self._choice(text, number, False))
        else:
            for number, paper in enumerate(papers[:9], start=1):
                value = paper.get(field)
                if value and len(choices) < _MOST_CHOICES:
                    kind = say(f"kind.{paper.kind}")
                    text = say("ui.desk.keep_paper", number=number, paper=kind, value=value)
                    advised = bool(road.value) and value == road.value
                    choices.append(self._choice(text, number, advised))
        choices.append(Choice(say("ui.desk.type"), self.type_value))
        self._choices.ask(title, choices)

    def _show_link(self) -> None:
        doubt, say, people = self._doubt, self._office.say, self._office.people
        if doubt is None:
            return
        a, _, b = doubt.id.partition("|")
        links = people.links()
        other = people.person(links[b][0]) if b in links else None
        left = in_order(self._person.documents) if self._person else []
        right = in_order(other.documents) if other else []
        self._grid.show_rows([*left, *right], compared(left, right), "", split=len(left), numbers=False)
        reviews = [review for review in people.reviews() if f"{review.a}|{review.b}" == doubt.id]
        review: Review | None = reviews[0] if reviews else None
        self._why.tell(say("ui.desk.why_link"), "", "", review.reasons if review else ())
        self._choices.ask(
            say("ui.desk.one_or_two"),
            [
                Choice(say("ui.desk.same"), lambda: self.say_pair("same")),
                Choice(say("ui.desk.apart"), lambda: self.say_pair("apart")),
                Choice(say("ui.desk.later"), self.next),
            ],
        )

    def _show_rivals(self) -> None:
        doubt, say, people = self._doubt, self._office.say, self._office.people
        if doubt is None or self._person is None:
            return
        papers = in_order(self._person.documents)
        self._grid.show_rows(papers, rows_of(self._person, papers), "")
        self._why.tell(say("ui.desk.rivals"), say("difference.decided_apart"), "")
        choices: list[Choice] = []
        for number, id in enumerate(doubt.values[:_MOST_CHOICES], start=1):
            person = people.person(id)
            name = person.value(Field.NAME) if person else say("ui.desk.alone")
            text = say("ui.desk.give_to", number=number, name=name)
            choices.append(self._choice(text, number, False))
        self._choices.ask(say("ui.desk.whose"), choices)

    def _choice(self, text: str, number: int, advised: bool) -> Choice:
        return Choice(text, lambda: self.choose_column(number), advised)

    def _pick_field(self, field: str) -> None:
        if self._doubt is not None and self._doubt.kind is not DoubtKind.LINK:  # there, rows compare two persons
            self.open_doubt(f"{self._doubt.person}:{field}")

    def choose_column(self, number: int) -> None:
        """Take the value of a column (of a decision, of a person) for the doubt in hand."""
        doubt, person = self._doubt, self._person
        if doubt is None or person is None or self._waiting:
            return
        if doubt.kind is DoubtKind.RIVALS:
            if number <= len(doubt.values):
                target = doubt.values[number - 1]
                self._act(lambda home: (settle_conflict.settle_rivals(home, doubt.id, target),))
            return
        if doubt.kind is DoubtKind.LINK:
            return
        field = Field(doubt.field)
        view = person.fields[field]
        chosen: tuple[str, ...] = ()
        if doubt.kind is DoubtKind.DIVIDED:
            value = view.decisions[number - 1].value if number <= len(view.decisions) else ""
        else:
            papers = in_order(person.documents)
            value = papers[number - 1].get(field) if number <= len(papers) else ""
            chosen = (papers[number - 1].id,) if value else ()
        if value:
            self._decide(person, field, value, chosen)

    def type_value(self) -> None:
        """Ask for a value of the officer's own."""
        doubt, person, say = self._doubt, self._person, self._office.say
        if doubt is None or person is None or not doubt.field or self._waiting:
            return
        field = Field(doubt.field)
        name = say(f"field.{field}")
        value, given = QInputDialog.getText(
            self, say("ui.desk.type_title"), say("ui.desk.type_label", field=name), text=person.value(field)
        )
        if given and value.strip():
            self._decide(person, field, value.strip(), ())

    def _decide(self, person: Person, field: Field, value: str, chosen: tuple[str, ...]) -> None:
        road = suggest(person, field)
        reason = road.code if road.value == value else ""
        saw = [item.event for item in person.fields[field].decisions]
        self._act(
            lambda home: (settle_conflict.decide(home, person.id, field, value, chosen=chosen, reason=reason, saw=saw),)
        )

    def say_pair(self, verdict: str) -> None:
        """Say that the two papers in hand are of one person, or not."""
        doubt = self._doubt
        if doubt is None or doubt.kind is not DoubtKind.LINK or self._waiting:
            return
        a, _, b = doubt.id.partition("|")
        self._act(lambda home: settle_conflict.verdict(home, a, b, verdict))

    def _act(self, act: Callable[[Any], tuple[str, ...]]) -> None:
        doubt = self._doubt
        self._waiting = True
        self.setFocus()  # a button that was clicked goes with its question, and the keys must stay here

        def done(events: tuple[str, ...]) -> None:
            self._waiting = False
            if events and doubt is not None:
                self._undo.append((events[0], doubt.id))
                self._office.news.said.emit(self._office.say("ui.desk.done", name=doubt.name))

        home = self._office.home
        self._office.do(lambda progress: act(home), done, failed=self._failed)

    def _failed(self, error: object) -> None:
        self._waiting = False
        self.refresh()

    def undo(self) -> None:
        """Take back the last act of this sitting."""
        if self._waiting:
            return
        if not self._undo:
            self._office.news.said.emit(self._office.say("ui.desk.nothing_to_undo"))
            return
        event, doubt = self._undo[-1]
        self._waiting = True

        def done(_events: tuple[str, ...]) -> None:
            self._waiting = False
            self._undo.pop()  # only now, so that an undo that failed can be tried again
            self.open_doubt(doubt)
            self._office.news.said.emit(self._office.say("ui.desk.undone"))

        home = self._office.home
        self._office.do(lambda progress: settle_conflict.undo(home, event), done, failed=self._failed)

    def show_keys(self) -> None:
        """Show what each key does."""
        QMessageBox.information(self, self._office.say("ui.desk.keys_title"), self._office.say("ui.desk.keys"))
