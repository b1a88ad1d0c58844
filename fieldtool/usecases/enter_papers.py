"""The clerk's desk: papers typed one by one into a batch, checked as they are, counted, typed again by a second person.

A record typed here is a document like any other: it goes through intake, and is corrected by a new transcription that
takes the old one's place, never by editing.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldtool.intake.blocks import Blocks, in_extract
from fieldtool.intake.checks import name_fault, remarks
from fieldtool.intake.forms import form_of
from fieldtool.intake.issues import IssueCode, Severity, severity_of
from fieldtool.ports import Home
from fieldtool.records.documents import Document, Source, document_id, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, Event, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.roles import Power
from fieldtool.records.verdicts import Band
from fieldtool.records.vietnamese import nfc
from fieldtool.records.villages import village_of
from fieldtool.usecases.authority import current_user, require
from fieldtool.usecases.one_number import require_one_number
from fieldtool.usecases.today import today

OPENED, CLOSED, VERIFIED = "opened", "closed", "verify."


@dataclass(frozen=True, slots=True)
class Batch:
    """A pile of papers being typed. `total` is the paper's own count, 0 when it has none; `typed` how many are in."""

    id: str
    kind: DocumentKind
    title: str
    total: int
    typed: int
    verified: int
    differing: int
    closed: str
    author: str

    @property
    def missing(self) -> int:
        """How many papers are still to be typed by the paper's own count; below 0 when too many were."""
        return self.total - self.typed if self.total else 0


@dataclass(frozen=True, slots=True)
class Entered:
    """A record that was typed: its remarks by field; `repeated` when the batch held one of equal content."""

    document: str
    remarks: tuple[tuple[IssueCode, Field], ...]
    repeated: bool


def open_batch(home: Home, kind: DocumentKind, title: str = "", total: int = 0) -> Batch:
    """Begin a batch."""
    require(home, Power.ENTER)
    if total < 0:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "total"})
    id = home.ids.record()
    text = _compact({"kind": kind, "title": title.strip(), "total": total})
    home.log.append([Draft(RecordKind.BATCH, id, OPENED, text, basis=_compact({"day": today(home).day}))])
    return batch(home, id)


def batches(home: Home) -> list[Batch]:
    """Every batch of this home, the newest first."""
    ids = dict.fromkeys(event.record for event in home.log.events(RecordKind.BATCH))
    return [batch(home, id) for id in reversed(list(ids))]


def batch(home: Home, id: str) -> Batch:
    """A batch as it stands; NOT_FOUND otherwise."""
    opened = home.log.register(RecordKind.BATCH, id, OPENED)
    if not opened:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    data = json.loads(opened[0].value)
    typed = home.work.entered(id)
    checked = _verifications(home, id, [paper.id for paper in typed])
    closed = home.log.register(RecordKind.BATCH, id, CLOSED)
    return Batch(
        id,
        DocumentKind(data["kind"]),
        str(data["title"]),
        int(data["total"]),
        len(typed),
        len(checked),
        sum(bool(found) for found in checked.values()),
        closed[-1].value if closed else "",
        opened[0].author,
    )


def _verifications(home: Home, id: str, papers: Sequence[str]) -> dict[str, list[str]]:
    """Document → the fields in which the second typing differs, of those that were typed again."""
    found: dict[str, list[str]] = {}
    wanted = set(papers)
    for event in home.log.events(RecordKind.BATCH, id):
        if event.field.startswith(VERIFIED) and event.field.removeprefix(VERIFIED) in wanted:
            found[event.field.removeprefix(VERIFIED)] = json.loads(event.value)["differs"]
    return found


def read_fields(kind: DocumentKind, typed: Mapping[Field, str]) -> dict[Field, str]:
    """What was typed as the paper has it: codes as their words, dates with slashes, blanks left out."""
    form = {item.field: item for item in form_of(kind)}
    read = {
        name: nfc(form[name].value(text) if name in form else " ".join(text.split())) for name, text in typed.items()
    }
    return {name: text for name, text in read.items() if text}


