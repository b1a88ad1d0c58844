"""Comparison levels: for each pair and each comparison a small whole number, 0 the best agreement, -1 not known.

Names are compared once for each distinct pair of texts; the rest is arithmetic on columns.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler

from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.many_names import NameTable, name_levels, relative_levels
from fieldtool.matching.name_forms import NameForms, forms_of
from fieldtool.matching.numbering import first_of
from fieldtool.records.fields import Field
from fieldtool.records.lunar import lunar_readings

NAME_LEVELS = (
    "same_name",
    "same_folded",
    "same_but_middle",
    "same_sound",
    "adult_name",
    "given_same_surname_near",
    "given_same",
    "surname_same_given_near",
    "near",
    "other",
)
DATE_LEVELS = (
    "same_date",
    "day_month_swapped",
    "same_month",
    "same_year_only",
    "same_day_month_year_near",
    "same_day_month",
    "same_year_one_part",
    "lunar",
    "same_year",
    "year_near",
    "other",
)
NUMBER_LEVELS = ("same", "one_slip", "two_slips", "other")
RELATIVE_LEVELS = ("same", "near", "alike", "faint", "other")
HEAD_LEVELS = ("same", "near", "other")
OWN_LEVELS = ("agrees", "year_near", "clashes")
PLACE_LEVELS = ("same_village", "other_village")
SEX_LEVELS = ("same", "differs")
PEOPLE_LEVELS = ("same", "differs")

LEVELS: dict[str, tuple[str, ...]] = {
    "name": NAME_LEVELS,
    "dob": DATE_LEVELS,
    "sex": SEX_LEVELS,
    "n12": NUMBER_LEVELS,
    "n9": NUMBER_LEVELS,
    "own": OWN_LEVELS,
    "father": RELATIVE_LEVELS,
    "mother": RELATIVE_LEVELS,
    "spouse": RELATIVE_LEVELS,
    "head": HEAD_LEVELS,
    "place": PLACE_LEVELS,
    "ethnicity": PEOPLE_LEVELS,
}

_FEW = 256  # pairs


def compare(f: Features, a: Ints, b: Ints, step: Callable[[int, int], None]) -> dict[str, Ints]:
    """The level of every comparison for every pair."""
    step(0, 4)
    own = _by_text(f, f.columns[Field.NAME][a], f.columns[Field.NAME][b], _NAME)
    # The adult name of a man: a woman's different middle word is only a different middle word.
    own = np.where((own == 4) & ((f.sex[a] == 1) | (f.sex[b] == 1)), 6, own)
    step(1, 4)
    levels = {
        "name": own,
        "dob": dates(f, a, b),
        "sex": _agree(f.sex[a], f.sex[b]),
        "n12": _numbers(f.n12[a], f.n12[b], 12),
        "n9": _numbers(f.n9[a], f.n9[b], 9),
        "own": _own_number(f, a, b),
    }
    step(2, 4)
    for field in (Field.FATHER, Field.MOTHER, Field.SPOUSE):
        levels[str(field)] = _by_text(f, f.columns[field][a], f.columns[field][b], _RELATIVE)
    step(3, 4)
    # The head of a book is the father already compared: the same evidence must not count twice.
    told = (levels["father"] >= 0) | (levels["mother"] >= 0) | (levels["spouse"] >= 0)
    levels["head"] = _head(f, a, b, ~told)
    levels["place"] = _agree(f.village[a], f.village[b])
    levels["ethnicity"] = _agree(f.people[a], f.people[b])
    return levels


def _agree(left: Ints, right: Ints) -> Ints:
    level: Ints = np.where((left < 0) | (right < 0), -1, (left != right).astype(np.int64))
    return level


class _Rule(NamedTuple):
    """How two names are compared: one pair, or many at once; both give the same."""

    one: Callable[[NameForms, NameForms], int]
    many: Callable[[NameTable, Ints, Ints], Ints]


def _by_text(f: Features, left: Ints, right: Ints, rule: _Rule) -> Ints:
    """A level for each pair of name numbers, worked out once for each distinct pair."""
    known = np.flatnonzero((left >= 0) & (right >= 0))
    result = np.full(len(left), -1, np.int64)
    if not len(known):
        return result
    if len(known) <= _FEW:
        result[known] = _few_by_text(f.names.texts, left[known].tolist(), right[known].tolist(), rule.one)
        return result
    size = max(len(f.names), 1)
    codes = np.minimum(left[known], right[known]) * size + np.maximum(left[known], right[known])
    order = np.argsort(codes, kind="stable")  # np.unique is many times slower on large arrays
    ordered = codes[order]
    first = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    found = rule.many(f.names.table(), *np.divmod(ordered[first], size))
    result[known[order]] = found[np.cumsum(first) - 1]
    return result


def _few_by_text(
    texts: Sequence[str], left: Iterable[int], right: Iterable[int], level: Callable[[NameForms, NameForms], int]
) -> list[int]:
    """The same for a few pairs, as a look-up has them, without a dozen columns of their own."""
    found: dict[tuple[int, int], int] = {}
    pairs = [(one, other) if one < other else (other, one) for one, other in zip(left, right, strict=True)]
    for pair in pairs:
        if pair not in found:
            found[pair] = level(forms_of(texts[pair[0]]), forms_of(texts[pair[1]]))
    return [found[pair] for pair in pairs]


def name_level(a: NameForms, b: NameForms) -> int:
    """Level of two written names, an index into NAME_LEVELS; -1 when one says that the child had no name."""
    if a.unnamed or b.unnamed or not a.folded or not b.folded:
        return -1
    if a.byname != b.byname and a.byname and b.byname:
        return 9  # "(lớn)" and "(bé)": clerks write this exactly because all the rest is alike
    level = _written_level(a, b)
    # "Hoa (tức Hường)" is called what the other paper calls her.
    return 6 if level >= 7 and a.group == b.group and (a.byname == b.given or b.byname == a.given) else level


def _written_level(a: NameForms, b: NameForms) -> int:
    """The level of the names themselves, whatever stands behind them."""
    if a.marked == b.marked:
        return 0
    if a.folded == b.folded:
        return 3 if _other_marks(a, b) else 1
    given_a, given_b = a.given, b.given
    same_given = given_a == given_b and not _other_marks(a, b)
    if a.key == b.key:
        return 2 if same_given else 3
    group_a, group_b = a.group, b.group
    if given_a == given_b or a.sound == b.sound:
        if group_a == group_b and group_a:
            if same_given:
                return 4 if a.middle and b.middle else 2
            return 6
        near = JaroWinkler.similarity(group_a, group_b) >= 0.8
        return 5 if near and group_a and group_b else 6
    if a.words == b.words:
        return 3
    if group_a == group_b and group_a and OSA.distance(given_a, given_b) <= 1:
        return 7
    return 8 if JaroWinkler.similarity(a.folded, b.folded) >= 0.93 else 9


def _other_marks(a: NameForms, b: NameForms) -> bool:
    """Whether both were typed with marks and the given names' differ: Dung and Dũng may be two of one birth."""
    return not a.marked.isascii() and not b.marked.isascii() and a.marked.split()[-1] != b.marked.split()[-1]


