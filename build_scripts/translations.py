"""Compile the catalogues, and prove them complete: `translations.py compile`, `translations.py check`."""

from __future__ import annotations

import ast
import datetime
import io
import re
import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("vi", "en")
# A code is written whole in the source, as "room.name", or begins a text whose rest is a value; families built from an
# enum are listed by their owner.
ASKED = frozenset({"say", "text", "title", "_say"})
CODE = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_-]+)+")
BEGUN = re.compile(r"[a-z0-9_]+\.[a-z0-9_.]*")
# The short name of any reason or difference, where there is one (wording.catalogue.reason_name).
SHORT = "short."


def merged(language: str) -> tuple[Catalog, list[str]]:
    """All sentences of a language from its room files, and the complaints about them."""
    catalog = Catalog(locale=language, fuzzy=False)
    problems = []
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            room = read_po(file, locale=language)
        for message in room:
            if not message.id:
                continue
            if not message.string:
                problems.append(f"{path.name} ({language}): {message.id} has no sentence")
            if message.id in catalog:
                problems.append(f"{path.name} ({language}): {message.id} stands twice")
            catalog.add(message.id, message.string)
    return catalog, problems


# Babel writes the time of writing into each catalogue's head; a fixed one makes equal input give equal bytes.
_MADE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def compiled(language: str) -> bytes:
    """The .mo bytes of a language; the same input gives the same bytes."""
    catalog, _ = merged(language)
    clean = Catalog(locale=language, fuzzy=False, creation_date=_MADE, revision_date=_MADE)
    for message in sorted((m for m in catalog if m.id), key=lambda m: str(m.id)):
        clean.add(message.id, message.string)
    buffer = io.BytesIO()
    write_mo(buffer, clean)
    return buffer.getvalue()


def families() -> set[str]:
    """Codes that the source builds from enums."""
    sys.path.insert(0, str(ROOT))
    from fieldtool.wording.families import codes

    return set(codes())


class Codes(ast.NodeVisitor):
    """The codes that a source names whole, those that it asks for, and how those begin that it puts together."""

    def __init__(self) -> None:
        self.named: set[str] = set()
        self.asked: set[str] = set()
        self.begun: set[str] = set()
        self.asked_begun: set[str] = set()

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and CODE.fullmatch(node.value):
            self.named.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.begun |= _pattern(node)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in ASKED and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and CODE.fullmatch(first.value):
                self.asked.add(first.value)
            if isinstance(first, ast.JoinedStr):
                self.asked_begun |= _pattern(first)
        self.generic_visit(node)


def _pattern(node: ast.JoinedStr) -> set[str]:
    """What a text put together may come to, as a pattern; nothing when it does not begin as a code does."""
    first = node.values[0] if node.values else None
    if not (isinstance(first, ast.Constant) and BEGUN.fullmatch(str(first.value))):
        return set()
    return {"".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[a-z0-9_.-]+" for p in node.values)}


def matched(pattern: str, ids: set[str]) -> set[str]:
    return {code for code in ids if re.fullmatch(pattern, code)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def check() -> list[str]:
    """Everything wrong with the catalogues, one line each."""
    catalogs = {}
    problems = []
    for language in LANGUAGES:
        catalogs[language], complaints = merged(language)
        problems += complaints
        path = FOLDER / language / "fieldtool.mo"
        if not path.exists() or path.read_bytes() != compiled(language):
            problems.append(f"{path.relative_to(ROOT)} is stale: run build_scripts/translations.py compile")
    ids = {language: {str(m.id) for m in catalogs[language] if m.id} for language in LANGUAGES}
    for code in sorted(ids["vi"] ^ ids["en"]):
        problems.append(f"{code}: only in one language")
    for code in sorted(ids["vi"] & ids["en"]):
        if placeholders(str(catalogs["vi"][code].string)) != placeholders(str(catalogs["en"][code].string)):
            problems.append(f"{code}: the languages name different values")
    found = Codes()
    for path in sorted((ROOT / "fieldtool").rglob("*.py")):
        found.visit(ast.parse(path.read_text(encoding="utf-8")))
    used = families() | found.asked
    problems += [f"{code}: used but without a sentence" for code in sorted(used - ids["vi"])]
    unmet = sorted(pattern for pattern in found.asked_begun if not matched(pattern, ids["vi"]))
    problems += [f"{pattern}: used but without any sentence" for pattern in unmet]
    used |= found.named | {code for pattern in found.begun for code in matched(pattern, ids["vi"])}
    idle = (code for code in sorted(ids["vi"] - used) if not code.startswith(SHORT))
    problems += [f"{code}: no source names it" for code in idle]
    return problems


def main() -> int:
    if sys.argv[1:] == ["compile"]:
        for language in LANGUAGES:
            (FOLDER / language / "fieldtool.mo").write_bytes(compiled(language))
        return 0
    if sys.argv[1:] == ["check"]:
        problems = check()
        print("\n".join(problems) if problems else "translations: complete")
        return 1 if problems else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
