"""Who a paper or a name probably speaks of: the few candidates a page shows beside what is being typed.

A small interface on purpose: a page asks for candidates and never learns how they were found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from fieldtool.conflicts.compare import agree, differences, read_sex
from fieldtool.matching.comparable import comparable
from fieldtool.matching.lookup import look_up
from fieldtool.ports import People
from fieldtool.records.dates import parse_date
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.numbers import parse_number
from fieldtool.records.persons import PersonLine
from fieldtool.records.verdicts import Outcome
from fieldtool.usecases.near_papers import find_near

_ASKED = 12
CODES = ("number", "name", "dob", "year", "not_dob", "not_sex", "not_name")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A person who may be meant. `outcome` and `weight` (bits) are the matcher's for the likeliest of his papers; codes
    say in short what speaks for and against him ("number", "name", "dob", "year", "not_dob", "not_sex", "not_name")."""

    line: PersonLine
    outcome: Outcome
    weight: float
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether the matcher would link the paper to him: two independent groups of evidence, nothing against."""
        return self.outcome is Outcome.LINK

    @property
    def rank(self) -> tuple[bool, float]:
        """Sure ones first, then by weight."""
        return self.sure, self.weight


def probably(people: People, raw: Mapping[Field, str], village: str = "", limit: int = 3) -> list[Likeness]:
    """The persons a half-typed paper may speak of, likeliest first.

    The index of the last match run brings those that a full run would compare, with its verdict. Where it knows of
    none (a name not typed to its end, half a number, a home never matched) the store's search brings some two dozen,
    judged by the shipped model.
    """
    paper = Document("", DocumentKind.STATEMENT, dict(raw), village=village)
    best = _indexed(people, paper) or _searched(people, paper)
    found = [_judge(line, raw, verdict) for line, verdict in best]
    found = [item for item in found if item.speaks_for]
    return sorted(found, key=lambda item: item.rank, reverse=True)[:limit]


def _indexed(people: People, paper: Document) -> list[tuple[PersonLine, _Strength]]:
    typed = comparable(paper)._replace(list_id="")  # what is being typed is in no list yet
    found = {one.paper.id: one for one in find_near(people.index, typed) if one.outcome is not Outcome.DISTINCT}
    best: dict[str, _Strength] = {}
    for document, person in people.index.persons(found).items():
        strength = _Strength(found[document].outcome, found[document].weight)
        best[person] = max(strength, best.get(person, strength), key=_Strength.rank)
    lines = people.lines(id for id in best if people.person(id) is not None)  # who looks may not see everybody
    return [(line, best[id]) for id, line in lines.items()]


def _searched(people: People, paper: Document) -> list[tuple[PersonLine, _Strength]]:
    lines: dict[str, PersonLine] = {}
    for field in (Field.N12, Field.N9):
        digits = parse_number(paper.get(field)).digits
        if len(digits) >= 6:
            lines |= {line.id: line for line in people.search(digits, _ASKED)}
    name = paper.get(Field.NAME).strip()
    if len(name.split()) >= 2:
        year = parse_date(paper.get(Field.DOB)).year
        hits = people.search(name, _ASKED * 4)
        hits.sort(key=lambda line: abs((parse_date(line.dob).year or 9999) - year) if year else 0)
        for line in hits[:_ASKED]:
            lines.setdefault(line.id, line)
    papers = {line.id: _papers(people, line) for line in lines.values()}
    verdicts = iter(look_up(paper, [other for own in papers.values() for other in own]))
    found = []
    for id, own in papers.items():
        strengths = [_Strength(verdict.outcome, verdict.weight) for verdict in (next(verdicts) for _ in own)]
        # A person of whom no paper is left: only his line speaks.
        found.append((lines[id], max(strengths, key=_Strength.rank, default=_Strength(Outcome.DISTINCT, 0.0))))
    return found


def _papers(people: People, line: PersonLine) -> tuple[Document, ...]:
    person = people.person(line.id)
    return person.documents if person is not None else ()


class _Strength(NamedTuple):
    """What the matcher says of the likeliest paper of a person; weight in bits."""

    outcome: Outcome
    weight: float

    def rank(self) -> tuple[bool, float]:
        return self.outcome is Outcome.LINK, self.weight


def _judge(line: PersonLine, raw: Mapping[Field, str], verdict: _Strength) -> Likeness:
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
    return Likeness(line, verdict.outcome, verdict.weight, tuple(good), tuple(bad))
