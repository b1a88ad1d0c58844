"""What a column of a list can mean, and how a heading is understood. The words lie in resources/intake/headers.csv."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from fieldtool.records.fields import Field
from fieldtool.records.tables import table_text


class Extra(StrEnum):
    """Meanings of a column that are no field of a document by themselves."""

    KEY = "key"  # the list's own key (Mã, rec_id)
    ORDINAL = "stt"
    DOC = "doc"  # the kind of each row
    HOUSEHOLD_NO = "household_no"  # ordinal of the household inside the list
    SURNAME = "surname"  # họ và chữ đệm, the given name standing in a column of its own
    GIVEN = "given"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    YEAR_MALE = "year_male"  # "Năm sinh: Nam | Nữ": the column tells the sex
    YEAR_FEMALE = "year_female"
    MARK_MALE = "mark_male"  # "Giới tính: Nam | Nữ" with a cross
    MARK_FEMALE = "mark_female"
    MALE = "male"  # a bare "Nam" whose content must tell which of the two it is
    FEMALE = "female"
    NUMBER = "number"  # CMND or CCCD in one column
    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    OTHER = "other"  # known, and not kept


Meaning = Field | Extra

_MEANINGS: Mapping[str, Meaning] = {item.value: item for group in (Field, Extra) for item in group}
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_PARENTHESES = re.compile(r"[(\[{].*?[)\]}]")
_NUMBERING = re.compile(r"^\s*[\[(]?\s*(?:\d{1,2}|[IVX]{1,4}|[a-z])\s*[\])./:]\s+", re.IGNORECASE)


def meaning_of_code(code: str) -> Meaning:
    """The meaning a saved mapping names; ValueError for an unknown one."""
    if code not in _MEANINGS:
        raise ValueError(code)
    return _MEANINGS[code]


def flat(text: str) -> str:
    """Lower case without marks, one character for each of the NFC text, so that positions stay comparable."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed.lower()
    return "".join([_flat_character(character) for character in composed])


@cache
def _flat_character(character: str) -> str:
    if character in "đĐÐð":
        return "d"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def words(text: str) -> str:
    """The flat words of a text, one blank between them."""
    return _NOT_WORD.sub(" ", flat(text)).strip()


@cache
def synonyms() -> Mapping[str, Meaning]:
    """Flat heading → meaning, from the table."""
    table: dict[str, Meaning] = {}
    for row in csv.reader(io.StringIO(table_text("intake/headers.csv"))):
        if row[0] == "column":
            continue
        for heading in ",".join(row[1:]).split("|"):
            table.setdefault(words(heading), _MEANINGS[row[0]])
    return table


def meaning_of(heading: str) -> tuple[Meaning | None, float]:
    """What one heading means and how sure that is (1 exact, 0.5 as a part of it, 0 not at all)."""
    text = _NUMBERING.sub("", unicodedata.normalize("NFC", heading).strip())
    for candidate in (text, _PARENTHESES.sub(" ", text)):
        found = synonyms().get(words(candidate))
        if found is not None:
            return found, 1.0
    inside = _PARENTHESES.findall(text)
    if inside and not words(_PARENTHESES.sub(" ", text)):
        return meaning_of(inside[0][1:-1])
    plain = words(_PARENTHESES.sub(" ", text))
    kin = _of_kin(plain)
    return (kin, 0.8) if kin is not None else _partly(plain)


_KIN = (
    (re.compile(r"\b(?:cha|bo)\b"), Field.FATHER, Field.FATHER_DOB),
    (re.compile(r"\bme\b"), Field.MOTHER, Field.MOTHER_DOB),
    (re.compile(r"\bchu ho\b"), Field.HEAD, Extra.OTHER),
    (re.compile(r"\b(?:vo|chong)\b"), Field.SPOUSE, Extra.OTHER),
)
_NAMING = re.compile(r"\b(?:ho|ten|nguoi|ong|ba)\b")
_BIRTH = re.compile(r"\b(?:sinh|ns|ntns)\b")


