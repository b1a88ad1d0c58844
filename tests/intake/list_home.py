"""A home in memory with just what an import needs: log, known documents, villages, settings, ids."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

from fieldtool.excel.report_books import write_report
from fieldtool.records.documents import from_payload
from fieldtool.records.events import CONTENT, STATE, UNDONE, Draft, RecordKind, singly
from fieldtool.records.raw_books import MemoryBook


class MemoryLog:
    """Keeps drafts as events; all or nothing."""

    def __init__(self):
        self.kept: list[SimpleNamespace] = []
        self.notes: list[tuple[str, str]] = []

    def append(self, drafts, progress=None):
        new = []
        for draft in singly(drafts):
            assert isinstance(draft, Draft)
            told = {"at": "2026-01-01T00:00:00+07:00", "author": "cb", "device": "m"}
            told |= {name: getattr(draft, name) for name in Draft.__slots__}
            new.append(SimpleNamespace(id=f"e{len(self.kept) + len(new)}", **told))
        self.kept += new
        return tuple(event.id for event in new)

    def note(self, what, detail=""):
        self.notes.append((what, detail))

    def register(self, kind, record, field):
        mine = [e for e in self.kept if (e.kind, e.record, e.field) == (kind, record, field)]
        gone = {old for event in mine for old in event.supersedes}
        return [event for event in mine if event.id not in gone]

    def events(self, kind="", record=""):
        return (e for e in self.kept if kind in ("", e.kind) and record in ("", e.record))

    def undone(self):
        return {e.record for e in self.kept if e.field == STATE and e.value == UNDONE}

    def documents(self):
        """Ids of documents that an import brought in which was not taken back."""
        undone = self.undone()
        return {
            event.record
            for id in {e.record for e in self.kept if e.kind == RecordKind.DOCUMENT}
            for event in self.register(RecordKind.DOCUMENT, id, CONTENT)
            if json.loads(event.basis)["import"] not in undone
        }


class MemoryPeople:
    def __init__(self, log):
        self._log = log

    def villages(self):
        return [SimpleNamespace(id=e.record) for e in self._log.kept if e.kind == RecordKind.VILLAGE]

    def document(self, id):
        for event in self._log.kept:
            if (event.kind, event.record, event.field) == (RecordKind.DOCUMENT, id, CONTENT):
                return from_payload(id, event.value)
        return None

    def known_documents(self, ids):
        return self._log.documents() & set(ids)


class MemorySettings(dict):
    def get(self, name):  # type: ignore[override]
        return super().get(name, "")

    def put(self, name, value):
        self[name] = value

    def names(self, prefix):
        return sorted(name for name, value in self.items() if name.startswith(prefix) and value)


class MemoryReports(dict):
    def put(self, id, parts):
        self[id] = dict(enumerate(parts))

    def parts(self, id):
        return (self[id][part] for part in sorted(self.get(id, ())))


class CountedIds:
    def __init__(self):
        self._next = 0

    def record(self):
        self._next += 1
        return f"{self._next:032x}"

    def nonce(self):
        return "0" * 16

    def nonces(self, count):
        return [self.nonce() for _ in range(count)]


class OneBook:
    """A Workbooks port that always gives the same book."""

    def __init__(self, book: MemoryBook):
        self._book = book

    def read(self, path, progress=None):
        return self._book

    def read_apart(self, path, work, answer, progress=None):
        with self._book as book:
            yield from work(book, answer)

    def write_report(self, path, book):
        return write_report(path, book)


def home():
    log = MemoryLog()
    sticks = SimpleNamespace(read=lambda path, limit: Path(path).read_bytes())
    return SimpleNamespace(
        card=SimpleNamespace(
            commune="16936", officer="cb-1", officer_name="Lô Văn Thử", headquarters=False, device="m"
        ),
        trust=SimpleNamespace(scopes=tuple),  # a machine that no trust list bounds
        log=log,
        people=MemoryPeople(log),
        settings=MemorySettings(),
        reports=MemoryReports(),
        ids=CountedIds(),
        sticks=sticks,
    )
