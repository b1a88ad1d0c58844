"""What the use cases need from outside, as Protocols; app.py is the only place that joins them to adapters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from fieldtool.records.documents import Document
from fieldtool.records.doubts import Said
from fieldtool.records.events import Contents, Draft, Event
from fieldtool.records.exchange import (
    BundleName,
    BundleNote,
    Cutoff,
    DeviceCard,
    HomeCard,
    Joined,
    Quarantined,
    QuarantineState,
    Scope,
)
from fieldtool.records.form_texts import FormSheet
from fieldtool.records.persons import (
    Doubt,
    DoubtKind,
    Household,
    HouseholdLine,
    Person,
    PersonLine,
    Village,
)
from fieldtool.records.raw_books import RawBook
from fieldtool.records.reasons import Difference
from fieldtool.records.report_books import ReportBook
from fieldtool.records.sticks import StickState
from fieldtool.records.verdicts import Review
from fieldtool.records.work import CaseNote, FactLine, PlanNote, PresenceNote, SharedNumber, TaskLine, VisitNote


class Progress(Protocol):
    """Told how far a job is. Called often; raises `Cancelled` when the user stopped the job."""

    def __call__(self, done: int, total: int, stage: str, /) -> None:
        """`total` 0 means not known; `stage` is a code with its words in the catalogues as "stage.<code>"."""


def no_progress(done: int, total: int, stage: str) -> None:
    """The Progress that tells nobody and never cancels."""


class Clock(Protocol):
    """The wall clock, for display only."""

    def now(self) -> str:
        """ISO 8601 with offset, whole seconds."""


class Ids(Protocol):
    """Randomness, so that tests can repeat themselves."""

    def nonce(self) -> str:
        """64 random bits, 16 hex digits."""

    def record(self) -> str:
        """A new record id: 128 random bits, 32 hex digits."""


class EventLog(Protocol):
    """The append-only log. Every call that writes is one transaction: all or nothing, durable when it returns."""

    def append(self, drafts: Iterable[Draft | Contents], progress: Progress = no_progress) -> tuple[str, ...]:
        """Chain, write and project some operations; the event ids of the single drafts in order. Drafts may be a
        generator: if it raises (Cancelled or anything else), nothing was written."""

    def register(self, kind: str, record: str, field: str) -> list[Event]:
        """The live events of one register (see records.events.live)."""

    def event(self, id: str) -> Event | None:
        """One event by id."""

    def events(self, kind: str = "", record: str = "") -> Iterator[Event]:
        """Events in the order they arrived here, all or of one record."""

    def count(self) -> int:
        """How many events this home holds."""

    def journal_head(self) -> str:
        """Hash of the newest journal line; each bundle's manifest carries it, so that later rewriting shows."""

    def note(self, what: str, detail: str = "") -> None:
        """Write a line of the hash-chained local journal (nhật ký): searches, views, exports, refusals, unlock
        failures. Local; its head travels in each bundle's manifest."""


class Shelf(Protocol):
    """The bundles a home made and received, and their DAG."""

    def bundles(self) -> list[BundleNote]:
        """All notes, oldest first."""

    def outgoing(self, receiver: str, since_receipt: bool = True, villages: Sequence[str] = ()) -> list[Event]:
        """Events that the receiver is not known to hold (or all), in arrival order. An event is known to be held
        when a bundle from the receiver carried it, or when a bundle from the receiver has an ancestor that did."""

    def parents_for(self, receiver: str) -> tuple[str, ...]:
        """Bundle ids that a new bundle to this receiver names as parents (see BundleNote)."""

    def record_made(self, note: BundleNote, events: Sequence[str]) -> None:
        """Remember a proved export in one transaction."""

    def pending(self, receiver: str) -> list[BundleNote]:
        """Bundles made for a receiver that he is not known to hold, oldest first."""

    def join(
        self,
        note: BundleNote,
        events: Sequence[Event],
        progress: Progress = no_progress,
        held: Mapping[str, str] | None = None,
    ) -> Joined:
        """Apply a verified bundle in one transaction, or hold it back when a parent is missing; then also apply
        those that waited for it. A known bundle changes nothing. `held` (event id → reason) goes to quarantine."""


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

    def recall(self, device: str, incarnation: int, seq: int) -> int:
        """Move what a machine wrote after `seq` from the log into quarantine, but for what a person accepted."""

    def clashes(self, bundle: str) -> list[str]:
        """The operations of a bundle that stand beside another live value of their register, by id."""

    def contained(self, bundle: str) -> list[str]:
        """The operations of a bundle, by id."""


