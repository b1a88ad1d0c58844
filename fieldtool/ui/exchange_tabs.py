"""The tables of the exchange page: bundles, receipts, operations held back, machines, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from fieldtool.ports import Home
from fieldtool.ports.locks import Locks
from fieldtool.records.exchange import BundleNote, DeviceCard, Quarantined, QuarantineState, Result
from fieldtool.records.sensitive import shown, veiled
from fieldtool.ui.heard_words import HeardWords
from fieldtool.ui.keys_tab import KeysTab
from fieldtool.ui.office import Office
from fieldtool.ui.purpose import state, stated
from fieldtool.ui.table import Table
from fieldtool.ui.trust_tab import TrustTab, TrustView, read_trust
from fieldtool.usecases.enrol_device import EnrolOutcome, confirm_words, kept_words, own_words, root_unheard
from fieldtool.usecases.issue_receipts import Receipt, answer_operation, receipts
from fieldtool.usecases.own_leftovers import behind_by
from fieldtool.usecases.receive_bundle import ReceiveOutcome, receive_refused
from fieldtool.usecases.refused_files import RefusedFile, clear_refused, refused_files
from fieldtool.usecases.settle_quarantine import of_whom, quarantined, settle_quarantine
from fieldtool.usecases.watch_makers import Maker, Missing, lost_device, makers, missing_bundles
from fieldtool.wording.days import moment_told

_MOST_RECEIPTS = 200  # the newest ones are shown; the command line lists all


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """What the tables show, read off the window's thread."""

    cards: list[DeviceCard]
    notes: list[BundleNote]
    receipts: list[Receipt]
    held: list[Quarantined]
    makers: list[Maker]
    missing: list[Missing]
    enrolled: bool
    behind: str  # by which of its own bundles others know more; "" when they do not
    root_unheard: bool  # nobody compared the words of the root with the enrolment card
    trust: TrustView
    officers: list[str]
    refused: list[RefusedFile]
    spoken_of: dict[str, str]  # operation held back → whom it speaks of


def read_view(home: Home, locks: Locks | None = None) -> ExchangeView:
    """Read it all."""
    held = quarantined(home)
    return ExchangeView(
        home.keys.trusted(),
        home.shelf.bundles(),
        receipts(home)[-_MOST_RECEIPTS:],
        held,
        makers(home),
        missing_bundles(home),
        home.keys.enrolled(),
        behind_by(home),
        root_unheard(home),
        read_trust(home),
        locks.officers() if locks is not None else [],
        refused_files(home),
        of_whom(home, held),
    )


def _page(table: Table, *foot: QWidget, above: QWidget | None = None) -> QWidget:
    """A table with its acts in a row under it; `above` is what may have to be answered before."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 6, 0, 0)
    if above is not None:
        column.addWidget(above)
    column.addWidget(table, 1)
    if foot:
        row = QHBoxLayout()
        for widget in foot:
            row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
        column.addLayout(row)
    return page


def _scrolled(content: QWidget) -> QScrollArea:
    """A tab with more acts than a small screen is high."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    return area


def _reason(office: Office) -> QLineEdit:
    box = QLineEdit()
    box.setPlaceholderText(office.say("ui.exchange.reason"))
    box.setAccessibleName(office.say("ui.exchange.reason"))
    return box


