"""Files from a stick that were refused: listed with the reason, with the sealed copy in the porch, until an officer
clears them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require

_LISTED = "porch.refused"
_LARGEST_KEPT = 8_000_000  # bytes; a larger refused file is listed, and stays on its stick alone

_LONGEST = 300  # characters of one thing that a refusal names


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was refused: its name on the stick, why, and the sealed copy in the porch, "" when none is kept."""

    file: str
    at: str
    code: str
    sheet: str = ""
    cell: str = ""
    copy: str = ""
    values: Mapping[str, str] = field(default_factory=dict)  # what the refusal names: rows, cells, machines

    @property
    def error(self) -> FieldtoolError:
        """The refusal again, for its words."""
        place = Place(file=self.file, sheet=self.sheet, cell=self.cell)
        return FieldtoolError(ErrorCode(self.code), place=place, values={**self.values, "file": self.file})


def settle_copy(home: Home, file: str, copy: str, error: FieldtoolError | None, size: int = 0) -> None:
    """After a file was joined its copy goes, and what came of it cut off before; after a refusal it is listed, once for
    each name and reason, and a copy of that size is kept unless it is too large."""
    listed = refused_files(home)
    if error is None:
        half = (file, str(ErrorCode.BUNDLE_TRUNCATED))
        kept = [item for item in listed if (not copy or item.copy != copy) and (item.file, item.code) != half]
    else:
        kept = [item for item in listed if (item.file, item.code, item.copy) != (file, str(error.code), copy)]
        held = copy if size <= _LARGEST_KEPT else ""
        values = {name: str(value)[:_LONGEST] for name, value in error.values.items() if isinstance(value, str | int)}
        place = error.place
        kept.append(RefusedFile(file, home.clock.now(), str(error.code), place.sheet, place.cell, held, values))
    if kept != listed:
        _write(home, kept)
    if copy and not any(item.copy == copy for item in kept):
        home.porch.drop(copy)


def refused_files(home: Home) -> list[RefusedFile]:
    """What was refused and not cleared, oldest first."""
    return [RefusedFile(**item) for item in json.loads(home.settings.get(_LISTED) or "[]")]


def clear_refused(home: Home, files: Collection[str] = ()) -> int:
    """Take refused files off the list, those of these names or all, with their copies; how many. NOT_ALLOWED."""
    require(home, Power.RECEIVE)
    listed = refused_files(home)
    kept = [item for item in listed if files and item.file not in files]
    _write(home, kept)
    sweep_porch(home)
    home.log.note("quarantine.cleared", str(len(listed) - len(kept)))
    return len(listed) - len(kept)


def sweep_porch(home: Home) -> int:
    """Remove what a power cut left in the porch; how many copies."""
    return home.porch.sweep({item.copy for item in refused_files(home) if item.copy})


def _write(home: Home, listed: list[RefusedFile]) -> None:
    home.settings.put(_LISTED, json.dumps([asdict(item) for item in listed], ensure_ascii=False))
