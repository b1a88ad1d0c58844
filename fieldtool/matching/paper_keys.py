"""The keys under which papers stand in an index: the blocking keys of a full run, and keys that count and gather.

A key holds its kind in the upper bits, so that all keys of a kind lie together and an index can be filled in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fieldtool.matching.blocking import CAP, WINDOW, keys_of, keys_of_one
from fieldtool.matching.comparable import Comparable
from fieldtool.matching.features import Features, Ints, features_of
from fieldtool.matching.numbering import text_key
from fieldtool.records.fields import Field
from fieldtool.records.names import PersonName, parse_name
from fieldtool.records.syllables import sound_class
from fieldtool.records.vietnamese import fold

SPLIT_MOST = 2 * WINDOW  # papers read of a part that no key can split further: more than a full run's window
BLOCK_MOST = CAP
_NAME, _BOOK, _VILLAGE = 40, 41, 42  # kinds that pair nothing; those of the blocking keys count from 0
_HASH, _PART = 2**56 - 1, 2**31 - 1


KINDS = 19  # of keys, those that pair nothing included


# A line of an index: block, part, and the paper's place in the order of all papers, counted from 1.
Line = tuple[int, int, int]


class Key(NamedTuple):
    """A block of an index, and the part of it where the block must be split (-1 for none)."""

    block: int
    part: int


@dataclass(frozen=True, slots=True)
class PaperKeys:
    """`blocks` are those of a paper's candidates; `name` all who bear its name, `book` the lines of its household
    book, `village` the papers of its village, -1 for none."""

    blocks: tuple[Key, ...]
    name: int
    book: int
    village: int

    def all(self) -> tuple[Key, ...]:
        """Every key to keep."""
        return (*self.blocks, *(Key(one, -1) for one in (self.name, self.book, self.village) if one >= 0))


def keys_of_papers(papers: Sequence[Comparable]) -> list[PaperKeys]:
    """The keys of each paper."""
    if len(papers) == 1:
        return [_keys_of_paper(papers[0])]
    blocks, parts = _columns(features_of(papers), papers)
    found = []
    for own, part in zip(blocks.T.tolist(), parts.T.tolist(), strict=True):
        pairs = zip(own[:-3], part[:-3], strict=True)
        found.append(PaperKeys(tuple(Key(*key) for key in pairs if key[0] >= 0), *own[-3:]))
    return found


def _keys_of_paper(paper: Comparable) -> PaperKeys:
    pairing = [
        Key(block & _HASH | kind << 56, part & _PART if part >= 0 else -1)
        for kind, (block, part) in enumerate(keys_of_one(paper))
        if block >= 0
    ]
    return PaperKeys(
        tuple(pairing),
        key_of_name(parse_name(paper.name)) if paper.name else -1,
        text_key(_book(paper)) & _HASH | _BOOK << 56 if paper.household else -1,
        text_key(paper.village) & _HASH | _VILLAGE << 56 if paper.village else -1,
    )


def _book(paper: Comparable) -> str:
    return f"{paper.list_id}\n{paper.household}"


def sorted_keys(papers: Sequence[Comparable], order: Sequence[int], columns: Features) -> Iterator[list[Line]]:
    """The lines of an index that holds papers in some order, kind by kind of key, sorted; `columns` are the papers'."""
    places = np.array(order, dtype=np.int64)
    for block, part in zip(*(table[:, places] for table in _columns(columns, papers)), strict=True):
        rows = np.flatnonzero(block >= 0)
        rows = rows[np.lexsort((rows, part[rows], block[rows]))]
        yield list(zip(block[rows].tolist(), part[rows].tolist(), (rows + 1).tolist(), strict=True))


def shelved(papers: Sequence[Comparable]) -> list[int]:
    """The papers' places in the order in which an index keeps them, so that most candidates of a paper lie on a few
    pages of the file: they are of its village and share its given name."""
    keys = [(paper.village, sound_class(fold(parse_name(paper.name).given)), paper.year, paper.id) for paper in papers]
    return sorted(range(len(papers)), key=keys.__getitem__)


def key_of_name(name: PersonName) -> int:
    """The key under which all papers of a name stand; a child without a name has none."""
    return -1 if name.unnamed else text_key(name.key) & _HASH | _NAME << 56


def _columns(f: Features, papers: Sequence[Comparable]) -> tuple[Ints, Ints]:
    """Blocks and parts: a row for each kind of key, a column for each paper."""
    pairing = list(keys_of(f))
    none = np.full(len(f), -1, np.int64)
    named = f.names.keys()[f.columns[Field.NAME], 0]  # the same of every paper as key_of_name, but for the kind
    books = [text_key(_book(paper)) if paper.household else -1 for paper in papers]
    gathering = [named, np.array(books, dtype=np.int64), f.key_of_village()]
    blocks = np.array([*(block for block, _ in pairing), *gathering], dtype=np.int64)
    parts = np.array([*(part for _, part in pairing), none, none, none], dtype=np.int64)
    kinds = np.array([*range(len(pairing)), _NAME, _BOOK, _VILLAGE], dtype=np.int64)[:, None] << 56
    return np.where(blocks >= 0, blocks & _HASH | kinds, -1), np.where(parts >= 0, parts & _PART, -1)
