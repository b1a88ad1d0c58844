"""The clerk's forms: fields of each paper in the order it is printed, what repeats, what one letter stands for.

A field with codes is finished by one letter; what begins with "/" is taken as written after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as filled

from fieldtool.records.fields import DocumentKind, Field

FREE = "/"  # before a text that is no code
_DIGITS = re.compile(r"\d+\Z")


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form. `kept`: its value stays from the last paper of the batch, since lists repeat it. `marked`: it
    is typed again by a second person. `length`: so many digits finish it."""

    field: Field
    kept: bool = False
    marked: bool = False
    length: int = 0
    codes: Mapping[str, str] = filled(default_factory=dict)

    def finished(self, text: str) -> bool:
        """Whether nothing more can be typed, so that the next field may follow by itself."""
        if self.codes:
            return len(text) == 1 and text.lower() in self.codes
        return bool(self.length) and len(text) == self.length and bool(_DIGITS.match(text))

    def value(self, text: str) -> str:
        """The value that a typed text stands for: a code's word, a date of eight digits with its slashes."""
        clean = " ".join(text.split())
        if clean.startswith(FREE):
            return clean[1:].strip()
        if self.codes:
            return self.codes.get(clean.lower(), clean)
        if self.field in _DATES and _DIGITS.match(clean) and len(clean) == 8:
            return f"{clean[:2]}/{clean[2:4]}/{clean[4:]}"
        return clean


_SEX = {"1": "Nam", "2": "Nữ", "n": "Nam", "u": "Nữ"}
_RELATIONS = {
    "c": "Chủ hộ", "v": "Vợ", "h": "Chồng", "t": "Con trai", "g": "Con gái", "b": "Bố", "m": "Mẹ", "d": "Con dâu",
    "r": "Con rể", "u": "Cháu", "a": "Anh", "e": "Em", "i": "Chị", "o": "Ông", "k": "Khác",
}  # fmt: skip
_PEOPLES = {"t": "Thái", "k": "Kinh", "m": "Mông", "u": "Khơ-mú", "o": "Thổ", "d": "Ơ-đu"}
_RELIGIONS = {
    "k": "Không",
    "p": "Phật giáo",
    "c": "Công giáo",
    "t": "Tin Lành",
}  # none declared is not the same as blank
_KINDS = {"1": "Đúng hạn", "2": "Quá hạn", "3": "Đăng ký lại"}
_DATES = frozenset({Field.DOB, Field.ISSUE_DATE, Field.EXPIRY, Field.REG_DATE, Field.MOVED_IN})

_NAME = FormField(Field.NAME, marked=True)
_DOB = FormField(Field.DOB, marked=True, length=8)
_SEX_FIELD = FormField(Field.SEX, codes=_SEX)
_N12 = FormField(Field.N12, marked=True, length=12)
_PEOPLE = FormField(Field.ETHNICITY, kept=True, codes=_PEOPLES)
_RELIGION = FormField(Field.RELIGION, kept=True, codes=_RELIGIONS)

FORMS: Mapping[DocumentKind, tuple[FormField, ...]] = {
    DocumentKind.HOUSEHOLD: (
        FormField(Field.PLACE, kept=True),
        FormField(Field.BOOK, kept=True, marked=True),
        FormField(Field.HEAD, kept=True),
        _NAME,
        _DOB,
        _SEX_FIELD,
        FormField(Field.RELATION, codes=_RELATIONS),
        FormField(Field.ORIGIN, kept=True),
        _PEOPLE,
        _RELIGION,
        _N12,
        FormField(Field.N9, length=9),
        FormField(Field.MOVED_IN, length=8),
        FormField(Field.PREVIOUS_ADDRESS, kept=True),  # names the drowned village of those who were resettled
        FormField(Field.OTHER_NAME),
        FormField(Field.NOTE),
    ),
    DocumentKind.BIRTH: (
        FormField(Field.REG_PLACE, kept=True),
        FormField(Field.REG_BOOK, kept=True),
        FormField(Field.REG_NO, marked=True),
        _NAME,
        _SEX_FIELD,
        _DOB,
        FormField(Field.DOB_WORDS),
        FormField(Field.BIRTH_PLACE, kept=True),
        FormField(Field.ORIGIN, kept=True),
        _PEOPLE,
        _N12,
        FormField(Field.FATHER, marked=True),
        FormField(Field.MOTHER, marked=True),
        FormField(Field.REG_DATE, length=8),
        FormField(Field.REG_KIND, kept=True, codes=_KINDS),
        FormField(Field.PLACE, kept=True),
        FormField(Field.NOTE),
    ),
    DocumentKind.ID_CARD: (
        _N12,
        FormField(Field.N9, length=9),
        _NAME,
        _DOB,
        _SEX_FIELD,
        FormField(Field.ORIGIN, kept=True),
        FormField(Field.PLACE, kept=True),
        FormField(Field.EXPIRY, length=8),
        FormField(Field.ISSUE_DATE, length=8),
        FormField(Field.ISSUE_PLACE, kept=True),
        _PEOPLE,  # on the back of the old card of nine digits
        _RELIGION,
        FormField(Field.NOTE),
    ),
    DocumentKind.REGISTER: (
        _N12,
        FormField(Field.N9, length=9),
        _NAME,
        _DOB,
        _SEX_FIELD,
        FormField(Field.ORIGIN, kept=True),
        _PEOPLE,
        _RELIGION,
        FormField(Field.PLACE, kept=True),
        FormField(Field.FATHER),
        FormField(Field.MOTHER),
        FormField(Field.SPOUSE),
        FormField(Field.HEAD, kept=True),
        FormField(Field.RELATION, codes=_RELATIONS),
        FormField(Field.ISSUE_DATE, kept=True, length=8),
        FormField(Field.ISSUE_PLACE, kept=True),
        FormField(Field.NOTE),
    ),
}


def form_of(kind: DocumentKind) -> tuple[FormField, ...]:
    """The form of a kind of paper; the household book's for what has none of its own."""
    return FORMS.get(kind, FORMS[DocumentKind.HOUSEHOLD])
