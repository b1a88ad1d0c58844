"""What a stick or folder can be like before it is written to or read from; the words are in the catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plugged:
    """A stick that the system shows: its root, and its file system as the system names it, "" when it does not."""

    root: Path
    system: str = ""


class StickState(StrEnum):
    """One named state; only READY is without a remark."""

    READY = "ready"
    NOT_THERE = "not_there"  # pulled, or never there
    NOT_A_FOLDER = "not_a_folder"
    READ_ONLY = "read_only"
    FULL = "full"
    NEARLY_FULL = "nearly_full"
    FILE_LIMIT = "file_limit"  # FAT32 holds no file of 4 GB
    LOCKED = "locked"  # an antivirus or another program holds it
    SHORTCUTS = "shortcuts"  # .lnk beside hidden folders: the mark of shortcut malware
    AUTORUN = "autorun"
    FAULTY = "faulty"  # it answers with errors
    SEVERAL = "several"  # more than one stick: which one is meant?
    OWN_DISK = "own_disk"  # a folder of this machine, no stick
    WRONG_SYSTEM = "wrong_system"  # formatted so that Windows does not read it
    CLOCK_ODD = "clock_odd"  # files on it are from the future: this machine's clock is behind, or theirs was ahead
    LEFT_OVER = "left_over"  # an export was broken off here
    UNSETTLED = "unsettled"  # written, but the system does not say it is safe to pull
    NOT_PROVED = "not_proved"  # what was read back is not what was written
