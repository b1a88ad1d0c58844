"""What only the whole set of columns or their content can tell: Nam | Nữ, Họ | Tên, Ngày | Tháng | Năm, a bare "Số"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from fieldtool.intake.cells import cell_text, content_of
from fieldtool.intake.columns import PARENTHESES, Extra, Meaning, exact_meaning, flat, meaning_of, number_family, words
from fieldtool.intake.content_columns import with_content
from fieldtool.intake.joins import UNTICKED
from fieldtool.intake.layout import Column
from fieldtool.intake.owners import ISSUE_WORDS, with_owners
from fieldtool.records.fields import Field
from fieldtool.records.numbers import decode12
from fieldtool.records.peoples import parse_people
from fieldtool.records.raw_books import Row


def settled(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """What only the whole set of columns or their content can tell: Nam | Nữ, Họ | Tên, a column without heading."""
    columns = with_content(_boxed(_ticked_places(_marked_years(columns, below), below), below), below)
    columns = _registered_at(_middle_names(_granted(with_owners(columns, below), below)), below)
    meanings = {column.meaning for column in columns}
    swap: dict[Meaning, Meaning] = {}
    if Extra.YEAR_FEMALE in meanings and Extra.BIRTH_YEAR in meanings and Extra.BIRTH_MONTH not in meanings:
        swap[Extra.BIRTH_YEAR] = Extra.YEAR_MALE
    if Extra.GIVEN in meanings and Extra.SURNAME not in meanings and Field.NAME not in meanings:
        swap[Extra.GIVEN] = Field.NAME
    if Extra.GIVEN in meanings and Field.NAME in meanings and Extra.SURNAME not in meanings:
        swap |= {Field.NAME: Extra.SURNAME} if _one_word(columns, below) else {Extra.GIVEN: Extra.OTHER}
    if not {Field.NAME, Extra.GIVEN, Extra.SURNAME} & meanings and Field.HEAD in meanings:
        swap[Field.HEAD] = Field.NAME
    counted = _both_filled(columns, below)
    if counted:
        swap |= {Extra.MALE: Extra.OTHER, Extra.FEMALE: Extra.OTHER}
    elif lone := _lone(columns, meanings, below):
        swap |= lone
    elif Extra.FEMALE in meanings:
        texts = [t for c in columns if c.meaning in (Extra.MALE, Extra.FEMALE) for t in content_of(c.index, below)]
        years = 2 * sum(bool(re.search(r"\d{4}", text)) for text in texts) > len(texts)
        swap |= (
            {Extra.MALE: Extra.YEAR_MALE, Extra.FEMALE: Extra.YEAR_FEMALE}
            if years
            else {Extra.MALE: Extra.MARK_MALE, Extra.FEMALE: Extra.MARK_FEMALE}
        )
    return tuple(
        replace(column, meaning=swap.get(column.meaning, column.meaning)) if column.meaning is not None else column
        for column in _issued(_numbered(_dated(_given_beside(_split_name(columns, below), below), below), below), below)
    )


def _marked_years(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """Nam | Nữ below "Giới tính" over years, in a list that has no other birth: the column tells year and sex."""
    marks: dict[Meaning | None, Meaning] = {
        Extra.MARK_MALE: Extra.YEAR_MALE,
        Extra.MARK_FEMALE: Extra.YEAR_FEMALE,
    }
    if {Field.DOB, Extra.BIRTH_YEAR, Extra.YEAR_MALE} & {column.meaning for column in columns}:
        return columns
    texts = [text for c in columns if c.meaning in marks for text in content_of(c.index, below)]
    if not texts or sum(bool(_YEAR.fullmatch(text)) for text in texts) < 0.8 * len(texts):
        return columns
    return tuple(replace(c, meaning=marks[c.meaning]) if c.meaning in marks else c for c in columns)


_SEXES = frozenset({
    Field.SEX, Extra.MALE, Extra.FEMALE, Extra.MARK_MALE, Extra.MARK_FEMALE, Extra.YEAR_MALE, Extra.YEAR_FEMALE,
})  # fmt: skip
_LONE: Mapping[Meaning, Meaning] = {
    Extra.FEMALE: Extra.ONLY_FEMALE,
    Extra.MARK_FEMALE: Extra.ONLY_FEMALE,
    Extra.MALE: Extra.ONLY_MALE,
    Extra.MARK_MALE: Extra.ONLY_MALE,
}
# The letters are ticks of the font Wingdings.
CROSSES = frozenset({"x", "v", "\u221a", "\u2713", "\u2714", "+", "1", "*", "nu", "nam", "true", "co", "u", "þ", "p"})


def _lone(
    columns: tuple[Column, ...], meanings: Set[Meaning | None], below: Sequence[tuple[int, Row]]
) -> dict[Meaning, Meaning]:
    """A column "Nữ" with nothing beside it that tells the sex: crosses there mean that a blank cell is a man's; numbers
    count people."""
    told = [meaning for meaning in meanings if meaning in _SEXES]
    meaning = told[0] if len(told) == 1 else None
    if meaning is None or meaning not in _LONE:
        return {}
    place = next(c.index for c in columns if c.meaning is meaning)
    names = [c.index for c in columns if c.meaning in (Field.NAME, Extra.GIVEN, Field.HEAD)]
    # Signatures below, and the heading of the next page, may stand in the same column.
    lines = [
        flat(cell_text(row[place])) if place < len(row) else ""
        for _, row in below
        if sum(cell != "" for cell in row) > 2 and any(name < len(row) and row[name] != "" for name in names)
    ]
    texts = [text for text in lines if text not in UNTICKED]
    if 4 * sum(text.isdecimal() and 2 <= int(text) < 100 for text in texts) > len(texts):
        return {meaning: Extra.OTHER}
    crossed = texts and sum(text in CROSSES for text in texts) >= 0.6 * len(texts) and len(texts) < len(lines)
    return {meaning: _LONE[meaning]} if crossed else {}


def _both_filled(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> bool:
    """Whether Nam and Nữ are filled in the same rows: then they count people and tell nobody's sex."""
    places = [c.index for c in columns if c.meaning in (Extra.MALE, Extra.FEMALE)]
    rows = [[cell_text(row[place]) if place < len(row) else "" for place in places] for _, row in below]
    filled = [said for row in rows if any(said := [flat(text) not in UNTICKED for text in row])]
    return len(places) == 2 and 2 * sum(map(all, filled)) > len(filled)


