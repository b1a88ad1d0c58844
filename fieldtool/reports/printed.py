"""Which printed forms there are: data from the use cases, words from `say`, pages from the other files of this room."""

from __future__ import annotations

from collections.abc import Sequence

from fieldtool.ports import Home
from fieldtool.records.sensitive import SENSITIVE
from fieldtool.records.work import PlanNote, TaskLine
from fieldtool.reports.roster_sheet import report_sheets, roster
from fieldtool.reports.route_sheet import RouteHouse, route_sheet
from fieldtool.usecases.open_household import DoorPage
from fieldtool.usecases.outputs import Say, plan_pages, roster_cases
from fieldtool.usecases.propose_cases import roster as roster_of
from fieldtool.usecases.weekly_report import ReportPage


def plan_sheet(home: Home, plan: PlanNote, say: Say) -> bytes:
    """The route sheet of a plan."""
    names = {village.id: village.name for village in home.people.villages()}
    title = say("print.route", village=names.get(plan.village, plan.village), day=_day(plan.day))
    facts = [say("print.helpers", names=", ".join(plan.helpers))] if plan.helpers else []
    facts += [plan.note] if plan.note else []
    houses = [_house(line, page, say) for line, page in plan_pages(home, plan)]
    return route_sheet(title, facts, houses, say, say("print.footer", unit=home.card.unit_name))


def _house(line: TaskLine, page: DoorPage, say: Say) -> RouteHouse:
    people, asked = [], []
    for item in page.members:
        facts = " · ".join(part for part in (item.member.relation, item.member.dob) if part)
        state = f" — {say(f'presence.{item.presence.state}')}" if item.presence.state else ""
        people.append(f"{item.member.name} ({facts}){state}")
        for question in item.questions:
            words = say(f"ask_conflict.{question.field}", name=item.member.name)
            values = [] if question.field in SENSITIVE else question.values  # a sheet may be lost on the road
            asked.append(" ".join(part for part in (words, " / ".join(values)) if part))
    asked += [say(f"case.{case.kind}") + (f": {case.name}" if case.name else "") for case in page.cases]
    return RouteHouse(line, tuple(people), tuple(asked))


def roster_sheet(home: Home, kind: str, village: str, say: Say) -> bytes:
    """The roster of a mobile session or an activation day."""
    cases = roster_cases(home, roster_of(home, kind, village))
    why = "blocked_by" if kind == "vneid" else "why"
    heads = [say(f"print.roster.{name}") for name in ("name", "dob", "number", "why", "state", "phone", "signed")]
    rows = {
        place: [
            (
                case.name,
                dob,
                number,
                say(f"choice.{why}.{case.details[why]}") if case.details.get(why) else "",
                say(f"case_state.{kind}.{case.state}"),
                case.details.get("phone", ""),
                "",
            )
            for case, dob, number in items
        ]
        for place, items in cases.items()
    }
    title = say(f"print.roster.{kind}")
    return roster(title, heads, rows, (55, 26, 34, 48, 34, 28, 28), say("print.footer", unit=home.card.unit_name))


def weekly_sheet(home: Home, week: str, pages: Sequence[ReportPage], say: Say) -> bytes:
    """The weekly report on paper, from the sheets of its filled workbook."""
    footer = say("print.footer", unit=home.card.unit_name)
    return report_sheets(say("print.weekly", week=week), pages, footer)


def _day(iso: str) -> str:
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}"
