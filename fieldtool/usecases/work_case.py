"""Cases: open, step, tick, note, hand over. What may be done in which state stands in records/casebook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.casebook import book
from fieldtool.records.casebook.machine import Machine, Step
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, Event, RecordKind
from fieldtool.records.roles import Power
from fieldtool.records.work import CaseNote
from fieldtool.usecases.authority import current_user, require
from fieldtool.usecases.seen_people import bounds_of
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import day_after, days_between, today
from fieldtool.usecases.users import users


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with what counts today: days used, days left (None without a due day), steps that may be taken."""

    case: CaseNote
    machine: Machine
    used: int
    left: int | None
    steps: tuple[Step, ...]

    @property
    def late(self) -> bool:
        """Whether its due day has passed."""
        return not self.case.closed and self.left is not None and self.left < 0


def machine_of(kind: str) -> Machine:
    """The machine of a kind of case; BAD_VALUE for a kind that is none."""
    machine = book.MACHINES.get(kind)
    if machine is None:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": kind, "detail": ", ".join(book.MACHINES)})
    return machine


def view(home: Home, case: CaseNote, day: str = "") -> CaseView:
    """A case as it stands on a day (today)."""
    day = day or today(home).day
    machine = book.MACHINES[case.kind]
    end = case.closed if len(case.closed) == len(day) else day
    left = days_between(day, case.due) if case.due else None
    return CaseView(case, machine, days_between(case.opened, end), left, machine.steps_from(case.state))


def list_cases(
    home: Home, kind: str = "", village: str = "", owner: str = "", household: str = "", *, closed: bool = False
) -> list[CaseView]:
    """Cases with late ones on top, then by what is left; without a due day last. Those of villages that the officer
    at the machine may see."""
    day = today(home).day
    seen = seen_work(home, home.work).cases(kind, village, owner, "", household, closed=closed)
    found = [view(home, case, day) for case in seen]
    return sorted(found, key=lambda item: (bool(item.case.closed), item.left is None, item.left or 0))


def opening(
    home: Home,
    kind: str,
    person: str,
    *,
    day: str,
    household: str = "",
    village: str = "",
    details: Mapping[str, str] | None = None,
    subject: str = "",
    visit: str = "",
) -> tuple[str, list[Draft]]:
    """The id of a case and what opens it; no draft when it is open already."""
    machine = machine_of(kind)
    about = subject or person or household
    if subject:
        earlier = [case for case in home.work.cases(kind, closed=True) if case.details.get("number") == subject]
    elif person:
        earlier = home.work.cases(kind, person=person, closed=True)
    else:
        earlier = [case for case in home.work.cases(kind, household=household, closed=True) if not case.person]
    standing = [case for case in earlier if not case.closed]
    if standing:
        return standing[0].id, []
    id = book.case_id(kind, about, len(earlier))
    said = {"kind": kind, "person": person, "household": household}
    basis = _compact({"day": day, **({"visit": visit} if visit else {})})
    drafts = [Draft(RecordKind.CASE, id, book.OPENED, _compact(said), basis=basis, village=village)]
    if machine.days:
        due = day_after(day, machine.days)
        drafts.append(Draft(RecordKind.CASE, id, book.DUE, due, basis=basis, village=village))
    owner = current_user(home).id
    drafts.append(Draft(RecordKind.CASE, id, book.OWNER, owner, basis=basis, village=village))
    for name, text in (details or {}).items():
        if text:
            drafts.append(Draft(RecordKind.CASE, id, book.DETAIL + name, text, basis=basis, village=village))
    return id, drafts


def open_case(
    home: Home,
    kind: str,
    person: str = "",
    household: str = "",
    details: Mapping[str, str] | None = None,
    *,
    subject: str = "",
) -> CaseView:
    """Open a case for a person or a household; the one that is open already when there is one."""
    village = _village(home, person, household)
    require(home, Power.CASES, village)
    machine = machine_of(kind)
    _check_details(machine, details or {})
    id, drafts = opening(
        home, kind, person, day=today(home).day, household=household, village=village, details=details, subject=subject
    )
    if drafts:
        home.log.append(drafts)
    return _case(home, id)


def _village(home: Home, person: str, household: str) -> str:
    if person:
        found = home.people.person(person)
        if found is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": person})
        return found.village
    house = home.people.household(household)
    if house is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": household or "—"})
    return house.village


def show_case(home: Home, id: str) -> CaseView:
    """One case; NOT_FOUND otherwise, also for one outside the villages of who looks."""
    found, bounds = _case(home, id), bounds_of(home)
    if bounds is not None and found.case.village not in bounds:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return found


def _case(home: Home, id: str) -> CaseView:
    case = home.work.case(id)
    if case is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return view(home, case)


def history(home: Home, id: str) -> list[Event]:
    """Everything that was done in a case, in the order it arrived here."""
    return list(home.log.events(RecordKind.CASE, id))


