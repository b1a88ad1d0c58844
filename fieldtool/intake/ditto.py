"""Words and marks that stand for "the same as above" or for "none"; the marks lie in resources/intake/marks.csv."""

from __future__ import annotations

import csv
import io
from functools import cache

from fieldtool.intake.columns import flat
from fieldtool.records.fields import Field
from fieldtool.records.tables import table_text

LONGEST = 16  # characters; nothing longer is a mark
# Fields in which "không" is a value, or no mark at all; elsewhere it says that there is nothing to write.
_SPEAKING = frozenset({Field.NAME, Field.RELIGION, Field.NATIONALITY, Field.REG_KIND, Field.NOTE})

# What everybody has and neighbours share: dots there repeat the cell above, elsewhere they are a line left to fill in.
_SHARED = frozenset({Field.ETHNICITY, Field.RELIGION, Field.NATIONALITY, Field.PLACE, Field.ORIGIN, Field.BIRTH_PLACE})


@cache
def _marks(meaning: str) -> frozenset[str]:
    rows = csv.reader(io.StringIO(table_text("intake/marks.csv")))
    return frozenset(mark for row in rows if row[0] == meaning for mark in ",".join(row[1:]).split("|"))


@cache
def _unknown() -> frozenset[str]:
    return _marks("unknown") | {flat(mark) for mark in _marks("unknown")}


@cache
def marks() -> frozenset[str]:
    """All marks in lower case: what is not among them is neither ditto nor none."""
    return _marks("same") | _marks("none") | _unknown()


def is_same(text: str) -> bool:
    """Whether a cell repeats the one above."""
    return len(text) <= LONGEST and text.lower() in _marks("same")


def dots_repeat(field: Field, text: str) -> bool:
    """Whether dots ("…", "...") in a field say that it is the same as above."""
    return field in _SHARED and (text == "…" or (len(text) > 2 and not text.strip(".… ")))


def is_none(field: Field, text: str) -> bool:
    """Whether a cell says that there is nothing to write. "Không" is a religion, and so it stays one."""
    if len(text) > LONGEST:
        return False
    return text.lower() in _marks("none") or (field not in _SPEAKING and text.lower() in _unknown())
