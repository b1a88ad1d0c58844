"""Whether a value that an officer types can stand as a person's: what no paper can say is refused at once.

A value that a paper has, odd as it may be, is never asked: the officer may find that the paper is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fieldtool.intake.checks import name_fault, sex_of
from fieldtool.records.dates import parse_date
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.numbers import parse_number


def _date(text: str, today: str) -> bool:
    date = parse_date(text)
    return date.precision != "none" and not date.impossible and date.iso <= today


def _number(kind: str) -> Callable[[str, str], bool]:
    def fits(text: str, today: str) -> bool:
        number = parse_number(text)
        return number.kind == kind and not number.placeholder and not number.repairs

    return fits


def _name(text: str, today: str) -> bool:
    return name_fault(text) is None


_FITS: Mapping[Field, Callable[[str, str], bool]] = {
    Field.NAME: _name,
    Field.FATHER: _name,
    Field.MOTHER: _name,
    Field.DOB: _date,
    Field.SEX: lambda text, today: bool(sex_of(text)),
    Field.N12: _number("n12"),
    Field.N9: _number("n9"),
}


def check_typed(field: Field, text: str, today: str) -> None:
    """BAD_VALUE for a birth date that no calendar has or that lies ahead, a number of another length, a name without
    letters, a sex that is none. `today` is an ISO day."""
    fits = _FITS.get(field)
    if fits is not None and not fits(text, today):
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": field, "value": text})
