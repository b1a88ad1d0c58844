"""Words and marks that stand for "the same as above" or for "none"."""

from __future__ import annotations

from fieldtool.intake.columns import flat
from fieldtool.records.fields import Field

_SAME = frozenset({
    '"', "''", "“", "”", "″", "〃", "‟", "„", '""', "“”", "''''", "nt", "n.t", "n.t.", "n/t", "-nt-", "- nt -", "nt.", "(nt)", "//", "-//-", "- // -", '-"-', '- " -', "-''-",
    "- '' -", "như trên", "nhu tren", "như tr.", "ntr", "//-", "-//", "/ /", "\\\\", "id", "idem", "như trên.", '"-"', "-“-", "-”-", "ditto", "||", "′′", "``", "´´",
})  # fmt: skip
_NONE = frozenset({
    "-", "--", "---", "–", "—", "/", ".", "..", "...", "…", "không", "khong", "ko", "k", "kh", "không có", "khong co", "không rõ", "khong ro", "chưa có", "chua co", "chưa rõ", "chua ro",
    "không biết", "khong biet", "chưa xác định", "chua xac dinh", "không xác định", "khong xac dinh", "ko có", "ko rõ", "k có", "k rõ", "n/a", "na", "null", "none", "nan", "?", "??", "???", "0",
    "chưa làm", "chua lam", "chưa cấp", "chua cap", "x", "_", "__", "không nhớ", "khong nho",
})  # fmt: skip
# Fields in which "không" or a dash says that there is none, and is no value.
_EMPTIED = frozenset({
    Field.DOB, Field.N12, Field.N9, Field.FATHER, Field.MOTHER, Field.SPOUSE, Field.HEAD, Field.BOOK, Field.OTHER_NAME, Field.FATHER_DOB, Field.MOTHER_DOB,
    Field.ISSUE_DATE, Field.ISSUE_PLACE, Field.EXPIRY, Field.PLACE, Field.SEX, Field.ETHNICITY, Field.ORIGIN, Field.BIRTH_PLACE, Field.DOB_WORDS, Field.RELATION,
    Field.MOVED_IN, Field.PREVIOUS_ADDRESS, Field.REG_NO, Field.REG_BOOK, Field.REG_DATE, Field.REG_PLACE,
})  # fmt: skip
_MARK_ONLY = frozenset(
    {"-", "--", "---", "–", "—", "/", ".", "..", "...", "…", "_", "__", "n/a", "null", "none", "nan"}
)
LONGEST = 16


def is_same(text: str) -> bool:
    """Whether a cell repeats the one above."""
    return len(text) <= LONGEST and text.lower() in _SAME


def is_none(field: Field, text: str) -> bool:
    """Whether a cell says that there is nothing to write. "Không" is a religion, and so it stays one."""
    if len(text) > LONGEST:
        return False
    plain = text.lower()
    if field in _EMPTIED:
        return plain in _NONE or flat(plain) in _NONE
    return plain in _MARK_ONLY
