"""The text of the QR code on a chip card or a 2024 card: fields told apart by their shape, not by their count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from fieldtool.records.dates import PaperDate, parse_date
from fieldtool.records.keystrokes import meant

FLAGS = ("name_without_marks", "ime_garbled", "damaged_letters", "field_missing", "field_unknown", "confirm_extra")
_N12 = re.compile(r"\d{12}\Z")
_N9 = re.compile(r"\d{9}\Z")
_DATE = re.compile(r"(?:\d{4}|\d{6}|\d{8}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{4})\Z")
_SEXES = {"nam": "M", "male": "M", "m": "M", "nữ": "F", "nu": "F", "nư": "F", "female": "F", "f": "F"}
_NONE = PaperDate("")


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card's QR text says; "" for fields it has not. `raw` is the text as scanned.

    `cancelled` is a withdrawn personal number; `father` and `mother` stand on a child's card (their order is likely,
    not sure: the flag "confirm_extra" asks the officer). `flags` are of FLAGS.
    """

    raw: str
    n12: str
    n9: str = ""
    name: str = ""
    dob: PaperDate = _NONE
    sex: str = ""
    address: str = ""
    issued: PaperDate = _NONE
    cancelled: str = ""
    father: str = ""
    mother: str = ""
    spare: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def read_card(text: str) -> CardText | None:
    """Read a scanned line of 6 to 12 fields; None when it is no card's text (its first field has not 12 digits)."""
    clean = unicodedata.normalize("NFC", text.strip("\r\n\t \ufeff\u0000"))
    fields = [" ".join(field.split()) for field in clean.split("|")]
    if not (6 <= len(fields) <= 12) or not _N12.match(fields[0]):
        return None
    rest = fields[1:]
    n9 = ""
    if not rest[0] or _N9.match(rest[0]) or _N12.match(rest[0]):
        n9, rest = rest[0], rest[1:]
    name, rest = _take(rest, lambda field: not any(letter.isdecimal() for letter in field))
    dob, rest = _take(rest, lambda field: bool(_DATE.match(field)))
    sex, rest = _take(rest, lambda field: field.lower() in _SEXES)
    address, rest = _take(rest, lambda field: not _DATE.match(field) and not _N12.match(field))
    issued, rest = _take(rest, lambda field: bool(_DATE.match(field)))
    cancelled, parents, spare = _extras(rest)
    flags = _flags(name, dob, sex, address, issued, text)
    if cancelled or parents:
        flags += ("confirm_extra",)
    if spare:
        flags += ("field_unknown",)
    return CardText(
        raw=text,
        n12=fields[0],
        n9=n9,
        name=name,
        dob=parse_date(dob),
        sex=_SEXES.get(sex.lower(), ""),
        address=address,
        issued=parse_date(issued),
        cancelled=cancelled,
        father=parents[0] if parents else "",
        mother=parents[1] if len(parents) > 1 else "",
        spare=spare,
        flags=flags,
    )


def _take(fields: list[str], fits: Callable[[str], bool]) -> tuple[str, list[str]]:
    """The next field if it is empty or fits, and the rest; a field that does not fit is left for the next."""
    if fields and (not fields[0] or fits(fields[0])):
        return fields[0], fields[1:]
    return "", fields


def _extras(fields: list[str]) -> tuple[str, list[str], tuple[str, ...]]:
    cancelled = ""
    parents: list[str] = []
    spare: list[str] = []
    for field in filter(None, fields):
        if _N12.match(field) and not cancelled:
            cancelled = field
        elif not any(letter.isdecimal() for letter in field) and len(parents) < 2:
            parents.append(field)
        else:
            spare.append(field)
    return cancelled, parents, tuple(spare)


def _flags(name: str, dob: str, sex: str, address: str, issued: str, text: str) -> tuple[str, ...]:
    flags = []
    if "\ufffd" in text or "?" in name:
        flags.append("damaged_letters")
    if any(meant(word) != word for word in f"{name} {address}".split()):
        flags.append("ime_garbled")  # keys that an input method should have turned, or turned once too often
    # A scanner in keyboard mode types through the input method, or in plain ASCII: the marks are lost then.
    if name and (name + address).isascii():
        flags.append("name_without_marks")
    if not all((name, dob, sex, address, issued)):
        flags.append("field_missing")
    return tuple(flags)
