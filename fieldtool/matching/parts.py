"""Scoring in parts: a part is columns and pairs, its score depends on nothing else but a frozen model.

So a part can be scored here, by a pool of processes, or on another machine, and every engine gives the same levels.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fieldtool.matching.features import NAME_COLUMNS, Features, Ints
from fieldtool.matching.levels import LEVELS, compare
from fieldtool.matching.numbering import Level

Levels = npt.NDArray[np.int8]  # a row for each comparison in the order of LEVELS, a column for each pair
_PART = 200_000  # pairs of a part: bounds memory, and is enough work to be worth sending
_WORTH = 1_500_000  # pairs from which starting processes pays (each needs a second to load)


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs of rows of some columns; `places` are the pairs' places in the whole list."""

    columns: Features
    left: Ints
    right: Ints
    places: Ints


Engine = Callable[[Iterable[Part]], Iterator[tuple[Ints, Levels]]]


def score_part(part: Part) -> Levels:
    """The level of every comparison for every pair of a part."""
    found = compare(part.columns, part.left, part.right, lambda done, total: None)
    return np.array([found[name] for name in LEVELS], dtype=np.int8)


def parts_of(f: Features, left: Ints, right: Ints, whole: bool = False) -> Iterator[Part]:
    """The pairs parted by the village of their first document, each part with no other columns than it needs, or with
    the whole columns: for an engine of this process, to which nothing is carried."""
    order = np.argsort(f.village[left], kind="stable")
    for start in range(0, len(order), _PART):
        places = order[start : start + _PART]
        part = f, left[places], right[places]
        yield Part(*(part if whole else _sliced(*part)), places)


def here(parts: Iterable[Part]) -> Iterator[tuple[Ints, Levels]]:
    """The engine of this process."""
    return ((part.places, score_part(part)) for part in parts)


def on_all_cores(parts: Iterable[Part]) -> Iterator[tuple[Ints, Levels]]:
    """The engine of a pool of processes; few parts wait in memory at a time. Spawned, so that it is one everywhere."""
    workers = max(os.cpu_count() or 1, 1)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = []
        for part in parts:
            waiting.append((part.places, pool.submit(score_part, part)))
            if len(waiting) > 2 * workers:
                places, future = waiting.pop(0)
                yield places, future.result()
        for places, future in waiting:
            yield places, future.result()


def fitting_engine(pairs: int) -> Engine:
    """All cores where the work is worth it, else this process."""
    return on_all_cores if pairs >= _WORTH and (os.cpu_count() or 1) > 1 else here


def all_levels(
    f: Features, left: Ints, right: Ints, engine: Engine, progress: Callable[[int, int, str], None]
) -> dict[str, Level]:
    """The levels of all pairs, whichever engine scores them."""
    whole = np.full((len(LEVELS), len(left)), -1, np.int8)
    done = 0
    progress(0, len(left), "compare")
    for places, levels in engine(parts_of(f, left, right, whole=engine is here)):
        whole[:, places] = levels
        done += len(places)
        progress(done, len(left), "compare")
    return {name: whole[row] for row, name in enumerate(LEVELS)}


def _sliced(f: Features, left: Ints, right: Ints) -> tuple[Features, Ints, Ints]:
    rows = _distinct(np.concatenate((left, right)))
    columns = {field: f.columns[field][rows] for field in NAME_COLUMNS}
    named = _distinct(np.concatenate(list(columns.values())))
    named = named[named >= 0]
    cut = {
        item.name: getattr(f, item.name)[rows]
        for item in dataclasses.fields(f)
        if isinstance(getattr(f, item.name), np.ndarray)
    }
    part = dataclasses.replace(
        f,
        ids=tuple(f.ids[row] for row in rows.tolist()),
        names=f.names.part(named),
        columns={field: np.where(column >= 0, np.searchsorted(named, column), -1) for field, column in columns.items()},
        **cut,
    )
    return part, np.searchsorted(rows, left), np.searchsorted(rows, right)


def _distinct(values: Ints) -> Ints:
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered
