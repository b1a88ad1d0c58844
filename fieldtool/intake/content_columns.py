"""Columns whose cells tell what their heading does not say, or says wrongly: crosses below "Xã", names below "Mẹ (năm
sinh)", villages below "Chi hội", facts with their labels below "Thông tin", births below "Ngày đẻ"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fieldtool.intake.cells import cell_text, content_of
from fieldtool.intake.checks import written_as_name
from fieldtool.intake.columns import Extra, Meaning, flat, meaning_of, of_others, words
from fieldtool.intake.layout import Column
from fieldtool.intake.told_facts import facts_of
from fieldtool.intake.village_words import village_of_row
from fieldtool.records.dates import REFERENCE_YEAR
from fieldtool.records.fields import Field
from fieldtool.records.numbers import decode12
from fieldtool.records.raw_books import Row

_HALF = 0.6  # how sure a heading is that was understood in part, or taken for want of another
_NAMED = re.compile(r"(?:ho (?:va )?ten|ho ten|ten)\b")
_MOST = 0.6  # share of a column's filled cells that must be alike
_UNITS = frozenset({Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE})
_HOMES = frozenset({Extra.VILLAGE, Field.PLACE})
_BIRTHS = frozenset({Field.DOB, Extra.YEAR_MALE, Extra.YEAR_FEMALE, Extra.BIRTH_YEAR})
_PARENT_OF: dict[Meaning | None, Meaning] = {Field.FATHER_DOB: Field.FATHER, Field.MOTHER_DOB: Field.MOTHER}
_CROSS = re.compile(r"[xv\u221a\u2713\u2714+*]|nu|nam|co|khong|\d{1,3}")
_NAME_FIRST = re.compile(r"[^\W\d_]+ [^\W\d_]+")
_ONE = re.compile(r"(?:ho (?:va )?ten )?nguoi(?: [a-z]+){1,4}")
_HOLDS_NUMBER = re.compile(r"\D{0,20}(?:\d{12}|\d{9})(?!\d)")
_CHILD = re.compile(r"\b(?:con|tre|be|chau)\b")
_DELIVERY = re.compile(r"(?:ngay|ngay gio|gio ngay|ngay thang|ngay thang nam|thoi gian)(?: sinh)? de\b")
_YEARS, _GROWN = re.compile(r"(?:19|20)\d\d"), 15  # years, by which somebody is no child of a list of children
_AGE, _YEAR = re.compile(r"\btuoi\b"), re.compile(r".*\d{4}")
_ELSE = re.compile(r"\b(?:than|lien he|cha|bo|me|vo|chong|con|chau|chu ho|giam ho|nguoi (?:khai|nhan|nop)|can bo)\b")
_LODGING = re.compile(r"(?:(?:noi|cho|dia chi|dia diem) )?(?:dang ky |dk )?(?:o )?tam tru(?: hien nay| hien tai)?")
_SAID_YES = frozenset({"x", "v", "co", "khong"})
_NEARLY_ALL = 0.8
_SIGNERS = 2  # filled cells of the rows below a list
_ONE_CROSS = re.compile(r"[xXvV\u221a\u2713\u2714+*1]\Z")
_TELL_HOMES = frozenset({Field.RELATION, Field.HEAD, Field.BOOK, Extra.HOUSEHOLD_NO, Field.FATHER, Field.MOTHER})
_ROMAN = re.compile(r"[IVXLC]+")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_MEMBER_NO = re.compile(r"(?:\d{1,3}(?:[.,]\d{1,2})?|[a-h]|[-–+*]|)")
_LEAST_HOMES = 2
_NUMBERS = frozenset({Field.N12, Extra.NUMBER})
_DIGITS, _LEAST_PROOFS = 12, 4
_HOME_CODE = re.compile(r"ma (?:so )?ho(?: gia dinh| dan)?")
_BOOK_DIGITS = 6  # of a household book's number at least; communes have fewer homes than that
_ADDRESS = re.compile(r"(?:ông|bà|anh|chị)\Z", re.IGNORECASE)
_SEXES = frozenset({
    Field.SEX, Extra.MALE, Extra.FEMALE, Extra.MARK_MALE, Extra.MARK_FEMALE, Extra.YEAR_MALE, Extra.YEAR_FEMALE,
    Extra.ONLY_MALE, Extra.ONLY_FEMALE,
})  # fmt: skip
_DAY = re.compile(r"(?<!\d)\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}(?!\d)")


def with_content(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """The columns with what only their cells tell."""
    lines = [line for line in below if sum(cell != "" for cell in line[1]) > _SIGNERS]
    for step in (_crossed_heads, _unproved, _coded_homes, _addressed, _numbered_homes, _proved):
        columns = step(columns, lines)
    for step in (
        _first_named,
        _papers,
        _beside_head,
        _counted,
        _aged,
        _ticked,
        _parents,
        _deliveries,
        _parents_years,
        _lodged,
        _villages,
        _facts,
    ):
        columns = step(columns, below)
    return columns


def _share(column: Column, below: Sequence[tuple[int, Row]], fits: re.Pattern[str]) -> float:
    """Which part of a column's filled cells begins as told; 0 for a blank column."""
    texts = content_of(column.index, below)
    return sum(bool(fits.match(text)) for text in texts) / len(texts) if texts else 0.0


