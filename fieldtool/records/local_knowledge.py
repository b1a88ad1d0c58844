"""What officers know beyond the shipped tables: places no table has, other names of villages, surnames.

The tables of the region are one for the whole program, and so is what is laid over them: a program has one home open.
The store puts its own knowledge in force when it opens and whenever an event adds to it; whatever was worked out from
the tables before is then forgotten.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

PLACE_FIELDS = ("name", "district", "successor", "valid_to")
_Function = TypeVar("_Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`places`: communes as (name, district, successor, valid_to); `villages`: id → the id that is meant;
    `surnames`: (people, variants)."""

    places: tuple[tuple[str, str, str, str], ...] = ()
    villages: Mapping[str, str] = dataclasses.field(default_factory=dict)
    surnames: tuple[tuple[str, tuple[str, ...]], ...] = ()


class _InForce:
    """The one knowledge that the tables are read with, and the caches that rest on it."""

    def __init__(self) -> None:
        self.knowledge = Knowledge()
        self.caches: list[Any] = []


_IN_FORCE = _InForce()


def knowledge() -> Knowledge:
    """What is in force."""
    return _IN_FORCE.knowledge


def put_in_force(told: Knowledge) -> None:
    """Read the tables with this knowledge from now on."""
    if told != _IN_FORCE.knowledge:
        _IN_FORCE.knowledge = told
        for cache in _IN_FORCE.caches:
            cache.cache_clear()


def remembered(maxsize: int) -> Callable[[_Function], _Function]:
    """An lru_cache that is emptied when the knowledge changes; for what is worked out from the tables."""

    def wrap(function: _Function) -> _Function:
        cache: Any = lru_cache(maxsize=maxsize)(function)
        _IN_FORCE.caches.append(cache)
        return cache  # type: ignore[no-any-return]

    return wrap


def read_knowledge(places: Iterable[str], surnames: Iterable[str]) -> Knowledge:
    """Knowledge from the values of live events; what this version cannot read is left out."""
    communes: set[tuple[str, str, str, str]] = set()
    villages: dict[str, str] = {}
    for data in map(_object, places):
        if data.get("meant") and data.get("village"):
            villages[data["village"]] = data["meant"]
        elif data.get("name"):
            communes.add((data["name"], *(data.get(name, "") for name in PLACE_FIELDS[1:])))  # type: ignore[arg-type]
    groups = {(data.get("people", ""), tuple(data["variants"].split(";"))) for data in map(_object, surnames)
              if data.get("variants")}  # fmt: skip
    return Knowledge(tuple(sorted(communes)), dict(sorted(villages.items())), tuple(sorted(groups)))


def _object(text: str) -> dict[str, str]:
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(name): value for name, value in data.items() if isinstance(value, str)}
