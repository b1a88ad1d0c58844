"""How common a name is in a whole store, asked for the few names that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from fieldtool.matching.features import Features, Ints
from fieldtool.matching.model import Floats, agreeing, share
from fieldtool.matching.paper_keys import key_of_name
from fieldtool.records.fields import Field


class Shares:
    """The shares of names in a whole store: `count` tells how many of `documents` papers bear the name of each key.

    `own` is the key of the name of a paper that the store does not hold yet, and counts as well.
    """

    def __init__(self, count: Callable[[Iterable[int]], Mapping[int, int]], documents: int, own: int = -1) -> None:
        self._count, self._documents, self._own = count, documents, own

    def of(self, f: Features, a: Ints, level: Ints) -> Floats:
        """The share of each pair's first name, asked only where the names agree so far that it counts; 1 elsewhere."""
        which = f.columns[Field.NAME][a]
        found = np.ones(len(f.names) + 1)
        asked = sorted(set(which[agreeing(level)].tolist()))
        keys = [key_of_name(f.names[place]) for place in asked]
        bearers = self._count(set(keys))
        counts = np.array([bearers[key] + (key == self._own) for key in keys], dtype=np.int64)
        found[asked] = share(counts, self._documents + (self._own >= 0))
        return found[which]
