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

_MALE, _FEMALE = {"m", "nam", "trai"}, {"f", "nu", "gai"}
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


def comparable(paper: Document) -> Comparable:
    """Parse a paper; placeholder numbers count as missing, an imputed 01/01 as a year alone."""
    date = parse_date(paper.get(Field.DOB))
    new, old = parse_number(paper.get(Field.N12)), parse_number(paper.get(Field.N9))
    n12, year12, sex12 = _n12(new)
    day, month = (0, 0) if date.imputed else (date.day, date.month)
    return Comparable(
        paper.id,
        KINDS.index(paper.kind),
        paper.list_id or str(paper.kind),
        _named(paper.get(Field.NAME)),
        _named(paper.get(Field.FATHER)),
        _named(paper.get(Field.MOTHER)),
        _named(paper.get(Field.SPOUSE)),
        _named(paper.get(Field.HEAD)),
        date.year,
        month,
        day,
        _sex(paper, sex12),
        n12,
        _n9(old, new),
        year12,
        sex12,
        paper.village,
        paper.household,
        fold(paper.get(Field.ETHNICITY)),
        relation_code(paper.get(Field.RELATION)),
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
    return int(digits), said.year or 0, {"M": 0, "F": 1}.get(said.sex, -1)


def _n9(*numbers: IdNumber) -> int:
    for number in numbers:
        if number.kind == "n9" and not number.placeholder:
            return int(number.digits)
    return -1


def _sex(paper: Document, sex12: int) -> int:
    text = fold(paper.get(Field.SEX))
    if text in _MALE:
        return 0
    if text in _FEMALE:
        return 1
    implied = implied_sex(paper.get(Field.RELATION))
    if implied:
        return 0 if implied == "M" else 1
    middle = {"van": 0, "thi": 1}.get(fold(parse_name(paper.get(Field.NAME)).middle), -1)
    return middle if middle >= 0 else sex12
