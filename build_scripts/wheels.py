"""Prove that every locked package installs on Windows without a compiler, for each supported Python.

The hash of a wheel for win_amd64, or of a pure Python one, must stand among the hashes of the lock. `wheels.py` asks
the package registry through pip which wheel each pin means there (nothing is installed, little is loaded) and compares;
when the registry does not answer it says so and judges by build_scripts/windows_wheels.csv, which `wheels.py --record`
wrote from such answers. `wheels.py --offline` judges by that record alone.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
BUILD_LOCK = ROOT / "requirements.build.lock"
RECORD = ROOT / "build_scripts" / "windows_wheels.csv"
PYTHONS = ("3.11", "3.12", "3.13")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+?))?(?: \\)?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package version, where it is wanted, and the hashes of all its files."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]

    def wanted(self, python: str) -> bool:
        """Whether a Windows machine with this Python installs it."""
        return not self.marker or Marker(self.marker).evaluate(windows(python))


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel that a pin means on Windows with one Python."""

    python: str
    name: str
    version: str
    file: str
    sha256: str


class NoAnswer(Exception):
    """The registry cannot be reached."""


Ask = Callable[[Sequence[Pin], str], list[Wheel]]


def windows(python: str) -> dict[str, str]:
    """The marker environment of a Windows machine."""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
    }


def read_lock(text: str) -> list[Pin]:
    """The pins of a lock file."""
    pins: list[Pin] = []
    for block in re.split(
        r"\n(?=[A-Za-z0-9])", "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    ):
        found = _PIN.match(block.strip().splitlines()[0].strip()) if block.strip() else None
        if found:
            name, version, marker = found.groups()
            pins.append(Pin(canonicalize_name(name), version, marker or "", frozenset(_HASH.findall(block))))
    return pins


def fits(file: str, python: str) -> bool:
    """Whether a wheel of this name installs on 64-bit Windows with this Python."""
    digits = python.replace(".", "")
    minor = int(python.split(".")[1])
    for tag in parse_wheel_filename(file)[3]:
        if tag.platform not in {"any", "win_amd64"}:
            continue
        if tag.abi == "none" and tag.interpreter in {"py3", f"py{digits}", f"cp{digits}"}:
            return True
        if tag.abi == f"cp{digits}" and tag.interpreter == tag.abi:
            return True
        lowest = re.fullmatch(r"cp3(\d+)", tag.interpreter)
        if tag.abi == "abi3" and lowest and int(lowest.group(1)) <= minor:
            return True
    return False


def faults(pins: Sequence[Pin], wheels: Sequence[Wheel]) -> list[str]:
    """Every pin and Python without a proved Windows wheel, one line each."""
    by_place: Mapping[tuple[str, str, str], Wheel] = {(w.python, w.name, w.version): w for w in wheels}
    found = []
    for python in PYTHONS:
        for pin in pins:
            if not pin.wanted(python):
                continue
            what = f"{pin.name} {pin.version} on Windows with Python {python}"
            wheel = by_place.get((python, pin.name, pin.version))
            if wheel is None:
                found.append(f"{what}: no wheel")
            elif not fits(wheel.file, python) or canonicalize_name(wheel.file.split("-")[0]) != pin.name:
                found.append(f"{what}: {wheel.file} does not fit")
            elif wheel.sha256 not in pin.hashes:
                found.append(f"{what}: the hash of {wheel.file} is not in the lock")
    return found


def ask_pip(pins: Sequence[Pin], python: str) -> list[Wheel]:
    """What pip would install on Windows. A package without a wheel is missing from the answer."""
    try:
        return _dry_run(pins, python)
    except LookupError:
        wheels = []
        for pin in pins:  # one of them has no wheel: ask one by one which
            try:
                wheels += _dry_run([pin], python)
            except LookupError:
                continue
        return wheels


def _dry_run(pins: Sequence[Pin], python: str) -> list[Wheel]:
    with tempfile.TemporaryDirectory(prefix="wheels-") as name:
        folder = Path(name)
        wanted = folder / "wanted.txt"
        wanted.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in pins), encoding="utf-8")
        report = folder / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-input", "--no-deps"]
        command += ["--ignore-installed", "--only-binary=:all:", "--platform", "win_amd64", "--python-version", python]
        command += ["--implementation", "cp", "--retries", "1", "--timeout", "15", "--disable-pip-version-check"]
        command += ["--target", str(folder / "none"), "--report", str(report), "-r", str(wanted)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        if done.returncode:
            if "from versions: none" in done.stderr or "connection" in done.stderr.lower():
                raise NoAnswer(done.stderr.strip().splitlines()[-1])
            raise LookupError(done.stderr)
        return [_wheel(item, python) for item in json.loads(report.read_text(encoding="utf-8"))["install"]]


def _wheel(item: Mapping[str, dict[str, object]], python: str) -> Wheel:
    info = item["download_info"]
    archive = info["archive_info"]
    assert isinstance(archive, dict)
    file = str(info["url"]).rsplit("/", 1)[1].split("#")[0].replace("%2B", "+")
    name = canonicalize_name(str(item["metadata"]["name"]))
    return Wheel(python, name, str(item["metadata"]["version"]), file, str(archive["hashes"]["sha256"]))


def ask_all(pins: Sequence[Pin], ask: Ask = ask_pip) -> list[Wheel]:
    """The answers for every Python; NoAnswer when the registry is silent."""
    with ThreadPoolExecutor(len(PYTHONS)) as pool:
        jobs = [pool.submit(ask, [pin for pin in pins if pin.wanted(python)], python) for python in PYTHONS]
        return [wheel for job in jobs for wheel in job.result()]


def read_record(path: Path) -> list[Wheel]:
    """The wheels written down earlier."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Wheel(**row) for row in csv.DictReader(file)]


def write_record(path: Path, wheels: Sequence[Wheel]) -> None:
    """Write the wheels down, in a stable order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("python", "name", "version", "file", "sha256"))
        writer.writerows(sorted((w.python, w.name, w.version, w.file, w.sha256) for w in wheels))


def main(
    arguments: Sequence[str], ask: Ask = ask_pip, locks: Sequence[Path] = (LOCK, BUILD_LOCK), record: Path = RECORD
) -> int:
    pins = [pin for name in locks for pin in read_lock(name.read_text(encoding="utf-8"))]
    pins = list({(pin.name, pin.version): pin for pin in pins}.values())  # a package of both locks is asked for once
    source = "by the record"
    if "--offline" in arguments:
        wheels = read_record(record)
    else:
        try:
            wheels = ask_all(pins, ask)
            source = "by the registry"
        except NoAnswer as silence:
            print(f"wheels: the package registry does not answer ({silence}); judging by the record")
            wheels = read_record(record)
        else:
            if "--record" in arguments:
                write_record(record, wheels)
    found = faults(pins, wheels)
    print(
        "\n".join(found)
        if found
        else f"wheels: {len(pins)} pins proved for Windows {source}, Python {', '.join(PYTHONS)}"
    )
    return 1 if found or not pins else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
