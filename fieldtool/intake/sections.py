"""What a row of a list is: a person's line, or a heading, village, household banner, total or signature around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from fieldtool.intake.banner_words import is_banner, is_label
from fieldtool.intake.checks import sex_of
from fieldtool.intake.closing_words import FOOTER, closes_list, is_total
from fieldtool.intake.columns import Extra, Meaning, flat, words
from fieldtool.intake.layout import Layout
from fieldtool.intake.recognise import is_numbering
from fieldtool.intake.told_facts import facts_of
from fieldtool.intake.village_words import village_of_row
from fieldtool.records.fields import Field


class RowKind(StrEnum):
    """What a row is. Only DATA rows count as rows of the list."""

    DATA = "data"
    BLANK = "blank"
    HEADING = "heading"  # the heading again, at the top of a printed page
    VILLAGE = "village"
    BANNER = "banner"  # "Hộ: Lô Văn A - sổ số 123"
    SECTION = "section"  # any other single text outside the name column
    TOTAL = "total"
    FOOTER = "footer"
    CONTINUED = "continued"  # more of the person above: his name is merged down, or only columns that are not read
    ORDINAL = "ordinal"  # a prepared line with its number only


_HOME_NO = re.compile(r"^ho\s*(?:so|thu)?\s*\d+\s*:?$")  # in a column of its own, beside the head
# A subtotal carried over to the next page; "Mang Sang" with a birth or number beside it may be a person's name.
_CARRIED = re.compile(r"(?:cong )?(?:mang (?:sang|sang trang)|chuyen (?:trang|sang trang)|luy ke)\b", re.ASCII)
# What a line of totals is broken down by; a name column never holds these for a person.
_BREAKDOWN = frozenset({"nam", "nu", "ho", "khau", "ho ngheo", "ho can ngheo", "tre em", "nguoi"})
# The foot or head of a printed page; nothing is over after it.
_PAGE = re.compile(r"^[\W_]*(?:trang|page|to)\s*(?:so\s*)?[:.]?\s*\d{1,4}(?:\s*(?:/|tren|of|-)\s*\d{1,4})?[\W_]*$")
# "Lớp 1A", "Chi hội 3", "Nhóm II" in the column of names.
_CLASS = re.compile(
    r"(?:lop|khoi lop|chi (?:hoi|doan|bo)|nhom|phan doi|tieu doi|trung doi)\s+(?:so\s+)?[\divx]{1,4}\s?[a-z]?\d?$"
)
_NAME_BLANKS = 5
_EXPLANATIONS = 2
_RULES = "-–—_=*~ "  # of what lines across a list are drawn
# A remark below a person, in brackets: no name has figures or so many words.
_BRACKETED = re.compile(r"\((?:[^()]*\d[^()]*|(?:[^()\s]+\s+){5,}[^()]*)\)$")
_YEARISH = re.compile(r"(?<!\d)(?:1[89]\d\d|20\d\d)(?!\d)|^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}$|^\d{5}$")
_LONG_NUMBER = re.compile(r"\d{8,12}")
_SEX = frozenset({"nam", "nu", "m", "f", "male", "female", "x", "trai", "gai", "v", "\u221a", "\u2713", "\u2714"})
_TELLING: frozenset[Meaning] = frozenset({
    Field.DOB, Extra.YEAR_MALE, Extra.YEAR_FEMALE, Extra.BIRTH_YEAR, Field.N12, Field.N9, Extra.NUMBER, Field.SEX,
    Field.RELATION, Extra.MARK_MALE, Extra.MARK_FEMALE, Extra.ONLY_MALE, Extra.ONLY_FEMALE, Extra.KEY, Field.FATHER,
    Field.MOTHER, Field.ETHNICITY, Extra.FACTS,
})  # fmt: skip
# Columns in which a signer's name could stand; among the signatures they prove nothing.
_LOOSE: frozenset[Meaning] = frozenset({Field.RELATION, Field.ETHNICITY, Extra.KEY, Field.FATHER, Field.MOTHER})


class Sorter:
    """Tells the rows of one sheet apart; it remembers whether it is among signatures or totals."""

    def __init__(self, layout: Layout, wide_rows: frozenset[int] = frozenset()) -> None:
        self._meaning = {column.index: column.meaning for column in layout.columns}
        self._headings = {
            (column.index, word)
            for column in layout.columns
            if column.heading
            for word in (words(column.heading), *(words(part) for part in column.heading.split(" / ")))
        }
        self.spoken = {part.lower() for column in layout.columns for part in (*column.heading.split(" / "),) if part}
        self._wide = wide_rows
        self._name = {Field.NAME, Extra.GIVEN, Extra.SURNAME}
        self._closing = False
        self._totals = False

    def sort(self, number: int, filled: Sequence[tuple[int, str]]) -> RowKind:
        """The kind of a row from its filled cells (position, text)."""
        if not filled or (filled[0][1][0] in _RULES and all(not text.strip(_RULES) for _, text in filled)):
            return RowKind.BLANK
        if self._repeats(filled):
            return RowKind.HEADING
        if _explains(filled):
            return RowKind.HEADING
        if is_label(filled[0][1]) and not (_HOME_NO.match(flat(filled[0][1])) and self._person(filled)):
            self._closing = self._totals = False
            return RowKind.BANNER
        if len(filled) > 1 and _home_in_cells(filled):
            self._closing = self._totals = False
            return RowKind.BANNER
        if number not in self._wide and self._person(filled):
            self._closing = self._totals = False
            return RowKind.DATA
        if len(filled) >= 3 and is_numbering([text for _, text in filled]):
            return RowKind.HEADING
        return self._around(number, filled)

    def _repeats(self, filled: Sequence[tuple[int, str]]) -> bool:
        if not any(text.lower() in self.spoken for _, text in filled[:2]):
            return False
        if _PAGE.match(flat(filled[-1][1])):
            filled = filled[:-1]  # "DANH SÁCH … | Trang 2", over the heading of each page
            if all(text.lower() in self.spoken for _, text in filled):
                return True
        same = sum(1 for index, text in filled if (index, words(text)) in self._headings)
        return same >= 2 and same >= 0.6 * len(filled)

    def met_person(self) -> None:
        """A person's line was seen: totals and signatures are over."""
        self._closing = self._totals = False

    def is_person(self, filled: Sequence[tuple[int, str]]) -> bool:
        """Whether a row is certainly a person's line."""
        return self._person(filled)

    def _person(self, filled: Sequence[tuple[int, str]]) -> bool:
        """A name with at least one cell that only a person's line has."""
        named = telling = False
        for index, text in filled:
            meaning = self._meaning.get(index)
            if meaning in self._name:
                named = named or (any(map(str.isalpha, text)) and not is_total(text))
            elif meaning is Field.HEAD:
                named = named or (" " in text and not is_total(text))
            elif meaning in _TELLING and not (self._closing and meaning in _LOOSE) and tells(meaning, text):
                telling = True
            if named and telling:
                return True
        return named and telling

    def _around(self, number: int, filled: Sequence[tuple[int, str]]) -> RowKind:
        spoken = [(index, text) for index, text in filled if any(map(str.isalpha, text))]
        distinct = list(dict.fromkeys(text for _, text in spoken))
        if not spoken:
            return self._figures(filled)
        first, text = spoken[0]
        led = len(text) <= 5 and len(spoken) > 1 and bool(re.fullmatch(r"[IVXivx]+[.)]?|[A-Ha-h][.)]?", text))
        if led:
            first, text = spoken[1]
        plain = flat(text)
        if len(distinct) == 1 and _PAGE.match(plain):
            return RowKind.FOOTER
        if len(distinct) <= 3 and is_banner(text):
            return RowKind.BANNER
        if village_of_row(text) and not FOOTER.search(plain) and len(distinct) <= 4:
            return RowKind.VILLAGE
        if is_total(text) or _CARRIED.match(plain) or (self._totals and plain.strip(" :*+-") in _BREAKDOWN):
            self._totals = True
            return RowKind.TOTAL
        closes = any(closes_list(other) for other in distinct)
        if closes and not self._number_in(filled) and not (self._numbered(filled) and not self._closing):
            self._closing = True
            return RowKind.FOOTER
        if self._closing:
            return RowKind.FOOTER
        if len(filled) == 1 and _BRACKETED.match(text):
            return RowKind.CONTINUED
        if led and len(filled) == 2:
            return RowKind.SECTION  # "I | Người cao tuổi"
        if len(filled) == 1 and _CLASS.match(plain):
            return RowKind.SECTION
        if len(distinct) == 1 and (number in self._wide or self._meaning.get(first) not in self._name):
            kept = self._meaning.get(first) in _TELLING or len(filled) > 2
            return RowKind.DATA if kept and number not in self._wide else RowKind.SECTION
        return RowKind.DATA

    def _numbered(self, filled: Sequence[tuple[int, str]]) -> bool:
        """Whether a row has its running number and a name: "3 | Lô Văn An | Trưởng bản" is no signature."""
        ordinal = any(self._meaning.get(index) is Extra.ORDINAL and text.isdecimal() for index, text in filled)
        return ordinal and any(self._meaning.get(i) in self._name and _words_of_name(text) for i, text in filled)

    def _figures(self, filled: Sequence[tuple[int, str]]) -> RowKind:
        """A row without letters: a prepared line, or a person's line whose name is missing."""
        if self._closing:
            return RowKind.FOOTER
        if len(filled) == 1 and self._meaning.get(filled[0][0]) in (Extra.ORDINAL, Extra.HOUSEHOLD_NO):
            return RowKind.ORDINAL
        return RowKind.DATA

    def _number_in(self, filled: Sequence[tuple[int, str]]) -> bool:
        return any(
            self._meaning.get(index) in (Field.N12, Field.N9, Extra.NUMBER) and _LONG_NUMBER.search(text)
            for index, text in filled
        )


