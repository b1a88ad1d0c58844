"""Documents as columns: every text parsed once, every distinct name numbered once, everything comparable an array.

Unknown is -1 (or 0 for parts of dates), never a value that could agree or clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fieldtool.matching.comparable import KINDS as KINDS
from fieldtool.matching.comparable import Comparable, comparable
from fieldtool.matching.households import FATHER, MOTHER, SPOUSE, told_relatives
from fieldtool.matching.many_names import NameTable, table_of
from fieldtool.matching.numbering import Flags as Flags
from fieldtool.matching.numbering import Ints as Ints
from fieldtool.matching.numbering import Numbering as Numbering
from fieldtool.matching.numbering import text_key
from fieldtool.records.documents import Document
from fieldtool.records.fields import Field
from fieldtool.records.names import PersonName, parse_name
from fieldtool.records.syllables import sound_class
from fieldtool.records.vietnamese import fold

NAME_COLUMNS = (Field.NAME, Field.FATHER, Field.MOTHER, Field.SPOUSE, Field.HEAD)
_RELATIVES = {which: Comparable._fields.index(name)
              for which, name in ((FATHER, "father"), (MOTHER, "mother"), (SPOUSE, "spouse"))}  # fmt: skip
_NUMBERS = ("kind", "year", "month", "day", "sex", "n12", "n9", "n12_year", "n12_sex")


class Names:
    """Distinct names, each read when it is first asked for: a look-up compares but a few of those it holds."""

    __slots__ = ("_keys", "_read", "_table", "texts")

    def __init__(self, texts: Iterable[str], table: NameTable | None = None) -> None:
        self.texts = tuple(texts)
        self._read: list[PersonName | None] = [None] * len(self.texts)
        self._keys: Ints | None = None
        self._table = table

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, place: int) -> PersonName:
        name = self._read[place]
        if name is None:
            name = self._read[place] = parse_name(self.texts[place])
        return name

    def __iter__(self) -> Iterator[PersonName]:
        return (self[place] for place in range(len(self.texts)))

    def part(self, places: Ints) -> Names:
        """Some of the names, with what is compared of them."""
        return Names([self.texts[place] for place in places.tolist()], self.table().part(places))

    def __reduce__(self) -> tuple[type[Names], tuple[tuple[str, ...], NameTable | None]]:
        """To another process goes what is compared; the rest it reads itself where it needs it."""
        return Names, (self.texts, self._table)

    def table(self) -> NameTable:
        """What is compared of all of them, worked out once."""
        if self._table is None:
            self._table = table_of(self)
        return self._table

    def forget(self) -> None:
        """Let go what was read of them, but for the keys: what asks again reads again."""
        self._read = [None] * len(self.texts)
        self._table = None

    def keys(self) -> Ints:
        """A row for each name, and a last one for no name, with the keys of its folded whole name, of its given name's
        sound and of its surname; -1 where it has none. Worked out once."""
        if self._keys is None:
            self._keys = np.array([*map(keys_of_name, self), (-1, -1, -1)], dtype=np.int64)
        return self._keys


def keys_of_name(name: PersonName) -> tuple[int, int, int]:
    """The keys of a folded whole name, of its given name's sound and of its surname; -1 where it has none."""
    if name.unnamed:
        return -1, -1, -1
    surname = text_key(name.key.split(" ", 1)[0]) if name.surname else -1
    return text_key(name.key), text_key(sound_class(fold(name.given))), surname


@dataclass(frozen=True, slots=True)
class Features:
    """One entry a document in every array; `names` are the distinct names that the name columns number.

    `sex` 0 male, 1 female; `n12`, `n9` the digits as a whole number; `n12_year`, `n12_sex` what the number itself
    says; `relation` numbers `relations`, `village` numbers `villages`, `list_id` numbers `lists`.
    """

    ids: tuple[str, ...]
    kind: Ints
    list_id: Ints
    columns: dict[Field, Ints]
    names: Names
    year: Ints
    month: Ints
    day: Ints
    sex: Ints
    n12: Ints
    n9: Ints
    n12_year: Ints
    n12_sex: Ints
    village: Ints
    household: Ints
    people: Ints
    relation: Ints
    relations: tuple[str, ...]
    villages: tuple[str, ...]
    lists: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def key_of_village(self) -> Ints:
        """For each document a number for its village that is the same in every run, -1 for none."""
        return np.array([*map(text_key, self.villages), -1], dtype=np.int64)[self.village]


def read_documents(documents: Iterable[Document]) -> Features:
    """Parse documents into columns."""
    return features_of(with_relatives([comparable(paper) for paper in documents]))


def with_relatives(papers: Sequence[Comparable]) -> list[Comparable]:
    """The papers, where one names no parent or spouse with those that the other lines of its household book tell."""
    lists, houses = Numbering(), Numbering()
    books = [(houses.of(paper.household), lists.of(paper.list_id)) for paper in papers]
    house = np.array([home * (len(papers) + 1) + listed if home >= 0 else -1 for home, listed in books], dtype=np.int64)
    found = list(papers)
    told = told_relatives(house, [paper.relation for paper in papers], [paper.sex for paper in papers])
    filled: dict[int, list[Any]] = {}
    for row, which, relative in told:
        place = _RELATIVES[which]
        if not papers[row][place]:
            # The first who is told stays: a book has one father of a child, or tells nothing.
            values = filled.setdefault(row, list(papers[row]))
            values[place] = values[place] or papers[relative].name
    for row, values in filled.items():
        found[row] = Comparable(*values)
    return found


def features_of(papers: Sequence[Comparable]) -> Features:
    """Comparable papers as columns."""
    lists, villages, houses, peoples, relations, names = (Numbering() for _ in range(6))
    columns = dict(zip(Comparable._fields, zip(*papers, strict=True), strict=True)) if papers else {}
    told: list[Sequence[int]] = [columns.get(name, ()) for name in _NUMBERS]
    told += [
        numbers.all_of(columns.get(name, ()))
        for name, numbers in (
            ("list_id", lists),
            ("village", villages),
            ("household", houses),
            ("people", peoples),
            ("relation", relations),
            *((str(field), names) for field in NAME_COLUMNS),
        )
    ]
    table = np.array(told, dtype=np.int64)
    return Features(
        ids=tuple(paper.id for paper in papers),
        kind=table[0],
        list_id=table[9],
        columns=dict(zip(NAME_COLUMNS, table[14:], strict=True)),
        names=Names(names.texts),
        year=table[1],
        month=table[2],
        day=table[3],
        sex=table[4],
        n12=table[5],
        n9=table[6],
        n12_year=table[7],
        n12_sex=table[8],
        village=table[10],
        household=table[11],
        people=table[12],
        relation=table[13],
        relations=tuple(relations.texts),
        villages=tuple(villages.texts),
        lists=tuple(lists.texts),
    )
