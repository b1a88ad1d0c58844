"""What is being typed at the desk, kept at every letter: a lock, a power cut or a refused act gives it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldtool.records.errors import FieldtoolError
from fieldtool.ui.desk_acts import DeskActs, Ticket
from fieldtool.ui.desk_panels import Choice, ChoiceCard
from fieldtool.ui.office import Office

if TYPE_CHECKING:
    from fieldtool.ui.desk_page import DeskPage

_DRAFT = "desk.line."
_OPEN = _DRAFT + "open"  # key and doubt of the line that stands open
LONGEST = 1000  # characters of a typed value or name


@dataclass(frozen=True, slots=True)
class Line:
    """What a line asks: `key` opens it again, `text` stands in it at first, `typed` takes what Enter hands over.
    `empty`: nothing typed is an answer too. `most`: characters it takes."""

    key: str
    doubt: str
    title: str
    text: str
    hint: str
    typed: Callable[[str], None]
    empty: bool = False
    most: int = LONGEST

    @property
    def draft(self) -> str:
        """The name of its draft."""
        return f"{_DRAFT}{self.key}.{self.doubt}"


class DeskLine:
    """The one line of the desk that is typed into. Escape gives up what stands in it; Enter hands it over and it stays
    kept until the act on its doubt is written; whatever else closes the line leaves it kept."""

    def __init__(self, page: DeskPage, office: Office, acts: DeskActs, card: ChoiceCard) -> None:
        self._page, self._office, self._card = page, office, card
        self._line: Line | None = None
        self._kept: dict[str, str] | None = None
        self._taken_up = False
        card.line.textChanged.connect(self._changed)
        card.line.left.connect(self._give_up)
        card.line.entered.connect(self._hand_over)
        acts.settled.connect(self._written)

    @property
    def _drafts(self) -> dict[str, str]:
        """Draft → text, read when first asked for."""
        if self._kept is None:
            drafts = self._office.home.drafts
            self._kept = {name: drafts.kept(name) for name in drafts.names(_DRAFT)}
        return self._kept

    def open(self, line: Line) -> None:
        """Ask for words in the page itself; what was typed there before stands in the line again."""
        say = self._office.say
        self._line = None  # what the program puts into the line is no typing
        done = Choice(say("ui.desk.enter"), self._hand_over)
        self._card.ask(line.title, [done, Choice(say("ui.desk.escape"), self._give_up)])
        self._card.type_into(self._drafts.get(line.draft, line.text), line.hint, line.most)
        self._line = line

    def close(self) -> None:
        """The line gives way to something else; what stands in it stays kept."""
        if self._line is not None:
            self._line = None
            self._drop(_OPEN)

    def told(self, doubt: str) -> str:
        """What was half typed to a doubt, with the key that takes it up again; "" when nothing was."""
        parts = [
            self._office.say("ui.desk.half_typed", text=text, key=key)
            for key in "EYLMT"
            if (text := self._drafts.get(f"{_DRAFT}{key}.{doubt}", ""))
        ]
        return " · ".join(parts)

    def take_up(self) -> bool:
        """Open the line again that stood open when the program ended or was locked; whether one stands open now. What
        was typed to a doubt that is in the queue no more is told, and forgotten."""
        left = "" if self._taken_up else self._drafts.get(_OPEN, "")
        self._taken_up = True
        key, _, doubt = left.partition(" ")
        if key and self._page.open_doubt(doubt):
            self._page.says.typing(key)()
        elif key:
            name = f"{_DRAFT}{key}.{doubt}"
            text = self._drafts.get(name, "")
            self._office.news.said.emit(self._office.say("ui.desk.half_typed_gone", text=text))
            self._drop(name)
            self._drop(_OPEN)
        return self._card.line.isVisible()

    def _changed(self, text: str) -> None:
        if self._line is not None:
            self._keep(_OPEN, f"{self._line.key} {self._line.doubt}")
            self._keep(self._line.draft, text)

    def _give_up(self) -> None:
        if self._line is not None:
            self._drop(self._line.draft)
        self._page.leave_mode()

    def _hand_over(self) -> None:
        line, text = self._line, self._card.line.text().strip()
        if line is None:
            return
        if text or line.empty:
            line.typed(text)
        else:
            self._office.news.said.emit(self._office.say("ui.desk.typed_nothing"))

    def taken(self, key: str, doubt: str) -> None:
        """What was typed is kept elsewhere now, or has done its work."""
        self._drop(f"{_DRAFT}{key}.{doubt}")

    def _written(self, ticket: Ticket) -> None:
        """Nothing half typed outlives the act on its doubt, but for a line that is open on it just now."""
        ids, open_now = {doubt.id for doubt in ticket.doubts}, self._line.draft if self._line else _OPEN
        for name in [name for name in self._drafts if name not in (_OPEN, open_now)]:
            if name.removeprefix(_DRAFT).partition(".")[2] in ids:
                self._drop(name)

    def _keep(self, name: str, text: str) -> None:
        if self._drafts.get(name) == text:
            return
        self._drafts[name] = text
        try:
            self._office.home.drafts.keep(name, text)
        except FieldtoolError as error:  # a full disk: the words still stand on the screen
            self._office.news.failed.emit(error)

    def _drop(self, name: str) -> None:
        if self._drafts.pop(name, None) is not None:
            self._office.home.drafts.drop(name)
