"""The legal road of an open field: which value the rules propose, by which source. Proposals, never decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from fieldtool.conflicts.evidence import independent, rank
from fieldtool.conflicts.law import Law, Rule, Situation, kinds_apart, shipped_law
from fieldtool.records.documents import Document
from fieldtool.records.doubts import Who
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import Doubt, FieldState, Person


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a rule proposes for a field.

    `code` has its sentence as "road.<code>" unless the unit's table brings its own `text`; `value` is "" when the rule
    proposes none; `document` is the paper that says so. `source` names the law, `certainty` is "sure", "likely" or
    "unsure": a rule that is not sure warns, never blocks. `who` must act, `form` is the paper that follows.
    """

    code: str
    value: str = ""
    document: str = ""
    source: str = ""
    certainty: str = ""
    who: str = ""
    form: str = ""
    text: str = ""


def situation(person: Person, field: Field) -> Situation:
    """What the legal table is asked about a field of a person."""
    view = person.fields[field]
    if view.state is FieldState.DIVIDED:
        return Situation("divided", frozenset({"decided_apart"}))
    says = _says(person, field)
    reasons = frozenset(difference.code for difference in view.differences if not difference.harmless)
    births = [paper for _, paper in says if paper.kind is DocumentKind.BIRTH]
    worth = ("independent" if any(independent(paper) for paper in births) else "late") if births else ""
    if births and field is Field.DOB and _short(says):
        worth += " short"
    apart = {kinds_apart(a.kind, b.kind) for (text, a), (other, b) in combinations(says, 2) if text != other}
    return Situation(field, reasons, frozenset(str(paper.kind) for _, paper in says), worth, frozenset(apart))


def _short(says: Sequence[tuple[str, Document]]) -> bool:
    """Whether some paper has more of a date than every birth paper: then the birth entry itself wants completing."""
    known = [(_precision(text), paper.kind is DocumentKind.BIRTH) for text, paper in says]
    return max(count for count, _ in known) > max(count for count, birth in known if birth)


def suggest(person: Person, field: Field, law: Law | None = None) -> Suggestion:
    """What the first rule of the legal table that fits a person's field proposes."""
    rule = (law or shipped_law()).rule(situation(person, field))
    says = _says(person, field)
    if rule.prevails == "paper":
        best = [
            (text, paper) for text, paper in says if paper.kind == rule.paper and (not rule.birth or independent(paper))
        ]
        return _by(rule, *best[0]) if best else _by(rule)
    if rule.prevails == "fuller" and says:
        return _by(rule, *max(says, key=lambda item: (_precision(item[0]), -rank(item[1], field))))
    return _by(rule)


def road_of(doubt: Doubt, person: Person | None, law: Law | None = None) -> Suggestion:
    """The road of any doubt: a field's with its value, any other's by its situation."""
    if person is not None and doubt.field in person.fields and doubt.kind in ("field", "divided"):
        return suggest(person, Field(doubt.field), law)
    return _by((law or shipped_law()).rule(Situation.from_text(doubt.situation)))


class Actors:
    """Who must act on a line of the queue, by the table alone; remembers what it was asked, for long queues."""

    def __init__(self, law: Law | None = None) -> None:
        self._law = law or shipped_law()
        self._known: dict[str, Rule] = {}

    def rule(self, doubt: Doubt) -> Rule:
        """The row of the table that fits a line."""
        found = self._known.get(doubt.situation)
        if found is None:
            found = self._known[doubt.situation] = self._law.rule(Situation.from_text(doubt.situation))
        return found

    def who(self, doubt: Doubt) -> Who:
        """Who must act on a line."""
        return Who(self.rule(doubt).who)


def _says(person: Person, field: Field) -> list[tuple[str, Document]]:
    """Each distinct value with the strongest paper that has it, and again with each other kind that has it."""
    papers = {document.id: document for document in person.documents}
    found = []
    for text, ids in person.fields[field].values:
        kinds = set()
        for id in ids:
            if papers[id].kind not in kinds:
                kinds.add(papers[id].kind)
                found.append((text, papers[id]))
    return found


def _by(rule: Rule, value: str = "", paper: Document | None = None) -> Suggestion:
    document = paper.id if paper else ""
    return Suggestion(rule.code, value, document, rule.source, rule.certainty, rule.who, rule.form, rule.text)


def _precision(text: str) -> int:
    from_text = text.replace("-", "/").replace(".", "/").split("/")
    known = [part for part in from_text if part.strip().isdigit() and int(part) > 0]
    imputed = len(known) == 3 and [int(part) for part in known[:2]] == [1, 1]
    return 0 if imputed else len(known)
