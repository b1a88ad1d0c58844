"""Every mistake of the sample in one table: what it does to which field, and how often in each of the three lists.

A rate is the share of the rows *where the mistake can happen* (a Mông man with a second name, a name with Moong) that
bear it. At these rates about a quarter of the persons differ in at least one field, as the domain dossier tells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fieldtool.records.fields import DocumentKind, Field
from fieldtool.usecases.sample import date_mistakes as dates
from fieldtool.usecases.sample import name_mistakes as names
from fieldtool.usecases.sample import number_mistakes as numbers
from fieldtool.usecases.sample import other_mistakes as others


@dataclass(frozen=True, slots=True)
class Mistake:
    """One way to go wrong, called with (generator, person, right value); None means it cannot happen to this value."""

    code: str
    field: Field
    make: Callable[..., Any]
    birth: float
    id_card: float
    household: float

    def rate(self, kind: DocumentKind) -> float:
        """How often it happens in a kind of list."""
        if kind is DocumentKind.BIRTH:
            return self.birth
        return self.id_card if kind is DocumentKind.ID_CARD else self.household


N, D, S, P = Field.NAME, Field.DOB, Field.SEX, Field.ETHNICITY

# fmt: off
#               code               field        what                         birth   card    book
MISTAKES = (
    Mistake("mong_adult_name",     N,           names.mong_adult_name,       0.000,  0.250,  0.400),
    Mistake("wifes_surname",       N,           names.wifes_surname,         0.000,  0.015,  0.040),
    Mistake("unnamed_infant",      N,           names.unnamed,               0.000,  0.000,  0.150),
    Mistake("moong",               N,           names.moong,                 0.020,  0.010,  0.030),
    Mistake("surname_variant",     N,           names.surname,               0.004,  0.002,  0.009),
    Mistake("middle_dropped",      N,           names.middle_dropped,        0.004,  0.002,  0.010),
    Mistake("abbreviated",         N,           names.abbreviated,           0.001,  0.000,  0.007),
    Mistake("tone_place",          N,           names.tone_place,            0.060,  0.030,  0.060),
    Mistake("i_y",                 N,           names.i_y,                   0.010,  0.005,  0.015),
    Mistake("one_tone",            N,           names.one_tone,              0.004,  0.002,  0.009),
    Mistake("hat",                 N,           names.hat,                   0.003,  0.001,  0.006),
    Mistake("turned",              N,           names.turned,                0.001,  0.001,  0.002),
    Mistake("no_marks",            N,           names.no_marks,              0.002,  0.001,  0.004),
    Mistake("telex",               N,           names.telex,                 0.001,  0.001,  0.003),
    Mistake("vni",                 N,           names.vni,                   0.001,  0.000,  0.001),
    Mistake("eth",                 N,           names.eth,                   0.030,  0.010,  0.020),
    Mistake("letter_case",         N,           names.letter_case,           0.005,  0.000,  0.008),
    Mistake("nfd",                 N,           names.nfd,                   0.004,  0.002,  0.006),
    Mistake("elders_year",         D,           dates.elders_year,           0.050,  0.030,  0.150),
    Mistake("elders_january",      D,           dates.elders_january,        0.030,  0.080,  0.050),
    Mistake("year_only",           D,           dates.year_only,             0.002,  0.001,  0.008),
    Mistake("first_january",       D,           dates.first_january,         0.003,  0.003,  0.004),
    Mistake("lunar_as_solar",      D,           dates.lunar_as_solar,        0.003,  0.003,  0.008),
    Mistake("month_for_day",       D,           dates.month_for_day,         0.004,  0.003,  0.008),
    Mistake("tuoi_mu",             D,           dates.age_counted_from_one,  0.001,  0.001,  0.005),
    Mistake("digit_slip",          D,           dates.digit_slip,            0.002,  0.002,  0.005),
    Mistake("digits_turned",       D,           dates.digits_turned,         0.001,  0.001,  0.003),
    Mistake("other_sex",           S,           others.other_sex,            0.001,  0.001,  0.003),
    Mistake("dan_lai",             P,           others.dan_lai,              0.050,  0.030,  0.250),
    Mistake("neighbours_people",   P,           others.neighbours_people,    0.002,  0.005,  0.005),
    Mistake("people_alias",        P,           others.people_alias,         0.003,  0.002,  0.006),
    Mistake("lost_zero",           Field.N12,   numbers.lost_zero,           0.006,  0.004,  0.018),
    Mistake("float_notation",      Field.N12,   numbers.float_notation,      0.001,  0.000,  0.004),
    Mistake("spaces",              Field.N12,   numbers.spaces,              0.004,  0.003,  0.008),
    Mistake("letters",             Field.N12,   numbers.letters,             0.001,  0.000,  0.003),
    Mistake("placeholder",         Field.N12,   numbers.placeholder,         0.002,  0.001,  0.003),
    Mistake("shared_number",       Field.N12,   numbers.shared,              0.001,  0.001,  0.004),
    Mistake("one_digit",           Field.N12,   numbers.one_digit,           0.002,  0.001,  0.004),
    Mistake("two_turned",          Field.N12,   numbers.two_turned,          0.001,  0.001,  0.003),
    Mistake("one_missing",         Field.N12,   numbers.one_missing,         0.001,  0.001,  0.003),
    Mistake("as_number",           Field.N9,    numbers.as_number,           0.000,  0.120,  0.150),
    Mistake("n9_one_digit",        Field.N9,    numbers.one_digit,           0.000,  0.003,  0.006),
    Mistake("n9_shared",           Field.N9,    numbers.shared,              0.000,  0.001,  0.002),
    Mistake("n9_spaces",           Field.N9,    numbers.spaces,              0.000,  0.004,  0.008),
    Mistake("other_head",          Field.HEAD,  others.other_head,           0.000,  0.020,  0.000),
)
# fmt: on

# Nothing of the value is wrong, only the way it is stored or spelt.
HARMLESS = frozenset({"as_number", "letter_case", "nfd", "eth", "tone_place", "spaces", "n9_spaces"})
# What befalls a parent's name in the birth register, at the rates of that register.
PARENT_MISTAKES = tuple(
    item for item in MISTAKES if item.code in {"surname_variant", "middle_dropped", "one_tone", "no_marks", "hat"}
)
