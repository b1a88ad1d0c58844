"""Dates written in Vietnamese words, as birth certificates have them beside the figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldtool.records.vietnamese import fold

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_MONTHS = {"gieng": 1, "chap": 12, "nhuan": 0}
_WORD = re.compile(r"[a-z]+|\d+")
_FIRST_YEAR, _LAST_YEAR = 1850, 2100


@dataclass(frozen=True, slots=True)
class WordDate:
    """A date read from words; parts not named are 0. `calendar` is "lunar" when the words are of the lunar calendar."""

    day: int
    month: int
    year: int
    calendar: str = "unknown"


def parse_words(text: str) -> WordDate | None:
    """Read "Ngày mười lăm tháng tám năm một nghìn chín trăm tám mươi lăm" and its like, with or without marks.

    Figures may stand for any of the parts ("ngày 5 tháng 8 năm 1985"). None when the text is no such date.
    """
    words = _WORD.findall(fold(text))
    if "thang" in words:
        place = words.index("thang")
        return _with_month(words[:place], words[place + 1 :])
    if words[:1] in (["nam"], ["sinh"]) and "nam" in words:
        year = number(words[words.index("nam") + 1 :])
        return WordDate(0, 0, year) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    return None


def number(words: list[str]) -> int:
    """The number that words say, below 10,000; -1 when they say none."""
    if not words:
        return -1
    if len(words) == 1 and words[0].isdecimal():
        return int(words[0])
    for thousand in ("nghin", "ngan"):
        if thousand in words:
            place = words.index(thousand)
            head, tail = _below_hundred(words[:place]), _below_thousand(words[place + 1 :])
            return head * 1000 + tail if head > 0 and tail >= 0 else -1
    digits = [_DIGITS.get(word, -1) for word in words]
    if len(digits) == 4 and min(digits) >= 0:  # "một chín tám lăm"
        return int("".join(str(digit) for digit in digits))
    if len(words) > 2 and words[:2] in (["mot", "chin"], ["hai", "khong"]):  # "hai không mười hai", "một chín tám mươi"
        short = _below_hundred(words[2:])
        return -1 if short < 0 else (1900 if words[0] == "mot" else 2000) + short
    return _below_thousand(words)


def _with_month(before: list[str], after: list[str]) -> WordDate | None:
    day, lunar = _day(before)
    if day < 0:
        return None
    # "năm" is both "year" and "five": try each as the word before the year
    for place in range(len(after)):
        if after[place] != "nam" and not (place and after[place].isdecimal() and len(after[place]) == 4):
            continue
        month_words = [word for word in after[:place] if word != "nhuan"]
        year = number(after[place + 1 :] if after[place] == "nam" else after[place:])
        month = (
            _MONTHS.get(month_words[0], -1)
            if len(month_words) == 1 and month_words[0] in _MONTHS
            else number(month_words)
        )
        if 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR:
            named = lunar or any(word in _MONTHS for word in after[:place])
            return WordDate(day, month, year, "lunar" if named else "unknown")
    return None


def _day(words: list[str]) -> tuple[int, bool]:
    """Day and whether its name is of the lunar calendar; 0 when no day is named, -1 when it cannot be read."""
    kept = [word for word in words if word not in ("ngay", "sinh", "hom", "vao", "dem")]
    if not kept:
        return 0, False
    if kept == ["ram"]:
        return 15, True
    if kept[0] in ("mong", "mung"):
        value = number(kept[1:])
        return (value, False) if 1 <= value <= 10 else (-1, False)
    value = number(kept)
    return (value, False) if 1 <= value <= 31 else (-1, False)


def _below_thousand(words: list[str]) -> int:
    if not words:
        return 0
    if "tram" not in words:
        return _below_hundred(words)
    place = words.index("tram")
    head = _DIGITS.get(words[0], -1) if place == 1 else -1
    tail = _below_hundred(words[place + 1 :]) if words[place + 1 :] else 0
    return head * 100 + tail if head >= 0 and tail >= 0 else -1


def _below_hundred(words: list[str]) -> int:
    kept = words[1:] if words and words[0] in ("linh", "le") else words
    if kept[:1] == ["ham"] and len(kept) == 2:  # "hăm mốt"
        kept = ["hai", "muoi", kept[1]]
    if kept[:1] == ["muoi"]:
        unit = _DIGITS.get(kept[1], -1) if len(kept) == 2 else 0
        return 10 + unit if len(kept) <= 2 and unit >= 0 else -1
    values = [_DIGITS.get(word, -1) for word in kept if word != "muoi"]
    if not values or min(values) < 0 or len(values) > 2 or len(kept) - len(values) > 1:
        return -1
    if "muoi" in kept:
        return values[0] * 10 + (values[1] if len(values) == 2 else 0)
    return values[0] if len(values) == 1 else values[0] * 10 + values[1]
