"""What a household book says without writing it: a child's parents and a spouse are other lines of the same book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fieldtool.matching.numbering import Ints

_CHILD = {"child", "adopted_child", "son", "daughter"}
_SPOUSE = {"wife", "husband", "spouse"}
FATHER, MOTHER, SPOUSE = range(3)


def told_relatives(house: Ints, relation: Sequence[str], sex: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Each (row, FATHER|MOTHER|SPOUSE, row of that relative) that a book's lines tell of one another.

    `house` numbers a book within its list, -1 for papers of none; `sex` 0 male, 1 female. A book with two heads or
    two spouses of the head tells nothing: it is two books under one number, or a mistake.
    """
    order = np.argsort(house, kind="stable")
    order = order[int(np.searchsorted(house[order], 0)) :]
    if not len(order):
        return
    ordered = house[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    for start, end in zip(starts.tolist(), np.append(starts[1:], len(ordered)).tolist(), strict=True):
        rows = order[start:end].tolist()
        heads = [row for row in rows if relation[row] == "head"]
        spouses = [row for row in rows if relation[row] in _SPOUSE]
        if len(heads) > 1 or len(spouses) > 1:
            continue
        for row in rows:
            if relation[row] in _CHILD:
                for parent in (*heads, *spouses):
                    if sex[parent] in (0, 1):
                        yield row, MOTHER if sex[parent] else FATHER, parent
        if heads and spouses:
            yield heads[0], SPOUSE, spouses[0]
            yield spouses[0], SPOUSE, heads[0]
