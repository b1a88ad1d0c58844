"""The log for who may read it: the operations, and the journal of who looked at, printed and took out what.

Both are chains of hashes. Reading is noted like any other look.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from fieldtool.ports import Home
from fieldtool.records.events import LINK, Event, Note, Proof, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require

# What the journal's lines tell, in groups that a reader asks for; a test walks the source for codes left out.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "looks": ("search", "view", "scan", "log"),
    "papers": ("print", "report", "unseal", "backup", "backup.rehearsed"),
    "purposes": ("purpose",),
    "exchange": (
        "export", "receive", "receive.one_person", "receive.refused", "carry", "prune", "edits", "behind",
        "quarantine.cleared", "quarantine.recalled",
    ),
    "keys": (
        "enrol.request", "enrol.accept", "enrol.finish", "enrol.confirm", "trust.taken", "trust.refused",
        "trust.new_root", "revoke", "assign", "root.away", "root.shared", "root.back", "root.renewed", "slot.added",
        "slot.removed", "slots.bound", "slots.loosened", "recovery.answered", "recovery.refused", "user.pin",
        "user.switch",
    ),
    "refusals": ("refused", "user.refused", "receive.refused", "trust.refused", "recovery.refused"),
    "program": (
        "update.issue", "update.apply", "update.rolled_back", "clock.trusted", "law", "template",
    ),
}  # fmt: skip
NOTES = tuple(sorted({code for codes in GROUPS.values() for code in codes}))
_OF_PAPERS = frozenset({RecordKind.DOCUMENT, RecordKind.PAIR, RecordKind.DOUBT})
USUAL = 200  # lines that a page shows

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: `kind` is a RecordKind of operations, or a group or code of the journal; `officer` an id or a name;
    `record` an id, or a part of what a journal line says. "" is no bound. `limit` 0 is all, else the newest so many."""

    kind: str = ""
    officer: str = ""
    record: str = ""
    limit: int = USUAL

    def told(self) -> str:
        """What was asked for, as the journal keeps it."""
        return " ".join(part for part in (self.kind, self.officer, self.record) if part)


@dataclass(frozen=True, slots=True)
class Operations:
    """Operations, oldest first; `more` older ones were left out. `names` are of everybody who acted here, `persons` of
    the people that the lines speak of or whose papers they are, by the id of either; of papers only where `limit`
    bounds the lines."""

    lines: tuple[Event, ...]
    more: bool
    names: Mapping[str, str]
    persons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Looks:
    """Lines of the journal, oldest first, as `Operations`; `proof` is the state of the whole chain."""

    lines: tuple[Note, ...]
    more: bool
    names: Mapping[str, str]
    persons: Mapping[str, str]
    proof: Proof


def read_operations(home: Home, wanted: Wanted) -> Operations:
    """The operations that are wanted. NOT_ALLOWED."""
    _ask(home, f"operations {wanted.told()}".strip())
    names = _names(home)
    meant = _meant(wanted.officer, names)
    kinds = [wanted.kind] if wanted.kind else [str(kind) for kind in RecordKind]
    if wanted.record:
        newest: Iterable[Event] = reversed(list(home.log.events(wanted.kind, wanted.record)))
    elif wanted.limit:
        newest = home.log.backwards(kinds)
    else:
        newest = reversed(list(home.log.events(wanted.kind)))
    found = (event for event in newest if not wanted.officer or event.author in meant)
    lines = list(islice(found, wanted.limit + 1)) if wanted.limit else list(found)
    more = bool(wanted.limit) and len(lines) > wanted.limit
    lines = lines[: wanted.limit or None][::-1]
    spoken = {id for e in lines for text in (e.record, e.value if e.field == LINK else "") for id in spoken_of(text)}
    persons = _persons(home, spoken)
    papers = {id for e in lines if e.kind in _OF_PAPERS for id in spoken_of(e.record)} if wanted.limit else set()
    return Operations(tuple(lines), more, names, _on_papers(home, papers - persons.keys()) | persons)


def read_looks(home: Home, wanted: Wanted) -> Looks:
    """The lines of the journal that are wanted. NOT_ALLOWED."""
    _ask(home, f"journal {wanted.told()}".strip())
    names = _names(home)
    meant = _meant(wanted.officer, names)
    codes = GROUPS.get(wanted.kind, (wanted.kind,))

    def fits(note: Note) -> bool:
        kind = not wanted.kind or note.what in codes
        return kind and (not wanted.officer or note.author in meant) and wanted.record in note.detail

    lines, more = _newest((note for note in home.log.notes() if fits(note)), wanted.limit)
    spoken = {word for note in lines for word in note.detail.split()}
    return Looks(lines, more, names, _persons(home, spoken), home.log.prove_notes())


def _ask(home: Home, asked: str) -> None:
    """Whoever may read the log leaves a line that he did. NOT_ALLOWED."""
    require(home, Power.READ_LOG)
    home.log.note("log", asked)


def _names(home: Home) -> dict[str, str]:
    """Everybody who wrote an operation or a line here, by id."""
    return {id: home.people.officer_called(id) for id in home.log.authors()}


def _persons(home: Home, spoken: Collection[str]) -> dict[str, str]:
    """The names of those among some ids who are persons here."""
    return {id: line.name for id, line in home.people.lines(spoken).items()}


def _on_papers(home: Home, ids: Collection[str]) -> dict[str, str]:
    """The names that stand on those among some ids that are papers here."""
    papers = (home.people.document(id) for id in sorted(ids))
    return {paper.id: name for paper in papers if paper is not None and (name := paper.get(Field.NAME))}


def spoken_of(text: str) -> list[str]:
    """The ids in a text: of a person, a paper, a pair of papers ("a|b"), a doubt of a field ("person:field")."""
    return [part for word in re.split(r"[\s|]+", text) for part in (word, word.partition(":")[0])]


def _meant(officer: str, names: Mapping[str, str]) -> set[str]:
    """The ids that an id or a name stands for; two officers may bear one name."""
    return {officer} | {id for id, name in names.items() if name == officer}


def _newest(lines: Iterable[_T], limit: int) -> tuple[tuple[_T, ...], bool]:
    """The last so many lines, and whether there were more."""
    if not limit:
        return tuple(lines), False
    kept = deque(lines, maxlen=limit + 1)
    return tuple(kept)[-limit:], len(kept) > limit
