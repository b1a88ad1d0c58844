"""Processes of our own beside the program: the reader of lists, the linker's helpers."""

from __future__ import annotations

import importlib
import sys

# PyInstaller's own preparation. It would run at every start, before the window; packaging/fieldtool.spec makes it a
# module that is loaded here.
FROZEN_HOOK = "pyi_rth_multiprocessing"


def prepare() -> None:
    """Let this process begin others of its kind. In one that was begun so, do what it was begun for and end."""
    if getattr(sys, "frozen", False):
        importlib.import_module(FROZEN_HOOK)
    # Late: the window's gate begins no process, and these modules take a third of what it needs beyond Qt.
    importlib.import_module("multiprocessing").freeze_support()
