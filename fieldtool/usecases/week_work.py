"""What was done this week beside the last, and open cases beside late ones: the figures page's rows below the four
words, by the names of their queries."""

from __future__ import annotations

from collections.abc import Sequence

from fieldtool.ports import FieldWork
from fieldtool.usecases.four_words import week_of, week_span
from fieldtool.usecases.today import day_after
from fieldtool.usecases.work_case import CaseView


def week_work(work: FieldWork, day: str, village: str, cases: Sequence[CaseView]) -> dict[str, tuple[int, int]]:
    """Query → two counts; `cases` are the open ones of the village."""
    first, last = week_span(week_of(day))
    now = work.done_between(first, last, village)
    then = work.done_between(day_after(first, -7), day_after(last, -7), village)
    found = {f"week.{what}": (now.get(what, 0), then.get(what, 0)) for what in {*now, *then}}
    for kind in {item.case.kind for item in cases}:
        of_kind = [item for item in cases if item.case.kind == kind]
        found[f"case.{kind}"] = (len(of_kind), sum(item.late for item in of_kind))
    return found
