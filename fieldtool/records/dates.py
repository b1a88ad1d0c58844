"""Dates as papers write them: text, precision and calendar kept apart from what a calendar day would say.

Differences between two dates have their own module; this one only reads.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.records.dates_in_words import WordDate, parse_words
from fieldtool.records.lunar import solar_days

FIRST_YEAR, LAST_YEAR = 1850, 2100
# Two-digit years are read as the latest year not after this one when the caller names no day. A constant, so that two
# laptops read one list alike whatever their clocks say.
REFERENCE_YEAR = 2026
_EXCEL_EPOCH = datetime.date(1899, 12, 30).toordinal()
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_DAY = re.compile(r"(\d{1,2})\s?([/.,\-\s\\])\s?(\d{1,2})\s?[/.,\-\s\\]\s?(\d{4}|\d{2})\Z")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d.*)?\Z")
_DAY_TIME = re.compile(r"(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})[T ]\d{1,2}:\d{2}.*\Z")
_MONTH = re.compile(r"(\d{1,2})\s?[/.\-\s]\s?(\d{4})\Z")
_ISO_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})\Z")
_DIGITS = re.compile(r"(\d{1,8})(?:[.,]\d*)?\Z")
# Unknown day or month: "--/--/1951", "../8/1951", "00/00/1951", "xx/xx/1951", "/ /1951"
_GAPS = re.compile(r"([-.?x_0*…\s]*|\d{1,2})/([-.?x_0*…\s]*|\d{1,2})/\s*(\d{4})\Z", re.IGNORECASE)
_GAPS_DASH = re.compile(r"(?:[.?x_0*…\s]+|\d{1,2})?-(?:[.?x_0*…\s]+|\d{1,2})?-\s*(\d{4})\Z", re.IGNORECASE)
# A calendar's mark may stand against the year: "5/3/1990AL".
_LUNAR = re.compile(r"\(?\s*(?<![^\W\d])(?:âm(?:\s*lịch)?|am\s*lich|âl|a\.l\.?|al)\s*\)?\.?", re.IGNORECASE)
_SOLAR = re.compile(r"\(?\s*(?<![^\W\d])(?:dương(?:\s*lịch)?|duong\s*lich|dl|d\.l\.?)\s*\)?\.?", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:sinh\s*(?:ngày|năm)?|ngày\s*sinh|ngày|khoảng|chừng|độ|năm|t(?:háng|hg|h|\.)?(?=\s*\d)|~)\s*:?\s*|\s*[?.;,]+$",
    re.IGNORECASE,
)
# "30-Aug-85", "30 thg 8 1985", "August 30, 1985": what Excel shows under other locales
_NAMED_MONTH = re.compile(r"(\d{1,2})[-\s/]([a-z]{3,9}|thg\s?\d{1,2})[-\s/.,]+(\d{4}|\d{2})\Z", re.IGNORECASE)
_CUT_CENTURY = re.compile(r"([/.\-]\s*)['’](?=\d\d\Z)")  # 5/3/'90
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*([IVX]{1,4})\s*[/.\-]\s*(\d{4})\Z")
_MONTH_AHEAD = re.compile(r"([a-z]{3,9})\s(\d{1,2}),?\s(\d{4})\Z", re.IGNORECASE)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_INSIDE = re.compile(r"(?<!\d)\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}(?!\d)")
_RUN = re.compile(r"\d+")
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})


@dataclass(frozen=True, slots=True)
class PaperDate:
    """A date as a paper has it.

    `precision` is "day", "month", "year" or "none"; parts that are not known are 0. `calendar` is "lunar" or "solar"
    only when the text says so or leaves no other reading, else "unknown". `imputed` marks 01/01, which clerks write
    for an unknown day: its precision is "year" (TT 04/2020/TT-BTP art. 18 and habit). `candidates` are other days the
    text could mean: month before day, the other century, the solar days of a lunar date. `impossible` is true when
    the text names a day that no month has (31/04); month and year are kept then.
    """

    text: str
    precision: str = "none"
    year: int = 0
    month: int = 0
    day: int = 0
    calendar: str = "unknown"
    imputed: bool = False
    candidates: tuple[datetime.date, ...] = ()
    impossible: bool = False

    @property
    def iso(self) -> str:
        """What is known, as "1985-08-30", "1985-08", "1985" or ""; in the calendar of the text."""
        if self.precision == "day":
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        if self.precision == "month":
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}" if self.precision == "year" else ""

    @property
    def solar(self) -> datetime.date | None:
        """The calendar day when the date is whole and not known to be lunar."""
        if self.precision != "day" or self.calendar == "lunar":
            return None
        return datetime.date(self.year, self.month, self.day)


def parse_date(text: str, *, month_first: bool = False, today: datetime.date | None = None) -> PaperDate:
    """Read a written date. Never raises: what cannot be read has precision "none" and keeps its text.

    `month_first` for lists from machines set to the US; a day that fits only the other order is still read. `today`
    bounds two-digit years (see REFERENCE_YEAR).
    """
    return _parse(text, month_first, today.year if today else REFERENCE_YEAR)


def month_first(text: str) -> bool | None:
    """Whether a date was written month before day: True when it fits only that order, False when it cannot be so."""
    match = _DAY.match(text.strip())
    if match is None:
        return None
    if int(match.group(1)) > 12:
        return False
    return True if int(match.group(3)) > 12 else None


@lru_cache(maxsize=65536)
def _parse(text: str, month_first: bool, latest: int) -> PaperDate:
    clean = _CUT_CENTURY.sub(r"\1", text.strip().strip("'\u00a0\u200b"))
    if not clean:
        return PaperDate(text)
    found = _numeric(text, clean, month_first, latest)
    if found is not None:
        return found
    calendar = "lunar" if _LUNAR.search(clean) else "solar" if _SOLAR.search(clean) else "unknown"
    bare = " ".join(_SOLAR.sub(" ", _LUNAR.sub(" ", clean)).strip(" ()").split())
    words = parse_words(bare)
    if words is not None:
        return _from_words(text, words, calendar)
    previous = ""
    while bare != previous:
        previous, bare = bare, _NOISE.sub("", bare).strip()
    found = (
        _numeric(text, bare, month_first, latest)
        or _month_by_name(text, bare, latest)
        or _numeric(text, bare.translate(_LETTERS), month_first, latest)
        or _inside(text, bare, month_first, latest)
    )
    if found is None:
        return PaperDate(text, calendar=calendar)
    if calendar == "unknown" or found.calendar == "lunar":
        return found
    return (
        _whole(text, found.day, found.month, found.year, calendar)
        if found.precision == "day"
        else _stated(found, calendar)
    )


def _numeric(text: str, clean: str, month_first: bool, latest: int) -> PaperDate | None:
    match = _DAY.match(clean)
    if match:
        first, _, second, year = match.groups()
        return _ordered(text, int(first), int(second), year, month_first, latest)
    if clean.isdecimal() or _DIGITS.match(clean):
        return _digits(text, clean, latest)
    match = _ISO.match(clean)
    if match:
        year_, month, day = (int(part) for part in match.groups())
        return _whole(text, day, month, year_, "unknown")
    match = _DAY_TIME.match(clean)
    if match:
        return _numeric(text, match.group(1), month_first, latest)
    match = _MONTH.match(clean)
    if match:
        return _coarse(text, int(match.group(1)), int(match.group(2)))
    match = _ISO_MONTH.match(clean)
    if match:
        return _coarse(text, int(match.group(2)), int(match.group(1)))
    match = _GAPS.match(clean)
    if match:
        month_text = match.group(2)
        return _coarse(text, int(month_text) if month_text.isdecimal() else 0, int(match.group(3)))
    match = _GAPS_DASH.match(clean)
    return _coarse(text, 0, int(match.group(1))) if match else None


def _digits(text: str, clean: str, latest: int) -> PaperDate | None:
    """Digits without separators: a year, an Excel serial, the compact forms of a card's QR text."""
    match = _DIGITS.match(clean)
    if match is None:
        return None
    digits = match.group(1)
    value = int(digits)
    if len(digits) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        return PaperDate(text, "year", value)
    if len(digits) == 7 and clean == digits and FIRST_YEAR <= int(digits[3:]) <= LAST_YEAR:
        digits = clean = "0" + digits  # Excel took the zero
    if len(digits) == 8 and clean == digits:
        if FIRST_YEAR <= int(digits[4:]) <= LAST_YEAR:
            if int(digits[2:4]) <= 12:  # written by a machine: no other order is meant
                return _whole(text, int(digits[:2]), int(digits[2:4]), int(digits[4:]), "unknown")
            return _ordered(text, int(digits[:2]), int(digits[2:4]), digits[4:], False, latest)
        return _whole(text, int(digits[6:]), int(digits[4:6]), int(digits[:4]), "unknown")
    if len(digits) == 6 and clean == digits:
        if 1 <= int(digits[:2]) <= 12 and FIRST_YEAR <= int(digits[2:]) <= LAST_YEAR:
            return _coarse(text, int(digits[:2]), int(digits[2:]))
        return _ordered(text, int(digits[:2]), int(digits[2:4]), digits[4:], False, latest)
    if 3653 <= value <= 73415:  # Excel's days from 1910 to 2100
        day = datetime.date.fromordinal(_EXCEL_EPOCH + value)
        return _whole(text, day.day, day.month, day.year, "solar")
    if len(digits) == 5 and clean == digits and FIRST_YEAR <= int(digits[1:]) <= LAST_YEAR:
        return _coarse(text, int(digits[0]), int(digits[1:]))
    return None


