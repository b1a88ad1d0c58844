"""The machines of the world: homes on their disks, clocks that anybody sets, and what the judge knows of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from exchange_homes import KEY, home_of

from fieldtool.machine.randomness import SystemIds
from fieldtool.ports import Home, Shelf
from fieldtool.records.events import Event
from fieldtool.store.opening import Store, open_store

OFFICE, LAPTOPS = "mhq", ("m01", "m02", "m03", "m04", "m05")
PEOPLE, FIELDS = ("p1", "p2", "p3"), ("name", "dob")
VILLAGES = ("16906-dua", "16906-coi")


class Violation(AssertionError):
    """An invariant that did not hold; its name first."""


@dataclass
class TurnedClock:
    """A clock that an officer sets to anything."""

    year: int = 2026
    minute: int = 0

    def now(self) -> str:
        self.minute += 1
        day, hour, minute = self.minute // 1440 % 28 + 1, self.minute // 60 % 24, self.minute % 60
        return f"{self.year:04d}-05-{day:02d}T{hour:02d}:{minute:02d}:00+07:00"


@dataclass
class Machine:
    """One home on its disk, and what the judge knows of it."""

    name: str
    unit: str
    folder: Path
    store: Store
    home: Home
    clock: TurnedClock
    own: dict[str, Event] = field(default_factory=dict)  # what was written here and must still be here
    images: list[tuple[Path, dict[str, Event]]] = field(default_factory=list)
    copies: int = 0


class ShelfWithOneMore:
    """A shelf that has one operation more to send."""

    def __init__(self, shelf: Shelf, event: Event) -> None:
        self._shelf, self._event = shelf, event

    def __getattr__(self, name: str) -> object:
        return getattr(self._shelf, name)

    def outgoing(self, *_: object) -> Iterator[Event]:
        """That one."""
        return iter([self._event])


def machine_at(name: str, unit: str, folder: Path) -> Machine:
    """The machine whose home lies in a folder, opened."""
    clock = TurnedClock()
    store = open_store(folder / "home.db", KEY, clock=clock, ids=SystemIds())
    return Machine(name, unit, folder, store, replace(home_of(store), clock=clock, ids=SystemIds()), clock)


def open_again(machine: Machine) -> None:
    """Open a home as after a start of the program: nothing survives but the disk."""
    machine.store = open_store(machine.folder / "home.db", KEY, clock=machine.clock, ids=SystemIds())
    machine.home = replace(home_of(machine.store), clock=machine.clock, ids=SystemIds())
