"""The desk's head in words: where a doubt is, how many there are and for whom, what to do when a filter holds none."""

from __future__ import annotations

from fieldtool.conflicts.queue import Wanted
from fieldtool.records.persons import Doubt
from fieldtool.ui.desk_queue import DeskQueue
from fieldtool.ui.office import Office
from fieldtool.wording.days import day_told


def where(office: Office, doubt: Doubt) -> str:
    """The household and village of a doubt, and how it was put aside."""
    say = office.say
    house = office.people.household(doubt.household) if doubt.household else None
    told = [house.village_name, say("ui.household_of", head=house.head, book=house.book)] if house else []
    if doubt.standing:
        told.append(" ".join((say(f"standing.{doubt.standing}"), day_told(doubt.until), doubt.note)).strip())
    return " · ".join(part for part in told if part)


def counts(office: Office, lines: DeskQueue, pending: int) -> str:
    """The place in the queue and how much there is, by who must act."""
    say = office.say
    parts = [say("ui.desk.place", number=lines.place + 1 if lines.lines else 0, count=len(lines.lines))]
    if lines.total != len(lines.lines):
        parts.append(say("ui.desk.open_all", count=lines.total))
    if lines.current is not None:
        parts.append(say("ui.desk.at_door", count=lines.beside(lines.current)))
    parts += [f"{say(f'ui.desk.who.{who}')} {count}" for who, count in lines.counts.get("who", {}).items()]
    if pending:
        parts.append(say("ui.desk.pending", count=pending))
    return "  ·  ".join(parts)


def narrowed(lines: DeskQueue) -> bool:
    """Whether a filter hides lines that are open."""
    return lines.wanted != Wanted() and lines.total > 0


def empty(office: Office, lines: DeskQueue, pending: int) -> tuple[str, str]:
    """What is told where no doubt is shown, and what to do next: acts are being written, the filter is used up, or
    the queue is."""
    say = office.say
    if pending:
        return say("ui.desk.pending", count=pending), say("ui.desk.pending_hint")
    if narrowed(lines):
        return say("ui.desk.filter_empty"), say("ui.desk.filter_empty_hint", count=lines.total)
    return say("ui.desk.empty"), say("ui.desk.empty_hint")
