"""Where the frozen program lies, and how the last setup ended. Asked at each start, so it loads nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

NOTE = ".update"  # beside the program's folder: how the last setup ended, for the next start


def program_folder() -> Path | None:
    """Where the frozen program lies; None when it runs from source."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def last_setup(program: Path | None = None) -> str:
    """How the last setup ended ("installed 0.2.0", "failed 0.2.0", "in-use 0.2.0"), told once; "" for none."""
    folder = program or program_folder()
    if folder is None:
        return ""
    note = folder.with_name(folder.name + NOTE)
    try:
        text = note.read_text(encoding="utf-8", errors="replace").strip()
        note.unlink()
    except OSError:
        return ""
    return text
