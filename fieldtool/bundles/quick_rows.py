"""The quick lane of unpacking: a row that is one whole event, in plain cells, with its right check code and hash.

It refuses nothing. Of any other row (a text in several rows or written as JSON, a damaged cell, a false hash) it says
None, and `unpack` reads it cell by cell; so both must say the same of every row that this lane takes.
"""

from __future__ import annotations

import hashlib
import struct
from typing import NamedTuple, TypeVar
from unicodedata import is_normalized
from zlib import crc32

from fieldtool.bundles.canonical import MARKS, is_plain, split_lines
from fieldtool.bundles.rows import COLUMNS, ID
from fieldtool.records.events import DOMAIN, Event

_size = struct.Struct(">I").pack
_sha256 = hashlib.sha256
_WIDTH = len(COLUMNS)
_MOST_KNOWN = 2_000  # of each kind of group
_SHORT = 400  # characters of a group that is kept
Key = TypeVar("Key", bound=tuple[str, ...] | str)
Value = TypeVar("Value")


class _Who(NamedTuple):
    """`luc`, `can_bo`, `thon_ban`, `loai`: their bytes in the row, their marks, their parts of the event's hash."""

    leaf: bytes
    marks: str
    at_author: bytes
    kind: bytes
    village: bytes


class _What(NamedTuple):
    """`truong`, `ten_truong`, `gia_tri_cu`."""

    leaf: bytes
    marks: str
    field: bytes
    old: bytes


class _Why(NamedTuple):
    """`thay_cho`, `can_cu`, `so_do`; `supersedes` and `schema` are what the event holds of them."""

    leaf: bytes
    marks: str
    schema_bytes: bytes
    rest: bytes
    schema: int
    supersedes: tuple[str, ...]


class QuickRows:
    """Reads rows one at a time; what repeats from row to row (who wrote, which field, on what grounds) is kept."""

    def __init__(self) -> None:
        self._whos: dict[tuple[str, ...], _Who | None] = {}
        self._whats: dict[tuple[str, ...], _What | None] = {}
        self._whys: dict[tuple[str, ...], _Why | None] = {}
        self._names: dict[str, tuple[bytes, str] | None] = {}

    def read(self, cells: tuple[str, ...]) -> tuple[bytes, Event] | None:
        """The leaf of a row and its event; None for a row of any other form."""
        (
            stt,
            id,
            at,
            author,
            village,
            kind,
            record,
            name,
            field,
            label,
            old,
            value,
            gone,
            basis,
            schema,
            prev,
            own,
            code,
        ) = cells
        match = ID.fullmatch(id)
        if match is None or "_x" in id or not (stt.isascii() and stt.isdigit() and len(stt) < 9):
            return None
        try:
            who = self._whos[at, author, village, kind]
        except KeyError:
            who = self._who((at, author, village, kind))
        try:
            what = self._whats[field, label, old]
        except KeyError:
            what = self._what((field, label, old))
        try:
            why = self._whys[gone, basis, schema]
        except KeyError:
            why = self._why((gone, basis, schema))
        try:
            called = self._names[name]
        except KeyError:
            called = self._called(name)
        if who is None or what is None or why is None or called is None:
            return None
        if not (_plain(value) and _simple(record) and _simple(own) and _simple(prev)):
            return None
        stt_, id_, record_, value_ = stt.encode(), id.encode(), record.encode(), value.encode()
        prev_, own_ = prev.encode(), own.encode()
        sized_id, sized_record, sized_value = (
            _size(len(id_)) + id_,
            _size(len(record_)) + record_,
            _size(len(value_)) + value_,
        )
        sized_prev = _size(len(prev_)) + prev_
        leaf = _sha256(
            b"".join((
                b"\0", _size(len(stt_)), stt_, sized_id, who.leaf, sized_record, called[0], what.leaf, sized_value,
                why.leaf, sized_prev, _size(len(own_)), own_,
            ))
        ).digest()  # fmt: skip
        said = (
            f"{leaf[:8].hex()}-{MARKS[crc32(stt_) & 0xFFF]}{MARKS[crc32(id_) & 0xFFF]}{who.marks}"
            f"{MARKS[crc32(record_) & 0xFFF]}{called[1]}{what.marks}{MARKS[crc32(value_) & 0xFFF]}{why.marks}"
            f"{MARKS[crc32(prev_) & 0xFFF]}{MARKS[crc32(own_) & 0xFFF]}"
        )
        hashed = _sha256(
            b"".join((
                DOMAIN, sized_id, sized_prev, who.at_author, why.schema_bytes, who.kind, sized_record, what.field,
                sized_value, why.rest, who.village, what.old,
            ))
        ).hexdigest()  # fmt: skip
        if said != code or hashed != own:
            return None
        device, incarnation, seq, _ = match.groups()
        return leaf, Event(
            id, device, int(incarnation), int(seq), prev, at, author, why.schema, kind, record, field, value,
            why.supersedes, basis, village, old, own,
        )  # fmt: skip

    def _who(self, cells: tuple[str, str, str, str]) -> _Who | None:
        made = None
        if all(map(is_plain, cells)):
            sized, marks = _sized(cells)
            made = _Who(b"".join(sized), marks, sized[0] + sized[1], sized[3], sized[2])
        return _kept(self._whos, cells, made)

    def _what(self, cells: tuple[str, str, str]) -> _What | None:
        made = None
        if all(map(is_plain, cells)):
            sized, marks = _sized(cells)
            made = _What(b"".join(sized), marks, sized[0], sized[2])
        return _kept(self._whats, cells, made)

    def _why(self, cells: tuple[str, str, str]) -> _Why | None:
        made = None
        gone, _, schema = cells
        # A number written otherwise than it is hashed goes the other way.
        if all(map(is_plain, cells)) and schema.isascii() and schema.isdigit() and str(int(schema[:9])) == schema:
            sized, marks = _sized(cells)
            made = _Why(b"".join(sized), marks, sized[2], sized[0] + sized[1], int(schema), split_lines(gone))
        return _kept(self._whys, cells, made)

    def _called(self, name: str) -> tuple[bytes, str] | None:
        made = None
        if is_plain(name):
            (sized,), mark = _sized((name,))
            made = (sized, mark)
        return _kept(self._names, name, made)


def _kept(known: dict[Key, Value], key: Key, made: Value) -> Value:
    """Remember what was made of some cells, unless they are long: those seldom come again."""
    if len(known) >= _MOST_KNOWN:
        known.clear()
    if sum(map(len, key)) <= _SHORT:
        known[key] = made
    return made


def _sized(cells: tuple[str, ...]) -> tuple[list[bytes], str]:
    """Each text's length-prefixed bytes, and the marks of all."""
    encoded = [cell.encode("utf-8") for cell in cells]
    return [_size(len(item)) + item for item in encoded], "".join([MARKS[crc32(item) & 0xFFF] for item in encoded])


def _simple(cell: str) -> bool:
    """Whether a cell is plain; nearly all that are asked for are hex digits or nothing."""
    return not cell or (cell.isascii() and cell.isalnum()) or is_plain(cell)


def _plain(cell: str) -> bool:
    """`is_plain`, quicker for a text with letters of all kinds."""
    if not cell:
        return True
    if cell.isprintable() and "_x" not in cell and cell[0] not in ' "' and cell[-1] != " ":
        return is_normalized("NFC", cell) and "\ufffc" not in cell and "\ufffd" not in cell
    return is_plain(cell)
