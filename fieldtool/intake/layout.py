"""The layout of a sheet: where its heading stands and what each column means. Values only; recognise.py finds it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from fieldtool.intake.columns import Extra, Meaning, meaning_of_code, words
from fieldtool.records.fields import DocumentKind, Field


class DayOrder(StrEnum):
    """In which order a column of dates has day and month."""

    DAY_FIRST = "day_first"
    TEXT_TURNED = "text_turned"  # texts are month/day: the list came from a machine set to the US
    TYPED_TURNED = "typed_turned"  # such a machine took 02/03 for February 3rd, and left 13/02 as text


@dataclass(frozen=True, slots=True)
class Column:
    """One column: position from 0, its heading as written, its meaning (None: not understood), how sure (0..1)."""

    index: int
    heading: str
    meaning: Meaning | None
    sure: float = 1.0
    encoding: str = ""  # "TCVN3" or "VNI" when the whole column is in an old encoding
    twice: bool = False  # another column of the same meaning was taken
    order: DayOrder = DayOrder.DAY_FIRST  # how the days of a date column were written


@dataclass(frozen=True, slots=True)
class Layout:
    """What was recognised of a sheet. Rows count from 1; `header_rows` is (first, last).

    `kind_sure` is false when nothing told the kind of list and a household list was assumed. `title` holds the lines
    above the heading. `village` and `commune` come from the title when it names them.
    """

    sheet: str
    header_rows: tuple[int, int]
    columns: tuple[Column, ...]
    kind: DocumentKind
    kind_sure: bool = True
    title: tuple[str, ...] = ()
    village: str = ""
    bold_heads: bool = False  # a bold name starts a household
    grouped: bool = True  # rows stand together by household, so that members inherit from the head above

    def column(self, meaning: Meaning) -> int | None:
        """The position of the column with a meaning."""
        for column in self.columns:
            if column.meaning is meaning:
                return column.index
        return None

    def meanings(self) -> frozenset[Meaning]:
        """All meanings the sheet has."""
        return frozenset(column.meaning for column in self.columns if column.meaning is not None)

    @property
    def fingerprint(self) -> str:
        """Equal for sheets with equal headings, so that a corrected mapping is remembered; 16 hex digits."""
        text = "|".join(words(column.heading) for column in self.columns)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ListMapping:
    """An officer's correction of a layout: heading or column letter → meaning code, and perhaps the kind."""

    columns: Mapping[str, str]
    kind: str = ""

    def to_text(self) -> str:
        """The JSON of a mapping file."""
        return json.dumps({"kind": self.kind, "columns": dict(self.columns)}, ensure_ascii=False, indent=1)

    @classmethod
    def from_text(cls, text: str) -> ListMapping:
        """Read a mapping file; ValueError when it is none or names an unknown meaning or kind."""
        data = json.loads(text)
        if not isinstance(data, dict) or not isinstance(data.get("columns", {}), dict):
            raise ValueError("columns")
        columns = {str(key): str(value) for key, value in data.get("columns", {}).items()}
        for code in columns.values():
            if code:
                meaning_of_code(code)
        kind = str(data.get("kind", "") or "")
        if kind:
            DocumentKind(kind)
        return cls(columns, kind)

    @classmethod
    def of(cls, layout: Layout) -> ListMapping:
        """The mapping that says what a layout already says."""
        return cls(
            {column.heading or letter(column.index): str(column.meaning or "") for column in layout.columns},
            str(layout.kind),
        )


def corrected(layout: Layout, mapping: ListMapping) -> Layout:
    """A layout with an officer's mapping laid over it; a meaning he gives to one column is taken from others."""
    chosen = {words(key): code for key, code in mapping.columns.items()}
    wanted: dict[int, Meaning | None] = {}
    for column in layout.columns:
        for key in (words(column.heading), letter(column.index).lower()):
            if key and key in chosen:
                wanted[column.index] = meaning_of_code(chosen[key]) if chosen[key] else None
                break
    taken = {meaning for meaning in wanted.values() if meaning not in (None, Extra.OTHER, Field.NOTE)}
    columns = tuple(
        replace(column, meaning=wanted[column.index], sure=1.0)
        if column.index in wanted
        else (replace(column, meaning=None) if column.meaning in taken else column)
        for column in layout.columns
    )
    kind = DocumentKind(mapping.kind) if mapping.kind else layout.kind
    return replace(layout, columns=columns, kind=kind, kind_sure=layout.kind_sure or bool(mapping.kind))


def letter(index: int) -> str:
    """The letters of a column counted from 0: 0 → A, 26 → AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
