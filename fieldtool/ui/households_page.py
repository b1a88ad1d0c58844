"""Households and persons: villages, search as one types, the members of a household, one person with his papers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import HouseholdLine, Member, PersonLine
from fieldtool.records.sensitive import shown
from fieldtool.ui.case_opening import CaseMenu
from fieldtool.ui.desk_grid import DeskGrid
from fieldtool.ui.desk_rows import in_order, rows_of, veiled
from fieldtool.ui.lists import LineDelegate, LineModel
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.purpose import PurposeLine, hides, stated
from fieldtool.ui.village_choice import VillageBox
from fieldtool.wording.days import moment_told

_PAUSE_MS = 90
_HITS = 60
_PAPERS = (DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.HOUSEHOLD)


class SearchLine(QLineEdit):
    """A search line that leaves every letter to the input method and hands the arrows to the list below."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk the list while one types; everything else is the line's own."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class HouseholdsPage(QWidget):
    """The list at the left, the household or person at the right."""

    wants_desk = Signal(str)  # person id
    wants_case = Signal(str)

    guide = "people"  # the page of the user guide that F1 opens

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self._noted = ""
        self._person = ""
        self._house = ""
        self._model = LineModel()
        self._list = QListView()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.refresh_list)
        self._build()
        office.news.changed.connect(self.refresh)

    def _build(self) -> None:
        say, look = self._office.say, self._office.look
        self.search = SearchLine()
        self.search.setPlaceholderText(say("ui.search.hint"))
        self.search.setAccessibleName(say("ui.search.hint"))
        self.search.addAction(look.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.search.moved.connect(self._move)
        self.search.returnPressed.connect(lambda: self._open(self._list.currentIndex()))
        self.villages = VillageBox(self._office, lambda v: say("ui.village.line", name=v.name, count=v.households))
        self.villages.currentIndexChanged.connect(lambda _place: self.refresh_list())
        self._count = label("", "muted")
        self._list.setModel(self._model)
        self._delegate = LineDelegate(look, self._office.wording)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setAccessibleName(say("ui.rail.people"))
        self._list.selectionModel().currentChanged.connect(lambda index, _old: self._open(index))
        left = QVBoxLayout()
        for widget in (self.search, self.villages, self._count):
            left.addWidget(widget)
        left.addWidget(self._list, 1)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(look.px(340))
        self._detail = QVBoxLayout()
        self._detail.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self._detail)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        page = QHBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 8)
        page.setSpacing(12)
        page.addWidget(side)
        page.addWidget(scroll, 1)
        self._near = QWidget()  # the head of whoever is shown
        self.case_menu = CaseMenu(self._office, self, lambda found: self.wants_case.emit(found.case.id))
        for keys, act in ((QKeySequence.StandardKey.Find, self._focus_search), ("Ctrl+H", self.open_case)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    def stop(self) -> None:
        """Search no more: the window closes, and the home behind it."""
        self._timer.stop()

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def refresh(self) -> None:
        """Read villages, list and detail anew."""
        self.villages.read()
        self.refresh_list()
        if self._person:
            self.show_person(self._person)
        elif self._house:
            self.show_household(self._house)

    def _journal(self, id: str) -> None:
        """Note once what is shown, and the words it was found by."""
        if id == self._noted:
            return
        self._noted = id
        log, text = self._office.home.log, self.search.text().strip()

        def note(_progress: object) -> None:
            if text:
                log.note("search", text)
            log.note("view", id)

        self._office.worker.submit(note, lambda _done: None, self._office.news.failed.emit)

    def refresh_list(self) -> None:
        """The list for what is typed, or the households of the village."""
        people, text = self._office.people, self.search.text().strip()
        village = self.villages.chosen()
        if text:
            hits = people.search(text, _HITS)
            self._model.show_lines(len(hits), lambda offset, limit: hits[offset : offset + limit])
            self._count.setText(self._office.say("ui.search.count", count=len(hits)))
        else:
            known = {item.id: item.households for item in people.villages()}
            total = known.get(village, 0) if village else people.counts("households")["households"]
            self._model.show_lines(total, lambda offset, limit: people.households(village, offset, limit))
            self._count.setText(self._office.say("ui.household.count", count=total))
        if self._model.rowCount() and (text or not (self._person or self._house)):
            self._list.setCurrentIndex(self._model.index(0, 0))

    def _move(self, step: int) -> None:
        row = min(max(self._list.currentIndex().row() + step, 0), max(self._model.rowCount() - 1, 0))
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _open(self, index: QModelIndex) -> None:
        line = self._model.line(index.row()) if index.isValid() else None
        if isinstance(line, HouseholdLine):
            self.show_household(line.id)
        elif isinstance(line, PersonLine):
            self.show_person(line.id)

    def _clear(self) -> None:
        while (item := self._detail.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def shown(self) -> str:
        """The id of the person before the officer, "" when there is none."""
        return self._person

    def show_household(self, id: str) -> None:
        """Show a household with a card for each member."""
        house = self._office.people.household(id)
        self._clear()
        self._house, self._person = id, ""
        if house is None:
            return
        self._journal(id)
        say = self._office.say
        head = QHBoxLayout()
        head.addWidget(label(say("ui.household.title", head=house.head), "title"), 1)
        head.addWidget(self._office.button("visit.case", "clipboard", self.open_case))
        self._near = _in_a_row(head)
        self._detail.addWidget(self._near)
        where = say("ui.household.where", village=house.village_name or "—", book=house.book or "—")
        self._detail.addWidget(label(where, "muted"))
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, member in enumerate(house.members):
            columns = 2 if self._office.look.zoom < 125 else 1
            grid.addWidget(self._member(member), place // columns, place % columns)
        cards = QWidget()
        grid.setContentsMargins(0, 6, 0, 0)
        cards.setLayout(grid)
        self._detail.addWidget(cards)
        self._detail.addStretch(1)

    def _member(self, member: Member) -> QFrame:
        say, look = self._office.say, self._office.look
        frame = QFrame()
        frame.setObjectName("card")
        column = QVBoxLayout(frame)
        column.setSpacing(3)
        button = QPushButton(look.icon("arrow-right", "accent"), member.name.replace("&", "&&"))
        button.setProperty("choice", True)
        button.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        button.clicked.connect(lambda _checked=False: self.show_person(member.person))
        column.addWidget(button)
        facts = " · ".join(part for part in (member.relation, member.sex, member.dob) if part)
        column.addWidget(label(facts or "—", "muted"))
        papers = QHBoxLayout()
        for kind in _PAPERS:
            has = kind in member.papers
            picture = label("")
            picture.setPixmap(look.pixmap("circle-check" if has else "circle-dashed", "good" if has else "muted", 18))
            papers.addWidget(picture)
            papers.addWidget(label(say(f"kind.{kind}")))
        papers.addStretch(1)
        column.addLayout(papers)
        text = self._differing(member) if member.open_fields else say("ui.all_agree")
        column.addWidget(label(text, "warn" if member.open_fields else "good", wrap=True))
        return frame

    def _differing(self, member: Member) -> str:
        """Which fields differ, with the first two values of each."""
        person = self._office.people.person(member.person)
        told = []
        for field in person.open_fields if person else ():
            values = [shown(field, text) for text, _ in person.fields[field].values[:2]] if person else []
            told.append(f"{self._office.say(f'field.{field}')}: {' / '.join(values)}")
        return self._office.say("ui.differs", what=" · ".join(told))

    def show_person(self, id: str) -> None:
        """Show a person: present values, every paper side by side, and what was decided."""
        person = self._office.people.person(id)
        self._clear()
        self._person = id
        if person is None:
            return
        self._journal(id)
        say, look = self._office.say, self._office.look
        head = QHBoxLayout()
        head.addWidget(label(person.value(Field.NAME), "title"), 1)
        if self._house or person.household:
            house = person.household or self._house
            back = QPushButton(look.icon("users"), say("ui.person.household"))
            back.clicked.connect(lambda _checked=False: self.show_household(house))
            head.addWidget(back)
        if person.open_fields:
            desk = QPushButton(look.icon("git-compare", "on_accent"), say("ui.person.desk"))
            desk.setProperty("primary", True)
            desk.clicked.connect(lambda _checked=False: self.wants_desk.emit(id))
            head.addWidget(desk)
        head.addWidget(self._office.button("visit.case", "clipboard", self.open_case))
        self._near = _in_a_row(head)
        self._detail.addWidget(self._near)
        papers = in_order(person.documents)
        grid = DeskGrid(look, self._office.wording)
        may_see = stated(self._office, id)
        rows = rows_of(person, papers, most=14)
        grid.show_rows(papers, rows if may_see else veiled(rows), "", numbers=False)
        self._detail.addWidget(grid)
        if hides(person) and not may_see:
            self._detail.addWidget(PurposeLine(self._office, id, lambda: self._stated(id)))
        self._detail.addWidget(label(say("ui.person.decisions"), "heading"))
        self._decisions([item for view in person.fields.values() for item in view.decisions], may_see)
        self._detail.addStretch(1)

    def open_case(self) -> None:
        """A case for whoever is shown: the person, or the household as a whole."""
        person = self._office.people.person(self._person) if self._person else None
        house = self._office.people.household(self._house)
        if person is not None:
            self.case_menu.ask(person.value(Field.NAME), person.id, person.household, self._near)
        elif house is not None:
            self.case_menu.ask(house.head, "", house.id, self._near)

    def _stated(self, id: str) -> None:
        if self._person == id:
            self.show_person(id)

    def _decisions(self, decisions: Sequence[object], may_see: bool) -> None:
        say = self._office.say
        if not decisions:
            self._detail.addWidget(label(say("ui.person.no_decisions"), "muted"))
        for item in decisions:
            field, value = getattr(item, "field", ""), getattr(item, "value", "")
            author = self._office.people.officer_called(str(getattr(item, "author", "")))
            value = value if may_see else shown(field, value)
            at = moment_told(str(getattr(item, "at", "")))
            text = say("ui.person.decision", field=say(f"field.{field}"), value=value, author=author, at=at)
            words = self._office.wording.own_words(getattr(item, "basis", {}).get("note"))
            self._detail.addWidget(label(text + words, wrap=True))


def _in_a_row(row: QHBoxLayout) -> QWidget:
    holder = QWidget()
    row.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(row)
    return holder
