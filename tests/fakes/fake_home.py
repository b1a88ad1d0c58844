"""Fakes of Clock, Ids, EventLog and Settings, kept in memory; tests/contracts holds them to what the real ones do."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext

from fieldtool.ports import Progress, no_progress
from fieldtool.records.events import SCHEMA, Contents, Draft, Event, canonical_bytes, event_hash, event_id, live, singly
from fieldtool.records.exchange import HomeCard


def card(device: str = "m01", incarnation: int = 1) -> HomeCard:
    """An invented home."""
    return HomeCard(device, incarnation, "u-" + device, "Công an xã", "17245", "o-" + device, "Lô Văn Thử", False)


class FakeClock:
    """Time runs backwards by whim: nothing may depend on it."""

    def now(self) -> str:
        return "1999-01-01T00:00:00+07:00"


class FakeIds:
    """Counts; `start` keeps two homes, or two clones, apart."""

    def __init__(self, start: int = 0) -> None:
        self._next = itertools.count(start * 1_000_000 + 1)

    def nonce(self) -> str:
        return f"{next(self._next):016x}"

    def nonces(self, count: int) -> list[str]:
        return [self.nonce() for _ in range(count)]

    def record(self) -> str:
        return f"{next(self._next):032x}"


class FakeSettings:
    """Settings in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, name: str) -> str:
        return self._kept.get(name, "")

    def put(self, name: str, value: str) -> None:
        self._kept[name] = value

    def drop(self, name: str) -> None:
        self._kept.pop(name, None)

    def names(self, prefix: str) -> list[str]:
        return sorted(name for name, value in self._kept.items() if name.startswith(prefix) and value)


class FakeEventLog:
    """The log as a list; folds no projections."""

    def __init__(self, settings: FakeSettings, ids: FakeIds) -> None:
        self._settings = settings
        self._ids = ids
        self._events: list[Event] = []
        self._journal = ""

    def soon(self, count: int) -> AbstractContextManager[Callable[[Mapping[str, str]], None]]:
        return nullcontext(lambda placed: None)

    def append(
        self,
        drafts: Iterable[Draft | Contents],
        progress: Progress = no_progress,
        beside: Callable[[], None] | None = None,
    ) -> tuple[str, ...]:
        home = HomeCard.from_text(self._settings.get("home.card"))
        new: list[Event] = []
        prev = self._events[-1].hash if self._events else ""
        for seq, draft in enumerate(singly(drafts), len(self._events) + 1):
            event = Event(
                event_id(home.device, home.incarnation, seq, self._ids.nonce()), home.device, home.incarnation, seq,
                prev, FakeClock().now(), home.officer, SCHEMA, str(draft.kind), draft.record, draft.field, draft.value,
                tuple(sorted(draft.supersedes)), draft.basis, draft.village, draft.old, "",
            )  # fmt: skip
            event = event._replace(hash=event_hash(event))
            prev = event.hash
            new.append(event)
        progress(len(new), len(new), "write")
        before = len(self._events)
        self._events += new
        if beside is not None:
            try:
                beside()
            except BaseException:
                del self._events[before:]
                raise
        return tuple(event.id for event in new)

    def register(self, kind: str, record: str, field: str) -> list[Event]:
        return live(e for e in self._events if (e.kind, e.record, e.field) == (str(kind), record, str(field)))

    def event(self, id: str) -> Event | None:
        return next((event for event in self._events if event.id == id), None)

    def events(self, kind: str = "", record: str = "") -> Iterator[Event]:
        return (e for e in self._events if kind in ("", e.kind) and record in ("", e.record))

    def backwards(self, kinds: Collection[str], but: str = "") -> Iterator[Event]:
        return (e for e in reversed(self._events) if e.kind in kinds and e.field != but)

    def count(self) -> int:
        return len(self._events)

    def heads(self) -> dict[tuple[str, int], tuple[int, str]]:
        found: dict[tuple[str, int], tuple[int, str]] = {}
        for event in self._events:
            key = (event.device, event.incarnation)
            found[key] = max(found.get(key, (0, "")), (event.seq, event.hash))
        return found

    def hashes_at(self, device: str, incarnation: int, seq: int) -> set[str]:
        place = (device, incarnation, seq)
        return {event.hash for event in self._events if (event.device, event.incarnation, event.seq) == place}

    def journal_head(self) -> str:
        return self._journal

    def note(self, what: str, detail: str = "") -> None:
        self._journal = canonical_bytes((self._journal, what, detail)).hex()[-64:]
