"""The verdict on every row of a list, in compressed pages: all of them can be looked at, and few lie open at a time."""

from __future__ import annotations

import dataclasses
import json
import zlib
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fieldtool.intake.issues import Issue, IssueCode
from fieldtool.records.documents import Transcript
from fieldtool.records.fields import Field

PAGE = 500
_OPEN_PAGES = 8


class Verdict(StrEnum):
    """What became of a row."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    PARKED = "parked"
    REFUSED = "refused"


_VERDICTS = tuple(Verdict)
_PLACES = {verdict: place for place, verdict in enumerate(_VERDICTS)}
_REMARKED = 16  # bit in a row's mark beside the place of its verdict


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """One row of data. `document` is the id of what it became, "" when it was parked or refused; `raw` is what was
    read; of a row that became a document in an import, its name alone."""

    sheet: str
    row: int
    verdict: Verdict
    document: str = ""
    raw: Mapping[Field, str] = dataclasses.field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


class VerdictPages:
    """Every verdict of an import or of a dry run, in the order of the rows.

    About thirty bytes a row stay in memory, and the pages themselves, compressed.
    """

    def __init__(self, file: str = "") -> None:
        self.file = file
        self._pages: list[bytes] = []
        self._tail: list[Any] = []
        self._sheets: dict[str, int] = {}
        self._sheet = array("H")
        self._row = array("L")
        self._mark = bytearray()
        self._opened: dict[int, list[RowVerdict]] = {}

    def __len__(self) -> int:
        return len(self._mark)

    def add(self, told: RowVerdict) -> None:
        """Take in the next row's verdict."""
        mark = _PLACES[told.verdict] | (_REMARKED if told.issues else 0)
        self._add(told.sheet, told.row, mark, _plain(told))

    def add_plain(self, papers: Iterable[Transcript], known: Container[str]) -> None:
        """Take in the verdicts on rows that became documents and of which there is nothing to say; `known` holds the
        ids of documents that the home had before."""
        added, unchanged = _PLACES[Verdict.ADDED], _PLACES[Verdict.UNCHANGED]
        for id, _, _, _, _, sheet, row, name in papers:
            place = unchanged if id in known else added
            self._add(sheet, row, place, [sheet, row, place, id, {"name": name}, []])

    def _add(self, sheet: str, row: int, mark: int, plain: object) -> None:
        self._sheet.append(self._sheets.setdefault(sheet, len(self._sheets)))
        self._row.append(row)
        self._mark.append(mark)
        self._tail.append(plain)
        if len(self._tail) >= PAGE:
            self._pages.append(_packed(self._tail))
            self._tail = []

    def at(self, place: int) -> RowVerdict:
        """The verdict at a place counted from 0."""
        number = place // PAGE
        if number == len(self._pages):
            return self._read(self._tail[place % PAGE])
        if number not in self._opened:
            while len(self._opened) >= _OPEN_PAGES:
                self._opened.pop(next(iter(self._opened)))
            self._opened[number] = [self._read(item) for item in json.loads(zlib.decompress(self._pages[number]))]
        return self._opened[number][place % PAGE]

    def places(self, verdict: Verdict | None = None, *, remarked: bool = False) -> array[int]:
        """The places of all rows, of those with a verdict, or of those that were taken with a remark."""
        wanted = -1 if verdict is None else _VERDICTS.index(verdict)
        return array(
            "L",
            (
                place
                for place, mark in enumerate(self._mark)
                if (wanted < 0 or mark & 15 == wanted) and (mark & _REMARKED or not remarked)
            ),
        )

    def of_sheet(self, sheet: str) -> list[int]:
        """The places of a sheet's rows, by row number."""
        number = self._sheets.get(sheet, -1)
        found = [place for place, of in enumerate(self._sheet) if of == number]
        return sorted(found, key=self._row.__getitem__)

    def row(self, place: int) -> int:
        """The row number at a place."""
        return self._row[place]

    def sheets(self) -> tuple[str, ...]:
        """The sheets that have rows of data, in order."""
        return tuple(self._sheets)

    def __iter__(self) -> Iterator[RowVerdict]:
        return map(self.at, range(len(self)))

    def parts(self) -> Iterator[bytes]:
        """The pages as they can be kept; `from_parts` reads them back."""
        yield _packed([self.file, list(self._sheets)])
        yield from self._pages
        if self._tail:
            yield _packed(self._tail)

    @classmethod
    def from_parts(cls, parts: Iterable[bytes]) -> VerdictPages | None:
        """Read kept pages; None when there are none."""
        pages = cls()
        for number, part in enumerate(parts):
            items = json.loads(zlib.decompress(part))
            if number == 0:
                pages.file = items[0]
                pages._sheets = {name: place for place, name in enumerate(items[1])}
                continue
            for item in items:
                pages.add(pages._read(item))
        return pages if pages.file or len(pages) else None

    def _read(self, item: Any) -> RowVerdict:
        sheet, row, verdict, document, raw, issues = item
        return RowVerdict(
            sheet,
            row,
            _VERDICTS[verdict],
            document,
            {Field(name): text for name, text in raw.items()},
            tuple(
                Issue(IssueCode(code), self.file, sheet, row, cell, Field(about) if about else None, text)
                for code, cell, about, text in issues
            ),
        )


def _plain(told: RowVerdict) -> object:
    issues: Sequence[object] = [[issue.code, issue.cell, issue.about or "", issue.text] for issue in told.issues]
    return [told.sheet, told.row, _VERDICTS.index(told.verdict), told.document, told.raw, issues]


def _packed(items: Sequence[object]) -> bytes:
    return zlib.compress(json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 1)
