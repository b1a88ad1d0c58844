"""What an officer may say of a doubt without settling it, and the evidence by which that stays true."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from fieldtool.records.persons import Doubt, DoubtKind


class Standing(StrEnum):
    """How a doubt stands while it is not settled; in the order of who is told first when two officers differ."""

    PAPER = "paper"  # needs a paper that is not here
    VISIT = "visit"  # to be asked at the door
    PARKED = "parked"  # put aside until a day or for a reason
    ACCEPTED = "accepted"  # is right as it stands: two persons, an odd family, a number that is so


class Who(StrEnum):
    """Who must act on a doubt."""

    OFFICER = "officer"  # the commune officer alone
    RESIDENT = "resident"  # has to be asked, or to bring a paper
    JUSTICE = "justice"  # cải chính hộ tịch at the commune committee
    POLICE = "police"  # the police unit that issued the number
    SECOND = "second"  # another officer


@dataclass(frozen=True, slots=True)
class Said:
    """One standing as it was said: `seen` is the print of the evidence, `until` an ISO day or ""."""

    standing: Standing
    seen: str
    until: str = ""
    note: str = ""
    paper: str = ""
    author: str = ""
    at: str = ""
    event: str = ""

    def holds(self, doubt: Doubt, today: str = "") -> bool:
        """Whether it still speaks of this doubt: the same evidence, and not past its day."""
        return self.seen == evidence(doubt) and not (self.until and today and self.until <= today)


def evidence(doubt: Doubt) -> str:
    """A print of what a doubt rests on; a standing holds until it changes. Names and weights may change freely."""
    rests = () if doubt.kind is DoubtKind.LINK else doubt.values
    parts = "\x1f".join((doubt.kind, doubt.id, doubt.code, *rests, "", *sorted(doubt.people)))
    return hashlib.sha256(parts.encode("utf-8")).hexdigest()[:16]
