"""The index of papers beside the tables: finds those worth comparing with one paper without reading all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Entry(NamedTuple):
    """A paper as the index keeps it: what is compared of it as text, and its keys (block, part)."""

    document: str
    content: str
    keys: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class IndexState:
    """How many papers the index holds, the last event it knows, and the model of the run that made it ("" for none)."""

    papers: int = 0
    arrival: int = 0
    model: str = ""


class Totals(NamedTuple):
    """Living documents, persons, documents that share their person with another one, pairs kept for review."""

    documents: int
    persons: int
    linked: int
    reviews: int


class Nearby(NamedTuple):
    """The contents of papers found, and whether the index holds the paper they were asked for."""

    contents: list[str]
    held: bool


class PaperIndex(Protocol):
    """Papers under the keys of the matcher. A whole match run makes it; it lags behind the tables until it is told."""

    def state(self) -> IndexState:
        """What the index holds."""

    def complete(self) -> str:
        """How complete that run found the lists, as it told `make_anew`; "" before the first."""

    def near(self, keys: Iterable[tuple[int, int]], own: str, cap: int, most: int) -> Nearby:
        """The papers that share a block with a paper (`own`, itself left out), each once.

        A block of more than `cap` papers, the asking one included, gives those that share its part too, up to `most`.
        """

    def under(self, blocks: Iterable[int]) -> list[str]:
        """The contents of all papers under some blocks, however many."""

    def count(self, blocks: Iterable[int]) -> Mapping[int, int]:
        """How many papers stand under each block."""

    def contents(self, documents: Iterable[str]) -> Mapping[str, str]:
        """The contents of some papers; those it does not hold are left out."""

    def persons(self, documents: Iterable[str]) -> Mapping[str, str]:
        """Whom some living papers speak of; those without a person are left out."""

    def of_persons(self, persons: Iterable[str]) -> list[str]:
        """The contents of all living papers of some persons."""

    def changed(self) -> set[str]:
        """Documents written, withdrawn, brought back or left without a person since the index was told."""

    def last_arrival(self) -> int:
        """The number of the newest event of the home."""

    def totals(self) -> Totals:
        """How the home stands."""

    def put(self, fresh: Sequence[Entry], old: Sequence[Entry], arrival: int) -> None:
        """Drop what it holds of some papers, exactly as it holds it, then take in papers, new or changed; it knows the
        events up to `arrival` then."""

    def make_anew(
        self,
        contents: Iterable[tuple[str, str]],
        keys: Iterator[Sequence[tuple[int, int, int]]],
        state: IndexState,
        complete: str,
    ) -> None:
        """Forget everything and hold these (document, content), and their keys (block, part, place counted from 1)."""
