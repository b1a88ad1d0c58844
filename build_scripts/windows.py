"""The Windows program proved on Linux, under Wine: `windows.py setup | test | build | self-test | install-test | all`.

setup        Wine, the official CPython for Windows, the locked Windows wheels (see wine_machine.py)
test [ARGS]  the whole test suite as win32, in a folder with blanks and Vietnamese letters; ARGS go to pytest
build        PyInstaller for Windows, then the NSIS setup; checked for size and for libraries a bare Windows lacks
self-test    the built program's own self-test with Qt's windows platform, under Xvfb
install-test install, upgrade with a home, a broken update, a downgrade, uninstall (windows_install.py)

No Windows machine is needed and none is replaced: README says what one must still show.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import package
import windows_imports
import wine_machine
from wine_machine import PREFIX, ROOT, TEMPORARY, Missing, run_python, windows_path, wine

TREE = PREFIX / "drive_c" / Path(*TEMPORARY[3:].split("\\")).parent / "fieldtool"
PROGRAM = "fieldtool-window.exe"
# Without a screen Qt looks for fonts in a folder of its own that a Windows wheel has not.
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_FONTDIR": windows_path(ROOT / "resources" / "fonts")}
NOT_HERE = ROOT / "build_scripts" / "windows_not_here.csv"
BUILT = package.DIST / f"fieldtool-{package.version()}-windows"


def say(text: str) -> None:
    print(f"windows: {text}", flush=True)


def setup(_: Sequence[str] = ()) -> int:
    wine_machine.setup()
    done = run_python(["-c", "import sys; print(sys.version, sys.platform)"])
    say(done.stdout.strip())
    return done.returncode


def copy_tree(target: Path = TREE) -> Path:
    """The tree as git lists it, new files included, in a folder of a Windows user."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    shutil.rmtree(target, ignore_errors=True)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def not_here() -> list[tuple[str, str]]:
    """Tests that cannot run under Wine, with the reason; a prefix of a test's id names a group."""
    with NOT_HERE.open(encoding="utf-8", newline="") as file:
        return [(row["test"], row["reason"]) for row in csv.DictReader(file)]


# A test that gets stuck here (a process that never starts, a wait that Wine never ends) is told with its place and ends
# its worker, not the run.
_GUARD = ("-o", "faulthandler_timeout=900", "-o", "faulthandler_exit_on_timeout=true")


def test(arguments: Sequence[str] = ()) -> int:
    setup()
    tree = copy_tree()
    left_out = not_here()
    command = ["-m", "pytest", "-vv", "-rs", "-n", "2", *_GUARD, *arguments]  # by name, so that a failure shows
    command += [f"--deselect={name}" for name, _ in left_out]
    started = time.monotonic()
    done = run_python(command, folder=tree, extra=OFFSCREEN, show=_telling)
    for name, reason in left_out:
        say(f"left out: {name}: {reason}")
    say(f"{len(left_out)} entries left out; {time.monotonic() - started:.0f} s")
    return done.returncode


def _telling(line: str) -> bool:
    """What a person wants to see of a long run: failures, skips and the end, not each test that passed."""
    return " PASSED " not in line and not line.startswith("tests/")


def build(_: Sequence[str] = ()) -> int:
    setup()
    tree = copy_tree(PREFIX / "drive_c" / "build" / "fieldtool")
    started = time.monotonic()
    done = run_python(
        [windows_path(tree / "build_scripts" / "package.py"), "--here", "--no-archive"],
        folder=tree,
        show=lambda line: line.startswith(("package:", "papers:")),
    )
    made = tree / "dist" / BUILT.name
    if not made.is_dir():
        return done.returncode or 1
    shutil.rmtree(BUILT, ignore_errors=True)
    package.DIST.mkdir(exist_ok=True)
    shutil.move(made, BUILT)
    setup_file = package.setup_of(BUILT)
    bad = package.too_big("setup", setup_file.stat().st_size, package.LARGEST_SETUP)
    say(f"built in {time.monotonic() - started:.0f} s: {setup_file.name}")
    return done.returncode or windows_imports.check(BUILT) or int(bad)


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """A screen of 1366×768 without glass; the environment that names it. Its own process alone is ended."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read, encoding="ascii") as file:
            number = file.readline().strip()
        yield {"DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()


def self_test_of(program: Path, display: dict[str, str]) -> dict[str, object]:
    """Run a built program's self-test on a screen; its figures. SystemExit when it fails."""
    done = wine([windows_path(program), "--json", "self-test", "--window"], extra=display)
    start = done.stdout.find("{\n")
    if done.returncode or start < 0:
        raise SystemExit(f"windows: the self-test failed ({done.returncode}):\n{done.stdout[-4000:]}")
    figures: dict[str, object] = json.loads(done.stdout[start : done.stdout.rindex("}") + 1])
    return figures


def self_test(_: Sequence[str] = ()) -> int:
    setup()
    started = time.monotonic()
    with screen() as display:
        figures = self_test_of(BUILT / PROGRAM, display)
    window = figures["window"]
    assert isinstance(window, dict)
    say(f"self-test passed in {time.monotonic() - started:.0f} s, {window['platform']}")
    say(f"{window['pages']} pages, {window['guide']} parts of the guide by F1")
    return 0 if window["platform"] == "windows" else 1


def install_test(_: Sequence[str] = ()) -> int:
    command = [sys.executable, str(ROOT / "build_scripts" / "windows_install.py")]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def everything(_: Sequence[str] = ()) -> int:
    started = time.monotonic()
    codes = {act.__name__: act() for act in (test, build, self_test, install_test)}
    say(f"{codes}; all in {(time.monotonic() - started) / 60:.1f} min")
    return max(codes.values())


COMMANDS = {
    "setup": setup,
    "test": test,
    "build": build,
    "self-test": self_test,
    "install-test": install_test,
    "all": everything,
}


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Missing as missing:
        print(f"windows: {missing}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
