"""Small whole numbers for distinct texts, and the array types of this room."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Level = npt.NDArray[np.signedinteger[Any]]  # of pairs: a byte each in a whole run
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_ODD_A, _ODD_B, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(29)
_TWO = np.uint64(2)
_WHOLE = 2**64 - 1
_LEVELS = 32  # more levels than any comparison has


class Numbering:
    """Small whole numbers for distinct texts; "" is -1."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._places: dict[str, int] = {"": -1}

    def of(self, text: str) -> int:
        """The number of a text."""
        return self.all_of((text,))[0]

    def all_of(self, texts: Sequence[str]) -> list[int]:
        """The number of each text."""
        places = self._places
        for text in dict.fromkeys(texts):
            if text not in places:
                places[text] = len(self.texts)
                self.texts.append(text)
        return list(map(places.__getitem__, texts))


def text_key(text: str) -> int:
    """A number for a text that is the same in every run and on every machine (62 bits of a hash); "" is -1."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "big") >> 2 if text else -1


def both(a: Ints, b: Ints) -> Ints:
    """A key that needs both keys, 62 bits of their mixture; -1 where either is missing."""
    if len(a) == 1:
        return np.array([both_of(int(a[0]), int(b[0]))], dtype=np.int64)
    mixed = a.view(np.uint64) * _ODD_A + b.view(np.uint64)
    mixed = (mixed ^ (mixed >> _HALF)) * _ODD_B
    mixed = (mixed ^ (mixed >> _HALF)) >> _TWO
    joined: Ints = np.where((a | b) >= 0, mixed.view(np.int64), -1)
    return joined


def both_of(a: int, b: int) -> int:
    """The same of two numbers: a look-up has one paper, for which columns take ten times as long."""
    if (a | b) < 0:
        return -1
    mixed = (a * int(_ODD_A) + b) & _WHOLE
    mixed = ((mixed ^ (mixed >> 29)) * int(_ODD_B)) & _WHOLE
    return (mixed ^ (mixed >> 29)) >> 2


def dense(values: Ints) -> Ints:
    """The values numbered from 0 in their order, -1 kept: small enough to be multiplied."""
    distinct, places = np.unique(np.maximum(values, -1), return_inverse=True)
    numbered: Ints = places.astype(np.int64) - int(len(distinct) > 0 and distinct[0] == -1)
    return numbered


def one_of(level: Level, *wanted: int) -> Flags:
    """Which levels are one of a few; a level not known (-1) is none of them. Quicker than a search for each."""
    flags: Flags = _table(wanted)[level]
    return flags


def up_to(level: Level, worst: int) -> Flags:
    """Which levels are known and no worse than one."""
    return one_of(level, *range(worst + 1))


def first_of(conditions: Sequence[Flags], values: Sequence[int], default: int) -> Ints:
    """For each place the value of the first condition that holds there: numpy's select at a fraction of its cost for
    the few places of a look-up."""
    found = np.full(len(conditions[0]), default, np.int64)
    for condition, value in zip(reversed(conditions), reversed(values), strict=True):
        found[condition] = value
    return found


@lru_cache(maxsize=64)
def _table(wanted: tuple[int, ...]) -> Flags:
    table = np.zeros(_LEVELS, dtype=bool)  # the last one answers for -1
    table[list(wanted)] = True
    return table
