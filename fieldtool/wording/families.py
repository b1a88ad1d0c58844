"""Codes that the source builds from enums and tables, so that the check can prove each has its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from fieldtool.conflicts import compare, evidence, families, law
from fieldtool.intake.issues import IssueCode
from fieldtool.matching import explain
from fieldtool.records import (
    date_differences,
    form_texts,
    name_differences,
    number_differences,
    number_findings,
    place_differences,
)
from fieldtool.records.doubts import Standing, Who
from fieldtool.records.errors import ErrorCode
from fieldtool.records.events import RecordKind
from fieldtool.records.exchange import BundleState
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import DoubtKind, FieldState
from fieldtool.records.verdicts import Band
from fieldtool.usecases.decide_in_bulk import LEFT
from fieldtool.usecases.join_persons import CONSEQUENCES
from fieldtool.usecases.look_around import KINDS
from fieldtool.usecases.put_aside import PAPERS

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
    "bulk",
    "print",
)


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
    yield from (f"finding.{code}" for code in number_findings.CODES)
    yield from (f"finding.{code}" for code in families.CODES)
    yield from (f"form.{form}" for form in law.FORMS)
    yield from (f"law_issue.{code}" for code in law.ISSUES)
    yield from (f"template_issue.{code}" for code in form_texts.ISSUES)
    yield from (f"certainty.{item}" for item in ("sure", "likely", "unsure"))
    yield from (f"who.{item}" for item in Who)
    yield from (f"standing.{item}" for item in ("open", *Standing, "any"))
    yield from (f"paper.{item}" for item in PAPERS)
    yield from (f"kin.{item}" for item in KINDS)
    yield from (f"evidence.{item}" for item in evidence.GRADES)
    yield from (f"consequence.{item}" for item in CONSEQUENCES)
    yield from (f"left.{item}" for item in LEFT)
    for issue in IssueCode:
        yield f"issue.{issue}"
        yield f"issue_hint.{issue}"
    yield from (f"field.{item}" for item in Field)
    yield from (f"kind.{item}" for item in DocumentKind)
    yield from (f"state.{item}" for item in FieldState)
    yield from (f"doubt.{item}" for item in DoubtKind)
    yield from (f"band.{item}" for item in Band)
    yield from (f"record.{item}" for item in RecordKind)
    yield from (f"bundle.{item}" for item in BundleState)
    yield from (f"stage.{item}" for item in STAGES)
