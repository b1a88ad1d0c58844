"""One paper as what is compared of it: parsed once, small enough to be kept beside the paper in an index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from fieldtool.records.dates import parse_date
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.names import parse_name
from fieldtool.records.numbers import IdNumber, decode12, parse_number
from fieldtool.records.relations import implied_sex, relation_code
from fieldtool.records.vietnamese import fold

_SEXES = {"m": 0, "nam": 0, "trai": 0, "f": 1, "nu": 1, "gai": 1}
_IMPLIED = {"M": 0, "F": 1}
_MIDDLES = {"van": 0, "thi": 1}
# What clerks write where they know no name. It agrees with nobody else's "không rõ".
_NOT_KNOWN = frozenset((
    "không", "khong", "ko", "k", "o", "chưa", "chua", "không tên", "vô danh", "bỏ trống", "như trên",
    "null", "none", "n/a", "chết", "đã chết", "da chet", "chết sớm",
    "mất", "đã mất", "da mat", "mất sớm", "ly hôn", "đã ly hôn", "bỏ đi",
)) | {
    f"{no} {what}"
    for no in ("không", "khong", "ko", "k", "chưa", "chua")
    for what in ("rõ", "ro", "có", "co", "biết", "biet", "xác định", "xac dinh", "khai", "ghi")
}  # fmt: skip
_FILLING = " \t.,:;-–—_…*?!/\\()[]\"'xX0"  # crosses, strokes and dots that fill a cell
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
KINDS = tuple(DocumentKind)
_PLACES = {kind: place for place, kind in enumerate(KINDS)}


class Comparable(NamedTuple):
    """What is compared of a paper; unknown is "" or -1 (0 for parts of dates), never a value that could agree.

    Names as written with single blanks, "" also where the cell says that none is known; `sex` 0 male, 1 female; `n12`,
    `n9` the digits as a whole number; `n12_year`, `n12_sex` what the number itself says; `list_id` the kind of paper
    where the paper is in no list.
    """

    id: str
    kind: int
    list_id: str
    name: str
    father: str
    mother: str
    spouse: str
    head: str
    year: int
    month: int
    day: int
    sex: int
    n12: int
    n9: int
    n12_year: int
    n12_sex: int
    village: str
    household: str
    people: str
    relation: str

    def to_text(self) -> str:
        """One line of JSON; `from_texts` reads it back."""
        return _compact(self)


def from_texts(texts: Sequence[str]) -> list[Comparable]:
    """Read back many at once, which is several times quicker than one by one."""
    return [Comparable(*row) for row in json.loads(f"[{','.join(texts)}]")]


# Named once: a look-up of an enum's member costs as much as one in a paper, and papers come by the ten thousand.
_NAME, _FATHER, _MOTHER, _SPOUSE, _HEAD = Field.NAME, Field.FATHER, Field.MOTHER, Field.SPOUSE, Field.HEAD
_DOB, _SEX, _N12, _N9 = Field.DOB, Field.SEX, Field.N12, Field.N9
_ETHNICITY, _RELATION = Field.ETHNICITY, Field.RELATION


def comparable(paper: Document) -> Comparable:
    """Parse a paper; placeholder numbers count as missing, an imputed 01/01 as a year alone."""
    get = paper.raw.get
    date = parse_date(get(_DOB, ""))
    new, old = parse_number(get(_N12, "")), parse_number(get(_N9, ""))
    n12, year12, sex12 = _n12(new) if new.digits else (-1, 0, -1)
    day, month = (0, 0) if date.imputed else (date.day, date.month)
    name, relation = _named(get(_NAME, "")), get(_RELATION, "")
    return Comparable(
        paper.id,
        _PLACES[paper.kind],
        paper.list_id or str(paper.kind),
        name,
        _named(get(_FATHER, "")),
        _named(get(_MOTHER, "")),
        _named(get(_SPOUSE, "")),
        _named(get(_HEAD, "")),
        date.year,
        month,
        day,
        _sex(get(_SEX, ""), relation, get(_NAME, ""), sex12),
        n12,
        _n9(old, new),
        year12,
        sex12,
        paper.village,
        paper.household,
        fold(get(_ETHNICITY, "")),
        relation_code(relation),
    )


def _named(text: str) -> str:
    """A name with single blanks; "" where the text says that there is none."""
    single = " ".join(text.split())
    if not single.strip(_FILLING) or single.strip(_FILLING).lower() in _NOT_KNOWN:
        return ""
    return single


def _n12(number: IdNumber) -> tuple[int, int, int]:
    digits = number.digits
    for repair in number.repairs:  # a lost zero or a float is repaired for comparing only
        if len(repair.value) == 12:
            digits = repair.value
    if number.placeholder or len(digits) != 12 or not digits.isdigit():
        return -1, 0, -1
    said = decode12(digits)
    if said is None:
        return int(digits), 0, -1
    return int(digits), said.year or 0, _IMPLIED.get(said.sex, -1)


def _n9(*numbers: IdNumber) -> int:
    for number in numbers:
        if number.kind == "n9" and not number.placeholder:
            return int(number.digits)
    return -1


def _sex(text: str, relation: str, name: str, sex12: int) -> int:
    told = _SEXES.get(fold(text), -1)
    if told < 0:
        told = _IMPLIED.get(implied_sex(relation), -1)
    if told < 0:
        told = _MIDDLES.get(fold(parse_name(name).middle), -1)
    return told if told >= 0 else sex12
