"""What every use case is given besides its values: progress, the clock, randomness."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far a job is. Called often; raises `Cancelled` when the user stopped the job."""

    def __call__(self, done: int, total: int, stage: str, /) -> None:
        """`total` 0 means not known; `stage` is a code with its words in the catalogues as "stage.<code>"."""


def no_progress(done: int, total: int, stage: str) -> None:
    """The Progress that tells nobody and never cancels."""


class Clock(Protocol):
    """The wall clock, for display only."""

    def now(self) -> str:
        """ISO 8601 with offset, whole seconds."""


class Ids(Protocol):
    """Randomness, so that tests can repeat themselves."""

    def nonce(self) -> str:
        """64 random bits, 16 hex digits."""

    def nonces(self, count: int) -> list[str]:
        """As many of them."""

    def record(self) -> str:
        """A new record id: 128 random bits, 32 hex digits."""
