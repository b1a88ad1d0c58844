"""What opening a home gives the window."""

from __future__ import annotations

from typing import Protocol

from fieldtool.ports import FieldWork, Home, People
from fieldtool.ports.locks import Locks
from fieldtool.ports.safekeeping import Safekeeping
from fieldtool.usecases.apply_update import Upkeep
from fieldtool.usecases.outputs import Outputs


class OpenedHome(Locks, Safekeeping, Protocol):
    """What opening a home gives the window."""

    @property
    def home(self) -> Home:
        """The ports, for the worker."""

    def upkeep(self) -> Upkeep:
        """What the home lets its program do to itself."""

    def reader(self) -> People:
        """The read side on a connection of its own, for the window's thread."""

    def work_reader(self) -> FieldWork:
        """The read side of field work, likewise."""

    def outputs(self) -> Outputs:
        """Printed forms and report templates."""
