"""A visit at the door is recorded: states of members, papers seen, words on differences, people added, cases opened.

All in one transaction. What was not on the page is never superseded; a visit is undone whole.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.dates import parse_date
from fieldtool.records.documents import Document, Source, document_id, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, STATE, UNDONE, Draft, Event, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import Household, Person
from fieldtool.records.presence import (
    ADDING,
    NO,
    PRESENCE,
    QUESTIONS,
    SIGHTED,
    YES,
    Answers,
    Asked,
    Presence,
    VisitResult,
    time_of_day,
)
from fieldtool.records.roles import Power
from fieldtool.records.verdicts import Band
from fieldtool.records.visits import ConflictAnswer, MemberAnswer, Sheet, to_text
from fieldtool.usecases.authority import require
from fieldtool.usecases.today import Today, today
from fieldtool.usecases.work_case import opening

_RAW: Mapping[Asked, Field] = {
    Asked.NAME: Field.NAME,
    Asked.DOB: Field.DOB,
    Asked.SEX: Field.SEX,
    Asked.N12: Field.N12,
    Asked.RELATION: Field.RELATION,
    Asked.FROM_PLACE: Field.PREVIOUS_ADDRESS,
}


@dataclass(frozen=True, slots=True)
class VisitOutcome:
    """What recording did: persons added by the house's word, cases opened. `known` for a visit recorded before."""

    id: str
    added: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    events: int = 0
    known: bool = False


def record_visit(home: Home, sheet: Sheet) -> VisitOutcome:
    """Record a filled sheet. NOT_FOUND for an unknown household or member, ANSWER_NEEDED when a question that must be
    answered is not, BAD_VALUE for an answer that cannot be read. Recording the same sheet twice changes nothing."""
    house = home.people.household(sheet.household)
    if house is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": sheet.household})
    require(home, Power.VISIT, house.village)
    if any(event.value for event in home.log.register(RecordKind.VISIT, sheet.id, CONTENT)):
        return VisitOutcome(sheet.id, known=True)
    now = today(home)
    sheet = dataclasses.replace(
        sheet,
        village=house.village,
        day=sheet.day or now.day,
        came=sheet.came if sheet.came != "any" else time_of_day(now.at),
        members=tuple(item for item in sheet.members if item.presence is not None or item.papers),
    )
    check_sheet(home, sheet)
    sheet = dataclasses.replace(
        sheet,
        next_day=_iso(sheet.next_day),
        met="" if sheet.result is VisitResult.NOT_HOME and sheet.met == house.head else sheet.met,  # as it was proposed
    )
    writing = _Writing(home, sheet, house, now)
    drafts = list(writing.drafts())
    home.log.append(drafts)
    return VisitOutcome(sheet.id, tuple(writing.added), tuple(writing.cases), len(drafts))


def _iso(day: str) -> str:
    """A day that was checked, however it was written, as the lists compare it."""
    solar = parse_date(day).solar if day else None
    return solar.isoformat() if solar else ""


def check_sheet(home: Home, sheet: Sheet) -> None:
    """Raise for the first answer that is missing or cannot be taken."""
    for day in (sheet.next_day, sheet.day):
        if day and parse_date(day).solar is None:
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "next_day", "value": day})
    for answer in sheet.members:
        if answer.person and home.people.person(answer.person) is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": answer.person})
        if answer.presence is None:
            continue
        if not answer.person and answer.presence not in ADDING:
            raise FieldtoolError(ErrorCode.ANSWER_NEEDED, values={"field": "person"})
        _check_answers(answer)


def _check_answers(answer: MemberAnswer) -> None:
    assert answer.presence is not None
    for question in QUESTIONS[answer.presence]:
        text = answer.answers.get(question.code, "").strip()
        if question.needed and not text and not answer.person:
            raise FieldtoolError(ErrorCode.ANSWER_NEEDED, values={"field": question.code})
        bad = {
            Answers.DATE: lambda text: parse_date(text).precision == "none" or parse_date(text).impossible,
            Answers.YES_NO: lambda text: text not in (YES, NO),
        }.get(question.takes)
        if text and bad is not None and bad(text):
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": question.code, "value": text})


