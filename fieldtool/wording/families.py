"""Codes that the source builds from enums and tables, so that the check can prove each has its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from fieldtool.conflicts import compare, evidence, families, law
from fieldtool.intake.columns import Extra
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.layout import DayOrder
from fieldtool.matching import explain
from fieldtool.records import (
    age,
    card_qr,
    date_differences,
    form_texts,
    name_differences,
    number_differences,
    number_findings,
    place_differences,
    places,
)
from fieldtool.records.casebook import book
from fieldtool.records.doubts import Standing, Who
from fieldtool.records.errors import ErrorCode
from fieldtool.records.events import RecordKind
from fieldtool.records.exchange import SUITES, BundleState, Held, QuarantineState, Result
from fieldtool.records.fields import COMPARED_FIELDS, DocumentKind, Field
from fieldtool.records.lunar import ANIMALS
from fieldtool.records.persons import DoubtKind, FieldState
from fieldtool.records.presence import Asked, Presence, Sighting, TimeOfDay, VisitResult
from fieldtool.records.roles import OfficerRole, Power
from fieldtool.records.sticks import StickState
from fieldtool.records.verdicts import Band
from fieldtool.usecases import four_words
from fieldtool.usecases.ask_age import RELATIONS
from fieldtool.usecases.decide_in_bulk import LEFT
from fieldtool.usecases.join_persons import CONSEQUENCES
from fieldtool.usecases.look_alike import CODES as LIKENESS
from fieldtool.usecases.look_around import KINDS
from fieldtool.usecases.propose_edits import EditState
from fieldtool.usecases.put_aside import PAPERS
from fieldtool.usecases.read_log import GROUPS, NOTES
from fieldtool.usecases.row_verdicts import Verdict
from fieldtool.usecases.watch_makers import MARKS
from fieldtool.wording.guide import CARDS

STAGES = (
    "read",
    "recognise",
    "rows",
    "write",
    "project",
    "block",
    "compare",
    "weigh",
    "cluster",
    "link",
    "check",
    "rebuild",
    "pack",
    "seal",
    "prove",
    "verify",
    "join",
    "people",
    "backup",
    "restore",
    "bulk",
    "print",
    "report",
    "count",
)

VALUES = (  # what a command or a page was given wrongly, beyond fields, questions and details
    "animal", "asked", "said", "sibling", "event", "district", "successor", "variants", "village", "pin", "role",
    "total", "owner", "next_day", "until", "paper", "verdict", "document", "same_person",
)  # fmt: skip


def codes() -> Iterator[str]:
    """Every code of every family."""
    for error in ErrorCode:
        yield f"error.{error}"
        yield f"hint.{error}"
    for table in (compare, date_differences, name_differences, number_differences, place_differences):
        yield from (f"difference.{code}" for code in table.CODES)
    yield "difference.decided_apart"
    own = {*compare.CODES, *name_differences.CODES, *date_differences.CODES, *number_differences.CODES}
    yield from (f"reason.{code}" for code in explain.CODES if code not in own)
    yield from (f"road.{code}" for code in law.CODES)
    yield from (f"finding.{code}" for code in (*number_findings.CODES, *number_findings.STORE_CODES))
    yield from (f"finding.{code}" for code in families.CODES)
    yield from (f"form.{form}" for form in law.FORMS)
    yield from (f"law_issue.{code}" for code in law.ISSUES)
    yield from (f"template_issue.{code}" for code in form_texts.ISSUES)
    yield from (f"ui.law.birth.{item}" for item in ("independent", "late", "short"))
    yield from (f"ui.law.prevails.{item}" for item in ("paper", "fuller", "none"))
    yield from (f"certainty.{item}" for item in ("sure", "likely", "unsure"))
    yield from (f"who.{item}" for item in Who)
    yield from (f"standing.{item}" for item in ("open", *Standing, "any"))
    yield from (f"paper.{item}" for item in PAPERS)
    yield from (f"kin.{item}" for item in KINDS)
    yield from (f"evidence.{item}" for item in evidence.GRADES)
    yield from (f"consequence.{item}" for item in CONSEQUENCES)
    yield from (f"left.{item}" for item in LEFT)
    yield from (f"suite.{item}" for item in SUITES)
    yield from (f"edit.{item}" for item in EditState)
    for issue in IssueCode:
        yield f"issue.{issue}"
        yield f"issue_hint.{issue}"
    yield from (f"field.{item}" for item in Field)
    yield from (f"meaning.{item}" for group in (Field, Extra) for item in group)
    yield from (f"kind.{item}" for item in DocumentKind)
    yield from (f"state.{item}" for item in FieldState)
    yield from (f"value.{item}" for item in VALUES)
    yield from (f"doubt.{item}" for item in DoubtKind)
    yield from (f"band.{item}" for item in Band)
    yield from (f"record.{item}" for item in RecordKind)
    yield from (f"bundle.{item}" for item in BundleState)
    yield from (f"stage.{item}" for item in STAGES)
    yield from (f"guide.card.{item}" for item in CARDS)
    yield from (f"ui.mapping.{item}" for item in DayOrder)
    yield from ("ui.verdicts.all", "ui.verdicts.remarked")
    yield from (f"ui.lookup.age.{relation}" for relation in RELATIONS)
    yield from (f"age_clues.{item}" for item in (*RELATIONS, "mu", "solar"))
    yield from (f"ui.lookup.{tab}" for tab in ("card", "age", "place", "surname", "number"))
    yield from (f"place_flag.{item}" for item in places.FLAGS)
    yield from (f"card_flag.{item}" for item in card_qr.FLAGS)
    yield from (f"clue.{item}" for item in age.CLUES)
    yield from (f"animal.{item}" for item in ANIMALS)
    yield from (f"stem.{item}" for item in age.STEMS)
    yield from (f"event.{item.code}" for item in age.events())
    for verdict in Verdict:
        yield f"verdict.{verdict}"
        yield f"verdict_means.{verdict}"
    yield from (f"noted.{item}" for item in NOTES)
    yield from (f"log.group.{item}" for item in GROUPS)
    yield from field_work()
    yield from exchange()


def exchange() -> Iterator[str]:
    """The codes of receipts, quarantine and the board of makers."""
    yield from (f"receipt_result.{item}" for item in Result)
    yield from (f"held.{item}" for item in Held)
    for state in QuarantineState:
        yield f"quarantine.{state}"
        yield f"quarantine_state.{state}"
    yield from (f"mark.{item}" for item in MARKS)
    yield from (f"stick_state.{item}" for item in StickState)


def field_work() -> Iterator[str]:
    """The codes of visits and cases."""
    yield from (f"presence.{item}" for item in Presence)
    yield from (f"ask.{item}" for item in (*Asked, "person", "said_by"))
    yield from (f"sighting.{item}" for item in Sighting)
    yield from (f"result.{item}" for item in VisitResult)
    yield from (f"time.{item}" for item in TimeOfDay)
    yield from (f"ask_conflict.{item}" for item in COMPARED_FIELDS)
    for kind, machine in book.MACHINES.items():
        yield f"case.{kind}"
        yield from (f"case_state.{kind}.{state}" for state in machine.states)
        yield from (f"case_step.{step.code}" for step in machine.steps)
        yield from (f"case_check.{item}" for item in machine.checklist)
        yield from (f"detail.{item}" for item in machine.details)
        yield from (f"choice.{name}.{item}" for name, items in machine.choices.items() for item in items)
    yield from (f"alike.{code}" for code in LIKENESS)
    yield from (f"role.{item}" for item in OfficerRole)
    yield from (f"power.{item}" for item in Power)
    for word, figures in four_words.WORDS.items():
        yield f"word.{word}"
        yield from (f"figure.{code}" for code in figures)
