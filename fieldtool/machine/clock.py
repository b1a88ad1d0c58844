"""The wall clock, for display only; nothing is decided by it."""

from __future__ import annotations

from datetime import datetime


class SystemClock:
    """The computer's clock in its own time zone."""

    def now(self) -> str:
        """ISO 8601 with offset, whole seconds."""
        return datetime.now().astimezone().isoformat(timespec="seconds")
