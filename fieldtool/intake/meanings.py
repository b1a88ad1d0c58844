"""What a column of a list can mean, and the flat words by which headings are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from fieldtool.records.fields import Field


class Extra(StrEnum):
    """Meanings of a column that are no field of a document by themselves."""

    KEY = "key"  # the list's own key (Mã, rec_id)
    ORDINAL = "stt"
    DOC = "doc"  # the kind of each row
    HOUSEHOLD_NO = "household_no"  # ordinal of the household inside the list
    SURNAME = "surname"  # họ và chữ đệm, the given name standing in a column of its own
    MIDDLE = "middle"  # a column of its own between the two
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
    ONLY_MALE = "only_male"  # a lone "Nam" or "Nữ" with a cross, where a blank cell is the other sex
    ONLY_FEMALE = "only_female"
    NUMBER = "number"  # CMND or CCCD in one column
    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    PARENTS = "parents"  # both in one cell
    FACTS = "facts"  # several facts in one cell, each with its label
    OTHER = "other"  # known, and not kept


Meaning = Field | Extra

MEANINGS: Mapping[str, Meaning] = {item.value: item for group in (Field, Extra) for item in group}
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def meaning_of_code(code: str) -> Meaning:
    """The meaning a saved mapping names; ValueError for an unknown one."""
    if code not in MEANINGS:
        raise ValueError(code)
    return MEANINGS[code]


def flat(text: str) -> str:
    """Lower case without marks, one character for each of the NFC text, so that positions stay comparable."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text)
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
