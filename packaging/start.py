"""Where a frozen program begins: the same entry point as `python -m fieldtool`, with streams where Windows gives none."""

import sys

_PARENT = 0xFFFFFFFF


def borrow_console() -> None:
    """A program without a console of its own borrows that of the command line which started it, pipes excepted."""
    if sys.platform != "win32" or len(sys.argv) == 1:
        return
    import ctypes  # late: the window's gate does without
    import pathlib

    attached = bool(ctypes.windll.kernel32.AttachConsole(_PARENT))
    for name, device, mode in (("stdin", "CONIN$", "r"), ("stdout", "CONOUT$", "w"), ("stderr", "CONOUT$", "w")):
        if getattr(sys, name) is None and (attached or mode == "w"):
            setattr(sys, name, pathlib.Path(device if attached else "NUL").open(mode, encoding="utf-8", buffering=1))


borrow_console()

from fieldtool.__main__ import main  # noqa: E402  (the program finds its streams in place)

sys.exit(main())
