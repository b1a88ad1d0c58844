"""Events: the append-only, hash-chained operations that are the truth; every table is folded out of them.

An event is one operation on one register (kind, record, field). It names the events it supersedes, which are
those its author had seen; what he had not seen stays. Clocks are shown and decide nothing (reference/sync.md C1).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fieldtool.records.documents import Transcript

SCHEMA = 1  # version of what fields and values mean; a reader keeps what it does not know


class RecordKind(StrEnum):
    """What a register belongs to."""

    DOCUMENT = "document"  # content (payload), person (link)
    PERSON = "person"  # one register for each decided field
    PAIR = "pair"  # verdict: "same" or "apart" for two documents, record "a|b" with a < b; proposal
    IMPORT = "import"  # summary (JSON), state ("undone")
    VILLAGE = "village"  # name
    DOUBT = "doubt"  # standing: parked, needs a paper …
    ACT = "act"  # summary (JSON) of an act on many registers, such as a decision in bulk
    PLACE = "place"  # content: a commune no table has, or another name of a village (JSON)
    SURNAME = "surname"  # content: variants of one surname among a people (JSON)
    UNIT = "unit"
    OFFICER = "officer"
    DEVICE = "device"
    HOUSEHOLD = "household"  # path: where its house lies
    VISIT = "visit"  # content (the sheet), state ("undone")
    PLAN = "plan"  # content: one village, one day
    CASE = "case"  # opened, state, owner, due, detail.…, check.…, note.…
    BATCH = "batch"  # a clerk's pile of papers: opened, verified, closed
    MODEL = "model"  # village, content: weights of matching that officers accepted (JSON)
    FIGURES = "figures"  # week: the counts of a week, for the trend
    RECEIPT = "receipt"  # receipt: what headquarters did with a bundle; answer: what it says to one operation
    TRUST = "trust"  # content: the signed trust list
    QUARANTINE = "quarantine"  # verdict: what a person said to an operation held back
    ASSIGNMENT = "assignment"  # holder: the machine that a village was handed to


CONTENT = "content"
LINK = "person"
VERDICT = "verdict"
PROPOSAL = "proposal"  # of a pair: a merge that waits for a second officer
STANDING = "standing"  # of a doubt: what an officer says of it without settling it
SUMMARY = "summary"
STATE = "state"
UNDONE = "undone"
FORK = "fork"  # record of what headquarters says of machines whose work goes on in two copies


@dataclass(frozen=True, slots=True)
class Draft:
    """What a use case wants to happen; the log gives it an id, a place in the chain and a time.

    `value` "" withdraws what the register held. `old` is for the reader of a bundle and decides nothing.
    `basis` is compact JSON: the papers seen, the named reason, the legal rule, the band of a link.
    """

    kind: RecordKind
    record: str
    field: str
    value: str
    supersedes: tuple[str, ...] = ()
    basis: str = ""
    village: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of many documents, none of which supersedes anything: what a list brings in, a batch at a time."""

    transcripts: Sequence[Transcript]
    basis: str = ""

    def drafts(self) -> Iterator[Draft]:
        """The same, one by one."""
        for paper in self.transcripts:
            yield Draft(RecordKind.DOCUMENT, paper.id, CONTENT, paper.payload, basis=self.basis, village=paper.village)


def singly(drafts: Iterable[Draft | Contents]) -> Iterator[Draft]:
    """Drafts with each batch of contents told apart."""
    for draft in drafts:
        if isinstance(draft, Contents):
            yield from draft.drafts()
        else:
            yield draft


class Event(NamedTuple):
    """One immutable operation. A tuple, because a bundle makes them by the ten thousand.

    `id` is "device.incarnation:seq:nonce" with a random 64-bit nonce in hex, so that two clones of one laptop never
    make the same id. `prev` and `hash` are SHA-256 in hex; `prev` is "" for the first event of an incarnation.
    """

    id: str
    device: str
    incarnation: int
    seq: int
    prev: str
    at: str
    author: str
    schema: int
    kind: str
    record: str
    field: str
    value: str
    supersedes: tuple[str, ...]
    basis: str
    village: str
    old: str
    hash: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the local journal: when, by which officer (his id; "" in lines of before that was kept), what was done
    (search, view, print, export, purpose …), of what."""

    at: str
    author: str
    what: str
    detail: str
    hash: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What walking the journal's chain found: its lines, the first that does not follow (counted from 1, 0 for none),
    and the hash of the newest."""

    lines: int
    broken: int
    head: str


