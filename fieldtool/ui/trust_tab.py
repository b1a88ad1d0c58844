"""The trust list on the exchange page: machines with role and villages, hand-over, the list as a file, a new root."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from fieldtool.ports import Home
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.exchange import Cutoff, DeviceCard, Scope
from fieldtool.records.persons import Village
from fieldtool.records.roles import OfficerRole
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.root_row import RootRow
from fieldtool.ui.table import Table
from fieldtool.usecases import keep_trust
from fieldtool.usecases.carry_bundle import prune_files
from fieldtool.usecases.villages_meant import villages_meant

Run = Callable[[Any, Any], None]


@dataclass(frozen=True, slots=True)
class TrustView:
    """The list as the tab shows it."""

    number: int
    root_words: tuple[str, ...]
    cards: Sequence[DeviceCard]
    cutoffs: Sequence[Cutoff]
    cutoffs_lost: Sequence[Cutoff]  # those that the list names no more
    scopes: Sequence[Scope]
    villages: Sequence[Village]
    root_here: bool
    officers: Mapping[str, str]  # officer's id → his name, as far as a bundle told it


def read_trust(home: Home) -> TrustView:
    """Read it all, off the window's thread."""
    cards = home.keys.trusted()
    return TrustView(
        home.trust.number(),
        home.keys.root_words(),
        cards,
        home.trust.cutoffs(),
        home.trust.cutoffs_lost(),
        home.trust.scopes(),
        home.people.villages(),
        home.trust.root_here(),
        {card.officer: home.people.officer_called(card.officer) for card in cards},
    )


