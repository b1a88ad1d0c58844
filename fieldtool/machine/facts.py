"""What support asks of a machine: systems, versions, memory and disk. Never the names of the machine or its user."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_PARTS = ("PySide6-Essentials", "sqlcipher3", "numpy", "rapidfuzz", "openpyxl", "cryptography", "python-calamine")


def machine_facts(program: str, home: Path) -> dict[str, object]:
    """Figures of this machine and of the folder of a home, by name."""
    memory = psutil.virtual_memory()
    return {
        "program": program,
        "frozen": bool(getattr(sys, "frozen", False)),
        "python": sys.version.split()[0],
        "system": f"{platform.system()} {platform.release()} {platform.version()}",
        "processor": platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory_mb": memory.total // 1_000_000,
        "memory_free_mb": memory.available // 1_000_000,
        "disk_free_mb": _free(home),
        "encoding": sys.getfilesystemencoding(),
        "parts": {name: _version(name) for name in _PARTS},
        "home_mb": {name: _megabytes(home / name) for name in ("home.db", "home.db-wal", "slots.json", "backups")},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _free(folder: Path) -> int:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return int(psutil.disk_usage(str(folder)).free) // 1_000_000


def _megabytes(path: Path) -> float:
    if path.is_dir():
        return sum(_megabytes(item) for item in path.iterdir())
    return round(path.stat().st_size / 1e6, 3) if path.is_file() else 0.0
