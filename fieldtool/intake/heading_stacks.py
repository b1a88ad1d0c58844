"""What a column means whose heading stands in several rows: groups above, their parts below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from fieldtool.intake.columns import (
    BIRTH_WORDS,
    PARENTHESES,
    Extra,
    Meaning,
    exact_meaning,
    meaning_of,
    number_family,
    of_kin,
    synonyms,
    words,
)
from fieldtool.records.fields import Field
from fieldtool.records.peoples import parse_people

# Fields that a list may break over several columns below one heading; what stands there is joined.
ADDRESSES = frozenset({
    Field.PLACE, Field.ORIGIN, Field.BIRTH_PLACE, Field.REG_PLACE, Field.PREVIOUS_ADDRESS, Field.ISSUE_PLACE,
})  # fmt: skip
_UNITS = frozenset({Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE})


def meaning_of_stack(texts: Sequence[str]) -> tuple[Meaning | None, float]:
    """What a column means whose heading stands in several rows, top first ("Năm sinh" above "Nữ")."""
    stack = [text for index, text in enumerate(texts) if text and text not in texts[:index]]
    if not stack:
        return None, 0.0
    if len(stack) == 1:
        return meaning_of(stack[0])
    parts = _date_part(stack) or _card_part(stack) or _address_part(stack) or _people_part(stack)
    if parts is not None:
        return parts, 1.0
    whole = synonyms().get(words(" ".join(PARENTHESES.sub(" ", text) for text in stack)))
    if whole is not None:
        return whole, 1.0
    turned = synonyms().get(words(" ".join(reversed(stack))))
    if turned is not None:
        return turned, 1.0
    kin = of_kin(words(" ".join(stack)))
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


_COUNTS = re.compile(r"\b(?:so (?:nhan )?khau|so nguoi|so luong|tong so|lao dong|so con|nhan khau|so dan|dan so)\b")

_ONES_OWN = re.compile(rf"{BIRTH_WORDS.pattern}|\b(?:gioi tinh|phai)\b")


def _card_part(stack: Sequence[str]) -> Meaning | None:
    """Số | Ngày | Nơi below a heading that speaks of a card; Nam | Nữ below one that counts people."""
    last = words(stack[-1])
    above = words(" ".join(PARENTHESES.sub(" ", text) for text in stack[:-1]))
    if last in ("nam", "nu", "tong", "tong so") and _COUNTS.search(above) and not _ONES_OWN.search(above):
        return Extra.OTHER
    if last not in ("so", "so the", "ma so", "so hieu", "ngay", "noi") or of_kin(above) is not None:
        return None
    number = number_family(above)
    if number is None:
        number = next(
            (m for m in map(exact_meaning, reversed(stack[:-1])) if m in (Field.N12, Field.N9, Extra.NUMBER)), None
        )
    if number is None:
        return None
    return Field.ISSUE_DATE if last == "ngay" else Field.ISSUE_PLACE if last == "noi" else number


_MARKS: Mapping[str, Meaning] = {
    "nam": Extra.MARK_MALE, "trai": Extra.MARK_MALE,
    "nữ": Extra.MARK_FEMALE, "nu": Extra.MARK_FEMALE, "gái": Extra.MARK_FEMALE, "gai": Extra.MARK_FEMALE,
}  # fmt: skip


def _date_part(stack: Sequence[str]) -> Meaning | None:
    """Ngày | Tháng | Năm and Nam | Nữ (Trai | Gái) below a heading of a birth date or sex."""
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
            "trai": Extra.YEAR_MALE,
            "nữ": Extra.YEAR_FEMALE,
            "nu": Extra.YEAR_FEMALE,
            "gái": Extra.YEAR_FEMALE,
            "gai": Extra.YEAR_FEMALE,
        }
        return table.get(last)
    if above is Field.SEX:
        return _MARKS.get(last)
    return None


def _address_part(stack: Sequence[str]) -> Meaning | None:
    """Bản | Xã | Huyện | Tỉnh below a heading that speaks of another address than the one a person lives at."""
    lowest, _ = meaning_of(stack[-1])
    if lowest not in _UNITS:
        return None
    above, _ = meaning_of(" ".join(stack[:-1]))
    return above if (above in ADDRESSES and above is not Field.PLACE) or above is Extra.OTHER else None


def _people_part(stack: Sequence[str]) -> Meaning | None:
    """Kinh | Thái | Khác below "Dân tộc"."""
    if meaning_of(" ".join(stack[:-1]))[0] is not Field.ETHNICITY:
        return None
    people, _ = parse_people(stack[-1])
    return Field.ETHNICITY if people or words(stack[-1]) in ("khac", "thieu so", "dt thieu so", "dtts") else None
