"""The plan: which villages this laptop carries, what waits in each, who goes where on which day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from fieldtool.ports import FieldWork, Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, STATE, UNDONE, Draft, RecordKind
from fieldtool.records.roles import Power
from fieldtool.records.work import PlanNote, TaskLine
from fieldtool.usecases.authority import current_user, require, require_one
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import day_after, today

CARRY = "carry"
SPAN = 180  # days after which a member counts as not spoken of


@dataclass(frozen=True, slots=True)
class Tasks:
    """What waits in a village. `promised` households come first in `lines`; `quiet` is how many have nothing open."""

    village: str
    lines: tuple[TaskLine, ...]
    quiet: int
    day: str


def carried(home: Home) -> tuple[str, ...]:
    """The villages this laptop carries and its user goes to; () for all it holds."""
    events = home.log.register(RecordKind.DEVICE, home.card.device, CARRY)
    villages: set[str] = set()
    for event in events:
        villages |= set(json.loads(event.value)) if event.value else set()
    own = set(current_user(home).villages)
    if own:
        villages = villages & own if villages else own
    return tuple(sorted(villages))


def carry(home: Home, villages: Sequence[str]) -> tuple[str, ...]:
    """Say which villages this laptop carries; plans, tasks and the window then show these alone. () for all."""
    require(home, Power.VISIT)
    known = {village.id for village in home.people.villages()}
    for village in villages:
        _known(village, known)
    standing = home.log.register(RecordKind.DEVICE, home.card.device, CARRY)
    value = json.dumps(sorted(set(villages)), ensure_ascii=False)
    seen = tuple(event.id for event in standing)
    home.log.append([Draft(RecordKind.DEVICE, home.card.device, CARRY, value, seen)])
    return carried(home)


def _known(village: str, known: set[str]) -> None:
    if village not in known:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": village})


def tasks(home: Home, village: str, *, everything: bool = False) -> Tasks:
    """The households of a village by hamlet and path, promised visits first; those with nothing open left out."""
    return waiting(seen_work(home, home.work), village, today(home).day, everything=everything)


def waiting(work: FieldWork, village: str, day: str, *, everything: bool = False) -> Tasks:
    """The same from the read side alone."""
    lines = work.tasks(village, day_after(day, -SPAN))
    open_ones = [line for line in lines if everything or waits(line, day)]
    promised = [line for line in open_ones if line.next_day and line.next_day <= day]
    others = [line for line in open_ones if not (line.next_day and line.next_day <= day)]
    return Tasks(village, (*promised, *others), len(lines) - len(open_ones), day)


def waits(line: TaskLine, day: str) -> bool:
    """Whether a household has anything open, and is not one to be let alone until a promised later day."""
    if line.next_day and line.next_day > day:
        return False
    return bool(line.unmet or line.doubts or line.cases or line.next_day)


def make_plan(
    home: Home,
    village: str,
    day: str = "",
    helpers: Sequence[str] = (),
    households: Sequence[str] = (),
    note: str = "",
    *,
    limit: int = 40,
) -> PlanNote:
    """Plan a day in a village: the households given, or the first that wait on that day, in the order of the path."""
    _may_plan(home, village)
    _known(village, {item.id for item in home.people.villages()})
    day = day or today(home).day
    then = waiting(home.work, village, max(day, today(home).day))  # with those promised for that day
    chosen = list(households) or [line.household for line in then.lines[:limit]]
    for household in households:
        if home.people.household(household) is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": household})
    id = home.ids.record()
    content = {"village": village, "day": day, "helpers": list(helpers), "households": chosen, "note": note}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    home.log.append([Draft(RecordKind.PLAN, id, CONTENT, text, village=village)])
    return PlanNote(id, village, day, tuple(helpers), tuple(chosen), note)


def _may_plan(home: Home, village: str) -> None:
    """Who goes there plans for himself; headquarters plans for its laptops, whose next visits travel down to them."""
    if home.card.headquarters:
        require_one(home, Power.VISIT, Power.TRUST)
    else:
        require(home, Power.VISIT, village)


def find_plan(home: Home, id: str) -> PlanNote:
    """A plan by its id, or the newest of a village by the village's id; NOT_FOUND otherwise."""
    plans = [plan for plan in seen_work(home, home.work).plans() if id in (plan.id, plan.village)]
    if not plans:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return plans[0]


def today_plan(home: Home, village: str) -> PlanNote | None:
    """A plan that stands for today in a village, None where none was made."""
    day = today(home).day
    return next((plan for plan in seen_work(home, home.work).plans(village, day) if plan.day == day), None)


def drop_plan(home: Home, id: str) -> None:
    """Take a plan back."""
    plan = find_plan(home, id)
    _may_plan(home, plan.village)
    standing = home.log.register(RecordKind.PLAN, plan.id, STATE)
    home.log.append(
        [Draft(RecordKind.PLAN, plan.id, STATE, UNDONE, tuple(event.id for event in standing), village=plan.village)]
    )


def place_houses(home: Home, hamlet: str, households: Sequence[str]) -> int:
    """Say in which order the houses of a hamlet lie along the path."""
    drafts = []
    for place, household in enumerate(households, start=1):
        house = home.people.household(household)
        if house is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": household})
        require(home, Power.VISIT, house.village)
        standing = home.log.register(RecordKind.HOUSEHOLD, household, "path")
        value = json.dumps({"hamlet": hamlet, "place": place}, ensure_ascii=False)
        seen = tuple(event.id for event in standing)
        drafts.append(Draft(RecordKind.HOUSEHOLD, household, "path", value, seen, village=house.village))
    home.log.append(drafts)
    return len(drafts)
