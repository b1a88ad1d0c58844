"""The age interview: from the animal, the age spoken, brothers and sisters and remembered events to candidate dates.

Everything here proposes; the officer writes down what the old person says and which clue it came from.
"""

from __future__ import annotations

import calendar
import csv
import dataclasses
import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.records.dates import PaperDate
from fieldtool.records.lunar import ANIMALS, FIRST_YEAR, LAST_YEAR, animal, lunar_year, tet
from fieldtool.records.tables import table_text
from fieldtool.records.vietnamese import fold, nfc

STEMS = ("giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy")
_WORDS: dict[str, tuple[str, ...]] = {
    "ty": ("tý", "tí", "chuột"),
    "suu": ("sửu", "trâu"),
    "dan": ("dần", "hổ", "cọp"),
    "mao": ("mão", "mẹo", "mèo"),
    "thin": ("thìn", "rồng"),
    "ti": ("tỵ", "tị", "rắn"),
    "ngo": ("ngọ", "ngựa"),
    "mui": ("mùi", "vị", "dê"),
    "than": ("thân", "khỉ"),
    "dau": ("dậu", "gà"),
    "tuat": ("tuất", "chó"),
    "hoi": ("hợi", "lợn", "heo"),
}
CLUES = ("animal", "age_mu", "age_solar", "older_sibling", "younger_sibling")  # worded as "clue.<code>"
BIRTHS_APART = 270  # days: two children of one mother are at least nine months apart


@dataclass(frozen=True, slots=True)
class Bounds:
    """A span of days, both included, with the code of the clue it comes from."""

    first: datetime.date
    last: datetime.date
    clue: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible lunar year of birth and the days within it that no clue rules out.

    `reasons` are codes of the clues that speak for it: "animal", "age_mu" (one at birth, one more each Tết),
    "age_solar" (completed years), and the clues of bounds that cut it.
    """

    lunar_year: int
    animal: str
    first: datetime.date
    last: datetime.date
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A thing that people of the region remember, from the calendar in resources or added by an officer.

    `name` is the officer's own text; shipped events have their name in the catalogues as "event.<code>".
    """

    code: str
    first: datetime.date
    last: datetime.date
    name: str = ""


def read_animals(text: str) -> tuple[str, ...]:
    """The animals a word may mean, as codes of ANIMALS: "Tý" the rat, "Tỵ" the snake, "ty" without marks both."""
    words = nfc(text).lower().split()
    for word in reversed(words):
        marked = [code for code, names in _WORDS.items() if word in names]
        if marked:
            return tuple(marked)
        plain = [code for code, names in _WORDS.items() if word in {fold(name) for name in names}]
        if plain:
            return tuple(plain)
    return ()


def read_year_name(text: str, first: int = 1900, last: int = 2099) -> tuple[int, ...]:
    """The lunar years that a name such as "Ất Sửu" means, oldest first; () when it names none."""
    words = fold(text).split()
    stems = [STEMS.index(word) for word in words if word in STEMS]
    animals = {ANIMALS.index(code) for code in read_animals(text)}
    if not stems or not animals:
        return ()
    return tuple(y for y in range(first, last + 1) if (y - 4) % 10 == stems[0] and (y - 4) % 12 in animals)


def year_name(year: int) -> tuple[str, str]:
    """Stem and animal of a lunar year as codes ("at", "suu")."""
    return STEMS[(year - 4) % 10], animal(year)


def spoken_age(born: datetime.date, asked: datetime.date) -> int:
    """Tuổi mụ on a day: one at birth and one more at each Tết."""
    return lunar_year(asked) - lunar_year(born) + 1


def candidates(
    *,
    animals: Iterable[str] = (),
    age: int = 0,
    asked: datetime.date | None = None,
    asked_from: datetime.date | None = None,
    counting: str = "",
    bounds: Iterable[Bounds] = (),
    span: tuple[int, int] = (1910, 2030),
) -> tuple[Candidate, ...]:
    """The birth years that agree with the clues, those with most clues first.

    `animals`: codes from `read_animals`. `age` spoken when `asked`; `counting` "mu", "solar" or "" when it is not
    known which. Where only the year of asking is known, `asked` is its last day and `asked_from` its first: completed
    years then leave two whole years, and tuổi mụ is counted after Tết. `bounds` cut days off (see `after_sibling`,
    `around_event` …). `span` limits the lunar years tried.

    Old people are surer of the animal than of the number: a year with the right animal stands before others.
    """
    wanted = frozenset(animals)
    cuts = tuple(bounds)
    found = []
    for year in range(max(span[0], FIRST_YEAR + 1), min(span[1], LAST_YEAR - 1) + 1):
        if wanted and age == 0 and animal(year) not in wanted:
            continue
        for reasons, first, last in _readings(year, wanted, age, (asked_from or asked, asked), counting):
            candidate = _cut(year, first, last, reasons, cuts)
            if candidate is not None:
                found.append(candidate)
    if wanted and found:
        found = [item for item in found if "animal" in item.reasons] or found + _nearest(found, wanted, cuts)
    found.sort(key=lambda item: ("animal" not in item.reasons, "age_mu" not in item.reasons, item.first))
    return tuple(found)