def look_over(kind: DocumentKind, typed: Mapping[Field, str]) -> list[tuple[IssueCode, Field]]:
    """Remarks on a record while it is typed; the same as a list's row would get. Nothing is remarked on before it
    was typed."""
    raw = read_fields(kind, typed)
    name = raw.get(Field.NAME, "")
    found: list[tuple[IssueCode, Field]] = []
    if name and (fault := name_fault(name)) is not None:
        found.append((fault, Field.NAME))
    return found + [(code, field) for code, field in remarks(raw) if raw.get(field)]


def add_paper(
    home: Home, batch_id: str, typed: Mapping[Field, str], *, person: str = "", corrects: str = ""
) -> Entered:
    """Take a typed record into a batch; `person` is who the clerk said it is ("this is probably …").

    BAD_VALUE for a name that cannot be taken, BATCH_CLOSED, NOT_FOUND for an unknown person,
    SECOND_OFFICER when the paper would bring him a second 12-digit number.
    """
    standing = batch(home, batch_id)
    user = require(home, Power.ENTER)
    if standing.closed:
        raise FieldtoolError(ErrorCode.BATCH_CLOSED)
    raw = read_fields(standing.kind, typed)
    name = raw.get(Field.NAME, "")
    fault = name_fault(name) if name else IssueCode.NO_NAME
    if fault is not None and severity_of(fault) is not Severity.NOTE:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": Field.NAME, "value": name})
    if person and home.people.person(person) is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": person})
    document = _document(home, standing, raw)
    if not user.may(Power.ENTER, document.village):
        require(home, Power.ENTER, document.village)
    if person:
        require_one_number(home, document, person, corrects)
    repeated = bool(home.people.known_documents([document.id]))
    found = tuple((code, field) for code, field in remarks(raw) if raw.get(field))
    if repeated and not corrects:
        return Entered(document.id, found, True)
    home.log.append(_drafts(home, standing, document, person, corrects))
    return Entered(document.id, found, False)


def _document(home: Home, standing: Batch, raw: dict[Field, str]) -> Document:
    village, _ = village_of(raw.get(Field.PLACE, ""), home.card.commune)
    household = ""
    if standing.kind in (DocumentKind.HOUSEHOLD, DocumentKind.REGISTER):
        household = Blocks.apart(raw, standing.id, village)
    if household and standing.kind is DocumentKind.REGISTER:
        household = in_extract(standing.id, household)
    key = f"{standing.id[:8]}"
    id = document_id(standing.kind, raw, key)
    source = Source(standing.title or standing.id[:8], "", standing.typed + 1, key)
    return Document(id, standing.kind, raw, source, village, standing.id, household)


def _drafts(home: Home, standing: Batch, document: Document, person: str, corrects: str) -> list[Draft]:
    basis = _compact({"import": standing.id, **({"corrects": corrects} if corrects else {})})
    known = {village.id for village in home.people.villages()}
    drafts = []
    if document.village and document.village not in known:
        _, name = village_of(document.get(Field.PLACE), home.card.commune)
        drafts.append(Draft(RecordKind.VILLAGE, document.village, "name", name, basis=basis, village=document.village))
    seen = _live(home, RecordKind.DOCUMENT, document.id, CONTENT)
    content = to_payload(document)
    drafts.append(Draft(RecordKind.DOCUMENT, document.id, CONTENT, content, seen, basis, document.village))
    place = person
    if corrects and corrects != document.id:
        old = home.people.document(corrects)
        village = old.village if old else ""
        place = person or _person_of(home, corrects)
        gone = _live(home, RecordKind.DOCUMENT, corrects, CONTENT)
        drafts.append(Draft(RecordKind.DOCUMENT, corrects, CONTENT, "", gone, basis, village))
    if place and place != corrects:
        link = _compact({"band": Band.OFFICER})
        before = _live(home, RecordKind.DOCUMENT, document.id, LINK)
        drafts.append(Draft(RecordKind.DOCUMENT, document.id, LINK, place, before, link, document.village))
    return drafts


def _person_of(home: Home, document: str) -> str:
    events = home.log.register(RecordKind.DOCUMENT, document, LINK)
    return events[0].value if events else ""


