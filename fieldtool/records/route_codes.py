"""What the QR code of a household on a route sheet holds, and reading it back."""

from __future__ import annotations

PREFIX = "FT1|H|"  # before a household's id


def code_of(household: str) -> str:
    """The text of a household's code."""
    return PREFIX + household


def household_of(scanned: str) -> str:
    """The household that a scanned code of a route sheet names, "" for any other text."""
    text = scanned.strip()
    return text[len(PREFIX) :].strip() if text.startswith(PREFIX) else ""
