"""The officer's own words to a doubt: typed with Y before the act, shown beside the question, kept with the act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldtool.ui.desk_acts import DeskActs, Ticket
from fieldtool.ui.desk_view import DeskView
from fieldtool.ui.office import Office
from fieldtool.usecases.acts import LONGEST_NOTE

if TYPE_CHECKING:
    from fieldtool.ui.desk_page import DeskPage


class DeskNotes:
    """Words wait by their doubt until an act on it is written; a refused act leaves them standing."""

    def __init__(self, page: DeskPage, office: Office, acts: DeskActs) -> None:
        self._page, self._office = page, office
        self._words: dict[str, str] = {}
        acts.settled.connect(self._written)

    def of(self, view: DeskView) -> str:
        """What the next act on a doubt will carry."""
        return self._words.get(view.doubt.id, "")

    def told(self, view: DeskView) -> str:
        """The same for the screen, "" when nothing was typed."""
        words = self.of(view)
        return self._office.say("ui.desk.why_kept", note=words) if words else ""

    def ask(self) -> None:
        """Y: type why; an empty line takes the words away again."""
        view = self._page.view()
        if view is not None and not view.doubt.standing:
            hint, id = self._office.say("ui.desk.why_own"), view.doubt.id
            self._page.type_into(hint, self.of(view), hint, lambda text: self._keep(id, text), empty=True)
            self._page.limit_line(LONGEST_NOTE)

    def _keep(self, id: str, text: str) -> None:
        self._words[id] = text
        self._page.leave_mode()

    def _written(self, ticket: Ticket) -> None:
        for doubt in ticket.doubts:
            self._words.pop(doubt.id, None)