def relative_level(a: NameForms, b: NameForms) -> int:
    """Level of two relatives' names, an index into RELATIVE_LEVELS."""
    if not a.folded or not b.folded:
        return -1
    if a.folded == b.folded or a.key == b.key:
        return 0
    if not a.surname or not b.surname:
        return 2 if a.given == b.given else 4  # "Hải" may be Lô Văn Hải: no more than alike
    alike = JaroWinkler.similarity(a.folded, b.folded)
    if a.sound == b.sound:
        return 1 if a.group == b.group or alike >= 0.93 else 2
    # Of another given name: surname and middle word are half a village's and their agreement tells nothing.
    edits = OSA.distance(a.given, b.given)
    if alike >= 0.88 and edits <= 1:
        return 2
    return 3 if alike >= 0.8 and 2 * edits <= max(len(a.given), len(b.given)) else 4


_NAME, _RELATIVE = _Rule(name_level, name_levels), _Rule(relative_level, relative_levels)


def dates(f: Features, a: Ints, b: Ints) -> Ints:
    """Level of two birth dates, an index into DATE_LEVELS; -1 when a year is not known."""
    ya, yb, ma, mb, da, db = f.year[a], f.year[b], f.month[a], f.month[b], f.day[a], f.day[b]
    whole = (da > 0) & (db > 0)
    months = (ma > 0) & (mb > 0)
    near = np.abs(ya - yb) == 1
    same_year, same_month, same_day = ya == yb, ma == mb, da == db
    conditions = [
        (ya <= 0) | (yb <= 0),
        whole & same_year & same_month & same_day,
        whole & same_year & (ma == db) & (da == mb),
        ~whole & months & same_year & same_month,
        ~months & same_year,
        whole & near & same_month & same_day,
        whole & same_month & same_day,
        whole & same_year & (same_month | same_day),
        _lunar(f, a, b, whole),
        same_year,
        near,
    ]
    return first_of(conditions, [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], default=10)


