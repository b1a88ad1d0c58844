"""Start and memory of the built program: `bench_frozen.py [linux] [windows] [memory]` (default: linux memory).

Start is from the call to a window on the screen (Xvfb, asked from outside), against a bare PySide6 window frozen the
same way, in turns in the same run. Windows means Wine. Memory is that of the open window on 30,000 persons, at rest.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent))
import package
import wine_machine
from windows import BUILT, PROGRAM, copy_tree, screen
from wine_machine import PREFIX, ROOT, run_python, windows_path

TURNS = 7
LIMIT_START, LIMIT_MEMORY = 1.6, 250.0
LINUX = package.DIST / f"fieldtool-{package.version()}-linux" / "fieldtool"


def shown(display: str, title: str) -> bool:
    """Whether a window of this title is on the screen."""
    listed = subprocess.run(
        ["xwininfo", "-display", display, "-root", "-tree"], capture_output=True, encoding="utf-8", errors="replace"
    ).stdout
    titled = re.findall(r'^\s*(0x\w+) "([^"]*)"', listed, re.MULTILINE)  # not the class, which an error box bears too
    named = [window for window, own in titled if own.startswith(title)]
    for window in named:
        command = ["xwininfo", "-display", display, "-id", window]
        state = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False).stdout
        if "IsViewable" in state:
            return True
    return False


def until_shown(command: Sequence[str], environment: Mapping[str, str], title: str, patience: float = 120.0) -> float:
    """Seconds from the start of a program until its window is there; the program is ended afterwards."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        while not shown(environment["DISPLAY"], title):
            if time.perf_counter() - started > patience or process.poll() is not None:
                raise SystemExit(f"bench: no window {title} ({process.poll()})")
            time.sleep(0.005)
        return time.perf_counter() - started
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End one program that was started here, and wait for it."""
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def compare(what: str, ours: Callable[[], float], bare: Callable[[], float]) -> bool:
    """Measure in turns; one line; whether the ratio is within the limit. The first turn only warms the disk's cache."""
    pairs = [(ours(), bare()) for _ in range(TURNS + 1)][1:]
    mine, theirs = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    print(f"{what}: {mine:.2f} s, bare window {theirs:.2f} s, {mine / theirs:.2f}x (limit {LIMIT_START})", flush=True)
    return mine / theirs <= LIMIT_START


def linux() -> bool:
    """The Linux program against a bare one."""
    tools = package.BUILD / "tools-linux"
    made = package.BUILD / "bare-linux"
    environment = {**os.environ, "PYTHONPATH": str(tools)}
    freeze(lambda words: subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True), made, ROOT)
    with screen() as display, tempfile.TemporaryDirectory(prefix="fieldtool-") as name:
        run = {**os.environ, **display, "QT_QPA_PLATFORM": "xcb", "XDG_DATA_HOME": name}
        return compare(
            "start, Linux",
            lambda: until_shown([str(LINUX)], run, "fieldtool"),
            lambda: until_shown([str(made / "bare" / "bare")], run, "bare"),
        )


def freeze(run: Callable[[list[str]], object], made: Path, tree: Path, name: Callable[[Path], str] = str) -> None:
    """Build the bare window."""
    words = ["-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", name(made)]
    run([*words, "--workpath", name(made.with_name(made.name + "-work")), name(tree / "packaging" / "bare.spec")])


def windows() -> bool:
    """The Windows program against a bare one, both in Wine with its server already running."""
    wine_machine.setup()
    tree = copy_tree(PREFIX / "drive_c" / "build" / "bare-tree")
    made = PREFIX / "drive_c" / "build" / "bare"
    freeze(lambda words: run_python(words, folder=tree), made, tree, windows_path)
    wine = [str(wine_machine.WINE)]
    wine_machine.end_server()  # begun without a display
    with screen() as display:
        run = wine_machine.environment(display)
        server = subprocess.Popen(
            [*wine, "winecfg", "-v"], env=run, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        server.wait()
        return compare(
            "start, Windows under Wine",
            lambda: until_shown([*wine, windows_path(BUILT / PROGRAM)], run, "fieldtool"),
            lambda: until_shown([*wine, windows_path(made / "bare" / "bare.exe")], run, "bare"),
        )


def memory() -> bool:
    """The Linux program at rest, its window open on a practice commune of 30,000 persons."""
    with screen() as display, tempfile.TemporaryDirectory(prefix="fieldtool-") as name:
        run = {**os.environ, **display, "QT_QPA_PLATFORM": "xcb", "XDG_DATA_HOME": name}
        command = [str(LINUX), "tour", "--people", "30000", "--folder", str(Path(name) / "practice")]
        until_shown(command, run, "fieldtool", patience=1800)  # makes the home, once
        process = subprocess.Popen(command, env=run, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        try:
            while not shown(run["DISPLAY"], "fieldtool"):
                time.sleep(0.2)
            time.sleep(15)
            tree = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
            used = sum(item.memory_full_info().uss for item in tree) / 1e6
        finally:
            end(process)
    print(f"memory at rest, 30,000 persons: {used:.0f} MB (limit {LIMIT_MEMORY:.0f})", flush=True)
    return used <= LIMIT_MEMORY


PARTS = {"linux": linux, "windows": windows, "memory": memory}


def main() -> int:
    chosen = sys.argv[1:] or ["linux", "memory"]
    if unknown := set(chosen) - set(PARTS):
        print(f"unknown: {', '.join(sorted(unknown))}\n{__doc__}")
        return 2
    good = [PARTS[name]() for name in chosen]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
