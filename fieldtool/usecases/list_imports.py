"""The imports this home knows, newest first: what each brought in, who made it, whether it was taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import STATE, SUMMARY, UNDONE, RecordKind


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import. rows == added + unchanged + parked + refused. `counts` are its remarks by code."""

    id: str
    file: str
    at: str
    author: str
    device: str
    rows: int
    added: int
    unchanged: int
    parked: int
    refused: int
    kinds: tuple[str, ...]
    counts: Mapping[str, int]
    undone: bool


def list_imports(home: Home) -> list[ImportLine]:
    """Every import in the log, newest first."""
    events = list(home.log.events(kind=RecordKind.IMPORT))
    undone = {event.record for event in events if event.field == STATE and event.value == UNDONE}
    found = []
    for event in reversed(events):
        if event.field == SUMMARY:
            data = json.loads(event.value)
            found.append(
                ImportLine(
                    event.record,
                    str(data["file"]),
                    event.at,
                    event.author,
                    event.device,
                    data["rows"],
                    data["added"],
                    data["unchanged"],
                    data["parked"],
                    data["refused"],
                    tuple(data["kinds"]),
                    data["issues"],
                    event.record in undone,
                )
            )
    return found


def find_import(home: Home, id: str) -> ImportLine:
    """One import by its id or the beginning of it; NOT_FOUND or AMBIGUOUS otherwise."""
    found = [line for line in list_imports(home) if line.id.startswith(id)] if id else []
    if len(found) == 1:
        return found[0]
    code = ErrorCode.AMBIGUOUS if found else ErrorCode.NOT_FOUND
    raise FieldtoolError(code, values={"id": id, "detail": ", ".join(line.id for line in found) or id})
