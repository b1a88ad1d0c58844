"""The age interview on a member's card: what an old person says, which paper's date agrees, and what to take."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from fieldtool.ui.flow import Flow
from fieldtool.ui.look import label
from fieldtool.ui.lookups.age_tab import AgeTab
from fieldtool.ui.office import Office
from fieldtool.usecases.age_at_the_door import Offer, offers_of
from fieldtool.usecases.ask_age import AgeAnswer
from fieldtool.wording.age_words import clues_told

_MOST = 5  # dates offered that no paper has; more mean that too little was said


class AgePanel(QFrame):
    """Beside the question, never over it; `papers` are the birth dates that the member's papers have."""

    taken = Signal(str, str)  # a date as it would be written down, and the clues in words

    def __init__(self, office: Office, papers: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._office, self._papers = office, tuple(papers)
        self.interview = AgeTab(office)
        self.interview.answered.connect(self._answered)
        self._told = label("", "muted", wrap=True)
        self._told.hide()
        self._row = Flow()
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
        found = self._offers(answer) if answer is not None else []
        self.offers = [self._button(offer) for offer in found]
        for button in self.offers:
            self._row.addWidget(button)
        told = bool(self._papers) and answer is not None
        agrees = any(offer.on_paper for offer in found)
        self._told.setText(self._office.say("visit.age.agree" if agrees else "visit.age.none_agrees") if told else "")
        self._told.setVisible(told)

    def _offers(self, answer: AgeAnswer) -> list[Offer]:
        found = offers_of(answer.candidates, self._papers)
        others = sum(not offer.on_paper for offer in found)
        return [offer for offer in found if offer.on_paper or others <= _MOST]

    def _button(self, offer: Offer) -> QPushButton:
        say = self._office.say
        button = QPushButton(say("visit.age.take_paper" if offer.on_paper else "visit.age.take", date=offer.value))
        button.setProperty("choice", True)
        button.setProperty("advised", offer.on_paper)
        button.clicked.connect(lambda _on=False: self._take(offer.value))
        return button

    def _take(self, value: str) -> None:
        self.taken.emit(value, clues_told(self.interview.question(), self._office.say))