def after_sibling(born: PaperDate) -> Bounds:
    """The bounds that the next older brother or sister sets: at least nine months later."""
    low, _ = span_of(born)
    return Bounds(low + datetime.timedelta(days=BIRTHS_APART), datetime.date.max, "older_sibling")


def before_sibling(born: PaperDate) -> Bounds:
    """The bounds that the next younger brother or sister sets: at least nine months earlier."""
    _, high = span_of(born)
    return Bounds(datetime.date.min, high - datetime.timedelta(days=BIRTHS_APART), "younger_sibling")


def around_event(event: Event, relation: str, years: int = 0) -> Bounds:
    """The bounds that a remembered event sets.

    `relation`: "before" or "after" (born before or after it), "during", or "aged": about `years` old then, a year
    either way, since people do not say by which count.
    """
    clue = f"event.{event.code}"
    if relation == "before":
        return Bounds(datetime.date.min, event.last, clue)
    if relation == "after":
        return Bounds(event.first, datetime.date.max, clue)
    if relation == "during":
        return Bounds(event.first, event.last, clue)
    return Bounds(_shift(event.first, -years - 1), _shift(event.last, 1 - years), clue)


def span_of(date: PaperDate) -> tuple[datetime.date, datetime.date]:
    """The first and last solar day that a written date may mean; all days when it says nothing."""
    if date.calendar == "lunar" and date.candidates:
        return min(date.candidates), max(date.candidates)
    if date.solar is not None:
        return date.solar, date.solar
    if date.precision == "month":
        days = calendar.monthrange(date.year, date.month)[1]
        return datetime.date(date.year, date.month, 1), datetime.date(date.year, date.month, days)
    if date.precision == "year":
        # the year may be a lunar one, which ends up to seven weeks later
        last = tet(date.year + 1) - datetime.timedelta(days=1) if date.year < LAST_YEAR else datetime.date.max
        return datetime.date(date.year, 1, 1), last
    return datetime.date.min + datetime.timedelta(days=BIRTHS_APART), datetime.date.max - datetime.timedelta(
        days=BIRTHS_APART
    )


@lru_cache(maxsize=1)
def events() -> tuple[Event, ...]:
    """The shipped event calendar, oldest first."""
    lines = [line for line in table_text("gazetteer/events.csv").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(io.StringIO("\n".join(lines)))
    day = datetime.date.fromisoformat
    return tuple(Event(row["code"], day(row["first"]), day(row["last"])) for row in rows)


def _readings(
    year: int,
    wanted: frozenset[str],
    age: int,
    asked: tuple[datetime.date | None, datetime.date | None],
    counting: str,
) -> Iterable[tuple[tuple[str, ...], datetime.date, datetime.date]]:
    """The ways in which a lunar year agrees with animal and age: reasons, first and last day."""
    first, last = tet(year), tet(year + 1) - datetime.timedelta(days=1)
    right = ("animal",) if wanted and animal(year) in wanted else ()
    earliest, latest = asked
    if age <= 0 or earliest is None or latest is None:
        if right or not wanted:
            yield right, first, last
        return
    if counting in ("", "mu") and lunar_year(latest) - year + 1 == age:
        yield (*right, "age_mu"), first, last
        return
    if counting in ("", "solar"):
        low = _shift(earliest, -age - 1) + datetime.timedelta(days=1)
        high = _shift(latest, -age)
        if max(low, first) <= min(high, last):
            yield (*right, "age_solar"), max(low, first), min(high, last)


def _nearest(found: list[Candidate], wanted: frozenset[str], cuts: tuple[Bounds, ...]) -> list[Candidate]:
    """The years of the animal next to those the spoken age gives, when no year agrees with both."""
    middle = found[0].lunar_year
    years = sorted((y for y in range(middle - 6, middle + 7) if animal(y) in wanted), key=lambda y: abs(y - middle))
    cut = (_cut(y, tet(y), tet(y + 1) - datetime.timedelta(days=1), ("animal",), cuts) for y in years)
    return [candidate for candidate in cut if candidate is not None]


def _cut(
    year: int, first: datetime.date, last: datetime.date, reasons: tuple[str, ...], cuts: tuple[Bounds, ...]
) -> Candidate | None:
    whole = Candidate(year, animal(year), first, last, reasons)
    for cut in cuts:
        low, high = max(whole.first, cut.first), min(whole.last, cut.last)
        if low > high:
            return None
        if (low, high) != (whole.first, whole.last):
            whole = dataclasses.replace(whole, first=low, last=high, reasons=(*whole.reasons, cut.clue))
    return whole


def _shift(day: datetime.date, years: int) -> datetime.date:
    """The same day some years on; 29 February becomes the 28th."""
    year = min(max(day.year + years, 1), 9999)
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)
