"""Visits at the door: the households that wait at the left, one household at the right, by one hand or by keys.

What is on the page is kept at every keystroke (usecases.open_household.keep_draft); a visit is recorded whole.
"""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from fieldtool.ports import Progress
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.presence import Asked, Presence, VisitResult
from fieldtool.records.visits import ConflictAnswer, MemberAnswer, Sheet
from fieldtool.ui.case_opening import CaseMenu
from fieldtool.ui.office import Office
from fieldtool.ui.visit_card import PAPER_KEYS, STATE_KEYS, MemberCard
from fieldtool.ui.visit_frame import VisitFrame
from fieldtool.ui.visit_tasks import VisitTasks
from fieldtool.usecases import open_household as door
from fieldtool.usecases.age_at_the_door import papers_of, take_date
from fieldtool.usecases.look_alike import probably
from fieldtool.usecases.record_visit import VisitOutcome, record_visit, result_for, undo_visit
from fieldtool.usecases.today import today_of

_KEPT = 100  # steps of undo on one page


class VisitPage(QWidget):
    """The page; keys speak of the marked member while no field is being typed in."""

    guide = "visits"  # the page of the user guide that F1 opens

    wants_scan = Signal(str)  # household

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._office = office
        self.page: door.DoorPage | None = None
        self.sheet = Sheet("", "")
        self.cards: list[MemberCard] = []
        self._current = 0
        self._undone: list[Sheet] = []
        self._last = ""  # the visit recorded last, for undo
        self._build()
        office.news.changed.connect(self.refresh)

    def _build(self) -> None:
        office = self._office
        self.tasks = VisitTasks(office, self._day, self._house)
        self.tasks.opened.connect(self.open)
        self.tasks.chosen.connect(lambda: self.setFocus())
        self.villages, self.model, self.list = self.tasks.villages, self.tasks.model, self.tasks.list
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 10, 12, 8)
        outer.setSpacing(12)
        outer.addWidget(self.tasks)
        self.frame = self._frame()
        self.case_menu = CaseMenu(office, self, lambda _found: self.setFocus())
        outer.addWidget(self.frame, 1)
        for keys, act in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Ctrl+Z", self.undo),
            ("F4", self.scan),
            ("Ctrl+T", self.add_newcomer),
            ("F6", self.ask_age),
            ("F7", self.nobody_home),
            ("Ctrl+H", self.open_case),
            ("Escape", lambda: self.setFocus()),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _frame(self) -> VisitFrame:
        """Head, sheet and buttons; the names by which the page and its tests know the parts."""
        frame = VisitFrame(self._office, {
            "age": self.ask_age, "add": self.add_newcomer, "scan": self.scan, "case": self.open_case,
            "all_here": self.all_here, "not_home": self.nobody_home, "undo": self.undo, "save": self.save,
        })  # fmt: skip
        self.foot, self.area, self._members = frame.foot, frame.area, frame.members
        self.save_button, self.age_button = frame.buttons["save"], frame.buttons["age"]
        self.foot.changed.connect(self._foot_changed)
        return frame

    def open_case(self) -> None:
        """A case for the marked member, or for the household where none is: the visit goes on afterwards."""
        if self.page is None:
            return
        item = self.cards[self._current].item if self.cards else None
        name, person = (item.member.name, item.member.person) if item else (self.page.house.head, "")
        self.case_menu.ask(name, person, self.page.house.id, self.frame.buttons["case"])

    def _day(self) -> str:
        return today_of(self._office.home.clock, self._office.work, self._office.home.card.device).day

    def _house(self) -> tuple[str, str]:
        """The household on the page and its village, "" for none."""
        return (self.page.house.id, self.page.house.village) if self.page is not None else ("", "")

    def refresh(self) -> None:
        """Read villages and list anew; the household on the page stays, for it may be half filled in."""
        if self.isVisible():
            self.tasks.refresh()

    def showEvent(self, event: object) -> None:
        """Read what the home holds now, and open the first household when none is."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def stop(self) -> None:
        """Look no more: the window closes, and the home behind it."""
        for card in self.cards:
            if card.item is None:
                card.pause.stop()

    def shown(self) -> str:
        """The household on the page, "" for none."""
        return self._house()[0]

    def open(self, household: str) -> None:
        """Show a household with its draft, if it was begun before."""
        office = self._office
        try:
            page = door.open_household(
                office.people, office.work, office.home.drafts, office.home.ids, household, self._day()
            )
        except FieldtoolError as error:
            office.news.failed.emit(error)
            return
        self.page, self.sheet, self._undone, self._current = page, page.sheet, [], 0
        house = page.house
        self.frame.show_house(house, page.drafted, [case for case in page.cases if not case.person])
        self._show_sheet()
        self.tasks.mark(household)
        self._journal(household)

    def _journal(self, household: str) -> None:
        log = self._office.home.log
        self._office.worker.submit(
            lambda progress: log.note("view", household), lambda _done: None, self._office.news.failed.emit
        )

    def _show_sheet(self) -> None:
        """Build the cards for the sheet: at opening and after undo, never while one types."""
        assert self.page is not None
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for item in self.page.members:
            card = MemberCard(self._office, item, self.sheet.answer_of(item.member.person))
            for word in self.sheet.conflicts:
                if word.person == item.member.person:
                    card.show_choice(word.field, word.value)
            card.asked.connect(self._asked)
            self._add_card(card)
        for answer in self.sheet.members:
            if answer.slot:
                self._add_newcomer_card(answer)
        names = [item.member.name for item in self.page.members]
        self.foot.show_sheet(self.sheet, names)
        self._mark(min(self._current, len(self.cards) - 1))
        self._show_checks()

    def _add_card(self, card: MemberCard) -> None:
        card.changed.connect(self._told)
        card.dated.connect(lambda value, clues: self._take_date(card, value, clues))
        self.cards.append(card)
        self._members.addWidget(card)

    def _mark(self, place: int) -> None:
        self._current = max(place, 0)
        for number, card in enumerate(self.cards):
            card.set_current(number == self._current)
        if self.cards:
            self.area.ensureWidgetVisible(self.cards[self._current], 0, 40)

    def _keep(self, sheet: Sheet, *, step: bool = True) -> None:
        """Take a changed sheet: on the disk before the next key."""
        if sheet == self.sheet:
            return
        if step:
            self._undone = [*self._undone[-_KEPT:], self.sheet]
        self.sheet = sheet
        try:
            door.keep_draft(self._office.home.drafts, sheet)
        except FieldtoolError as error:
            self._office.news.failed.emit(error)
        self._show_checks()

    def _told(self, answer: MemberAnswer) -> None:
        self._keep(self.sheet.with_member(answer))

    def _asked(self, answer: ConflictAnswer) -> None:
        self._keep(self.sheet.with_conflict(dataclasses.replace(answer, said_by=self.foot.met.currentText().strip())))

    def _foot_changed(self) -> None:
        if self.page is not None:
            self._keep(self.foot.read(self.sheet), step=False)

    def _show_checks(self) -> None:
        if self.page is None:
            return
        say = self._office.say
        found = door.house_checks(self.page.members, self.sheet)
        self.frame.show_checks([say(check.words, **check.values) for check in found])

    def scan(self) -> None:
        """A card's code, for the household on the page."""
        self.wants_scan.emit(self.shown())

    def all_here(self) -> None:
        """Everybody as before: one key."""
        if self.page is not None:
            self._keep(door.all_here(self.page, self.sheet))
            self._show_sheet()
            self.setFocus()

    def ask_age(self) -> None:
        """The age interview on the card of the marked member, or away with it."""
        if not self.cards:
            return
        card = self.cards[self._current]
        papers = papers_of(self.page, card.item.member.person) if self.page and card.item else ()
        card.toggle_age(papers)
        if card.age is None:
            self.setFocus()
            return
        QTimer.singleShot(0, card, lambda: self._to_top(card))

    def _take_date(self, card: MemberCard, value: str, clues: str) -> None:
        if self.page is None:
            return
        who = card.item.member.person if card.item is not None else card.answer.slot
        try:
            sheet = take_date(self.page, self.sheet, who, value, self.foot.met.currentText(), clues)
        except FieldtoolError as error:
            self._office.news.failed.emit(error)
            return
        self._keep(sheet)
        self._show_sheet()
        self.setFocus()

    def _to_top(self, card: MemberCard) -> None:
        self.frame.holder.adjustSize()  # the card has just grown
        self.area.verticalScrollBar().setValue(card.y())

    def add_newcomer(self) -> None:
        """A card for somebody who is to be added."""
        if self.page is None:
            return
        slot = f"n{len(self.sheet.members)}-{self._office.home.ids.nonce()[:6]}"
        answer = MemberAnswer(presence=Presence.BORN, slot=slot)
        self._keep(self.sheet.with_member(answer))
        card = self._add_newcomer_card(answer)
        self._mark(len(self.cards) - 1)
        if card.form is not None:
            card.form.fields[Asked.NAME].setFocus()

    def _add_newcomer_card(self, answer: MemberAnswer) -> MemberCard:
        card = MemberCard(self._office, None, answer)
        card.dropped.connect(self._drop)
        card.pause.timeout.connect(lambda: self._who_is(card))
        self._add_card(card)
        return card

    def _drop(self, slot: str) -> None:
        self._keep(self.sheet.without(slot))
        self._show_sheet()

    def _who_is(self, card: MemberCard) -> None:
        """Who a newcomer probably is: said under the field, never in a popup."""
        raw = {
            Field(name): card.answer.answers.get(Asked(name), "")
            for name in ("name", "dob", "sex", "n12")
            if card.answer.answers.get(Asked(name))
        }
        found = probably(self._office.people, raw, limit=1)
        if not found or found[0].line.id == card.answer.person:
            card.tell_alike("", lambda: None)
            return
        line = found[0].line
        text = self._office.say("visit.alike", name=line.name, dob=line.dob, village=line.village_name)
        card.tell_alike(text, lambda: self._take(card, line.id))

    def _take(self, card: MemberCard, person: str) -> None:
        card.answer = dataclasses.replace(card.answer, person=person)
        self._keep(self.sheet.with_member(card.answer))
        card.tell_alike("", lambda: None)

    def nobody_home(self) -> None:
        """Nobody was there: recorded as such, the household stays on the list."""
        if self.page is None:
            return
        sheet = self.foot.read(self.sheet)
        if sheet.members or any(word.value for word in sheet.conflicts):  # somebody answered: one key must not lose it
            self._office.news.said.emit(self._office.say("visit.somebody_answered"))
            return
        self._record(dataclasses.replace(sheet, result=VisitResult.NOT_HOME))

    def save(self) -> None:
        """Record the visit and go on to the next household."""
        if self.page is None:
            return
        sheet = self.foot.read(self.sheet)
        if not self.foot.chosen_result():
            sheet = dataclasses.replace(sheet, result=result_for(sheet, len(door.to_speak_of(self.page))))
        self._record(sheet)

    def _record(self, sheet: Sheet) -> None:
        home, household = self._office.home, sheet.household

        def act(progress: Progress) -> VisitOutcome:
            outcome = record_visit(home, sheet)
            home.drafts.drop(door.DRAFT + household)
            return outcome

        self.save_button.setEnabled(False)
        row = self.model.row_of(household)
        follow = self.model.line(row + 1) or self.model.line(0)
        self._office.do(act, lambda done: self._recorded(done, follow.household if follow else ""), failed=self._failed)

    def _failed(self, error: FieldtoolError) -> None:
        self.save_button.setEnabled(True)

    def _recorded(self, outcome: VisitOutcome, follow: str) -> None:
        self.save_button.setEnabled(True)
        self._last = outcome.id
        self._office.news.said.emit(self._office.say("visit.recorded", cases=len(outcome.cases)))
        if follow:
            self.open(follow)
        self.setFocus()

    def undo(self) -> None:
        """Take back the last change on the page; with none left, the visit recorded last, whose sheet comes back."""
        if self._undone:
            self.sheet = self._undone.pop()
            door.keep_draft(self._office.home.drafts, self.sheet)
            self._show_sheet()
            return
        if not self._last:
            self._office.news.said.emit(self._office.say("visit.nothing_to_undo"))
            return
        home, visit = self._office.home, self._last

        def act(progress: Progress) -> Sheet:
            sheet = door.sheet_of(home, visit)
            undo_visit(home, visit)
            door.keep_draft(home.drafts, sheet)
            return sheet

        self._last = ""
        self._office.do(act, lambda sheet: self.open(sheet.household))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for a state, a paper or a value, for the marked member; letters of fields never come here."""
        key = Qt.Key(event.key())
        if self.page is None or isinstance(self.focusWidget(), QLineEdit) or event.modifiers():
            super().keyPressEvent(event)
            return
        letter = chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""
        card = self.cards[self._current] if self.cards else None
        if key == Qt.Key.Key_A:
            self.all_here()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._mark(min(max(self._current + step, 0), len(self.cards) - 1))
        elif card is not None and card.item is not None and letter in STATE_KEYS:
            card.set_state(STATE_KEYS[letter])
            if card.form is not None:
                next(iter(card.form.fields.values())).setFocus()
        elif card is not None and card.item is not None and letter in PAPER_KEYS:
            card.cycle_paper(PAPER_KEYS[letter])
        elif card is not None and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            card.choose_number(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)