def _month_by_name(text: str, clean: str, latest: int) -> PaperDate | None:
    match = _NAMED_MONTH.match(clean) or _ROMAN_MONTH.match(clean)
    if match:
        day, name, year = match.groups()
    else:
        match = _MONTH_AHEAD.match(clean)
        if match is None:
            return None
        name, day, year = match.groups()
    if name in _ROMAN:
        month = _ROMAN.index(name) + 1
    elif name.lower().startswith("thg"):
        month = int(name[3:])
    elif name[:3].lower() in _MONTH_NAMES:
        month = _MONTH_NAMES.index(name[:3].lower()) + 1
    else:
        return None
    full = int(year) if len(year) == 4 else _full_year(int(year), latest)
    return _whole(text, int(day), month, full, "unknown")


def _inside(text: str, clean: str, month_first: bool, latest: int) -> PaperDate | None:
    """The one date inside a longer text, or its one year: "khoảng năm 1950 (không nhớ ngày)"."""
    dates = _INSIDE.findall(clean)
    if len(dates) == 1:
        return _numeric(text, dates[0], month_first, latest)
    runs = _RUN.findall(clean)
    if len(runs) == 1 and len(runs[0]) == 4 and FIRST_YEAR <= int(runs[0]) <= LAST_YEAR:
        return PaperDate(text, "year", int(runs[0]))
    return None


