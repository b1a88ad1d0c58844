"""What a household book says without writing it: a child's parents and a spouse are other lines of the same book."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
_CHILD = {"child", "adopted_child", "son", "daughter"}
_SPOUSE = {"wife", "husband", "spouse"}
_UNKNOWN = -1


def fill_relatives(
    house: Ints, relation: list[str], sex: Ints, name: Ints, father: Ints, mother: Ints, spouse: Ints
) -> None:
    """Fill empty father, mother and spouse (numbers of names) in place from the other lines of one book.

    `house` numbers a book within its list, -1 for papers of none. A book with two heads or two spouses of the head
    tells nothing: it is two books under one number, or a mistake.
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
                    column = father if sex[parent] == 0 else mother if sex[parent] == 1 else None
                    if column is not None and column[row] == _UNKNOWN:
                        column[row] = name[parent]
        if heads and spouses:
            for one, other in ((heads[0], spouses[0]), (spouses[0], heads[0])):
                if spouse[one] == _UNKNOWN:
                    spouse[one] = name[other]
