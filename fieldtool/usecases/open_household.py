"""A household as it is met at the door: members with what was told and seen before, what is open, what to check."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fieldtool.conflicts.families import Kin, family_findings, kin_of
from fieldtool.conflicts.roads import Suggestion, suggest
from fieldtool.ports import Drafts, FieldWork, Home, Ids, People
from fieldtool.records.dates import parse_date
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import FieldState, FieldView, Household, Member, Person
from fieldtool.records.presence import SEEN, YES, Asked, Presence
from fieldtool.records.visits import MemberAnswer, Sheet, from_text, to_text
from fieldtool.records.work import CaseNote, PresenceNote, VisitNote

DRAFT = "visit."


@dataclass(frozen=True, slots=True)
class DoorQuestion:
    """A difference to be asked about: the values as papers have them, best evidence first, and what the law proposes.

    Its words are "ask_conflict.<field>". `saw` are the decisions that stand now.
    """

    person: str
    field: Field
    view: FieldView
    road: Suggestion
    saw: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The values to choose from."""
        if self.view.state is FieldState.DIVIDED:
            return tuple(dict.fromkeys(item.value for item in self.view.decisions))
        return tuple(text for text, _ in self.view.values)


@dataclass(frozen=True, slots=True)
class DoorMember:
    """A member as he stands on the page."""

    member: Member
    person: Person | None
    presence: PresenceNote
    papers: dict[str, str]  # kind → how it was seen last
    questions: tuple[DoorQuestion, ...]
    cases: tuple[CaseNote, ...]
    age: int | None


@dataclass(frozen=True, slots=True)
class DoorCheck:
    """Something about the household to look at before leaving. It never blocks."""

    code: str
    person: str = ""
    values: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def words(self) -> str:
        """The code of its sentence: a rule on families has the same one everywhere."""
        return f"finding.{self.code}" if self.code.startswith("family_") else f"door_check.{self.code}"


@dataclass(frozen=True, slots=True)
class DoorPage:
    """The whole page. `sheet` is the draft that was kept, or a new one."""

    house: Household
    members: tuple[DoorMember, ...]
    visits: tuple[VisitNote, ...]
    cases: tuple[CaseNote, ...]
    checks: tuple[DoorCheck, ...]
    sheet: Sheet
    drafted: bool

    @property
    def open_questions(self) -> int:
        """How many differences wait in this house."""
        return sum(len(item.questions) for item in self.members)


def open_household(people: People, work: FieldWork, drafts: Drafts, ids: Ids, household: str, day: str) -> DoorPage:
    """Read a household for a visit on a day; NOT_FOUND for an unknown one. Takes the read side, so that the window
    may call it on its own thread."""
    house = people.household(household)
    if house is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": household})
    order = [member.person for member in house.members]
    presences, seen = work.presences(order), work.sightings(order)
    cases = work.cases(household=household)
    members = tuple(
        _member(people, member, presences.get(member.person), dict(seen.get(member.person, {})), cases, day)
        for member in house.members
    )
    kept = drafts.kept(DRAFT + household)
    sheet = from_text(kept) if kept else _blank(work, ids, house, day)
    visits = tuple(work.visits(household, limit=10))
    if kept and any(visit.id == sheet.id for visit in visits):  # recorded, and the draft outlived a crash
        drafts.drop(DRAFT + household)
        kept, sheet = "", _blank(work, ids, house, day)
    return DoorPage(
        house=house,
        members=members,
        visits=visits,
        cases=tuple(cases),
        checks=house_checks(members, sheet),
        sheet=sheet,
        drafted=bool(kept),
    )


def _blank(work: FieldWork, ids: Ids, house: Household, day: str) -> Sheet:
    """An empty sheet; the head is whom one usually meets, and who comes along is as the day's plan says."""
    plans = [plan for plan in work.plans(house.village, day) if plan.day == day and house.id in plan.households]
    plan, helpers = (plans[0].id, plans[0].helpers) if plans else ("", ())
    return Sheet(ids.record(), house.id, house.village, met=house.head, helpers=helpers, plan=plan)


def _member(
    people: People,
    member: Member,
    presence: PresenceNote | None,
    papers: dict[str, str],
    cases: Sequence[CaseNote],
    day: str,
) -> DoorMember:
    person = people.person(member.person)
    return DoorMember(
        member=member,
        person=person,
        presence=presence or PresenceNote(member.person),
        papers=papers,
        questions=tuple(_question(person, field) for field in person.open_fields) if person else (),
        cases=tuple(case for case in cases if case.person == member.person),
        age=age_on(member.dob, day),
    )


def _question(person: Person, field: Field) -> DoorQuestion:
    view = person.fields[field]
    saw = tuple(decision.event for decision in view.decisions)
    return DoorQuestion(person.id, field, view, suggest(person, field), saw)


def age_on(dob: str, day: str) -> int | None:
    """Completed years on a day; None when no year is known. A year alone counts as born on its last day."""
    born = parse_date(dob)
    if not born.year:
        return None
    month, date = born.month or 12, born.day or 31
    return int(day[:4]) - born.year - ((int(day[5:7]), int(day[8:10])) < (month, date))


Rule = Callable[[Sequence[DoorMember], Sheet], list[DoorCheck]]


