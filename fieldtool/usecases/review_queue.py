"""The one queue as an officer asks for it: filtered, in order, counted; and the unit's table of legal roads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.conflicts import queue as lines
from fieldtool.conflicts.law import Law, read_law, shipped_law
from fieldtool.conflicts.queue import Wanted
from fieldtool.conflicts.roads import Actors
from fieldtool.ports import People
from fieldtool.records.persons import Doubt, DoubtKind

LAW = "law.roads"  # the setting that holds the unit's own table
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Queue:
    """The lines that pass a filter, in order; `counts` are of these, `open` counts all that nobody put aside."""

    lines: tuple[Doubt, ...]
    counts: Mapping[str, Mapping[str, int]]
    open: int


@dataclass(frozen=True, slots=True)
class Explained:
    """How many open doubts carry a named reason; `unnamed` are the ids of the others."""

    open: int
    explained: int
    share: float
    unnamed: tuple[str, ...]


def law_of(people: People) -> Law:
    """The unit's table where it has one that holds, else the shipped one."""
    text = people.kept(LAW)
    law, issues = read_law(text) if text else (shipped_law(), ())
    return shipped_law() if issues else law


def read_queue(people: People, wanted: Wanted, today: str) -> list[Doubt]:
    """Every line of the home, those past their day open again; spellings only when they are asked for."""
    kind = DoubtKind.SPELLING if wanted.kind == DoubtKind.SPELLING else None
    return [awake(doubt, today) for doubt in people.doubts(kind=kind, limit=_ALL)]


def awake(doubt: Doubt, today: str) -> Doubt:
    """A line that was put aside until a day that has come is open again."""
    if not (doubt.standing and doubt.until and doubt.until <= today):
        return doubt
    return lines.opened(doubt)


def queue(people: People, wanted: Wanted, today: str = "") -> Queue:
    """The lines that pass, in order: what settles most first, a household's together."""
    actors = Actors(law_of(people))
    every = read_queue(people, wanted, today)
    kept = [doubt for doubt in every if wanted.keeps(doubt, actors)]
    still = sum(not doubt.standing for doubt in every)
    return Queue(tuple(lines.in_order(kept)), lines.counts(kept, actors), still)


def explained(people: People, wanted: Wanted, today: str = "") -> Explained:
    """The share of open doubts that are explained by a named reason."""
    kept = queue(people, wanted, today).lines
    named, count = lines.explained(kept)
    unnamed = tuple(doubt.id for doubt in kept if not lines.explained([doubt])[0])
    return Explained(count, named, round(named / count, 4) if count else 1.0, unnamed)
