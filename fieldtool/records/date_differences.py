"""How two written dates differ, by name: year only, 01/01, day and month swapped, a lunar day read as solar …"""

from __future__ import annotations

import dataclasses
import re

from fieldtool.records.dates import PaperDate
from fieldtool.records.lunar import lunar_readings
from fieldtool.records.reasons import Difference, Span
from fieldtool.records.syllable_differences import runs

CODES = (
    "date_format",
    "year_only",
    "imputed_0101",
    "month_only",
    "day_month_swapped",
    "lunar_as_solar",
    "age_off_by_one",
    "digit_slip",
    "digits_turned",
    "date_century",
    "date_unreadable",
    "date_other",
)
_GROUPS = re.compile(r"\d+")


def date_differences(a: PaperDate, b: PaperDate) -> tuple[Difference, ...]:
    """The named difference of two dates; () when they are written alike.

    Where several explanations fit, the one that predicts the other date most exactly is given.
    """
    if a.text == b.text:
        return ()
    if a.precision == "none" or b.precision == "none" or a.impossible or b.impossible:
        return _unreadable(a, b)
    if _same(a, b):
        return (_whole("date_format", a, b, harmless=True),)
    if a.precision == b.precision == "day":
        return (_days(a, b),)
    return (_coarse(a, b),)


def _same(a: PaperDate, b: PaperDate) -> bool:
    parts = (a.precision, a.year, a.month, a.day, a.imputed, a.calendar == "lunar")
    return parts == (b.precision, b.year, b.month, b.day, b.imputed, b.calendar == "lunar")


def _unreadable(a: PaperDate, b: PaperDate) -> tuple[Difference, ...]:
    if a.text.strip() == b.text.strip():
        return (_whole("date_format", a, b, harmless=True),)
    left, right = _figures(a), _figures(b)
    if left == right and left:
        return (_whole("date_format", a, b, harmless=True),)
    slip = _slip(left, right) if len(left) == len(right) else ""  # 31/04 beside 30/04
    return (_narrowed(_whole(slip, a, b), a, b) if slip else _whole("date_unreadable", a, b),)


def _figures(date: PaperDate) -> str:
    """The figures of a date with three parts as ddmmyyyy, whether or not there is such a day; else ""."""
    parts = _GROUPS.findall(date.text)
    if len(parts) != 3:
        return ""
    if len(parts[0]) == 4:
        parts.reverse()
    return f"{parts[0]:0>2}{parts[1]:0>2}{parts[2]:0>4}"


def _coarse(a: PaperDate, b: PaperDate) -> Difference:
    """One of the two knows less than the day."""
    if a.year != b.year:
        return _years(a, b)
    if "year" in (a.precision, b.precision):
        imputed = a.imputed or b.imputed
        # A bare year and 01/01 of that year say the same: nobody knows the day.
        code = "imputed_0101" if imputed else "year_only"
        return dataclasses.replace(_parts(code, a, b, "day", "month"), harmless=a.precision == b.precision)
    if a.month == b.month:
        return _parts("month_only", a, b, "day")
    return _parts("date_other", a, b, "month")


def _years(a: PaperDate, b: PaperDate) -> Difference:
    gap = abs(a.year - b.year)
    if gap == 1:
        return _parts("age_off_by_one", a, b, "year")
    if gap == 100:
        return _parts("date_century", a, b, "year")
    slip = _slip(f"{a.year:04d}", f"{b.year:04d}")
    return _narrowed(_parts(slip or "date_other", a, b, "year"), a, b)


def _days(a: PaperDate, b: PaperDate) -> Difference:
    if (a.calendar == "lunar") != (b.calendar == "lunar"):
        return _stated_lunar(a, b)
    if a.year == b.year and (a.day, a.month) == (b.month, b.day):
        return _parts("day_month_swapped", a, b, "day", "month")
    lunar = _lunar(a, b)
    if lunar is not None:
        return lunar
    if (a.day, a.month) == (b.day, b.month) and abs(a.year - b.year) == 100:
        return _parts("date_century", a, b, "year")
    names = [name for name in ("day", "month", "year") if getattr(a, name) != getattr(b, name)]
    slip = _slip(f"{a.day:02d}{a.month:02d}{a.year:04d}", f"{b.day:02d}{b.month:02d}{b.year:04d}")
    if slip:
        return _narrowed(_parts(slip, a, b, *names), a, b)
    if names == ["year"] and abs(a.year - b.year) == 1:
        return _parts("age_off_by_one", a, b, "year")
    return _parts("date_other", a, b, *names)


