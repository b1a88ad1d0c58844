"""Set up, run and test on a fresh machine: `dev.py setup | run [--headless] | test`. Standard library only.

Makes .venv from requirements.lock (hashes demanded), installs the program into it, and on Debian and Ubuntu the system
libraries that Qt needs, when it may; otherwise it prints the one line that does. An environment that is up to date is
left alone. Linux and Windows, Python 3.11 to 3.13.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "fieldtool.stamp"
OLDEST, NEWEST = (3, 11), (3, 13)
WINDOWS = sys.platform == "win32"

# Shared library → Debian package. What Qt loads in every case, and what a window on a desktop needs besides.
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
DESKTOP = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FOR_TESTS = {"softhsm2-util": "softhsm2", "strace": "strace"}  # tool → package
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]


def say(text: str) -> None:
    print(f"dev: {text}", flush=True)


def run(command: Sequence[str | Path], quiet: bool = False) -> int:
    """Run a command in the project's folder; what it prints is shown only if it fails, when quiet."""
    words = [str(word) for word in command]
    if not quiet:
        return subprocess.run(words, cwd=ROOT, check=False).returncode
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    return done.returncode


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter of the environment."""
    return venv / "Scripts" / "python.exe" if WINDOWS else venv / "bin" / "python"


def missing_libraries(known: str, wanted: Mapping[str, str]) -> list[str]:
    """Debian packages of the wanted libraries that the linker's list (`ldconfig -p`) does not name."""
    present = {line.split()[0] for line in known.splitlines() if "=>" in line}
    return [package for library, package in wanted.items() if library not in present]


def missing_packages() -> list[str]:
    """System packages that are missing here; none on Windows."""
    if not sys.platform.startswith("linux"):
        return []
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"
    try:
        known = subprocess.run([ldconfig, "-p"], capture_output=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        say("cannot list the shared libraries (ldconfig); going on without that check")
        return []
    desktop = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    packages = missing_libraries(known, {**ALWAYS, **DESKTOP} if desktop else ALWAYS)
    if importlib.util.find_spec("ensurepip") is None and not venv_python().exists():
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return packages


def elevation() -> list[str] | None:
    """How to become root without being asked anything; None when that is not possible."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def system_libraries() -> bool:
    """Install what is missing, if allowed; whether everything is there now."""
    packages = missing_packages()
    if not packages:
        return True
    if shutil.which("apt-get") is None:
        say(f"please install what these Debian packages hold: {' '.join(packages)}")
        return False
    if installed(packages):
        return True
    say("system libraries are missing; this line installs them:")
    print(f"    sudo {' '.join([*INSTALL, *packages])}", flush=True)
    return False


def installed(packages: Sequence[str]) -> bool:
    """Install Debian packages where that needs no question; whether it was done."""
    prefix = elevation()
    if prefix is None or shutil.which("apt-get") is None:
        return False
    say(f"installing {' '.join(packages)}")
    if run([*prefix, *INSTALL, *packages], quiet=True) == 0:
        return True
    return run([*prefix, "apt-get", "update"], quiet=True) == 0 and run([*prefix, *INSTALL, *packages], quiet=True) == 0


def test_tools() -> None:
    """What some tests need and skip without, by name: a token in software, a recorder of writes. The program needs none
    of it."""
    missing = [package for tool, package in FOR_TESTS.items() if shutil.which(tool) is None]
    if missing and sys.platform.startswith("linux") and not installed(missing):
        say(f"tests that need these Debian packages will be skipped: {' '.join(missing)}")


def stamp(python: str) -> str:
    """What the environment was made from: the lock, the project file and the Python."""
    content = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + python.encode("utf-8")
    return hashlib.sha256(content).hexdigest()


def version_of(python: Path) -> str:
    """The version of an interpreter, "" when it does not run."""
    try:
        done = subprocess.run(
            [str(python), "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def supported(version: str) -> bool:
    """Whether a version such as "3.12.1" is one this program runs on."""
    parts = version.split(".")
    return len(parts) >= 2 and OLDEST <= (int(parts[0]), int(parts[1])) <= NEWEST


def make_environment() -> int:
    """Make or renew .venv; 0 when it is ready."""
    python = venv_python()
    version = version_of(python)
    if supported(version) and STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp(version):
        return 0
    if not supported(version):
        if VENV.exists():
            shutil.rmtree(VENV)
        say("making .venv")
        if run([sys.executable, "-m", "venv", VENV]):
            return 1
        version = version_of(python)
    STAMP.unlink(missing_ok=True)
    say("installing the locked packages (a few minutes the first time)")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if run([*pip, "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", LOCK], quiet=True):
        return 1
    if run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], quiet=True):
        return 1
    STAMP.write_text(stamp(version), encoding="utf-8")
    return 0


def setup() -> tuple[int, bool]:
    """The whole set-up: (exit code, whether the libraries of a window are there)."""
    libraries = system_libraries()
    code = make_environment()
    if code == 0:
        say(f"ready: {venv_python().with_name('fieldtool.exe' if WINDOWS else 'fieldtool')}")
    return code, libraries


def other_python() -> str | None:
    """Another installed interpreter that fits, when this one does not."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and supported(version_of(Path(found))):
            return found
    return None


def main(arguments: Sequence[str]) -> int:
    """Do what was asked; the exit code."""
    if not arguments or arguments[0] not in {"setup", "run", "test"}:
        print(__doc__)
        return 2
    if not supported(".".join(str(part) for part in sys.version_info[:3])):
        found = other_python()
        if found is None:
            say(f"Python 3.11 to 3.13 is needed; this is {sys.version.split()[0]}")
            return 1
        return run([found, Path(__file__).resolve(), *arguments])
    code, libraries = setup()
    task, rest = arguments[0], arguments[1:]
    if code or task == "setup":
        return code
    if task == "test":
        test_tools()
        return run([venv_python(), ROOT / "build_scripts" / "check.py", *rest])
    if not libraries and "--headless" not in rest:
        return 1
    return run([venv_python(), "-m", "fieldtool", "tour", *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
