"""Which fields are sensitive by law, and what stands in their place for who has stated no purpose.

Nghị định 356/2025/NĐ-CP counts data that reveal ethnic origin or religious views among the sensitive personal data.
They stay in the home and in bundles as they were written; this is about what is shown and written for people.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from fieldtool.records.fields import Field

SENSITIVE: frozenset[Field] = frozenset({Field.ETHNICITY, Field.RELIGION})
HIDDEN = "•••"

# What of a record about a field holds its values; the rest names the record (ids, state, the person's name).
_SPEAKS = frozenset(
    {
        "value",
        "values",
        "text",
        "old",
        "new",
        "message",
        "card",
        "paper",
        "basis",
        "differences",
        "decisions",
        "view",
        "own",
        "now",
        "road",
    }
)

_NAMES = frozenset(
    {"code", "field", "state", "event", "author", "at", "device", "document", "source", "certainty", "who", "form"}
)


def shown(field: str, text: str, needed: Collection[str] = ()) -> str:
    """The text of a field for people: itself, or HIDDEN for a filled sensitive field that is not needed."""
    return HIDDEN if text and field in SENSITIVE and field not in needed else text


def veiled(data: object, needed: Collection[str] = ()) -> object:
    """Plain data (mappings with text keys, lists, texts, numbers) with every sensitive value that is not needed hidden.

    A value is known by the field's name: as a key, or as the "field" or "about" of the record that holds it. Texts
    that are JSON themselves (what an event carries) are looked into. Keys, counts and ids stay.
    """
    hidden = {str(item) for item in SENSITIVE if item not in needed}
    return _veiled(data, hidden) if hidden else data


def veiled_texts(values: Mapping[str, str]) -> Mapping[str, str]:
    """What fills a sentence about a field, likewise."""
    about = values.get("field", "")
    return {name: shown(about, text) if name in _SPEAKS else text for name, text in values.items()}


def _veiled(data: object, hidden: Collection[str]) -> object:
    if isinstance(data, dict):
        about = [data.get(name) for name in ("field", "about")]
        speaks = any(isinstance(name, str) and name in hidden for name in about)
        return {
            name: _masked(item) if name in hidden or (speaks and name in _SPEAKS) else _veiled(item, hidden)
            for name, item in data.items()
        }
    if isinstance(data, list):
        return [_veiled(item, hidden) for item in data]
    return _in_text(data, hidden) if isinstance(data, str) else data


def _in_text(text: str, hidden: Collection[str]) -> str:
    if not text.startswith(("{", "[")) or not any(name in text for name in hidden):
        return text
    try:
        read = json.loads(text)
    except ValueError:
        return text
    return json.dumps(_veiled(read, hidden), ensure_ascii=False, separators=(",", ":"))


def _masked(data: object) -> object:
    """Every text in it hidden, but codes and the ids beside a value."""
    if isinstance(data, dict):
        return {name: item if name in _NAMES else _masked(item) for name, item in data.items()}
    if isinstance(data, list):
        if len(data) == 2 and isinstance(data[0], str) and isinstance(data[1], list):  # a value with its papers
            return [_masked(data[0]), data[1]]
        return [_masked(item) for item in data]
    return HIDDEN if isinstance(data, str) and data else data
