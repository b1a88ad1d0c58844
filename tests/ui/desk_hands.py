"""An officer's hands at the desk: acts of every kind by keys alone, each judged in the log and in the tables.

The judge knows nothing of how the desk writes: it compares what was on the screen with the registers after the act.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldtool.conflicts.queue import counts
from fieldtool.ports import Home, People
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.events import LINK, PROPOSAL, STANDING, VERDICT, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import DoubtKind
from fieldtool.ui.desk_page import DeskPage
from fieldtool.ui.desk_view import DeskView
from fieldtool.usecases.put_aside import PAPERS

FIELDS = (DoubtKind.FIELD, DoubtKind.DIVIDED, DoubtKind.SPELLING)
FINDINGS = (DoubtKind.NUMBER, DoubtKind.FAMILY)
PAIRS = (DoubtKind.LINK, DoubtKind.SECOND)
_MOVES = (*PAIRS, DoubtKind.RIVALS)  # what moves papers comes alone: acts behind it on the same person are refused
_TYPED = {Field.NAME: "Lô Thị Mơ Xuân", Field.DOB: "17/04/1971", Field.SEX: "Nữ", Field.ETHNICITY: "Thái"}
_WORDS = "trưởng bản và mẹ đều nói vậy"


class Wrong(AssertionError):
    """An act wrote something else than what was on the screen."""


@dataclass(slots=True)
class Done:
    """One act: what it was, the keys pressed, and what must hold once it is written."""

    name: str
    keys: int
    holds: Callable[[], bool]


class Hands:
    """Works through the queue; `seed` chooses among the acts that a doubt allows."""

    def __init__(self, desk: DeskPage, home: Home, people: People, seed: int) -> None:
        self._desk, self._home, self._people = desk, home, people
        self._chance = random.Random(seed)
        self.acts: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.keys = 0
        self._refused: list[str] = []
        self._taken_back = 0
        desk._acts.undone.connect(lambda _ticket: self._count_undone())
        desk._office.news.failed.connect(lambda error: self._refused.append(self._words_of(error)))

    def _count_undone(self) -> None:
        self._taken_back += 1

    def _words_of(self, error: object) -> str:
        return self._desk._office.wording.error(error)[0] if isinstance(error, FieldtoolError) else repr(error)

    def work(self, acts: int, wait: Callable[[Callable[[], bool]], None], burst: int = 3) -> None:
        """So many acts, in bursts without waiting between; each is judged when its burst is written."""
        while acts > 0 and self._desk.view() is not None:
            done = []
            for _ in range(min(burst, acts)):
                view = self._desk.view()
                if view is None or (done and view.doubt.kind in _MOVES):
                    break
                done.append(self._one(view))
                if view.doubt.kind in _MOVES or done[-1].name.startswith("split"):
                    break
            wait(lambda: not self._desk._waiting)
            for item in done:
                if not item.holds():
                    now = self._home.people.person(item.name.split(" ")[1].partition(":")[0])
                    raise Wrong(item.name, self._refused, now)
                self.acts[item.name.partition(" ")[0]] += 1
                self.keys += item.keys
            acts -= len(done)
            self._counted(done)
            if done and self._chance.random() < 0.1:
                self._undo(wait)

    def _counted(self, done: list[Done]) -> None:
        """The desk's queue is mended line by line; it must be what reading it anew would give."""
        lines = self._desk._lines
        passing = [doubt for doubt in lines._all if lines.wanted.keeps(doubt, lines.actors)]
        fresh = counts(passing, lines.actors)
        if lines.lines != passing or {name: dict(found) for name, found in lines.counts.items()} != fresh:
            raise Wrong("counts", lines.counts, fresh)
        if lines.total != sum(not doubt.standing for doubt in lines._all):
            raise Wrong("total", lines.total)
        known, seen = {doubt.id for doubt in self._people.doubts(limit=100_000)}, {doubt.id for doubt in lines._all}
        if known != seen:
            raise Wrong("lines", [item.name for item in done], "not seen", known - seen, "seen and gone", seen - known)

    def _press(self, *keys: Qt.Key) -> int:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self._desk, key)
        return len(keys)

    def _compose(self, text: str) -> int:
        """Type as an input method does, and finish with Enter."""
        line = self._desk._choices.line
        line.selectAll()
        for letter in text:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(line, event)
        return len(text) + self._press(Qt.Key.Key_Return)

    def _one(self, view: DeskView) -> Done:
        self.kinds[str(view.doubt.kind)] += 1
        choices: list[Callable[[DeskView], Done]] = [self._park, self._visit, self._paper]
        kind = view.doubt.kind
        if kind in FIELDS:
            choices = [*[self._choose] * 10, self._type, self._with_words, self._split, *choices]
        elif kind is DoubtKind.RIVALS:
            choices = [*[self._give] * 4, *choices]
        elif kind in PAIRS or view.split:
            choices = [*[self._apart] * 4, self._same, self._same, *choices]
        elif kind in FINDINGS:
            choices = [*[self._accept] * 4, *choices]
        return self._chance.choice(choices)(view)

    def _decided(self, view: DeskView, value: str, note: str = "") -> Callable[[], bool]:
        person, field = view.person.id, view.doubt.field

        def holds() -> bool:
            events = self._home.log.register(RecordKind.PERSON, person, field)
            seen = self._people.person(person)
            return (
                [event.value for event in events] == [value]
                and str(json.loads(events[0].basis).get("note", "")) == note
                and seen is not None
                and seen.value(Field(field)) == value
                and self._people.doubt(view.doubt.id) is None
            )

        return holds

    def _choose(self, view: DeskView) -> Done:
        digits = [number for number, answer in enumerate(view.answers, start=1) if answer.value and number < 10]
        if not digits:
            return self._visit(view)
        number = self._chance.choice(digits)
        value = view.answers[number - 1].value
        keys = self._press(Qt.Key(Qt.Key.Key_0 + number))
        return Done(f"digit {view.doubt.id} {value}", keys, self._decided(view, value))

    def _type(self, view: DeskView) -> Done:
        value = _TYPED.get(Field(view.doubt.field))
        if value is None:
            return self._choose(view)
        keys = self._press(Qt.Key.Key_E) + self._compose(value)
        return Done(f"typed {view.doubt.id}", keys, self._decided(view, value))

    def _with_words(self, view: DeskView) -> Done:
        first = next((n for n, answer in enumerate(view.answers, start=1) if answer.value), 0)
        if not first:
            return self._visit(view)
        keys = self._press(Qt.Key.Key_Y) + self._compose(_WORDS)
        keys += self._press(Qt.Key(Qt.Key.Key_0 + first))
        return Done(f"words {view.doubt.id}", keys, self._decided(view, view.answers[first - 1].value, _WORDS))

    def _split(self, view: DeskView) -> Done:
        """S, the paper's digit, what follows is shown, Enter."""
        if len(view.papers) < 2:
            return self._visit(view)
        number = self._chance.randint(1, min(len(view.papers), 9))
        paper = view.papers[number - 1].id
        others = [item.id for item in view.papers if item.id != paper]

        def holds() -> bool:
            links = self._people.links()
            return (
                links[paper][0] not in {links[other][0] for other in others}
                and len({links[other][0] for other in others}) == 1
            )

        keys = self._press(Qt.Key.Key_S, Qt.Key(Qt.Key.Key_0 + number), Qt.Key.Key_Return)
        return Done(f"split {view.person.id}", keys, holds)

    def _standing(self, view: DeskView, standing: str, **told: str) -> Callable[[], bool]:
        def holds() -> bool:
            events = self._home.log.register(RecordKind.DOUBT, view.doubt.id, STANDING)
            if [event.value for event in events] != [standing]:
                return False
            basis = json.loads(events[0].basis)
            return all(basis.get(name) == value for name, value in told.items())

        return holds

    def _park(self, view: DeskView) -> Done:
        keys = self._press(Qt.Key.Key_L, Qt.Key.Key_4) + self._compose(_WORDS)
        return Done(f"parked {view.doubt.id}", keys, self._standing(view, "parked", note=_WORDS))

    def _visit(self, view: DeskView) -> Done:
        return Done(f"visit {view.doubt.id}", self._press(Qt.Key.Key_H), self._standing(view, "visit"))

    def _paper(self, view: DeskView) -> Done:
        number = self._chance.randint(1, len(PAPERS))
        keys = self._press(Qt.Key.Key_G, Qt.Key(Qt.Key.Key_0 + number % 10))
        return Done(f"paper {view.doubt.id}", keys, self._standing(view, "paper", paper=PAPERS[number - 1]))

    def _accept(self, view: DeskView) -> Done:
        return Done(f"accepted {view.doubt.id}", self._press(Qt.Key.Key_K), self._standing(view, "accepted"))

    def _give(self, view: DeskView) -> Done:
        person = view.answers[0].value
        paper = view.doubt.id

        def holds() -> bool:
            return [e.value for e in self._home.log.register(RecordKind.DOCUMENT, paper, LINK)] == [person]

        return Done(f"given {paper}", self._press(Qt.Key.Key_1), holds)

    def _pair(self, pair: str, field: str, says: str) -> Callable[[], bool]:
        return lambda: [e.value for e in self._home.log.register(RecordKind.PAIR, pair, field) if e.value] == [says]

    def _apart(self, view: DeskView) -> Done:
        if view.doubt.kind is DoubtKind.LINK:
            a, b = sorted(view.doubt.id.split("|"))
            return Done(f"apart {view.doubt.id}", self._press(Qt.Key.Key_S), self._pair(f"{a}|{b}", VERDICT, "apart"))
        return self._visit(view)

    def _same(self, view: DeskView) -> Done:
        if view.doubt.kind is not DoubtKind.LINK:
            return self._visit(view)
        a, b = sorted(view.doubt.id.split("|"))
        keys = self._press(Qt.Key.Key_M)
        if view.second:
            return Done(f"proposed {view.doubt.id}", keys, self._pair(f"{a}|{b}", PROPOSAL, "same"))

        def holds() -> bool:
            links = self._people.links()
            return links[a][0] == links[b][0] and self._pair(f"{a}|{b}", VERDICT, "same")()

        return Done(f"merged {view.doubt.id}", keys, holds)

    def _undo(self, wait: Callable[[Callable[[], bool]], None]) -> None:
        """U takes back the last act whole: its doubt is in the queue again, unsaid."""
        if not self._desk._acts.done:
            return
        ticket = self._desk._acts.done[-1]
        before, refused = self._taken_back, len(self._refused)
        self.keys += self._press(Qt.Key.Key_U)
        wait(lambda: self._taken_back > before or len(self._refused) > refused)
        wait(lambda: not self._desk._waiting)
        doubt = self._people.doubt(ticket.doubts[0].id)
        if doubt is None or doubt.standing:
            raise Wrong(f"undone {ticket.doubts[0].id}", self._refused[refused:])
        self.acts["undone"] += 1
