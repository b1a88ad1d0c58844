"""The officer's own words to a doubt: typed with Y before the act, shown beside the question, kept with the act."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldtool.records.errors import FieldtoolError
from fieldtool.ui.desk_acts import DeskActs, Ticket
from fieldtool.ui.desk_line import Line
from fieldtool.ui.desk_view import DeskView
from fieldtool.ui.office import Office
from fieldtool.usecases.acts import LONGEST_NOTE

if TYPE_CHECKING:
    from fieldtool.ui.desk_page import DeskPage

_DRAFT = "desk.why."


class DeskNotes:
    """Words wait by their doubt until an act on it is written; a refused act, a lock or a power cut leaves them."""

    def __init__(self, page: DeskPage, office: Office, acts: DeskActs) -> None:
        self._page, self._office = page, office
        self._read: dict[str, str] | None = None
        acts.settled.connect(self._written)

    @property
    def _words(self) -> dict[str, str]:
        """Doubt → words, as the drafts keep them; read when first asked for."""
        if self._read is None:
            drafts = self._office.home.drafts
            self._read = {name.removeprefix(_DRAFT): drafts.kept(name) for name in drafts.names(_DRAFT)}
        return self._read

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
            keep = partial(self._keep, id)
            self._page.type_into(Line("Y", id, hint, self.of(view), hint, keep, empty=True, most=LONGEST_NOTE))

    def _keep(self, id: str, text: str) -> None:
        drafts = self._office.home.drafts
        try:
            if text:
                drafts.keep(_DRAFT + id, text)
            else:
                drafts.drop(_DRAFT + id)
        except FieldtoolError as error:  # a full disk: the words still stand on the screen
            self._office.news.failed.emit(error)
        self._words[id] = text
        self._page.line.taken("Y", id)
        self._page.leave_mode()

    def _written(self, ticket: Ticket) -> None:
        for doubt in ticket.doubts:
            if self._words.pop(doubt.id, ""):
                self._office.home.drafts.drop(_DRAFT + doubt.id)
