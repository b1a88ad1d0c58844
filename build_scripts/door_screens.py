"""The day at the doors as PNG, for the guide: `door_screens.py [FOLDER] [--people N] [--all]`, looks as desk_screens.

A household's page, a state with its questions, the age interview, a scanned card, the figures, and binding the home.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from desk_screens import draw, settle, shoot, wait, windows
from PySide6.QtWidgets import QApplication, QWidget

from fieldtool.ports import Home
from fieldtool.records.presence import Presence
from fieldtool.ui.main_window import EXCHANGE, FIGURES, VISITS, MainWindow


def household(app: QApplication, window: MainWindow, home: Home) -> QWidget:
    """The first household that waits."""
    window.go(VISITS)
    return window


def state(app: QApplication, window: MainWindow, home: Home) -> QWidget:
    """Somebody who is abroad, with the questions that follow."""
    window.visits.cards[0].set_state(Presence.ABROAD)
    return window


def age(app: QApplication, window: MainWindow, home: Home) -> QWidget:
    """What an old person says, and the dates that agree."""
    window.visits.undo()
    window.visits.ask_age()
    interview = window.visits.cards[0].age.interview  # type: ignore[union-attr]
    interview.animal.setText("Thìn")
    interview.said.setValue(75)
    return window


def card(app: QApplication, window: MainWindow, home: Home) -> QWidget:
    """A card that is known, beside all papers of its person."""
    window.visits.ask_age()
    people = (line for village in home.people.villages() for line in home.people.persons(village.id))
    known = next(line for line in people if len(line.n12) == 12 and len(line.dob) == 10)
    window.scan.open_for(window.visits.shown())
    window.scan.read(f"{known.n12}||{known.name.upper()}|{known.dob.replace('/', '')}|{known.sex}|Bản|01012022")
    return window.scan


def figures(app: QApplication, window: MainWindow, home: Home) -> QWidget:
    """The four words with their plots."""
    window.scan.close()
    window.go(FIGURES)
    wait(app, lambda: bool(window.figures.words))
    return window


def binding(app: QApplication, window: MainWindow, home: Home) -> QWidget:
    """Keys of this machine, with the button that binds the home to it."""
    window.go(EXCHANGE)
    window.exchange.tabs.setCurrentIndex(window.exchange.tabs.count() - 1)
    return window


STATES = (household, state, age, card, figures, binding)


def render(folder: Path, people: int, everything: bool) -> None:
    """Write the pictures."""
    for app, window, home, look in windows(people, everything):
        for show in STATES:
            shown = show(app, window, home)
            settle(app)
            shoot(shown, folder / f"door_{show.__name__}_{look}.png")


if __name__ == "__main__":
    sys.exit(draw(render, "doors", 300, __doc__))
