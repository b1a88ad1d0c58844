"""Why an act comes too late: who said what of the same thing meanwhile, or whose papers his have become."""

from __future__ import annotations

from collections.abc import Iterable

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Event
from fieldtool.records.fields import Field
from fieldtool.records.sensitive import SENSITIVE


def overtaken(home: Home, field: str, standing: Iterable[Event]) -> FieldtoolError:
    """STALE_DECISION with what the newest act on a register said, by whom and when; nothing of a sensitive value."""
    newest = max(standing, key=lambda event: (event.at, event.id), default=None)
    if newest is None:
        return FieldtoolError(ErrorCode.STALE_DECISION, values={"field": field, "withdrawn": True})
    values: dict[str, object] = {"field": field, "by": home.people.officer_called(newest.author), "at": newest.at}
    if field in set(Field) and field not in SENSITIVE:
        values["value"] = newest.value
    return FieldtoolError(ErrorCode.STALE_DECISION, values=values)


def gone_person(home: Home, person: str, field: str) -> FieldtoolError:
    """STALE_DECISION for a person whose founding paper is another's by now, else NOT_FOUND."""
    into = home.people.links().get(person, ("", ""))[0]
    found = home.people.person(into) if into and into != person else None
    if found is None:
        return FieldtoolError(ErrorCode.NOT_FOUND, values={"what": person})
    return FieldtoolError(ErrorCode.STALE_DECISION, values={"field": field, "into": found.value(Field.NAME)})
