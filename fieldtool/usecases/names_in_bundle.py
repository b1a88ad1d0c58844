"""Whom the rows of a bundle speak of, for the human who reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldtool.ports import Home
from fieldtool.records.documents import from_payload
from fieldtool.records.events import CONTENT, LINK, Event, RecordKind
from fieldtool.records.fields import Field


def names_in(home: Home, events: Sequence[Event]) -> Callable[[Event], str]:
    """Who an event speaks of, for the human reader: from the papers in the bundle, else as the home shows him."""
    documents: dict[str, str] = {}
    persons: dict[str, str] = {}
    for event in events:
        if event.kind == RecordKind.DOCUMENT and event.field == CONTENT and event.value:
            documents[event.record] = _name_on(event)
    for event in events:
        if event.kind == RecordKind.DOCUMENT and event.field == LINK and documents.get(event.record):
            persons.setdefault(event.value, documents[event.record])

    def name_of(event: Event) -> str:
        if event.kind == RecordKind.DOCUMENT:
            if event.record not in documents:
                held = home.people.document(event.record)
                documents[event.record] = held.get(Field.NAME) if held else ""
            return documents[event.record]
        if event.kind == RecordKind.PERSON:
            if event.record not in persons:
                shown = home.people.person(event.record)
                persons[event.record] = shown.value(Field.NAME) if shown else ""
            return persons[event.record]
        return ""

    return name_of


def _name_on(event: Event) -> str:
    try:
        return from_payload(event.record, event.value).get(Field.NAME)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""  # a paper of a newer schema: its name is in its value all the same
