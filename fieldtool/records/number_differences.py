"""How two written identifying numbers differ, by name. Never a percentage: one digit off, digits turned, zero lost …"""

from __future__ import annotations

from fieldtool.records.numbers import IdNumber, parse_number
from fieldtool.records.reasons import Difference, Span

CODES = (
    "number_format",
    "number_lost_zero",
    "number_letters",
    "number_float",
    "number_placeholder",
    "number_one_digit",
    "number_digits_turned",
    "number_digit_missing",
    "number_two_kinds",
    "number_other",
)
_REPAIRED = {
    "lost_zero": "number_lost_zero",
    "letters": "number_letters",
    "float_notation": "number_float",
    "spaces": "number_format",
    "label": "number_format",
}
_HARMLESS = frozenset({"spaces", "label"})


def number_differences(a: IdNumber | str, b: IdNumber | str) -> tuple[Difference, ...]:
    """The named difference of two numbers; () when they are written alike."""
    left = parse_number(a) if isinstance(a, str) else a
    right = parse_number(b) if isinstance(b, str) else b
    if left.text == right.text:
        return ()
    if left.placeholder or right.placeholder:
        return (_whole("number_placeholder", left, right),)
    if left.digits == right.digits and left.kind == right.kind and left.digits and not (left.cut or right.cut):
        return (_whole("number_format", left, right, harmless=True),)
    for one, other in ((left, right), (right, left)):
        for repair in one.repairs:
            if repair.value == other.digits:
                return (_repaired(repair.code, left, right),)
    if left.cut or right.cut:
        return (_whole("number_float", left, right),)
    return (_digits(left, right),)


def _digits(left: IdNumber, right: IdNumber) -> Difference:
    a, b = left.digits, right.digits
    if len(a) == len(b):
        places = [place for place in range(len(a)) if a[place] != b[place]]
        if len(places) == 1:
            return _marked("number_one_digit", left, right, places[0], 1)
        if (
            len(places) == 2
            and places[1] == places[0] + 1
            and a[places[0]] == b[places[1]]
            and a[places[1]] == b[places[0]]
        ):
            return _marked("number_digits_turned", left, right, places[0], 2)
        if places:
            return _of_places("number_other", left, right, places, places)
    elif abs(len(a) - len(b)) == 1 and _one_missing(*sorted((a, b), key=len)):
        return _missing("number_digit_missing", left, right)
    elif {left.kind, right.kind} == {"n9", "n12"}:
        return _whole("number_two_kinds", left, right)
    return _whole("number_other", left, right)


def _repaired(code: str, left: IdNumber, right: IdNumber) -> Difference:
    """What a repair of one of the two explains."""
    named = _REPAIRED[code]
    if code == "lost_zero":
        return _missing(named, left, right)
    if code == "letters":
        one, other = _signs(left.text), _signs(right.text)
        if len(one) == len(other):
            odd = [i for i in range(len(one)) if left.text[one[i]] != right.text[other[i]]]
            values = {"a": left.text, "b": right.text}
            return Difference(
                named, tuple((one[i], one[i] + 1) for i in odd), tuple((other[i], other[i] + 1) for i in odd), values
            )
    return _whole(named, left, right, harmless=code in _HARMLESS)


def _signs(text: str) -> list[int]:
    """Where digits and the letters that stand for some lie in a text."""
    return [index for index, letter in enumerate(text) if letter.isalnum()]


def _missing(code: str, left: IdNumber, right: IdNumber) -> Difference:
    """A digit that one of two numbers has more."""
    a, b = (_figures(number.text) for number in (left, right))
    short, long = sorted((a, b), key=len)
    place = next((i for i in range(len(long)) if long[:i] + long[i + 1 :] == short), -1)
    if place < 0:
        return _whole(code, left, right)
    return _of_places(code, left, right, [place] if a == long else [], [place] if b == long else [])


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())


def _of_places(code: str, left: IdNumber, right: IdNumber, on_left: list[int], on_right: list[int]) -> Difference:
    one = tuple(_span(left.text, place, 1) for place in on_left)
    other = tuple(_span(right.text, place, 1) for place in on_right)
    return Difference(code, one, other, {"a": left.text, "b": right.text})


def _one_missing(short: str, long: str) -> bool:
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _marked(code: str, left: IdNumber, right: IdNumber, place: int, length: int) -> Difference:
    return Difference(
        code,
        (_span(left.text, place, length),),
        (_span(right.text, place, length),),
        {"a": left.text, "b": right.text, "digit": str(place + 1)},
    )


def _span(text: str, place: int, length: int) -> Span:
    """The span in the text of some digits counted without separators."""
    at = [index for index, letter in enumerate(text) if letter.isdecimal()]
    if place + length > len(at):
        return (0, len(text))
    return (at[place], at[place + length - 1] + 1)


def _whole(code: str, left: IdNumber, right: IdNumber, *, harmless: bool = False) -> Difference:
    a, b = left.text, right.text
    return Difference(code, ((0, len(a)),), ((0, len(b)),), {"a": a, "b": b}, harmless=harmless)
