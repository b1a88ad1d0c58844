"""Starts app."""

from __future__ import annotations

import multiprocessing
import sys

from fieldtool.app import run


def main() -> int:
    """The entry point of the command `fieldtool`."""
    multiprocessing.freeze_support()  # the list reader runs in a child process, also in a frozen program
    return run()


if __name__ == "__main__":
    sys.exit(main())
