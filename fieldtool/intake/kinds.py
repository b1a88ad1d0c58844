"""Which kind of list a sheet is: told by its columns, its title, the names of sheet and file, in that order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fieldtool.intake.columns import Extra, Meaning, flat, words
from fieldtool.intake.layout import Column
from fieldtool.records.fields import DocumentKind, Field

_BY_COLUMN: Mapping[Meaning, tuple[DocumentKind, float]] = {
    Field.REG_NO: (DocumentKind.BIRTH, 3.0),
    Field.REG_BOOK: (DocumentKind.BIRTH, 3.0),
    Field.REG_DATE: (DocumentKind.BIRTH, 3.0),
    Field.REG_PLACE: (DocumentKind.BIRTH, 2.0),
    Field.REG_KIND: (DocumentKind.BIRTH, 3.0),
    Field.FATHER: (DocumentKind.BIRTH, 1.5),
    Field.MOTHER: (DocumentKind.BIRTH, 1.5),
    Field.DOB_WORDS: (DocumentKind.BIRTH, 1.5),
    Field.BIRTH_PLACE: (DocumentKind.BIRTH, 0.5),
    Field.RELATION: (DocumentKind.HOUSEHOLD, 4.0),
    Field.BOOK: (DocumentKind.HOUSEHOLD, 3.0),
    Field.HEAD: (DocumentKind.HOUSEHOLD, 3.0),
    Extra.HOUSEHOLD_NO: (DocumentKind.HOUSEHOLD, 3.0),
    Field.MOVED_IN: (DocumentKind.HOUSEHOLD, 2.0),
    Field.PREVIOUS_ADDRESS: (DocumentKind.HOUSEHOLD, 2.0),
    Field.ISSUE_DATE: (DocumentKind.ID_CARD, 2.5),
    Field.ISSUE_PLACE: (DocumentKind.ID_CARD, 2.5),
    Field.EXPIRY: (DocumentKind.ID_CARD, 3.0),
    Field.N9: (DocumentKind.ID_CARD, 1.0),
    Field.N12: (DocumentKind.ID_CARD, 1.0),
    Extra.NUMBER: (DocumentKind.ID_CARD, 1.0),
}
_BY_WORDS: tuple[tuple[re.Pattern[str], DocumentKind, float], ...] = (
    (re.compile(r"khai sinh|\bgks\b|\bbirths?\b|tre em"), DocumentKind.BIRTH, 4.0),
    (
        re.compile(r"ho khau|nhan khau|\bhk\b|ho gia dinh|\bhousehold|thuong tru|\bhokhau|cu tru"),
        DocumentKind.HOUSEHOLD,
        4.0,
    ),
    (re.compile(r"can cuoc|\bcccd|\bcmnd|chung minh|\bid cards?\b|the cc|\bcan_cuoc"), DocumentKind.ID_CARD, 4.0),
)
# Said together in one title or name: drawn from the database of residence or population, not written from books.
_EXTRACT = re.compile(r"\b(?:trich (?:xuat|luc)|ket xuat|xuat tu|khai thac tu|lay tu|du lieu tu|theo)\b")
_DATABASE = re.compile(r"\b(?:co so du lieu|csdl)(?: ?qg| quoc gia)?(?: ve)? (?:dan cu|cu tru)\b|\bcsdl ?qg ?dc\b")
_PARENTS = (Field.FATHER, Field.MOTHER)  # schools and health posts write them too
_DOCS: Mapping[str, DocumentKind] = {
    "birth": DocumentKind.BIRTH,
    "khai sinh": DocumentKind.BIRTH,
    "giay khai sinh": DocumentKind.BIRTH,
    "gks": DocumentKind.BIRTH,
    "id": DocumentKind.ID_CARD,
    "id card": DocumentKind.ID_CARD,
    "cccd": DocumentKind.ID_CARD,
    "cmnd": DocumentKind.ID_CARD,
    "can cuoc": DocumentKind.ID_CARD,
    "can cuoc cong dan": DocumentKind.ID_CARD,
    "the can cuoc": DocumentKind.ID_CARD,
    "chung minh nhan dan": DocumentKind.ID_CARD,
    "household": DocumentKind.HOUSEHOLD,
    "ho khau": DocumentKind.HOUSEHOLD,
    "so ho khau": DocumentKind.HOUSEHOLD,
    "shk": DocumentKind.HOUSEHOLD,
    "trich luc khai sinh": DocumentKind.BIRTH,
    "register": DocumentKind.REGISTER,
    "trich luc cu tru": DocumentKind.REGISTER,
    "trich luc dan cu": DocumentKind.REGISTER,
    "xac nhan cu tru": DocumentKind.REGISTER,
    "csdl dan cu": DocumentKind.REGISTER,
    "csdl cu tru": DocumentKind.REGISTER,
    "du lieu dan cu": DocumentKind.REGISTER,
    "ct07": DocumentKind.REGISTER,
    "statement": DocumentKind.STATEMENT,
    "loi khai": DocumentKind.STATEMENT,
}


def kind_of(
    columns: Sequence[Column], title: Sequence[str], sheet: str, file: str, *, homes: float = 0.0
) -> tuple[DocumentKind, bool]:
    """The kind of a list, and whether anything told it; without any sign a household list is assumed, because a
    plain list of residents is one. Births told by columns of parents alone are not sure. `homes`: how much the rows
    look like households."""
    score = dict.fromkeys((DocumentKind.HOUSEHOLD, DocumentKind.BIRTH, DocumentKind.ID_CARD), 0.0)
    score[DocumentKind.HOUSEHOLD] += homes
    for column in columns:
        if column.meaning is not None and column.meaning in _BY_COLUMN:
            kind, weight = _BY_COLUMN[column.meaning]
            score[kind] += weight * max(column.sure, 0.5)
        if "chu ho" in flat(column.heading):
            score[DocumentKind.HOUSEHOLD] += 1.0
    parents = sum(_BY_COLUMN[c.meaning][1] for c in columns if c.meaning in _PARENTS)
    for text, share in ((" ".join(title), 1.0), (sheet, 0.7), (file, 0.7)):
        spoken = flat(text).replace("_", " ").replace("-", " ")
        for pattern, kind, weight in _BY_WORDS:
            if pattern.search(spoken):
                score[kind] += weight * share
    best = max(score, key=lambda kind: score[kind])
    if best is not DocumentKind.BIRTH and _extract(columns, (" ".join(title), sheet, file)):
        return DocumentKind.REGISTER, True
    return best, score[best] > 0 and not (best is DocumentKind.BIRTH and score[best] <= parents)


def _extract(columns: Sequence[Column], texts: Sequence[str]) -> bool:
    """Whether a list says of itself that it was drawn from the database; one with numbers of household books, or that
    names them, is a household list whatever else it says."""
    if any(column.meaning is Field.BOOK for column in columns):
        return False
    spoken = [flat(text).replace("_", " ").replace("-", " ") for text in texts]
    if any("ho khau" in text for text in spoken):
        return False
    return any(_EXTRACT.search(text) and _DATABASE.search(text) for text in spoken)


def kind_of_text(text: str) -> DocumentKind | None:
    """The kind that a row's own `doc` column names, None when it names none."""
    return _DOCS.get(words(text))
