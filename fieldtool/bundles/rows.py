"""Change rows: one event is one row of the sheet `thay_doi`, or several when a text is longer than a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from fieldtool.bundles.canonical import Cell, from_cell, join_lines, leaf_and_code, pieces, split_lines
from fieldtool.records.events import Event, event_hash, hash_of_sized

# Every column but the last is signed. The names are for officers and auditors, so they are Vietnamese.
COLUMNS = (
    "stt",
    "ma_thao_tac",
    "luc",
    "can_bo",
    "thon_ban",
    "loai",
    "ma_ho_so",
    "ho_ten",
    "truong",
    "ten_truong",
    "gia_tri_cu",
    "gia_tri_moi",
    "thay_cho",
    "can_cu",
    "so_do",
    "ma_truoc",
    "ma_bam",
    "ma_kiem",
)
SIGNED = len(COLUMNS) - 1
NUMBER, EVENT_ID = 0, 1
ID = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]{0,63})\.([1-9][0-9]{0,9}):([0-9]{1,15}):([0-9a-f]{16})")


def event_rows(event: Event, number: int, name: str, label: str) -> Iterator[tuple[str, ...]]:
    """The rows of an event, check code included. `number` counts events from 1; a continuation is "7/2", "7/3"."""
    for row, _ in rows_and_leaves(event, number, name, label):
        yield row


def rows_and_leaves(event: Event, number: int, name: str, label: str) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """The rows of an event as of `event_rows`, each with its leaf."""
    texts = (
        event.at,
        event.author,
        event.village,
        event.kind,
        event.record,
        name,
        event.field,
        label,
        event.old,
        event.value,
        join_lines(event.supersedes),
        event.basis,
        str(event.schema),
        event.prev,
        event.hash,
    )
    columns = [pieces(text) for text in texts]
    longest = max(map(len, columns))
    if longest == 1:
        cells = (str(number), event.id, *[column[0] for column in columns])
        row_leaf, code = leaf_and_code(cells)
        yield (*cells, code), row_leaf
        return
    for part in range(longest):
        stt = str(number) if part == 0 else f"{number}/{part + 1}"
        cells = (stt, event.id, *(column[part] if part < len(column) else "" for column in columns))
        row_leaf, code = leaf_and_code(cells)
        yield (*cells, code), row_leaf


def row_number(stt: str) -> tuple[int, int]:
    """Event number and part of a row, counted from 1; (0, 0) for a text that is none."""
    if stt.isascii() and stt.isdigit() and len(stt) < 9:
        return int(stt), 1
    number, slash, part = stt.partition("/")
    if not (number.isascii() and number.isdigit() and len(number) < 9 and (not slash or part.isdigit())):
        return 0, 0
    return int(number), int(part[:9]) if slash else 1


def event_of(parts: Sequence[Sequence[str]]) -> Event:
    """The event of its rows; ValueError when they make none. The hash is taken as written, for the caller to prove."""
    match = ID.fullmatch(parts[0][EVENT_ID])
    if match is None or any(part[EVENT_ID] != parts[0][EVENT_ID] for part in parts):
        raise ValueError("ma_thao_tac")
    texts = [
        "".join([from_cell(part[column]) for part in parts]) if len(parts) > 1 else from_cell(parts[0][column])
        for column in range(2, SIGNED)
    ]
    return _event(match, texts)


# The columns that `event_hash` takes, in its order.
_HASHED = itemgetter(*map(COLUMNS.index, (
    "ma_thao_tac", "ma_truoc", "luc", "can_bo", "so_do", "loai", "ma_ho_so", "truong", "gia_tri_moi", "thay_cho",
    "can_cu", "thon_ban", "gia_tri_cu",
)))  # fmt: skip
_SCHEMA = COLUMNS.index("so_do")


def proved_event(cells: Sequence[str], forms: Sequence[Cell]) -> Event | None:
    """The event of its only row, from the forms of its signed cells; None when it is not the one that was hashed.
    ValueError as `event_of`."""
    match = ID.fullmatch(cells[EVENT_ID])
    texts = [form.text for form in forms]
    if match is None or None in texts or str(int(cells[_SCHEMA])) != cells[_SCHEMA]:
        return proved_in_parts([cells])  # some cell is no text of ours, or written otherwise than it is hashed
    event = _event(match, texts[2:])  # type: ignore[arg-type]  # none of them is None
    return event if hash_of_sized([form.sized_text for form in _HASHED(forms)]) == event.hash else None


def proved_in_parts(parts: Sequence[Sequence[str]]) -> Event | None:
    """As `proved_event` for an event of any number of rows."""
    event = event_of(parts)
    return event if event_hash(event) == event.hash else None


def _event(match: re.Match[str], texts: Sequence[str]) -> Event:
    at, author, village, kind, record, _, field, _, old, value, supersedes, basis, schema, prev, own_hash = texts
    return Event(
        id=match.group(0),
        device=match.group(1),
        incarnation=int(match.group(2)),
        seq=int(match.group(3)),
        prev=prev,
        at=at,
        author=author,
        schema=int(schema),
        kind=kind,
        record=record,
        field=field,
        value=value,
        supersedes=split_lines(supersedes),
        basis=basis,
        village=village,
        old=old,
        hash=own_hash,
    )
