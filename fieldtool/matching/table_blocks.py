"""Candidate pairs of a table: rows that share a telling value, or two values, or two values nearly.

A rule numbers the rows; rows of one number meet. A block that is too large is walked in a window, its rows ordered by
their most telling text, instead of being dropped. Pairs come in parts, so that memory does not grow with the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.numbering import Flags, Ints, Numbering
from fieldtool.matching.spec import LinkSpec
from fieldtool.matching.table import Column
from fieldtool.records.vietnamese import fold

_ALONE = 12  # rows that one value may bring together by itself
_CAP = 40  # rows that two values may bring together before they are walked
_WINDOW = 10  # neighbours that a row of a large block meets, to either side, at most
_WALKS = 12  # and to either side over all rules together
_PART = 1_500_000  # pairs made at once
_HEAD = 4  # first letters that stand for a text that may be mistyped further on
_TEXTS = ("jaro_winkler", "token", "edit")


@dataclass(frozen=True, slots=True)
class Rule:
    """For some rows (ascending) the stretch of `order` whose rows they meet."""

    rows: Ints
    first: Ints
    last: Ints
    order: Ints


def declared_rules(spec: LinkSpec, columns: dict[str, Column], side: Ints) -> list[Rule]:
    """The rules of the model: rows equal in every field of a set, however many they are."""
    rules = []
    for names in spec.blocking:
        key = np.zeros(len(side), np.int64)
        for name in names:
            key = _both(key, columns[name].codes)
        rules.append(_whole(key, side))
    return rules


def automatic_rules(spec: LinkSpec, columns: dict[str, Column], side: Ints) -> list[Rule]:
    """Each field that tells rows apart; for rows it tells nothing, two fields, or one and the head of another."""
    names = [field.name for field in spec.fields]
    telling = max(names, key=lambda name: len(columns[name].texts))
    rank = _ranks(columns[telling])
    common = {name: _common(columns[name].codes) for name in names}
    rules = [_whole(np.where(common[name], -1, columns[name].codes), side) for name in names]
    pairs = [
        (columns[one].codes, other, common[one]) for place, one in enumerate(names) for other in names[place + 1 :]
    ]
    heads = {field.name: _heads(columns[field.name]) for field in spec.fields if field.comparator in _TEXTS}
    pairs += [
        (head, other, np.ones(len(side), bool)) for name, head in heads.items() for other in names if other != name
    ]
    wide = sum(int(one.max(initial=0)) * len(columns[other].texts) * _CAP < 2 * len(side) for one, other, _ in pairs)
    window = min(max(_WALKS // max(wide, 1), 2), _WINDOW)
    for one, other, open_rows in pairs:
        key = np.where(open_rows & common[other], _both(one, columns[other].codes), -1)
        rules.append(_walked(key, rank, side, window))
    return [rule for rule in rules if len(rule.rows)]


def pair_parts(rules: Sequence[Rule], side: Ints, *, two: bool) -> Iterator[tuple[Ints, Ints, int]]:
    """Left and right rows of the pairs, each pair once, part by part, with the number of rows done."""
    count = len(side)
    load = np.zeros(count, np.int64)
    for rule in rules:
        load[rule.rows] += rule.last - rule.first
    total = np.cumsum(load)
    start = 0
    while start < count:
        before = int(total[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(total, before + _PART, side="right")))
        codes = [np.empty(0, np.int64)]
        for rule in rules:
            low, high = np.searchsorted(rule.rows, (start, end))
            codes.append(_meet(rule, int(low), int(high), side, two))
        joined = np.sort(np.concatenate(codes))  # sort and compare neighbours: np.unique is many times slower
        if len(joined):
            joined = joined[np.concatenate(([True], joined[1:] != joined[:-1]))]
        yield joined // count, joined % count, end
        start = end


def _meet(rule: Rule, low: int, high: int, side: Ints, two: bool) -> Ints:
    first, width = rule.first[low:high], (rule.last - rule.first)[low:high]
    left = np.repeat(rule.rows[low:high], width)
    place = np.arange(len(left)) - np.repeat(np.cumsum(width) - width, width) + np.repeat(first, width)
    right = rule.order[place]
    keep: Flags = right > left
    if two:
        keep &= side[left] != side[right]
    codes: Ints = left[keep] * len(side) + right[keep]
    return codes


def _both(one: Ints, other: Ints) -> Ints:
    """A small number for each pair of numbers that stand together; -1 where either is not known."""
    known = (one >= 0) & (other >= 0)
    wide = np.where(known, one * (int(other.max(initial=0)) + 1) + other, -1)
    return wide


def _blocks(key: Ints, rank: Ints | None = None) -> tuple[Ints, Ints, Ints]:
    """Rows that have a key, ordered by it, and for each of them the first and last place of its block."""
    rows = np.flatnonzero(key >= 0)
    by = (rows, key[rows]) if rank is None else (rank[rows], key[rows])
    order = rows[np.lexsort(by)]
    ordered = key[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(order) else rows
    sizes = np.diff(np.append(starts, len(order)))
    return order, np.repeat(starts, sizes), np.repeat(starts + sizes, sizes)


def _rule(order: Ints, first: Ints, last: Ints) -> Rule:
    wide = np.flatnonzero(last - first > 0)
    ascending = wide[np.argsort(order[wide], kind="stable")]
    return Rule(order[ascending], first[ascending], last[ascending], order)


def _whole(key: Ints, side: Ints) -> Rule:
    """Every row of a block meets the rows after it; in two tables a row of the first meets those of the second."""
    order, first, last = _blocks(key)
    sides = side[order]
    if sides.any():
        seconds = np.concatenate(([0], np.cumsum(sides)))
        first = last - (seconds[last] - seconds[first])  # rows of the second table stand last in their block
        return _rule(order, np.where(sides == 0, first, last), last)
    return _rule(order, np.arange(1, len(order) + 1), last)


def _walked(key: Ints, rank: Ints, side: Ints, window: int) -> Rule:
    order, first, last = _blocks(key, rank)
    place = np.arange(len(order))
    large = last - first > _CAP
    first = np.where(large, np.maximum(first, place - window), first)
    last = np.where(large, np.minimum(last, place + window + 1), last)
    return _rule(order, first, np.where(last - first > 1, last, first))


def _common(codes: Ints) -> Flags:
    """Rows whose value is borne by more rows than may meet by it alone."""
    counts = np.append(np.bincount(codes[codes >= 0], minlength=1), 0)
    flags: Flags = counts[codes] > _ALONE
    return flags


def _ranks(column: Column) -> Ints:
    """Each row's place in the order of a column's texts."""
    place = np.empty(len(column.texts) + 1, np.int64)
    place[sorted(range(len(column.texts)), key=column.texts.__getitem__)] = np.arange(len(column.texts))
    place[-1] = len(column.texts)
    return place[column.codes]


def _heads(column: Column) -> Ints:
    numbers = Numbering()
    codes = np.array([*(numbers.of(fold(text)[:_HEAD]) for text in column.texts), -1], dtype=np.int64)
    return codes[column.codes]
