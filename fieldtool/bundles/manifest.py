"""The manifest of a bundle: what the sheet `to_khai` says and what the maker's signature covers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldtool.bundles.canonical import compact, from_cell, join_lines, split_lines, to_cell
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.exchange import BundleName

FORMAT_NAME = "fieldtool-goi"
FORMAT = f"{FORMAT_NAME}/1"
SIGN_PURPOSE = "fieldtool-goi-v1"
ALGORITHMS = {"modern": "ed25519", "qcvn15": "ecdsa-p256-sha256"}  # by the maker's suite
SHEET = "to_khai"
CHANGES = "thay_doi"
SIGNATURE_KEY = "chu_ky"
HEADING = ("khoa", "gia_tri")
_MOST_NUMBER = 1 << 31


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself; the names of the cells are in `_KEYS`."""

    kind: str  # len (up), xuong (down), ngang (between equals)
    device: str
    incarnation: int
    number: int
    previous: str  # id of the maker's bundle before this one
    parents: tuple[str, ...]  # "<id>" or "<id> <device> <incarnation> <number>", see `parent_names`
    unit: str
    unit_name: str
    receiver: str
    villages: tuple[str, ...]  # () = all
    made_at: str
    schema: int
    rows: int
    root: str
    journal: str  # head of the maker's journal, "" when it is not witnessed
    software: str
    algorithm: str  # see ALGORITHMS
    format: str = FORMAT


_KEYS = {
    "dinh_dang": "format",
    "loai_goi": "kind",
    "may": "device",
    "lan_cap": "incarnation",
    "so_goi": "number",
    "goi_truoc": "previous",
    "cha": "parents",
    "don_vi": "unit",
    "ten_don_vi": "unit_name",
    "noi_nhan": "receiver",
    "pham_vi": "villages",
    "luc_lap": "made_at",
    "phien_ban_so_do": "schema",
    "so_dong": "rows",
    "goc_noi_dung": "root",
    "nhat_ky": "journal",
    "phan_mem": "software",
    "thuat_toan": "algorithm",
}
_NUMBERS = {"incarnation", "number", "schema", "rows"}
_LISTS = {"parents", "villages"}


def header(manifest: Manifest) -> bytes:
    """The canonical header: the manifest's cells without the signature, as compact sorted JSON."""
    return compact(_cells(manifest)).encode("utf-8")


def bundle_id(manifest: Manifest) -> str:
    """SHA-256 of the header in hex."""
    return hashlib.sha256(header(manifest)).hexdigest()


def _cells(manifest: Manifest) -> dict[str, str]:
    cells = {}
    for key, name in _KEYS.items():
        value = getattr(manifest, name)
        text = join_lines(value) if isinstance(value, tuple) else str(value)
        cells[key] = to_cell(text)
    return cells


def parent_line(id: str, name: BundleName | None) -> str:
    """A parent as the manifest writes it: with its maker and number where they are known, so that a receiver who
    lacks it can say whose bundle is missing."""
    return f"{id} {name.device} {name.incarnation} {name.number}" if name else id


def parent_ids(manifest: Manifest) -> tuple[str, ...]:
    """The ids of a manifest's parents."""
    return tuple(line.partition(" ")[0] for line in manifest.parents)


def parent_names(manifest: Manifest) -> list[BundleName]:
    """The parents that the manifest names by maker and number."""
    found = []
    for line in manifest.parents:
        parts = line.split(" ")
        if len(parts) == 4 and parts[2].isdecimal() and parts[3].isdecimal():
            found.append(BundleName(parts[0], parts[1], int(parts[2][:9]), int(parts[3][:9])))
    return found


def manifest_rows(manifest: Manifest, signature: str) -> list[tuple[str, str]]:
    """The rows of the manifest sheet, heading first."""
    return [HEADING, *_cells(manifest).items(), (SIGNATURE_KEY, signature)]


def read_manifest(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[Manifest, str, dict[str, int]]:
    """The manifest, its signature, and the sheet row of each key. BUNDLE_TOO_NEW for a newer format,
    BUNDLE_NOT_A_BUNDLE or BUNDLE_MALFORMED for anything that is none."""
    cells: dict[str, str] = {}
    places: dict[str, int] = {}
    for number, (row, texts) in enumerate(rows):
        pair = (*texts, "", "")[:2]
        if number == 0:
            if pair != HEADING or row != 1:
                raise FieldtoolError(ErrorCode.BUNDLE_NOT_A_BUNDLE, place=Place(sheet=SHEET, cell="A1"))
            continue
        if any(texts[2:]) or pair[0] in cells:
            raise _malformed(f"{pair[0] or row}", row)
        if any(pair):
            cells[pair[0]], places[pair[0]] = pair[1], row
    name, _, version = cells.get("dinh_dang", "").partition("/")
    if name != FORMAT_NAME:
        raise FieldtoolError(ErrorCode.BUNDLE_NOT_A_BUNDLE, place=Place(sheet=SHEET))
    if version != "1":
        newer = version.isascii() and version.isdigit() and int(version[:6]) > 1
        code = ErrorCode.BUNDLE_TOO_NEW if newer else ErrorCode.BUNDLE_MALFORMED
        raise FieldtoolError(code, place=Place(sheet=SHEET, cell="B2"), values={"detail": "dinh_dang"})
    signature = cells.pop(SIGNATURE_KEY, "")
    different = set(cells) ^ set(_KEYS)
    if different:
        raise _malformed(", ".join(sorted(different)), 1)
    return _build(cells, places), signature, places


def _build(cells: dict[str, str], places: dict[str, int]) -> Manifest:
    values: dict[str, object] = {}
    for key, name in _KEYS.items():
        try:
            text = from_cell(cells[key])
            if name in _NUMBERS:
                values[name] = _number(text)
            else:
                values[name] = split_lines(text) if name in _LISTS else text
        except ValueError as trouble:
            raise _malformed(key, places[key]) from trouble
    return Manifest(**values)  # type: ignore[arg-type]  # the names are those of the dataclass


def _number(text: str) -> int:
    number = int(text)
    if str(number) != text or not 0 <= number < _MOST_NUMBER:
        raise ValueError(text)
    return number


def _malformed(detail: str, row: int) -> FieldtoolError:
    place = Place(sheet=SHEET, cell=f"B{row}")
    return FieldtoolError(ErrorCode.BUNDLE_MALFORMED, place=place, values={"detail": detail})
