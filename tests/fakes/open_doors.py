"""The program's doors to a home that is open already: the slow unlocking is tried elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exchange_homes import home_of

from fieldtool.app import doors
from fieldtool.cli.doors import Doors
from fieldtool.homes import OpenHome
from fieldtool.ports import Clock
from fieldtool.store.opening import Store


def doors_of(store: Store, clock: Clock | None = None) -> Doors:
    """Doors that open this store whatever folder and passphrase are given, by a clock of the test's own."""

    @contextmanager
    def opened(folder: Path, _passphrase: str) -> Iterator[OpenHome]:
        home = home_of(store)
        yield OpenHome(folder, store, dataclasses.replace(home, clock=clock) if clock else home)

    return dataclasses.replace(doors(), open=opened)
