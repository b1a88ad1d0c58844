"""From levels and weights to a judgement of each pair: may it link by itself, is it in doubt, is it barred?

A certain link needs a floor of weight, no veto, and two independent groups of evidence; never a name alone, never a
name and a year alone. Look-alikes of family life have their names: twin, father and son, a dead child's name given on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.model import Floats

CERTAIN_FLOOR = 4.5  # bits of posterior weight before rivals are looked at: 1 in 22 against
REVIEW_FLOOR = -1.5
LEAD = 4.0  # bits ahead of the best rival
LONE_FLOOR = 5.0  # weight of a pair that only its loneliness in both lists makes certain
LONE_LEAD = 6.0  # and its lead over every rival

_CLOSE_DATES = (0, 1, 4, 7)  # same day, swapped, same day of a neighbouring year, lunar reading
_SAME_TIME = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)


@dataclass(frozen=True, slots=True)
class Judgement:
    """For each pair: weight in bits, whether it may link by itself, whether it is barred, the look-alike it may be.

    `lonely` pairs agree in name, year, village and sex but in no full date, number or relative: they may link only
    where no other paper of either list comes near, never as a pair looked at alone.
    """

    weight: Floats
    certain: Flags
    lonely: Flags
    barred: Flags
    twin: Flags
    replaced: Flags
    generations: Flags
    housemate: Flags


def judge(f: Features, a: Ints, b: Ints, levels: dict[str, Ints], weight: Floats) -> Judgement:
    """Judge every pair by its levels; `weight` is the posterior in bits."""
    name, dob, n12, n9 = levels["name"], levels["dob"], levels["n12"], levels["n9"]
    number = (n12 == 0) | (n9 == 0)
    parents = _up_to(levels["father"], 1) | _up_to(levels["mother"], 1)
    parents_clash = (levels["father"] == 4) | (levels["mother"] == 4)
    house = _up_to(levels["head"], 1) | _up_to(levels["spouse"], 1)
    named = _up_to(name, 5)
    day = np.isin(dob, _CLOSE_DATES)
    not_later = np.isin(dob, _SAME_TIME) | (dob < 0)
    clash = n12 >= 2
    sex_clash = levels["sex"] == 1
    twin = (dob == 0) & parents & ((name >= 7) | (name == 3))
    replaced = named & parents & ((dob >= 8) | (dob == 5)) & ~number
    gap = np.abs(f.year[a] - f.year[b])
    generations = _up_to(name, 2) & (f.year[a] > 0) & (f.year[b] > 0) & (gap >= 14)
    housemate = (n12 == 0) & (name >= 7) & (dob != 0)
    barred = clash | (sex_clash & ~number) | generations | ((levels["own"] == 2) & ~number & (dob > 3))
    barred |= (name == 9) & ~number & ~(parents & day)  # another name, and nothing but a day or a house in common
    enough = (
        (number & (named | day) & ~sex_clash)
        | (named & day & ~parents_clash)
        | (named & parents & not_later & (dob != -1) & (dob <= 7))
        | (named & house & np.isin(dob, (2, 3, 5, 6, 8)) & ~parents_clash)
        | (_up_to(levels["father"], 1) & _up_to(levels["mother"], 1) & day & _up_to(name, 7))
        | ((name == 6) & (dob == 0) & (levels["place"] == 0) & (levels["sex"] == 0) & ~parents_clash)
    )
    here = (levels["place"] == 0) & (levels["sex"] == 0) & ~parents_clash
    look_alike = twin | replaced | generations | housemate
    slip = n12 == 1  # two different valid numbers, however near, are for a person to judge
    certain = (weight >= CERTAIN_FLOOR) & enough & ~barred & ~look_alike & ~slip
    alike = (_up_to(name, 6) & np.isin(dob, (2, 3, 5, 6, 7))) | (_up_to(name, 8) & (dob == 0))
    lonely = (weight >= LONE_FLOOR) & alike & here & ~barred & ~look_alike & ~slip
    return Judgement(weight, certain, lonely & ~certain, barred, twin, replaced, generations, housemate)


def _up_to(level: Ints, worst: int) -> Flags:
    flags: Flags = (level >= 0) & (level <= worst)
    return flags
