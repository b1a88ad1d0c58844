"""Whether the built Windows program finds every library on a bare Windows 10: `windows_imports.py [FOLDER]`.

Wine brings Microsoft's runtime libraries along, a fresh laptop does not: there a part that asks for one in a folder
nobody looks into does not load, and no run under Wine can show it. So every import of every library is followed by
Windows' own rule (the folder of the library that asks, the program's root, the folders that a package adds for itself,
then Windows itself), down to the names it asks for.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wine_machine import OBJDUMP

# What every Windows 10 since 1809 has in System32, of what is asked for here.
_NAMES = """
    advapi32 authz bcrypt bcryptprimitives comctl32 comdlg32 crypt32 d3d11 d3d12 d3d9 dwmapi dwrite dxgi gdi32 icuuc
    imm32 iphlpapi kernel32 mpr msvcrt netapi32 ntdll ole32 oleaut32 pdh powrprof psapi rpcrt4 secur32 setupapi shcore
    shell32 shlwapi ucrtbase uiautomationcore user32 userenv uxtheme version winmm winspool.drv ws2_32 wtsapi32
"""
SYSTEM = frozenset(_NAMES.split())
_SET = re.compile(r"api-ms-win-[\w-]+\.dll")  # names of sets, which Windows maps to its own libraries
_EXPORT = re.compile(r"^\s*\[\s*\d+\](?:\s+\+base\[\s*\d+\]\s+\S+)?\s+(\S+)", re.MULTILINE)
_LIBRARY = re.compile(r"^\s*DLL Name: (\S+)")
_NAME = re.compile(r"^\s+[0-9a-f]+\s+(?:<none>\s+)?[0-9a-f]+\s+(\S+)\s*$")
# Folders that a package adds to the search by itself, before it loads its own libraries.
ADDED = {"numpy": ("numpy.libs",), "PySide6": ("PySide6", "shiboken6")}


@dataclass(frozen=True, slots=True)
class Library:
    """What one file asks of which library, and what it gives; library names in small letters."""

    imports: Mapping[str, frozenset[str]]
    exports: frozenset[str]


def parse(text: str) -> Library:
    """The tables of `objdump -p`."""
    imports: dict[str, set[str]] = {}
    before, _, table = text.partition("[Ordinal/Name Pointer] Table")
    asked: set[str] = set()
    for line in before.splitlines():
        if found := _LIBRARY.match(line):
            asked = imports.setdefault(found[1].lower(), set())
        elif found := _NAME.match(line):
            asked.add(found[1])
    return Library({name: frozenset(names) for name, names in imports.items()}, frozenset(_EXPORT.findall(table)))


def read(path: Path) -> Library:
    done = subprocess.run(
        [OBJDUMP, "-p", str(path)], capture_output=True, encoding="utf-8", errors="replace", check=True
    )
    return parse(done.stdout)


def is_windows_own(name: str) -> bool:
    """Whether a library belongs to Windows itself."""
    return name.removesuffix(".dll") in SYSTEM or _SET.fullmatch(name) is not None


def folders_of(file: str) -> Iterator[str]:
    """Where Windows looks for what a file of the program asks for; "" is the root."""
    folder, _, _ = file.rpartition("/")
    yield folder
    yield ""
    yield from ADDED.get(file.split("/")[0], ())


def faults(libraries: Mapping[str, Library]) -> list[str]:
    """Every import that would not be found; `libraries` by path inside the program, with slashes."""
    places = {path.lower(): path for path in libraries}
    found = []
    for file, library in sorted(libraries.items()):
        for name, wanted in sorted(library.imports.items()):
            if is_windows_own(name):
                continue
            paths = (f"{folder}/{name}".lstrip("/").lower() for folder in folders_of(file))
            place = next((places[path] for path in paths if path in places), None)
            if place is None:
                found.append(f"{file} asks for {name}, which it does not find")
            elif missing := sorted(wanted - libraries[place].exports):
                found.append(f"{file} asks {place} for {', '.join(missing[:3])}, which it has not")
    return found


def check(program: Path) -> int:
    """Say what a built folder lacks; 0 for nothing."""
    root = program / "_internal"
    paths = [path for ending in ("*.dll", "*.pyd") for path in root.rglob(ending)] + list(program.glob("*.exe"))
    libraries = {
        (path.relative_to(root) if path.is_relative_to(root) else Path(path.name)).as_posix(): path for path in paths
    }
    found = faults({name: read(path) for name, path in libraries.items()})
    for fault in found:
        print(f"imports: {fault}")
    print(f"imports: {len(found)} not found of {len(libraries)} libraries", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    from windows import BUILT

    sys.exit(check(Path(sys.argv[1]) if sys.argv[1:] else BUILT))
