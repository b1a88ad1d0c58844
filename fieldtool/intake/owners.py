"""Whose columns are: what stands beside another person's name speaks of him and not of the row's own person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fieldtool.intake.cells import content_of
from fieldtool.intake.checks import written_as_name
from fieldtool.intake.columns import Extra, Meaning, flat, meaning_of, number_family, of_others, words
from fieldtool.intake.layout import Column
from fieldtool.intake.numbers_of_kin import with_kins_numbers
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Row
from fieldtool.records.relations import relation_code


def with_owners(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """The columns with those of parents, heads, declarants and insurance cards told apart from the person's own."""
    own = _members_own(_expiring(subjects_own(_heads_named(columns, below))), below)
    own = with_kins_numbers(_theirs(_parents_own(own), below), below)
    return _newest_issue(_papers_own(_registered_else(own)))


_MOST = 0.6  # share of a column's filled cells that must be alike
_NAME_OF = re.compile(r"(?:ho (?:va |dem va |chu dem va )?ten|ho ten|ten)\b\s*(?:cua )?")
_SAID_OF = frozenset({
    Field.DOB, Field.SEX, Field.N12, Field.N9, Extra.NUMBER, Field.ETHNICITY, Field.ISSUE_DATE, Field.ISSUE_PLACE,
    Field.PLACE, Field.ORIGIN, Field.RELIGION,
})  # fmt: skip


