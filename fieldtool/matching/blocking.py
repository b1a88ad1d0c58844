"""Candidate pairs by several keys, each with a number, a full date, or a place, so that they grow with the records.

A block that is too large is split by a further key instead of being dropped (reference/linkage.md 5.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from fieldtool.matching.features import Features, Ints, Numbering
from fieldtool.records.fields import Field
from fieldtool.records.syllables import sound_class
from fieldtool.records.vietnamese import fold

_CAP = 120  # documents in a block before it is split


def candidate_pairs(features: Features, step: Callable[[int, int], None]) -> tuple[Ints, Ints]:
    """Index pairs (a < b) of documents of different lists worth comparing, each once."""
    count = len(features)
    codes: list[Ints] = []
    keys = list(_keys(features))
    for done, (key, splitter) in enumerate(keys):
        step(done, len(keys))
        codes.append(_pairs_of(key, splitter, features, count))
    joined = np.concatenate(codes) if codes else np.empty(0, np.int64)
    joined.sort()  # sort and compare neighbours: np.unique is many times slower on large arrays
    if len(joined):
        joined = joined[np.concatenate(([True], joined[1:] != joined[:-1]))]
    return joined // max(count, 1), joined % max(count, 1)


def _keys(f: Features) -> Iterator[tuple[Ints, Ints]]:
    """Block keys (-1 where the document has none) with the key that splits a large block."""
    keyed, given, surname, father, mother = name_keys(f)
    none = np.full(len(f), -1, np.int64)
    full = np.where((f.year > 0) & (f.month > 0) & (f.day > 0), f.year * 10000 + f.month * 100 + f.day, -1)
    day_month = np.where((f.month > 0) & (f.day > 0), f.month * 100 + f.day, -1)
    year = np.where(f.year > 0, f.year, -1)
    yield f.n12, keyed
    yield f.n9, keyed
    yield _both(full, f.sex), f.village
    yield _both(full, given), none
    yield _both(day_month, given), year
    yield _both(_both(year, f.village), _both(f.sex, surname)), given
    yield _both(given, year), _both(f.village, surname)
    yield _both(keyed, f.village), year
    yield _both(given, _both(f.village, surname)), year
    yield _both(given, father), f.village
    yield _both(given, mother), f.village
    yield _both(keyed, f.sex), _both(f.village, year)
    yield _both(_both(given, f.village), np.where(year > 0, (year + 1) // 3, -1)), surname


def name_keys(f: Features) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """For each document numbers of its folded whole name, given name and surname, and of its parents' names."""
    whole, givens, surnames = Numbering(), Numbering(), Numbering()
    by_name = np.full((len(f.names) + 1, 3), -1, np.int64)
    for place, name in enumerate(f.names):
        if name.unnamed:
            continue
        parts = name.key.split(" ")
        by_name[place] = (
            whole.of(name.key),
            givens.of(sound_class(fold(name.given))),
            surnames.of(parts[0]) if name.surname else -1,
        )
    own = f.columns[Field.NAME]
    return (
        by_name[own, 0],
        by_name[own, 1],
        by_name[own, 2],
        by_name[f.columns[Field.FATHER], 0],
        by_name[f.columns[Field.MOTHER], 0],
    )


def _both(a: Ints, b: Ints) -> Ints:
    """A key that needs both keys."""
    joined: Ints = np.where((a >= 0) & (b >= 0), a * 1_000_003 + b, -1)
    return joined


def _pairs_of(key: Ints, splitter: Ints, f: Features, count: int) -> Ints:
    found: list[Ints] = []
    for block in _blocks(key):
        parts = [block] if len(block) <= _CAP else [block[part] for part in _blocks(splitter[block])]
        for part in parts:
            for start in range(0, len(part), 4 * _CAP):  # what no key can split is met in windows
                found.append(_inside(part[start : start + 4 * _CAP], f, count))
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _blocks(key: Ints) -> Iterator[Ints]:
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first = int(np.searchsorted(ordered, 0))
    order, ordered = order[first:], ordered[first:]
    if len(order) < 2:
        return
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    ends = np.append(starts[1:], len(ordered))
    for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
        yield np.sort(order[start:end])


def _inside(block: Ints, f: Features, count: int) -> Ints:
    a, b = np.triu_indices(len(block), 1)
    left, right = block[a], block[b]
    apart = f.list_id[left] != f.list_id[right]
    codes: Ints = left[apart] * count + right[apart]
    return codes
