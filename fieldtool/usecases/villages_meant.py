"""The villages that an officer means by ids or names: a wrong one would send a machine's work to quarantine unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.persons import Village
from fieldtool.records.vietnamese import fold

_ID = re.compile(r"\d{5}-[a-z0-9][a-z0-9-]*")
_NAMED = 12  # villages that a refusal names


def villages_meant(known: Sequence[Village], given: Iterable[str]) -> tuple[str, ...]:
    """The ids for ids or names. UNKNOWN_VILLAGE for none or two of a name, and for an id of a commune of which other
    villages are known here; headquarters may name villages of a commune before its first bundle came."""
    return tuple(_one(known, item.strip()) for item in given if item.strip())


def _one(known: Sequence[Village], item: str) -> str:
    found = {village.id for village in known if village.id == item.casefold() or fold(village.name) == fold(item)}
    if len(found) == 1:
        return found.pop()
    commune, id = item[:6], item.casefold()
    if not found and _ID.fullmatch(id) and not any(village.id.startswith(commune) for village in known):
        return id
    names = ", ".join(f"{village.name} ({village.id})" for village in known[:_NAMED])
    raise FieldtoolError(ErrorCode.UNKNOWN_VILLAGE, values={"village": item[:60], "known": names or "–"})
