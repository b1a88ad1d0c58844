"""Candidate pairs by several keys, each with a number, a full date, or a place, so that they grow with the records.

A block that is too large is split by a further key instead of being dropped (reference/linkage.md 5.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from fieldtool.matching.comparable import Comparable
from fieldtool.matching.features import Features, Ints, keys_of_name
from fieldtool.matching.numbering import both, both_of, dense, text_key
from fieldtool.records.fields import Field
from fieldtool.records.names import parse_name

CAP = 20  # documents in a block before it is split
KEYS = 4  # edition of the keys below: an index by another edition is made anew
WINDOW = 480  # documents that meet where no key can split a block
_PART = 2_000_000  # pairs made at once, to bound memory
_Key = TypeVar("_Key")


def candidate_pairs(features: Features, step: Callable[[int, int], None]) -> tuple[Ints, Ints]:
    """Index pairs (a < b) of documents of different lists worth comparing, each once."""
    count = len(features)
    codes: list[Ints] = []
    keys = list(keys_of(features))
    for done, (key, splitter) in enumerate(keys):
        step(done, len(keys))
        codes.append(_pairs_of(key, splitter, features, count))
    joined = np.concatenate(codes) if codes else np.empty(0, np.int64)
    joined.sort()  # sort and compare neighbours: np.unique is many times slower on large arrays
    if len(joined):
        joined = joined[np.concatenate(([True], joined[1:] != joined[:-1]))]
    return joined // max(count, 1), joined % max(count, 1)


class KeyParts(NamedTuple, Generic[_Key]):
    """What keys are made of, -1 for what a document has not: numbers; the date, the day and month, the year, the span
    of three years; sex and village; the keys of its own and its parents' names. `none` is -1."""

    n12: _Key
    n9: _Key
    full: _Key
    day_month: _Key
    year: _Key
    span: _Key
    sex: _Key
    village: _Key
    whole: _Key
    given: _Key
    surname: _Key
    father: _Key
    mother: _Key
    none: _Key


