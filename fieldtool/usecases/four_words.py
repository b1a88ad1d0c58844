"""đúng, đủ, sạch, sống as figures: counts with what they are counted among, by village, and over the weeks.

Never one score. Every figure names people (or cases) and opens the list of them (reference/domain.md 6).
"""

from __future__ import annotations

import datetime
import json
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.ports import FieldWork, Home
from fieldtool.records.dates import parse_date
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require
from fieldtool.usecases.seen_people import bounds_of
from fieldtool.usecases.today import day_after, days_between, today

WORDS: Mapping[str, tuple[str, ...]] = {
    "right": ("right.both", "right.agreed", "right.seen"),
    "full": (
        "full.filled",
        "full.fields",
        "full.met",
        "full.missing",
        "full.extra",
        "full.number",
        "full.card",
        "full.account",
    ),
    "clean": ("clean.all", "clean.duplicate", "clean.shared", "clean.kin", "clean.form", "clean.dead"),
    "live": ("live.90", "live.180", "live.lag", "live.late"),
    "sure": ("sure.visited", "sure.houses"),
    "people": (
        "people.born",
        "people.died",
        "people.moved",
        "people.married_in",
        "people.abroad",
        "people.working",
    ),
}
LEADING = {"right": "right.both", "full": "full.filled", "clean": "clean.all", "live": "live.90"}
# Figures where a higher count is worse: the list behind the count is the work list.
BAD = frozenset(
    {
        "full.missing",
        "clean.duplicate",
        "clean.shared",
        "clean.kin",
        "clean.form",
        "clean.dead",
        "live.late",
        "live.lag",
    }
)
NEUTRAL = frozenset({"full.extra", *WORDS["people"]})
LATE_DAYS = 7
_NOWHERE = "-"  # the register of people no paper places
_BY_PLACE = frozenset({"sure.houses", "live.late", "live.lag"})  # asked village by village
Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class FourWords:
    """The figures of a day: by village, and of all villages together. "live.lag" holds (median days, events)."""

    day: str
    villages: Mapping[str, Counts]
    total: Counts


def four_words(work: FieldWork, day: str, village: str = "") -> FourWords:
    """Count everything as of a day."""
    counted = {place: dict(counts) for place, counts in work.count_figures(day, village).items()}
    total: dict[str, tuple[int, int]] = {}
    for counts in counted.values():
        for code, (count, of) in counts.items():
            before = total.get(code, (0, 0))
            total[code] = (before[0] + count, before[1] + of)
    for place, counts in counted.items():
        if place:  # "" holds people no paper places, and would be asked as all villages
            counts |= _more(work, day, place)
    total |= _more(work, day, village)
    return FourWords(day, counted, total)


def _more(work: FieldWork, day: str, village: str) -> dict[str, tuple[int, int]]:
    corrections = work.cases("correction", village)
    late = sum(days_between(case.opened, day) > LATE_DAYS for case in corrections)
    return {
        "sure.houses": work.houses(village),
        "live.late": (late, len(corrections)),
        "live.lag": lag_of(work, day, village),
    }


def lag_of(work: FieldWork, day: str, village: str = "") -> tuple[int, int]:
    """Median days from a birth, death or move to the day it was told, over the year that ends on a day; and of how
    many."""
    spans = [span for _, span in lags(work, day, village) if span is not None]
    return (round(statistics.median(spans)), len(spans)) if spans else (0, 0)


def lags(work: FieldWork, day: str, village: str) -> list[tuple[str, int | None]]:
    """Person and days from his birth, death or move to the day it was told, over the year that ends on a day; None
    where the day it happened is not known."""
    found: list[tuple[str, int | None]] = []
    for person, state, told, answers in work.lags(day_after(day, -365), village):
        if told > day:
            continue
        text = answers.get("dob", "") or answers["born"] if state == "born" else answers.get("since", "")
        happened = parse_date(text).solar
        known = happened is not None and bool(told)
        found.append((person, max(days_between(happened.isoformat(), told), 0) if happened and known else None))
    return found


def week_of(day: str) -> str:
    """The ISO week of a day, "2026-W48"."""
    year, week, _ = datetime.date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"


def week_span(week: str) -> tuple[str, str]:
    """Monday and Sunday of a week; BAD_VALUE for what is no week."""
    try:
        monday = datetime.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    except ValueError as error:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": week, "detail": "2026-W48"}) from error
    return monday.isoformat(), (monday + datetime.timedelta(days=6)).isoformat()


def keep_week(home: Home) -> FourWords:
    """Count today and keep the counts as this week's, one register a village; a later count of the week replaces it."""
    require(home, Power.FIGURES)
    day = today(home).day
    words = four_words(home.work, day)
    week = week_of(day)
    drafts = []
    for village, counts in words.villages.items():
        standing = home.log.register(RecordKind.FIGURES, week, village or _NOWHERE)
        text = json.dumps({code: list(pair) for code, pair in sorted(counts.items())}, separators=(",", ":"))
        if standing and standing[-1].value == text:
            continue
        seen = tuple(event.id for event in standing)
        basis = json.dumps({"day": day})
        drafts.append(Draft(RecordKind.FIGURES, week, village or _NOWHERE, text, seen, basis, village))
    if drafts:
        home.log.append(drafts)
    return words


def trend(home: Home, village: str = "") -> dict[str, Counts]:
    """Week → counts as they were kept, the oldest first; of one village or summed over all that may be seen, but
    for the median "live.lag", which is no sum."""
    newest: dict[tuple[str, str], tuple[str, str, Counts]] = {}
    gone: set[str] = set()
    events = list(home.log.events(RecordKind.FIGURES))
    for event in events:
        gone |= set(event.supersedes)
    bounds = bounds_of(home)
    for event in events:
        hidden = bounds is not None and event.field not in bounds
        if event.id in gone or hidden or (village and event.field != village):
            continue
        day = str(json.loads(event.basis).get("day", "")) if event.basis else ""
        counts = {code: (int(pair[0]), int(pair[1])) for code, pair in json.loads(event.value).items()}
        key = (event.record, event.field)
        if key not in newest or newest[key][:2] < (day, event.id):
            newest[key] = (day, event.id, counts)
    weeks: dict[str, dict[str, tuple[int, int]]] = {}
    for (week, place), (_, _, kept) in sorted(newest.items()):
        total = weeks.setdefault(week, {})
        for code, (count, of) in kept.items():
            if (code == "live.lag" and not village) or (code in _BY_PLACE and place == _NOWHERE):
                continue  # earlier programs kept the whole commune's of these under "-" too
            before = total.get(code, (0, 0))
            total[code] = (before[0] + count, before[1] + of)
    return dict(sorted(weeks.items()))