def _live(home: Home, kind: RecordKind, record: str, field: str) -> tuple[str, ...]:
    return tuple(event.id for event in home.log.register(kind, record, field))


def correct_paper(home: Home, batch_id: str, document: str, typed: Mapping[Field, str]) -> Entered:
    """Put a new transcription in place of one's own record; the old one stays in the log. NOT_ALLOWED for another
    clerk's record, BATCH_CLOSED once the batch is closed."""
    if document not in {paper.id for paper in home.work.entered(batch_id)}:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": document})
    if _author(home, document) != current_user(home).id:
        raise FieldtoolError(ErrorCode.NOT_ALLOWED, values={"role": current_user(home).role, "power": "correct"})
    return add_paper(home, batch_id, typed, corrects=document)


def withdraw_paper(home: Home, batch_id: str, document: str) -> None:
    """Take back a record of an open batch."""
    standing = batch(home, batch_id)
    require(home, Power.ENTER)
    if standing.closed:
        raise FieldtoolError(ErrorCode.BATCH_CLOSED)
    found = home.people.document(document)
    if found is None or document not in {paper.id for paper in home.work.entered(batch_id)}:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": document})
    gone = _live(home, RecordKind.DOCUMENT, document, CONTENT)
    basis = _compact({"import": batch_id})
    home.log.append([Draft(RecordKind.DOCUMENT, document, CONTENT, "", gone, basis, found.village)])


def _author(home: Home, document: str) -> str:
    events: list[Event] = home.log.register(RecordKind.DOCUMENT, document, CONTENT)
    return events[-1].author if events else ""


def marked_fields(kind: DocumentKind) -> tuple[Field, ...]:
    """The fields a second person types again."""
    return tuple(item.field for item in form_of(kind) if item.marked)


def to_verify(home: Home, batch_id: str) -> list[Document]:
    """The records of a batch that nobody has typed again, in order."""
    typed = home.work.entered(batch_id)
    done = _verifications(home, batch_id, [paper.id for paper in typed])
    return [paper for paper in typed if paper.id not in done]


def verify_paper(home: Home, batch_id: str, document: str, typed: Mapping[Field, str]) -> dict[Field, tuple[str, str]]:
    """Compare what a second person typed with the record: field → (first, second) where they differ. The outcome is
    kept. BATCH_OTHER_PERSON when the same officer typed both."""
    standing = batch(home, batch_id)
    require(home, Power.ENTER)
    paper = home.people.document(document)
    if paper is None or document not in {item.id for item in home.work.entered(batch_id)}:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": document})
    if _author(home, document) == current_user(home).id:
        raise FieldtoolError(ErrorCode.BATCH_OTHER_PERSON)
    second = read_fields(standing.kind, typed)
    differs = {
        field: (paper.get(field), second.get(field, ""))
        for field in marked_fields(standing.kind)
        if paper.get(field) != second.get(field, "")
    }
    text = _compact({"differs": [str(field) for field in differs], "typed": {str(f): t for f, t in second.items()}})
    seen = _live(home, RecordKind.BATCH, batch_id, VERIFIED + document)
    home.log.append([Draft(RecordKind.BATCH, batch_id, VERIFIED + document, text, seen, village=paper.village)])
    return differs


def close_batch(home: Home, id: str) -> Batch:
    """Close a batch; its count against the paper's own total is in the outcome, and in the log."""
    standing = batch(home, id)
    require(home, Power.ENTER)
    if standing.closed:
        raise FieldtoolError(ErrorCode.BATCH_CLOSED)
    day = today(home).day
    counts = {"typed": standing.typed, "total": standing.total, "verified": standing.verified}
    home.log.append([Draft(RecordKind.BATCH, id, CLOSED, day, basis=_compact(counts))])
    return dataclasses.replace(standing, closed=day)


def last_typed(home: Home, batch_id: str) -> dict[Field, str]:
    """The newest record of a batch, whose repeated fields stay for the next one."""
    typed = home.work.entered(batch_id)
    return dict(typed[-1].raw) if typed else {}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