def subjects_own(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where the name's heading says who is listed ("Họ tên người chết", "Họ tên chủ hộ" of a list of homes), what other
    headings say of him by the same words ("Số CCCD người chết") is the row's own."""
    known = {column.meaning: column for column in columns if not column.twice}
    named = known.get(Field.NAME) or (None if Extra.GIVEN in known else known.get(Field.HEAD))
    subject = _NAME_OF.sub("", words(named.heading), count=1) if named else ""
    if not subject:
        return columns
    taken = {column.meaning for column in columns}
    found = list(columns)
    for place, column in enumerate(columns):
        said = words(column.heading)
        if column is named or column.meaning not in (None, Extra.OTHER) or not said.endswith(f" {subject}"):
            continue
        meaning, sure = meaning_of(said.removesuffix(subject).removesuffix("cua ").strip())
        if meaning in _SAID_OF and sure >= 0.8 and (other := _others_own(found, place, meaning)) is not None:
            found[other] = replace(found[other], meaning=Extra.OTHER)
            taken.discard(meaning)
        if meaning in _SAID_OF and meaning not in taken and sure >= 0.8:
            found[place] = replace(column, meaning=meaning, sure=sure, twice=False)
            taken.add(meaning)
    return tuple(found)


def _others_own(columns: Sequence[Column], place: int, meaning: Meaning) -> int | None:
    """The column behind the name of somebody else ("Người nhận tiền | CCCD") that has taken what a heading before says
    of the subject by his words ("CCCD chủ hộ"); None for none."""
    for at in range(place + 2, len(columns)):
        if columns[at].meaning is meaning and not columns[at].twice:
            between = columns[place + 1 : at]
            return at if any(of_others(words(column.heading)) for column in between) else None
    return None


ISSUE_WORDS = re.compile(r"\b(?:ngay|noi|cap|va)\b")
_HOME_WORD = re.compile(r"^(?:ho|h|so)\b|\d")


def _heads_named(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column "Hộ" that holds the names of heads, not numbers of homes."""
    if any(column.meaning is Field.HEAD for column in columns):
        return columns
    for column in columns:
        if column.meaning is Extra.HOUSEHOLD_NO:
            texts = [flat(text) for text in content_of(column.index, below)]
            named = sum(" " in text and not _HOME_WORD.search(text) for text in texts)
            if texts and named >= 0.6 * len(texts):
                return tuple(replace(c, meaning=Field.HEAD) if c is column else c for c in columns)
    return columns


_INSURED = re.compile(r"\b(?:bhyt|bao hiem|kcb|kcbbd|kham chua benh)\b")


def _expiring(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """In a list of insurance cards "Giá trị đến" is no expiry of an identity card."""
    if not any(_INSURED.search(words(column.heading)) for column in columns):
        return columns
    return tuple(
        replace(column, meaning=Extra.OTHER)
        if column.meaning is Field.EXPIRY and number_family(ISSUE_WORDS.sub(" ", words(column.heading))) is None
        else column
        for column in columns
    )


_NUMBERS: frozenset[Meaning | None] = frozenset({Field.N12, Field.N9, Extra.NUMBER})
_BEHIND = 3  # columns behind a number in which its issue stands


def _newest_issue(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Of "CMND | Ngày cấp | CCCD | Ngày cấp" the second issue is taken: it is that of the card in force."""
    swap: dict[int, Meaning] = {}
    for meaning in (Field.ISSUE_DATE, Field.ISSUE_PLACE):
        of: dict[Meaning | None, list[int]] = {}
        for at, column in enumerate(columns):
            if meaning_of(column.heading.rpartition(" / ")[2])[0] is meaning and column.meaning in (
                meaning,
                Extra.OTHER,
            ):
                before = (c.meaning for c in reversed(columns[max(0, at - _BEHIND) : at]) if c.meaning in _NUMBERS)
                named = number_family(ISSUE_WORDS.sub(" ", words(column.heading)))  # "Ngày cấp CMND"
                of.setdefault(named or next(before, None), []).append(at)
        old, new = of.get(Field.N9, []), of.get(Field.N12, [])
        if len(old) == len(new) == 1 and columns[old[0]].meaning is meaning and columns[new[0]].twice:
            swap |= {old[0]: Extra.OTHER, new[0]: meaning}
    return tuple(
        replace(column, meaning=swap[at], twice=swap[at] is Extra.OTHER) if at in swap else column
        for at, column in enumerate(columns)
    )


_ISSUE: frozenset[Meaning | None] = frozenset({Field.ISSUE_DATE, Field.ISSUE_PLACE, Field.EXPIRY})
_OTHER_PAPER = re.compile(
    r"\b(?:ho chieu|passport|gplx|giay phep|bang lai|gcn|gcnqsdd|giay chung nhan|so do|quyet dinh|hop dong|giay moi"
    r"|the (?:dang|doan|hoi|bhyt|tin dung)|bhyt|bhxh|visa|thi thuc)\b"
)


def _papers_own(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A bare "Ngày cấp" or "Ngày hết hạn" behind the number of a passport or a licence is that paper's; the one behind
    a card's number is taken instead."""
    swap: dict[int, Meaning] = {}
    of_card: dict[Meaning | None, int] = {}
    elsewhere = False
    for column in columns:
        meant = _meant(column)
        if meant in _NUMBERS:
            elsewhere = False
        elif meant in _ISSUE:
            named = number_family(ISSUE_WORDS.sub(" ", words(column.heading))) is not None
            if elsewhere and not named and column.meaning is meant:
                swap[column.index] = Extra.OTHER
            elif not elsewhere and column.twice:
                of_card.setdefault(meant, column.index)
        elif column.meaning in (None, Extra.OTHER):
            spoken = words(column.heading)  # "Số hộ chiếu", "CCCD người đại diện"
            elsewhere = elsewhere or bool(_OTHER_PAPER.search(spoken)) or number_family(spoken) is not None
    gone = {column.meaning for column in columns if column.index in swap}
    swap |= {index: meant for meant, index in of_card.items() if meant in gone and meant is not None}
    return tuple(
        replace(c, meaning=swap[c.index], twice=swap[c.index] is not _meant(c) and c.twice) if c.index in swap else c
        for c in columns
    )


_PERSONAL = frozenset({Field.DOB, Field.SEX, Field.N12, Field.N9, Extra.NUMBER, Field.ETHNICITY})


_BIRTH_OF: Mapping[Meaning, Meaning] = {Field.FATHER: Field.FATHER_DOB, Field.MOTHER: Field.MOTHER_DOB}
_BEFORE = (Field.HEAD, Field.FATHER, Field.MOTHER, Field.SPOUSE)


def _members_own(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """What stands between the name of a head, a parent or a guardian and the person's own name is said of the former,
    where the person has the same behind his own."""
    place = {column.meaning: column.index for column in columns if not column.twice}
    name = next((place[m] for m in (Field.NAME, Extra.SURNAME, Extra.GIVEN) if m in place), -1)
    before: dict[int, Meaning] = {place[m]: m for m in _BEFORE if place.get(m, name) < name}
    others = (c for c in columns if c.index < name and (_names_other(c) or _holds_names(c, below)))
    before |= {column.index: Extra.OTHER for column in others}
    if not before:
        return columns
    kinds = {c.index: m for c in columns if (m := _meant(c)) in _PERSONAL}
    theirs = {index: m for index, m in kinds.items() if min(before) < index < name}
    own: dict[Meaning | None, int] = {}
    for index, meant in kinds.items():
        if index > name and meant in theirs.values():
            own.setdefault(meant, index)
    swap: dict[int, Meaning] = {}
    for index, meant in theirs.items():
        whose = before[max(first for first in before if first < index)]
        births = meant is Field.DOB and whose in _BIRTH_OF and _BIRTH_OF[whose] not in {*place, *swap.values()}
        # Columns may come in any order: alone only what the person has as well is another's, and what follows it.
        if meant in own or index - 1 in swap:
            swap[index] = _BIRTH_OF[whose] if births else Extra.OTHER
    swap |= {index: meant for meant, index in own.items() if meant is not None}
    return tuple(
        replace(column, meaning=swap[column.index], twice=False) if column.index in swap else column
        for column in columns
    )


def _names_other(column: Column) -> bool:
    """Whether a column names a guardian, a declarant or the like."""
    spoken = words(column.heading)
    return column.meaning is Extra.OTHER and bool(_NAME_OF.match(spoken)) and of_others(spoken)


def _holds_names(column: Column, below: Sequence[tuple[int, Row]]) -> bool:
    """Whether a column that is no field holds the names of people ("Người nuôi dưỡng")."""
    if column.meaning not in (None, Extra.OTHER):
        return False
    texts = content_of(column.index, below)
    return bool(texts) and sum(map(written_as_name, texts)) >= _MOST * len(texts)


# Of vehicles and of land, which are registered too.
_OF_THINGS = re.compile(
    r"\b(?:bien so|bien kiem soat|so khung|so may|bks|gcn|gcnqsdd|qsdd|thua dat|so thua|to ban do)\b"
)
_BARE_REGISTRATION = re.compile(r"(?:so|ngay|noi)(?: thang nam)? (?:dang ky|dk|vao so)$")
_OTHER_REGISTRATION = re.compile(r"\b(?:ket hon|dkkh|tam tru|tam vang|khai tu|bien so|xe|phuong tien|kinh doanh)\b")


def _registered_else(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A bare "Nơi đăng ký" beside "Ngày đăng ký kết hôn", or in a list of vehicles or land, is none of a birth."""
    spoken = ["", *(words(column.heading) for column in columns), ""]
    things = any(map(_OF_THINGS.search, spoken))
    return tuple(
        replace(column, meaning=Extra.OTHER)
        if column.meaning in (Field.REG_NO, Field.REG_DATE, Field.REG_PLACE)
        and _BARE_REGISTRATION.match(spoken[at])
        and (things or any(map(_OTHER_REGISTRATION.search, (spoken[at - 1], spoken[at + 1]))))
        else column
        for at, column in enumerate(columns, start=1)
    )


def _parents_own(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """What stands behind the father's name and again behind the mother's ("Năm sinh | CMND") is the parents'; so is a
    birth behind a parent's name in a list that has the person's own elsewhere."""
    runs = {m: _behind(columns, place) for place, c in enumerate(columns) if (m := c.meaning) in _BIRTH_OF}
    swap: dict[int, Meaning] = {}
    father, mother = runs.get(Field.FATHER, []), runs.get(Field.MOTHER, [])
    for one, other in zip(father, mother, strict=False):
        if words(one.heading) != words(other.heading):
            break
        births = _meant(one) is Field.DOB
        swap[one.index] = Field.FATHER_DOB if births else Extra.OTHER
        swap[other.index] = Field.MOTHER_DOB if births else Extra.OTHER
    taken = {column.meaning for column in columns}
    for parent, run in runs.items():
        birth = _BIRTH_OF[parent] if parent is not None else None
        if birth and birth not in taken and run and run[0].twice and _meant(run[0]) is Field.DOB:
            swap.setdefault(run[0].index, birth)
    settled = [replace(c, meaning=swap[c.index], twice=False) if c.index in swap else c for c in columns]
    left = {c.meaning for c in settled}
    for place, column in enumerate(settled):
        meant = _meant(column) if column.twice else None
        if meant is not None and meant not in left and meant in _PERSONAL:
            settled[place] = replace(column, meaning=meant, twice=False)
            left.add(meant)
    return tuple(settled)


def _behind(columns: Sequence[Column], place: int) -> list[Column]:
    """The columns behind a parent's name that could speak of him."""
    run: list[Column] = []
    for column in columns[place + 1 :]:
        if _meant(column) not in _PERSONAL or not column.heading or "/" in column.heading:
            break
        run.append(column)
    return run


def _meant(column: Column) -> Meaning | None:
    return meaning_of(column.heading)[0] if column.twice else column.meaning


_BARE_RELATION = frozenset({"quan he", "qh", "moi quan he", "mqh"})


def _theirs(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A bare "Quan hệ" beside the name of a declarant, or of anybody whom no heading makes the row's own person or the
    head, is his, not one with the head of a household."""

    def another(column: Column) -> bool:
        return of_others(words(column.heading)) or _holds_names(column, below)

    def bare(column: Column) -> bool:
        if column.meaning is not Field.RELATION or words(column.heading) not in _BARE_RELATION:
            return False
        return not any(relation_code(text) == "head" for text in content_of(column.index, below))

    return tuple(
        replace(column, meaning=Extra.OTHER)
        if at and bare(column) and another(columns[_whose(columns, at)])
        else column
        for at, column in enumerate(columns)
    )


def _whose(columns: Sequence[Column], at: int) -> int:
    """The column before one that may name whose it is: numbers that are not the row's own stand between."""
    before = at - 1
    while before > 0 and columns[before].meaning is Extra.OTHER and number_family(words(columns[before].heading)):
        before -= 1
    return before
