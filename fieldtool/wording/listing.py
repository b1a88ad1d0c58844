"""Many names in one line."""

from __future__ import annotations

from collections.abc import Sequence

_MOST = 5


def some_of(names: Sequence[str]) -> str:
    """The first few names; how many more there are."""
    told = ", ".join(names[:_MOST])
    return f"{told} … +{len(names) - _MOST}" if len(names) > _MOST else told
