"""The papers of a built program: version resource, licence texts, bill of materials: `package_papers.py FOLDER`.

The bill (CycloneDX 1.5, JSON) lists what the lock pins of the packages that the program needs, with their hashes and
licences, what is compiled into them (inner_parts.py), and the parts that are no package: Python, the fonts, the icons,
the gazetteer. Same lock, same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import sysconfig
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from inner_parts import RUNTIME, inner_parts, plain
from licences import FILES, licence_of
from package_parts import EXCLUDED
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from wheels import Pin, read_lock

ROOT = Path(__file__).resolve().parents[1]
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements.build.lock")
_TEXTS = re.compile(r"(^|/)\w*(licen[cs]e|copying|notice|authors|ofl)[^/]*$|/licenses/[^/]+$", re.IGNORECASE)
_OWN = re.compile(r"^[^/]+\.dist-info/(licenses/)?")
FREEZER = "pyinstaller"  # its start-up code goes in, nothing that it needs for its own work


def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: dict[str, Any] = tomllib.load(file)["project"]
    return found


def needed(roots: Iterable[str]) -> dict[str, Distribution]:
    """Every installed distribution that the roots ask for, themselves included, by canonical name."""
    found: dict[str, Distribution] = {}
    waiting = list(roots)
    while waiting:
        asked = Requirement(waiting.pop())
        name = canonicalize_name(asked.name)
        if name in found or (asked.marker and not asked.marker.evaluate({**default_environment(), "extra": ""})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        if name != FREEZER:
            waiting += found[name].requires or []
    return {name: part for name, part in sorted(found.items()) if name.replace("-", "_") not in EXCLUDED}


def pins_here() -> dict[str, Pin]:
    """The pins of both locks that this Python and system install: a package may have one a Python."""
    pins = [pin for lock in LOCKS for pin in read_lock(lock.read_text(encoding="utf-8"))]
    return {pin.name: pin for pin in pins if not pin.marker or Marker(pin.marker).evaluate()}


def roots() -> list[str]:
    """What the program itself asks for, with the token library of headquarters and the freezer's own start-up code."""
    given = project()
    return [*given["dependencies"], *given["optional-dependencies"]["headquarters"], FREEZER]


def bill(parts: Mapping[str, Distribution], pins: Mapping[str, Pin], version: str) -> dict[str, Any]:
    """The bill of materials."""
    components: list[dict[str, Any]] = []
    for name, part in parts.items():
        pin = pins.get(name)
        component: dict[str, Any] = {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{part.version}",
            "name": name,
            "version": part.version,
            "purl": f"pkg:pypi/{name}@{part.version}",
            "licenses": [{"license": {"name": licence_of(name)}}],
        }
        if pin is not None:
            component["hashes"] = [{"alg": "SHA-256", "content": item} for item in sorted(pin.hashes)]
        if inner := inner_parts(name, part):
            component["components"] = inner
        components.append(component)
    components.append(plain("CPython", sys.version.split()[0], "PSF-2.0"))
    components += [plain(what, "", licence) for what, licence in FILES]
    if sys.platform == "win32":
        components.append(RUNTIME)
    body = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, body)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "fieldtool", "version": version}},
        "components": components,
    }


def copy_texts(parts: Mapping[str, Distribution], target: Path) -> list[str]:
    """The licence texts of every part, each where its package has it; the names of parts that bring none."""
    bare = []
    for name, part in parts.items():
        texts = [
            file for file in part.files or () if _TEXTS.search(file.as_posix()) and ".dist-info/" in file.as_posix()
        ]
        for file in texts:
            source = Path(str(part.locate_file(file)))
            place = target / name / _OWN.sub("", file.as_posix())
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
        if not texts:
            bare.append(name)
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.exists():
        (target / "cpython").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(python, target / "cpython" / "LICENSE.txt")
    return bare


def version_resource(version: str) -> str:
    """What Windows shows of the programs: PyInstaller's text form of a version resource."""
    numbers = (*(int(item) for item in version.split(".")[:3]), 0)
    strings = {
        "CompanyName": "fieldtool",
        "FileDescription": "fieldtool – đối chiếu giấy tờ tại bản",
        "FileVersion": version,
        "InternalName": "fieldtool",
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": "fieldtool.exe",
        "ProductName": "fieldtool",
        "ProductVersion": version,
    }
    table = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0, OS=0x40004, "
        f"fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable('042A04B0', [{table}])]), "
        "VarFileInfo([VarStruct('Translation', [0x042A, 1200])])])\n"
    )


def main(target: Path) -> int:
    version = str(project()["version"])
    licences = target / "licences"
    shutil.rmtree(target, ignore_errors=True)
    licences.mkdir(parents=True)
    pins = pins_here()
    parts = needed(roots())
    strangers = [name for name in parts if name not in pins]
    text = json.dumps(bill(parts, pins, version), ensure_ascii=False, indent=1)
    (licences / "sbom.cdx.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    shutil.copytree(ROOT / "packaging" / "licences", licences, dirs_exist_ok=True)
    bare = [name for name in copy_texts(parts, licences) if not (licences / name).exists()]
    (target / "version.txt").write_text(version_resource(version), encoding="utf-8")
    print(f"papers: {len(parts)} packages; without a licence text of their own: {', '.join(bare) or 'none'}")
    if strangers:
        print(f"papers: not in the lock: {', '.join(strangers)}")
    return 1 if strangers or bare else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