def _crossed_heads(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Chủ hộ" over crosses says which rows are heads, not whose the rows are."""
    if any(column.meaning is Field.RELATION for column in columns):
        return columns
    return tuple(
        replace(column, meaning=Field.RELATION)
        if column.meaning is Field.HEAD and _share(column, below, _ONE_CROSS) >= _NEARLY_ALL
        else column
        for column in columns
    )


def _unproved(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Mã định danh Bộ GD&ĐT" over digits that are nobody's number: a heading understood in part is not believed."""
    return tuple(
        replace(column, meaning=Extra.OTHER)
        if column.meaning in (Field.N12, Field.N9)
        and column.sure <= _HALF
        and (texts := content_of(column.index, below))
        and 2 * sum(map(_may_be_number, texts)) < len(texts)
        and sum(any(map(str.isdecimal, text)) for text in texts) >= _NEARLY_ALL * len(texts)
        else column
        for column in columns
    )


def _may_be_number(text: str) -> bool:
    """Whether a text holds a personal number or an old card's, also one that lost its zero."""
    digits = "".join(filter(str.isdecimal, text.removesuffix(".0")))
    decoded = decode12(digits.zfill(12) if len(digits) == 11 else digits)
    return len(digits) == 9 or (decoded is not None and decoded.year <= REFERENCE_YEAR)


def _coded_homes(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Mã hộ" over short codes ("H001", "12") counts the homes of this list; a household book's number is longer."""
    return tuple(
        replace(column, meaning=Extra.HOUSEHOLD_NO)
        if column.meaning is Field.BOOK
        and _HOME_CODE.fullmatch(words(column.heading))
        and (texts := content_of(column.index, below))
        and sum(sum(map(str.isdecimal, text)) < _BOOK_DIGITS for text in texts) >= _NEARLY_ALL * len(texts)
        else column
        for column in columns
    )


def _numbered_homes(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "STT" that numbers homes: 1, 2, 3 beside the heads, and 1.1, 1.2, letters or nothing beside their members; or I,
    II, III, and 1, 2, 3 beside the members."""
    place = {column.meaning: column.index for column in columns}
    name = next((place[m] for m in (Field.NAME, Extra.SURNAME) if m in place), -1)
    if name < 0 or Extra.ORDINAL not in place or _TELL_HOMES.intersection(place):
        return columns
    at = place[Extra.ORDINAL]
    numbers = [
        cell_text(row[at]).rstrip(".)") if at < len(row) else ""
        for _, row in below
        if name < len(row) and row[name] != ""
    ]
    count = _roman if numbers[:1] == ["I"] else str
    heads = [text for text in numbers if (_ROMAN.fullmatch(text) if count is _roman else text.isdecimal())]
    members = [text for text in numbers if text not in heads]
    in_order = heads == [count(number) for number in range(1, len(heads) + 1)]
    if not in_order or len(heads) < _LEAST_HOMES or len(members) < len(heads) / 2 or numbers[0] != heads[0]:
        return columns
    if not all(_MEMBER_NO.fullmatch(text) for text in members):
        return columns
    return tuple(replace(c, meaning=Extra.HOUSEHOLD_NO) if c.index == at else c for c in columns)


def _roman(number: int) -> str:
    return "C" * (number // 100) + _TENS[number // 10 % 10] + _ONES[number % 10]


def _proved(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column of twelve digits that nobody understands, in a list without such numbers: those that say the birth year
    of their own row's person are his number."""
    place = {column.meaning: column.index for column in columns}
    if _NUMBERS.intersection(place) or Field.DOB not in place:
        return columns
    at = place[Field.DOB]
    for column in columns:
        if column.meaning not in (None, Extra.OTHER) or not column.heading:
            continue
        pairs = [
            (cell_text(row[column.index]), _year_in(cell_text(row[at])))
            for _, row in below
            if max(column.index, at) < len(row) and row[column.index] != ""
        ]
        told = [(decode12(text), year) for text, year in pairs if len(text) == _DIGITS and year]
        agree = sum(decoded is not None and decoded.year == year for decoded, year in told)
        if len(told) >= _LEAST_PROOFS and agree >= _NEARLY_ALL * len(pairs):
            return tuple(replace(c, meaning=Field.N12, sure=_HALF, twice=False) if c is column else c for c in columns)
    return columns


def _year_in(text: str) -> int:
    found = _YEARS.search(text)
    return int(found[0]) if found else 0


def _addressed(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column that says "Ông" or "Bà" before each name tells the sex."""
    if _SEXES.intersection(column.meaning for column in columns):
        return columns
    for column in columns:
        if column.meaning in (None, Extra.OTHER) and _share(column, below, _ADDRESS) >= _NEARLY_ALL:
            return tuple(replace(c, meaning=Field.SEX) if c is column else c for c in columns)
    return columns


def _first_named(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Tên liệt sĩ | … | Họ tên người thờ cúng": of two columns of names whose headings are only half understood
    the first is the row's own person."""
    named = [column for column in columns if column.meaning is Field.NAME]
    if len(named) != 1 or named[0].sure > _HALF or "nguoi" not in words(named[0].heading).split():
        return columns
    for column in columns[: named[0].index]:
        if column.meaning is None and _NAMED.match(words(column.heading)):
            texts = content_of(column.index, below)
            if texts and sum(map(written_as_name, texts)) >= _MOST * len(texts):
                swap: dict[int, Meaning] = {column.index: Field.NAME, named[0].index: Extra.OTHER}
                return tuple(replace(c, meaning=swap.get(c.index, c.meaning)) for c in columns)
    return columns


def _papers(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Giấy tờ" over numbers ("CMND 186000111") tells whose card it is, not what kind of paper the row is."""
    if {Field.N12, Field.N9, Extra.NUMBER} & {column.meaning for column in columns}:
        return columns
    return tuple(
        replace(column, meaning=Extra.NUMBER)
        if column.meaning is Extra.DOC and _share(column, below, _HOLDS_NUMBER) >= _MOST
        else column
        for column in columns
    )


def _beside_head(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Chủ hộ | Người được vay | Năm sinh": the row is about the one behind whose name birth or number stand."""
    if {Field.NAME, Extra.GIVEN, Extra.SURNAME} & {column.meaning for column in columns}:
        return columns
    head = next((column.index for column in columns if column.meaning is Field.HEAD), -1)
    told = (Field.DOB, Field.N12, Field.N9, Extra.NUMBER, Field.SEX)
    for column, after in zip(columns, columns[1:], strict=False):
        spoken = words(column.heading)
        if column.index <= head or head < 0 or column.meaning is not None or of_others(spoken):
            continue
        if _ONE.fullmatch(spoken) and after.meaning in told and columns[head + 1].meaning not in told:
            texts = content_of(column.index, below)
            if texts and sum(map(written_as_name, texts)) >= _MOST * len(texts):
                return tuple(replace(c, meaning=Field.NAME, sure=_HALF) if c is column else c for c in columns)
    return columns


def _counted(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Nhân khẩu" over numbers counts people; the head's column names him."""
    named = [column for column in columns if column.meaning is Field.NAME]
    if len(named) != 1 or not any(column.meaning is Field.HEAD for column in columns):
        return columns
    counts = _share(named[0], below, re.compile(r"\d+\Z")) >= 0.8
    return tuple(replace(c, meaning=Extra.OTHER) if counts and c is named[0] else c for c in columns)


def _aged(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Tuổi: Nam | Nữ": the column tells the sex, and what stands in it is no year."""
    marks: dict[Meaning | None, Meaning] = {
        Extra.YEAR_MALE: Extra.MARK_MALE,
        Extra.YEAR_FEMALE: Extra.MARK_FEMALE,
    }
    return tuple(
        replace(column, meaning=marks[column.meaning])
        if column.meaning in marks and _AGE.search(words(column.heading)) and not _share(column, below, _YEAR)
        else column
        for column in columns
    )


def _ticked(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Tỉnh" or "Xã" over crosses or counts says whom somebody votes for, or who pays, and names no place."""

    def ticked(column: Column) -> bool:
        texts = content_of(column.index, below) if column.meaning in _UNITS else []
        return bool(texts) and sum(bool(_CROSS.fullmatch(flat(text))) for text in texts) >= 0.8 * len(texts)

    # A bare number may be the village's ("Bản: 1"), where the list has no other place.
    return tuple(
        replace(column, meaning=Extra.OTHER)
        if ticked(column) and (column.meaning is not Extra.VILLAGE or _share(column, below, re.compile(r"\D")) > 0)
        else column
        for column in columns
    )


def _parents(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Mẹ (năm sinh)" over names with years is the mother's name; her year is taken out of the cell."""
    taken = {column.meaning for column in columns}
    return tuple(
        replace(column, meaning=parent, twice=False)
        if (parent := _PARENT_OF.get(column.meaning)) is not None
        and parent not in taken
        and _share(column, below, _NAME_FIRST) >= _MOST
        else column
        for column in columns
    )


def _deliveries(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Ngày đẻ" is the birth of the child that a row is about; in a list of women in childbed it is none of theirs."""
    named = next((column for column in columns if column.meaning is Field.NAME), None)
    if named is None or not _CHILD.search(words(named.heading)):
        return columns
    births = [column for column in columns if column.meaning in _BIRTHS]
    # "Tên bà mẹ | Năm sinh | Ngày đẻ | Tên con": the year is hers.
    mothers = [b for a, b in zip(columns, columns[1:], strict=False) if a.meaning is Field.MOTHER and b in births]
    if births != mothers or len(births) > 1 or any(birth.index > named.index for birth in births):
        return columns
    for column in columns:
        unread = column.meaning in (None, Extra.OTHER)
        if unread and _DELIVERY.match(words(column.heading)) and _share(column, below, _DAY) >= _MOST:
            hers: dict[int, Meaning] = {birth.index: Field.MOTHER_DOB for birth in births}
            told = tuple(replace(c, meaning=hers[c.index]) if c.index in hers else c for c in columns)
            return tuple(replace(c, meaning=Field.DOB, sure=0.8, twice=False) if c is column else c for c in told)
    return columns


def _parents_years(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """ "Tên mẹ | Năm sinh | Tên con": years that no child of today has, behind a parent's name and before the child's,
    are the parent's."""
    named = next((column for column in columns if column.meaning is Field.NAME), None)
    births = [column for column in columns if column.meaning in _BIRTHS]
    if (
        named is None
        or len(births) != 1
        or births[0].meaning is not Field.DOB
        or not _CHILD.search(words(named.heading))
    ):
        return columns
    birth = births[0]
    before = next((c.meaning for c in columns if c.index == birth.index - 1), None)
    parent = next((own for own, name in _PARENT_OF.items() if name is before), None)
    years = [_YEARS.findall(text) for text in content_of(birth.index, below)]
    grown = bool(years) and all(found and int(found[-1]) <= REFERENCE_YEAR - _GROWN for found in years)
    if parent is None or birth.index > named.index or not grown or parent in {column.meaning for column in columns}:
        return columns
    if any(c.twice and meaning_of(c.heading)[0] is Field.DOB for c in columns):
        return columns  # the child has a birth of its own, by which owners are told apart
    hers: dict[int, Meaning] = {birth.index: parent}
    for column in columns[birth.index + 1 : named.index]:
        if column.meaning not in (Field.N12, Field.N9, Extra.NUMBER):
            break
        hers[column.index] = Extra.OTHER
    return tuple(replace(c, meaning=hers[c.index]) if c.index in hers else c for c in columns)


def _lodged(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """In a list that tells no other place "Nơi tạm trú" is where somebody lives."""
    if (_HOMES | _UNITS) & {column.meaning for column in columns}:
        return columns
    for column in columns:
        lodging = column.meaning is Extra.OTHER and _LODGING.fullmatch(words(column.heading))
        texts = content_of(column.index, below) if lodging else []
        said = all(any(map(str.isalpha, text)) and flat(text) not in _SAID_YES for text in texts)
        if texts and said and not _share(column, below, _DAY):
            return tuple(replace(c, meaning=Field.PLACE, sure=0.8) if c is column else c for c in columns)
    return columns


def _villages(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column that is not understood, in a list without places, whose cells all name villages ("Chi hội")."""
    if (_HOMES | _UNITS) & {column.meaning for column in columns}:
        return columns
    for column in columns:
        texts = content_of(column.index, below) if column.meaning is None and column.heading else []
        if texts and sum(len(t) < 60 and bool(village_of_row(t)) for t in texts) >= 0.8 * len(texts):
            return tuple(replace(c, meaning=Extra.VILLAGE, sure=0.5) if c is column else c for c in columns)
    return columns


def _facts(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column that is not understood and holds facts with their labels ("SN 1958, trú tại bản Xốp Nặm")."""
    if any(column.meaning is Extra.FACTS for column in columns):
        return columns
    for column in columns:
        unread = column.meaning is None and column.heading and not _ELSE.search(words(column.heading))
        texts = content_of(column.index, below) if unread else []
        if texts and sum(bool(facts_of(text)) for text in texts) >= _MOST * len(texts):
            return tuple(replace(c, meaning=Extra.FACTS, sure=0.5) if c is column else c for c in columns)
    return columns
