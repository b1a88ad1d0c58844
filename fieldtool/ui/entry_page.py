"""The clerk's desk: batches of papers, one form, "this is probably …" beside it, second typing by another person."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldtool.intake.forms import FORMS, form_of
from fieldtool.intake.issues import IssueCode
from fieldtool.ports import Progress
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.ui.entry_form import EntryForm
from fieldtool.ui.entry_saving import EntrySaving
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases import enter_papers, typing_drafts
from fieldtool.usecases.enter_papers import Batch
from fieldtool.usecases.look_alike import Likeness, probably
from fieldtool.usecases.typing_drafts import Record, Typing

_PAUSE_MS = 200
_SHOWN = 12
_MOST = 1_000_000_000  # what a bar of progress can hold


@dataclass(frozen=True, slots=True)
class _State:
    batch: Batch
    papers: Sequence[Document]
    left: Sequence[Document]
    kept: Typing


class EntryPage(QWidget):
    """One batch at a time. F6 to F8 say who a paper is of, F2 corrects the last record, F9 takes it back."""

    guide = "entry"  # the page of the user guide that F1 opens

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._office = office
        self.batch: Batch | None = None
        self.form: EntryForm | None = None
        self._papers: Sequence[Document] = ()
        self._left: Sequence[Document] = ()
        self._alike: list[Likeness] = []
        self._verifying: set[str] = set()  # records whose second typing is on its way
        self.saving = EntrySaving(self, office)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._look)
        self._build()

    def _build(self) -> None:
        say = self._office.say
        self.batches = QComboBox()
        self.batches.setAccessibleName(say("entry.batch"))
        self.batches.activated.connect(lambda _row: self.choose(str(self.batches.currentData() or "")))
        self.kind = QComboBox()
        for kind in FORMS:
            self.kind.addItem(say(f"kind.{kind}"), kind)
        self.kind.setAccessibleName(say("entry.kind"))
        for box in (self.batches, self.kind):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        self.title, self.total = QLineEdit(), QLineEdit()
        self.title.setPlaceholderText(say("entry.title"))
        self.total.setPlaceholderText(say("entry.total"))
        self.total.setFixedWidth(self._office.look.px(110))
        self.total.returnPressed.connect(self.new_batch)
        self.title.returnPressed.connect(self.new_batch)
        self.second = QCheckBox(say("entry.second"))
        self.second.clicked.connect(lambda _on=False: self.choose(self.batch.id if self.batch else ""))
        top = QHBoxLayout()
        top.addWidget(self.batches, 2)
        for field in (self.kind, self.title, self.total):
            top.addWidget(field, 1)
        top.addWidget(self._office.button("entry.open", "plus", self.new_batch))
        self._count, self._progress = label("", "heading"), QProgressBar()
        self._progress.setTextVisible(False)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.hint = label(say("entry.hint"), "muted", wrap=True)  # while no batch is open
        self._place.addWidget(self.hint)
        holder = QFrame()
        holder.setObjectName("card")
        holder.setLayout(self._place)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        self._probably, self.last = QVBoxLayout(), QListWidget()
        self.last.setAccessibleName(say("entry.last"))
        self.last.itemActivated.connect(self._chosen)
        side = QVBoxLayout()
        for widget in (self._count, self._progress, self.second, label(say("entry.probably"), "heading")):
            side.addWidget(widget)
        side.addLayout(self._probably)
        side.addWidget(label(say("entry.last"), "heading"))
        side.addWidget(self.last, 1)
        buttons = QHBoxLayout()
        close = self._office.button("entry.close", "check", self.close_batch)
        close.setShortcut("Ctrl+D")
        buttons.addWidget(close)
        buttons.addWidget(self._office.button("entry.undo", "arrow-back-up", self.withdraw_last))
        self.save_button = self._office.button("entry.save", "arrow-right", self.save, primary=True)
        side.addLayout(buttons)
        side.addWidget(self.save_button)
        middle = QHBoxLayout()
        middle.addWidget(scroll, 3)
        middle.addLayout(side, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 8)
        page.addLayout(top)
        page.addLayout(middle, 1)
        for keys, act in (
            ("Ctrl+Return", self.save), ("F9", self.withdraw_last), ("F2", self.correct_last),
            ("F6", lambda: self.take(0)), ("F7", lambda: self.take(1)), ("F8", lambda: self.take(2)),
            ("Ctrl+N", self.title.setFocus), ("Esc", self.saving.leave),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def stop(self) -> None:
        """Look no more: the window closes, and the home behind it."""
        self._timer.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page hands the cursor to the form."""
        super().focusInEvent(event)
        if self.form is not None:
            self.form.start()
        else:
            self.title.setFocus()

    def showEvent(self, event: object) -> None:
        """Read the batches when the page is looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def refresh(self) -> None:
        """Read the batches anew."""
        home = self._office.home
        self._office.worker.submit(
            lambda progress: enter_papers.batches(home), self._show_batches, self._office.news.failed.emit
        )

    def _show_batches(self, found: Sequence[Batch]) -> None:
        here = self.batch.id if self.batch else ""
        self.batches.clear()
        for item in found:
            text = self._office.say(
                "entry.batch_line",
                kind=self._office.say(f"kind.{item.kind}"),
                title=item.title or item.id[:6],
                typed=item.typed,
                total=item.total or "?",
            )
            self.batches.addItem(text, item.id)
        row = self.batches.findData(here)
        self.batches.setCurrentIndex(max(row, 0))
        open_ones = [item for item in found if not item.closed]
        if self.batch is None and open_ones:
            self.choose(open_ones[0].id)

    def new_batch(self) -> None:
        """Begin a batch of the chosen kind."""
        home, kind, title = self._office.home, DocumentKind(self.kind.currentData()), self.title.text().strip()
        total = int(self.total.text()) if self.total.text().strip().isdecimal() else 0

        def done(made: Batch) -> None:
            self.title.clear()
            self.total.clear()
            self.batch = made
            self.refresh()
            self.choose(made.id)

        self._office.worker.submit(
            lambda progress: enter_papers.open_batch(home, kind, title, total), done, self._office.news.failed.emit
        )

    def choose(self, id: str) -> None:
        """Go on with a batch, with what was in the form when it was left."""
        if id:
            self._read(id, lambda state: self._show(state, fresh=True))

    def _read(self, id: str, then: Callable[[_State], None]) -> None:
        home = self._office.home

        def read(progress: Progress) -> _State:
            state = enter_papers.batch(home, id)
            kept = typing_drafts.kept(home, id)
            if not kept.form.typed:
                repeats = {item.field for item in form_of(state.kind) if item.kept}
                last = enter_papers.last_typed(home, id)
                form = Record({field: text for field, text in last.items() if field in repeats})
                kept = dataclasses.replace(kept, form=form)
            return _State(state, home.work.entered(id), enter_papers.to_verify(home, id), kept)

        self._office.worker.submit(read, then, self._office.news.failed.emit)

    def _show(self, state: _State, *, fresh: bool) -> None:
        self.batch, self._papers = state.batch, state.papers
        self._left = [paper for paper in state.left if paper.id not in self._verifying]
        say, batch = self._office.say, state.batch
        self._count.setText(say("entry.count", typed=batch.typed, total=batch.total or "?", differing=batch.differing))
        self._progress.setMaximum(min(max(batch.total, batch.typed, 1), _MOST))  # a total is typed: any number
        self._progress.setValue(batch.typed)
        self.last.clear()
        for paper in reversed(self._papers[-_SHOWN:]):
            line = QListWidgetItem(f"{paper.get(Field.NAME)} · {paper.get(Field.DOB)}")
            line.setData(Qt.ItemDataRole.UserRole, paper.id)
            self.last.addItem(line)
        if fresh:
            self._show_form()
            self.saving.resume(batch.id, state.kept)

    def _show_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.hint.setVisible(self.batch is None or bool(self.batch.closed))
        if self.batch is None or self.batch.closed:
            return
        self.form = EntryForm(self._office, form_of(self.batch.kind), second=self.second.isChecked())
        self.form.changed.connect(self._typed)
        self.form.complete.connect(self.save)
        self._place.insertWidget(0, self.form)
        self.form.start()

    def _typed(self) -> None:
        if self.form is None or self.batch is None:
            return
        self.saving.keep()
        self._timer.start()

    def look_soon(self) -> None:
        """Another record stands in the form: look at it shortly, as after a key."""
        self._alike = []
        self._show_alike()
        self._timer.start()

    def _look(self) -> None:
        """Checks under the fields and who this probably is, shortly after the last key."""
        if self.form is None or self.batch is None or self.second.isChecked():
            return
        typed = self.form.typed()
        self.form.tell(enter_papers.look_over(self.batch.kind, typed), self._words)
        self._alike = probably(self._office.people, enter_papers.read_fields(self.batch.kind, typed))
        self._show_alike()

    def _words(self, code: IssueCode) -> str:
        return self._office.wording.issue(code)[0]

    def _show_alike(self) -> None:
        while (item := self._probably.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        say = self._office.say
        for place, likely in enumerate(self._alike):
            line = likely.line
            reasons = ", ".join(say(f"alike.{code}") for code in (*likely.speaks_for, *likely.against))
            mark = "● " if line.id == self.saving.person else ""
            text = f"{mark}F{6 + place}  {line.name} · {line.dob} · {line.village_name}\n{reasons}"
            self._probably.addWidget(label(text, "good" if likely.sure else "", wrap=True))

    def take(self, place: int) -> None:
        """Say that the paper is of the candidate of a place; the same key again takes it back."""
        if place < len(self._alike):
            id = self._alike[place].line.id
            self.saving.person = "" if self.saving.person == id else id
            self.saving.keep()
            self._show_alike()

    def save(self) -> None:
        """Take the record, or compare the second typing."""
        if self.form is None or self.batch is None or not self.form.typed():
            return
        if self.second.isChecked():
            self._verify(self.form.typed())
        else:
            self.saving.save()

    def read_again(self, batch: str) -> None:
        """A record of a batch was written: its counts and its list, without touching the form."""
        if self.batch is not None and self.batch.id == batch:
            self._read(batch, lambda state: self._show(state, fresh=False))

    def _verify(self, typed: dict[Field, str]) -> None:
        if self.batch is None or not self._left:
            self._office.news.said.emit(self._office.say("entry.all_verified"))
            return
        home, batch, paper = self._office.home, self.batch, self._left[0]
        self._left = self._left[1:]  # the next one may be typed while this one is compared
        self._verifying.add(paper.id)

        def done(differs: dict[Field, tuple[str, str]]) -> None:
            say = self._office.say
            self._verifying.discard(paper.id)
            told = "; ".join(f"{say(f'field.{field}')}: {a or '—'} / {b or '—'}" for field, (a, b) in differs.items())
            self._office.news.said.emit(say("entry.differs", what=told) if told else say("entry.agrees"))
            self.read_again(batch.id)

        def refused(error: BaseException) -> None:
            self._verifying.discard(paper.id)
            if self.form is not None and self.second.isChecked() and not self.form.typed():
                self.form.fill(typed)
            self.read_again(batch.id)
            self._office.news.failed.emit(error)

        if self.form is not None:
            self.form.fill({})
            self.form.start()
        self._office.worker.submit(
            lambda progress: enter_papers.verify_paper(home, batch.id, paper.id, typed), done, refused
        )

    def _chosen(self, item: QListWidgetItem) -> None:
        self._correct(str(item.data(Qt.ItemDataRole.UserRole)))

    def correct_last(self) -> None:
        """Bring the last record back into the form."""
        if self._papers:
            self._correct(self._papers[-1].id)

    def _correct(self, id: str) -> None:
        paper = next((item for item in self._papers if item.id == id), None)
        if paper is not None and self.form is not None and not self.second.isChecked() and self._all_written():
            self.saving.correct(paper)
            self._office.news.said.emit(self._office.say("entry.correcting", name=paper.get(Field.NAME)))

    def _all_written(self) -> bool:
        """Whether the last record of the list is the last that was typed; said, when one is still on its way."""
        if self.saving.waits:
            self._office.news.said.emit(self._office.say("entry.writing"))
        return not self.saving.waits

    def withdraw_last(self) -> None:
        """Take the last record back; its fields stand in the form again."""
        if self.batch is None or not self._papers or self.form is None or not self._all_written():
            return
        home, batch, paper = self._office.home, self.batch, self._papers[-1]

        def done(_nothing: object) -> None:
            self.saving.bring_back(paper)
            self.read_again(batch.id)

        self._office.worker.submit(
            lambda progress: enter_papers.withdraw_paper(home, batch.id, paper.id), done, self._office.news.failed.emit
        )

    def close_batch(self) -> None:
        """Close the batch and say whether its count is the paper's own."""
        if self.batch is None:
            return
        if self.saving.unfinished:
            self._office.news.said.emit(self._office.say("entry.unfinished"))
            return
        home, batch = self._office.home, self.batch

        def done(closed: Batch) -> None:
            say = self._office.say
            words = "entry.closed" if not closed.missing else "entry.closed_differs"
            self._office.news.said.emit(say(words, typed=closed.typed, total=closed.total or "?"))
            self.batch = None
            self._show_form()
            self.refresh()

        self._office.do(lambda progress: enter_papers.close_batch(home, batch.id), done)
