"""Every state at the door in the window: its few questions and no others, and nothing lost wherever the power goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from exchange_homes import KEY
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from fieldtool.records.presence import ADDING, QUESTIONS, Answers, Presence, Question, VisitResult
from fieldtool.store.drafts import SqlDrafts
from fieldtool.store.opening import Store
from fieldtool.ui.main_window import VISITS, MainWindow
from fieldtool.ui.office import Office
from fieldtool.ui.visit_card import STATE_KEYS
from fieldtool.usecases import open_household as door

_SAID = {
    Answers.TEXT: "xã Mường Típ",
    Answers.DATE: "11/2026",
    Answers.NUMBER: "040099001234",
    Answers.RELATION: "Cháu",
    Answers.SEX: "Nữ",
    Answers.YES_NO: "yes",
}


def commit(line: QLineEdit, text: str) -> None:
    """Type as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


class Power:
    """What the disk would give back if the power went now."""

    def __init__(self, store: Store, office: Office, folder: Path) -> None:
        self._store, self._office, self._folder, self._times = store, office, folder, 0

    def gone(self, household: str) -> door.DoorPage:
        self._times += 1
        left = self._folder / f"left-{self._times}"
        left.mkdir()
        for file in self._store.folder.glob("drafts.db*"):
            shutil.copy(file, left)
        drafts = SqlDrafts(left / "drafts.db", KEY)
        page = door.open_household(
            self._office.people, self._office.work, drafts, self._office.home.ids, household, "2026-11-26"
        )
        drafts.close()
        return page


@pytest.fixture(name="power")
def _power(store: Store, office: Office, tmp_path: Path) -> Power:
    return Power(store, office, tmp_path)


@pytest.fixture(name="page")
def _page(window: MainWindow):
    window.go(VISITS)
    assert window.visits.page is not None
    return window.visits


def answer(card, question: Question, power: Power, page) -> str:
    """Answer a question letter by letter or by choice, the power going after each."""
    field, text = card.form.fields[question.code], _SAID[question.takes]
    if isinstance(field, QComboBox):
        field.setCurrentIndex(field.findData(text))
        assert power.gone(page.page.house.id).sheet == page.sheet
        return text
    for letter in text:
        commit(field, letter)
        assert power.gone(page.page.house.id).sheet == page.sheet
    return text


@pytest.mark.parametrize("state", [*STATE_KEYS.values(), *sorted(ADDING)])
def test_a_state_has_its_questions_and_loses_no_letter(
    page, office: Office, power: Power, qtbot: QtBot, state: Presence
) -> None:
    household = page.page.house.id
    if state in ADDING:
        qtbot.keyClick(page, Qt.Key.Key_T, modifier=Qt.KeyboardModifier.ControlModifier)
        card = page.cards[-1]
        card.kind.setCurrentIndex(card.kind.findData(state))
    else:
        letter = next(key for key, value in STATE_KEYS.items() if value is state)
        qtbot.keyClick(page, getattr(Qt.Key, f"Key_{letter}"))
        card = page.cards[0]
    questions = QUESTIONS[state]
    assert (list(card.form.fields) if card.form else []) == [question.code for question in questions]
    said = {question.code: answer(card, question, power, page) for question in questions}
    page.foot.result.setCurrentIndex(page.foot.result.findData(VisitResult.PARTLY))
    left = power.gone(household)
    assert (left.drafted, left.sheet) == (True, page.sheet)
    kept = next(item for item in left.sheet.members if item.key == card.answer.key)
    assert (kept.presence, kept.answers) == (state, said)
    assert (left.sheet.result, left.sheet.chose_result) == (VisitResult.PARTLY, True)
    page.open(household)  # as after the restart
    assert page.foot.result.currentData() == VisitResult.PARTLY
    with qtbot.waitSignal(office.news.said, timeout=20_000):
        page.save()
    (visit,) = office.work.visits(household)
    assert visit.result == VisitResult.PARTLY
    sheet = door.sheet_of(office.home, visit.id)
    told = next(item for item in sheet.members if item.answers == said and item.presence is state)
    assert office.work.presences([told.person])[told.person].state is state