_SIZE = struct.Struct(">I")


def canonical_bytes(parts: Iterable[str]) -> bytes:
    """Length-prefixed UTF-8 of some texts: for each a big-endian u32 length, then the bytes."""
    found: list[bytes] = []
    for part in parts:
        encoded = part.encode("utf-8")
        found += (_SIZE.pack(len(encoded)), encoded)
    return b"".join(found)


DOMAIN = b"fieldtool-event-1\0"


def event_hash(event: Event) -> str:
    """SHA-256 of an event's content and of its predecessor's hash; `event.hash` itself is not read."""
    return _hash(event.id, event.prev, event.at, event.author, event.schema, event.supersedes, event)


def chained(draft: Draft, id: str, device: str, incarnation: int, seq: int, prev: str, at: str, author: str) -> Event:
    """The event that a draft becomes at its place in a chain."""
    supersedes = tuple(sorted(draft.supersedes))
    return Event(
        id,
        device,
        incarnation,
        seq,
        prev,
        at,
        author,
        SCHEMA,
        str(draft.kind),
        draft.record,
        str(draft.field),
        draft.value,
        supersedes,
        draft.basis,
        draft.village,
        draft.old,
        _hash(id, prev, at, author, SCHEMA, supersedes, draft),
    )


def _hash(
    id: str, prev: str, at: str, author: str, schema: int, supersedes: tuple[str, ...], said: Draft | Event
) -> str:
    parts = (
        id,
        prev,
        at,
        author,
        str(schema),
        str(said.kind),
        said.record,
        str(said.field),
        said.value,
        "\n".join(supersedes),
        said.basis,
        said.village,
        said.old,
    )
    return hashlib.sha256(DOMAIN + canonical_bytes(parts)).hexdigest()


def hash_of_sized(parts: Iterable[bytes]) -> str:
    """`event_hash` from the texts of an event in its order, each as `canonical_bytes` gives it alone."""
    return hashlib.sha256(DOMAIN + b"".join(parts)).hexdigest()


class ProvedEvents(list[Event]):
    """Events whose hashes were found to be those of their contents by whoever made this list; never changed since."""


class ContentHash:
    """`event_hash` for many contents of documents with one time, author and basis: their common bytes are made once."""

    def __init__(self, at: str, author: str, basis: str) -> None:
        self._before = canonical_bytes((at, author, str(SCHEMA), RecordKind.DOCUMENT))
        self._field = canonical_bytes((CONTENT,))
        self._after = canonical_bytes(("", basis))
        self._old = canonical_bytes(("",))
        self._villages: dict[str, bytes] = {}

    def chain(self, ids: Iterable[str], prev: str, papers: Iterable[Transcript]) -> list[str]:
        """The hashes of events that follow one another, the first of them the one with hash `prev`."""
        size, sha256, before, field = _SIZE.pack, hashlib.sha256, self._before, self._field
        hashes = []
        for id, (record, _, village, _, payload, *_) in zip(ids, papers, strict=True):
            last = self._villages.get(village)
            if last is None:
                last = self._villages[village] = self._after + canonical_bytes((village,)) + self._old
            id_, record_, value_ = id.encode("utf-8"), record.encode("utf-8"), payload.encode("utf-8")
            prev = sha256(
                b"".join((
                    DOMAIN, size(len(id_)), id_, size(len(prev)), prev.encode("ascii"), before,
                    size(len(record_)), record_, field, size(len(value_)), value_, last,
                ))
            ).hexdigest()  # fmt: skip
            hashes.append(prev)
        return hashes


def event_id(device: str, incarnation: int, seq: int, nonce: str) -> str:
    """Build an event's id from its parts."""
    return f"{device}.{incarnation}:{seq}:{nonce}"


def live(events: Iterable[Event]) -> list[Event]:
    """The events of one register that no other event of it supersedes, sorted by id.

    The result depends on the set alone: not on order, repetition or clocks.
    """
    known = {event.id: event for event in events}
    gone = {old for event in known.values() for old in event.supersedes}
    return sorted((event for key, event in known.items() if key not in gone), key=lambda event: event.id)
