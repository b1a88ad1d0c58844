"""From levels and weights to a judgement of each pair: may it link by itself, is it in doubt, is it barred?

A certain link needs a floor of weight, a lead, no veto, and two independent groups of evidence: a number; the whole
name with the full date; parents; the household. Never a name alone, never a name and a year alone. What only a whole
run can add (kin already linked, the only bearer in two full registers) is judged in `registers` and has its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.model import Floats
from fieldtool.matching.name_forms import NameForms, forms_of, forms_of_name, other_surname, told_apart
from fieldtool.matching.numbering import Level, one_of, up_to
from fieldtool.records.fields import Field

CERTAIN_FLOOR = 4.5  # bits of posterior weight before rivals are looked at: 1 in 22 against
BARE_FLOOR = 2.0  # where two proven registers have but one bearer: that itself is worth more than the difference
REVIEW_FLOOR = -1.5
LEAD = 4.0  # bits ahead of the best rival
WIDE_LEAD = 5.0  # asked of what two of three parts of a date, or being the only bearer, must carry

NUMBER, DATE, PARENTS, HOUSEHOLD = 1, 2, 4, 8
GROUPS = {NUMBER: "by_number", DATE: "by_name_and_date", PARENTS: "by_parents", HOUSEHOLD: "by_household"}

_FEW = 256  # pairs, as a look-up has: their names are remembered from one look-up to the next
_CLOSE_DATES = (0, 1, 4, 7)  # same day, swapped, same day of a neighbouring year, lunar reading
_YEAR_ONLY = (2, 3)  # nothing but the year (and perhaps the month) can be compared
_ONE_YEAR = (0, 1, 2, 3, 6, 8)
_SAME_TIME = (0, 1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Judgement:
    """For each pair: weight in bits, whether it may link by itself and by what groups of evidence, or is barred.

    `bare` agree in name, year, village and sex and in nothing else, in the date under a near name, or in the day of
    another year, or in a number and the year under a given name a letter off: alone they are always for a person to
    see. `year_only` are those of which nothing but the year (and perhaps the month) is known.
    `dated` agree in the name and the full date and in nothing else, because the one paper has another village or
    another father or mother than the other: enough in proven registers where no other paper of any list comes near.
    `related` agree in whole name and in what is known of the date: linked kin would be the second group.
    `sole` are children of the same parents whom a letter of the name or the year parts: one child, or twins, or a dead
    child and the next. `siblings` are all pairs that could be these two, to see how many children the lists know.
    `never` are pairs that no chain may bring together, whatever stands between them: two valid numbers, two sexes,
    twins, father and son, a housemate's number. Other contradictions of a chain may be one paper's slip. `parted` are
    those of them that are no look-alike by name: the queue does not ask of them either.
    """

    weight: Floats
    certain: Flags
    groups: Ints
    bare: Flags
    year_only: Flags
    dated: Flags
    related: Flags
    sole: Flags
    siblings: Flags
    barred: Flags
    never: Flags
    parted: Flags
    looks: Mapping[str, Flags]

    def look_alike(self) -> Flags:
        """Which pairs look like a known confusion of family life."""
        flags: Flags = np.logical_or.reduce(list(self.looks.values()))
        return flags

    def notes(self, pair: int) -> tuple[str, ...]:
        """What an officer must know of a pair before its evidence: its look-alikes, and that alone it is not enough."""
        found = tuple(name for name, flag in self.looks.items() if flag[pair])
        return (*found, "alone_not_enough") if self.bare[pair] else found


def judge(
    f: Features, a: Ints, b: Ints, levels: Mapping[str, Level], weight: Floats, steady: Floats | None = None
) -> Judgement:
    """Judge every pair by its levels; `weight` is the posterior in bits.

    `steady` is the weight that must pass the floor of the certain band: the least of what the model said before and
    after it learned, so that learning orders the queue and can make the certain band narrower, never wider.
    """
    least = weight if steady is None else steady
    floor = least >= CERTAIN_FLOOR
    name, dob = levels["name"], levels["dob"]
    number = (levels["n12"] == 0) | (levels["n9"] == 0)
    parents = up_to(levels["father"], 1) | up_to(levels["mother"], 1)
    apart = (levels["father"] == 4) | (levels["mother"] == 4)
    here = (levels["place"] == 0) & (levels["sex"] == 0) & ~apart
    told, renamed = _named_apart(f, a, b, one_of(name, 3, 4, 5, 6) & one_of(dob, *_SAME_TIME))
    told &= name != 5
    renamed |= up_to(name, 6) & (_one_word(f, a) | _one_word(f, b))
    looks = _look_alikes(f, a, b, levels, number, parents, told)
    odd = np.logical_or.reduce(list(looks.values()))
    unfit = _unfit(levels, number)
    barred = _barred(levels, number, parents) | looks["father_and_son"] | unfit
    one_number = levels["n12"] != 1  # two valid numbers, however near, are for a person to judge
    open_ = ~barred & ~odd & one_number
    misread = unfit & (dob == 5) & ~_barred(levels, number, parents) & ~looks["father_and_son"] & one_number
    groups = _groups(levels, number, parents, apart)
    # One number, year (or two parts of the date), sex and village under a name that is a letter or little more off.
    misread_name = one_of(name, 7, 8) & one_of(dob, *_YEAR_ONLY, 4, 5, 6)
    misnamed = (levels["n12"] == 0) & misread_name & here & ~barred & ~looks["twin"] & floor
    housemate = looks["housemate_number"] & ~misnamed
    enough = _enough(levels, groups, parents, apart, here, told, renamed)
    same_time = one_of(dob, *_SAME_TIME)
    parted = (levels["n12"] >= 2) | (levels["sex"] == 1) | looks["father_and_son"] | housemate
    return Judgement(
        weight=weight,
        certain=floor & enough & open_,
        groups=groups,
        bare=(_bare(name, dob) | ((told | renamed) & (dob == 0)))
        & here
        & (open_ | (misread & ~odd))
        & (least >= BARE_FLOOR)
        | misnamed,
        year_only=one_of(dob, *_YEAR_ONLY),
        dated=_dated(levels, parents, apart, told) & open_ & (least >= BARE_FLOOR),
        related=up_to(name, 5) & same_time & ~apart & (levels["sex"] != 1) & open_,
        sole=_sole(name, dob) & here & parents & floor & (~barred | misread) & ~looks["housemate_number"] & one_number,
        siblings=_siblings(levels, parents) & ~apart,
        barred=barred,
        never=parted | looks["twin"],
        parted=parted,
        looks=looks,
    )


def _groups(levels: Mapping[str, Level], number: Flags, parents: Flags, apart: Flags) -> Ints:
    name, day = levels["name"], one_of(levels["dob"], *_CLOSE_DATES)
    house = up_to(levels["head"], 1) | up_to(levels["spouse"], 1)
    groups: Ints = (
        NUMBER * number.astype(np.int64)
        + DATE * (up_to(name, 6) & day)
        + PARENTS * (parents & ~apart)
        + HOUSEHOLD * (house & ~apart)
    )
    return groups


def _enough(
    levels: Mapping[str, Level],
    groups: Ints,
    parents: Flags,
    apart: Flags,
    here: Flags,
    told: Flags,
    renamed: Flags,
) -> Flags:
    """Whether at least two independent groups speak for the pair."""
    name, dob = levels["name"], levels["dob"]
    number, named = (groups & NUMBER) > 0, up_to(name, 5)
    one_name = named & (name != 3)  # Thành and Thanh may be two of one house, be the date another too
    day, sexes = one_of(dob, *_CLOSE_DATES), levels["sex"] != 1
    year, same_time = one_of(dob, 2, 3, 5, 6, 8), one_of(dob, *_SAME_TIME)
    whole = up_to(name, 1) & ((levels["n12"] == 0) | (dob <= 9))  # a card's number of nine digits was given twice
    house = (groups & HOUSEHOLD) > 0
    # The whole name and the whole day are two facts wherever they stand. A date that is near, or another middle word,
    # is one only beside the village: somewhere there is a namesake who comes as near.
    two_facts = (((name != 4) & (dob == 0)) | (levels["place"] == 0)) & ~renamed
    both_parents = up_to(levels["father"], 1) & up_to(levels["mother"], 1)
    # In another village a couple, or a father and son, are as common as their names: a year does not make them one.
    kin_there = day | both_parents | (levels["place"] != 1)
    flags: Flags = (
        (number & ((named & (dob <= 8)) | whole | (same_time & (name == 6)) | (day & up_to(name, 8))) & sexes)
        # two facts that a namesake shares but by chance
        | (one_name & ~told & day & ~apart & two_facts)
        | ((one_name | ((name == 6) & day & (dob != 4))) & ~told & parents & same_time & ~apart & kin_there)
        | (one_name & ~told & house & year & kin_there & ((dob != 5) | (levels["place"] == 0)))
        | (both_parents & ((day & one_name & ~told) | ((dob == 0) & up_to(name, 7))))
        # Of another clan by the one paper: his wife's, a stepfather's, or another man
        | ((name == 6) & ~told & (dob == 0) & here & (~renamed | house))
    )
    return flags


def _bare(name: Ints, dob: Ints) -> Flags:
    """Whole name and year, or two of three parts of the date, or the date under a near name: alone never enough."""
    whole = up_to(name, 5)
    parted = up_to(name, 3) & one_of(dob, 5, 6)
    flags: Flags = (whole & one_of(dob, *_YEAR_ONLY)) | parted | (one_of(name, 3, 7, 8) & (dob == 0))
    return flags


def _dated(levels: Mapping[str, Level], parents: Flags, apart: Flags, told: Flags) -> Flags:
    """Whole name and full date with one parent who is another; or in another village, be the name a letter off, the
    year a neighbouring one, or a relative known in place of the day."""
    day, alike = levels["dob"] == 0, (levels["sex"] == 0) & ~told
    house = up_to(levels["head"], 1) | up_to(levels["spouse"], 1)
    elsewhere = (levels["place"] == 1) & ~apart
    moved = ((up_to(levels["name"], 8) & day) | (up_to(levels["name"], 2) & one_of(levels["dob"], 4, 7))) & elsewhere
    moved |= up_to(levels["name"], 5) & one_of(levels["dob"], *_SAME_TIME) & (parents | house) & elsewhere
    remarried = up_to(levels["name"], 2) & (levels["place"] == 0) & apart & parents & day
    flags: Flags = alike & (moved | remarried)
    return flags


def _sole(name: Ints, dob: Ints) -> Flags:
    """Day or year of birth under a name that is a letter or a sound off, or the name (be it by another surname or
    middle word) and the birthday of another year."""
    flags: Flags = (one_of(name, 3, 4, 6, 7, 8) & one_of(dob, 0, 6, *_YEAR_ONLY)) | (up_to(name, 6) & one_of(dob, 4, 5))
    return flags


def _siblings(levels: Mapping[str, Level], parents: Flags) -> Flags:
    """Who may be twins (one day, or children of one pair in one year), or a dead child and the one named after it."""
    dob, kin = levels["dob"], parents & (one_of(levels["dob"], *_ONE_YEAR) | up_to(levels["name"], 5))
    here = (dob == 0) & (levels["place"] != 1)  # whoever shares a birthday in another village is no twin
    flags: Flags = (here | kin) & (levels["sex"] != 1)
    return flags


def _barred(levels: Mapping[str, Level], number: Flags, parents: Flags) -> Flags:
    name, dob = levels["name"], levels["dob"]
    barred: Flags = (
        (levels["n12"] >= 2)
        | (levels["sex"] == 1)
        | ((name == 9) & ~number & ~(parents & one_of(dob, *_CLOSE_DATES)))  # nothing but a day or a house in common
    )
    return barred


def _unfit(levels: Mapping[str, Level], number: Flags) -> Flags:
    """What the one paper's number says of year or sex contradicts the other paper.

    Where day and month agree and the year does not, that is the year's contradiction told again: such a pair is barred
    from linking by itself, not from what a whole run may know of it.
    """
    flags: Flags = (levels["own"] == 2) & ~number & (levels["dob"] > 3)
    return flags


def _named_apart(f: Features, a: Ints, b: Ints, asked: Flags) -> tuple[Flags, Flags]:
    """Of the pairs asked for, whose names are told apart on purpose (Thu Hiền and Thanh Hiền, Thanh and Thành), and
    whose surnames are those of two clans or not told."""
    told, renamed = np.zeros(len(a), dtype=bool), np.zeros(len(a), dtype=bool)
    own, pairs = f.columns[Field.NAME], np.flatnonzero(asked)
    forms: dict[int, NameForms] = {}
    known: dict[tuple[int, int], tuple[bool, bool]] = {}
    names = zip(own[a[pairs]].tolist(), own[b[pairs]].tolist(), strict=True)
    for pair, both in zip(pairs.tolist(), names, strict=True):
        apart = known.get(both)
        if apart is None:
            for name in both:
                if name not in forms:
                    forms[name] = forms_of(f.names.texts[name]) if len(pairs) <= _FEW else forms_of_name(f.names[name])
            one, other = forms[both[0]], forms[both[1]]
            apart = known[both] = told_apart(one, other), other_surname(one, other)
        told[pair], renamed[pair] = apart
    return told, renamed


def _one_word(f: Features, rows: Ints) -> Flags:
    """Whose names are but a given name: a village has several Hoàis, of whatever clan."""
    flags: Flags = np.array([*(" " not in text for text in f.names.texts), False], dtype=bool)[
        f.columns[Field.NAME][rows]
    ]
    return flags


def _look_alikes(
    f: Features,
    a: Ints,
    b: Ints,
    levels: Mapping[str, Level],
    number: Flags,
    parents: Flags,
    told: Flags,
) -> dict[str, Flags]:
    name, dob = levels["name"], levels["dob"]
    kin = parents | up_to(levels["head"], 1)
    gap = np.abs(f.year[a] - f.year[b])
    born = one_of(dob, 0, *_YEAR_ONLY) & kin
    apart = (name >= 7) | (name == 3) | ((dob == 0) & (levels["sex"] == 1))
    return {
        "twin": born & (apart | told),
        "replaced_sibling": up_to(name, 5) & kin & ((dob >= 8) | (dob == 5) | (dob == 4)) & ~number,
        "father_and_son": up_to(name, 6) & (f.year[a] > 0) & (f.year[b] > 0) & (gap >= 14),
        "housemate_number": (levels["n12"] == 0) & (name >= 7) & (dob != 0),
    }
