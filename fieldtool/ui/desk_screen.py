"""What the desk draws: the head with its counts, the papers, who stands beside, the law with the choices, the keys.

Nothing here knows the queue or acts; desk_page walks the one and desk_says does the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from fieldtool.records.persons import DoubtKind
from fieldtool.ui.cut_label import CutLabel
from fieldtool.ui.desk_filter import DeskFilter
from fieldtool.ui.desk_grid import DeskGrid
from fieldtool.ui.desk_panels import Choice, ChoiceCard, SideCard, WhyCard
from fieldtool.ui.desk_view import DeskView
from fieldtool.ui.flow import Flow
from fieldtool.ui.look import label
from fieldtool.ui.office import Office


class DeskScreen(QWidget):
    """One doubt on the screen; `top` takes the buttons of the head."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, look = office, office.look
        self.top = QHBoxLayout()
        self.counts = label("", "muted")
        self.filter = DeskFilter(office)
        self.offer = QPushButton()
        self.offer.setProperty("primary", True)
        self.offer.setAccessibleName("F2")
        self.offer.hide()
        self.grid = DeskGrid(look, office.wording)
        self.side = SideCard(look, office.say("ui.desk.side"))
        self.why, self.choices = WhyCard(look, office.wording), ChoiceCard(look)
        self._bar = Flow()
        self._acts: dict[str, QPushButton] = {}
        self.name, self.where = CutLabel("title"), CutLabel("muted")
        for words in (self.name, self.where, self.counts):  # a long name is cut, it never widens the window
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        heads = QVBoxLayout()
        heads.setSpacing(0)
        heads.addWidget(self.name)
        heads.addWidget(self.where)
        self.top.addLayout(heads, 1)
        self._lay_out()

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.grid)
        column.addWidget(self.why)
        column.addStretch(1)
        scroll.setWidget(inner)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(scroll, 1)
        middle.addWidget(self.side)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(4)
        page.addLayout(self.top)
        for widget in (self.counts, self.filter, self.offer):
            page.addWidget(widget)
        page.addLayout(middle, 1)
        page.addWidget(self.choices)
        page.addLayout(self._bar)

    def add_act(self, key: str, code: str, act: Callable[[], None]) -> None:
        """A button of the bar for an act that has a key."""
        button = QPushButton(self._office.say(code))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(self._office.say(code))
        button.clicked.connect(lambda _checked=False: act())
        self._acts[key] = button
        self._bar.addWidget(button)

    def add_keys(self, keys: Mapping[str, Callable[[], None]]) -> None:
        """Keys that are heard wherever the focus lies on the screen."""
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def draw(
        self, view: DeskView, where: str, choices: Sequence[Choice], usable: Collection[str], words: str = ""
    ) -> None:
        """Show a doubt; `words` are the officer's own to it."""
        self._enable(usable)
        doubt = view.doubt
        self.name.setText(f"{doubt.name} – {doubt.values[1]}" if view.split and len(doubt.values) > 1 else doubt.name)
        self.where.setText(where)
        field = "" if view.split or doubt.kind is DoubtKind.RIVALS else doubt.field
        numbers = not view.split and doubt.kind is not DoubtKind.RIVALS
        self.grid.show_rows(view.papers, view.rows, field, split=view.split, numbers=numbers, named=not view.reasons)
        self.why.tell(view.title if view.reasons else "", view.reasons)
        self.choices.tell("" if view.reasons else view.title, view.why, view.source)
        self.side.tell(view.side)
        self.choices.ask(" · ".join(part for part in (view.question, words) if part), choices)

    def _enable(self, usable: Collection[str]) -> None:
        for key, button in self._acts.items():
            button.setEnabled(key in usable)

    def nothing(self, name: str, hint: str, choices: Sequence[Choice], usable: Collection[str]) -> None:
        """Show that there is no doubt, why, and what to do next."""
        self._enable(usable)
        self.name.setText(name)
        self.where.setText(hint)
        self.grid.show_rows([], [], "")
        self.choices.tell("", "", "")
        self.choices.ask("", choices)
        self.why.tell("", ())
        self.side.tell([])

    def show_keys(self) -> None:
        """Show what each key does, beside the work: nothing waits for it to be closed."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowModality(Qt.WindowModality.NonModal)
        box.setWindowTitle(self._office.say("ui.desk.keys_title"))
        box.setText(self._office.say("ui.desk.keys"))
        box.show()
