"""What a household says of each of its members, the few questions that follow, and how a paper was seen.

A state of a member is one register of his person, so that two officers who were told different things apart both stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PRESENCE = "presence"  # the register's field
SIGHTED = "sighted."  # and the kind of paper: "sighted.birth"


class Presence(StrEnum):
    """How a person stands to the household, as told at the door."""

    HERE = "here"
    MOVED = "moved"
    DIED = "died"
    BORN = "born"
    MARRIED_IN = "married_in"
    WORKING = "working"  # works in another place of the country
    ABROAD = "abroad"
    NOT_ON_BOOKS = "not_on_books"  # lives here, and no book has him
    UNKNOWN = "unknown"  # on the books, and nobody here knows him


ADDING = frozenset({Presence.BORN, Presence.MARRIED_IN, Presence.NOT_ON_BOOKS})
LIVING_HERE = frozenset({Presence.HERE, *ADDING})
BELONGS = frozenset({*LIVING_HERE, Presence.WORKING, Presence.ABROAD})  # still counts as one of the household


class Asked(StrEnum):
    """A question that follows a state; its words are "ask.<code>"."""

    NAME = "name"
    DOB = "dob"
    SEX = "sex"
    N12 = "n12"
    RELATION = "relation"
    CERTIFICATE = "certificate"
    FROM_PLACE = "from_place"
    TO_PLACE = "to_place"
    SINCE = "since"
    DEATH_REGISTERED = "death_registered"
    RETURN = "return"
    COUNTRY = "country"
    KIN = "kin"
    PHONE = "phone"


class Answers(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    DATE = "date"
    YES_NO = "yes_no"
    SEX = "sex"
    NUMBER = "number"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the few; `needed` ones must be answered before the visit can be saved."""

    code: Asked
    takes: Answers = Answers.TEXT
    needed: bool = False


_NAME = Question(Asked.NAME, needed=True)
_DOB = Question(Asked.DOB, Answers.DATE)
_SEX = Question(Asked.SEX, Answers.SEX)
_N12 = Question(Asked.N12, Answers.NUMBER)
_RELATION = Question(Asked.RELATION, Answers.RELATION)
_SINCE = Question(Asked.SINCE, Answers.DATE)
_RETURN = Question(Asked.RETURN, Answers.DATE)

QUESTIONS: Mapping[Presence, tuple[Question, ...]] = {
    Presence.HERE: (),
    Presence.UNKNOWN: (),
    Presence.MOVED: (Question(Asked.TO_PLACE), _SINCE),
    Presence.DIED: (_SINCE, Question(Asked.DEATH_REGISTERED, Answers.YES_NO)),
    Presence.WORKING: (Question(Asked.TO_PLACE), _RETURN, Question(Asked.PHONE)),
    Presence.ABROAD: (Question(Asked.COUNTRY), Question(Asked.KIN), _RETURN),
    Presence.BORN: (_NAME, _DOB, _SEX, _RELATION, Question(Asked.CERTIFICATE, Answers.YES_NO)),
    Presence.MARRIED_IN: (_NAME, _DOB, _SEX, _N12, _RELATION, Question(Asked.FROM_PLACE)),
    Presence.NOT_ON_BOOKS: (_NAME, _DOB, _SEX, _N12, _RELATION, Question(Asked.FROM_PLACE), _SINCE),
}
YES, NO = "yes", "no"


class Sighting(StrEnum):
    """How a paper was seen at the door."""

    ORIGINAL = "original"
    COPY = "copy"
    NOT_SHOWN = "not_shown"


SEEN = frozenset({Sighting.ORIGINAL, Sighting.COPY})


class VisitResult(StrEnum):
    """How a visit ended."""

    DONE = "done"
    PARTLY = "partly"  # some questions stay open
    NOT_HOME = "not_home"
    REFUSED = "refused"
    GONE = "gone"  # the household lives here no more


class TimeOfDay(StrEnum):
    """When to come, and when one came: what people of the village say rather than a clock."""

    ANY = "any"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"  # after dark, when they are back from the fields


def time_of_day(clock: str) -> TimeOfDay:
    """The part of the day of an ISO time, "" or a day alone is ANY."""
    hour = clock[11:13]
    if not hour.isdecimal():
        return TimeOfDay.ANY
    bounds = ((11, TimeOfDay.MORNING), (13, TimeOfDay.NOON), (18, TimeOfDay.AFTERNOON))
    return next((part for end, part in bounds if int(hour) < end), TimeOfDay.EVENING)
