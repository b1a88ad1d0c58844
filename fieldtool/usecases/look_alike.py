"""Who a paper or a name probably speaks of: the few candidates a page shows beside what is being typed.

A small interface on purpose: a page asks for candidates and never learns how they were found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.conflicts.compare import agree, differences, read_sex
from fieldtool.ports import People
from fieldtool.records.dates import parse_date
from fieldtool.records.fields import Field
from fieldtool.records.numbers import parse_number
from fieldtool.records.persons import PersonLine

_ASKED = 12
CODES = ("number", "name", "dob", "year", "not_dob", "not_sex", "not_name")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A person who may be meant. `sure` when an identifying number and the name agree; codes say what speaks for and
    against him ("number", "name", "dob", "year", "not_dob", "not_sex", "not_name")."""

    line: PersonLine
    sure: bool
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, int]:
        """Sure ones first, then by what speaks for and against."""
        return self.sure, 2 * len(self.speaks_for) - 3 * len(self.against)


def probably(people: People, raw: Mapping[Field, str], village: str = "", limit: int = 3) -> list[Likeness]:
    """The persons a half-typed paper may speak of, likeliest first; numbers find before names."""
    lines: dict[str, PersonLine] = {}
    for field in (Field.N12, Field.N9):
        digits = parse_number(raw.get(field, "")).digits
        if len(digits) >= 6:
            lines |= {line.id: line for line in people.search(digits, _ASKED)}
    name = raw.get(Field.NAME, "").strip()
    if len(name.split()) >= 2:
        year = parse_date(raw.get(Field.DOB, "")).year
        hits = people.search(name, _ASKED * 4)
        hits.sort(key=lambda line: abs((parse_date(line.dob).year or 9999) - year) if year else 0)
        for line in hits[:_ASKED]:
            lines.setdefault(line.id, line)
    found = [_judge(line, raw) for line in lines.values()]
    found = [item for item in found if item.speaks_for]
    return sorted(found, key=lambda item: item.rank, reverse=True)[:limit]


def _judge(line: PersonLine, raw: Mapping[Field, str]) -> Likeness:
    good: list[str] = []
    bad: list[str] = []
    numbers = {parse_number(raw.get(field, "")).digits for field in (Field.N12, Field.N9)} - {""}
    if numbers & {line.n12, line.n9}:
        good.append("number")
    name = raw.get(Field.NAME, "").strip()
    if name:
        alike = agree(differences(Field.NAME, line.name, name))
        (good if alike else bad).append("name" if alike else "not_name")
    ours, theirs = parse_date(raw.get(Field.DOB, "")), parse_date(line.dob)
    if ours.year and theirs.year:
        if ours.iso == theirs.iso:
            good.append("dob")
        elif ours.year == theirs.year:
            good.append("year")
        else:
            bad.append("not_dob")
    sexes = read_sex(raw.get(Field.SEX, "")), read_sex(line.sex)
    if all(sexes) and sexes[0] != sexes[1]:
        bad.append("not_sex")
    sure = "number" in good and "not_name" not in bad and "not_sex" not in bad
    return Likeness(line, sure, tuple(good), tuple(bad))
