"""What is kept of a crash: kinds of exceptions and places in the code. Never a message, a value, a user's path.

A defect that Python sees is written at once; one that takes the process down is left by faulthandler in a file
and made into a report at the next start.
"""

from __future__ import annotations

import datetime
import faulthandler
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from fieldtool.records.errors import FieldtoolError

_KEPT = 20
_RUNNING = "running.txt"  # faulthandler's file of the run under way; empty unless the process died
_PACKAGES = ("fieldtool", "site-packages", "Lib", "lib", "_internal")
_FAULT_LINE = re.compile(r'^\s*File "([^"]*)", line (\d+) in (\S+)')
_FAULT_HEAD = re.compile(r"^(Fatal Python error|Windows fatal exception): ([A-Za-z0-9 :]{1,60})")


def place_in_code(path: str) -> str:
    """A source file without the folders it lies in on this machine."""
    parts = re.split(r"[\\/]", path)
    for package in _PACKAGES:
        if package in parts[:-1]:
            last = len(parts) - 1 - parts[::-1].index(package, 1)
            return "/".join(parts[last:] if package == "fieldtool" else parts[last + 1 :])
    return parts[-1] if re.fullmatch(r"[A-Za-z0-9_<>. -]{1,60}\.py|<[a-z ]+>", parts[-1]) else "?"


def described(error: BaseException, version: str) -> str:
    """The report of an exception and of what led to it, newest last."""
    lines = [f"fieldtool {version}"]
    for link in reversed(list(_chain(error))):
        code = f" {link.code}" if isinstance(link, FieldtoolError) else ""
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}{code}")
        for frame, line in traceback.walk_tb(link.__traceback__):
            lines.append(f"  {place_in_code(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}")
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def described_fault(dump: str, version: str) -> str:
    """The report of a process that died, from what faulthandler left: kinds and places alone."""
    lines = [f"fieldtool {version}"]
    for text in dump.splitlines():
        if head := _FAULT_HEAD.match(text):
            lines.append(f"{head[1]}: {head[2]}")
        elif place := _FAULT_LINE.match(text):
            name = place[3] if place[3].isidentifier() else "?"
            lines.append(f"  {place_in_code(place[1])}:{place[2]} {name}")
        elif text.startswith(("Current thread", "Thread ")):
            lines.append("thread")
    return "\n".join(lines) + "\n"


class CrashReports:
    """The reports of this machine, in a folder beside the homes; the newest twenty are kept."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self._version = folder, version
        self._file: TextIO | None = None

    def begin(self) -> Path | None:
        """Take up what a run that died left, and listen for the same; the report of it, None when all was well."""
        self._folder.mkdir(parents=True, exist_ok=True)
        running = self._folder / _RUNNING
        left = running.read_text(encoding="utf-8", errors="replace") if running.exists() else ""
        report = self._keep(described_fault(left, self._version)) if left.strip() else None
        self._file = running.open("w", encoding="utf-8")
        faulthandler.enable(self._file)
        return report

    def end(self) -> None:
        """A run that ended well leaves nothing."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            (self._folder / _RUNNING).unlink(missing_ok=True)

    def write(self, error: BaseException) -> Path:
        """Keep the report of an exception."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._keep(described(error, self._version))

    def reports(self) -> list[tuple[str, str]]:
        """Name and text of each kept report, oldest first."""
        return [(path.name, path.read_text(encoding="utf-8")) for path in sorted(self._folder.glob("crash-*.txt"))]

    def _keep(self, text: str) -> Path:
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S-%f")
        path = self._folder / f"crash-{stamp}.txt"
        path.write_text(text, encoding="utf-8", newline="\n")
        for old in sorted(self._folder.glob("crash-*.txt"))[:-_KEPT]:
            old.unlink(missing_ok=True)
        return path
