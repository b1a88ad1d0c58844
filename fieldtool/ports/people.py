"""The read side of documents, persons, households and doubts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from fieldtool.ports.paper_index import PaperIndex
from fieldtool.records.documents import Document
from fieldtool.records.doubts import Said
from fieldtool.records.persons import Doubt, DoubtKind, Household, HouseholdLine, Person, PersonLine, Village
from fieldtool.records.verdicts import Review


class People(Protocol):
    """The read side: what screens show, straight from projections."""

    @property
    def index(self) -> PaperIndex:
        """The papers under the matcher's keys."""

    def search(self, text: str, limit: int = 50) -> list[PersonLine]:
        """Persons whose names, numbers, village or book match every word of the text: accents or none, any order,
        word beginnings, and fragments (3+ digits) of numbers. Marked spelling ranks above folded."""

    def person(self, id: str) -> Person | None:
        """One person, whole."""

    def household(self, id: str) -> Household | None:
        """One household, whole."""

    def villages(self) -> list[Village]:
        """Villages of this home, in Vietnamese order."""

    def households(self, village: str = "", offset: int = 0, limit: int = 200) -> list[HouseholdLine]:
        """Households of a village or of all, ordered by village and book."""

    def persons(self, village: str = "", offset: int = 0, limit: int = 200) -> list[PersonLine]:
        """Persons of a village or of all, in Vietnamese order of given name."""

    def doubts(
        self, village: str = "", kind: DoubtKind | None = None, field: str = "", offset: int = 0, limit: int = 200
    ) -> list[Doubt]:
        """The review queue: a household's doubts together, divided decisions first; a doubt that an officer put
        aside is among them and says so. Lines of kind SPELLING only when that kind is asked for."""

    def doubts_near(self, household: str, persons: Sequence[str]) -> list[Doubt]:
        """The lines of one household and of some persons, unsorted: what one act may have changed."""

    def standings(self) -> Mapping[str, Said]:
        """What officers said of doubts without settling them, by the doubt's id, whether or not it still holds."""

    def doubt(self, id: str) -> Doubt | None:
        """One line of the queue by its id."""

    def doubt_counts(self, village: str = "") -> Mapping[str, int]:
        """How many doubts are open, by kind."""

    def documents(self) -> Iterator[Document]:
        """Every document that is not withdrawn, by id."""

    def documents_of_import(self, id: str) -> Iterator[Document]:
        """Every document that an import brought in and that is not withdrawn, by id."""

    def document(self, id: str) -> Document | None:
        """One document."""

    def known_documents(self, ids: Iterable[str]) -> set[str]:
        """Which of these documents the home already holds and has not withdrawn."""

    def links(self) -> Mapping[str, tuple[str, str]]:
        """Document id → (person id, band) of every document that is not withdrawn and has been matched."""

    def pair_verdicts(self) -> Mapping[tuple[str, str], str]:
        """Officers' verdicts: (a, b) with a < b → "same" or "apart"."""

    def reviews(self) -> Iterator[Review]:
        """The doubtful pairs of the last match run that are still undecided."""

    def reviews_of(self, documents: Sequence[str]) -> list[Review]:
        """The pairs of the last match run that name one of some documents, decided or not, the heaviest first."""

    def kept(self, name: str) -> str:
        """A text of the settings, for a reader that has no settings of its own."""

    def officer_called(self, id: str) -> str:
        """An officer's name as far as this home knows it; his id else."""

    def replace_reviews(self, reviews: Sequence[Review], of: Collection[str] | None = None) -> None:
        """Put the review queue of a new match run in place of the old one, or that of some documents alone."""

    def number_clashes(self, kind: str) -> list[tuple[str, tuple[str, ...]]]:
        """ "shared": (number, persons who hold it); "two": (person, his 12-digit numbers); "placeholder": (number that
        stands for none, persons whose papers have it)."""

    def number_holders(self, numbers: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Which persons hold each of these identifying numbers; placeholders are nobody's."""

    def lines(self, persons: Iterable[str]) -> Mapping[str, PersonLine]:
        """Persons by id as lines of a list."""

    def counts(self, *names: str) -> Mapping[str, int]:
        """documents, persons, households, villages, events, doubts; with names, those alone."""
