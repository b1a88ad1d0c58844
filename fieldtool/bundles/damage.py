"""Naming what was done to a change sheet: which cells changed, which rows were added, dropped, doubled or moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldtool.bundles.canonical import changed_cells
from fieldtool.bundles.manifest import CHANGES
from fieldtool.bundles.rows import SIGNED
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place

MOST_NAMED = 20  # rows named in one complaint


@dataclass(frozen=True, slots=True)
class RowSeen:
    """What is remembered of a row: its place, the number and part it bears, and its cells when its check code does
    not hold. `hash_differs` when the event of its first row is not the one that was hashed."""

    row: int
    number: int
    part: int
    cells: tuple[str, ...] | None = None
    hash_differs: bool = False


def complaint(seen: Sequence[RowSeen], expected: int) -> FieldtoolError:
    """The error that says most about rows that do not make the signed root. `values` carry each kind of damage as
    a list of row numbers under its name, `rows` and `detail` what the sentence names."""
    changed, added = _changed_and_added(seen, expected)
    whole = [item for item in seen if item.cells is None]
    doubled = _doubled(whole)
    dropped = _dropped(seen)
    moved = _moved(whole) if not doubled else []
    if not (changed or added or doubled or dropped or moved) and len(seen) < expected:
        dropped = [max((item.number for item in seen), default=0) + 1]
    if not changed:
        changed = [place_of(item.row, SIGNED - 1).cell for item in seen if item.hash_differs]
    values: dict[str, object] = {
        "changed": changed,
        "added": added,
        "doubled": doubled,
        "dropped": dropped,
        "moved": moved,
    }
    for code, found in (
        (ErrorCode.BUNDLE_CHANGED, changed),
        (ErrorCode.BUNDLE_ROWS_ADDED, added or doubled),
        (ErrorCode.BUNDLE_ROWS_DROPPED, dropped),
        (ErrorCode.BUNDLE_ROWS_MOVED, moved),
    ):
        if found:
            cell = found[0] if isinstance(found[0], str) else f"A{found[0]}"
            place = Place(sheet=CHANGES, cell="" if code is ErrorCode.BUNDLE_ROWS_DROPPED else str(cell))
            return FieldtoolError(code, place=place, values={**values, **_named(found)})
    return FieldtoolError(ErrorCode.BUNDLE_CHANGED, place=Place(sheet=CHANGES), values={**values, "detail": CHANGES})


def _named(found: Sequence[object]) -> dict[str, str]:
    text = ", ".join(str(item) for item in found[:MOST_NAMED]) + ("…" if len(found) > MOST_NAMED else "")
    return {"rows": text, "detail": text}


def _changed_and_added(seen: Sequence[RowSeen], expected: int) -> tuple[list[str], list[int]]:
    changed: list[str] = []
    added: list[int] = []
    numbers = {(item.number, item.part) for item in seen if item.cells is None}
    for item in seen:
        if item.cells is None:
            continue
        if not item.cells[SIGNED] or (len(seen) > expected and (item.number, item.part) in numbers | {(0, 0)}):
            added.append(item.row)
            continue
        cells = changed_cells(item.cells[:SIGNED], item.cells[SIGNED])
        changed += [place_of(item.row, column).cell for column in cells or [SIGNED]]
    return changed, added


def _doubled(whole: Sequence[RowSeen]) -> list[int]:
    known: set[tuple[int, int]] = set()
    doubled = []
    for item in whole:
        if (item.number, item.part) in known:
            doubled.append(item.row)
        known.add((item.number, item.part))
    return doubled


def _dropped(seen: Sequence[RowSeen]) -> list[int]:
    """The numbers (stt) that no row bears; a row whose own number was changed counts as there."""
    numbers = {item.number for item in seen}
    if any(item.cells is not None and item.number == 0 for item in seen):
        return []
    return [number for number in range(1, max(numbers, default=0)) if number not in numbers][:1000]


def _moved(whole: Sequence[RowSeen]) -> list[int]:
    moved = []
    highest = (0, 0)
    for item in whole:
        if (item.number, item.part) < highest:
            moved.append(item.row)
        else:
            highest = (item.number, item.part)
    return moved


def place_of(row: int, column: int) -> Place:
    """The place of a cell of the change sheet, column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return Place(sheet=CHANGES, cell=f"{letters}{row}")
