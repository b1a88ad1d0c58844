"""A card's QR text against its own number and against the home: what it says, what is odd, whom the home knows."""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.ports import People
from fieldtool.records.card_qr import CardText, read_card
from fieldtool.records.dates import PaperDate
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.number_findings import Finding, findings
from fieldtool.records.persons import PersonLine


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """What a card says. `fields` as a document would hold them; `holders` are the persons known by its numbers."""

    card: CardText
    fields: dict[Field, str]
    findings: tuple[Finding, ...]
    holders: tuple[PersonLine, ...] = ()


def look_at_card(text: str, people: People | None = None) -> CardAnswer:
    """Read a scanned line; NOT_A_CARD when it is none. With `people` also whom the home knows by its numbers."""
    card = read_card(text)
    if card is None:
        raise FieldtoolError(ErrorCode.NOT_A_CARD, values={"detail": text[:60]})
    found = findings(card.n12, card.dob, card.sex, cancelled=[card.cancelled] if card.cancelled else [])
    holders: tuple[PersonLine, ...] = ()
    if people is not None:
        known = people.number_holders([number for number in (card.n12, card.n9, card.cancelled) if number])
        lines = people.lines(person for persons in known.values() for person in persons)
        holders = tuple(lines[id] for id in sorted(lines))
    return CardAnswer(card, fields_of(card), found, holders)


def fields_of(card: CardText) -> dict[Field, str]:
    """What a card says as the fields of a document; what it does not say is left out."""
    told = {
        Field.N12: card.n12,
        Field.N9: card.n9,
        Field.NAME: card.name,
        Field.DOB: _written(card.dob),
        Field.SEX: {"M": "Nam", "F": "Nữ"}.get(card.sex, ""),
        Field.PLACE: card.address,
        Field.ISSUE_DATE: _written(card.issued),
        Field.FATHER: card.father,
        Field.MOTHER: card.mother,
    }
    return {field: text for field, text in told.items() if text}


def _written(date: PaperDate) -> str:
    """The date as lists write it: 12/03/1980 for 12031980, and 01/01/1950 though it may stand for an unknown day."""
    if date.imputed:
        return f"01/01/{date.year}"
    return f"{date.day:02d}/{date.month:02d}/{date.year}" if date.precision == "day" else date.text