def keys_of(f: Features) -> Iterator[tuple[Ints, Ints]]:
    """Block keys (-1 where the document has none) with the key that splits a large block.

    They depend on the papers' own texts alone, so that an index may keep them.
    """
    names = NameKeys(f)
    dated = (f.month > 0) & (f.day > 0)
    parts = KeyParts(
        n12=f.n12,
        n9=f.n9,
        full=np.where((f.year > 0) & dated, f.year * 10000 + f.month * 100 + f.day, -1),
        day_month=np.where(dated, f.month * 100 + f.day, -1),
        year=np.where(f.year > 0, f.year, -1),
        span=np.where(f.year > 0, (f.year + 1) // 3, -1),
        sex=f.sex,
        village=f.key_of_village(),
        whole=names.whole,
        given=names.given,
        surname=names.surname,
        father=names.father,
        mother=names.mother,
        none=np.full(len(f), -1, np.int64),
    )
    return paired(parts, both)


def keys_of_one(paper: Comparable) -> list[tuple[int, int]]:
    """The same of one paper alone: a look-up waits for it, and columns of one entry take ten times as long."""
    whole, given, surname = keys_of_name(parse_name(paper.name)) if paper.name else (-1, -1, -1)
    father, mother = (keys_of_name(parse_name(text))[0] if text else -1 for text in (paper.father, paper.mother))
    year, month, day = paper.year, paper.month, paper.day
    dated = month > 0 and day > 0
    parts = KeyParts(
        n12=paper.n12,
        n9=paper.n9,
        full=year * 10000 + month * 100 + day if year > 0 and dated else -1,
        day_month=month * 100 + day if dated else -1,
        year=year if year > 0 else -1,
        span=(year + 1) // 3 if year > 0 else -1,
        sex=paper.sex,
        village=text_key(paper.village),
        whole=whole,
        given=given,
        surname=surname,
        father=father,
        mother=mother,
        none=-1,
    )
    return list(paired(parts, both_of))


def paired(p: KeyParts[_Key], both: Callable[[_Key, _Key], _Key]) -> Iterator[tuple[_Key, _Key]]:
    """The keys, of columns or of one paper; `both` needs two of them. An index keeps keys by their place here."""
    yield p.n12, p.whole
    yield p.n9, p.whole
    yield both(p.full, p.sex), p.village
    yield both(p.full, p.given), p.none
    yield both(p.day_month, p.given), p.year
    yield both(both(p.year, p.village), both(p.sex, p.surname)), p.given
    yield both(p.given, p.year), both(p.village, p.surname)
    yield both(p.whole, p.village), p.year
    yield both(p.given, both(p.village, p.surname)), p.year
    yield both(p.given, p.father), p.village
    yield both(p.given, p.mother), p.village
    yield both(p.whole, p.sex), both(p.village, p.year)
    yield both(both(p.given, p.village), p.span), p.surname
    yield both(p.day_month, both(p.village, p.surname)), p.year
    # Whoever moved, where a name has so many bearers that the name alone is split by villages. The last keys are the
    # newest.
    yield both(p.whole, p.year), p.village
    # Whose own name is not given yet, or was heard as another: the children that a mother had in a year.
    yield both(p.mother, both(p.year, p.village)), p.sex


class NameKeys:
    """For each document the keys of its folded whole name, given name and surname, and of its parents' names."""

    def __init__(self, f: Features) -> None:
        by_name = f.names.keys()
        own = f.columns[Field.NAME]
        self.whole, self.given, self.surname = by_name[own, 0], by_name[own, 1], by_name[own, 2]
        self.father, self.mother = by_name[f.columns[Field.FATHER], 0], by_name[f.columns[Field.MOTHER], 0]


def _pairs_of(key: Ints, splitter: Ints, f: Features, count: int) -> Ints:
    """Codes (left * count + right) of the pairs that share a key; no loop over blocks."""
    block, place = _parted(key, splitter)
    rows = np.flatnonzero(block >= 0)
    order = rows[np.lexsort((place[rows], block[rows]))]
    ordered = block[order]
    last = np.searchsorted(ordered, ordered, side="right")
    width = last - np.arange(1, len(order) + 1)
    total = np.cumsum(width)
    found, start = [np.empty(0, np.int64)], 0
    while start < len(order):
        before = int(total[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(total, before + _PART, side="right")))
        part = width[start:end]
        left = np.repeat(np.arange(start, end), part)
        right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(part) - part, part)
        left, right = order[left], order[right]
        apart = f.list_id[left] != f.list_id[right]
        found.append(left[apart] * count + right[apart])
        start = end
    return np.concatenate(found)


def _parted(key: Ints, splitter: Ints) -> tuple[Ints, Ints]:
    """A small number for each row's block (-1 for none) and its place in it; large blocks parted by the splitter, and
    what no key can split by windows."""
    block, place, size = _placed(key)
    large = size > CAP
    if large.any():
        splitter = dense(splitter)
        part = np.where(splitter >= 0, block * (int(splitter.max(initial=0)) + 2) + splitter + 1, -1)
        inner, inner_place, _ = _placed(np.where(large, part, -1))
        block = np.where(large, np.where(inner >= 0, inner + int(block.max(initial=0)) + 1, -1), block)
        place = np.where(large, inner_place, place)
    windows = int(place.max(initial=0)) // WINDOW + 1
    return np.where(block >= 0, block * windows + place // WINDOW, -1), place


def _placed(key: Ints) -> tuple[Ints, Ints, Ints]:
    """For each row the number of its block, its place in the block by row, and the block's size; -1 without a key."""
    block, place, size = (np.full(len(key), -1, np.int64) for _ in range(3))
    rows = np.flatnonzero(key >= 0)
    if not len(rows):
        return block, place, size
    order = rows[np.argsort(key[rows], kind="stable")]
    ordered = key[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.append(starts, len(order)))
    block[order] = np.repeat(np.arange(len(starts)), sizes)
    place[order] = np.arange(len(order)) - np.repeat(starts, sizes)
    size[order] = np.repeat(sizes, sizes)
    return block, place, size
