"""The ways into a home: whose passphrases open it, and how it is closed for good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Locks(Protocol):
    """The key slots of one open home."""

    def officers(self) -> list[str]:
        """Whose passphrases open this home; "" is the one it was made with."""

    def add_officer(self, officer: str, passphrase: str) -> None:
        """Give an officer a passphrase of his own; NOT_ALLOWED, WEAK_PASSPHRASE."""

    def remove_officer(self, officer: str) -> bool:
        """Take an officer's passphrase away, but never the last; NOT_ALLOWED."""

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the data key anew; the data stays as it is. WRONG_PASSPHRASE, WEAK_PASSPHRASE."""

    def bound(self) -> bool:
        """Whether this home opens on this machine alone."""

    def recoverable(self) -> bool:
        """Whether headquarters could let a locked-out officer in again."""

    def bind_machine(self, on: bool, backup: Path | None = None) -> bool:
        """Bind the home to this machine's secret, or loosen it; False when it is so already. NOT_ALLOWED; NO_WAY_BACK
        without headquarters' recovery, unless a backup is written to a file first."""

    def recovery_words(self, file: Path) -> tuple[str, ...]:
        """The six words of a request by somebody who forgot his passphrase, to be compared before it is answered."""

    def answer_recovery(
        self, file: Path, folder: Path, found: bool = False, compared: Sequence[str] = ()
    ) -> tuple[Path, str, tuple[str, ...]]:
        """Headquarters' answer to an officer who forgot his passphrase: the file, the machine, the six words."""

    def destroy(self, passphrase: str) -> None:
        """Destroy every way into the home, once a passphrase proves that one of its officers asks. There is no undo."""


class MachineSecrets(Protocol):
    """Secrets that only this machine, or one user of it, can read again."""

    def protect(self, secret: bytes) -> str:
        """Keep a secret of 32 bytes; a text by which it is found again and which is of no use elsewhere.
        NO_MACHINE_SECRET."""

    def reveal(self, token: str) -> bytes | None:
        """The secret; None on another machine, for another user, or once the system lost it."""

    def forget(self, token: str) -> None:
        """Destroy what the system keeps of it."""
