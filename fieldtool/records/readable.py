"""Whether the value of an operation can be read by this program at all.

What another machine signs is believed to be its word; that it makes sense is another matter. A value that the tables
cannot hold would stop the bundle it came in, and with it the folder of a hundred others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from fieldtool.records import documents, visits
from fieldtool.records.events import CONTENT, Event, RecordKind

_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_GREATEST = 2**31  # of a number that a table holds


def readable(event: Event) -> bool:
    """False for a value that is broken, or of a kind that only a newer program knows. Kinds of operations that this
    program does not know are kept as they are and read by nobody."""
    for text in (event.value, event.basis):
        if "\\" in text and not _whole_letters(text):
            return False
    read = _READ.get((event.kind, event.field))
    if read is None or not event.value:  # an empty value withdraws
        return _plain_basis(event.basis)
    try:
        read(event.record, event.value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return _plain_basis(event.basis)


def _whole_letters(text: str) -> bool:
    """False for JSON with half a letter in it, which it can carry and no table; our own writer never escapes one."""
    if not _HALF.search(text):
        return True
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    except (ValueError, RecursionError):
        return True  # no JSON: a text that speaks of such letters
    return True


@lru_cache(maxsize=256)
def _plain_basis(basis: str) -> bool:
    """Beside its value an operation says on what it stands: nothing, or a mapping."""
    try:
        return not basis or isinstance(json.loads(basis), dict)
    except (ValueError, RecursionError):
        return False


def _document(id: str, value: str) -> None:
    if documents.plain_payload(value) is not None:
        return
    paper = documents.from_payload(id, value)
    texts = (paper.village, paper.household, paper.list_id, *paper.raw.values())
    _all_texts(texts, paper.source.file, paper.source.sheet, paper.source.key)


def _visit(_id: str, value: str) -> None:
    sheet = visits.from_text(value)
    _all_texts((sheet.id, sheet.household, *sheet.helpers))


def _plan(_id: str, value: str) -> None:
    data = _mapping(value)
    _all_texts((data["village"], data["day"]), *data.get("helpers", []), *data.get("households", []))


def _case(_id: str, value: str) -> None:
    _all_texts((_mapping(value)["kind"],))


def _place(_id: str, value: str) -> None:
    data = _mapping(value)
    if abs(int(data.get("place", 0))) > _GREATEST:
        raise ValueError("place")
    _all_texts((data.get("hamlet", ""),))


def _mapping(value: str) -> Mapping[str, Any]:
    data = json.loads(value)
    if not isinstance(data, dict):
        raise TypeError("mapping")
    return data


def _all_texts(texts: tuple[object, ...], *more: object) -> None:
    for text in (*texts, *more):
        if not isinstance(text, str):
            raise TypeError("text")
        text.encode("utf-8")  # half a letter, which JSON can carry and no table


_READ: Mapping[tuple[str, str], Callable[[str, str], None]] = {
    (RecordKind.DOCUMENT, CONTENT): _document,
    (RecordKind.VISIT, CONTENT): _visit,
    (RecordKind.PLAN, CONTENT): _plan,
    (RecordKind.CASE, "opened"): _case,
    (RecordKind.HOUSEHOLD, "path"): _place,
}
