"""A document: one transcription of one paper or one row of a list, raw text kept and never edited in place."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from fieldtool.records.fields import DocumentKind, Field

# Made once: json.dumps builds a new encoder at each call that names options.
_spaced = json.JSONEncoder(ensure_ascii=False).encode
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_read = json.JSONDecoder().decode
_LABELS = {name: f"{name}=" for name in Field}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document was read: file name without its folder, sheet, row counted from 1, the list's own key."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One transcription of one paper.

    `raw` holds the text as written (NFC, outer blanks gone, nothing else changed) of the fields that were filled.
    `village` is the local village id, or "" when the place names none. `list_id` names the list the row came from:
    at most one row of a list speaks of one person, and one person has one row in a list. `household` is the local
    household id of a book line: its book number inside the village or, without one, its block in the list.
    """

    id: str
    kind: DocumentKind
    raw: Mapping[Field, str]
    source: Source = Source()
    village: str = ""
    list_id: str = ""
    household: str = ""

    def get(self, field: Field) -> str:
        """The text of a field as written, "" when the paper has none."""
        return self.raw.get(field, "")


class Transcript(NamedTuple):
    """A document as an event carries it, with what the tables show of it."""

    id: str
    kind: str
    village: str
    household: str
    payload: str
    sheet: str = ""  # where it was read, and the name in it: what a report says of its row
    row: int = 0
    name: str = ""


def document_id(kind: DocumentKind, raw: Mapping[Field, str], key: str, occurrence: int = 0) -> str:
    """The id of a transcription: 32 hex digits that depend on its content alone.

    Two laptops that read the same list get the same ids, and reading it again adds nothing. `occurrence` counts
    rows of equal content within one list from 0, so that two truly equal rows stay two documents.
    """
    content = [str(kind), key, str(occurrence), *[_LABELS[name] + raw[name] for name in sorted(raw)]]
    return hashlib.sha256(_spaced(content).encode("utf-8")).hexdigest()[:32]


def to_payload(document: Document) -> str:
    """The compact JSON that an event carries for a document; `from_payload` reads it back."""
    return _compact(
        {
            "household": document.household,
            "kind": document.kind,
            "list": document.list_id,
            "raw": {str(name): document.raw[name] for name in sorted(document.raw)},
            "source": [document.source.file, document.source.sheet, document.source.row, document.source.key],
            "village": document.village,
        }
    )


def transcript(document: Document) -> Transcript:
    """A document ready for the log."""
    source = document.source
    return Transcript(
        document.id,
        str(document.kind),
        document.village,
        document.household,
        to_payload(document),
        source.sheet,
        source.row,
        document.get(Field.NAME),
    )


_KNOWN = {item.value: item for item in Field}
_KINDS = {item.value: item for item in DocumentKind}


# A payload as `to_payload` writes it, where no text needs an escape.
_PLAIN_PAYLOAD = re.compile(
    r'\{"household":"([^"]*+)","kind":"([^"]*+)","list":"[^"]*+",'
    r'"raw":\{(?:"[^"]*+":"[^"]*+"(?:,"[^"]*+":"[^"]*+")*+)?+\},'
    r'"source":\["[^"]*+","[^"]*+",(?:0|[1-9][0-9]{0,8}),"[^"]*+"\],"village":"([^"]*+)"\}'
)


def plain_payload(payload: str) -> tuple[str, str, str] | None:
    """Household, kind and village of a payload that is spelt as most are, and so can be read for certain; None for one
    that only JSON's own reader can tell of. Without building what nobody asks for it takes a fraction of the time."""
    if not payload.isprintable() or "\\" in payload:
        return None
    found = _PLAIN_PAYLOAD.fullmatch(payload)
    return (found[1], found[2], found[3]) if found is not None else None


def from_payload(id: str, payload: str) -> Document:
    """Read a document back from an event; never an error: fields this version does not know are left out of
    `raw`, a paper of a kind it does not know counts as no more than somebody's word."""
    data = _read(payload)
    raw = {_KNOWN[name]: text for name, text in data["raw"].items() if name in _KNOWN}
    kind = _KINDS.get(data["kind"], DocumentKind.STATEMENT)
    file, sheet, row, key = data["source"]
    return Document(id, kind, raw, Source(file, sheet, row, key), data["village"], data["list"], data["household"])
