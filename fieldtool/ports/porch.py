"""The porch of a home: where a sealed file from a stick is copied to before anything is done with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


class Porch(Protocol):
    """Sealed bytes inside the home, each under the name of its hash; nothing readable lies here."""

    def hold(self, content: bytes) -> str:
        """Copy sealed bytes in and flush them; their name. DISK_FULL, NOT_WRITABLE."""

    def content(self, name: str) -> bytes:
        """What a copy holds; NO_FILE, READ_FAILED, and BUNDLE_CHANGED when the disk gives back other bytes."""

    def drop(self, name: str) -> None:
        """Remove a copy, if it is there."""

    def sweep(self, kept: Collection[str]) -> int:
        """Remove every copy but these: the leftovers of a run that was cut off; how many."""