def _stated_lunar(a: PaperDate, b: PaperDate) -> Difference:
    """One paper says that its date is lunar: the same day if one of its solar days is the other's date."""
    moon, sun = (a, b) if a.calendar == "lunar" else (b, a)
    if sun.solar in moon.candidates:
        return _whole("lunar_as_solar", a, b, values=_moon_values(moon, sun), harmless=True)
    if (moon.day, moon.month, moon.year) == (sun.day, sun.month, sun.year):
        solar = moon.candidates[0] if moon.candidates else None
        values = {**_moon_values(moon, moon), "solar": f"{solar.day}/{solar.month}/{solar.year}" if solar else "…"}
        return _whole("lunar_as_solar", a, b, values=values)
    slip = _slip(_figures(a), _figures(b)) if len(_figures(a)) == len(_figures(b)) else ""
    return _whole(slip or "date_other", a, b)  # 29/02 of a common year may be a slip after all


def _lunar(a: PaperDate, b: PaperDate) -> Difference | None:
    for sun, moon in ((a, b), (b, a)):
        if sun.solar is None or not (0 <= (sun.year - moon.year) <= 1):
            continue
        for reading in lunar_readings(sun.solar):
            # a clerk may keep the solar year beside the lunar day and month
            if (reading.day, reading.month) == (moon.day, moon.month) and moon.year in (reading.year, sun.year):
                return _whole("lunar_as_solar", a, b, values=_moon_values(moon, sun))
    return None


def _moon_values(moon: PaperDate, sun: PaperDate) -> dict[str, str]:
    return {"lunar": f"{moon.day}/{moon.month}", "year": str(moon.year), "solar": f"{sun.day}/{sun.month}/{sun.year}"}


def _slip(a: str, b: str) -> str:
    """ "digit_slip" for one digit off, "digits_turned" for two neighbours exchanged, else ""."""
    places = [place for place in range(len(a)) if a[place] != b[place]]
    if len(places) == 1:
        return "digit_slip"
    if (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    ):
        return "digits_turned"
    return ""


def _parts(code: str, a: PaperDate, b: PaperDate, *names: str) -> Difference:
    return Difference(code, _spans(a, names), _spans(b, names), {"a": a.text, "b": b.text})


def _spans(date: PaperDate, names: tuple[str, ...]) -> tuple[Span, ...]:
    """Where the named parts stand in the text; the whole text when it does not tell."""
    groups = [(match.start(), match.end()) for match in _GROUPS.finditer(date.text)]
    values = [int(date.text[start:end]) for start, end in groups]
    order: tuple[str, ...] = ()
    if len(groups) == 3:
        if values[0] == date.year:
            order = ("year", "month", "day")
        elif date.imputed or (values[0], values[1]) == (date.day, date.month):
            order = ("day", "month", "year")
        elif (values[1], values[0]) == (date.day, date.month):
            order = ("month", "day", "year")
    elif len(groups) == 2:
        order = ("year", "month") if values[0] == date.year else ("month", "year")
    elif len(groups) == 1 and values[0] == date.year:
        order = ("year",)
    found = tuple(groups[order.index(name)] for name in names if name in order)
    return found or ((0, len(date.text)),)


def _narrowed(found: Difference, a: PaperDate, b: PaperDate) -> Difference:
    """The difference with its spans narrowed to the figures that differ, where both sides have as many."""
    left: list[Span] = []
    right: list[Span] = []
    for one, other in zip(found.left, found.right, strict=False):
        if one[1] - one[0] != other[1] - other[0]:
            return found
        odd = runs(i for i in range(one[1] - one[0]) if a.text[one[0] + i] != b.text[other[0] + i])
        left += [(one[0] + start, one[0] + end) for start, end in odd]
        right += [(other[0] + start, other[0] + end) for start, end in odd]
    if len(found.left) != len(found.right) or not left:
        return found
    return dataclasses.replace(found, left=tuple(left), right=tuple(right))


def _whole(
    code: str, a: PaperDate, b: PaperDate, *, values: dict[str, str] | None = None, harmless: bool = False
) -> Difference:
    return Difference(
        code, ((0, len(a.text)),), ((0, len(b.text)),), {"a": a.text, "b": b.text, **(values or {})}, harmless=harmless
    )
