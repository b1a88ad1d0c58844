"""Two tables of the log: the journal of looks and acts on this machine, and the operations of everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from fieldtool.records.events import LINK, Event, RecordKind
from fieldtool.records.sensitive import shown, veiled
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.table import Table
from fieldtool.usecases.read_log import GROUPS, USUAL, Looks, Operations, Wanted, read_looks, read_operations
from fieldtool.wording.days import moment_told

_LONGEST = 300  # characters of a value; a whole paper would fill the screen


class LogTab(QWidget):
    """Filters above a table; `more` asks for twice as many lines."""

    def __init__(self, office: Office, name: str, heads: Sequence[str], kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._office, self._limit = office, USUAL
        say = office.say
        self.kind, self.officer, self.text_line = QComboBox(), QComboBox(), QLineEdit()
        self.kind.addItem(say("ui.log.kind.all"), "")
        for code, text in kinds:
            self.kind.addItem(text, code)
        self.officer.addItem(say("ui.log.officer.all"), "")
        self.text_line.setPlaceholderText(say("ui.log.find"))
        for box, code in ((self.kind, "kind"), (self.officer, "officer"), (self.text_line, "find")):
            box.setAccessibleName(say(f"ui.log.{code}"))
        self.kind.activated.connect(lambda _row: self.read())
        self.officer.activated.connect(lambda _row: self.read())
        self.text_line.returnPressed.connect(self.read)
        self.table = Table(office, [f"ui.log.head.{head}" for head in heads], name)
        for place, head in enumerate(heads):
            if head in ("at", "who", "machine"):  # short ones leave the room to what is read
                self.table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        self.told, self.state = label("", "muted"), label("", "muted", wrap=True)
        self.more = office.button("ui.log.more", "plus", self.show_more)
        self.more.hide()
        filters = QHBoxLayout()
        filters.addWidget(self.kind)
        filters.addWidget(self.officer)
        filters.addWidget(self.text_line, 1)
        filters.addWidget(office.button("ui.log.refresh", "arrow-right", self.read))
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(filters)
        column.addWidget(self.state)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def wanted(self) -> Wanted:
        """What the filters ask for."""
        kind, officer = str(self.kind.currentData() or ""), str(self.officer.currentData() or "")
        return Wanted(kind, officer, self.text_line.text().strip(), self._limit)

    def show_more(self) -> None:
        """Older lines too."""
        self._limit *= 2
        self.read()

    def read(self) -> None:
        """Read what is wanted, off the window's thread; a refusal empties the table."""
        act, wanted = self.ask, self.wanted()

        def refused(error: BaseException) -> None:
            self.table.fill([])
            self._office.news.failed.emit(error)

        self._office.worker.submit(lambda progress: act(wanted), self.show_found, refused)

    def ask(self, wanted: Wanted) -> Any:
        """The use case of this tab."""
        raise NotImplementedError

    def show_found(self, found: Any) -> None:
        """Fill the table."""
        raise NotImplementedError

    def _fill(self, rows: Sequence[tuple[str, Sequence[str]]], more: bool, names: Mapping[str, str]) -> None:
        say = self._office.say
        here = self.officer.currentData()
        self.officer.clear()
        self.officer.addItem(say("ui.log.officer.all"), "")
        for id, name in sorted(names.items(), key=lambda item: item[1]):
            self.officer.addItem(name if name == id else f"{name} ({id})", id)
        self.officer.setCurrentIndex(max(self.officer.findData(here), 0))
        self.table.fill(rows)
        code = "ui.log.shown_more" if more else "ui.log.shown" if rows else "ui.log.none"
        self.told.setText(say(code, count=len(rows)))
        self.more.setVisible(more)


class LooksTab(LogTab):
    """Who searched, viewed, printed, exported, and for which purpose; whether the chain is whole."""

    def __init__(self, office: Office) -> None:
        kinds = [(group, office.say(f"log.group.{group}")) for group in GROUPS]
        super().__init__(office, "ui.log.tab.looks", ("at", "who", "what", "of"), kinds)

    def ask(self, wanted: Wanted) -> Looks:
        """Lines of the journal."""
        return read_looks(self._office.home, wanted)

    def show_found(self, found: Looks) -> None:
        """The newest line first."""
        say, wording, proof = self._office.say, self._office.wording, found.proof
        nobody = say("log.nobody")
        rows = [
            (
                line.hash,
                (
                    moment_told(line.at),
                    found.names.get(line.author, line.author) or nobody,
                    wording.noted(line.what),
                    _with_names(line.detail, found.persons),
                ),
            )
            for line in reversed(found.lines)
        ]
        self._fill(rows, found.more, found.names)
        code = "log.broken" if proof.broken else "log.whole"
        self.state.setText(say(code, lines=proof.lines, broken=proof.broken, head=proof.head[:16]))
        self.state.setObjectName("bad" if proof.broken else "muted")
        self.state.style().polish(self.state)


class OperationsTab(LogTab):
    """What was written, by whom, on which machine; ethnicity and religion stay hidden."""

    def __init__(self, office: Office) -> None:
        kinds = [(str(kind), office.say(f"record.{kind}")) for kind in RecordKind]
        super().__init__(office, "ui.log.tab.work", ("at", "who", "machine", "what", "of", "value"), kinds)
        self.state.hide()

    def ask(self, wanted: Wanted) -> Operations:
        """Operations."""
        return read_operations(self._office.home, wanted)

    def show_found(self, found: Operations) -> None:
        """The newest operation first."""
        rows = [self._row(event, found.names, found.persons) for event in reversed(found.lines)]
        self._fill(rows, found.more, found.names)

    def _row(self, event: Event, names: Mapping[str, str], persons: Mapping[str, str]) -> tuple[str, Sequence[str]]:
        wording = self._office.wording
        kind = f"record.{event.kind}"
        what = self._office.say(kind) if wording.knows(kind) else event.kind
        told = str(veiled(shown(event.field, event.value)))[:_LONGEST]
        told = _with_names(told, persons) if event.field == LINK else told
        field = wording.field_called(event.field)
        machine = f"{event.device}.{event.incarnation}"
        who = names.get(event.author, event.author)
        record = _with_names(event.record, persons)
        return event.id, (moment_told(event.at), who, machine, f"{what} – {field}", record, told)


def _with_names(text: str, persons: Mapping[str, str]) -> str:
    """The names of the people whose ids stand in a text, before it."""
    names = [persons[word] for word in text.split() if persons.get(word)]
    return f"{', '.join(names)} ({text})" if names else text
