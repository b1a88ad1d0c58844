"""A card's QR text: who it is, and how it compares with all his papers at once; then kept as a paper of his.

The text is enough: no picture of a card is kept anywhere (NĐ 356/2025 counts card images as sensitive).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from fieldtool.conflicts.compare import agree, differences, read_sex
from fieldtool.ports import Home, People
from fieldtool.records.card_qr import CardText, read_card
from fieldtool.records.documents import Document, Source, document_id, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import Person
from fieldtool.records.presence import SIGHTED, Sighting
from fieldtool.records.reasons import Difference
from fieldtool.records.roles import Power
from fieldtool.records.verdicts import Band
from fieldtool.records.villages import village_of
from fieldtool.usecases.authority import require
from fieldtool.usecases.look_alike import Likeness, probably
from fieldtool.usecases.one_number import require_one_number
from fieldtool.usecases.read_card import fields_of
from fieldtool.usecases.today import today

# Typed through an active input method or a scanner limited to ASCII: then only number, dates and sex can be trusted.
_UNSAFE = frozenset({"name_without_marks", "damaged_letters"})
_LETTERS = frozenset({Field.NAME, Field.PLACE, Field.FATHER, Field.MOTHER})


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of the card beside what one paper says. `alike` when they are the same or differ harmlessly."""

    field: Field
    card: str
    paper: str
    document: str
    kind: DocumentKind
    alike: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class CardLook:
    """What a scan says: the card, whose it is if that is sure, else the candidates, and all comparisons.

    `safe` is false when names and addresses came through damaged; `raw` are the fields as a paper would have them.
    """

    card: CardText
    raw: dict[Field, str]
    person: str
    name: str
    candidates: tuple[Likeness, ...]
    compared: tuple[Comparison, ...]
    safe: bool

    @property
    def differs(self) -> tuple[Comparison, ...]:
        """The comparisons that do not agree."""
        return tuple(item for item in self.compared if not item.alike)


def look_up_card(people: People, text: str, person: str = "") -> CardLook:
    """Read a scanned line and find its person; NOT_A_CARD for a text that is no card's. `person` overrides."""
    card = read_card(text)
    if card is None:
        raise FieldtoolError(ErrorCode.NOT_A_CARD, values={"detail": text.strip()[:40]})
    safe = not _UNSAFE & set(card.flags)
    raw = _raw(card, safe)
    found = probably(people, _raw(card, True))
    known = person or (found[0].line.id if found and found[0].sure else "") or _by_number(people, card)
    whole = people.person(known) if known else None
    return CardLook(
        card=card,
        raw=raw,
        person=whole.id if whole else "",
        name=whole.value(Field.NAME) if whole else card.name,
        candidates=tuple(found),
        compared=tuple(_compared(whole, raw)) if whole else (),
        safe=safe,
    )


def _by_number(people: People, card: CardText) -> str:
    """The one person who bears the card's number: a damaged name does not hide him."""
    hits = [line for line in people.search(card.n12, 5) if line.n12 == card.n12]
    return hits[0].id if len(hits) == 1 else ""


def _raw(card: CardText, safe: bool) -> dict[Field, str]:
    """The card as a paper; of a damaged scan only what is plain ASCII in any case. A withdrawn number is a note."""
    fields = fields_of(card)
    if not safe:
        fields = {field: text for field, text in fields.items() if field not in _LETTERS}
    return {**fields, Field.NOTE: card.cancelled} if card.cancelled else fields


def _compared(person: Person, raw: dict[Field, str]) -> list[Comparison]:
    sex, ethnicity = read_sex(person.value(Field.SEX)), person.value(Field.ETHNICITY)
    found = []
    for field in (Field.NAME, Field.DOB, Field.SEX, Field.N12, Field.N9, Field.FATHER, Field.MOTHER):
        ours = raw.get(field, "")
        for paper in person.documents:
            theirs = paper.get(field)
            if ours and theirs:
                named = differences(field, ours, theirs, sex=sex, ethnicity=ethnicity)
                found.append(Comparison(field, ours, theirs, paper.id, paper.kind, agree(named), named))
    return found


def keep_card(home: Home, text: str, *, person: str = "", household: str = "", scanned: str = "qr") -> str:
    """Keep a card as a paper of its person, seen in the original; the person's id.

    Without `person` it goes to the one it surely is of, else founds a new one, in `household` when scanned there.
    SECOND_OFFICER when it would bring him a second 12-digit number.
    """
    look = look_up_card(home.people, text, person)
    house = home.people.household(household) if household else None
    village = house.village if house else village_of(look.raw.get(Field.PLACE, ""), home.card.commune)[0]
    require(home, Power.VISIT, village)
    owner = person or look.person
    raw = dict(look.raw)
    raw.setdefault(Field.NAME, look.name or look.card.name)
    id = document_id(DocumentKind.ID_CARD, raw, look.card.n12)
    source = Source(scanned, "", 0, look.card.n12)
    at_home = household if house and not owner else ""
    paper = Document(id, DocumentKind.ID_CARD, raw, source, village, f"card-{look.card.n12}", at_home)
    if owner and owner != id:
        require_one_number(home, paper, owner)
    owner = owner or id
    drafts = []
    if id not in home.people.known_documents([id]):
        seen = tuple(event.id for event in home.log.register(RecordKind.DOCUMENT, id, CONTENT))
        drafts.append(Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(paper), seen, "", village))
        linked = tuple(event.id for event in home.log.register(RecordKind.DOCUMENT, id, LINK))
        basis = json.dumps({"band": Band.OFFICER})
        drafts.append(Draft(RecordKind.DOCUMENT, id, LINK, owner, linked, basis, village))
    field = SIGHTED + DocumentKind.ID_CARD
    before = tuple(event.id for event in home.log.register(RecordKind.PERSON, owner, field))
    told = json.dumps({"day": today(home).day})
    drafts.append(Draft(RecordKind.PERSON, owner, field, Sighting.ORIGINAL, before, told, village))
    home.log.append(drafts)
    return owner