def step(
    home: Home, id: str, code: str, details: Mapping[str, str] | None = None, *, saw: Sequence[str] | None = None
) -> CaseView:
    """Take a step. STEP_NOT_ALLOWED when the state does not allow it, ANSWER_NEEDED when a detail it asks for is
    missing. `saw` are the states on the screen: STALE_DECISION when another stands by now."""
    found = _case(home, id)
    case, machine = found.case, found.machine
    require(home, Power.CASES, case.village)
    standing = home.log.register(RecordKind.CASE, id, book.STATE)
    here = {event.value for event in standing} or {machine.first}
    if saw is not None and set(saw) != here:
        raise FieldtoolError(ErrorCode.STALE_DECISION, values={"field": book.STATE})
    taken = machine.step(case.state, code)
    if taken is None:
        allowed = ", ".join(item.code for item in found.steps)
        raise FieldtoolError(ErrorCode.STEP_NOT_ALLOWED, values={"step": code, "state": case.state, "detail": allowed})
    given = {**case.details, **(details or {})}
    _check_details(machine, details or {})
    missing = [name for name in taken.asks if not given.get(name, "").strip()]
    if missing:
        raise FieldtoolError(ErrorCode.ANSWER_NEEDED, values={"field": ", ".join(missing)})
    unticked = [name for name in taken.needs if case.checks.get(name) != book.TICKED]
    if unticked:
        raise FieldtoolError(ErrorCode.ANSWER_NEEDED, values={"field": ", ".join(unticked)})
    day = today(home).day
    basis = _compact({"day": day, "step": code})
    move = Draft(
        RecordKind.CASE,
        id,
        book.STATE,
        taken.end,
        supersedes=tuple(event.id for event in standing),
        basis=basis,
        village=case.village,
        old=case.state,
    )
    home.log.append([move, *_details(home, case, details or {}, day)])
    return _case(home, id)


def _check_details(machine: Machine, details: Mapping[str, str]) -> None:
    for name, text in details.items():
        choices = machine.choices.get(name)
        if name not in machine.details or (choices and text and text not in choices):
            allowed = ", ".join(choices or machine.details)
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": name, "detail": allowed})


def _details(home: Home, case: CaseNote, details: Mapping[str, str], day: str) -> Iterable[Draft]:
    for name, text in details.items():
        yield _write(home, case, book.DETAIL + name, text.strip(), day)


def _write(home: Home, case: CaseNote, field: str, value: str, day: str) -> Draft:
    """A register of a case written over what stands there now."""
    standing = home.log.register(RecordKind.CASE, case.id, field)
    return Draft(
        RecordKind.CASE,
        case.id,
        field,
        value,
        supersedes=tuple(event.id for event in standing),
        basis=_compact({"day": day}),
        village=case.village,
        old=standing[0].value if standing else "",
    )


def tell(home: Home, id: str, details: Mapping[str, str]) -> CaseView:
    """Write details of a case without a step."""
    found = _case(home, id)
    require(home, Power.CASES, found.case.village)
    _check_details(found.machine, details)
    home.log.append(_details(home, found.case, details, today(home).day))
    return _case(home, id)


def tick(home: Home, id: str, item: str, done: bool = True) -> CaseView:
    """Tick an item of the checklist, or take the tick away."""
    found = _case(home, id)
    require(home, Power.CASES, found.case.village)
    if item not in found.machine.checklist:
        allowed = ", ".join(found.machine.checklist)
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": item, "detail": allowed})
    home.log.append([_write(home, found.case, book.CHECK + item, book.TICKED if done else "", today(home).day)])
    return _case(home, id)


def add_note(home: Home, id: str, text: str) -> CaseView:
    """Add a note; notes stand beside one another, none replaces another."""
    found = _case(home, id)
    require(home, Power.CASES, found.case.village)
    if not text.strip():
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "note"})
    field = book.NOTE + home.ids.nonce()
    home.log.append([_write(home, found.case, field, text.strip(), today(home).day)])
    return _case(home, id)


def hand_over(home: Home, id: str, to: str) -> CaseView:
    """Give a case to another officer of this home, by id or name, or to a unit or officer elsewhere in words."""
    found = _case(home, id)
    require(home, Power.CASES, found.case.village)
    name = " ".join(to.split())
    if not name:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "owner"})
    owner = next((item.id for item in users(home) if name in (item.id, item.name)), name)
    home.log.append([_write(home, found.case, book.OWNER, owner, today(home).day)])
    return _case(home, id)


def undo_step(home: Home, id: str) -> CaseView:
    """Take the last step back: the state before it stands again. NOTHING_TO_UNDO when none was taken."""
    found = _case(home, id)
    require(home, Power.CASES, found.case.village)
    standing = home.log.register(RecordKind.CASE, id, book.STATE)
    if not any(event.value for event in standing):
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"what": id})
    before = [_before(home, event) for event in standing]
    held = {event.value: event.id for event in before if event is not None} or {"": ""}
    own = tuple(event.id for event in standing)
    day = today(home).day
    drafts = [
        Draft(
            RecordKind.CASE,
            id,
            book.STATE,
            value,
            supersedes=own,
            basis=_compact({"day": day, "undoes": standing[0].id, "as": origin}),
            village=found.case.village,
        )
        for value, origin in sorted(held.items())
    ]
    home.log.append(drafts)
    return _case(home, id)


def _before(home: Home, event: Event) -> Event | None:
    """The state event that stood before one, seen through undoings: the step a step was taken from."""
    basis = json.loads(event.basis) if event.basis else {}
    first = home.log.event(str(basis["as"])) if basis.get("as") else event
    olds = [home.log.event(old) for old in first.supersedes] if first is not None else []
    standing = next((old for old in olds if old is not None and old.value), None)
    if standing is None:
        return None
    origin = (json.loads(standing.basis) if standing.basis else {}).get("as")
    return home.log.event(str(origin)) if origin else standing


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
