"""Candidate pairs of a generic table: rows that agree in a rule's fields, without a loop over blocks.

Blocks beyond a cap are split by further fields instead of being dropped; what no field can split is met in windows.
Each rule may give so many pairs for a row and no more, its small blocks first, so that pairs grow with the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from fieldtool.matching.features import Ints
from fieldtool.matching.spec import LinkSpec
from fieldtool.matching.table import Joined

_CAP = 100  # rows of a block of the engine's own rules
_DECLARED_CAP = 2_000  # rows of a block of a declared rule
_PAIRS_A_ROW = 200  # over all rules that the engine chooses by itself
_MOST_PAIRS = 10_000_000  # so many rows that this is passed have fewer pairs each
_DECLARED_PAIRS_A_ROW = 1_000  # of one declared rule
_SPLITTERS = 3  # further fields that a large block is split by, each by itself
_HELD = 8_000_000  # pairs kept before those found twice are dropped

Step = Callable[[int, int], None]


def candidate_pairs(spec: LinkSpec, rows: Joined, step: Step) -> tuple[Ints, Ints]:
    """Row numbers (left < right) of pairs worth comparing, each once, in order. Of two tables only across them."""
    count = max(len(rows.ids), 1)
    rules = list(spec.blocking or _automatic(spec, rows))
    telling = sorted(spec.fields, key=lambda field: -len(rows.texts[field.name]))
    names = [field.name for field in telling]
    cap, each = _CAP, min(_PAIRS_A_ROW, _MOST_PAIRS // count) // max(len(rules), 1)
    if spec.blocking:
        cap, each = _DECLARED_CAP, _DECLARED_PAIRS_A_ROW
    budget = count * max(each, 1)
    found: list[Ints] = []
    for done, rule in enumerate(rules):
        step(done, len(rules))
        # A large block of one field alone is what the rules of two fields are for.
        further = [] if len(rule) == 1 and not spec.blocking else [name for name in names if name not in rule]
        found += _rule(rule, further[:_SPLITTERS], rows, cap, budget)
        if sum(len(codes) for codes in found) > _HELD:
            found = [_once(found)]
    joined = _once(found)
    return joined // count, joined % count


def _automatic(spec: LinkSpec, rows: Joined) -> Iterator[tuple[str, ...]]:
    """Every field that tells rows apart by itself, and every two fields together."""
    names = [field.name for field in spec.fields]
    for name in names:
        if len(rows.texts[name]) > max(20, len(rows.ids) // 50):
            yield (name,)
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            yield one, other


def _rule(rule: Sequence[str], further: Sequence[str], rows: Joined, cap: int, budget: int) -> Iterator[Ints]:
    """Codes of the pairs of one rule: left row times the count of rows, plus right row."""
    key = np.zeros(len(rows.ids), np.int64)
    for name in rule:
        key = _both(key, rows.values[name])
    blocks = _Blocks(key, rows)
    yield blocks.pairs(blocks.fitting(cap, budget))
    large = blocks.rows(~blocks.fitting(cap, budget))
    if not len(large):
        return
    for name in further:
        part = np.full(len(rows.ids), -1, np.int64)
        part[large] = _both(key[large], rows.values[name][large])
        finer = _Blocks(part, rows)
        small = finer.fitting(cap, budget)
        yield finer.pairs(small)
        yield finer.windows(~small, cap)


def _both(a: Ints, b: Ints) -> Ints:
    """Dense numbers for the pairs of two keys; -1 where either is not known."""
    if not len(a):
        return a
    joined = np.where((a >= 0) & (b >= 0), a * (int(b.max(initial=0)) + 2) + b, -1)
    distinct = np.sort(joined)
    distinct = distinct[np.concatenate(([True], distinct[1:] != distinct[:-1]))]
    dense: Ints = np.searchsorted(distinct, joined) - int(distinct[0] == -1)
    return dense


def _once(found: Sequence[Ints]) -> Ints:
    joined = np.sort(np.concatenate([np.empty(0, np.int64), *found]))
    return joined[np.concatenate(([True], joined[1:] != joined[:-1]))] if len(joined) else joined


class _Blocks:
    """Rows sorted by their key, and the blocks of equal keys; of two tables the left one's rows come first in each."""

    def __init__(self, key: Ints, rows: Joined) -> None:
        order = np.lexsort((rows.side, key))
        self._order = order[int(np.searchsorted(key[order], 0)) :]
        self._count = max(len(rows.ids), 1)
        self._two = rows.two
        ordered = key[self._order]
        first = np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(ordered) else np.empty(0, bool)
        self._starts = np.flatnonzero(first)
        self._ends = np.append(self._starts[1:], len(ordered))
        sides = np.concatenate(([0], np.cumsum(rows.side[self._order])))
        self._right = sides[self._ends] - sides[self._starts]  # rows of the second table in each block

    def fitting(self, cap: int, budget: int) -> np.typing.NDArray[np.bool_]:
        """Which blocks are small enough; of those the smallest first until the budget of pairs is used up."""
        sizes = self._ends - self._starts
        small = sizes <= cap
        order = np.argsort(np.where(small, sizes, cap + 1), kind="stable")
        spent = np.cumsum(np.where(small, self._pair_counts(), 0)[order])
        within = int(np.searchsorted(spent, budget, side="right"))
        limit = sizes[order[within]] if within < len(order) else cap + 1
        fits: np.typing.NDArray[np.bool_] = small & (sizes < limit)
        return fits

    def _pair_counts(self) -> Ints:
        sizes = self._ends - self._starts
        counts: Ints = (sizes - self._right) * self._right if self._two else sizes * (sizes - 1) // 2
        return counts

    def rows(self, chosen: np.typing.NDArray[np.bool_]) -> Ints:
        """Every row of the chosen blocks."""
        return self._order[_ranges(self._starts[chosen], self._ends[chosen])]

    def pairs(self, chosen: np.typing.NDArray[np.bool_]) -> Ints:
        """Every pair inside the chosen blocks."""
        starts, ends = self._starts[chosen], self._ends[chosen]
        lefts = ends - self._right[chosen] if self._two else ends
        here = _ranges(starts, lefts)
        block = np.repeat(np.arange(len(starts)), lefts - starts)
        begin = lefts[block] if self._two else here + 1
        return self._codes(here, begin, ends[block])

    def windows(self, chosen: np.typing.NDArray[np.bool_], width: int) -> Ints:
        """Pairs of near rows inside the chosen blocks: what no field can split is still met, a window at a time."""
        starts, ends = self._starts[chosen], self._ends[chosen]
        lefts = ends - self._right[chosen] if self._two else ends
        here = _ranges(starts, lefts)
        block = np.repeat(np.arange(len(starts)), lefts - starts)
        # Of two tables, a left row meets the right rows that stand as far into their part as it stands into its own.
        begin = np.minimum(lefts[block] + here - starts[block], ends[block]) if self._two else here + 1
        return self._codes(here, begin, np.minimum(begin + width, ends[block]))

    def _codes(self, here: Ints, begin: Ints, end: Ints) -> Ints:
        """Pairs of each place with every place from `begin` to before `end`."""
        partners = _ranges(begin, end)
        one = np.repeat(self._order[here], np.maximum(end - begin, 0))
        other = self._order[partners]
        codes: Ints = np.minimum(one, other) * self._count + np.maximum(one, other)
        return codes


def _ranges(starts: Ints, ends: Ints) -> Ints:
    """The numbers from each start to before its end, one range after another."""
    sizes = np.maximum(ends - starts, 0)
    shift = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    numbers: Ints = np.arange(int(sizes.sum()), dtype=np.int64) + shift
    return numbers
