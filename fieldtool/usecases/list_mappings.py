"""Mappings of lists: read from a file, written to one, remembered per layout inside the home, shown and forgotten."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fieldtool.intake.layout import Layout
from fieldtool.intake.mappings import ListMapping, MappingSet, corrected
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require

_PREFIX = "layout."
_LARGEST = 1_000_000  # bytes of a mapping file


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """A mapping that this home remembers for a layout (its fingerprint)."""

    layout: str
    mapping: ListMapping


def read_mapping(home: Home, path: Path) -> MappingSet:
    """The mappings that a file holds; NO_FILE, or BAD_MAPPING when it holds none."""
    if not path.is_file():
        raise FieldtoolError(ErrorCode.NO_FILE, place=Place(path.name), values={"file": path.name})
    try:
        return MappingSet.from_text(home.sticks.read(path, _LARGEST).decode("utf-8-sig"))
    except ValueError as error:
        raise FieldtoolError(ErrorCode.BAD_MAPPING, place=Place(path.name), values={"detail": str(error)}) from error


def write_mapping(path: Path, mappings: MappingSet) -> None:
    """Save mappings to a file; NOT_WRITABLE when that cannot be. A mapping holds headings, never anybody's data."""
    try:
        path.write_text(mappings.to_text() + "\n", encoding="utf-8", newline="\n")
    except OSError as trouble:
        raise FieldtoolError(
            ErrorCode.NOT_WRITABLE, place=Place(path.name), values={"detail": str(trouble)}
        ) from trouble


def mappings_of(layouts: Iterable[Layout]) -> MappingSet:
    """What was recognised, as mappings that can be saved, edited and laid over it again."""
    return MappingSet({layout.fingerprint: ListMapping.of(layout) for layout in layouts})


def kept_mappings(home: Home) -> list[KeptMapping]:
    """Every mapping this home remembers."""
    names = [name.removeprefix(_PREFIX) for name in home.settings.names(_PREFIX)]
    found = ((name, kept_mapping(home, name)) for name in names)
    return [KeptMapping(name, mapping) for name, mapping in found if mapping is not None]


def kept_mapping(home: Home, layout: str) -> ListMapping | None:
    """The mapping remembered for a layout's fingerprint, None when there is none."""
    text = home.settings.get(_PREFIX + layout)
    return ListMapping.from_text(text) if text else None


def keep_mapping(home: Home, layout: str, mapping: ListMapping) -> None:
    """Remember a mapping for a layout's fingerprint; its village is that of one list and is not kept."""
    require(home, Power.ENTER)
    home.settings.put(_PREFIX + layout, mapping.lasting().to_text())


def forget_mapping(home: Home, layout: str) -> None:
    """Forget a remembered mapping; NOT_FOUND when there is none."""
    require(home, Power.ENTER)
    if not home.settings.get(_PREFIX + layout):
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"id": layout, "detail": layout})
    home.settings.put(_PREFIX + layout, "")


@dataclass(slots=True)
class Laying:
    """Lays the officer's mappings, or those remembered, over what is recognised of one workbook.

    `used` are the layouts (fingerprints as recognised) that a given mapping was laid over; `remembered` those for
    which one from before was taken.
    """

    home: Home
    given: MappingSet | None
    used: dict[str, ListMapping] = dataclasses.field(default_factory=dict)
    remembered: set[str] = dataclasses.field(default_factory=set)
    current: str = ""  # the fingerprint, as recognised, of the layout in work
    _mapping: ListMapping | None = None

    def heading(self, sheet: str, found: Layout | None) -> tuple[int, int] | None:
        """Where the officer says the heading stands, None to leave it where it was found."""
        self.current = found.fingerprint if found is not None else f"sheet:{sheet}"
        self._mapping = self._of(found, self.current)
        return self._mapping.heading or None if self._mapping is not None else None

    def correct(self, layout: Layout) -> Layout:
        """The layout as the officer wants it."""
        return corrected(layout, self._mapping) if self._mapping is not None else layout

    def _of(self, found: Layout | None, name: str) -> ListMapping | None:
        if self.given is not None:
            mapping = self.given.by_layout.get(name, self.given.common)
            if mapping is not None:
                if found is not None:
                    self.used[name] = mapping
                return mapping
        kept = kept_mapping(self.home, name)
        if kept is not None:
            self.remembered.add(name)
        return kept