def _dated(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A birth date in columns that no group joins: "Ngày" | "Tháng" | "Năm sinh", "Ngày tháng sinh" | "Năm sinh"."""
    swap: dict[int, Meaning] = {}
    for at, column in enumerate(columns):
        if column.meaning is not Field.DOB and not column.twice and words(column.heading) != "nam":
            continue
        years = content_of(column.index, below)
        if not years or sum(bool(_YEAR.fullmatch(text)) for text in years) < 0.6 * len(years):
            continue
        before = [words(other.heading) for other in columns[max(0, at - 2) : at]]
        parts = [" ".join(word for word in said.split() if word != "sinh") for said in before]
        if parts == ["ngay", "thang"]:  # "Sinh ngày | Sinh tháng | Sinh năm"
            swap |= {at - 2: Extra.BIRTH_DAY, at - 1: Extra.BIRTH_MONTH, at: Extra.BIRTH_YEAR}
        elif parts and parts[-1] == "thang" and all(map(str.isdecimal, content_of(columns[at - 1].index, below))):
            swap |= {at - 1: Extra.BIRTH_MONTH, at: Extra.BIRTH_YEAR}
        elif before and before[-1] in ("ngay thang sinh", "ngay thang", "ngay va thang sinh", "ngay sinh"):
            days = content_of(columns[at - 1].index, below)
            if days and sum(bool(_DAY_MONTH.fullmatch(text)) for text in days) >= 0.6 * len(days):
                swap |= {at - 1: Extra.BIRTH_DAY, at: Extra.BIRTH_YEAR}
    return tuple(replace(c, meaning=swap[at], twice=False) if at in swap else c for at, c in enumerate(columns))


_FULL_DAY = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4}")
_DAY_MONTH = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# A heading of these words alone speaks of the row's own number; which of the two it is, the digits tell.
_NUMBER_WORDS = frozenset({"so", "ma", "no", "number", "the", "giay", "to", "id", "card", "dinh", "danh", "cu", "moi"})


_NUMBER_NAMES = frozenset({"cccd", "cmnd", "cmt", "cmtnd", "ddcn", "sddcn", "cc"})


def _numbered(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column that is only called "Số" or "Số / No." and holds personal numbers."""
    taken = {column.meaning for column in columns}
    known = bool(taken & {Field.N12, Extra.NUMBER})
    lines = [line for line in below if sum(cell != "" for cell in line[1]) > 2]  # signatures stand in columns too
    found = list(columns)
    for place, column in enumerate(columns):
        spoken = set(words(PARENTHESES.sub(" ", column.heading)).split())
        card = column.meaning is Extra.OTHER and not column.twice and "the" in spoken and not known
        if not (card or column.meaning in (None, Field.REG_NO)) or (known and "cu" not in spoken):
            continue
        named = column.meaning is None and bool(spoken & _NUMBER_NAMES)  # "Đã có CCCD (ghi số)"
        if not (named or spoken <= _NUMBER_WORDS):
            continue
        digits = [text.replace(" ", "") for text in content_of(column.index, lines)]
        for field, length in ((Field.N12, 12), (Field.N9, 9)):
            fits = sum(text.isdecimal() and len(text) == length for text in digits)
            coded = sum(bool(decode12(text)) for text in digits if len(text) == 12)
            if card and (length == 9 or coded < 0.8 * len(digits)):
                continue  # cards of insurers, banks and parties have numbers too
            if column.heading and digits and fits >= 0.8 * len(digits) and field not in taken:
                found[place] = replace(column, meaning=field)
                taken.add(field)
    return tuple(found)


def _middle_names(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Họ | Đệm | Tên below "Họ và tên": the second is no surname again ("Họ và tên đệm" alone would be one)."""
    return tuple(
        replace(column, meaning=Extra.MIDDLE, twice=False)
        if column.twice and exact_meaning(column.heading.rpartition(" / ")[2]) is Extra.MIDDLE
        else column
        for column in columns
    )


_BOXES = 9  # digits of the shorter number


def _boxed(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A number with a digit in each of many columns below one heading: all of them are the number."""
    for at, column in enumerate(columns):
        if column.meaning not in (Field.N12, Field.N9):
            continue
        run = [c for c in columns[at:] if c.heading == column.heading]
        texts = [text for c in run for text in content_of(c.index, below)]
        together = len(run) >= _BOXES and run[-1].index - column.index == len(run) - 1
        if together and sum(len(text) == 1 and text.isdecimal() for text in texts) >= 0.8 * len(texts) > 0:
            return tuple(replace(c, meaning=column.meaning, twice=False) if c in run else c for c in columns)
    return columns


def _ticked_places(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column "Nơi thường trú" with nothing but crosses says where he votes, not where he lives; the next does."""
    for column in columns:
        if column.meaning is not Field.PLACE or not (texts := content_of(column.index, below)):
            continue
        if sum(flat(text) in CROSSES for text in texts) >= 0.8 * len(texts):
            left = [c for c in columns if c.twice and meaning_of(c.heading.rpartition(" / ")[2])[0] is Field.PLACE]
            swap: dict[int, Meaning] = {column.index: Extra.OTHER, **{c.index: Field.PLACE for c in left[:1]}}
            return tuple(
                replace(c, meaning=swap.get(c.index, c.meaning), twice=c.twice and c.index not in swap) for c in columns
            )
    return columns


def _granted(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column "Tại" behind "Cấp ngày": the place of issue. "N.cấp" is the day or the place, as its cells say."""
    meanings = {column.meaning for column in columns}
    for column in columns:
        if (
            column.meaning is None
            and words(column.heading) in ("n cap", "ng cap")
            and Field.N12 in meanings | {Field.N9}
        ):
            texts = content_of(column.index, below)
            days = sum(bool(_FULL_DAY.fullmatch(text)) for text in texts)
            meant = Field.ISSUE_DATE if 2 * days > len(texts) else Field.ISSUE_PLACE
            if texts and meant not in meanings:
                columns = tuple(replace(c, meaning=meant, sure=0.8) if c is column else c for c in columns)
    if any(column.meaning is Field.ISSUE_PLACE for column in columns):
        return columns
    return tuple(
        replace(column, meaning=Field.ISSUE_PLACE, sure=0.8)
        if before is Field.ISSUE_DATE and column.meaning is None and words(column.heading) in ("tai", "noi", "o dau")
        else column
        for before, column in zip([None, *(c.meaning for c in columns)], columns, strict=False)
    )


def _registered_at(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column "Hộ khẩu" that holds words: where somebody is registered, not the number of a book."""
    if any(column.meaning is Field.PLACE for column in columns):
        return columns
    for column in columns:
        if column.meaning in (None, Field.BOOK) and words(column.heading) in ("ho khau", "hk"):
            texts = content_of(column.index, below)
            if (
                texts
                and sum(text[0].isalpha() and not any(map(str.isdecimal, text)) for text in texts) > len(texts) / 2
            ):
                return tuple(replace(c, meaning=Field.PLACE, sure=0.8) if c is column else c for c in columns)
    return columns


_NUMBER_FIRST = re.compile(r"\D{0,14}(?:\d{12}|\d{9})(?!\d)")


def _issued(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column "Số CMND, ngày cấp, nơi cấp" whose cells begin with the number."""
    taken = {column.meaning for column in columns}
    for column in columns:
        if column.meaning not in (Field.ISSUE_DATE, Field.ISSUE_PLACE):
            continue
        number = number_family(ISSUE_WORDS.sub(" ", words(column.heading)))
        texts = content_of(column.index, below)
        if number is None or number in taken or not texts:
            continue
        if sum(bool(_NUMBER_FIRST.match(text)) for text in texts) >= 0.6 * len(texts):
            return tuple(replace(c, meaning=number, twice=False) if c is column else c for c in columns)
    return columns


def _split_name(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """One heading "Họ và tên" merged over two columns: surname and middle names, then the given name."""
    for first, second in zip(columns, columns[1:], strict=False):
        if first.meaning is Field.NAME and second.twice and second.heading == first.heading:
            split = replace(second, meaning=Extra.GIVEN, twice=False)
            if not _one_word((split,), below):
                return columns
            surname = replace(first, meaning=Extra.SURNAME)
            return tuple(surname if c is first else split if c is second else c for c in columns)
    return columns


def _given_beside(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A blank heading beside "Họ và tên" over single words in every row: the given names (merging is lost in csv)."""
    for first, second in zip(columns, columns[1:], strict=False):
        if first.meaning is Field.NAME and not second.heading and _hold_givens(first.index, second.index, below):
            swap: dict[int, Meaning] = {first.index: Extra.SURNAME, second.index: Extra.GIVEN}
            return tuple(replace(c, meaning=swap.get(c.index, c.meaning)) for c in columns)
    return columns


def _hold_givens(names: int, givens: int, below: Sequence[tuple[int, Row]]) -> bool:
    """Whether beside most names stands one word that is no cross, no sex and no people."""
    texts = [
        cell_text(row[givens]) if givens < len(row) else ""
        for _, row in below
        if names < len(row) and row[names] != "" and sum(cell != "" for cell in row) > 2
    ]
    told = [text for text in texts if text.isalpha() and flat(text) not in CROSSES and not parse_people(text)[0]]
    return bool(texts) and len(told) >= 0.8 * len(texts)


def _one_word(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> bool:
    """Whether the column "Tên" beside "Họ và tên" holds single words, that is given names."""
    index = next(column.index for column in columns if column.meaning is Extra.GIVEN)
    # Signatures below may stand in the same column.
    texts = [cell_text(row[index]) for _, row in below if index < len(row) and sum(cell != "" for cell in row) > 2]
    filled = [text for text in texts if text]
    return bool(filled) and sum(1 for text in filled if " " not in text) > 0.8 * len(filled)