def _of_kin(heading: str) -> Meaning | None:
    """The name or birth date of a parent, of the head or of a spouse; None when it speaks of none or two."""
    found = [(name, birth) for pattern, name, birth in _KIN if pattern.search(heading)]
    if len(found) != 1 or "thanh vien" in heading or "nhan khau" in heading:
        return None
    name, birth = found[0]
    if "quan he" in heading or heading.startswith("qh"):
        return Field.RELATION if name is Field.HEAD else Extra.OTHER
    if _BIRTH.search(heading):
        return birth
    rest = heading.replace("chu ho", "") if name is Field.HEAD else heading
    if re.search(r"\b(?:cmnd|cccd|cmt|dan toc|quoc tich|noi|que|can cuoc|dinh danh|dia chi|nghe)\b", rest):
        return Extra.OTHER
    return name if _NAMING.search(rest) or len(heading.split(" ")) <= 2 else None


def _partly(heading: str) -> tuple[Meaning | None, float]:
    """The longest known heading that this one begins or ends with, if it makes up more than half of it."""
    parts = heading.split(" ")
    if not 2 <= len(parts) <= 14:
        return None, 0.0
    for size in range(len(parts) - 1, max(1, len(parts) // 2 - 1), -1):
        for piece in (parts[:size], parts[-size:]):
            found = synonyms().get(" ".join(piece))
            if found is not None and (size >= 2 or len(parts) <= 2) and found not in _TOO_SHORT:
                return found, 0.5
    return None, 0.0


_TOO_SHORT = frozenset({Extra.MALE, Extra.FEMALE, Extra.KEY, Extra.ORDINAL, Extra.GIVEN, Extra.SURNAME, Field.REG_NO})


def meaning_of_stack(texts: Sequence[str]) -> tuple[Meaning | None, float]:
    """What a column means whose heading stands in several rows, top first ("Năm sinh" above "Nữ")."""
    stack = [text for index, text in enumerate(texts) if text and text not in texts[:index]]
    if not stack:
        return None, 0.0
    if len(stack) == 1:
        return meaning_of(stack[0])
    parts = _date_part(stack)
    if parts is not None:
        return parts, 1.0
    whole = synonyms().get(words(" ".join(_PARENTHESES.sub(" ", text) for text in stack)))
    if whole is not None:
        return whole, 1.0
    turned = synonyms().get(words(" ".join(reversed(stack))))
    if turned is not None:
        return turned, 1.0
    kin = _of_kin(words(" ".join(stack)))
    if kin is not None:
        return kin, 0.9
    lowest, sure = meaning_of(stack[-1])
    if len(stack) > 2 and (lowest is None or lowest in (Field.NAME, Field.DOB, Extra.MALE, Extra.FEMALE)):
        for pair in (stack[-2:], [stack[0], stack[-1]]):
            found, level = meaning_of_stack(pair)
            if found is not None and found != lowest:
                return found, level
    if lowest is None:
        lowest, sure = meaning_of(stack[0]) if len(stack) == 2 else meaning_of_stack(stack[:-1])
        return lowest, min(sure, 0.5)
    return lowest, sure


def _date_part(stack: Sequence[str]) -> Meaning | None:
    """Ngày | Tháng | Năm and Nam | Nữ below a heading that speaks of a birth date or of sex."""
    above, _ = meaning_of(" ".join(stack[:-1]))
    last = unicodedata.normalize("NFC", stack[-1]).strip().lower()
    if above in (Field.DOB, Field.DOB_WORDS):
        table: Mapping[str, Meaning] = {
            "ngày": Extra.BIRTH_DAY,
            "ngay": Extra.BIRTH_DAY,
            "tháng": Extra.BIRTH_MONTH,
            "thang": Extra.BIRTH_MONTH,
            "năm": Extra.BIRTH_YEAR,
            "nam": Extra.YEAR_MALE,
            "nữ": Extra.YEAR_FEMALE,
            "nu": Extra.YEAR_FEMALE,
        }
        return table.get(last)
    if above is Field.SEX:
        return {"nam": Extra.MARK_MALE, "nữ": Extra.MARK_FEMALE, "nu": Extra.MARK_FEMALE}.get(last)
    return None
