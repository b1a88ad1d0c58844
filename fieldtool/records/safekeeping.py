"""What proving a home or a copy of it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What `check` found: figures by name, and complaints, one line each; none means the home is whole."""

    figures: Mapping[str, int]
    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A backup that was brought back for trial and proved whole: figures as `check` gives them, when the newest
    operation in it was written ("" for an empty home), and whose home it is."""

    figures: Mapping[str, int]
    newest: str
    unit_name: str
    device: str
