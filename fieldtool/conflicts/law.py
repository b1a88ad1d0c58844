"""The table of legal roads: which paper prevails, who may act, which form follows; shipped, and editable by the unit.

Rows are asked from the top and the first that fits answers. A row that is not sure warns and never blocks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.records.doubts import Who
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import DoubtKind
from fieldtool.records.tables import table_text

COLUMNS = (
    "code", "subject", "reasons", "paper", "against", "birth", "prevails", "who", "form", "source", "certainty", "text",
)  # fmt: skip
CODES = (
    "birth_prevails", "birth_late", "birth_short", "ethnicity_birth", "fuller_date",
    "card_over_book", "card_register", "register_over_book", "card_number", "number_no_card", "other_name",
    "wife_surname", "ask_resident", "choose_decision", "same_person", "whose_paper", "second_officer", "number_shared",
    "number_collected", "number_placeholder", "number_other", "family_no_certificate", "family_dead_living",
    "family_check",
)  # fmt: skip
FORMS = ("dc01", "dc02", "ct01", "justice", "minutes", "conflict")
ISSUES = (
    "columns", "blank", "code", "subject", "paper", "birth", "prevails", "who", "form", "certainty", "source",
    "default",
)  # fmt: skip
_SUBJECTS = frozenset({*Field, *DoubtKind, "*"}) - {DoubtKind.FIELD, DoubtKind.SPELLING}
_PAPERS = frozenset({*DocumentKind, ""})
_BIRTH = frozenset({"", "independent", "late", "short"})
_PREVAILS = frozenset({"paper", "fuller", "none"})
_CERTAINTY = frozenset({"sure", "likely", "unsure"})
_LARGEST = 200_000  # characters of a table that may be loaded


@dataclass(frozen=True, slots=True)
class Situation:
    """What the table is asked: a field or kind of doubt, named reasons, kinds of paper, the worth of the birth paper.

    `birth` is "independent" or "late", "" where no birth paper speaks; beside it stands the word "short" where other
    papers have a fuller date than the birth papers. `apart` are the pairs of kinds ("id|register") whose values differ,
    None where that is not known and any two kinds may.
    """

    subject: str
    reasons: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    birth: str = ""
    apart: frozenset[str] | None = None

    def to_text(self) -> str:
        """One word for the tables; `from_text` reads it back."""
        plain = ";".join((self.subject, "+".join(sorted(self.reasons)), "+".join(sorted(self.papers)), self.birth))
        return plain if self.apart is None else f"{plain};{'+'.join(sorted(self.apart))}"

    def differ(self, paper: str, other: str) -> bool:
        """Whether papers of two kinds say different things."""
        return self.apart is None or kinds_apart(paper, other) in self.apart

    @classmethod
    def from_text(cls, text: str) -> Situation:
        """Read what `to_text` wrote; anything else is a situation that only the last row fits."""
        subject, reasons, papers, birth, *apart = [*text.split(";"), "", "", ""][: max(4, text.count(";") + 1)]
        return cls(subject, _words(reasons, "+"), _words(papers, "+"), birth, _words(apart[0], "+") if apart else None)


def kinds_apart(paper: str, other: str) -> str:
    """Two kinds of paper as a situation names the pair of them."""
    return "|".join(sorted((paper, other)))


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `text` is the unit's own sentence, "" for the shipped one ("road.<code>")."""

    code: str
    subject: frozenset[str]
    reasons: frozenset[str]
    paper: str
    against: str
    birth: str
    prevails: str
    who: str
    form: str
    source: str
    certainty: str
    text: str = ""

    def fits(self, asked: Situation) -> bool:
        """Whether the row speaks of a situation."""
        plain = "*" in self.subject and asked.subject in set(Field)
        return (
            (plain or asked.subject in self.subject)
            and ("*" in self.reasons or (bool(asked.reasons) and asked.reasons <= self.reasons))
            and all(not paper or paper in asked.papers for paper in (self.paper, self.against))
            and (not (self.paper and self.against) or asked.differ(self.paper, self.against))
            and (not self.birth or self.birth in asked.birth.split())
        )


@dataclass(frozen=True, slots=True)
class LawIssue:
    """Why a row of a table is refused: row counted from 1 with the heading, code in ISSUES, what stands there."""

    row: int
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """The rows in order. `own` is true for a table of the unit."""

    rules: tuple[Rule, ...]
    own: bool = False

    def rule(self, asked: Situation) -> Rule:
        """The first row that fits; every table ends in one that fits any field."""
        return next((rule for rule in self.rules if rule.fits(asked)), self.rules[-1])


def _rows(text: str) -> list[list[str]]:
    """The table's rows; none when the text is too long or no csv at all."""
    if len(text) > _LARGEST:
        return []
    try:
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    except csv.Error:
        return []


def read_law(text: str, *, own: bool = True) -> tuple[Law, tuple[LawIssue, ...]]:
    """A table and what is wrong with it, row by row; a table with any issue must not be used."""
    rows = _rows(text)
    if not rows or tuple(cell.strip() for cell in rows[0]) != COLUMNS:
        return Law((), own), (LawIssue(1, "columns", ", ".join(COLUMNS)),)
    rules: list[Rule] = []
    issues: list[LawIssue] = []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(COLUMNS):
            issues.append(LawIssue(number, "columns", str(len(cells))))
            continue
        rule = _rule([cell.strip() for cell in cells])
        issues += [LawIssue(number, code, detail) for code, detail in _faults(rule)]
        rules.append(rule)
    if not rules or not rules[-1].fits(Situation("name", frozenset({"x"}))) or rules[-1].paper or rules[-1].against:
        issues.append(LawIssue(len(rows), "default"))
    return Law(tuple(rules), own), tuple(issues)


def _rule(cells: Sequence[str]) -> Rule:
    code, subject, reasons, *rest = cells
    return Rule(code, _words(subject), _words(reasons), *rest)


def _faults(rule: Rule) -> Iterable[tuple[str, str]]:
    if not rule.code or (rule.code not in CODES and not rule.text):
        yield "code", rule.code
    if not rule.subject or not rule.reasons:
        yield "blank", "subject" if not rule.subject else "reasons"
    yield from (("subject", item) for item in sorted(rule.subject - _SUBJECTS))
    yield from (("paper", item) for item in (rule.paper, rule.against) if item not in _PAPERS)
    for name, value, known in (
        ("birth", rule.birth, _BIRTH),
        ("prevails", rule.prevails, _PREVAILS),
        ("who", rule.who, frozenset(Who)),
        ("form", rule.form, frozenset({"", *FORMS})),
        ("certainty", rule.certainty, _CERTAINTY),
    ):
        if value not in known:
            yield name, value
    if rule.prevails == "paper" and not rule.paper:
        yield "prevails", "paper"
    if rule.certainty != "unsure" and rule.prevails == "paper" and not rule.source:
        yield "source", rule.code  # no legal certainty without a source


def _words(text: str, apart: str | None = None) -> frozenset[str]:
    return frozenset(word for word in text.split(apart) if word)


@lru_cache(maxsize=1)
def shipped_law() -> Law:
    """The table that comes with the program."""
    law, issues = read_law(table_text("law/roads.csv"), own=False)
    if issues:
        raise ValueError(f"resources/law/roads.csv: {issues}")
    return law
