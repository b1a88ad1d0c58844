"""Identifying numbers: what a written number is, what a 12-digit number tells, and which repairs may be proposed.

A repair is proposed, never made: `digits` is what the paper has. Differences and findings have their own modules.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.records.dates import REFERENCE_YEAR
from fieldtool.records.tables import table_text

_BLANKS = re.compile(r"[\s.\-_\u00a0\u200b\u200e\u200f\u2060\ufeff'’`]+")
_FLOAT = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})\Z")
_DECIMAL = re.compile(r"(\d{8,12})[.,]0+\Z")
# "CMND: 186100112", "Số CCCD 040056000112"
_LABEL = re.compile(
    r"(?:số\s*)?(?:cmnd|cmtnd|cmt|cccd|cc|đdcn|gcmnd|căn cước(?: công dân)?|số|so|id|no)\s*[:.]*(?:\s*số)?\s*[:.]*"
    r"\s*(\d[\d\s.\-]*)\Z",
    re.IGNORECASE,
)
_LETTERS = str.maketrans("OoQDlIi|SsBZz", "0000111155822")
_RUNS = ("0123456789012", "1234567890123", "9876543210987")
# No clock is asked here: a birth year beyond is wrong on any day this program is used.
LAST_BIRTH = REFERENCE_YEAR + 20


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposed value and why: "lost_zero", "float_notation", "spaces", "letters", "label"."""

    value: str
    code: str


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number as a paper has it.

    `digits` are the digits as written, separators gone; `kind` is "n12", "n9", "other" or "empty". `placeholder`
    marks what stands for "none" (all digits equal, 123456789 …): it never identifies anybody. `repairs` are
    proposals for the officer. `cut` is true when a workbook's float notation lost digits that nothing can bring back.
    """

    text: str
    digits: str = ""
    kind: str = "empty"
    placeholder: bool = False
    repairs: tuple[Repair, ...] = ()
    cut: bool = False

    @property
    def identifies(self) -> bool:
        """Whether the number may serve as an identifier."""
        return self.kind in ("n12", "n9") and not self.placeholder


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the first six digits of a personal number say (NĐ 137/2015 art. 13).

    `prefix` is the province of birth registration before 1/7/2025, with its name and today's code and name; "" names
    for an unassigned prefix. `abroad` for prefixes from 100 on (country codes: check by hand).
    """

    prefix: str
    province: str
    province_code_now: str
    province_now: str
    abroad: bool
    sex: str
    year: int


def parse_number(text: str) -> IdNumber:
    """Read a written number. Never raises."""
    return _parse(text)


@lru_cache(maxsize=65536)
def _parse(text: str) -> IdNumber:
    clean = text.strip()
    if len(clean) == 12 and clean.isdecimal() and clean.isascii():
        return IdNumber(text, clean, "n12", is_placeholder(clean))
    if not clean:
        return IdNumber(text)
    clean = unicodedata.normalize("NFKC", clean)
    floated = _float(text, clean)
    if floated is not None:
        return floated
    joined = _BLANKS.sub("", clean)
    if joined.isdecimal():
        repairs = (Repair(joined, "spaces"),) if joined != text else ()
        return _digits(text, joined, repairs)
    labelled = _LABEL.match(clean)
    if labelled:
        found = _parse(labelled.group(1))
        proposed = (Repair(found.digits, "label"),) if found.kind in ("n9", "n12") else found.repairs
        return IdNumber(text, found.digits, "other", found.placeholder, proposed, found.cut)
    digits = "".join(letter for letter in joined if letter.isdecimal())
    if not digits:
        return IdNumber(text, "", "other" if _BLANKS.sub("", clean) else "empty")
    swapped = joined.translate(_LETTERS)
    repairs = (Repair(swapped, "letters"),) if swapped.isdecimal() and len(swapped) in (9, 12) else ()
    return IdNumber(text, digits, "other", is_placeholder(digits), repairs)