def _explains(filled: Sequence[tuple[int, str]]) -> bool:
    """Whether a row says how the columns are to be filled: "(viết hoa)" | "(dd/mm/yyyy)" | "(Nam/Nữ)"."""
    if len(filled) < _EXPLANATIONS or filled[-1][1][-1] != ")":
        return False
    return all(text[0] == "(" and text[-1] == ")" for _, text in filled)


def _words_of_name(text: str) -> bool:
    """Whether a text has a name's number of words and nothing else, be the surname known or not."""
    return 1 <= text.count(" ") <= _NAME_BLANKS and text.replace(" ", "").isalpha() and not closes_list(text)


def _home_in_cells(filled: Sequence[tuple[int, str]]) -> bool:
    """Whether a row is a household's banner over several cells: "Hộ 1 | Chủ hộ: Lô Văn An | Địa chỉ: …"."""
    labels = sum(":" in text and is_label(text) for _, text in filled)
    return labels > 1 or (labels == 1 and bool(_HOME_NO.match(flat(filled[0][1]))) and is_label(filled[1][1]))


def tells(meaning: Meaning | None, text: str) -> bool:
    """Whether the content of a telling column fits its meaning."""
    if meaning in (Field.SEX, Extra.MARK_MALE, Extra.MARK_FEMALE, Extra.ONLY_MALE, Extra.ONLY_FEMALE):
        return flat(text) in _SEX or (not text.isdecimal() and bool(sex_of(text)))
    if meaning in (Field.N12, Field.N9, Extra.NUMBER):
        return bool(_LONG_NUMBER.search(text))
    if meaning is Extra.FACTS:
        return bool(facts_of(text))
    if meaning is Extra.KEY:
        return len(text) <= 40 and not FOOTER.search(flat(text))
    if meaning in (Field.RELATION, Field.ETHNICITY):
        return len(text) <= 40 and any(map(str.isalpha, text)) and not FOOTER.search(flat(text))
    if meaning in (Field.FATHER, Field.MOTHER):
        return " " in text and not FOOTER.search(flat(text))
    return bool(_YEARISH.search(text))
