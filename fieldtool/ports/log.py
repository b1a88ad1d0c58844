"""The log of operations and what is kept beside it on this machine alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from fieldtool.ports.jobs import Progress, no_progress
from fieldtool.records.events import Contents, Draft, Event, Note, Proof


class EventLog(Protocol):
    """The append-only log. Every call that writes is one transaction: all or nothing, durable when it returns."""

    def soon(self, count: int) -> AbstractContextManager[Callable[[Mapping[str, str]], None]]:
        """Within the block, so many operations are about to be appended: what helps with many is made ready.

        It gives what may be told, once, of links that the next append will write, document → person: work on them then
        begins at once. Nothing follows from it but time.
        """

    def append(
        self,
        drafts: Iterable[Draft | Contents],
        progress: Progress = no_progress,
        beside: Callable[[], None] | None = None,
    ) -> tuple[str, ...]:
        """Chain, write and project some operations; the event ids of the single drafts in order. Drafts may be a
        generator: if it raises (Cancelled or anything else), nothing was written.

        `beside` writes what belongs to the same act and follows from no operation (the index of papers, the queue);
        it is called once, after the operations are written, in their transaction.
        """

    def register(self, kind: str, record: str, field: str) -> list[Event]:
        """The live events of one register (see records.events.live)."""

    def event(self, id: str) -> Event | None:
        """One event by id."""

    def events(self, kind: str = "", record: str = "") -> Iterator[Event]:
        """Events in the order they arrived here, all or of one record."""

    def backwards(self, kinds: Collection[str], but: str = "") -> Iterator[Event]:
        """Events of some kinds, the newest arrival first, but those of one field. Read as it is walked: write
        nothing before the walk is over."""

    def count(self) -> int:
        """How many events this home holds."""

    def heads(self) -> Mapping[tuple[str, int], tuple[int, str]]:
        """Number and hash of the last event of each machine and incarnation; of two copies' the greater hash."""

    def hashes_at(self, device: str, incarnation: int, seq: int) -> set[str]:
        """The hashes of the events that a machine wrote under one number: several when it was cloned."""

    def journal_head(self) -> str:
        """Hash of the newest journal line; each bundle's manifest carries it, so that later rewriting shows."""

    def note(self, what: str, detail: str = "") -> None:
        """Write a line of the hash-chained local journal (nhật ký): searches, views, exports, refusals, unlock
        failures, with the officer who sits at the machine. Local; its head travels in each bundle's manifest."""

    def notes(self) -> Iterator[Note]:
        """The lines of the local journal, oldest first."""

    def authors(self) -> list[str]:
        """The ids of all officers who wrote an operation or a line of the journal."""

    def prove_notes(self) -> Proof:
        """Walk the journal's chain from its first line."""


class Drafts(Protocol):
    """What is being typed; each call is durable when it returns. Local to this machine, never exchanged."""

    def keep(self, name: str, text: str) -> None:
        """Keep a draft under a name, in place of the one before."""

    def kept(self, name: str) -> str:
        """The draft of a name, "" when there is none."""

    def drop(self, name: str) -> None:
        """Forget a draft."""

    def names(self, prefix: str = "") -> list[str]:
        """Names of drafts that begin with a text."""


class Settings(Protocol):
    """Small texts kept inside the encrypted home: who and where this home is, device keys, trust list, look."""

    def get(self, name: str) -> str:
        """The text kept under a name, "" when there is none."""

    def put(self, name: str, value: str) -> None:
        """Keep a text; durable when it returns."""

    def drop(self, name: str) -> None:
        """Keep nothing under a name any more."""

    def names(self, prefix: str) -> list[str]:
        """The names that begin with a prefix and hold a text, sorted."""


class ImportReports(Protocol):
    """What was said of each row of an import, kept in this home alone so that the report can be written again."""

    def put(self, id: str, parts: Iterable[bytes]) -> None:
        """Keep the parts of an import's report, all in one transaction."""

    def parts(self, id: str) -> Iterator[bytes]:
        """The parts of an import's report in order; none when it was made elsewhere or before they were kept."""
