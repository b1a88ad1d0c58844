"""Exchange with headquarters: enrol once, write a bundle to the stick, take bundles in, see what was exchanged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from fieldtool.ports import Progress
from fieldtool.records.exchange import BundleState
from fieldtool.records.sensitive import shown
from fieldtool.records.sticks import StickState
from fieldtool.ui.enrolment_card import EnrolmentCard, raised
from fieldtool.ui.exchange_tabs import ExchangeTabs, ExchangeView, read_view
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.update_strip import UpdateStrip
from fieldtool.usecases.carry_bundle import carry_bundles
from fieldtool.usecases.export_bundle import ExportOutcome, export_bundle
from fieldtool.usecases.propose_edits import EditedBundle, EditState, propose_edits, verify_or_edits
from fieldtool.usecases.receive_bundle import ReceiveOutcome, receive_bundle
from fieldtool.usecases.state_purpose import state_purpose
from fieldtool.usecases.unseal_bundle import UnsealOutcome, unseal_bundle
from fieldtool.usecases.verify_bundle import VerifyOutcome
from fieldtool.wording.listing import some_of

_WARN = (
    StickState.SHORTCUTS, StickState.AUTORUN, StickState.NEARLY_FULL, StickState.WRONG_SYSTEM, StickState.SEVERAL,
    StickState.OWN_DISK, StickState.CLOCK_ODD,
)  # fmt: skip
_MOST_LINES = 6  # told above the tables, which show the rest
_SHOWN = 80  # characters of an edited value; a whole paper would fill the screen


class ExchangePage(QWidget):
    """Every act is a use case on the worker; the page shows what came of it in words."""

    guide = "exchange"  # the page of the user guide that F1 opens

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self._build()
        office.worker.progressed.connect(self._progress)
        office.news.changed.connect(self.refresh)

    def _build(self) -> None:
        say = self._office.say
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 10)
        card = self._office.home.card
        page.addWidget(label(say("ui.exchange.title"), "title"))
        page.addWidget(label(say("ui.exchange.own", unit=card.unit_name, code=card.unit, device=card.device), "muted"))
        self._told = label("", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.units = QComboBox()
        self.units.setAccessibleName(say("ui.exchange.to"))
        self.export = self._office.button("ui.exchange.export", "upload", self._export)
        self.verify = self._office.button("ui.exchange.verify", "shield-check", self._verify)
        self.receive = self._office.button("ui.exchange.receive", "download", self._receive)
        self.cancel = self._office.button("ui.cancel", "x", self._office.worker.cancel)
        self.cancel.setEnabled(False)
        self.receive_all = self._office.button("ui.exchange.folder_in", "folder-open", self._receive_folder)
        self.carry = self._office.button("ui.exchange.carry", "usb", self._carry)
        cards = QHBoxLayout()
        cards.addWidget(raised(label(say("ui.exchange.out"), "heading"), self.units, self.export, self.carry), 1)
        self.take = self._office.button("ui.exchange.edits", "check", self._take_edits)
        self.take.hide()  # until a verified workbook turns out to be edited
        self._edited: EditedBundle | None = None
        self.unseal = self._office.button("ui.exchange.unseal", "folder-open", self._unseal)
        self._opening: tuple[Path, Path] | None = None  # a bundle and where it is to be written, until Enter
        self.purpose = QLineEdit()
        self.purpose.setPlaceholderText(say("ui.exchange.unseal.purpose"))
        self.purpose.setAccessibleName(say("ui.exchange.unseal.purpose"))
        self.purpose.setToolTip(say("ui.exchange.unseal.purpose"))
        self.purpose.returnPressed.connect(self._purpose_told)
        self.purpose.hide()
        look = QWidget()  # two acts that change nothing, in one row: the tables need the height
        beside = QHBoxLayout(look)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.verify)
        beside.addWidget(self.unseal)
        into = (self.receive, self.receive_all, look, self.purpose, self.take)
        cards.addWidget(raised(label(say("ui.exchange.in"), "heading"), *into), 1)
        self.enrolment = EnrolmentCard(self._office, self._run, self._tell)
        cards.addWidget(self.enrolment, 1)
        page.addLayout(cards)
        self.updates = UpdateStrip(self._office)
        page.addWidget(self.updates)
        page.addWidget(self._told)
        page.addWidget(self._bar)
        self.tabs = ExchangeTabs(self._office, self._run, self._tell)
        page.addWidget(self.tabs, 1)
        end = QHBoxLayout()
        end.addWidget(self.cancel)
        end.addStretch(1)
        page.addLayout(end)

    def refresh(self) -> None:
        """Read units and bundles anew, off this thread."""
        home, locks = self._office.home, self._office.locks
        self._office.worker.submit(
            lambda progress: read_view(home, locks),
            self._fill,
            self._office.news.failed.emit,
        )

    def _show_next(self, *, enrolled: bool) -> None:
        """The one primary button is what this machine needs next: enrolment, then export; headquarters receives."""
        headquarters = self._office.home.card.headquarters
        next_ = self.receive if headquarters else self.export if enrolled else self.enrolment.first
        enrol_icon = "shield-check" if headquarters else "upload"
        for button, icon in ((self.enrolment.first, enrol_icon), (self.export, "upload"), (self.receive, "download")):
            self._office.mark(button, icon, primary=button is next_)

    def _fill(self, view: ExchangeView) -> None:
        self._show_next(enrolled=view.enrolled)
        self._warn(view)
        own = self._office.home.card.unit
        here = self.units.currentData()
        units = {card.unit: card.unit_name for card in view.cards if card.unit != own}
        self.units.clear()
        for unit, name in units.items():
            self.units.addItem(f"{name} ({unit})", unit)
        self.units.setCurrentIndex(max(self.units.findData(here), 0))
        self.export.setEnabled(bool(units))
        self.units.setPlaceholderText("" if units else self._office.say("ui.exchange.nobody"))
        self.tabs.fill(view)

    def _warn(self, view: ExchangeView) -> None:
        """Above all else that this home is an old copy; otherwise what stands there of the last act is left."""
        say, headquarters = self._office.say, self._office.home.card.headquarters
        if view.behind:
            behind = say("receive.behind.above" if headquarters else "receive.behind", number=view.behind)
            if behind not in self._told.text():
                self._told.setText("\n".join(part for part in (behind, self._told.text()) if part))
        elif view.root_unheard and not self._told.text():
            self._told.setText(say("ui.exchange.root_unheard"))

    def _export(self) -> None:
        unit = str(self.units.currentData() or "")
        folder = QFileDialog.getExistingDirectory(self, self._office.say("ui.exchange.folder"))
        if unit and folder:
            self.export_to(unit, Path(folder))

    def export_to(self, unit: str, folder: Path) -> None:
        """Write and prove the bundles for a unit."""
        home = self._office.home

        def act(progress: Any) -> tuple[list[StickState], ExportOutcome]:
            return home.sticks.look_at(folder), export_bundle(home, unit, folder, progress=progress)

        self._run(act, lambda found: self._exported(found[1], found[0]))

    def _exported(self, outcome: ExportOutcome, states: list[StickState]) -> None:
        say = self._office.say
        lines = [say("ui.exchange.exported", file=outcome.file.name, events=outcome.events)]
        if outcome.more:
            names = ", ".join(part.name for part in outcome.files)
            lines.append(say("export.parts", count=len(outcome.files), files=names))
        if outcome.resent or outcome.carried:
            lines.append(say("trust.resent", count=len(outcome.resent), carried=len(outcome.carried)))
        lines += [say(f"stick_state.{state}") for state in states if state in _WARN]
        lines += [say("stick.written"), say("stick.safe" if outcome.safe else "stick.not_safe")]
        self._tell("\n".join(lines))

    def _verify(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self._office.say("ui.exchange.verify"), "", "*.goi *.xlsx")
        if file:
            self.verify_file(Path(file))

    def verify_file(self, file: Path) -> None:
        """Say who made a bundle and whether it is whole; of an edited workbook, which rows, and offer to take them."""
        home = self._office.home
        self._edited = None
        self.take.hide()
        self._run(lambda progress: verify_or_edits(home, file), self._verified)

    def _verified(self, outcome: VerifyOutcome | EditedBundle) -> None:
        say = self._office.say
        if isinstance(outcome, EditedBundle):
            self._show_edits(outcome)
            return
        told = say("cli.verify.whole", unit=outcome.unit_name, device=outcome.device, events=outcome.events)
        self._tell(f"{told} {say('verify.saved_by', program=outcome.saved_by)}" if outcome.saved_by else told)

    def _unseal(self) -> None:
        say = self._office.say
        file, _ = QFileDialog.getOpenFileName(self, say("ui.exchange.unseal"), "", "*.goi")
        proposed = str(Path(file).with_suffix(".xlsx").name) if file else ""
        out, _ = QFileDialog.getSaveFileName(self, say("ui.exchange.unseal"), proposed, "*.xlsx") if file else ("", "")
        if out:
            self._opening = Path(file), Path(out)
            self.purpose.clear()
            self.purpose.show()
            self.purpose.setFocus()

    def _purpose_told(self) -> None:
        """Enter in the line of the purpose, or in the empty one: then ethnicity and religion are left out."""
        purpose, opening = self.purpose.text(), self._opening
        self._opening = None
        self.purpose.hide()
        if opening is not None:
            self.unseal_into(*opening, purpose)

    def unseal_into(self, file: Path, out: Path, purpose: str = "") -> None:
        """Write the readable workbook of a bundle, never over a file; the journal tells that it was done. Without a
        purpose ethnicity and religion are left out."""
        home = self._office.home

        def act(progress: Progress) -> UnsealOutcome:
            if purpose.strip():
                state_purpose(home, f"unseal {out.name}", purpose)
            return unseal_bundle(home, file, out, hide=not purpose.strip())

        def done(written: UnsealOutcome) -> None:
            code = "cli.unseal.hidden" if written.hidden else "cli.unseal.done"
            self._tell(self._office.say(code, file=written.file.name))

        self._run(act, done)

    def _show_edits(self, edited: EditedBundle) -> None:
        say = self._office.say
        named = ", ".join(str(row.row) for row in edited.rows)
        lines = [say("edits.found", count=len(edited.rows), rows=named, unit=edited.unit_name)]
        for row in edited.rows[: _MOST_LINES - 1]:
            told = {"field": self._office.wording.field_called(row.field), "state": say(f"edit.{row.state}")}
            now, value = shown(row.field, row.now), shown(row.field, row.value)[:_SHOWN]
            lines.append(say("edits.row", row=row.row, name=row.name, now=now, value=value, **told))
        self._edited = edited
        self.take.setVisible(any(row.state is EditState.PROPOSABLE for row in edited.rows))
        self._tell("\n".join(lines))

    def _take_edits(self) -> None:
        edited, home = self._edited, self._office.home
        if edited is not None:
            self.take.hide()
            self._run(
                lambda progress: propose_edits(home, edited.file),
                lambda done: self._tell(self._office.say("edits.taken", count=len(done.events))),
            )

    def _receive(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, self._office.say("ui.exchange.receive"), "", "*.goi *.xlsx *.tin")
        if files:
            self.receive_files([Path(file) for file in files])

    def receive_files(self, files: list[Path]) -> None:
        """Verify and join some bundles, each on its own."""
        home = self._office.home
        self._run(lambda progress: receive_bundle(home, files, progress=progress), self._received)

    def _received(self, outcomes: list[ReceiveOutcome]) -> None:
        say, lines = self._office.say, []
        passed = [outcome.file.name for outcome in outcomes if outcome.passed_over]
        outcomes = [outcome for outcome in outcomes if not outcome.passed_over]
        if not outcomes:
            lines.append(say("ui.exchange.nothing_in"))
        for outcome in outcomes:
            if outcome.error is not None:
                message, hint = self._office.wording.error(outcome.error)
                lines.append(f"{outcome.file.name}: {message}. {hint}")
            elif outcome.list_number:
                lines.append(say("trust.number", number=outcome.list_number))
            elif outcome.state is BundleState.WAITING:
                lines.append(say("ui.exchange.waiting", file=outcome.file.name, count=len(outcome.missing_parents)))
                wording = self._office.wording
                lines += [wording.missing(m.name, m.bundle, m.carriers, len(m.waiting)) for m in outcome.missing]
            else:
                lines.append(_joined_line(say, "cli.receive.done", outcome))
            lines += [_joined_line(say, "receive.waited", item) for item in outcome.late]
        forks = {device for outcome in outcomes for device in outcome.forks}
        lines += [say("receive.fork", device=device) for device in sorted(forks)]
        if passed:
            lines.append(say("receive.passed_over", count=len(passed), files=some_of(passed)))
        lines += [
            say("receive.one_person", file=outcome.file.name, device=outcome.device)
            for outcome in outcomes
            if outcome.one_person
        ]
        lines += [
            say("receive.one_person", file=late.file, device=late.device)
            for outcome in outcomes
            for late in outcome.one_person_late
        ]
        held = sum(item.quarantined for outcome in outcomes for item in (outcome, *outcome.late))
        if held:
            lines.append(say("trust.held_back", count=held))
        if len(lines) > _MOST_LINES:
            lines = [*lines[:_MOST_LINES], f"… +{len(lines) - _MOST_LINES}"]
        self._tell("\n".join(lines))

    def _receive_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._office.say("ui.exchange.folder_in"))
        if folder:
            self.receive_files([Path(folder)])

    def _carry(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, self._office.say("ui.exchange.carry"), "", "*.goi")
        if files:
            self.carry_files([Path(file) for file in files])

    def carry_files(self, files: list[Path]) -> None:
        """Take sealed bundles of others along."""
        home = self._office.home
        self._run(
            lambda progress: carry_bundles(home, files),
            lambda kept: self._tell(self._office.say("trust.carried", count=len(kept))),
        )

    def _run(self, act: Any, done: Any) -> None:
        self._bar.setRange(0, 0)
        self._bar.show()
        self.cancel.setEnabled(True)

        def idle() -> None:
            self._bar.hide()
            self.cancel.setEnabled(False)

        def finish(result: Any) -> None:
            idle()
            done(result)

        self._office.do(act, finish, failed=lambda error: idle())

    def _progress(self, done: int, total: int, stage: str) -> None:
        if not self._bar.isHidden():
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._office.news.said.emit(text.split("\n")[0])


def _joined_line(say: Callable[..., str], code: str, outcome: ReceiveOutcome) -> str:
    told = {"new": outcome.new_events, "known": outcome.known_events, "conflicts": outcome.conflicts_raised}
    return say(code, file=outcome.file.name, **told)
