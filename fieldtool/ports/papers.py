"""Foreign lists, reports and printed forms."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from fieldtool.ports.jobs import Progress, no_progress
from fieldtool.records.form_texts import FormSheet
from fieldtool.records.raw_books import RawBook
from fieldtool.records.reasons import Difference
from fieldtool.records.report_books import ReportBook


class Work(Protocol):
    """What is done with an open list in the process that reads it; it must travel there, so it is a plain value."""

    def __call__(self, book: RawBook, ask: Callable[[bytes], bytes]) -> Iterator[bytes]:
        """Parts of the outcome; `ask` puts a question to the process that wants the work done."""


class Workbooks(Protocol):
    """Foreign lists, read in safety; reports on them."""

    def read(self, path: Path, progress: Progress = no_progress) -> RawBook:
        """Open a list (.xlsx, .xls, .ods, .csv) for reading. A file that is none, or that is hostile, is refused by
        name before any row is given: NO_FILE, NOT_A_WORKBOOK, HOSTILE_…, PROTECTED_WORKBOOK, READER_FAILED."""

    def get_ready(self, prepare: Callable[[], None]) -> None:
        """Start what will read the next list, while something else is still to be done; `prepare`, a function of a
        module, loads there what the work on it will need."""

    def let_go(self) -> None:
        """End what was started for a list that does not come."""

    def read_apart(
        self, path: Path, work: Work, answer: Callable[[bytes], bytes], progress: Progress = no_progress
    ) -> Generator[bytes, None, None]:
        """What comes of some work on a list, done where the list is read, so that both processes are busy; `answer`
        answers the work's questions. Errors as `read`, and those of the work itself. Close it to end the work."""

    def write_report(self, path: Path, book: ReportBook) -> Path:
        """Write a report as .xlsx in little memory, every cell a text; NOT_WRITABLE or DISK_FULL. An older report of
        the name is replaced when the new one is whole."""


class Words(Protocol):
    """Sentences of one language, for what is printed."""

    def say(self, code: str, /, **values: object) -> str:
        """The sentence of a code."""

    def difference(self, difference: Difference) -> str:
        """A named difference in words."""

    def finding(self, code: str, facts: Mapping[str, str]) -> str:
        """What a finding about a number or a family says."""


class Forms(Protocol):
    """Printed forms."""

    @property
    def words(self) -> Words:
        """The language of the forms: Vietnamese, whatever the screen speaks."""

    def pdf(self, sheets: Sequence[FormSheet], progress: Progress = no_progress) -> bytes:
        """Sheets as one PDF on A4, each beginning on a page of its own, fonts inside, text that can be copied."""
