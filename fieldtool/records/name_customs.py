"""What custom explains in two names of one man: the Mông adult name, the Khơ Mú husband under his wife's surname.

Custom is likely, not sure (reference/domain.md 4.2): it names a difference, it never makes two names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fieldtool.records.names import PersonName
from fieldtool.records.reasons import Difference
from fieldtool.records.surnames import KHMU_SURNAMES, MONG, MONG_SURNAMES
from fieldtool.records.vietnamese import fold, marked

KHMU = "Khơ-mú"
# Middle words that a clerk adds or drops by habit; a name lost or won by custom is another word.
_HABIT = frozenset({"van", "thi", "ba", "y"})
_WOMEN = frozenset({"thi", "y"})
_MIDDLE = frozenset({"middle_differs", "middle_dropped"})
_GRAVE = frozenset({"surname_differs", "given_differs", "name_other", "surname_missing", "order_turned"})


class Bearer(NamedTuple):
    """What is known of the person: sex ("M", "F", ""), canonical people, grown up, one spouse on both papers."""

    sex: str
    people: str
    adult: bool
    same_spouse: bool


def by_custom(found: Sequence[Difference], a: PersonName, b: PersonName, bearer: Bearer) -> list[Difference]:
    """The differences with those renamed that a custom explains."""
    if bearer.sex == "F" or not bearer.adult:
        return list(found)
    codes = {item.code for item in found}
    if codes & _MIDDLE and not codes & _GRAVE and _may_be_mong(a, b, bearer):
        return _mong(found, a, b, bearer)
    if "surname_differs" in codes and not codes & {"given_differs", "middle_differs"} and _may_be_khmu(a, b, bearer):
        return [_renamed(item, "khmu_wife_surname") if item.code == "surname_differs" else item for item in found]
    return list(found)


def _may_be_mong(a: PersonName, b: PersonName, bearer: Bearer) -> bool:
    if bearer.people:
        return bearer.people == MONG
    return marked(a.surname) in MONG_SURNAMES and marked(b.surname) in MONG_SURNAMES


def _mong(found: Sequence[Difference], a: PersonName, b: PersonName, bearer: Bearer) -> list[Difference]:
    middle = [item for item in found if item.code in _MIDDLE]
    words = {fold(word) for name in (a, b) for word in name.middle.split()}
    if bearer.sex != "M" and words & _WOMEN:
        return list(found)
    if all(item.code == "middle_dropped" and fold(item.values["a"]) in _HABIT for item in middle):
        return list(found)
    left = tuple(span for item in middle for span in item.left)
    right = tuple(span for item in middle for span in item.right)
    rest = [item for item in found if item.code not in _MIDDLE]
    return [Difference("mong_adult_name", left, right, {"a": a.nfc, "b": b.nfc}), *rest]


def _may_be_khmu(a: PersonName, b: PersonName, bearer: Bearer) -> bool:
    if bearer.sex != "M" and "thi" in fold(f"{a.middle} {b.middle}").split():
        return False
    if bearer.people:
        return bearer.people == KHMU
    return bearer.same_spouse and bool({marked(a.surname), marked(b.surname)} & KHMU_SURNAMES)


def _renamed(item: Difference, code: str) -> Difference:
    return Difference(code, item.left, item.right, item.values)
