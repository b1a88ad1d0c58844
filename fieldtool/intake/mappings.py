"""An officer's correction of what was recognised of a list: kept per layout, saved to a file, laid over a layout."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from fieldtool.intake.columns import Extra, Meaning, meaning_of_code, words
from fieldtool.intake.layout import UNICODE, Column, DayOrder, Layout, letter
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.legacy_fonts import TCVN3, TWICE, VNI

ENCODINGS = ("", UNICODE, TCVN3, VNI, TWICE)
_DEEPEST = 10_000  # rows; a heading stands at the top of a list
_MANY: frozenset[Meaning | None] = frozenset({None, Extra.OTHER, Field.NOTE})  # several columns may mean these


@dataclass(frozen=True, slots=True)
class ListMapping:
    """What an officer says of one layout.

    `columns`: heading or column letter → meaning code, "" for a column that is not read. `kind` and `village` "" leave
    what was recognised. `heading` are the first and last row of the heading, () to leave it. `orders` and `encodings`:
    heading or letter → DayOrder, encoding (of ENCODINGS).
    """

    columns: Mapping[str, str]
    kind: str = ""
    village: str = ""
    heading: tuple[int, int] | tuple[()] = ()
    orders: Mapping[str, str] = dataclasses.field(default_factory=dict)
    encodings: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """What a file holds of it; what says nothing is left out."""
        told = {
            "kind": self.kind,
            "village": self.village,
            "heading": list(self.heading),
            "columns": dict(self.columns),
            "orders": dict(self.orders),
            "encodings": dict(self.encodings),
        }
        return {name: value for name, value in told.items() if value or name == "columns"}

    def to_text(self) -> str:
        """The JSON of a mapping file."""
        return json.dumps(self.to_json(), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, data: object) -> ListMapping:
        """Read a mapping; ValueError when it is none or names an unknown meaning, kind, order or encoding."""
        if not isinstance(data, dict):
            raise ValueError("{}")
        columns, orders, encodings = (_texts(data, name) for name in ("columns", "orders", "encodings"))
        for code in filter(None, columns.values()):
            meaning_of_code(code)
        for code in orders.values():
            DayOrder(code)
        if not set(encodings.values()) <= set(ENCODINGS):
            raise ValueError("encodings")
        kind = str(data.get("kind") or "")
        if kind:
            DocumentKind(kind)
        return cls(columns, kind, str(data.get("village") or ""), _heading(data.get("heading")), orders, encodings)

    @classmethod
    def from_text(cls, text: str) -> ListMapping:
        """Read a mapping file of one layout; ValueError when it is none."""
        return cls.from_json(json.loads(text))

    @classmethod
    def of(cls, layout: Layout) -> ListMapping:
        """The mapping that says what a layout says of its columns.

        What holds for one file alone (where the heading stands, its village, fonts and order of days that the content
        told) is left out: another list with these columns has its own.
        """
        keys = column_keys(layout)
        orders = {keys[column.index]: str(column.order) for column in layout.columns if column.order_told}
        columns = {keys[column.index]: str(column.meaning or "") for column in layout.columns}
        return cls(columns, str(layout.kind), orders=orders)

    def lasting(self) -> ListMapping:
        """What may be remembered for other lists of this layout: everything but the village."""
        return dataclasses.replace(self, village="")


@dataclass(frozen=True, slots=True)
class MappingSet:
    """The mappings of a list's layouts by fingerprint as recognised ("sheet:NAME" where no heading was found), and one
    for all the others (a file without fingerprints)."""

    by_layout: Mapping[str, ListMapping] = dataclasses.field(default_factory=dict)
    common: ListMapping | None = None

    def to_text(self) -> str:
        """The JSON of a mapping file; of one layout alone it is the plain form."""
        if len(self.by_layout) == 1 and self.common is None:
            return next(iter(self.by_layout.values())).to_text()
        if not self.by_layout and self.common is not None:
            return self.common.to_text()
        layouts = {name: mapping.to_json() for name, mapping in self.by_layout.items()}
        return json.dumps({"layouts": layouts}, ensure_ascii=False, indent=1)

    @classmethod
    def from_text(cls, text: str) -> MappingSet:
        """Read a mapping file; ValueError when it is none."""
        data = json.loads(text)
        if isinstance(data, dict) and isinstance(data.get("layouts"), dict):
            return cls({str(name): ListMapping.from_json(item) for name, item in data["layouts"].items()})
        return cls(common=ListMapping.from_json(data))


def _texts(data: Mapping[str, object], name: str) -> dict[str, str]:
    found = data.get(name) or {}
    if not isinstance(found, dict):
        raise ValueError(name)
    return {str(key): str(value) for key, value in found.items()}


def _heading(value: object) -> tuple[int, int] | tuple[()]:
    if not value:
        return ()
    if not isinstance(value, list) or len(value) != 2 or not all(type(row) is int for row in value):
        raise ValueError("heading")
    first, last = value
    if not 0 < first <= last <= _DEEPEST:
        raise ValueError("heading")
    return first, last


def column_keys(layout: Layout) -> dict[int, str]:
    """By what a mapping names each column: its heading, or its letter when it has none or shares it."""
    plain = [words(column.heading) for column in layout.columns]
    return {
        column.index: column.heading if name and plain.count(name) == 1 else letter(column.index)
        for column, name in zip(layout.columns, plain, strict=True)
    }


def corrected(layout: Layout, mapping: ListMapping) -> Layout:
    """A layout with an officer's mapping laid over it; a meaning he gives to one column is taken from others."""
    codes = _by_column(layout, mapping.columns)
    wanted: dict[int, Meaning | None] = {i: meaning_of_code(code) if code else None for i, code in codes.items()}
    taken = {meaning for meaning in wanted.values() if meaning not in _MANY}
    orders, encodings = _by_column(layout, mapping.orders), _by_column(layout, mapping.encodings)

    def column(old: Column) -> Column:
        new = old
        if old.index in wanted:
            new = replace(new, meaning=wanted[old.index], sure=1.0, twice=False)
        elif old.meaning in taken:
            new = replace(new, meaning=None)
        if old.index in encodings:
            new = replace(new, encoding=encodings[old.index])
        if old.index in orders:
            new = replace(new, order=DayOrder(orders[old.index]), order_told=True)
        return new

    kind = DocumentKind(mapping.kind) if mapping.kind else layout.kind
    return replace(
        layout,
        columns=tuple(map(column, layout.columns)),
        kind=kind,
        kind_sure=layout.kind_sure or bool(mapping.kind),
        village=mapping.village or layout.village,
    )


def _by_column(layout: Layout, told: Mapping[str, str]) -> dict[int, str]:
    """What is told by heading or letter, by the position of the column; the heading goes before the letter."""
    chosen = {words(key): value for key, value in told.items()}
    found: dict[int, str] = {}
    for column in layout.columns:
        for key in (words(column.heading), letter(column.index).lower()):
            if key and key in chosen:
                found[column.index] = chosen[key]
                break
    return found
