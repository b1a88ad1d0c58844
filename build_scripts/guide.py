"""The guide against the program: `guide.py check`. Neither a page without its part and picture, nor a stale picture.

Every page of the window declares `guide = "NAME"`; both guides must tell of it under `<!-- page: NAME -->` with the
picture of that page, which guide_pictures.py draws. Links of guides and cards must lead somewhere, cards stay one page.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fieldtool.wording.catalogue import Language  # noqa: E402
from fieldtool.wording.guide import CARDS, DOCS, START, card_file, guide_file, headings  # noqa: E402

PICTURES = DOCS / "pictures"
GATES = ("first_start", "unlock")  # screens before the window has pages
LONGEST_CARD = 40  # lines of 120 letters, what A4 holds
LARGEST_PICTURES = 2_000_000  # bytes; they travel in every setup
_DECLARED = re.compile(r'^    guide = "([a-z_]+)"', re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#]+)\)")


def declared() -> set[str]:
    """What the pages of the window say F1 opens."""
    found: set[str] = set()
    for path in sorted((ROOT / "fieldtool" / "ui").glob("*.py")):
        found |= set(_DECLARED.findall(path.read_text(encoding="utf-8")))
    return found


def section(text: str, anchor: str) -> str:
    """The part of a guide from a page's heading to the next one of its level."""
    after = text.split(f"<!-- page: {anchor} -->", 1)[-1]
    return re.split(r"\n(?=<!-- page: |## )", after.lstrip("\n"), maxsplit=1)[0]


def faults(pages: set[str], docs: Path = DOCS) -> list[str]:
    """Everything wrong with guides, pictures and cards, one line each."""
    found = []
    for language in Language:
        guide = docs / guide_file(language).name
        text = guide.read_text(encoding="utf-8")
        told = headings(text)
        for page in sorted(pages | {START}):
            if page not in told:
                found.append(f"{guide.name}: nothing on the page {page} (<!-- page: {page} --> before its heading)")
            elif page != START and f"pictures/{language}/{page}.png" not in section(text, page):
                found.append(f"{guide.name}: no picture of the page {page}")
        found += [
            f"{guide.name}: tells of a page {page} that no page declares"
            for page in told
            if page not in pages | {START}
        ]
        for gate in GATES:
            if f"pictures/{language}/{gate}.png" not in text:
                found.append(f"{guide.name}: no picture of {gate}")
        used = set(_LINK.findall(text))
        drawn = {f"pictures/{language}/{path.name}" for path in (docs / "pictures" / language).glob("*.png")}
        found += [f"{name}: drawn, and no guide shows it" for name in sorted(drawn - used)]
        for card in CARDS:
            file = docs / "cards" / card_file(card, language).name
            found += card_faults(file)
            if f"cards/{file.name}" not in used:
                found.append(f"{guide.name}: does not lead to {file.name}")
        found += [
            f"{guide.name}: leads to {link}, which is not there" for link in sorted(used) if not (docs / link).exists()
        ]
    size = sum(path.stat().st_size for path in (docs / "pictures").rglob("*.png"))
    if size > LARGEST_PICTURES:
        found.append(f"pictures: {size} bytes, more than {LARGEST_PICTURES}")
    return found


def card_faults(file: Path) -> list[str]:
    """A card that is missing or longer than a page."""
    if not file.exists():
        return [f"{file.name}: missing"]
    lines = sum(1 + len(line) // 120 for line in file.read_text(encoding="utf-8").splitlines())
    return [f"{file.name}: longer than one page"] if lines > LONGEST_CARD else []


def main() -> int:
    pages = declared()
    found = faults(pages)
    for fault in found:
        print(fault)
    print(f"guide: {len(pages)} pages, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
