"""The route sheet: the households of a plan in the order of the path, only what is open, with room for notes.

Each household bears a QR code, so that notes made by hand come back to the right record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import KeepTogether

from fieldtool.records.route_codes import code_of
from fieldtool.records.work import TaskLine
from fieldtool.reports.pages import document, gap, qr, table, words


@dataclass(frozen=True, slots=True)
class RouteHouse:
    """A household on the sheet: its line of tasks, and what is to be asked, in words."""

    line: TaskLine
    people: tuple[str, ...]
    asked: tuple[str, ...]


def route_sheet(
    title: str, facts: Sequence[str], houses: Iterable[RouteHouse], say: Callable[..., str], footer: str = ""
) -> bytes:
    """The PDF; `say` gives the words of the few headings."""
    story: list[Any] = [words(title, 14, bold=True), *(words(fact) for fact in facts), gap()]
    for number, house in enumerate(houses, start=1):
        story.append(KeepTogether([_block(number, house, say), gap(2)]))
    return document(story, title, footer)


def _block(number: int, house: RouteHouse, say: Callable[..., str]) -> Any:
    line = house.line
    head = f"{number}. {line.head}" + (f" · {line.hamlet}" if line.hamlet else "")
    where = [say("print.book", book=line.book or "—"), say("print.members", count=line.members)]
    if line.attempts:
        where.append(say("print.attempts", count=line.attempts))
    if line.next_day:
        day = line.next_day
        where.append(
            say("print.next", day=f"{day[8:10]}/{day[5:7]}/{day[:4]}", time=say(f"time.{line.next_time or 'any'}"))
        )
    left = [words(head, 11, bold=True), words(" · ".join(where), 8.5)]
    left += [words(f"☐ {text}".replace("☐", "[  ]"), 9) for text in house.people]
    left += [words(f"? {text}", 9, bold=True) for text in house.asked]
    notes = [words(say("print.notes"), 8), gap(max(14.0, 4.0 * len(house.people)))]
    return table([[[qr(code_of(line.household))], left, notes]], (25, 95, 60), head=0)
