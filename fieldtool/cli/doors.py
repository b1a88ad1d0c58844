"""What the command line needs from app.py: ways to make and open a home, and the adapters no port belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fieldtool.ports.safekeeping import Safekeeping

if TYPE_CHECKING:  # one command needs few of them
    from fieldtool.ports import Forms, Home, Progress, Workbooks
    from fieldtool.usecases.apply_update import Upkeep
    from fieldtool.usecases.make_sample import WriteBooks
    from fieldtool.usecases.outputs import Outputs


@dataclass(frozen=True, slots=True)
class Setup:
    """What `init` asks: who works where. `unit` "" takes a name from the commune. `suite` is of trust/suite.py;
    `token` is a PKCS#11 driver's file and the label of a token for headquarters' signature keys, ("", "") for none."""

    officer: str
    commune: str
    unit: str = ""
    headquarters: bool = False
    suite: str = "modern"
    token: tuple[str, str] = ("", "")


class Opened(Safekeeping, Protocol):
    """An open home with what only its store can do."""

    @property
    def home(self) -> Home:
        """The ports."""

    def outputs(self) -> Outputs:
        """Printed forms and report templates."""

    def upkeep(self, program: Path | None = None) -> Upkeep:
        """What an open home lets its program do to itself; `program` is the folder to update, else this program's."""

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the data key anew; the data stays as it is."""

    def add_officer(self, officer: str, passphrase: str) -> None:
        """Give an officer a passphrase of his own."""

    def remove_officer(self, officer: str) -> bool:
        """Take an officer's passphrase away, but never the last."""

    def officers(self) -> list[str]:
        """Whose passphrases open this home."""

    def bound(self) -> bool:
        """Whether this home opens on this machine alone."""

    def bind_machine(self, on: bool, backup: Path | None = None) -> bool:
        """Bind the home to this machine's secret, or loosen it; False when it is so already."""

    def recovery_words(self, file: Path) -> tuple[str, ...]:
        """The six words of a request by somebody who forgot his passphrase, to be compared before it is answered."""

    def answer_recovery(
        self, file: Path, folder: Path, found: bool = False, compared: Sequence[str] = ()
    ) -> tuple[Path, str, tuple[str, ...]]:
        """Headquarters' answer to an officer who forgot his passphrase: the file, the machine, the six words."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Everything that app.py gives to the command line."""

    default_home: Callable[[], Path]
    create: Callable[[Path, str, Setup], None]
    open: Callable[[Path, str], AbstractContextManager[Opened]]
    restore: Callable[[Path, Path, str, bool, Progress], Path | None]  # backup, home, …, set the old one aside
    ask_recovery: Callable[[Path, Path], tuple[Path, tuple[str, ...]]]
    finish_recovery: Callable[[Path, Path, str], None]
    panic: Callable[[Path], None]
    workbooks: Workbooks
    write_books: WriteBooks
    window: Callable[[Path, str], int]
    ask_token_pin: Callable[[Callable[[str], str]], None]
    forms: Callable[[], Forms]
    diagnose: Callable[[Path, Path, Home | None], Path]
    try_window: Callable[[Path, str], dict[str, object]]
