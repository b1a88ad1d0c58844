"""Build the program for the system this runs on: `package.py [--here] [--no-archive]`. Works with plain Python.

Makes .venv as dev.py does, lays PyInstaller (requirements.build.lock, hashes demanded) beside it in build/, and writes
dist/fieldtool-VERSION-SYSTEM/ with its licences and bill of materials, checked for size; on Linux also a .tar.gz, on
Windows the setup when makensis is found. `--here` uses the Python that runs this, which must have everything.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import dev

ROOT = Path(__file__).resolve().parents[1]
BUILD, DIST = ROOT / "build", ROOT / "dist"
BUILD_LOCK = ROOT / "requirements.build.lock"
WINDOWS = sys.platform == "win32"
SYSTEM = "windows" if WINDOWS else "linux"
LARGEST_FOLDER, LARGEST_SETUP = 130_000_000, 45_000_000  # bytes, of the Windows program


def version() -> str:
    """The version of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def say(text: str) -> None:
    print(f"package: {text}", flush=True)


def tools(python: Path) -> Path:
    """A folder with PyInstaller for this Python, from the build lock."""
    target = BUILD / f"tools-{SYSTEM}"
    stamp = target / "lock.txt"
    lock = BUILD_LOCK.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return target
    shutil.rmtree(target, ignore_errors=True)
    say("laying out PyInstaller")
    command = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
    ]
    if dev.run([*command, "--only-binary=:all:", "--target", target, "-r", BUILD_LOCK], quiet=True):
        raise SystemExit("package: PyInstaller could not be installed")
    stamp.write_text(lock, encoding="utf-8")
    return target


def freeze(python: Path, tools_folder: Path | None) -> Path:
    """Run PyInstaller; the folder it made."""
    parts, made = BUILD / f"parts-{SYSTEM}", BUILD / f"frozen-{SYSTEM}"
    shutil.rmtree(made, ignore_errors=True)
    paths = [str(item) for item in (tools_folder, os.environ.get("PYTHONPATH")) if item]
    environment = {**os.environ, "FIELDTOOL_PACKAGE_PARTS": str(parts), "PYTHONPATH": os.pathsep.join(paths)}
    environment |= {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1760000000"}
    commands = [
        [python, ROOT / "build_scripts" / "package_papers.py", parts],
        [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
        + ["--distpath", made, "--workpath", BUILD / f"work-{SYSTEM}", ROOT / "packaging" / "fieldtool.spec"],
    ]
    for command in commands:
        words = [str(word) for word in command]
        if subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode:
            raise SystemExit(f"package: {words[1]} failed")
    return made / "fieldtool"


def size_of(folder: Path) -> int:
    """Bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def too_big(what: str, size: int, limit: int) -> bool:
    """Say a size against its gate; whether it is over."""
    say(f"{what}: {size / 1e6:.1f} MB (limit {limit / 1e6:.0f})")
    return size > limit


def pack(folder: Path) -> Path:
    """A .tar.gz of the Linux program, the same bytes for the same files."""
    target = folder.with_name(folder.name + ".tar.gz")
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        archive.add(folder, folder.name)
    return target


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--here", action="store_true", help="use the Python that runs this")
    parser.add_argument("--no-archive", action="store_true", help="the folder alone")
    given = parser.parse_args()
    python = Path(sys.executable)
    if not given.here:
        code, _ = dev.setup()
        if code:
            return code
        python = dev.venv_python()
    made = freeze(python, None if given.here else tools(python))
    target = DIST / f"fieldtool-{version()}-{SYSTEM}"
    shutil.rmtree(target, ignore_errors=True)
    DIST.mkdir(exist_ok=True)
    shutil.move(made, target)
    if WINDOWS:
        shutil.copyfile(ROOT / "packaging" / "fieldtool.cmd", target / "fieldtool.cmd")
    bad = too_big("program folder", size_of(target), LARGEST_FOLDER) and WINDOWS
    if not given.no_archive and not WINDOWS:
        say(f"archive: {pack(target).stat().st_size / 1e6:.1f} MB")
    if not given.no_archive and WINDOWS and shutil.which("makensis"):
        bad = too_big("setup", setup_of(target).stat().st_size, LARGEST_SETUP) or bad
    say(f"done: {target}")
    return 1 if bad else 0


def setup_of(folder: Path) -> Path:
    """The installer of a built Windows program, made by NSIS."""
    target = folder.with_name(f"fieldtool-{version()}-setup.exe")
    flag = "/" if WINDOWS else "-"
    command = ["makensis", f"{flag}V2", f"{flag}INPUTCHARSET", "UTF8"]
    command += [f"{flag}DVERSION={version()}", f"{flag}DFOLDER={folder}", f"{flag}DOUT={target}"]
    command += [f"{flag}DSIZE={size_of(folder) // 1024}", str(ROOT / "packaging" / "setup.nsi")]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SystemExit("package: makensis failed")
    return target


if __name__ == "__main__":
    sys.exit(main())
