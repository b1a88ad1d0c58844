"""What a person typed into a readable bundle: rows whose new value alone was changed. Nothing of it is believed; it is
what an officer may take as a proposal of his own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldtool.bundles.canonical import changed_cells, from_cell
from fieldtool.bundles.damage import RowSeen, complaint
from fieldtool.bundles.manifest import Manifest
from fieldtool.bundles.rows import COLUMNS, SIGNED
from fieldtool.bundles.unpack import Reading

VALUE = COLUMNS.index("gia_tri_moi")
_KIND, _RECORD, _NAME, _FIELD = (COLUMNS.index(name) for name in ("loai", "ma_ho_so", "ho_ten", "truong"))


@dataclass(frozen=True, slots=True)
class Edit:
    """One edited row: its number in the sheet, what it speaks of, and the value that stands there now."""

    row: int
    kind: str
    record: str
    name: str
    field: str
    value: str


def edits_of(manifest: Manifest, rows: Iterable[tuple[int, Sequence[str]]]) -> list[Edit]:
    """The edited rows of a change sheet, none when it is whole.

    Raises what `read_events` raises when anything but new values was touched: another cell, a row added, dropped,
    doubled or moved, a value that goes over several rows.
    """
    reading = Reading()
    for _ in reading.events(rows):
        pass
    damaged = [seen for seen in reading.seen if seen.cells is not None]
    if not damaged:
        if reading.root.count != manifest.rows or reading.root.hex() != manifest.root:
            raise complaint(reading.seen, manifest.rows)
        return []
    several = {seen.number for seen in reading.seen if seen.part > 1}
    wrong = complaint(reading.seen, manifest.rows)
    whole = len(reading.seen) == manifest.rows and not any(
        wrong.values[name] for name in ("added", "doubled", "dropped", "moved")
    )
    if not whole or any(not _value_alone(seen) or seen.number in several for seen in damaged):
        raise wrong
    return [_edit(seen.row, seen.cells) for seen in damaged if seen.cells is not None]


def _value_alone(seen: RowSeen) -> bool:
    cells = seen.cells or ()
    return changed_cells(cells[:SIGNED], cells[SIGNED]) == [VALUE]


def _edit(row: int, cells: Sequence[str]) -> Edit:
    try:
        value = from_cell(cells[VALUE])
    except ValueError:  # typed by hand, with blanks at its end or a quotation mark in front
        value = cells[VALUE]
    return Edit(row, cells[_KIND], cells[_RECORD], cells[_NAME], cells[_FIELD], value.strip())