class TrustTab(QWidget):
    """Every act is a use case; `run` does it with progress, `tell` says what came of it."""

    def __init__(self, office: Office, run: Run, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._office, self._run, self._tell = office, run, tell
        self._armed = False
        self._view: TrustView | None = None
        heads = ("machine", "unit", "officer", "role", "villages", "state")
        self.table = Table(office, [f"ui.trust.head.{name}" for name in heads], "ui.exchange.tab.trust")
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # the acts come first
        self._number = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self._number)
        column.addWidget(self.table, 1)
        if office.home.card.headquarters:
            column.addLayout(self._assignment())
        column.addLayout(self._list())
        if office.home.card.headquarters:
            self.root_row = RootRow(office, run, tell)
            column.addWidget(self.root_row)

    def _assignment(self) -> QHBoxLayout:
        office = self._office
        self.role, self.village = QComboBox(), QComboBox()
        self.villages = QLineEdit()
        for role in OfficerRole:
            self.role.addItem(office.say(f"role.{role}"), role)
        self.villages.setPlaceholderText(office.say("ui.trust.villages"))
        boxes = (self.role, "ui.trust.role"), (self.villages, "ui.trust.villages"), (self.village, "ui.trust.village")
        for box, code in boxes:
            box.setAccessibleName(office.say(code))
            box.setToolTip(office.say(code))
        row = QHBoxLayout()
        row.addWidget(self.role)
        row.addWidget(self.villages, 1)
        row.addWidget(office.button("ui.trust.assign", "check", self.assign))
        row.addWidget(self.village, 1)
        row.addWidget(office.button("ui.trust.hand_over", "upload", self.hand_over))
        return row

    def _list(self) -> QHBoxLayout:
        office, row = self._office, QHBoxLayout()
        row.addWidget(office.button("ui.trust.export", "upload", self._export))
        row.addWidget(office.button("ui.trust.import", "download", self._import))
        row.addWidget(office.button("ui.trust.prune", "x", self.prune))
        row.addStretch(1)
        if office.home.card.headquarters:
            self.root = office.button("ui.trust.new_root", "shield-check", self.new_root)
            row.addWidget(self.root)
        return row

    def fill(self, view: TrustView) -> None:
        """Show the list; the chosen machine stays chosen."""
        self._view = view
        say = self._office.say
        words = " – ".join(view.root_words) or "–"
        lines = [say("ui.trust.number", number=view.number, words=words)]
        if view.cutoffs_lost:
            lost = ", ".join(f"{cut.device}.{cut.incarnation}" for cut in view.cutoffs_lost)
            lines.append(say("trust.cutoffs_lost", machines=lost))
        self._number.setText("\n".join(lines))
        self.table.fill([(card.device, self._row(view, card)) for card in view.cards])
        if self._office.home.card.headquarters:
            self.root_row.fill(view.root_here)
            self.root.setVisible(view.root_here)
            here = self.village.currentData()
            self.village.clear()
            for village in view.villages:
                self.village.addItem(f"{village.name} ({village.id})", village.id)
            self.village.setCurrentIndex(max(self.village.findData(here), 0))

    def _row(self, view: TrustView, card: DeviceCard) -> tuple[str, ...]:
        say = self._office.say
        scope = next((scope for scope in view.scopes if scope.device == card.device), None)
        cut = next((c for c in view.cutoffs if (c.device, c.incarnation) == (card.device, card.incarnation)), None)
        names = {village.id: village.name for village in view.villages}
        return (
            f"{card.device}.{card.incarnation}",
            card.unit_name,
            self._office.wording.officer_or_none(view.officers.get(card.officer, card.officer), card.officer),
            say(f"role.{scope.role}") if scope and scope.role else "–",
            ", ".join(names.get(id, id) for id in scope.villages) if scope and scope.villages else say("ui.trust.all"),
            say("ui.trust.cut", bundles=len(cut.bundles)) if cut else say("ui.trust.trusted"),
        )

    def _chosen(self) -> str:
        """The chosen machine; says what to do when there is none."""
        device = self.table.chosen()
        if not device:
            self._tell(self._office.say("ui.trust.choose"))
        return device

    def assign(self) -> None:
        """Role and villages for the chosen machine."""
        device, home = self._chosen(), self._office.home
        if not device:
            return
        role = OfficerRole(self.role.currentData())
        chosen = self._meant(self.villages.text())
        if chosen is None:
            return
        self._run(
            lambda progress: keep_trust.assign_scope(home, device, role, chosen),
            lambda number: self._tell(self._office.say("ui.trust.assigned", device=device, number=number)),
        )

    def _meant(self, text: str) -> tuple[str, ...] | None:
        """Village ids for ids or names parted by commas; None, and a word about it, where one is not known."""
        try:
            return villages_meant(self._view.villages if self._view else (), text.split(","))
        except FieldtoolError as error:
            self._tell(". ".join(self._office.wording.error(error)))
            return None

    def hand_over(self) -> None:
        """Give the chosen village to the chosen machine."""
        device, home, village = self._chosen(), self._office.home, str(self.village.currentData() or "")
        if device and village:
            self._run(
                lambda progress: keep_trust.hand_over(home, village, device),
                lambda _event: self._tell(self._office.say("trust.handed_over", village=village, device=device)),
            )

    def _export(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._office.say("ui.trust.export"))
        if folder:
            self.export_to(Path(folder))

    def export_to(self, folder: Path) -> None:
        """Write the list to a stick."""
        home = self._office.home
        self._run(
            lambda progress: keep_trust.write_list_file(home, folder),
            lambda file: self._tell(self._office.say("trust.written", file=file.name)),
        )

    def _import(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self._office.say("ui.trust.import"), "", "*.tin")
        if file:
            self.import_from(Path(file))

    def import_from(self, file: Path) -> None:
        """Take a newer list in; an older or forged one changes nothing."""
        home = self._office.home

        def told(newer: bool) -> None:
            code = "ui.trust.taken" if newer else "ui.trust.same"
            self._tell(self._office.say(code, file=file.name))

        self._run(lambda progress: keep_trust.read_list_file(home, file), told)

    def prune(self) -> None:
        """Forget copies that headquarters has confirmed."""
        home = self._office.home
        self._run(
            lambda progress: prune_files(home),
            lambda gone: self._tell(self._office.say("trust.pruned", count=len(gone))),
        )

    def new_root(self) -> None:
        """A new root at the second press, since every machine must hear its words again."""
        if not self._armed:
            self._armed = True
            self._tell(self._office.say("ui.trust.new_root.confirm"))
            return
        self._armed = False
        home, office = self._office.home, self._office

        def told(words: tuple[str, ...]) -> None:
            self._tell(office.say("ui.trust.new_root.done", words=" – ".join(words)))

        self._run(lambda progress: keep_trust.new_root(home), told)