class _Writing:
    """Turns one sheet into drafts, remembering whom it added and which registers it wrote."""

    def __init__(self, home: Home, sheet: Sheet, house: Household, now: Today) -> None:
        self.home, self.sheet, self.house, self.now = home, sheet, house, now
        self.added: list[str] = []
        self.cases: list[str] = []
        self._said = 0

    def drafts(self) -> Iterator[Draft]:
        """Every draft of the visit; its own content last, since it names the registers the others wrote."""
        written: list[Draft] = []
        members: list[MemberAnswer] = []
        for answer in self.sheet.members:
            adding = answer.presence in ADDING
            person = answer.person
            if adding:
                person, paper = self._newcomer(answer)
                written += paper
            written += self._member(dataclasses.replace(answer, person=person))
            members.append(dataclasses.replace(answer, person=person))
        for word in self.sheet.conflicts:
            written += self._word(word)
        kept = dataclasses.replace(self.sheet, members=tuple(members))
        registers = [[draft.kind, draft.record, draft.field] for draft in written]
        basis = _compact({"visit": self.sheet.id, "registers": registers})
        yield from written
        standing = tuple(e.id for e in self.home.log.register(RecordKind.VISIT, kept.id, CONTENT))
        yield Draft(RecordKind.VISIT, kept.id, CONTENT, to_text(kept), standing, basis, self.house.village)
        undone = self.home.log.register(RecordKind.VISIT, kept.id, STATE)
        if any(event.value for event in undone):  # taken back before, and now recorded again
            gone = tuple(event.id for event in undone)
            for kind in (RecordKind.VISIT, RecordKind.IMPORT):
                live = tuple(e.id for e in self.home.log.register(kind, kept.id, STATE)) or gone
                yield Draft(kind, kept.id, STATE, "", live, village=self.house.village)

    def _member(self, answer: MemberAnswer) -> Iterator[Draft]:
        state = answer.presence
        if state is not None:
            told = {str(name): text.strip() for name, text in answer.answers.items() if text.strip()}
            basis = {"answers": told, "said_by": answer.said_by or self.sheet.met}
            standing = self.home.log.register(RecordKind.PERSON, answer.person, PRESENCE)
            yield self._register(answer.person, PRESENCE, state, basis, answer.saw)
            yield from self._follow(answer.person, state, told, again={event.value for event in standing} == {state})
        for paper, seen in answer.papers.items():
            yield self._register(answer.person, SIGHTED + paper, seen, {}, None)

    def _register(
        self, person: str, field: str, value: str, basis: Mapping[str, object], saw: tuple[str, ...] | None
    ) -> Draft:
        standing = self.home.log.register(RecordKind.PERSON, person, field)
        known = {event.id for event in standing}
        seen = known if saw is None else known & set(saw)
        full = {**basis, "visit": self.sheet.id, "day": self.sheet.day}
        old = standing[0].value if standing else ""
        village = self.house.village
        return Draft(RecordKind.PERSON, person, field, value, tuple(sorted(seen)), _compact(full), village, old)

    def _follow(self, person: str, state: Presence, told: Mapping[str, str], *, again: bool) -> Iterator[Draft]:
        """The case that a state calls for; one that was closed since is not opened anew by hearing the same `again`."""
        wanted: tuple[str, dict[str, str]] | None = None
        if state is Presence.ABROAD:
            details = {name: told.get(name, "") for name in ("country", "kin", "return")}
            wanted = ("abroad", details)
        elif state is Presence.DIED and told.get(Asked.DEATH_REGISTERED) != YES:
            wanted = ("dead_listed", {"died": told.get(Asked.SINCE, "")})
        elif state is Presence.BORN and told.get(Asked.CERTIFICATE) != YES:
            wanted = ("no_birth", {})
        if wanted is None:
            return
        kind, details = wanted
        if again and self.home.work.cases(kind, person=person, closed=True):
            return
        id, drafts = opening(
            self.home,
            kind,
            person,
            day=self.sheet.day,
            household=self.house.id,
            village=self.house.village,
            details=details,
            visit=self.sheet.id,
        )
        if drafts:
            self.cases.append(id)
        yield from drafts

    def _newcomer(self, answer: MemberAnswer) -> tuple[str, list[Draft]]:
        """Somebody told of at the door: the house's word is his first paper; the person may be known already."""
        raw = {field: text.strip() for asked, field in _RAW.items() if (text := answer.answers.get(asked, "")).strip()}
        known = self.home.people.person(answer.person) if answer.person else None
        if known is not None:
            raw.setdefault(Field.NAME, known.value(Field.NAME))
        raw[Field.HEAD] = self.house.head
        paper, drafts = self._statement(raw, answer.said_by, self.house.id, answer.person, answer.clues)
        person = answer.person or paper
        if not answer.person:
            self.added.append(paper)
        return person, drafts

    def _statement(
        self, raw: Mapping[Field, str], said_by: str, household: str, person: str, clues: str
    ) -> tuple[str, list[Draft]]:
        """A document that holds somebody's word, and its link; `clues` say what a date in it was worked out from."""
        self._said += 1
        said = {**raw, Field.NOTE: said_by or self.sheet.met} if said_by or self.sheet.met else dict(raw)
        key = f"{self.sheet.id}/{self._said}"
        id = document_id(DocumentKind.STATEMENT, said, key)
        document = Document(
            id, DocumentKind.STATEMENT, said, Source(key=key), self.house.village, self.sheet.id, household
        )
        told = {"clues": clues} if clues else {}
        basis = _compact({"import": self.sheet.id, "visit": self.sheet.id, **told})
        link = _compact({"band": Band.OFFICER, "visit": self.sheet.id})
        village = self.house.village
        content = tuple(e.id for e in self.home.log.register(RecordKind.DOCUMENT, id, CONTENT))
        linked = tuple(e.id for e in self.home.log.register(RecordKind.DOCUMENT, id, LINK))
        return id, [
            Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(document), content, basis, village),
            Draft(RecordKind.DOCUMENT, id, LINK, person or id, linked, link, village),
        ]

    def _word(self, word: ConflictAnswer) -> Iterator[Draft]:
        """What was said of a difference: a statement in any case, a decision when the officer takes it."""
        person = self.home.people.person(word.person)
        if person is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": word.person})
        value = word.value.strip()
        if not value or word.field not in set(Field):
            return
        field = Field(word.field)
        raw = {Field.NAME: person.value(Field.NAME), field: value}
        paper, drafts = self._statement(raw, word.said_by, "", word.person, word.clues)
        yield from drafts
        if word.settles:
            yield self._decision(person, field, value, word, paper)

    def _decision(self, person: Person, field: Field, value: str, word: ConflictAnswer, paper: str) -> Draft:
        view = person.fields.get(field)
        seen = [text for text, _ in view.values] if view else []
        basis = {
            "seen": [*seen, value],
            "documents": [paper],
            "reason": "ask_resident",
            "note": word.clues,
            "said_by": word.said_by or self.sheet.met,
        }
        return self._register(person.id, field, value, basis, word.saw)


