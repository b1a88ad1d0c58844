"""Finds the layout of a sheet from its first rows: title, heading (one or several rows), columns, kind of list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fieldtool.intake.cells import cell_text, one_line
from fieldtool.intake.columns import Extra, Meaning, flat, meaning_of, of_parents, words
from fieldtool.intake.encodings import ENCODINGS, decoded_rows, with_encodings
from fieldtool.intake.exchanged_columns import with_exchanged, with_sex_codes
from fieldtool.intake.grouping import bold_heads, capital_heads, grouped, like_homes, named_relations
from fieldtool.intake.heading_stacks import ADDRESSES, meaning_of_stack
from fieldtool.intake.kinds import kind_of
from fieldtool.intake.layout import Column, Layout
from fieldtool.intake.owners import subjects_own
from fieldtool.intake.settling import settled
from fieldtool.intake.village_words import village_of_row, village_of_tab, village_of_title
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import Row, SheetLook

DEPTH = 40  # the heading stands in the first 30 rows of a list; ten more cost nothing
_LEAST = 3.5  # a name column and hardly anything else
_WORTH: Mapping[Meaning, float] = {
    Field.NAME: 4.0,
    Field.DOB: 2.0,
    Extra.YEAR_MALE: 2.0,
    Extra.YEAR_FEMALE: 2.0,
    Extra.GIVEN: 2.0,
    Field.N12: 2.0,
    Field.N9: 2.0,
    Extra.NUMBER: 2.0,
    Extra.FACTS: 2.0,
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    first: int  # index into the rows, from 0
    last: int
    columns: tuple[Column, ...]
    score: float


def recognise(
    sheet: str,
    head: Sequence[tuple[int, Row]],
    look: SheetLook,
    file: str = "",
    kind: DocumentKind | None = None,
    heading: tuple[int, int] | None = None,
) -> Layout | None:
    """The layout of a sheet, None when no heading is found. `head` are its first rows with their numbers; `heading`
    are the first and last row of it where an officer says so."""
    top = [line for line in head[: heading[1] if heading else DEPTH] if not heading or line[0] <= heading[1]]
    numbers = [number for number, _ in top]
    plain = [[cell_text(cell) for cell in row] for _, row in top]
    texts, best = plain, None
    for encoding in ("", *ENCODINGS):
        # Decoded before merged texts are repeated: only the first cell of a merged range tells its font.
        texts = _with_merged([list(row) for row in decoded_rows(plain, numbers, look, encoding)], numbers, look)
        best = _told_heading(texts, numbers, heading) if heading else _best_heading(texts)
        if best is not None and (not heading or _names(best)):
            break
    if best is None:
        return None
    last = best.last if heading else _below_numbering(texts, best.last)
    title = tuple(one_line(filter(None, row)) for row in texts[: best.first] if any(row))
    below = head[last + 1 :]
    columns = with_sex_codes(with_exchanged(settled(best.columns, below[:400]), below[:400]), below[:400])
    columns = with_encodings(columns, below, look)
    homes = like_homes(columns, below, look)
    chosen, sure = (kind, True) if kind else kind_of(columns, title, sheet, file, homes=homes)
    layout = Layout(
        sheet=sheet,
        header_rows=(numbers[best.first], numbers[last]),
        columns=columns,
        kind=chosen,
        kind_sure=sure,
        title=title,
        village=_village_in(title) or village_of_tab(sheet),
    )
    layout = replace(layout, bold_heads=bold_heads(layout, below, look))
    layout = replace(layout, capital_heads=capital_heads(layout, below), named_relations=named_relations(layout, below))
    return replace(layout, grouped=grouped(layout, below, look))


def _with_merged(rows: list[list[str]], numbers: list[int], look: SheetLook) -> list[list[str]]:
    """Text of merged ranges repeated in each of their cells."""
    place = {number: index for index, number in enumerate(numbers)}
    for first_row, first_column, last_row, last_column in look.merged:
        source = place.get(first_row)
        if source is None or first_column >= len(rows[source]) or last_column - first_column > 200:
            continue
        text = rows[source][first_column]
        for number in range(first_row, min(last_row, first_row + DEPTH) + 1):
            target = place.get(number)
            if target is None:
                continue
            rows[target] += [""] * (last_column + 1 - len(rows[target]))
            for column in range(first_column, last_column + 1):
                rows[target][column] = text
    return rows


def _best_heading(texts: list[list[str]]) -> _Candidate | None:
    """The heading that explains most; of several lists below one another the first, so that none is lost."""
    found: list[_Candidate] = []
    for first in range(len(texts)):
        if len({text for text in texts[first] if text}) < 2:
            continue  # a title merged over the width is no heading
        if _form_line(texts[first]):
            continue
        candidate = _longest(texts, first)
        if candidate.score >= _LEAST and _names(candidate):
            found.append(candidate)
    if not found:
        return None
    best = max(found, key=lambda candidate: candidate.score)
    for candidate in found:
        if candidate is best or (candidate.score >= 0.5 * best.score and candidate.last < best.first - 1):
            best = candidate
            break
    return _with_groups(texts, best)


def _form_line(row: Sequence[str]) -> bool:
    """Whether a row is a line of a filled form: "Họ và tên:" and what was written behind it."""
    filled = [text for index, text in enumerate(row) if text and text not in row[:index]]
    pairs = zip(filled[::2], filled[1::2], strict=False)
    return all(label.endswith(":") and not value.endswith(":") for label, value in pairs)


def _told_heading(texts: list[list[str]], numbers: Sequence[int], rows: tuple[int, int]) -> _Candidate | None:
    """The heading in the rows an officer named; None when the sheet has none of them."""
    inside = [index for index, number in enumerate(numbers) if rows[0] <= number <= rows[1]]
    return _read_heading(texts, inside[0], inside[-1]) if inside else None


def _longest(texts: list[list[str]], first: int) -> _Candidate:
    """The heading that begins in a row, with every lower part that does not cost it its meanings."""
    best = _read_heading(texts, first, first)
    for last in range(first + 1, min(first + 4, len(texts))):
        if not _continues(texts, last):
            break
        candidate = _read_heading(texts, first, last)
        if candidate.score > best.score - 0.01 or (_names(candidate) and candidate.score > best.score - 2.5):
            best = candidate
    return best


def _with_groups(texts: list[list[str]], best: _Candidate) -> _Candidate:
    """The same heading with the row of groups above it ("Thông tin chủ hộ" over "Họ và tên"), which tells whose the
    columns are even when its own words mean nothing."""
    first = best.first
    while first > 0 and best.first - first < 3 and _groups(texts, first - 1):
        first -= 1
    if first == best.first:
        return best
    candidate = _read_heading(texts, first, best.last)
    return candidate if _names(candidate) else best


def _groups(texts: list[list[str]], upper: int) -> bool:
    """Whether a row stands over the next as groups over their columns: short words, no values, and either a column that
    goes on downwards or a group over columns of different names."""
    above, below = texts[upper], texts[upper + 1]
    filled = [text for text in above if text]
    if len(set(filled)) < 2 or any(_VALUE.fullmatch(text) or text.endswith(":") or len(text) > 80 for text in filled):
        return False
    if not _continues(texts, upper + 1):
        return False
    pairs = list(zip(above, [*below, *[""] * (len(above) - len(below))], strict=False))
    standing = any(top and (not low or low == top) and meaning_of(top)[1] >= 0.5 for top, low in pairs)
    merged = any(
        top and top == after and low != under and low and under
        for (top, low), (after, under) in zip(pairs, pairs[1:], strict=False)
    )
    return standing or merged


def _names(candidate: _Candidate) -> bool:
    named = {column.meaning for column in candidate.columns}
    return bool(named & {Field.NAME, Extra.GIVEN, Field.HEAD})


_VALUE = re.compile(r"[\d/.\-\s()]+")
_PARTS = frozenset({"ngay", "thang", "nam", "nu", "trai", "gai"})


def _continues(texts: list[list[str]], last: int) -> bool:
    """Whether a row can be a lower part of the heading: what it holds are headings or parts of a group above, never
    data."""
    filled = [text for text in texts[last] if text]
    if len(filled) > 2 and len(set(filled)) == 1 and len(filled) > 0.6 * len(texts[last]):
        return False  # a title over the width
    above, row = _spread([texts[last - 1], texts[last]])
    found = False
    for index, text in enumerate(row):
        over = above[index] if index < len(above) else ""
        if not text or over == text:
            continue
        if len(text) > 60 or _VALUE.fullmatch(text):
            return False
        in_group = bool(over) and (above[index + 1 : index + 2] == [over] or (index > 0 and above[index - 1] == over))
        known = meaning_of(text)[1] >= 0.5
        if not known and (not in_group or village_of_row(text)):
            return False
        if flat(text) in _PARTS and not in_group:
            return False
        found = found or known or in_group
    return found


def _read_heading(texts: list[list[str]], first: int, last: int) -> _Candidate:
    rows = _spread(texts[first : last + 1])
    width = max(len(row) for row in rows)
    columns: list[Column] = []
    score = 0.0
    seen: set[Meaning] = set()
    for index in range(width):
        stack = [row[index] if index < len(row) else "" for row in rows]
        heading = " / ".join(text for position, text in enumerate(stack) if text and text not in stack[:position])
        if not heading:
            columns.append(Column(index, "", None, 0.0))
            continue
        meaning, sure = meaning_of_stack(stack)
        columns.append(Column(index, heading, meaning, sure))
        if meaning is None:
            score -= 0.5 if max(map(len, stack)) < 60 else 2.0
        elif meaning not in seen:
            score += _WORTH.get(meaning, 1.0) * sure * (0.25 if meaning is Extra.OTHER else 1.0)
            seen.add(meaning)
        else:
            score -= 0.3
    if not seen & _NAMING:
        score += _only_name(columns)
    elif not seen & _OWN_NAMES:
        score += _WORTH[Field.NAME] - 1.0  # one line a household: its head is the person named
    told = subjects_own(tuple(columns))  # "Họ tên người mua | CCCD người mua"
    score += sum(
        _WORTH.get(new.meaning, 1.0) * new.sure + (0.5 if old.meaning is None else 0.0)
        for old, new in zip(columns, told, strict=True)
        if new.meaning is not None and new.meaning is not old.meaning
    )
    return _Candidate(first, last, _without_doubles(list(told)), score)


_OWN_NAMES: frozenset[Meaning] = frozenset({Field.NAME, Extra.GIVEN, Extra.SURNAME})
_NAMING: frozenset[Meaning] = frozenset({Field.NAME, Extra.GIVEN, Extra.SURNAME, Field.HEAD})
_OF_A_PERSON = re.compile(
    r"(?:ho (?:va )?ten|ten ho|ten nguoi|ten chu|ten ong|ho ten"
    r"|ten (?:dai bieu|hoi vien|doan vien|dang vien|can bo|hoc vien|cu tri|ba me|san phu|thai phu|xa vien)"
    r"|chu (?:xe|phuong tien|tau|thuyen|dat|rung|co so|su dung))\b"
    r"|ong(?: hoac)? ba$|nguoi(?: [a-z]+){1,4}$"
)


def _only_name(columns: list[Column]) -> float:
    """Where no column is the row's own name, the first that names any person is ("Họ tên người nhận"), before it one
    behind which birth, sex or number stand; what it is worth."""
    people = [
        place
        for place, column in enumerate(columns)
        if column.meaning in (None, Extra.OTHER, Field.SPOUSE)
        and _OF_A_PERSON.match(spoken := words(column.heading))
        and not of_parents(spoken)
    ]
    if not people:
        return 0.0
    told = (place for place in people if columns[place + 1 : place + 2] and columns[place + 1].meaning in _TOLD_BEHIND)
    place = next(told, people[0])
    spoken = words(columns[place].heading)
    columns[place] = replace(columns[place], meaning=Field.NAME, sure=0.6)
    return _WORTH[Field.NAME] * 0.6 + _birth_of(columns, spoken)


_TOLD_BEHIND: frozenset[Meaning | None] = frozenset({
    Field.DOB, Field.SEX, Field.N12, Field.N9, Extra.NUMBER, Extra.YEAR_MALE, Extra.MALE, Extra.MARK_MALE,
})  # fmt: skip


def _birth_of(columns: list[Column], name: str) -> float:
    """In a list of couples, whose name is "Họ tên vợ", "Năm sinh vợ" is the birth of the row's person; what it is
    worth."""
    kin = next((word for word in ("vo", "chong") if word in name.split()), "")
    if not kin or any(column.meaning is Field.DOB for column in columns):
        return 0.0
    for place, column in enumerate(columns):
        spoken = words(column.heading)
        if (
            column.meaning is Extra.OTHER
            and kin in spoken.split()
            and meaning_of(spoken.replace(kin, ""))[0] is Field.DOB
        ):
            columns[place] = replace(column, meaning=Field.DOB, sure=0.8)
            return _WORTH[Field.DOB] * 0.8
    return 0.0


def _spread(rows: list[list[str]]) -> list[list[str]]:
    """An upper heading with blanks to its right reaches over them where the row below has headings of its own
    (books that centre across a selection instead of merging, and csv files)."""
    if len(rows) < 2:
        return rows
    spread = [list(row) for row in rows]
    for upper, lower in zip(spread, rows[1:], strict=False):
        upper += [""] * (len(lower) - len(upper))
        for index in range(1, len(lower)):
            if not upper[index] and lower[index] and lower[index - 1] and upper[index - 1]:
                upper[index] = upper[index - 1]
    return spread


def _without_doubles(columns: list[Column]) -> tuple[Column, ...]:
    """Of two columns with one meaning the surer keeps it, the left one when they are equal, and never one of what was
    before ("chủ hộ cũ"); columns that stand side by side below one heading keep it together where a field may be broken
    over them."""
    best: dict[Meaning, Column] = {}
    for column in columns:
        if column.meaning is None or column.meaning is Extra.OTHER:
            continue
        other = best.get(column.meaning)
        if other is None or _rank(column) > _rank(other):
            best[column.meaning] = column
    return tuple(
        column
        if column.meaning is None
        or column.meaning is Extra.OTHER
        or best[column.meaning] is column
        or _together(column, best[column.meaning])
        else replace(column, meaning=Extra.OTHER, twice=True)
        for column in columns
    )


_FORMER = re.compile(
    r"\b(?:cũ|trước (?:đây|kia|khi|ngày|sáp nhập|sắp xếp|năm|(?:khi )?(?:cải|đính|điều) chính|sửa|thay đổi|\d)|former)",
    re.IGNORECASE,
)


# Where somebody is registered, against where he stays.
_PERMANENT = re.compile(r"\b(?:thuong tru|ho khau|hktt|hokhau|dktt|dkhktt|permanent)\b")


def _rank(column: Column) -> tuple[bool, bool, float]:
    """By what a column keeps its meaning against another."""
    registered = column.meaning is Field.PLACE and bool(_PERMANENT.search(words(column.heading)))
    return not _FORMER.search(unicodedata.normalize("NFC", column.heading)), registered, column.sure


def _together(column: Column, other: Column) -> bool:
    """Whether two columns of one meaning are parts of one field: different headings below the same one."""
    if column.meaning not in ADDRESSES | {Field.ETHNICITY}:
        return False
    (group, _, part), (same, _, own) = column.heading.rpartition(" / "), other.heading.rpartition(" / ")
    return bool(group) and group == same and part != own


_NUMBERED = re.compile(r"(\d{1,2})[a-dA-D]?(?:\s*\)?\s*=.*)?\Z")  # also 7a, 7b


def _below_numbering(texts: list[list[str]], last: int) -> int:
    """Past the row that numbers the columns: 1 2 3 or (1) (2) (3) or A B 1 2."""
    if last + 1 < len(texts) and is_numbering(texts[last + 1]):
        return last + 1
    return last


def is_numbering(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1 2 3, (1) (2) (3)=(1)+(2), A B 1 2, A B C."""
    filled = [text.strip("()[]. ") for text in row if text]
    numbers = [_NUMBERED.match(text) for text in filled]
    digits = [int(match[1]) for match in numbers if match]
    letters = [text for text in filled if len(text) == 1 and text.isalpha()]
    if len(digits) + len(letters) < len(filled):
        return False
    lettered = "".join(letters).upper() == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(letters)]
    if len(digits) < 3:
        return lettered and len(filled) >= 3 and digits == [*range(1, len(digits) + 1)]
    rising = all(0 <= second - first <= 2 for first, second in zip(digits, digits[1:], strict=False))
    return rising and (digits[0] <= 3 or all(text[0] in "([" for text in row if text))


_DOTS = re.compile(r"\.{3,}|…+|_{3,}")  # on which a form's answers are written


def _village_in(title: Sequence[str]) -> str:
    """The village that a title names ("Bản Xốp Nặm, xã Tam Hợp"), as written, "" for none."""
    return next(filter(None, (village_of_title(_DOTS.sub(" ", line)) for line in reversed(title))), "")
