"""Learned weights from the settings page: too few verdicts, a proposal that changes nothing, taken and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from test_learn_weights import _judged
from test_match_changed import opened, write

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.homes import OpenHome
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.events import VERDICT, Draft, RecordKind
from fieldtool.ui.look import Look, load_fonts
from fieldtool.ui.model_card import ModelCard
from fieldtool.ui.office import Office
from fieldtool.ui.worker import Worker
from fieldtool.usecases.learn_weights import learned_here
from fieldtool.wording.catalogue import Wording


@pytest.fixture(name="there")
def _there(tmp_path: Path) -> Iterator[OpenHome]:
    with opened(tmp_path) as there:
        yield there


def card_of(there: OpenHome, qtbot: QtBot, qapp: object) -> tuple[ModelCard, Worker, list[FieldtoolError]]:
    load_fonts()
    look = Look()
    look.apply(qapp)  # type: ignore[arg-type]
    worker = Worker()
    home = there.home
    office = Office(home, home.people, ChildWorkbooks(), worker, Wording(), look, home.work, None)  # type: ignore[arg-type]
    failed: list[FieldtoolError] = []
    office.news.failed.connect(failed.append)
    card = ModelCard(office)
    qtbot.addWidget(card)
    card.show()
    qtbot.waitUntil(lambda: bool(card.here.text()), timeout=60_000)
    return card, worker, failed


def judge(there: OpenHome, count: int) -> None:
    papers, verdicts = _judged(count)
    write(there.home, papers.values())
    there.home.log.append(Draft(RecordKind.PAIR, "|".join(pair), VERDICT, says) for pair, says in verdicts.items())


def test_few_verdicts_teach_nothing(there: OpenHome, qtbot: QtBot, qapp: object) -> None:
    card, worker, failed = card_of(there, qtbot, qapp)
    try:
        assert not card.use.isEnabled()
        assert not card.back.isEnabled()
        card.accept()  # the wrong order: nothing is shown yet
        card.propose()
        qtbot.waitUntil(lambda: [str(error.code) for error in failed] == ["verdicts_too_few"], timeout=60_000)
        assert not card.use.isEnabled()
    finally:
        worker.close()


def test_what_is_shown_is_used_and_taken_back(there: OpenHome, qtbot: QtBot, qapp: object) -> None:
    judge(there, 260)
    card, worker, failed = card_of(there, qtbot, qapp)
    try:
        card.propose()
        qtbot.waitUntil(card.use.isEnabled, timeout=60_000)
        assert "→" in card.told.text()
        assert learned_here(there.home) is None
        card.accept()
        qtbot.waitUntil(card.back.isEnabled, timeout=60_000)
        assert learned_here(there.home) is not None
        assert not card.use.isEnabled()
        card.withdraw()
        qtbot.waitUntil(lambda: not card.back.isEnabled(), timeout=60_000)
        assert learned_here(there.home) is None
        assert failed == []
    finally:
        worker.close()
