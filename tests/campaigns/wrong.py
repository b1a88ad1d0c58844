"""Deliberately wrong variants of the exchange. The world must find each of them, else it proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from fieldtool.machine.randomness import SystemIds
from fieldtool.records.events import Event, RecordKind
from fieldtool.store import shelf as shelves
from fieldtool.store.depot import SqlDepot
from fieldtool.store.log import SqlEventLog
from fieldtool.store.shelf import SqlShelf
from fieldtool.trust.keys import HomeKeys
from fieldtool.usecases import judge_operations, receive_bundle

Patch = tuple[Any, str, Any]
_register, _outgoing, _apply, _drop = SqlEventLog.register, SqlShelf.outgoing, SqlShelf._apply, SqlDepot.drop_files


def _by_clock(self: Any, kind: str, record: str, field: str) -> list[Event]:
    return sorted(_register(self, kind, record, field), key=lambda event: event.at)[-1:]


def _by_arrival(self: Any, kind: str, record: str, field: str) -> list[Event]:
    found = {event.id: event for event in _register(self, kind, record, field)}
    return [event for event in self.events(kind, record) if event.id in found][-1:]


def _over_unseen(self: Any, note: Any, events: Any, progress: Any, held: Any) -> Any:
    done = _apply(self, note, events, progress, held)
    for event in events:
        if event.kind == RecordKind.PERSON:
            self._database.execute(
                "INSERT OR IGNORE INTO superseded (id)"
                " SELECT id FROM events WHERE kind = ? AND record = ? AND field = ? AND id <> ?",
                (event.kind, event.record, event.field, event.id),
            )
    return done


def _prune_all(self: Any, bundles: Any) -> None:
    for bundle in bundles:
        self._database.execute(
            "DELETE FROM events WHERE kind = 'person' AND id IN (SELECT event FROM bundle_events WHERE bundle = ?)",
            (bundle,),
        )
    _drop(self, bundles)


def _one_less(self: Any, *given: Any, **named: Any) -> Iterator[Event]:
    found = iter(_outgoing(self, *given, **named))
    next(found, None)
    yield from found


WRONG: dict[str, list[Patch]] = {
    "the later clock wins": [(SqlEventLog, "register", _by_clock)],
    "the last arrival wins": [(SqlEventLog, "register", _by_arrival)],
    "an edit hides what it has not seen": [(SqlShelf, "_apply", _over_unseen)],
    "signatures are not proved": [(HomeKeys, "verify", lambda *_: True)],
    "a bundle does not wait for its parents": [(SqlShelf, "_missing", lambda *_: ())],
    "pruning takes operations along": [(SqlDepot, "drop_files", _prune_all)],
    "a laptop speaks for others": [(receive_bundle, "_check_speaker", lambda *_: None)],
    "an export drops an operation": [(SqlShelf, "outgoing", _one_less)],
    "the cut-off is ignored": [
        (judge_operations, "_revoked", lambda *_: None),
        (receive_bundle, "recall_revoked", lambda *_: 0),  # looks a second time at what was let in
    ],
    "a bundle is joined without a transaction": [(shelves, "transaction", lambda *_: nullcontext())],
    "names of operations are not random": [(SystemIds, "nonce", lambda self: "0" * 16)],
}


@contextmanager
def wrong(name: str) -> Iterator[None]:
    """The program with one variant in place of what is right."""
    kept: list[Patch] = [(owner, attribute, getattr(owner, attribute)) for owner, attribute, _ in WRONG[name]]
    try:
        for owner, attribute, value in WRONG[name]:
            setattr(owner, attribute, value)
        yield
    finally:
        for owner, attribute, value in kept:
            setattr(owner, attribute, value)


def names() -> list[str]:
    """Every variant."""
    return list(WRONG)
