"""Paper, workbooks, scanners, as windows and commands ask for them; late_outputs.py supplies them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from fieldtool.ports import Home
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.work import CaseNote, PlanNote, TaskLine
from fieldtool.usecases.open_household import DoorPage, open_household
from fieldtool.usecases.plan_visits import SPAN
from fieldtool.usecases.today import day_after, today
from fieldtool.usecases.weekly_report import Templates, WeeklyReport

Say = Callable[..., str]


class Listening(Protocol):
    """A scanner that is being listened to."""

    def start(self) -> None:
        """Begin."""

    def stop(self, seconds: float = 2.0) -> None:
        """Listen no more."""


class Outputs(Protocol):
    """Printed forms, templates, scanners and pictures: what most commands do without. `say` turns a code into words."""

    def text_in_picture(self, path: Path) -> str:
        """The QR text in a picture file, which is not kept."""

    def scanner_ports(self) -> list[tuple[str, str]]:
        """Serial ports that may be scanners, with the system's words for them."""

    def watch_pictures(
        self, folder: Path | None, said: Callable[[str], None], lost: Callable[[FieldtoolError], None], seconds: float
    ) -> tuple[Listening, Path]:
        """The system's camera with its folder of pictures (another when one is given), and which folder that is."""

    def listen(self, port: str, said: Callable[[str], None], lost: Callable[[FieldtoolError], None]) -> Listening:
        """A scanner on a port; `said` gets each line, `lost` what ended it, both on a thread of the scanner's."""

    def templates(self) -> Templates:
        """Workbooks as templates."""

    def route_sheet(self, home: Home, plan: PlanNote, say: Say) -> bytes:
        """The PDF of a plan."""

    def roster(self, home: Home, kind: str, village: str, say: Say) -> bytes:
        """The PDF of a roster of open cases."""

    def weekly(self, home: Home, report: WeeklyReport, say: Say) -> bytes:
        """The PDF of the weekly report, as its workbook stands."""


def plan_pages(home: Home, plan: PlanNote) -> list[tuple[TaskLine, DoorPage]]:
    """The households of a plan with what is open in each, in the plan's order; noted in the journal as printed."""
    day = today(home).day
    lines = {line.household: line for line in home.work.tasks(plan.village, day_after(day, -SPAN))}
    home.log.note("print", f"route {plan.id} {len(plan.households)}")
    return [
        (lines[id], open_household(home.people, home.work, home.drafts, home.ids, id, day))
        for id in plan.households
        if id in lines
    ]


def roster_cases(home: Home, cases: dict[str, list[CaseNote]]) -> dict[str, list[tuple[CaseNote, str, str]]]:
    """The cases of a roster with each person's birth date and number; noted in the journal as printed."""
    found: dict[str, list[tuple[CaseNote, str, str]]] = {}
    for village, items in cases.items():
        for case in items:
            person = home.people.person(case.person)
            dob, number = (person.value(Field.DOB), person.value(Field.N12)) if person else ("", "")
            found.setdefault(village, []).append((case, dob, number))
    home.log.note("print", f"roster {sum(len(items) for items in cases.values())}")
    return found
