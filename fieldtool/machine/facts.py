"""What support asks of a machine: systems, versions, memory and disk. Never the names of the machine or its user."""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fieldtool.records.tables import RESOURCES

_PARTS = ("PySide6-Essentials", "sqlcipher3", "numpy", "rapidfuzz", "openpyxl", "cryptography", "python-calamine")


def machine_facts(program: str, home: Path) -> dict[str, object]:
    """Figures of this machine and of the folder of a home, by name."""
    import psutil

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
        "parts": _versions(),
        "home_mb": {name: _megabytes(home / name) for name in ("home.db", "home.db-wal", "slots.json", "backups")},
    }


def _versions() -> dict[str, str]:
    """The versions of the parts: as installed, or as the bill of the built program says, which is all it has."""
    bill = RESOURCES.parent / "licences" / "sbom.cdx.json"
    if not bill.is_file():
        return {name: _installed(name) for name in _PARTS}
    components = json.loads(bill.read_text(encoding="utf-8"))["components"]
    built = {item["name"]: item["version"] for item in components}
    return {name: built.get(name.lower(), "") for name in _PARTS}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _free(folder: Path) -> int:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    import psutil

    return int(psutil.disk_usage(str(folder)).free) // 1_000_000


def _megabytes(path: Path) -> float:
    if path.is_dir():
        return sum(_megabytes(item) for item in path.iterdir())
    return round(path.stat().st_size / 1e6, 3) if path.is_file() else 0.0
