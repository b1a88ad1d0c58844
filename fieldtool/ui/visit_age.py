"""The age interview on a member's card: what an old person says, which paper's date agrees, and what to take."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from fieldtool.ui.look import label
from fieldtool.ui.lookups.age_tab import AgeTab
from fieldtool.ui.office import Office
from fieldtool.usecases.ask_age import AgeAnswer, agreeing

_MOST = 5  # candidate years offered; more mean that too little was said


class AgePanel(QFrame):
    """Beside the question, never over it.

    `written` are the dates between which the papers leave a choice: those that agree are offered. Where nobody wrote a
    date yet (`asks`), the candidate years are. With neither it only tells.
    """

    taken = Signal(str)  # a date as written, or a year

    def __init__(self, office: Office, written: Sequence[str], *, asks: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._office, self._written, self._asks = office, tuple(written), asks
        self.interview = AgeTab(office)
        self.interview.answered.connect(self._answered)
        self._told = label("", "muted", wrap=True)
        self._told.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self.offers: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self._told)
        column.addLayout(self._row)
        column.addWidget(self.interview)

    def _answered(self, answer: AgeAnswer | None) -> None:
        for button in self.offers:
            button.hide()
            button.deleteLater()
        texts = self._texts(answer) if answer is not None else ()
        self.offers = [self._offer(text) for text in texts]
        for place, button in enumerate(self.offers):
            self._row.insertWidget(place, button)
        told = bool(self._written) and answer is not None
        self._told.setText(self._office.say("visit.age.agree" if texts else "visit.age.none_agrees") if told else "")
        self._told.setVisible(told)

    def _texts(self, answer: AgeAnswer) -> tuple[str, ...]:
        if self._written:
            return agreeing(answer, self._written)
        years = tuple(str(item.lunar_year) for item in answer.candidates)
        return years if self._asks and len(years) <= _MOST else ()

    def _offer(self, text: str) -> QPushButton:
        button = QPushButton(self._office.say("visit.age.take", date=text))
        button.setProperty("choice", True)
        button.clicked.connect(lambda _on=False: self.taken.emit(text))
        return button
