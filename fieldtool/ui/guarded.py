"""The window with what stands by it: reports of crashes, and the watcher that opens the program again when it dies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fieldtool import __version__
from fieldtool.machine.crash_reports import CrashReports
from fieldtool.machine.last_setup import last_setup
from fieldtool.machine.paths import crash_folder
from fieldtool.machine.watcher import Watch, window_again
from fieldtool.ui.start import run_window
from fieldtool.ui.window_doors import WindowDoors


def run_guarded(folder: Path, passphrase: str, doors: WindowDoors) -> int:
    """Run the window; returns the exit code when the officer closes it."""
    crashes = CrashReports(crash_folder(), __version__)
    left = crashes.begin()
    watcher = Watch(window_again(folder))
    watcher.start_later()
    guarded = replace(doors, defect=lambda error: str(crashes.write(error)), left=str(left or ""), setup=last_setup())
    code = run_window(folder, passphrase, guarded)
    watcher.done()
    crashes.end()
    return code
