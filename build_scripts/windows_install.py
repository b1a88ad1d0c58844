"""The setup tried under Wine: install, use, upgrade with a home, a broken update, a downgrade, uninstall twice.

The previous version is this program's own folder under a lower number: there is no older release to take. A broken one
lacks its fonts, so that its self-test fails. Every run is silent, as the program starts it itself.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import package
from bench_frozen import shown
from windows import BUILT, PROGRAM, ROOT, screen, self_test_of, setup
from wine_machine import PREFIX, WINE, end_server, windows_path, wine
from wine_machine import environment as environment_of

LOCAL = PREFIX / "drive_c" / "users"
PASSPHRASE = {"FIELDTOOL_PASSPHRASE": "bốn từ không liên quan trên núi"}
OLDER, NEWER = "0.0.9", "9.9.9"
WATCHER = f"{PROGRAM} --watch-window"


def say(text: str) -> None:
    print(f"install: {text}", flush=True)


def must(holds: object, what: str) -> None:
    """Say what was proved; SystemExit when it does not hold."""
    if not holds:
        raise SystemExit(f"install: NOT TRUE: {what}")
    say(f"ok  {what}")


def setup_as(version: str, folder: Path, target: Path) -> Path:
    """A setup of a folder under another number, packed loosely since it is used once."""
    command = ["makensis", "-V1", "-INPUTCHARSET", "UTF8", f"-DVERSION={version}", f"-DFOLDER={folder}"]
    command += [f"-DOUT={target}", "-DSIZE=1", "-DQUICK", str(ROOT / "packaging" / "setup.nsi")]
    subprocess.run(command, check=True)
    return target


def local_data() -> Path:
    """%LOCALAPPDATA% of Wine's user."""
    return next(LOCAL.glob("*/AppData/Local"))


def run_setup(file: Path) -> tuple[int, float]:
    """Run a setup silently; exit code and seconds."""
    started = time.monotonic()
    done = wine([windows_path(file), "/S"])
    return done.returncode, time.monotonic() - started


def uninstall(program: Path, *options: str) -> int:
    """Run the uninstaller and wait for it: it copies itself away first, unless told where it lies."""
    copy = program.parent / "uninstall-copy.exe"
    shutil.copy2(program / "uninstall.exe", copy)
    done = wine([windows_path(copy), "/S", *options, f"_?={windows_path(program)}"])
    copy.unlink()
    return done.returncode


def fieldtool(program: Path, *arguments: str) -> dict[str, object]:
    """Run the installed program on its default home; its JSON."""
    done = wine([windows_path(program / PROGRAM), "--json", "--quiet", *arguments], extra=PASSPHRASE)
    must(done.returncode == 0, f"fieldtool {arguments[0]}: {done.stdout[-300:] if done.returncode else 'exit 0'}")
    found: dict[str, object] = json.loads(done.stdout[done.stdout.index("{") : done.stdout.rindex("}") + 1])
    return found


def broken_copy(folder: Path) -> Path:
    """A program that cannot pass its self-test."""
    target = folder / "broken"
    shutil.copytree(BUILT, target)
    shutil.rmtree(target / "_internal" / "resources" / "fonts")
    return target


def try_upgrade(program: Path, setups: Path) -> None:
    """Install the older one, work with it, upgrade, and find the home whole; then a broken and an older update."""
    code, seconds = run_setup(setup_as(OLDER, BUILT, setups / "older.exe"))
    must(code == 0 and (program / PROGRAM).exists(), f"version {OLDER} installed silently in {seconds:.1f} s")
    fieldtool(program, "init", "--officer", "Lô Thị Thử", "--commune", "16906")
    before = fieldtool(program, "check")
    real = package.DIST / f"fieldtool-{package.version()}-setup.exe"
    code, seconds = run_setup(real)
    must(code == 0, f"version {package.version()} over it in {seconds:.1f} s, its self-test included")
    must(not program.with_name("fieldtool.old").exists(), "nothing of the older program left")
    must(fieldtool(program, "check") == before, "the home is as it was")
    code, _ = run_setup(setup_as(NEWER, broken_copy(setups), setups / "broken.exe"))
    must(code == 3, f"a program that fails its self-test is not installed (exit {code})")
    must(fieldtool(program, "check") == before, "the former program still works on the home")
    code, _ = run_setup(setups / "older.exe")
    must(code == 5, f"an older version is refused (exit {code})")


def try_watcher(program: Path, display: dict[str, str]) -> None:
    """A window that is killed is opened again by its watcher; one killed before the watcher listens is not."""
    environment = environment_of(display)
    process = subprocess.Popen(
        [str(WINE), windows_path(program / PROGRAM)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # under Wine Python does not start on a file of ours as its stderr
    )
    must(seen(display, True), "the window is there")
    must(watched(), "its watcher runs beside it")
    must(uninstall(program) == 4 and (program / "_internal").is_dir(), "a running program is not uninstalled (exit 4)")
    time.sleep(12)  # by then the watcher listens
    process.kill()
    process.wait()
    must(seen(display, False), "the window was killed")
    must(seen(display, True), "its watcher opened it again")
    wine(["taskkill", "/F", "/IM", PROGRAM], extra=display)
    must(seen(display, False), "no watcher outlives that")


def watched(patience: float = 90.0) -> bool:
    """Whether the watcher's process comes within a while; a slow machine needs longer to load it."""
    end = time.monotonic() + patience
    while subprocess.run(["pgrep", "-f", WATCHER], stdout=subprocess.DEVNULL, check=False).returncode:
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def seen(display: dict[str, str], wanted: bool, patience: float = 90.0) -> bool:
    """Whether the window comes, or goes, within a while."""
    end = time.monotonic() + patience
    while shown(display["DISPLAY"], "fieldtool") is not wanted:
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def try_uninstall(program: Path, home: Path) -> None:
    """Uninstalled, the home stays; installed again, it opens; deleted only when that is asked for."""
    must(uninstall(program) == 0 and not program.exists(), "uninstalled without a rest")
    must((home / "home.db").exists(), "the home is still there")
    code, seconds = run_setup(package.DIST / f"fieldtool-{package.version()}-setup.exe")
    must(code == 0, f"installed again in {seconds:.1f} s")
    fieldtool(program, "check")
    must(uninstall(program, "/HOMES=delete") == 0, "uninstalled with /HOMES=delete")
    must(not home.exists() and not program.exists(), "program and home are gone")


def main() -> int:
    setup()
    local = local_data()
    program, home = local / "Programs" / "fieldtool", local / "fieldtool" / "home"
    for left in (program, program.with_name("fieldtool.old"), local / "fieldtool"):
        shutil.rmtree(left, ignore_errors=True)
    wine(["reg", "delete", r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\fieldtool", "/f"])
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=PREFIX / "drive_c", prefix="Bộ cài ") as name, screen() as display:
        try_upgrade(program, Path(name))
        end_server()  # begun without a display
        figures = self_test_of(program / PROGRAM, display)
        must(figures["passed"], "the installed program's self-test with its window")
        try_watcher(program, display)
        try_uninstall(program, home)
    say(f"all in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