def undo_visit(home: Home, id: str) -> int:
    """Take a visit back whole: each register it wrote holds again what it held. STALE_DECISION when something later
    stands on it, NOTHING_TO_UNDO when it was taken back before. Returns how many registers were restored."""
    contents = home.log.register(RecordKind.VISIT, id, CONTENT)
    if not contents:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    require(home, Power.VISIT, contents[0].village)
    states = home.log.register(RecordKind.VISIT, id, STATE)
    if any(event.value == UNDONE for event in states):
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"what": id})
    data = json.loads(contents[-1].basis)
    drafts: list[Draft] = []
    for kind, record, field in data.get("registers", []):
        if kind != RecordKind.DOCUMENT:
            drafts += _restored(home, id, RecordKind(kind), record, field)
    village = contents[0].village
    gone = tuple(event.id for event in states)
    for kind in (RecordKind.VISIT, RecordKind.IMPORT):  # its statements go as an import's documents do
        standing = tuple(event.id for event in home.log.register(kind, id, STATE)) or gone
        drafts.append(Draft(kind, id, STATE, UNDONE, standing, village=village))
    drafts.append(Draft(RecordKind.VISIT, id, CONTENT, "", tuple(event.id for event in contents), village=village))
    home.log.append(drafts)
    return len(drafts)


def _restored(home: Home, id: str, kind: RecordKind, record: str, field: str) -> Iterator[Draft]:
    standing = home.log.register(kind, record, field)
    own = [event for event in standing if _visit_of(event) == id]
    if not own:
        raise FieldtoolError(ErrorCode.STALE_DECISION, values={"field": field})
    # What stands may itself be an undoing of a later visit, which supersedes that one's word: the visit's own first
    # event alone knows what it found.
    written = next(event for event in home.log.events(kind, record) if event.field == field and _visit_of(event) == id)
    before = [home.log.event(old) for old in written.supersedes]
    held = [old for old in before if old is not None and old.value]
    gone = tuple(event.id for event in own)
    for value, basis in [(old.value, old.basis) for old in held] or [("", "")]:
        yield Draft(kind, record, field, value, gone, basis, own[0].village, own[0].value)


def _visit_of(event: Event) -> str:
    data = json.loads(event.basis) if event.basis else {}
    return str(data.get("visit", "")) if isinstance(data, dict) else ""


def result_for(sheet: Sheet, members: int) -> VisitResult:
    """How the visit ended, as far as the sheet tells: all `members` to be spoken of were, or some are left."""
    spoken = sum(item.presence is not None and bool(item.person) for item in sheet.members)
    return VisitResult.DONE if spoken >= members else VisitResult.PARTLY


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