def _full_year(short: int, latest: int) -> int:
    return 2000 + short if 2000 + short <= latest else 1900 + short


def _ordered(text: str, first: int, second: int, year_text: str, month_first: bool, latest: int) -> PaperDate:
    year = int(year_text)
    short = len(year_text) == 2
    if short:
        year = _full_year(year, latest)
    day, month = (second, first) if month_first else (first, second)
    if month > 12 >= day:
        day, month = month, day
    if month == 0 or day == 0:
        return _coarse(text, month, year)
    date = _whole(text, day, month, year, "unknown")
    others = list(date.candidates)
    if day <= 12 and month <= 12 and day != month and not date.imputed:
        others.append(datetime.date(year, day, month))
    if short and year >= 2000 and date.precision == "day" and date.calendar != "lunar" and (month, day) != (2, 29):
        others.append(datetime.date(year - 100, month, day))
    return _with(date, tuple(others)) if len(others) != len(date.candidates) else date


def _whole(text: str, day: int, month: int, year: int, calendar: str) -> PaperDate:
    if not (FIRST_YEAR <= year <= LAST_YEAR):
        return PaperDate(text, calendar=calendar)
    if not (1 <= month <= 12 and day >= 1):
        return PaperDate(text, "year", year, calendar=calendar, impossible=True)
    if calendar == "lunar":
        days = solar_days(day, month, year) if day <= 30 else ()
        if day > 30:
            return PaperDate(text, "month", year, month, calendar=calendar, impossible=True)
        return PaperDate(text, "day", year, month, day, "lunar", candidates=days)
    if day == 1 and month == 1:
        return PaperDate(text, "year", year, calendar=calendar, imputed=True)
    longest = 28 if month == 2 and not _leap(year) else _LONGEST[month - 1]
    if day <= longest:
        return PaperDate(text, "day", year, month, day, calendar)
    if day <= 30 and calendar == "unknown" and solar_days(day, month, year):
        return _whole(text, day, month, year, "lunar")  # the 30th of February exists in the lunar calendar alone
    return PaperDate(text, "month", year, month, calendar=calendar, impossible=True)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _coarse(text: str, month: int, year: int) -> PaperDate:
    if not (FIRST_YEAR <= year <= LAST_YEAR):
        return PaperDate(text)
    if 1 <= month <= 12:
        return PaperDate(text, "month", year, month)
    return PaperDate(text, "year", year, impossible=month > 12)


def _from_words(text: str, words: WordDate, calendar: str) -> PaperDate:
    stated = calendar if calendar != "unknown" else words.calendar
    if words.day and words.month:
        return _whole(text, words.day, words.month, words.year, stated)
    found = _coarse(text, words.month, words.year)
    return _stated(found, stated)


def _stated(date: PaperDate, calendar: str) -> PaperDate:
    return PaperDate(
        date.text,
        date.precision,
        date.year,
        date.month,
        date.day,
        calendar,
        date.imputed,
        date.candidates,
        date.impossible,
    )


def _with(date: PaperDate, candidates: tuple[datetime.date, ...]) -> PaperDate:
    return PaperDate(
        date.text,
        date.precision,
        date.year,
        date.month,
        date.day,
        date.calendar,
        date.imputed,
        candidates,
        date.impossible,
    )
