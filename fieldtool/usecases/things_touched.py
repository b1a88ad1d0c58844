"""What an operation touches, and where that lies, whatever village the operation itself names.

A changed program can name any village or none. Where a thing is known here, its own papers say where it lies; of a
paper that is new, its content does. What nobody knows, and what names no village, is nobody's alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from fieldtool.ports import Home
from fieldtool.records.casebook import book
from fieldtool.records.events import CONTENT, LINK, STATE, Event, RecordKind

Thing = tuple[str, str]  # kind and id
_VERIFIED = "verify."  # of a batch: the paper that was typed a second time


class Touched:
    """The things that the operations of one bundle touch. Only what `readable` calls readable is given to it.

    `at_home` says of a village whether the bundle's maker may write of it: nearly all bundles touch nothing else, and
    then not one operation is looked at by itself.
    """

    def __init__(self, home: Home, events: Sequence[Event], at_home: Callable[[str], bool]) -> None:
        self._home = home
        self._at_home = at_home
        self._events = events
        self._opened: dict[str, Event] = {}
        self._brought: dict[Thing, set[str]] = {}
        things: set[Thing] = set()
        self._villages: set[str] = set()  # that the operations themselves tell of
        for event in events:
            if event.kind == RecordKind.DOCUMENT and event.field == CONTENT:  # nearly all of a list
                things.add((RecordKind.DOCUMENT, event.record))
                self._villages.add(village_told(event))
                continue
            things.update(_of(event))
            self._villages.update(_told(event))
            if _opens(event):
                self._opened[event.record] = event
        known = home.depot.villages_of(things, events[0].device if events else "")
        self._away = {thing: villages for thing, villages in known.items() if self._elsewhere(thing, villages)}
        self._known = set(known)

    def suspected(self) -> list[Event]:
        """The operations that touch something elsewhere, or say so."""
        if not self._away and all(map(self._at_home, self._villages)):
            return []
        for event in self._events:
            if event.kind == RecordKind.DOCUMENT and event.field == CONTENT:
                village = village_told(event)
                if not self._at_home(village):
                    self._brought[RecordKind.DOCUMENT, event.record] = {village}
        return [event for event in self._events if any(self.places(event))]

    def places(self, event: Event) -> Iterator[frozenset[str]]:
        """For each thing that is touched and lies elsewhere its villages: being at home in one of them is enough."""
        opened = self._opened.get(event.record)
        hung = _of(opened) if opened is not None and opened.kind == event.kind else ()
        for thing in (*_of(event), *hung):
            villages = self._away.get(thing)
            if villages is None and thing not in self._known:
                villages = self._brought.get(_paper(thing))
            if villages and thing[0] == RecordKind.IMPORT:
                yield from (frozenset({village}) for village in villages if not self._at_home(village))
            elif villages:
                yield frozenset(villages)
        yield from (frozenset({village}) for village in _told(event) if not self._at_home(village))

    def once_there(self, events: Iterable[Event]) -> None:
        """Count for the persons that some operations touch also the papers that were theirs before: headquarters may
        have parted what their maker still has as one."""
        persons = {id for event in events for kind, id in _of(event) if kind == RecordKind.PERSON}
        for id, villages in self._home.depot.villages_ever(sorted(persons)).items():
            if any(map(self._at_home, villages)):
                self._away.pop((RecordKind.PERSON, id), None)

    def _elsewhere(self, thing: Thing, villages: Iterable[str]) -> bool:
        """An import is taken back as a whole, in every village; of anything else one village is enough."""
        homes = [self._at_home(village) for village in villages]
        return not (all(homes) if thing[0] == RecordKind.IMPORT else any(homes))


def _of(event: Event) -> Iterable[Thing]:
    touches = _TOUCHES.get(event.kind)
    return touches(event) if touches is not None else ()


def village_told(event: Event) -> str:
    """The village in the content of a paper, which an honest program names with the operation too."""
    if not event.value:  # withdrawn: the village it was of
        return event.village
    if event.value.endswith(_ending(event.village)):
        return event.village  # the last key of a text that can be read: nothing after it says otherwise
    return str(json.loads(event.value)["village"])


@lru_cache(maxsize=1024)
def _ending(village: str) -> str:
    return f',"village":{json.dumps(village, ensure_ascii=False)}}}'


def _told(event: Event) -> Iterator[str]:
    """Villages that an operation is about by what it says itself."""
    if event.kind == RecordKind.DOCUMENT and event.field == CONTENT:
        yield village_told(event)
    elif event.kind == RecordKind.VILLAGE:
        yield event.record
    elif event.kind == RecordKind.FIGURES:
        yield event.field
    elif event.kind in (RecordKind.VISIT, RecordKind.PLAN) and event.field == CONTENT and event.value:
        yield str(json.loads(event.value).get("village", ""))


def _opens(event: Event) -> bool:
    return bool(event.value) and (event.kind, event.field) in {
        (RecordKind.CASE, book.OPENED),
        (RecordKind.VISIT, CONTENT),
        (RecordKind.PLAN, CONTENT),
    }


def _paper(thing: Thing) -> Thing:
    """A person is called by his founding paper."""
    return (RecordKind.DOCUMENT, thing[1]) if thing[0] == RecordKind.PERSON else thing


def _document(event: Event) -> Iterator[Thing]:
    yield RecordKind.DOCUMENT, event.record
    if event.field == LINK and event.value:
        yield RecordKind.PERSON, event.value


def _person(event: Event) -> Iterator[Thing]:
    yield RecordKind.PERSON, event.record


def _pair(event: Event) -> Iterator[Thing]:
    yield from ((RecordKind.PERSON, id) for id in event.record.split("|"))


def _household(event: Event) -> Iterator[Thing]:
    yield RecordKind.HOUSEHOLD, event.record


def _hanging(event: Event) -> Iterator[Thing]:
    """A case, a visit or a plan: what it is known to hang on, and what its opening says."""
    yield event.kind, event.record
    data: Mapping[str, Any] = json.loads(event.value) if _opens(event) else {}
    houses = data.get("households", ()) if event.kind == RecordKind.PLAN else [data.get("household")]
    yield from ((RecordKind.HOUSEHOLD, str(house)) for house in houses if house)
    if data.get("person"):
        yield RecordKind.PERSON, str(data["person"])


def _doubt(event: Event) -> Iterator[Thing]:
    yield RecordKind.DOUBT, event.record
    yield RecordKind.PERSON, event.record.partition(":")[0]


def _import(event: Event) -> Iterator[Thing]:
    if event.field == STATE:
        yield RecordKind.IMPORT, event.record


def _batch(event: Event) -> Iterator[Thing]:
    if event.field.startswith(_VERIFIED):
        yield RecordKind.DOCUMENT, event.field.removeprefix(_VERIFIED)


_TOUCHES: Mapping[str, Callable[[Event], Iterator[Thing]]] = {
    RecordKind.DOCUMENT: _document,
    RecordKind.PERSON: _person,
    RecordKind.PAIR: _pair,
    RecordKind.HOUSEHOLD: _household,
    RecordKind.CASE: _hanging,
    RecordKind.VISIT: _hanging,
    RecordKind.PLAN: _hanging,
    RecordKind.DOUBT: _doubt,
    RecordKind.IMPORT: _import,
    RecordKind.BATCH: _batch,
}
