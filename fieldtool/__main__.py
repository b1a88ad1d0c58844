"""Starts app: the window when nothing else is asked, else the command line.

The window's gate is shown before the rest of the program is loaded; app.py follows while the officer types.
"""

from __future__ import annotations

import gc
import importlib
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from fieldtool.machine.children import prepare
from fieldtool.machine.paths import default_home
from fieldtool.machine.watcher import FLAG, watch


def open_window(folder: Path | None = None) -> int:
    """Show the gate of a home at once; returns the exit code when the window is closed."""
    from fieldtool.ui.guarded import run_guarded  # Qt takes time that the command line need not wait for
    from fieldtool.ui.window_doors import WindowDoors

    def app() -> Any:
        prepare()
        return importlib.import_module("fieldtool.app")

    def create(at: Path, passphrase: str, *asked: str | bool) -> None:
        app().create_from_gate(at, passphrase, *asked)

    def unlock(at: Path, passphrase: str) -> AbstractContextManager[Any]:
        opened: AbstractContextManager[Any] = app().open_home(at, passphrase)
        return opened

    def practise(at: Path) -> str:
        passphrase: str = app().make_practice(at)
        return passphrase

    return run_guarded(
        folder or default_home(),
        "",
        WindowDoors(
            create,
            unlock,
            lambda: app().ChildWorkbooks(),
            practise,
            forms=lambda: app().make_forms(),
            in_words=lambda error: app().in_words(error),
            ask_recovery=lambda at, target: app().ask_recovery(at, target),
            finish_recovery=lambda at, file, passphrase: app().finish_recovery(at, file, passphrase),
            ask_token_pin=lambda source: app().tokens.ask_pin_by(source),
        ),
    )


def search_cycles_seldom() -> None:
    """Papers by the ten thousand hold no cycles, nor do modules: the search took an eighth of a run and of a start."""
    gc.set_threshold(50_000, 20, 20)


def main() -> int:
    """The entry point of the command `fieldtool`."""
    search_cycles_seldom()
    if len(sys.argv) == 1:
        return open_window()
    if sys.argv[1:2] == [FLAG]:
        return watch(sys.argv[2:])
    prepare()
    if _command(sys.argv[1:]) == "link":  # needs no home: it starts without store, workbooks and keys
        alone: int = importlib.import_module("fieldtool.cli.link_alone").run(
            lambda: importlib.import_module("fieldtool.app").doors()
        )
        return alone
    code: int = importlib.import_module("fieldtool.app").run()
    return code


def _command(arguments: list[str]) -> str:
    """The command's name, behind global options that take no value; "" where it is not told so simply."""
    rest = [word for word in arguments if word not in ("--json", "--quiet", "--debug")]
    return rest[0] if rest else ""


if __name__ == "__main__":
    sys.exit(main())
