"""What the read side tells of field work: visits, members at the door, cases, plans, facts for lists and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldtool.records.presence import Presence

# Figures of a day gone by that the log alone can tell (store/figures_back.py), in the order it counts them.
BACK = ("sure.visited", "live.90", "live.180", "right.seen", "full.met", "full.missing", "full.extra")
CLOCK_AFTER = "clock.after"  # setting: days of events up to this place count no more, the clock was ahead


@dataclass(frozen=True, slots=True)
class PresenceNote:
    """A member's state as it stands. `events` are the live ones; `divided` when two officers were told differently."""

    person: str
    state: Presence | None = None
    day: str = ""
    said_by: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    visit: str = ""
    events: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitNote:
    """A recorded visit in a list."""

    id: str
    household: str
    village: str
    day: str
    at: str
    result: str
    met: str
    next_day: str
    next_time: str
    came: str
    note: str
    author: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A household that waits for a visit, with what is open in it."""

    household: str
    head: str
    book: str
    village: str
    hamlet: str
    place: int
    members: int
    unmet: int  # members on the books nobody has spoken of yet, or not within the span
    doubts: int
    cases: int
    last_day: str
    last_result: str
    next_day: str
    next_time: str
    attempts: int


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A case in a list, and whole. `states` has more than one when two machines moved it apart."""

    id: str
    kind: str
    person: str
    name: str
    household: str
    village: str
    state: str
    owner: str
    opened: str
    due: str
    closed: str
    states: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanNote:
    """A plan for one village and day."""

    id: str
    village: str
    day: str
    helpers: tuple[str, ...]
    households: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """What lists of cards, births and figures need of a person, derived from his papers; days ISO or ""."""

    person: str
    name: str
    village: str
    village_name: str
    household: str
    dob: str
    born: str  # ISO, as precise as known
    sex: str
    card: str  # "n12", "n9" or ""
    issued: str
    expiry: str
    presence: str
    papers: tuple[str, ...] = ()  # kinds of document held
    missing: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    days: int | None = None  # how long what a figure counts of him waited, where it counts days
    about: str = ""  # which of his visits or cases (an id) or fields (its name) is counted, where it counts those


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A number that papers of more than one person bear, or one person's two 12-digit numbers."""

    number: str
    persons: tuple[str, ...]
    names: tuple[str, ...]
    village: str = ""
