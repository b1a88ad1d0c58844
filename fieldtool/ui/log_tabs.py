"""Two tables of the log: the journal of looks and acts on this machine, and the operations of everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from fieldtool.records.events import LINK, Event, Note, Proof, RecordKind
from fieldtool.records.sensitive import shown, veiled
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.table import Table
from fieldtool.usecases.read_log import (
    GROUPS,
    USUAL,
    Looks,
    Operations,
    Wanted,
    read_looks,
    read_operations,
    spoken_of,
)
from fieldtool.wording.days import moment_told

_LONGEST = 300  # characters of a value; a whole paper would fill the screen


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reading gives the table: rows of (id, cells), the newest first; `more` older ones were left out; `names`
    of everybody who acted here by id; `proof` of the chain, where the table is of one."""

    rows: Sequence[tuple[str, Sequence[str]]]
    more: bool
    names: Mapping[str, str]
    proof: Proof | None = None


class LogTab(QWidget):
    """Filters above a table of what `ask` reads; `more` asks for twice as many lines."""

    def __init__(
        self,
        office: Office,
        name: str,
        heads: Sequence[str],
        kinds: Sequence[tuple[str, str]],
        ask: Callable[[Wanted], Shown],
    ) -> None:
        super().__init__()
        self._office, self._limit, self._ask = office, USUAL, ask
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
        wanted = self.wanted()

        def refused(error: BaseException) -> None:
            self.table.fill([])
            self._office.news.failed.emit(error)

        self._office.worker.submit(lambda progress: self._ask(wanted), self._show, refused)

    def _show(self, found: Shown) -> None:
        say = self._office.say
        here = self.officer.currentData()
        self.officer.clear()
        self.officer.addItem(say("ui.log.officer.all"), "")
        for id, name in sorted(found.names.items(), key=lambda item: item[1]):
            self.officer.addItem(name if name == id else f"{name} ({id})", id)
        self.officer.setCurrentIndex(max(self.officer.findData(here), 0))
        self.table.fill(found.rows)
        code = "ui.log.shown_more" if found.more else "ui.log.shown" if found.rows else "ui.log.none"
        self.told.setText(say(code, count=len(found.rows)))
        self.more.setVisible(found.more)
        proof = found.proof
        self.state.setVisible(proof is not None)
        if proof is not None:
            code = "log.broken" if proof.broken else "log.whole"
            self.state.setText(say(code, lines=proof.lines, broken=proof.broken, head=proof.head[:16]))
            self.state.setObjectName("bad" if proof.broken else "muted")
            self.state.style().polish(self.state)


def looks_tab(office: Office) -> LogTab:
    """Who searched, viewed, printed, exported, and for which purpose; whether the chain is whole."""
    nobody = office.say("log.nobody")

    def told(line: Note, found: Looks) -> tuple[str, Sequence[str]]:
        who = found.names.get(line.author, line.author) or nobody
        detail = _with_names(office.wording.note_detail(line.detail), found.persons)
        if line.what == "log":  # which of the two tables was read, and by what filter
            table, _, asked = line.detail.partition(" ")
            detail = f"{office.say('ui.log.tab.looks' if table == 'journal' else 'ui.log.tab.work')} {asked}".strip()
        return line.hash, (moment_told(line.at), who, office.wording.noted(line.what), detail)

    def ask(wanted: Wanted) -> Shown:
        found = read_looks(office.home, wanted)
        return Shown([told(line, found) for line in reversed(found.lines)], found.more, found.names, found.proof)

    kinds = [(group, office.say(f"log.group.{group}")) for group in GROUPS]
    return LogTab(office, "ui.log.tab.looks", ("at", "who", "what", "of"), kinds, ask)


def operations_tab(office: Office) -> LogTab:
    """What was written, by whom, on which machine; ethnicity and religion stay hidden."""
    wording = office.wording

    def told(event: Event, found: Operations) -> tuple[str, Sequence[str]]:
        kind = f"record.{event.kind}"
        what = office.say(kind) if wording.knows(kind) else event.kind
        value = wording.written(event.field, str(veiled(shown(event.field, event.value)))[:_LONGEST])
        value = _with_names(value, found.persons) if event.field == LINK else value
        who, machine = found.names.get(event.author, event.author), f"{event.device}.{event.incarnation}"
        record = _with_names(event.record, found.persons)
        named = f"{what} – {wording.field_called(event.field)}"
        return event.id, (moment_told(event.at), who, machine, named, record, value)

    def ask(wanted: Wanted) -> Shown:
        found = read_operations(office.home, wanted)
        return Shown([told(event, found) for event in reversed(found.lines)], found.more, found.names)

    kinds = [(str(kind), office.say(f"record.{kind}")) for kind in RecordKind]
    return LogTab(office, "ui.log.tab.work", ("at", "who", "machine", "what", "of", "value"), kinds, ask)


def _with_names(text: str, persons: Mapping[str, str]) -> str:
    """The names of the people whose ids stand in a text, before it."""
    names = dict.fromkeys(persons[id] for id in spoken_of(text) if persons.get(id))
    return f"{', '.join(names)} ({text})" if names else text
