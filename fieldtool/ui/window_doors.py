"""What the window is given: how homes are made and opened, and what an open one offers it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the gate does without what stands behind these names, and is on the screen sooner
    from fieldtool.ports import Forms, Progress, Workbooks
    from fieldtool.ui.opened_home import OpenedHome


@dataclass(frozen=True, slots=True)
class WindowDoors:
    """How app.py lets the window make and open homes."""

    create: Callable[[Path, str, str, str, str, bool, str], None]  # …, passphrase, officer, commune, unit, above, suite
    open: Callable[[Path, str], AbstractContextManager[OpenedHome]]
    workbooks: Callable[[], Workbooks]
    practice: Callable[[Path], str]  # makes the practice commune where there is none; its passphrase
    defect: Callable[[BaseException], str] = lambda error: ""  # keeps a report without personal data; where it lies
    left: str = ""  # the report of a run that died, told once the home is open
    forms: Callable[[], Forms] | None = None
    in_words: Callable[[BaseException], BaseException] = lambda error: error  # the store's troubles as ours
    setup: str = ""  # how the last setup ended, such as "installed 0.2.0"
    # A forgotten passphrase: home and folder for the request → its file and six words; home, answer, new passphrase.
    ask_recovery: Callable[[Path, Path], tuple[Path, tuple[str, ...]]] | None = None
    finish_recovery: Callable[[Path, Path, str], None] | None = None
    ask_token_pin: Callable[[Callable[[str], str]], None] = lambda source: None  # who gives the PIN of a token
    # A backup brought back: file, home, its passphrase, whether a home there is set aside → where that one lies now.
    restore: Callable[[Path, Path, str, bool, Progress], Path | None] | None = None
