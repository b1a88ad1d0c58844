"""Where the user guide and its cards lie, and which heading stands for which page of the window."""

from __future__ import annotations

import re
from pathlib import Path

from fieldtool.records.tables import RESOURCES
from fieldtool.wording.catalogue import Language

DOCS = RESOURCES.parent / "docs"
START = "start"
CARDS = ("door", "clerk", "headquarters")
_ANCHOR = re.compile(r"^<!-- page: ([a-z_]+) -->\n+#{1,3} (.+)$", re.MULTILINE)


def guide_file(language: Language) -> Path:
    """The guide in a language."""
    return DOCS / f"guide.{language}.md"


def card_file(card: str, language: Language) -> Path:
    """A one-page card in a language."""
    return DOCS / "cards" / f"{card}.{language}.md"


def headings(text: str) -> dict[str, str]:
    """Page of the window → the heading that tells of it, as it stands after a line `<!-- page: NAME -->`."""
    return {found[1]: found[2].strip() for found in _ANCHOR.finditer(text)}
