"""What a key asks further: how long to park, which paper is needed, which paper to split off, which form to print."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from fieldtool.conflicts.law import FORMS
from fieldtool.records.doubts import Standing
from fieldtool.records.fields import Field
from fieldtool.records.sensitive import veiled_texts
from fieldtool.ui.desk_panels import Choice, SideLine
from fieldtool.ui.desk_view import DeskView
from fieldtool.ui.office import Office
from fieldtool.usecases.join_persons import preview_merge, preview_split
from fieldtool.usecases.put_aside import PAPERS

_HITS = 9


def parking(office: Office, today: str, put: Callable[[Standing, str], None], note: Callable[[], None]) -> list[Choice]:
    """For how long a doubt is put aside, or why."""
    day = datetime.date.fromisoformat(today)
    choices = []
    for number, (code, days) in enumerate((("week", 7), ("month", 30), ("open", 0)), start=1):
        until = (day + datetime.timedelta(days=days)).isoformat() if days else ""
        text = office.say(f"ui.desk.park.{code}", number=number)
        choices.append(Choice(text, lambda until=until: put(Standing.PARKED, until)))  # type: ignore[misc]
    choices.append(Choice(office.say("ui.desk.park.note", number=4), note))
    return choices


def papers(office: Office, put: Callable[[str], None]) -> list[Choice]:
    """Which paper is needed."""
    return [
        # the tenth is the key 0
        Choice(f"{number % 10}   {office.say(f'paper.{paper}')}", lambda paper=paper: put(paper))  # type: ignore[misc]
        for number, paper in enumerate(PAPERS, start=1)
    ]


def splitting(office: Office, view: DeskView, pick: Callable[[str], None]) -> list[Choice]:
    """Which paper is not of this person."""
    return [
        Choice(
            office.say("ui.desk.split_paper", number=number, paper=office.say(f"kind.{paper.kind}"),
                       name=paper.get(Field.NAME)),
            lambda id=paper.id: pick(id),  # type: ignore[misc]
        )
        for number, paper in enumerate(view.papers, start=1)
    ]  # fmt: skip


def going_along(office: Office, view: DeskView, leaving: Sequence[str], pick: Callable[[str], None]) -> list[Choice]:
    """Which further paper leaves with those already named; none, where one alone would stay."""
    stay = [paper for paper in view.papers if paper.id not in leaving]
    return [
        Choice(
            office.say("ui.desk.split_also", number=number, paper=office.say(f"kind.{paper.kind}"),
                       name=paper.get(Field.NAME)),
            lambda id=paper.id: pick(id),  # type: ignore[misc]
        )
        for number, paper in enumerate(stay if len(stay) > 1 else [], start=2)
    ]  # fmt: skip


def forms(office: Office, view: DeskView, print_: Callable[[str], None]) -> list[Choice]:
    """Which form to print; the one that the legal table names is advised."""
    return [
        Choice(f"{number}   {office.say(f'form.{form}')}", lambda form=form: print_(form), form == view.road.form)  # type: ignore[misc]
        for number, form in enumerate(FORMS, start=1)
    ]


def found(office: Office, text: str, view: DeskView, pick: Callable[[str], None]) -> list[Choice]:
    """Persons that may be merged into the one in hand."""
    hits = [hit for hit in office.people.search(text, _HITS + 1) if hit.id != view.person.id][:_HITS]
    return [
        Choice(
            f"{number}   {hit.name} · {hit.dob} · {hit.n12 or hit.n9} · {hit.village_name}",
            lambda id=hit.id: pick(id),  # type: ignore[misc]
        )
        for number, hit in enumerate(hits, start=1)
    ]


def merge_lines(office: Office, view: DeskView, other: str) -> tuple[list[SideLine], bool]:
    """What a merge would bring, and whether a second officer must confirm it."""
    seen = preview_merge(office.people, office.work, view.person.id, other)
    lines = [SideLine(office.say("ui.desk.if_merged"))]
    lines += [
        SideLine("", office.wording.consequence(item.code, veiled_texts(item.values))) for item in seen.consequences
    ]
    return lines, seen.second


def split_lines(office: Office, view: DeskView, documents: Sequence[str]) -> list[SideLine]:
    """What a split would bring."""
    seen = preview_split(office.people, view.person.id, documents)
    lines = [SideLine(office.say("ui.desk.if_split"))]
    return lines + [SideLine("", office.wording.consequence(i.code, veiled_texts(i.values))) for i in seen.consequences]