class People(Protocol):
    """The read side: what screens show, straight from projections."""

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

    def replace_reviews(self, reviews: Sequence[Review]) -> None:
        """Put the review queue of a new match run in place of the old one."""

    def number_clashes(self, kind: str) -> list[tuple[str, tuple[str, ...]]]:
        """ "shared": (number, persons who hold it); "two": (person, his 12-digit numbers); "placeholder": (number that
        stands for none, persons whose papers have it)."""

    def number_holders(self, numbers: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Which persons hold each of these identifying numbers; placeholders are nobody's."""

    def lines(self, persons: Iterable[str]) -> Mapping[str, PersonLine]:
        """Persons by id as lines of a list."""

    def counts(self) -> Mapping[str, int]:
        """documents, persons, households, villages, events, doubts."""


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

    def list_figure(self, code: str, day: str, village: str = "", *, rest: bool = False) -> list[FactLine]:
        """The persons a figure counts; with `rest` those it is counted among who are not counted."""

    def lags(self, since: str, village: str = "") -> list[tuple[str, str, Mapping[str, str]]]:
        """State, day told, answers: what happened to people and was told since a day."""

    def house_places(self, households: Sequence[str]) -> Mapping[str, tuple[str, int]]:
        """Household → hamlet and place on the path."""

    def done_between(self, first: str, last: str, village: str = "") -> Mapping[str, int]:
        """What was done in a span of days: "visit.<result>", "told.<state>", "opened.<kind>", "closed.<kind>",
        "houses_met", "decided"."""

    def houses(self, village: str = "") -> tuple[int, int]:
        """Households met at a visit, of all."""

    def last_written(self, device: str) -> str:
        """The latest time that an event of a device bears, "" when there is none."""


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

    def names(self, prefix: str) -> list[str]:
        """The names that begin with a prefix and hold a text, sorted."""


class ImportReports(Protocol):
    """What was said of each row of an import, kept in this home alone so that the report can be written again."""

    def put(self, id: str, parts: Iterable[bytes]) -> None:
        """Keep the parts of an import's report, all in one transaction."""

    def parts(self, id: str) -> Iterator[bytes]:
        """The parts of an import's report in order; none when it was made elsewhere or before they were kept."""


class Sticks(Protocol):
    """Folders outside the home: sticks and export folders."""

    def write_proved(self, folder: Path, name: str, content: bytes) -> Path:
        """Write under a temporary name, flush, read back and compare, rename; never over an existing name."""

    def look_at(self, folder: Path) -> list[StickState]:
        """What is to be said about a folder before it is used, the gravest first."""

    def settled(self, folder: Path) -> bool:
        """Whether everything lies on the stick, so that it may be pulled."""

    def read(self, path: Path, limit: int) -> bytes:
        """The bytes of a file of at most `limit` bytes."""


class InstallState(StrEnum):
    """How far an installation came."""

    INSTALLED = "installed"
    STARTED = "started"  # the setup goes on when this program has closed


class Installer(Protocol):
    """The program's own place on this machine, and how a newer one gets there."""

    def stage(self, setup: Path, progress: Progress = no_progress) -> Path:
        """Copy a setup off the stick to where it will be run from; DISK_FULL, NOT_WRITABLE, READ_FAILED."""

    def install(self, setup: Path, progress: Progress = no_progress) -> InstallState:
        """Put the new program in place after its self-test; UPDATE_ROLLED_BACK with the old one untouched,
        UPDATE_NOT_INSTALLED when this program lies nowhere a setup put it."""


class Workbooks(Protocol):
    """Foreign lists, read in safety; reports on them."""

    def read(self, path: Path, progress: Progress = no_progress) -> RawBook:
        """Open a list (.xlsx, .xls, .ods, .csv) for reading. A file that is none, or that is hostile, is refused by
        name before any row is given: NO_FILE, NOT_A_WORKBOOK, HOSTILE_…, PROTECTED_WORKBOOK, READER_FAILED."""

    def write_report(self, path: Path, book: ReportBook) -> Path:
        """Write a report as .xlsx in little memory, every cell a text; NOT_WRITABLE or DISK_FULL. An older report of
        the name is replaced when the new one is whole."""


class Keys(Protocol):
    """This device's keys and the certificates it trusts; no switch turns verification off."""

    def card(self) -> DeviceCard:
        """This device's card; its signature is "" until headquarters enrolled it."""

    def sign(self, purpose: str, message: bytes) -> str:
        """Signature in hex over purpose, a zero byte and the message."""

    def verify(self, card: DeviceCard, purpose: str, message: bytes, signature: str) -> bool:
        """Whether the signature is the device's."""

    def known(self, device: str, incarnation: int) -> DeviceCard | None:
        """The trusted card of a device, None when it is not on the trust list."""

    def receivers(self, unit: str) -> list[DeviceCard]:
        """The trusted cards of a unit, to seal for."""

    def seal(self, content: bytes, receivers: Sequence[DeviceCard]) -> bytes:
        """Seal to the receivers; nobody else, the sender included, can open it."""

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed to this device; BUNDLE_NOT_OURS or BUNDLE_TRUNCATED otherwise."""

    def trusted(self) -> list[DeviceCard]:
        """Every card of the trust list, by unit and device."""

    def enrolled(self) -> bool:
        """Whether this device holds a card signed by headquarters' root."""

    def request(self) -> str:
        """The text of a request for enrolment: this device's card, signed by itself."""

    def read_request(self, text: str) -> DeviceCard:
        """The card of a request whose own signature holds; BAD_REQUEST_FILE otherwise. Trusts nothing yet."""

    def admit(self, card: DeviceCard) -> str:
        """Sign a card into the trust list and give the answer's text; NOT_HEADQUARTERS without the root key."""

    def adopt(self, answer: str) -> DeviceCard:
        """Take in headquarters' answer; the card of headquarters. BAD_REQUEST_FILE when it is not for this device,
        not signed, of another root, or older than what is known."""

    def own_seals(self) -> set[str]:
        """The seal keys under which others may have written to this machine: today's and those before a renewal."""

    def renew(self) -> None:
        """Prepare new keys and the next incarnation of this machine; they hold once headquarters answered."""

    def words_of(self, card: DeviceCard) -> tuple[str, ...]:
        """Six words that stand for a card's keys, to be read aloud on both sides."""

    def root_words(self) -> tuple[str, ...]:
        """Six words that stand for the root key this device trusts; none before enrolment."""


class Trust(Protocol):
    """The trust list: headquarters signs into it, laptops take in newer ones."""

    def number(self) -> int:
        """The number of the trust list, which only rises; 0 before enrolment."""

    def cutoffs(self) -> tuple[Cutoff, ...]:
        """The revoked machines."""

    def scopes(self) -> tuple[Scope, ...]:
        """What headquarters lets machines write, where it said so."""

    def list_text(self) -> str:
        """The signed trust list as a text."""

    def take_list(self, text: str) -> bool:
        """Take in a trust list: True when it was newer. TRUST_OLDER, or TRUST_BAD_LIST for one that is not signed by
        the known root or by a new root that the known one signed."""

    def revoke(self, cutoff: Cutoff) -> str:
        """Sign a cut-off into the trust list; its text. NOT_HEADQUARTERS without the root key."""

    def assign(self, scope: Scope) -> str:
        """Sign a scope into the trust list in place of the machine's former one; its text. NOT_HEADQUARTERS."""

    def new_root(self) -> str:
        """Make a new root key, signed by the old and the new one, and sign every card anew; the list's text."""


Row = tuple[int, tuple[str, ...]]  # a sheet's row: its number counted from 1, and its cells


class Words(Protocol):
    """Sentences of one language, for what is printed."""

    def say(self, code: str, /, **values: object) -> str:
        """The sentence of a code."""

    def difference(self, difference: Difference) -> str:
        """A named difference in words."""


class Forms(Protocol):
    """Printed forms."""

    @property
    def words(self) -> Words:
        """The language of the forms: Vietnamese, whatever the screen speaks."""

    def pdf(self, sheets: Sequence[FormSheet], progress: Progress = no_progress) -> bytes:
        """Sheets as one PDF on A4, each beginning on a page of its own, fonts inside, text that can be copied."""


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

    def changes(self, content: bytes) -> Iterator[Row]:
        """The rows of the change sheet, the heading among them, one at a time; errors as `manifest`."""


@dataclass(frozen=True, slots=True)
class Home:
    """The ports of one open home; app.py builds it and every use case takes it first."""

    card: HomeCard
    log: EventLog
    people: People
    shelf: Shelf
    depot: Depot
    settings: Settings
    reports: ImportReports
    keys: Keys
    trust: Trust
    sticks: Sticks
    books: BundleBooks
    clock: Clock
    ids: Ids
    work: FieldWork
    drafts: Drafts
