"""What lies compiled inside a package's own libraries, for the bill of materials: asked of the part, not typed here.

A wheel that carries a bill of its own (Rust crates, the picture libraries of Pillow) is believed; the others are asked
for the versions that they were built with.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

Component = dict[str, Any]


def plain(name: str, version: str, licence: str) -> Component:
    """A component that is no package of its own."""
    return {"type": "library", "name": name, "version": version, "licenses": [{"license": {"name": licence}}]}


RUNTIME = plain("Microsoft Visual C++ runtime (msvcp140, vcruntime140)", "14", "Microsoft redistributable code")


def _sqlcipher() -> list[Component]:
    import sqlcipher3

    connection = sqlcipher3.connect(":memory:")
    try:
        connection.execute("PRAGMA key = 'x'")
        cipher = connection.execute("PRAGMA cipher_version").fetchone()[0].split()[0]
        provider, version = connection.execute("PRAGMA cipher_provider_version").fetchone()[0].split()[:2]
    finally:
        connection.close()
    return [
        plain("SQLCipher", cipher, "BSD-3-Clause"),
        plain("SQLite", sqlcipher3.sqlite_version, "blessing (public domain)"),
        plain(provider, version, "Apache-2.0"),
    ]


def _openssl() -> list[Component]:
    from cryptography.hazmat.backends.openssl import backend

    return [plain("OpenSSL", backend.openssl_version_text().split()[1], "Apache-2.0")]


def _blas() -> list[Component]:
    import numpy

    found = numpy.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return [plain(found["name"], found["version"], "BSD-3-Clause")]


def _qt() -> list[Component]:
    from PySide6.QtCore import qVersion

    return [plain("Qt", qVersion(), "LGPL-3.0-only")]


ASKED: dict[str, Callable[[], list[Component]]] = {
    "sqlcipher3": _sqlcipher,
    "cryptography": _openssl,
    "numpy": _blas,
    "pyside6-essentials": _qt,
}


def inner_parts(name: str, part: Distribution) -> list[Component]:
    """What is compiled into a package, sorted; nothing for one without libraries of its own."""
    files = [file.as_posix() for file in part.files or ()]
    if not any(file.endswith((".so", ".pyd", ".dll")) for file in files):
        return []
    found = ASKED[name]() if name in ASKED else []
    for file in files:
        if ".dist-info/sboms/" in file:
            bill = json.loads(Path(str(part.locate_file(file))).read_text(encoding="utf-8"))
            found += [_short(item) for item in bill.get("components", ())]
    known = {(item["name"], item["version"]): item for item in found}
    return [known[key] for key in sorted(known)]


def _short(component: Component) -> Component:
    """Name, version and licence of another bill's component."""
    licences = component.get("licenses", ())
    names = [
        item.get("expression") or item["license"].get("id") or item["license"].get("name", "") for item in licences
    ]
    return plain(component["name"], component.get("version", ""), ", ".join(names))
