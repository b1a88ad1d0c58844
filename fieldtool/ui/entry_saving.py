"""From the form into the log: a record leaves the form at once and is written behind; nothing typed meanwhile is lost.

What was refused comes back into the form, and what stood there is put aside until it is done; likewise a correction.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from fieldtool.ports import Progress
from fieldtool.records.documents import Document
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.ui.entry_form import EntryForm
from fieldtool.ui.office import Office
from fieldtool.usecases import enter_papers, typing_drafts
from fieldtool.usecases.enter_papers import Entered
from fieldtool.usecases.typing_drafts import Record, Typing

if TYPE_CHECKING:
    from fieldtool.ui.entry_page import EntryPage


class EntrySaving:
    """The record in the form (`person`, `corrects`), those put aside, those on their way."""

    def __init__(self, page: EntryPage, office: Office) -> None:
        self._page, self._office = page, office
        self.person, self.corrects = "", ""
        self._aside: list[Record] = []
        self._waiting: list[tuple[str, Record]] = []

    @property
    def waits(self) -> bool:
        """Whether a record is on its way into the log."""
        return bool(self._waiting)

    @property
    def unfinished(self) -> bool:
        """Whether something stands in the form, or was put aside, that is not saved."""
        form = self._form()
        return bool(self._aside) or (form is not None and form.own())

    def keep(self) -> None:
        """Keep everything under the clerk's hands, at every keystroke."""
        form, batch = self._form(), self._page.batch
        if form is None or batch is None:
            return
        waiting = tuple(record for id, record in self._waiting if id == batch.id)
        try:
            typing_drafts.keep(self._office.home, batch.id, Typing(self._now(form), tuple(self._aside), waiting))
        except FieldtoolError as error:
            self._office.news.failed.emit(error)

    def resume(self, batch: str, typing: Typing) -> None:
        """Go on where a batch was left; what waited when the power went is written now."""
        form = self._form()
        if form is None:
            return
        self._aside = list(typing.aside)
        self._put(form, typing.form)
        for record in typing.waiting:
            if (batch, record) not in self._waiting:
                self._send(batch, record, again=True)

    def save(self) -> None:
        """Take the record in the form; the next one may be typed while it is written."""
        form, batch = self._form(), self._page.batch
        if form is None or batch is None:
            return
        if not form.own():
            self._office.news.said.emit(self._office.say("entry.nothing"))
            return
        record = self._now(form)
        self._waiting.append((batch.id, record))
        self._next(form)
        self._send(batch.id, record)

    def correct(self, paper: Document) -> None:
        """Bring a record of the batch back into the form."""
        form = self._form()
        if form is not None:
            self._bring(form, Record(dict(paper.raw), corrects=paper.id))
            form.lines[Field.NAME].setFocus()

    def bring_back(self, paper: Document) -> None:
        """Put what was taken back into the form again."""
        form = self._form()
        if form is not None:
            self._bring(form, Record(dict(paper.raw)))

    def leave(self) -> None:
        """Give up a correction: the record stays as it was, and what was being typed comes back."""
        form = self._form()
        if form is not None and self.corrects:
            self._next(form)

    def _form(self) -> EntryForm | None:
        return None if self._page.second.isChecked() else self._page.form

    def _now(self, form: EntryForm) -> Record:
        return Record(form.typed(), self.person, self.corrects)

    def _put(self, form: EntryForm, record: Record) -> None:
        self.person, self.corrects = record.person, record.corrects
        form.fill(record.typed)
        form.start()

    def _bring(self, form: EntryForm, record: Record) -> None:
        """Put a record into the form; a half-typed one there waits until it is done."""
        if form.own() and not self.corrects:
            self._aside.append(self._now(form))
        self._put(form, record)
        self.keep()
        self._page.look_soon()

    def _next(self, form: EntryForm) -> None:
        self.person, self.corrects = "", ""
        if self._aside:
            self._put(form, self._aside.pop())
        else:
            form.clear_for_next()
        self.keep()
        self._page.look_soon()

    def _send(self, batch: str, record: Record, *, again: bool = False) -> None:
        home = self._office.home
        if again:
            self._waiting.append((batch, record))

        def act(_progress: Progress) -> Entered:
            if record.corrects:
                return enter_papers.correct_paper(home, batch, record.corrects, record.typed)
            return enter_papers.add_paper(home, batch, record.typed, person=record.person)

        self._office.worker.submit(
            act,
            lambda done: self._written(batch, record, done, again),
            lambda error: self._refused(batch, record, error),
        )

    def _written(self, batch: str, record: Record, done: Entered, again: bool) -> None:
        self._gone(batch, record)
        form = self._form()
        if done.repeated and not again and form is not None and not form.own() and self._here(batch):
            self._bring(form, record)  # to be looked at: the batch has one of equal content
        self._office.news.said.emit(self._office.say("entry.repeated" if done.repeated else "entry.saved"))
        self._page.read_again(batch)

    def _refused(self, batch: str, record: Record, error: BaseException) -> None:
        self._gone(batch, record)
        if isinstance(error, FieldtoolError) and error.code is ErrorCode.NOT_FOUND:
            record = dataclasses.replace(record, person="", corrects="")  # whom or what it named is no more
        form = self._form()
        if form is not None and self._here(batch):
            self._bring(form, record)
        else:
            kept = typing_drafts.kept(self._office.home, batch)
            typing_drafts.keep(self._office.home, batch, dataclasses.replace(kept, aside=(*kept.aside, record)))
        self._office.news.failed.emit(error)

    def _gone(self, batch: str, record: Record) -> None:
        """A record waits no more."""
        self._waiting.remove((batch, record))
        if self._here(batch) and self._form() is not None:
            self.keep()
            return
        kept = typing_drafts.kept(self._office.home, batch)
        left = tuple(item for item in kept.waiting if item != record)
        typing_drafts.keep(self._office.home, batch, dataclasses.replace(kept, waiting=left))

    def _here(self, batch: str) -> bool:
        return self._page.batch is not None and self._page.batch.id == batch
