"""Values of the exchange between homes: devices and units with keys, notes on bundles, what a join did."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from fieldtool.records.events import Event


class Role(StrEnum):
    """What a unit or officer may do (reference/sync.md C5)."""

    COMMUNE = "can_bo_xa"
    COMMUNE_HEAD = "truong_xa"
    HEADQUARTERS = "hq_nhap"
    AUDITOR = "kiem_tra"


Makers = frozenset[tuple[str, int]]  # incarnations of one machine: device and number
CARRIED = "*"  # the receiver of a sealed file that a courier was given: only its seal knows
KEPT = "^"  # the same of headquarters' own bundles that a laptop keeps, should headquarters come back from a backup
SUITES = ("modern", "qcvn15")  # what trust/suite.py offers


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """A device's public face, signed by headquarters' root (its certificate).

    Keys are text as their suite writes them: `sign_key` in hex, `seal_key` an age recipient ("age1…") or an RSA key in
    base64url. `signature` is hex,
    by the root over the canonical bytes of the other fields; "" on a mere request.
    """

    device: str
    incarnation: int
    unit: str
    unit_name: str
    officer: str
    role: str
    areas: tuple[str, ...]
    sign_key: str
    seal_key: str
    serial: int = 0
    issuer: str = ""
    suite: str = "modern"  # or "qcvn15"; see trust/suite.py
    signature: str = ""


@dataclass(frozen=True, slots=True)
class HomeCard:
    """Whose home this is; kept in the home's settings."""

    device: str
    incarnation: int
    unit: str
    unit_name: str
    commune: str
    officer: str
    officer_name: str
    headquarters: bool

    def to_text(self) -> str:
        """The JSON that the settings keep under "home.card"."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> HomeCard:
        """Read back what `to_text` wrote."""
        return cls(**json.loads(text))


class BundleState(StrEnum):
    """What became of a bundle here."""

    MADE = "made"
    APPLIED = "applied"
    WAITING = "waiting"  # a parent is missing


@dataclass(frozen=True, slots=True)
class BundleNote:
    """What a home remembers of a bundle it made or received.

    `id` is the SHA-256 (hex) of its canonical header. `parents` are bundle ids: the last bundles this maker knows the
    receiver to hold, and the receiver's bundles that the maker has applied (which acknowledges them).
    """

    id: str
    device: str
    incarnation: int
    number: int
    receiver: str
    parents: tuple[str, ...]
    state: BundleState
    made_at: str
    events: int
    file: str = ""
    unit: str = ""  # the maker's unit


@dataclass(frozen=True, slots=True)
class Joined:
    """What receiving one bundle did. `held` operations went to quarantine; `forks` names devices of which two bundles
    carry one number; `released` are bundles that had waited for this one, or for one of those, and were applied."""

    bundle: str
    state: BundleState
    new_events: int
    known_events: int
    conflicts_raised: int
    missing_parents: tuple[str, ...] = ()
    forks: tuple[str, ...] = ()
    held: int = 0
    released: tuple[Joined, ...] = ()


class Result(StrEnum):
    """What became of one operation at headquarters; a receipt tells it."""

    ACCEPTED = "accepted"
    CONFLICT = "conflict"  # accepted, and it stands beside another value until a person decides
    REFUSED = "refused"
    NEEDS_PAPER = "needs_paper"
    QUARANTINED = "quarantined"


class Held(StrEnum):
    """Why an operation was put in quarantine for a person."""

    REVOKED = "revoked"  # written after the cut-off of a revoked machine
    OUTSIDE_VILLAGES = "outside_villages"
    OUTSIDE_ROLE = "outside_role"
    AFTER_HANDOVER = "after_handover"
    UNREADABLE = "unreadable"  # broken, or of a kind that only a newer program knows


class QuarantineState(StrEnum):
    """What a person said to an operation in quarantine."""

    HELD = "held"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One operation that waits for a person, whole; `note` is his reason."""

    event: Event
    bundle: str
    reason: Held
    state: QuarantineState
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A revoked machine: nothing it wrote after event `seq`, and none of its bundles but these, is believed unseen."""

    device: str
    incarnation: int
    seq: int
    bundles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What headquarters lets a machine write: an officer's role (records.roles) and villages, () for its whole area."""

    device: str
    role: str
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleName:
    """A bundle as people call it: which machine's, and its number there."""

    id: str
    device: str
    incarnation: int
    number: int
