"""The conflict desk: one queue and one screen for every doubt, decided with one key, undone with one key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldtool.conflicts.queue import Wanted
from fieldtool.records.exchange import HomeCard
from fieldtool.records.persons import Doubt, DoubtKind, Person
from fieldtool.ui.desk_acts import DeskActs, Ticket
from fieldtool.ui.desk_bulk import DeskBulk
from fieldtool.ui.desk_earlier import EarlierActs
from fieldtool.ui.desk_heads import counts, empty, narrowed, where
from fieldtool.ui.desk_line import DeskLine, Line
from fieldtool.ui.desk_panels import Choice
from fieldtool.ui.desk_queue import DeskQueue
from fieldtool.ui.desk_says import DeskSays
from fieldtool.ui.desk_screen import DeskScreen
from fieldtool.ui.desk_view import DeskView, view_of
from fieldtool.ui.law_window import LawWindow
from fieldtool.ui.office import Office
from fieldtool.ui.purpose import stated
from fieldtool.usecases.review_queue import law_of


class DeskPage(QWidget):
    """Walks the queue and shows the doubt in hand; what its keys do lies in DeskSays."""

    guide = "desk"  # the page of the user guide that F1 opens

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self._lines = DeskQueue(office.people, lambda: office.home.clock.now()[:10])
        self._acts = DeskActs(office)
        self._view: DeskView | None = None
        self._law = law_of(office.people)
        self._stale = True
        self._noted = ""
        self._mode: list[Choice] = []
        self._enter = True
        self._desk = DeskScreen(office)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.says = DeskSays(self, office, self._acts)
        self._earlier = EarlierActs(self, office, self._acts)
        self._keys()
        self._acts.settled.connect(self._settled)
        self._acts.failed.connect(self.says.prints.withdraw)
        self._acts.failed.connect(self._settled)
        self._acts.undone.connect(self._undone)
        office.news.changed.connect(self._news)

    def _build(self) -> None:
        office, screen = self._office, self._desk
        for code, icon, act in (
            ("ui.desk.filter", "search", lambda: self.toggle_filter()),
            ("ui.desk.previous", "arrow-left", lambda: self.previous()),
            ("ui.desk.undo", "arrow-back-up", lambda: self.undo()),
            ("ui.desk.next", "arrow-right", lambda: self.next()),
        ):
            screen.top.addWidget(office.button(code, icon, act))
        self.filter = screen.filter
        self.filter.wanted.connect(self.narrow)
        self.offer = screen.offer
        self.offer.clicked.connect(lambda _checked=False: self.says.prints.print_offer())
        self._grid, self._side, self._choices = screen.grid, screen.side, screen.choices
        self._grid.chosen.connect(self.choose_column)
        self._grid.field_picked.connect(self._pick_field)
        self.line = DeskLine(self, office, self._acts, self._choices)
        self.bulk = DeskBulk(office)
        self.bulk.left.connect(self.leave_mode)
        self._stack = QStackedWidget()
        self._stack.addWidget(screen)
        self._stack.addWidget(self.bulk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 6, 12, 6)
        outer.addWidget(self._stack)

    def _keys(self) -> None:
        says = self.says
        keys: dict[str, Callable[[], None]] = {
            "N": self.next,
            "P": self.previous,
            "U": self.undo,
            "Ctrl+Z": self.undo,
            "/": self.toggle_filter,
            "?": self._desk.show_keys,
            "F2": says.prints.print_offer,
        }
        for key, code, act in says.acts():
            keys[key] = lambda key=key, act=act: self._press(key, act)  # type: ignore[misc]
            self._desk.add_act(key, code, act)
        for number in range(1, 11):  # the tenth answer is the key 0
            keys[str(number % 10)] = lambda number=number: self.digit(number)  # type: ignore[misc]
        self._desk.add_keys(keys)
        self.setFocusProxy(self._desk)
        self._desk.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _press(self, key: str, act: Callable[[], None]) -> None:
        """A key of the bar; one that says nothing of this doubt is told so, not swallowed."""
        if key in self.says.usable(self._view):
            act()
        else:
            self._say("ui.desk.key_idle", key=key)

    @property
    def _queue(self) -> list[Doubt]:
        return [doubt for doubt in self._lines.lines if doubt.id not in self._acts.pending]

    @property
    def _doubt(self) -> Doubt | None:
        return self._view.doubt if self._view else None

    @property
    def _person(self) -> Person | None:
        return self._view.person if self._view else None

    @property
    def _waiting(self) -> bool:
        return bool(self._acts.pending)

    def view(self) -> DeskView | None:
        """What is on the screen."""
        return self._view

    def wanted(self) -> Wanted:
        """The filter in force."""
        return self._lines.wanted

    def officer(self) -> str:
        """Who sits before the machine now; officers may take turns."""
        text = self._office.people.kept("home.card")
        return HomeCard.from_text(text).officer if text else self._office.home.card.officer

    def reasons(self) -> dict[str, int]:
        """Open fields by reason."""
        return dict(self._lines.reasons())

    # the queue

    def _news(self) -> None:
        """Something changed elsewhere: read anew, at once when the page is seen, else when it is opened."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the queue again and stay on the doubt in hand when it is still open. A question or a line that stands
        open is left alone: closed under the officer's hands, his next letters would be taken for keys."""
        self._stale = False
        self._law = law_of(self._office.people)
        self._lines.read(self._doubt.id if self._doubt else "")
        self._show_unless_asking()

    def _show_unless_asking(self) -> None:
        if not self._mode and not self._choices.line.isVisible() and self._stack.currentIndex() == 0:
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while another page was shown."""
        super().showEvent(event)
        if self._stale:
            self.refresh()
        self.line.take_up()

    def _settled(self, ticket: Ticket) -> None:
        """An act is written, refused or taken back: mend the queue around it, tell the other pages."""
        self._office.news.changed.disconnect(self._news)
        self._office.news.changed.emit()
        self._office.news.changed.connect(self._news)
        if ticket.whole or self._stale:
            self._stale = not self.isVisible()
            self._lines.read(self._doubt.id if self._doubt else "")
        else:
            self._lines.mend(ticket.household, ticket.persons)
        self._skip_pending()
        self._show_unless_asking()

    def _undone(self, ticket: Ticket) -> None:
        """An act was taken back: go to its doubt."""
        self.says.prints.withdraw(ticket)
        self._settled(ticket)
        if ticket.doubts and self._lines.find(lambda doubt: doubt.id == ticket.doubts[0].id):
            self.leave_mode()

    def _skip_pending(self) -> None:
        """Stand on a line that no act under way settles already, when there is one."""
        lines, pending = self._lines.lines, self._acts.pending
        if not pending:
            return
        for place in (*range(self._lines.place, len(lines)), *range(self._lines.place - 1, -1, -1)):
            if lines[place].id not in pending:
                self._lines.place = place
                return

    def shown(self) -> str:
        """The id of the doubt before the officer, "" when there is none."""
        return self._doubt.id if self._doubt else ""

    def open_doubt(self, id: str) -> bool:
        """Show one doubt by its id; whether it is in the queue."""
        return self._open(lambda doubt: doubt.id == id)

    def open_person(self, person: str) -> None:
        """Show the first doubt about a person."""
        self._open(lambda doubt: doubt.person == person)

    def _open(self, wanted: Callable[[Doubt], bool]) -> bool:
        """Show the first doubt that is wanted; when there is none any more, say so rather than show another's."""
        if self._stale:
            self.refresh()
        if not self._lines.find(wanted):
            self._say("ui.desk.gone")
            return False
        self.leave_mode()
        return True

    def next(self) -> None:
        """The next doubt of the queue."""
        if not self._lines.move(1):
            self._say("ui.desk.last")
        self._skip_pending()
        self.leave_mode()

    def previous(self) -> None:
        """The doubt before."""
        if not self._lines.move(-1):
            self._say("ui.desk.first")
        self.leave_mode()

    def narrow(self, wanted: Wanted) -> None:
        """Show the lines of a filter."""
        self._lines.want(wanted, self._doubt.id if self._doubt else "")
        self.setFocus()
        self.leave_mode()

    def toggle_filter(self) -> None:
        """Show or hide the filter."""
        self.filter.setVisible(not self.filter.isVisible())
        if self.filter.isVisible():
            self._fill_filter()
            self.filter.boxes["village"].setFocus()
        else:
            self.setFocus()

    def _fill_filter(self) -> None:
        lines = self._lines
        self.filter.fill(lines.wanted, lines.counts, lines.doors, lines.current.household if lines.current else "")

    # the screen

    def _show(self) -> None:
        lines = self._lines
        self._mode = []
        doubt = lines.current
        if doubt is not None and doubt.id in self._acts.pending:
            doubt = None
        officer = self.officer()
        people, work, wording = self._office.people, self._office.work, self._office.wording
        view = (
            view_of(people, work, doubt, self._law, wording, officer, partial(stated, self._office)) if doubt else None
        )
        self._view = view
        self._journal(view.person.id if view is not None and self.isVisible() else "")
        self._desk.counts.setText(counts(self._office, lines, len(self._acts.pending)))
        if self.filter.isVisible():
            self._fill_filter()
        if view is None:
            name, hint = empty(self._office, lines, len(self._acts.pending))
            unfilter = [Choice(self._office.say("ui.desk.unfilter"), self._unfilter)] if narrowed(lines) else []
            self._desk.nothing(name, hint, unfilter, self.says.usable(None))
        else:
            told = " · ".join(
                part for part in (self.says.notes.told(view), self.line.told(doubt.id if doubt else "")) if part
            )
            self._desk.draw(
                view, where(self._office, view.doubt), self.says.choices(view), self.says.usable(view), told
            )

    def _journal(self, person: str) -> None:
        """Note whose papers are seen, once while he stays on the screen."""
        if person and person != self._noted:
            log = self._office.home.log
            self._office.worker.submit(
                lambda _progress: log.note("view", person), lambda _done: None, self._office.news.failed.emit
            )
        self._noted = person or self._noted

    def _unfilter(self) -> None:
        self.narrow(Wanted())

    def _say(self, code: str, **values: object) -> None:
        self._office.news.said.emit(self._office.say(code, **values))

    def ask(self, title: str, choices: list[Choice], side: object = None, *, of_doubt: bool = True) -> None:
        """Put a further question in place of the choices; digits answer it, Escape leaves it. Enter takes the advised
        answer or the first; of a question that is not about the doubt in hand it takes none, and the law gives way."""
        self._mode, self._enter = choices, of_doubt
        if not of_doubt:
            self._choices.tell("", "", "")
        self._choices.ask(title, [*choices, Choice(self._office.say("ui.desk.escape"), self.leave_mode)])
        if isinstance(side, list):
            self._side.tell(side)
        self.setFocus()

    def asking(self) -> bool:
        """Whether a further question waits for its answer."""
        return bool(self._mode)

    def type_into(self, line: Line) -> None:
        """Ask for words in the page itself; Enter hands them over, Escape gives them up."""
        self._mode = []
        self.line.open(line)

    def return_to(self, id: str) -> None:
        """Come back after a lock or a power cut: to the line that stood open, else to the doubt that was shown."""
        if not self.line.take_up():
            self.open_doubt(id)

    def leave_mode(self) -> None:
        """Back to the doubt in hand."""
        self._mode = []
        self.line.close()
        self._stack.setCurrentIndex(0)
        self.setFocus()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the advised answer of a further question, Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape and (self._mode or self._choices.line.isVisible()):
            self.leave_mode()
        elif event.key() == Qt.Key.Key_Escape and self._view is None and narrowed(self._lines):
            self._unfilter()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._mode and self._enter:
            next((choice for choice in self._mode if choice.advised), self._mode[0]).act()
        else:
            super().keyPressEvent(event)

    # what the officer says

    def digit(self, number: int) -> None:
        """A digit answers the question in hand: a further one, or which value is right."""
        if self._mode:
            if number <= len(self._mode):
                self._mode[number - 1].act()
            else:
                self._say("ui.desk.digit_idle", key=number % 10)
            return
        self.choose_column(number)

    def choose_column(self, number: int) -> None:
        """Take the value of a column (of a decision, of a person) for the doubt in hand."""
        self.says.choose(number)

    def undo(self) -> None:
        """Take back the last act of this sitting and go back to its doubt; ask which of those before it, when there is
        none."""
        if self._acts.done:
            self._acts.undo()
        else:
            self._earlier.ask()

    def _pick_field(self, field: str) -> None:
        if self._view is not None and not self._view.split:  # there, rows compare two persons
            self.open_doubt(f"{self._view.person.id}:{field}")

    def go_on(self) -> None:
        """After an act was queued: show the next doubt at once."""
        self._skip_pending()
        self.leave_mode()

    def show_bulk(self) -> None:
        """Show the list for deciding in bulk."""
        first = self._doubt.code if self._doubt and self._doubt.kind is DoubtKind.FIELD else ""
        self._stack.setCurrentIndex(1)
        self.bulk.open(self._lines.reasons(), first, self._lines.wanted.village)

    def show_law(self) -> None:
        """The table of legal roads and the forms' texts, in a window of their own."""
        window = self.findChild(LawWindow) or LawWindow(self._office, self)
        window.refresh()
        window.show()
        window.activateWindow()
