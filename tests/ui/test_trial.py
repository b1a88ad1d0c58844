"""The self-test's walk through the window: every page is drawn and has its part of the guide."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from fieldtool.app import create_from_gate, window_doors
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.ui import help_window, trial
from fieldtool.wording.guide import CARDS

GOOD = "suối trong đá cuội chiều"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    create_from_gate(tmp_path / "home", GOOD, "Lô Văn Thử", "16906", "", False)
    return tmp_path / "home"


def test_every_page_and_what_f1_tells_of_it_are_shown(home: Path, qapp: QApplication) -> None:
    told = trial.walk_pages(home, GOOD, window_doors())
    assert told["pages"] == 10
    assert told["guide"] == 9 + len(CARDS)  # log and backups are told of beside the settings


@pytest.mark.qt_log_ignore("No document for")
def test_a_guide_that_is_not_there_fails_the_self_test(
    home: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.md"
    empty.write_text("", encoding="utf-8")
    monkeypatch.setattr(help_window, "card_file", lambda card, language: empty)
    with pytest.raises(FieldtoolError) as refused:
        trial.walk_pages(home, GOOD, window_doors())
    assert refused.value.code is ErrorCode.SELF_TEST_FAILED
