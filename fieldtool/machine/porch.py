"""The porch as a folder inside the home: copies under their hash, swept of leftovers at the next opening."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from fieldtool.machine.sticks import as_error
from fieldtool.records.errors import ErrorCode, FieldtoolError

FOLDER = "quarantine"
_PART = ".part"


class FolderPorch:
    """The Porch of ports/porch.py in a home's folder."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def hold(self, content: bytes) -> str:
        """Copy sealed bytes in and flush them; their name."""
        name = hashlib.sha256(content).hexdigest()
        part = self._folder / (name + _PART)
        try:
            self._folder.mkdir(exist_ok=True)
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._folder / name)
        except OSError as trouble:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise as_error(trouble, part) from trouble
        return name

    def content(self, name: str) -> bytes:
        """What a copy holds, proved by its name."""
        try:
            content = (self._folder / name).read_bytes()
        except OSError as trouble:
            raise as_error(trouble, self._folder / name) from trouble
        if hashlib.sha256(content).hexdigest() != name:
            raise FieldtoolError(ErrorCode.BUNDLE_CHANGED, values={"detail": FOLDER})
        return content

    def drop(self, name: str) -> None:
        """Remove a copy, if it is there."""
        with suppress(OSError):  # the next opening sweeps it
            (self._folder / name).unlink(missing_ok=True)

    def sweep(self, kept: Collection[str]) -> int:
        """Remove every copy but these."""
        if not self._folder.is_dir():
            return 0
        left = [path for path in self._folder.iterdir() if path.name not in kept]
        for path in left:
            self.drop(path.name)
        return len(left)
