"""The legal road of an open field: which value the rules propose, by which source. Proposals, never decisions."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.conflicts.evidence import independent
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import FieldState, Person
from fieldtool.records.tables import table_text

CODES = (
    "birth_prevails",
    "birth_late",
    "fuller_date",
    "card_over_book",
    "card_number",
    "other_name",
    "ask_resident",
    "choose_decision",
)
_LESS_PRECISE = frozenset({"year_only", "month_only", "imputed_0101"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a rule proposes for a field.

    `code` has its sentence as "road.<code>"; `value` is "" when the rule proposes none; `document` is the paper that
    says so. `source` names the law, `certainty` is "sure" or "likely": a rule that is not sure warns, never blocks.
    """

    code: str
    value: str = ""
    document: str = ""
    source: str = ""
    certainty: str = ""


def suggest(person: Person, field: Field) -> Suggestion:
    """The rule that applies to a person's field first, of those in resources/law/roads.csv."""
    view = person.fields[field]
    if view.state is FieldState.DIVIDED:
        return _by_rule("choose_decision")
    papers = {document.id: document for document in person.documents}
    says = [(text, papers[ids[0]]) for text, ids in view.values]
    codes = {difference.code for difference in view.differences}
    if field in (Field.N12, Field.N9):
        return _from("card_number", DocumentKind.ID_CARD, says)
    if field is Field.NAME and "mong_adult_name" in codes:
        return _from("other_name", DocumentKind.BIRTH, says)
    if field is Field.DOB and codes and codes <= _LESS_PRECISE:
        fullest = max(says, key=lambda item: (_precision(item[0]), -_order(item[1])))
        return _by_rule("fuller_date", *fullest)
    births = [item for item in says if item[1].kind is DocumentKind.BIRTH]
    if births and independent(births[0][1]):
        return _by_rule("birth_prevails", *births[0])
    if births:
        return _by_rule("birth_late")
    return _from("card_over_book", DocumentKind.ID_CARD, says)


def _from(code: str, kind: DocumentKind, says: list[tuple[str, Document]]) -> Suggestion:
    for text, paper in says:
        if paper.kind is kind:
            return _by_rule(code, text, paper)
    return _by_rule("ask_resident")


def _by_rule(code: str, value: str = "", paper: Document | None = None) -> Suggestion:
    source, certainty = _rules()[code]
    return Suggestion(code, value, paper.id if paper else "", source, certainty)


def _precision(text: str) -> int:
    from_text = text.replace("-", "/").replace(".", "/").split("/")
    known = [part for part in from_text if part.strip().isdigit() and int(part) > 0]
    imputed = len(known) == 3 and [int(part) for part in known[:2]] == [1, 1]
    return 0 if imputed else len(known)


def _order(paper: Document) -> int:
    return list(DocumentKind).index(paper.kind)


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[str, str]]:
    rows = csv.DictReader(io.StringIO(table_text("law/roads.csv")))
    return {row["code"]: (row["source"], row["certainty"]) for row in rows}
