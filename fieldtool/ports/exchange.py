"""Bundles: the shelf of those made and received, what is kept beside them, sticks, and their workbook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from fieldtool.ports.jobs import Progress, no_progress
from fieldtool.records.events import Event
from fieldtool.records.exchange import BundleName, BundleNote, Joined, Makers, Quarantined, QuarantineState
from fieldtool.records.sticks import StickState

Judge = Callable[[BundleNote, Sequence[Event]], Mapping[str, str]]  # event id → reason for quarantine


class Shelf(Protocol):
    """The bundles a home made and received, and their DAG."""

    def bundles(self) -> list[BundleNote]:
        """All notes, oldest first."""

    def outgoing(
        self,
        receiver: str,
        since_receipt: bool = True,
        villages: Sequence[str] = (),
        holders: Sequence[Makers] = (),
    ) -> Iterator[Event]:
        """Events that the receiver is not known to hold (or all), in arrival order. An event is known to be held
        when a bundle from the receiver carried it, or when a bundle from the receiver has an ancestor that did;
        `holders` names the receiver's machines where each must hold it (usecases/what_they_hold.py)."""

    def parents_for(self, receiver: str, holders: Sequence[Makers] = ()) -> tuple[str, ...]:
        """Bundle ids that a new bundle to this receiver names as parents (see BundleNote)."""

    def waits_in_vain(self, bundle: str) -> bool:
        """Whether every operation of a waiting bundle is here by another way, or in quarantine."""

    def record_made(self, note: BundleNote, events: Sequence[str]) -> None:
        """Remember a proved export in one transaction."""

    def pending(self, receiver: str, holders: Sequence[Makers] = ()) -> list[BundleNote]:
        """Bundles made for a receiver that he is not known to hold, oldest first."""

    def join(
        self,
        note: BundleNote,
        events: Sequence[Event],
        progress: Progress = no_progress,
        held: Mapping[str, str] | None = None,
        judge: Judge | None = None,
    ) -> Joined:
        """Apply a verified bundle in one transaction, or hold it back when a parent is missing; then also apply
        those that waited for it. A known bundle changes nothing. `held` (event id → reason) goes to quarantine. What
        is held of a bundle that had waited is asked of `judge` when its turn comes, inside the transaction; without
        one it is what was held when it came. One noted as MADE is this machine's own that comes back: it waits for
        nothing, since its maker knew all of it."""


class Depot(Protocol):
    """What a home keeps beside its log for the exchange. Each call that writes is one transaction."""

    def keep_file(self, bundle: str, receiver: str, file: str, content: bytes) -> None:
        """Keep a sealed file as it was written, or as a courier was given it; kept once."""

    def files(self, receiver: str = "") -> list[tuple[str, str, str]]:
        """Bundle, receiver and file name of every kept file, or of those to one receiver, oldest first."""

    def content(self, bundle: str) -> bytes:
        """The bytes of a kept file; UNKNOWN_BUNDLE when there are none."""

    def drop_files(self, bundles: Sequence[str]) -> None:
        """Forget kept files."""

    def name_bundles(self, names: Iterable[BundleName]) -> None:
        """Remember how bundles are called that others spoke of."""

    def named(self, bundles: Iterable[str]) -> Mapping[str, BundleName]:
        """The names of bundles, as far as anybody told them."""

    def quarantined(self, state: QuarantineState | None = None) -> list[Quarantined]:
        """Operations in quarantine, of one state or all, by id."""

    def settle(self, event: str, state: QuarantineState, note: str) -> None:
        """Write down what a person said; accepted, the operation is applied. NOT_FOUND for one that is not held."""

    def disown(self, device: str, incarnation: int, believed: Sequence[str]) -> None:
        """Take bundles that stolen keys of headquarters made, all but those believed, for nobody's: what they claim to
        acknowledge is not acknowledged."""

    def recall(self, device: str, incarnation: int, seq: int, judges: Collection[str]) -> int:
        """Move what a machine wrote after `seq` from the log into quarantine, but for what a person at one of the
        machines `judges` accepted."""

    def clashes(self, bundle: str) -> list[str]:
        """The operations of a bundle that stand beside another live value of their register, by id."""

    def contained(self, bundle: str) -> list[str]:
        """The operations of a bundle, by id."""

    def villages_of(self, things: Iterable[tuple[str, str]], maker: str) -> Mapping[tuple[str, str], set[str]]:
        """The villages of things known here (kind and id: document, person, household, case, visit, plan, doubt), ""
        among them for what names none; of an import the villages of papers that other machines than `maker` brought
        with it. What nobody here knows is left out."""

    def villages_ever(self, persons: Sequence[str]) -> Mapping[str, set[str]]:
        """The villages of all papers that ever were a person's. Walks all links: for the few that are in question."""


class Sticks(Protocol):
    """Folders outside the home: sticks and export folders."""

    def write_proved(self, folder: Path, name: str, content: bytes) -> Path:
        """Write under a temporary name, flush, read back and compare, rename; never over an existing name."""

    def look_at(self, folder: Path) -> list[StickState]:
        """What is to be said about a folder before it is used, the gravest first."""

    def settled(self, folder: Path) -> bool:
        """Whether everything lies on the stick, so that it may be pulled."""

    def points_elsewhere(self, path: Path) -> bool:
        """Whether a name is a link, a junction or a shortcut: such a thing is never followed."""

    def read(self, path: Path, limit: int) -> bytes:
        """The bytes of a file of at most `limit` bytes."""


Row = tuple[int, tuple[str, ...]]  # a sheet's row: its number counted from 1, and its cells


class BundleBooks(Protocol):
    """The workbook of a bundle: written and read as sheets of text, its meaning lies in `bundles`."""

    def label(self, field: str) -> str:
        """The name of a field for the human reader of a bundle, "" when there is none."""

    def write(
        self, changes: Iterable[tuple[str, ...]], manifest: Callable[[], Iterable[tuple[str, ...]]]
    ) -> tuple[bytes, int]:
        """The workbook's bytes and the number of change rows; `manifest` is asked after the last change. Nothing is
        written to the disk."""

    def manifest(self, content: bytes) -> list[Row]:
        """The rows of the manifest sheet, after the package was found harmless: BUNDLE_NOT_A_BUNDLE,
        BUNDLE_TRUNCATED, HOSTILE_WORKBOOK and its kin, BUNDLE_NOT_TEXT otherwise."""

    def saved_by(self, content: bytes) -> str:
        """The program that saved the workbook after it was written here, as it names itself; "" for none."""

    def changes(self, content: bytes) -> Iterator[Row]:
        """The rows of the change sheet, the heading among them, one at a time; errors as `manifest`."""