def house_checks(members: Sequence[DoorMember], sheet: Sheet) -> tuple[DoorCheck, ...]:
    """What of the household does not fit together, with the sheet's answers laid over what stood before."""
    return tuple(check for rule in _RULES for check in rule(members, sheet))


def state_of(item: DoorMember, sheet: Sheet) -> Presence | None:
    """A member's state: as just told, else as it stood."""
    told = sheet.answer_of(item.member.person).presence
    return told or item.presence.state


def _gone(item: DoorMember, sheet: Sheet) -> bool:
    return state_of(item, sheet) in (Presence.DIED, Presence.MOVED, Presence.UNKNOWN)


def _families(members: Sequence[DoorMember], sheet: Sheet) -> list[DoorCheck]:
    """The rules of conflicts.families over those who belong to the house now, newcomers among them."""
    kin = [_kin(item, sheet) for item in members if item.person is not None and not _gone(item, sheet)]
    for answer in sheet.members:
        if answer.slot and not answer.person:
            told = answer.answers
            name, dob, sex, relation = (told.get(Asked(code), "") for code in ("name", "dob", "sex", "relation"))
            papers = frozenset({"birth"}) if told.get(Asked.CERTIFICATE) == YES else frozenset[str]()
            kin.append(Kin(answer.slot, name, dob, sex, relation, papers=papers))
    return [DoorCheck(found.code, found.persons[0], dict(found.values)) for found in family_findings(kin)]


def _kin(item: DoorMember, sheet: Sheet) -> Kin:
    assert item.person is not None
    kin = kin_of(item.person)
    seen = sheet.answer_of(item.member.person).papers.get("birth") or item.papers.get("birth")
    return dataclasses.replace(kin, papers=kin.papers | {"birth"}) if seen in SEEN else kin


def _unspoken(members: Sequence[DoorMember], sheet: Sheet) -> list[DoorCheck]:
    return [
        DoorCheck("not_spoken_of", item.member.person, {"name": item.member.name})
        for item in members
        if sheet.answer_of(item.member.person).presence is None and item.presence.state is None
    ]


def _divided(members: Sequence[DoorMember], sheet: Sheet) -> list[DoorCheck]:
    return [
        DoorCheck("told_apart", item.member.person, {"name": item.member.name})
        for item in members
        if item.presence.divided and sheet.answer_of(item.member.person).presence is None
    ]


def _no_card(members: Sequence[DoorMember], sheet: Sheet) -> list[DoorCheck]:
    return [
        DoorCheck("adult_without_card", item.member.person, {"name": item.member.name})
        for item in members
        if item.age is not None and item.age >= 14 and "id" not in item.member.papers and not _gone(item, sheet)
    ]


def _returned(members: Sequence[DoorMember], sheet: Sheet) -> list[DoorCheck]:
    """Who is back from abroad while his case still has him there, with what it says is to be done then."""
    found = []
    for item in members:
        back = sheet.answer_of(item.member.person).presence is Presence.HERE
        for case in item.cases if back else ():
            if case.kind == "abroad" and case.state in ("away", "expected"):
                wanted = case.details.get("on_return", "")
                code = f"returned_{wanted}" if wanted else "returned"
                found.append(DoorCheck(code, item.member.person, {"name": item.member.name}))
    return found


_RULES: tuple[Rule, ...] = (_families, _divided, _unspoken, _no_card, _returned)


def keep_draft(drafts: Drafts, sheet: Sheet) -> None:
    """Keep what is on the page; called at every keystroke."""
    drafts.keep(DRAFT + sheet.household, to_text(sheet))


def drafts_open(drafts: Drafts) -> list[str]:
    """Households with a visit that was begun and not recorded."""
    return [name.removeprefix(DRAFT) for name in drafts.names(DRAFT)]


def all_here(page: DoorPage, sheet: Sheet) -> Sheet:
    """The sheet with everyone as before, and those of whom nothing was ever told as here: one key. Who died or moved
    away is not told of again: the day it was told is the one that counts."""
    away = {Presence.WORKING, Presence.ABROAD, Presence.UNKNOWN}
    for item in to_speak_of(page):
        told = sheet.answer_of(item.member.person)
        if told.presence is None and not item.presence.divided:
            standing = item.presence.state
            state = standing if standing in away else Presence.HERE
            known = item.presence.answers if state is standing else {}  # where he is, since when: still so
            answers = {Asked(name): text for name, text in known.items() if name in set(Asked)}
            whom = item.member.person
            sheet = sheet.with_member(
                dataclasses.replace(told, person=whom, presence=state, saw=item.presence.events, answers=answers)
            )
    return sheet


def to_speak_of(page: DoorPage) -> list[DoorMember]:
    """The members whom a visit is about: all but those who died or moved away before it."""
    left = (Presence.DIED, Presence.MOVED)
    return [item for item in page.members if item.presence.state not in left or item.presence.divided]


def sheet_of(home: Home, visit: str) -> Sheet:
    """The sheet of a recorded visit; NOT_FOUND otherwise."""
    events = [event for event in home.log.register(RecordKind.VISIT, visit, CONTENT) if event.value]
    if not events:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": visit})
    return from_text(events[-1].value)


def blank_answer(item: DoorMember) -> MemberAnswer:
    """An empty answer for a member that names what stands on the page."""
    return MemberAnswer(item.member.person, saw=item.presence.events)
