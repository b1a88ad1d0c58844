"""The lists of a workbook, read in the process that holds the file: what goes there, what comes back, and in what form.

The process that reads a foreign file may be in its author's hands. What it says is therefore unpacked into the few
classes of values named here and into nothing else.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
import marshal
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fieldtool.intake.columns import Extra
from fieldtool.intake.issues import Issue, IssueCode, Severity
from fieldtool.intake.layout import Column, DayOrder, Layout
from fieldtool.intake.lists import Correct, Heading, open_lists
from fieldtool.intake.quick_rows import Noted
from fieldtool.intake.rows import RowResult
from fieldtool.records.documents import Document, Source, Transcript
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.gazetteer import shipped
from fieldtool.records.local_knowledge import Knowledge, put_in_force
from fieldtool.records.raw_books import RawBook
from fieldtool.records.villages import village_of

Ask = Callable[[bytes], bytes]
_Told = tuple[
    int, list[tuple[str, str, str, str]]
]  # a row's place in its batch; code, cell, field, text of each remark

_BATCH = 2000
_PLAIN = len(Transcript._fields)
_new = tuple.__new__  # a third of the time that a named tuple's own constructor takes
_HEADING, _CORRECT = "heading", "correct"
_FILE, _ROWS, _END = range(3)
_CODES = {str(code): code for code in IssueCode}
_FIELDS: dict[str, Field | None] = {"": None, **{str(field): field for field in Field}}
_VALUES = {
    (known.__module__, known.__qualname__): known
    for known in (
        RowResult, Document, Source, DocumentKind, Field, Extra, Issue, IssueCode, Severity, Layout, Column, DayOrder,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListWork:
    """What the reading process is told to do with a book: read its lists. `whole` as in a dry run: all of each row.

    The officer's word on a layout is asked for, since he speaks in the other process.
    """

    sheet: str | None
    kind: DocumentKind | None
    commune: str
    knowledge: Knowledge
    whole: bool

    def __call__(self, book: RawBook, ask: Ask) -> Iterator[bytes]:
        """The file's name, batches of rows, and last what was said of the lists; errors as `open_lists`."""
        put_in_force(self.knowledge)
        yield marshal.dumps((_FILE, book.file))
        asked = _Asked(ask)
        opened = open_lists(book, self.sheet, self.kind, self.commune, village_of, asked.correct, asked.heading)
        results = iter(opened.results() if self.whole else opened.quick_results())
        told: set[str] = set()
        while batch := list(itertools.islice(results, _BATCH)):
            villages = [(id, name) for id, name in opened.villages().items() if id not in told]
            told.update(id for id, _ in villages)
            plain, noted = _plain(batch)
            others = _packed([result for result in batch if isinstance(result, RowResult)])
            batch.clear()  # marshal looks for each value that somebody else holds among all it has written
            yield marshal.dumps((_ROWS, villages, plain, noted, others))
        yield marshal.dumps((_END, _packed((opened.layouts, opened.issues))))


def load_tables() -> None:
    """Load what every list is read with, in a process that waits for one."""
    shipped()


def _plain(batch: list[RowResult | Noted | Transcript]) -> tuple[list[tuple[Any, ...] | None], list[_Told]]:
    """Documents as plain values, None for any other outcome; and by place what is remarked on some of them."""
    plain = [
        None if isinstance(result, RowResult) else tuple(result.paper if type(result) is Noted else result)
        for result in batch
    ]
    noted = [
        (at, [(str(issue.code), issue.cell, str(issue.about or ""), issue.text) for issue in result.issues])
        for at, result in enumerate(batch)
        if type(result) is Noted
    ]
    return plain, noted


class _Asked:
    """The officer, as the reading process reaches him."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def heading(self, sheet: str, found: Layout | None) -> tuple[int, int] | None:
        """Where he says that the heading stands."""
        return _unpacked(self._ask(_packed((_HEADING, sheet, found))))  # type: ignore[no-any-return]

    def correct(self, layout: Layout) -> Layout:
        """A layout as he wants it."""
        return _unpacked(self._ask(_packed((_CORRECT, "", layout))))  # type: ignore[no-any-return]


def answers(correct: Correct, heading: Heading) -> Ask:
    """What answers the reading process for the officer."""

    def answer(question: bytes) -> bytes:
        about, sheet, layout = _unpacked(question)
        return _packed(heading(sheet, layout) if about == _HEADING else correct(layout))

    return answer


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows' outcomes in order, and the villages (id → name) that they are the first to name."""

    villages: dict[str, str]
    results: list[RowResult | Noted | Transcript]


@dataclass(slots=True)
class ReadApart:
    """What comes back of a ListWork; `layouts` and `issues` are whole when the batches have ended."""

    parts: Iterator[bytes]
    _file: str = ""
    layouts: list[Layout] = dataclasses.field(default_factory=list)
    issues: list[Issue] = dataclasses.field(default_factory=list)

    def file(self) -> str:
        """The file's name; to be asked for first."""
        self._file = str(marshal.loads(next(self.parts))[1])
        return self._file

    def batches(self) -> Iterator[Batch]:
        """All rows of data."""
        for part in self.parts:
            message = marshal.loads(part)
            if message[0] == _END:
                self.layouts, self.issues = _unpacked(message[1])
                continue
            _, villages, plain, noted, packed = message
            yield Batch(dict(villages), self._results(plain, noted, _unpacked(packed)))

    def _results(
        self, plain: list[tuple[Any, ...] | None], noted: list[_Told], others: list[RowResult]
    ) -> list[RowResult | Noted | Transcript]:
        """Outcomes from the plain values of documents, what is remarked on some, and those that are none."""
        rest = iter(others)
        if set(map(len, filter(None, plain))) - {_PLAIN}:
            raise ValueError("values of no document")
        results: list[RowResult | Noted | Transcript] = [
            next(rest) if row is None else _new(Transcript, row) for row in plain
        ]
        for at, told in noted:
            paper = Transcript._make(plain[at] or ())
            results[at] = Noted(paper, tuple([
                Issue(_CODES[code], self._file, paper.sheet, paper.row, cell, _FIELDS[about], text)
                for code, cell, about, text in told
            ]))  # fmt: skip
        return results


def _packed(values: object) -> bytes:
    return pickle.dumps(values, pickle.HIGHEST_PROTOCOL)


class _Values(pickle.Unpickler):  # noqa: S301  (find_class lets nothing in but the values above)
    """Unpacks plain values and the classes of _VALUES; nothing that it reads can name anything else."""

    def find_class(self, module: str, name: str) -> type:
        """A class by name."""
        try:
            return _VALUES[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a list") from None


def _unpacked(packed: bytes) -> Any:
    return _Values(io.BytesIO(packed)).load()
