"""The program put together: what the command line and the window are given."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from fieldtool.cli.doors import Doors, Setup
from fieldtool.cli.main import run as run_command_line
from fieldtool.cli.session import Session
from fieldtool.cli.tour import PRACTICE_PASSPHRASE, PRACTICE_PEOPLE, prepare
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.homes import (
    DATABASE,
    ask_recovery,
    create_home,
    diagnose,
    finish_recovery,
    open_home,
    panic,
    restore_home,
)
from fieldtool.late_outputs import write_books
from fieldtool.machine.paths import default_home
from fieldtool.ports import Forms
from fieldtool.records.exchange import SUITES
from fieldtool.store.connection import in_words
from fieldtool.trust import tokens
from fieldtool.wording.catalogue import Language, Wording


def doors() -> Doors:
    """What the command line is given."""
    return Doors(
        default_home=default_home,
        create=create_home,
        open=open_home,
        restore=restore_home,
        ask_recovery=ask_recovery,
        finish_recovery=finish_recovery,
        panic=panic,
        workbooks=ChildWorkbooks(),
        write_books=write_books,
        window=open_window,
        forms=make_forms,
        diagnose=diagnose,
        try_window=try_window,
        ask_token_pin=tokens.ask_pin_by,
    )


def make_forms() -> Forms:
    """Printed forms, always in Vietnamese: they go to Vietnamese offices."""
    from fieldtool.reports.form_pdf import PdfForms  # the PDF library takes time that nobody who prints nothing owes

    return PdfForms(Wording(Language.VIETNAMESE))


def open_window(folder: Path, passphrase: str) -> int:
    """Open the window on a home; asks for the passphrase, or for a first start, when there is need."""
    from fieldtool.ui.guarded import run_guarded  # Qt takes time that the command line need not wait for

    return run_guarded(folder, passphrase, window_doors())


def try_window(folder: Path, passphrase: str) -> dict[str, object]:
    """Open the window on a home, walk its pages and close it again; what was seen."""
    from fieldtool.ui.trial import walk_pages

    return walk_pages(folder, passphrase, window_doors())


def window_doors() -> Any:
    """How the window makes and opens homes."""
    from fieldtool.ui.window_doors import WindowDoors  # Qt takes time that the command line need not wait for

    return WindowDoors(
        create_from_gate,
        open_home,
        ChildWorkbooks,
        make_practice,
        forms=make_forms,
        in_words=in_words,
        ask_recovery=ask_recovery,
        finish_recovery=finish_recovery,
        ask_token_pin=tokens.ask_pin_by,
        restore=restore_home,
    )


def make_practice(folder: Path) -> str:
    """The practice commune of invented people, made where there is none; its passphrase, which is no secret."""
    if not (folder / DATABASE).exists():
        session = Session(doors, Wording())
        session.quiet = True
        prepare(session, folder, PRACTICE_PEOPLE)
    return PRACTICE_PASSPHRASE


def create_from_gate(
    folder: Path, passphrase: str, officer: str, commune: str, unit: str, headquarters: bool, suite: str = SUITES[0]
) -> None:
    """Make a home from what the first-start page asked."""
    create_home(folder, passphrase, Setup(officer, commune, unit, headquarters, suite))


def search_cycles_seldom() -> None:
    """Papers by the ten thousand hold no cycles; the search for them took an eighth of a run."""
    gc.set_threshold(50_000, 20, 20)


def run(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    search_cycles_seldom()
    return run_command_line(doors(), arguments)
