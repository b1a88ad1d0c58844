"""One byte turned anywhere in a home is always found, and snapshot and bundles give back the same home."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from exchange_homes import KEY, decide, fill, home_of, homes

from fieldtool.machine.clock import SystemClock
from fieldtool.machine.randomness import SystemIds
from fieldtool.ports import Home
from fieldtool.records.errors import FieldtoolError
from fieldtool.store.opening import open_store
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.receive_bundle import receive_bundle


def shown(home: Home) -> object:
    """All that a screen can show of people."""
    people = home.people
    return (
        [people.person(line.id) for line in people.persons()], people.households(), people.villages(), people.doubts(),
        sorted(paper.id for paper in people.documents()), sorted(people.links()),
        {name: number for name, number in people.counts().items() if name != "events"},  # receipts are told apart
    )  # fmt: skip


class Flips:
    """A laptop's home, a snapshot of before, and headquarters' bundle of all that came after."""

    def __init__(self, folder: Path, papers: int = 60) -> None:
        self.folder = folder
        with homes(folder / "all") as (office, laptop):
            fill(laptop, papers)
            receive_bundle(office, [export_bundle(laptop, "ct", folder / "up").file])
            receive_bundle(laptop, [export_bundle(office, "x1", folder / "down").file])
        self.home = folder / "all" / "x1"
        self.snapshot = folder / "snapshot"
        shutil.copytree(self.home, self.snapshot)
        again, store = self._opened(self.home)
        office, office_store = self._opened(folder / "all" / "office")
        for number in range(5):
            decide(again, f"p{number:031x}", "name", f"Lô Thị {number}")
        receive_bundle(office, [export_bundle(again, "ct", folder / "up").file])
        self.bundle = export_bundle(office, "x1", folder / "down", since_receipt=False).file
        self.view = shown(again)
        store.close()
        office_store.close()
        self.pages = (self.home / "home.db").stat().st_size // 4096

    def _opened(self, folder: Path):  # type: ignore[no-untyped-def]
        store = open_store(folder / "home.db", KEY, clock=SystemClock(), ids=SystemIds())
        return home_of(store), store

    def found(self, place: int, bit: int) -> bool:
        """Whether one turned bit is found, on opening or by `check`."""
        copy = self.folder / "turned"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        content = bytearray((self.home / "home.db").read_bytes())
        content[place] ^= 1 << bit
        (copy / "home.db").write_bytes(content)
        try:
            store = open_store(copy / "home.db", KEY, clock=SystemClock(), ids=SystemIds())
        except FieldtoolError:
            return True
        try:
            return bool(store.check().complaints)
        except FieldtoolError:
            return True
        finally:
            store.close()

    def missed(self, count: int, seed: int) -> list[int]:
        """Places, each in another page as far as there are so many, at which a turned bit was not found."""
        random = Random(seed)
        pages = [random.sample(range(self.pages), self.pages) for _ in range(count // self.pages + 1)]
        places = [page * 4096 + random.randrange(4096) for some in pages for page in some][:count]
        return [place for place in places if not self.found(place, random.randrange(8))]

    def rebuilt(self) -> bool:
        """Whether the snapshot and headquarters' bundle show what the home showed."""
        copy = self.folder / "rebuilt"
        shutil.copytree(self.snapshot, copy)
        home, store = self._opened(copy)
        (outcome,) = receive_bundle(home, [self.bundle])
        same = outcome.error is None and shown(home) == self.view and store.check().complaints == []
        store.close()
        shutil.rmtree(copy)
        return same
