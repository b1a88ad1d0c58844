"""The read side of visits, plans, cases and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from fieldtool.ports.jobs import Progress, no_progress
from fieldtool.records.documents import Document
from fieldtool.records.work import CaseNote, FactLine, PlanNote, PresenceNote, SharedNumber, TaskLine, VisitNote


class FieldWork(Protocol):
    """The read side of what happens at the doors; days are ISO texts."""

    def presences(self, persons: Iterable[str]) -> Mapping[str, PresenceNote]:
        """The states told of these persons; those of whom nothing was told are left out."""

    def sightings(self, persons: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """Person → kind of document → how it was seen last."""

    def visits(self, household: str = "", village: str = "", since: str = "", limit: int = 200) -> list[VisitNote]:
        """Visits that were not taken back, the newest first."""

    def tasks(self, village: str, since: str) -> list[TaskLine]:
        """The households of a village by hamlet and path with what is open; not spoken of since a day is unmet."""

    def cases(
        self,
        kind: str = "",
        village: str = "",
        owner: str = "",
        person: str = "",
        household: str = "",
        *,
        closed: bool = False,
        limit: int = 100_000,
    ) -> list[CaseNote]:
        """Open cases (with `closed` all), the first due first."""

    def case(self, id: str) -> CaseNote | None:
        """One case."""

    def plans(self, village: str = "", since: str = "") -> list[PlanNote]:
        """Plans that were not taken back, the newest day first."""

    def facts(self, village: str = "") -> list[FactLine]:
        """What lists of cards and births need of each person."""

    def shared_numbers(self, village: str = "") -> list[SharedNumber]:
        """Numbers that several persons bear, and persons with two 12-digit numbers."""

    def entered(self, batch: str) -> list[Document]:
        """The documents of a clerk's batch, in the order they were typed."""

    def count_figures(self, day: str, village: str = "") -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """Village → code of a figure → (count, of), as of a day."""

    def count_back(
        self, days: Sequence[str], progress: Progress = no_progress
    ) -> Mapping[str, Mapping[str, Mapping[str, tuple[int, int]]]]:
        """Day → village → code of `records.work.BACK` → (count, of), worked out from the log for days gone by."""

    def list_figure(self, code: str, day: str, village: str = "", *, rest: bool = False) -> list[FactLine]:
        """The persons a figure counts; with `rest` those it is counted among who are not counted."""

    def facts_of(self, persons: Sequence[str]) -> list[FactLine]:
        """The same of these persons, in the order of lists; nothing of one that is none."""

    def lags(self, since: str, village: str = "") -> list[tuple[str, str, str, Mapping[str, str]]]:
        """Person, state, day told, answers: what happened to people and was told since a day."""

    def house_places(self, households: Sequence[str]) -> Mapping[str, tuple[str, int]]:
        """Household → hamlet and place on the path."""

    def done_between(self, first: str, last: str, village: str = "") -> Mapping[str, int]:
        """What was done in a span of days: "visit.<result>", "told.<state>", "opened.<kind>", "closed.<kind>",
        "houses_met", "decided"."""

    def list_done(self, what: str, first: str, last: str, village: str = "") -> list[FactLine]:
        """The lines behind one of them, each with what it is about; a visit's is of the household's first member."""

    def houses(self, village: str = "") -> tuple[int, int]:
        """Households met at a visit, of all."""

    def heads(self, village: str = "", *, met: bool) -> list[FactLine]:
        """The first member of each household that was met at a visit, or was not."""

    def last_written(self, device: str) -> str:
        """The latest time that an event of a device bears, "" when there is none; see `records.work.CLOCK_AFTER`."""

    def last_arrival(self) -> int:
        """The place of the newest event here, 0 for none."""