def _lunar(f: Features, a: Ints, b: Ints, whole: Flags) -> Flags:
    """Whether one date is the lunar reading of the other: tried only where the gap of days allows it."""
    found = np.zeros(len(a), dtype=bool)
    rough_a = f.year[a] * 372 + f.month[a] * 31 + f.day[a]
    rough_b = f.year[b] * 372 + f.month[b] * 31 + f.day[b]
    gap = np.abs(rough_a - rough_b)
    for place in np.flatnonzero(whole & (gap >= 16) & (gap <= 60)).tolist():
        found[place] = _is_lunar(_parts(f, int(a[place])), _parts(f, int(b[place])))
    return found


def _parts(f: Features, row: int) -> tuple[int, int, int]:
    return int(f.year[row]), int(f.month[row]), int(f.day[row])


def _is_lunar(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    early, late = sorted((one, other))
    try:
        day = datetime.date(*late)
    except ValueError:
        return False
    return any((reading.year, reading.month, reading.day) == early for reading in lunar_readings(day))


def _numbers(left: Ints, right: Ints, width: int) -> Ints:
    known = (left >= 0) & (right >= 0)
    level: Ints = np.where(known, np.where(left == right, 0, 3), -1)
    for place in np.flatnonzero(level == 3).tolist():
        one, other = str(left[place]).zfill(width), str(right[place]).zfill(width)
        level[place] = min(max(OSA.distance(one, other, score_cutoff=3), 1), 3)
    return level


def _own_number(f: Features, a: Ints, b: Ints) -> Ints:
    """What the one paper's 12-digit number says of year and sex, against the other paper that has no number."""
    level = np.full(len(a), -1, np.int64)
    for one, other in ((a, b), (b, a)):
        use = (f.n12[one] >= 0) & (f.n12[other] < 0) & (f.n12_year[one] > 0) & (f.year[other] > 0)
        if not use.any():
            continue
        sexes = (f.sex[other] < 0) | (f.n12_sex[one] < 0) | (f.sex[other] == f.n12_sex[one])
        gap = np.abs(f.n12_year[one] - f.year[other])
        said = first_of([sexes & (gap == 0), sexes & (gap == 1)], [0, 1], default=2)
        level = np.where(use, np.maximum(level, said), level)
    return level


def _head(f: Features, a: Ints, b: Ints, asked: Flags) -> Ints:
    """The head of one paper's household book against the other paper's parents or spouse, by the relation.

    Only of the pairs asked for, where the other paper names that relative and the two do not both have a head.
    """
    level = np.full(len(a), -1, np.int64)
    children = _codes(f, "child", "adopted_child")
    spouses = _codes(f, "wife", "husband", "spouse")
    heads = f.columns[Field.HEAD]
    for one, other in ((a, b), (b, a)):
        headed = asked & (heads[one] >= 0)
        is_child = headed & children[f.relation[one]]
        is_spouse = headed & spouses[f.relation[one]]
        for relatives, use in (
            ((Field.FATHER, Field.MOTHER), is_child),
            ((Field.SPOUSE,), is_spouse),
        ):
            if not use.any():
                continue
            best, head = np.full(len(a), -1, np.int64), np.where(use, heads[one], -1)
            for field in relatives:
                said = _by_text(f, head, f.columns[field][other], _RELATIVE)
                said = np.where(said < 0, -1, np.minimum(said, 2))
                best = np.where(best < 0, said, np.where(said < 0, best, np.minimum(best, said)))
            level = np.where(use & (level < 0), best, level)
    return level


def _codes(f: Features, *names: str) -> Flags:
    """For each relation whether it is one of these; the last, for no relation, is not."""
    return np.array([*(name in names for name in f.relations), False], dtype=bool)
