"""What a clerk has typed and the log does not hold yet: the form, records put aside, complete ones that wait.

Kept whole at every keystroke, so that after a power cut the desk is as it was; what waited is written then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.fields import Field

DRAFT = "entry."
_KNOWN = {item.value: item for item in Field}


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as typed: who the clerk said it is of, and the document it corrects, "" for a new one."""

    typed: Mapping[Field, str]
    person: str = ""
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Typing:
    """All that is under a clerk's hands in one batch: `aside` are half-typed records that a correction or a refused
    one has pushed out of the form, the newest last; `waiting` are complete ones on their way into the log."""

    form: Record = Record({})
    aside: tuple[Record, ...] = ()
    waiting: tuple[Record, ...] = ()


def keep(home: Home, batch: str, typing: Typing) -> None:
    """Keep what is under the clerk's hands; durable when it returns."""
    data = {
        "form": _told(typing.form),
        "aside": [_told(item) for item in typing.aside],
        "waiting": [_told(item) for item in typing.waiting],
    }
    home.drafts.keep(DRAFT + batch, json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def kept(home: Home, batch: str) -> Typing:
    """What was under the clerk's hands when the power went."""
    data = json.loads(home.drafts.kept(DRAFT + batch) or "{}")
    if "form" not in data:  # as an older program kept it: the fields of the form alone
        return Typing(_record({"typed": data}))
    return Typing(_record(data["form"]), _records(data["aside"]), _records(data["waiting"]))


def _told(record: Record) -> dict[str, object]:
    typed = {str(field): text for field, text in record.typed.items() if text}
    return {"typed": typed, "person": record.person, "corrects": record.corrects}


def _records(told: Iterable[Mapping[str, object]]) -> tuple[Record, ...]:
    return tuple(_record(item) for item in told)


def _record(told: Mapping[str, object]) -> Record:
    typed = told.get("typed")
    texts = typed if isinstance(typed, dict) else {}
    fields = {_KNOWN[name]: str(text) for name, text in texts.items() if name in _KNOWN}
    return Record(fields, str(told.get("person", "")), str(told.get("corrects", "")))