class ExchangeTabs(QTabWidget):
    """The tables with their acts; `run` is the page's way to do an act with progress, `tell` says what came of it."""

    def __init__(self, office: Office, run: Callable[[Any, Any], None], tell: Callable[[str], None]) -> None:
        super().__init__()
        self._office, self._run, self._tell = office, run, tell
        self.bundles = Table(
            office,
            [f"ui.exchange.column.{n}" for n in ("file", "who", "to", "count", "state", "at")],
            "ui.exchange.title",
        )
        self.receipts = Table(
            office,
            [f"ui.exchange.head.{n}" for n in ("bundle", "operation", "result", "reason")],
            "ui.exchange.tab.receipts",
        )
        self.held = Table(
            office,
            [f"ui.exchange.head.{n}" for n in ("operation", "value", "reason", "state")],
            "ui.exchange.tab.quarantine",
        )
        self.makers = Table(
            office,
            [f"ui.exchange.head.{n}" for n in ("machine", "unit", "last", "days", "gaps", "marks")],
            "ui.exchange.tab.makers",
        )
        self.missing = Table(office, [f"ui.exchange.head.{n}" for n in ("bundle", "who")], "ui.exchange.tab.waiting")
        self._quarantine: list[tuple[Quarantined, str]] = []
        self._armed = ""
        self.addTab(_page(self.bundles), office.say("ui.exchange.tab.bundles"))
        self.addTab(_page(self.receipts, *self._answers()), office.say("ui.exchange.tab.receipts"))
        self.addTab(_page(self.held, *self._verdicts()), office.say("ui.exchange.tab.quarantine"))
        self.words = HeardWords(office, "ui.exchange.words_heard", wide=True)
        self.addTab(_page(self.makers, *self._drill(), above=self.words), office.say("ui.exchange.tab.makers"))
        self.addTab(_page(self.missing), office.say("ui.exchange.tab.waiting"))
        self.refused = Table(office, [f"ui.exchange.head.{n}" for n in ("bundle", "reason")], "ui.exchange.tab.refused")
        retry = office.button("ui.exchange.retry", "download", self.retry)
        clear = office.button("ui.exchange.clear", "x", self.clear)
        self.addTab(_page(self.refused, retry, clear), office.say("ui.exchange.tab.refused"))
        self.trust = TrustTab(office, run, tell)
        self.addTab(_scrolled(self.trust), office.say("ui.exchange.tab.trust"))
        self.keys: KeysTab | None = None
        if office.locks is not None:
            self.keys = KeysTab(office, office.locks, run, tell)
            self.addTab(_scrolled(self.keys), office.say("ui.exchange.tab.keys"))

    def retry(self) -> None:
        """Try the refused files again from their copies in the home."""
        home, say = self._office.home, self._office.say

        def told(outcomes: list[ReceiveOutcome]) -> None:
            joined = sum(outcome.error is None for outcome in outcomes)
            lines = [say("porch.retried", joined=joined, refused=len(outcomes) - joined)]
            for outcome in outcomes:
                if outcome.one_person:
                    lines.append(say("receive.one_person", file=outcome.file.name, device=outcome.device))
                for late in outcome.one_person_late:
                    lines.append(say("receive.one_person", file=late.file, device=late.device))
            self._tell("\n".join(lines))

        self._run(lambda progress: receive_refused(home, progress), told)

    def clear(self) -> None:
        """Take the chosen refused file off the list, or all when none is chosen."""
        home, chosen = self._office.home, self.refused.chosen() if self.refused.currentRow() >= 0 else ""
        self._run(
            lambda progress: clear_refused(home, [chosen] if chosen else []),
            lambda count: self._tell(self._office.say("porch.cleared", count=count)),
        )

    def _verdicts(self) -> list[QWidget]:
        office = self._office
        self.reason = _reason(office)
        acts = (
            ("ui.exchange.accept_held", "check", "A", QuarantineState.ACCEPTED),
            ("ui.exchange.reject_held", "x", "R", QuarantineState.REJECTED),
            ("ui.exchange.undo_held", "arrow-back-up", "U", QuarantineState.HELD),
        )
        buttons: list[QWidget] = [self.reason]
        for code, icon, key, verdict in acts:
            act = partial(self.settle, verdict)
            buttons.append(office.button(code, icon, act))
            QShortcut(QKeySequence(key), self.held).activated.connect(act)
        buttons.append(office.button("ui.exchange.show_held", "lock", self.show_hidden))
        QShortcut(QKeySequence("T"), self.held).activated.connect(self.show_hidden)
        return buttons

    def show_hidden(self) -> None:
        """Show ethnicity or religion in the chosen operation, for the purpose that stands in the line of reasons."""
        event, purpose = self.held.chosen(), self.reason.text().strip()
        if event and purpose:
            state(self._office, (event,), purpose, self._fill_held)
        elif event:
            self.reason.setFocus()
            self._tell(self._office.say("ui.exchange.purpose_first"))

    def settle(self, state: QuarantineState) -> None:
        """Say to the chosen operation what a person decided."""
        event, reason, home = self.held.chosen(), self.reason.text(), self._office.home
        if event:
            self._run(
                lambda progress: settle_quarantine(home, event, state, reason),
                lambda item: self._tell(self._office.say(f"quarantine.{state}", event=event)),
            )

    def _answers(self) -> list[QWidget]:
        """Headquarters' answers to one operation; a laptop only reads."""
        office = self._office
        if not office.home.card.headquarters:
            return []
        self.answer_reason = _reason(office)
        paper = office.button("ui.exchange.needs_paper", "certificate", lambda: self.answer(Result.NEEDS_PAPER))
        refuse = office.button("ui.exchange.refuse", "x", lambda: self.answer(Result.REFUSED))
        return [self.answer_reason, paper, refuse]

    def answer(self, result: Result) -> None:
        """Refuse the chosen operation, or ask for a paper."""
        event, reason, home = self.receipts.chosen(), self.answer_reason.text(), self._office.home
        if ":" in event:
            self._run(
                lambda progress: answer_operation(home, event, result, reason),
                lambda id: self._tell(self._office.say("trust.answered", event=event)),
            )

    def _drill(self) -> list[QWidget]:
        office = self._office
        compare = office.button("ui.exchange.compare", "check", self.compare)
        QShortcut(QKeySequence("W"), self.makers).activated.connect(self.compare)
        if not office.home.card.headquarters:
            return [compare]
        return [compare, office.button("ui.exchange.lost", "alert-triangle", self.lose)]

    def compare(self) -> None:
        """Ask for the words that nobody compared: at headquarters those of the chosen machine, on a laptop those of the
        root. A laptop's own are told too, for its officer to read aloud."""
        home, say = self._office.home, self._office.say
        device = self.makers.chosen().rpartition(".")[0]
        if home.card.headquarters and (not device or device == home.card.device):
            self._tell(say("ui.exchange.compare.none"))
            return
        asked = device if home.card.headquarters else ""

        def told(found: tuple[EnrolOutcome, EnrolOutcome | None]) -> None:
            own, kept = found
            if not asked:
                self._tell(say("ui.exchange.own_words", words=" – ".join(own.words)))
            if kept is not None and not kept.compared:
                self._ask(kept, asked)
            elif asked:
                self._tell(say("ui.exchange.compare.done", device=asked))

        # Before enrolment a laptop has its own words and no root.
        self._run(lambda _: (own_words(home), kept_words(home, asked) if home.keys.enrolled() else None), told)

    def _ask(self, kept: EnrolOutcome, device: str) -> None:
        home, say = self._office.home, self._office.say
        what = "words_later" if device else "words_root_later"
        words = " – ".join(kept.words)

        def agreed() -> None:
            self._run(
                lambda _: confirm_words(home, " ".join(kept.words), device),
                lambda done: self._tell(say("cli.enrol.confirmed", device=device or done.unit_name)),
            )

        self.words.ask(
            say(f"ui.exchange.{what}", words=words, device=device, unit=kept.unit_name),
            agreed,
            lambda: self._tell(say(f"ui.exchange.{what}.differ", device=device)),
        )

    def lose(self) -> None:
        """The drill for the chosen machine; asks for a second press, since it cuts the machine off."""
        device, home = self.makers.chosen().rpartition(".")[0], self._office.home
        if not device:
            return
        if self._armed != device:
            self._armed = device
            self._tell(self._office.say("ui.exchange.confirm", device=device))
            return
        self._armed = ""

        def tell(report: Any) -> None:
            say = self._office.say
            first = say("trust.lost", device=device, carried=report.carried, delivered=len(report.delivered))
            self._tell(f"{first}\n{say('trust.lost.next')}")

        self._run(lambda progress: lost_device(home, device), tell)

    def fill(self, view: ExchangeView) -> None:
        """Show everything; the titles tell how much waits for a person."""
        say, wording = self._office.say, self._office.wording
        self.bundles.fill([(note.id, self._note(note)) for note in reversed(view.notes)])
        self.receipts.fill([row for receipt in reversed(view.receipts) for row in self._receipt(receipt)])
        self._quarantine = [(item, view.spoken_of[item.event.id]) for item in view.held]
        self._fill_held()
        self.makers.fill([(f"{m.device}.{m.incarnation}", self._maker(m)) for m in view.makers])
        self.missing.fill(
            [
                (item.bundle, (wording.missing(item.name, item.bundle, item.carriers, len(item.waiting)),
                               ", ".join(item.carriers)))
                for item in view.missing
            ]
        )  # fmt: skip
        self.refused.fill([(item.file, (item.file, ". ".join(wording.error(item.error)))) for item in view.refused])
        self.trust.fill(view.trust)
        if self.keys is not None:
            self.keys.fill(view.officers)
        waiting = sum(item.state is QuarantineState.HELD for item in view.held)
        uncompared = view.root_unheard + sum("unheard" in maker.marks for maker in view.makers)
        for place, code, count in (
            (2, "quarantine", waiting),
            (3, "makers", uncompared),
            (4, "waiting", len(view.missing)),
            (5, "refused", len(view.refused)),
        ):
            title = say(f"ui.exchange.tab.{code}")
            self.setTabText(place, f"{title} ({count})" if count else title)

    def _fill_held(self) -> None:
        self.held.fill([(item.event.id, self._held(item, name)) for item, name in self._quarantine])

    def _note(self, note: BundleNote) -> tuple[str, ...]:
        state = self._office.say(f"bundle.{note.state}")
        name = note.file.removeprefix(f"{note.device}-")  # the machine has its own column
        return (name, note.device, note.receiver, str(note.events), state, moment_told(note.made_at))

    def _receipt(self, receipt: Receipt) -> list[tuple[str, tuple[str, ...]]]:
        say = self._office.say
        name = f"{receipt.device}.{receipt.incarnation} – {receipt.number}"
        whole = say("ui.exchange.counted", accepted=receipt.accepted, other=len(receipt.operations))
        rows: list[tuple[str, tuple[str, ...]]] = [(receipt.bundle, (name, "", say("receipt_result.accepted"), whole))]
        rows += [
            (id, (name, id, say(f"receipt_result.{result}"), self._office.wording.receipt_reason(why)))
            for id, result, why in receipt.operations
        ]
        return rows

    def _held(self, item: Quarantined, name: str) -> tuple[str, ...]:
        say = self._office.say
        state = say(f"quarantine_state.{item.state}")
        why = say(f"held.{item.reason}") + (f" – {item.note}" if item.note else "")
        names = (f"record.{item.event.kind}", f"field.{item.event.field}")
        known = [say(name) for name in names if self._office.wording.knows(name)]
        what = " – ".join([*([name, *known[1:]] if name else known or [item.event.kind]), item.event.device])
        value = item.event.value
        held = value if stated(self._office, item.event.id) else shown(item.event.field, str(veiled(value)))
        return (what, held[:200], why, state)

    def _maker(self, maker: Maker) -> tuple[str, ...]:
        marks = ", ".join(self._office.say(f"mark.{mark}") for mark in maker.marks)
        return (
            f"{maker.device}.{maker.incarnation}",
            maker.unit_name,
            str(maker.last_number or "–"),
            str(maker.days) if maker.days >= 0 else "–",
            ", ".join(map(str, maker.gaps)) or "–",
            marks or "–",
        )