def _float(text: str, clean: str) -> IdNumber | None:
    decimal = _DECIMAL.match(clean)
    if decimal:
        digits = decimal.group(1)
        found = _digits(text, digits, ())
        value = found.repairs[0].value if found.repairs else digits
        return IdNumber(text, digits, "other", found.placeholder, (Repair(value, "float_notation"),))
    match = _FLOAT.match(clean)
    if match is None:
        return None
    head, tail, power = match.group(1), match.group(2) or "", int(match.group(3))
    digits = head + tail
    if len(tail) < power - 2:  # two trailing zeros may be real, more are lost digits
        return IdNumber(text, digits, "other", cut=True)
    whole = digits.ljust(power + 1, "0")
    found = _digits(text, whole, ())
    value = found.repairs[0].value if found.repairs else whole
    if len(value) not in (9, 12):
        return IdNumber(text, digits, "other", cut=True)
    return IdNumber(text, digits, "other", found.placeholder, (Repair(value, "float_notation"),))


def _digits(text: str, digits: str, repairs: tuple[Repair, ...]) -> IdNumber:
    if len(digits) in (9, 12):
        return IdNumber(text, digits, "n12" if len(digits) == 12 else "n9", is_placeholder(digits), repairs)
    if is_placeholder(digits):
        return IdNumber(text, digits, "other", True)
    if digits[0] != "0" and (padded := _padded(digits)):
        return IdNumber(text, digits, "other", False, (Repair(padded, "lost_zero"),))
    return IdNumber(text, digits, "other")


def _padded(digits: str) -> str:
    """Digits with the zeros that a spreadsheet took, "" where that makes no number of a known province and a year that
    has been."""
    if len(digits) in (10, 11):
        decoded = decode12(padded := digits.zfill(12))
        return padded if decoded is not None and decoded.province and decoded.year <= LAST_BIRTH else ""
    return f"0{digits}" if len(digits) == 8 and issuer(f"0{digits}") else ""


def is_placeholder(digits: str) -> bool:
    """Whether digits stand for "no number": all equal, counting up or down, or a prefix followed by zeros only."""
    if len(set(digits)) <= 1:
        return True
    if len(digits) in (9, 12) and digits[-6:] == "000000":
        return True
    return len(digits) >= 6 and any(run.startswith(digits) for run in _RUNS)


def decode12(digits: str) -> Decoded | None:
    """What a personal number says of province, sex and birth year; None when it has not 12 digits."""
    if len(digits) != 12 or not (digits.isdecimal() and digits.isascii()):
        return None
    return _decoded(digits[:6])


@lru_cache(maxsize=8192)  # asked of a number by every paper and every person that holds it
def _decoded(digits: str) -> Decoded:
    """What the first six digits of a personal number say; the others count the people of a year."""
    prefix, mark = digits[:3], int(digits[3])
    name, code_now, name_now = prefixes().get(prefix, ("", "", ""))
    return Decoded(
        prefix=prefix,
        province=name,
        province_code_now=code_now,
        province_now=name_now,
        abroad=int(prefix) >= 100,
        sex="F" if mark % 2 else "M",
        year=1900 + 100 * (mark // 2) + int(digits[4:6]),
    )


@lru_cache(maxsize=1)
def prefixes() -> dict[str, tuple[str, str, str]]:
    """The 63 prefixes: → (province before 1/7/2025, code after, name after)."""
    rows = [line.split(",") for line in table_text("gazetteer/provinces.csv").splitlines() if line[:1] != "#"]
    return {prefix: (before, code, after) for prefix, before, code, after in rows[1:]}


@lru_cache(maxsize=1)
def issuers() -> dict[str, str]:
    """First digits of a 9-digit number → the province that issued it (likely, from general knowledge: a hint only)."""
    rows = [line.split(",") for line in table_text("gazetteer/cmnd_issuers.csv").splitlines() if line[:1] != "#"]
    return {row[0]: row[1] for row in rows[1:]}


def issuer(digits: str) -> str:
    """The province that a 9-digit number hints at, "" when it hints at none."""
    if len(digits) != 9:
        return ""
    return issuers().get(digits[:3]) or issuers().get(digits[:2]) or ""
