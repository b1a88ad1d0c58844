"""Where the code tables of the ground lie: read-only files shipped in resources/."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def table_text(name: str) -> str:
    """The text of a shipped table, such as "gazetteer/provinces.csv"."""
    return (RESOURCES / name).read_text(encoding="utf-8")
