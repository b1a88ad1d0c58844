"""Printing from the desk: a form for the doubt in hand, for its household or its whole village, or after a decision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from fieldtool.ui import desk_asks
from fieldtool.ui.desk_acts import Ticket
from fieldtool.ui.desk_panels import Choice
from fieldtool.ui.office import Office
from fieldtool.usecases.print_form import Printed, Scope, print_form

if TYPE_CHECKING:
    from fieldtool.ui.desk_page import DeskPage


class DeskPrints:
    """F asks which form and for whom; F2 prints the form that follows from the last decision."""

    def __init__(self, page: DeskPage, office: Office) -> None:
        self._page, self._office = page, office
        self._offered: Ticket | None = None
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder = Path(documents or Path.home()) / "fieldtool"

    def ask(self) -> None:
        """F: which form for the doubt in hand; of a household or a village, asked further."""
        view = self._page.view()
        if view is None:
            return
        doubt, say = view.doubt, self._office.say
        wider = [("household", Scope(household=doubt.household))] if doubt.household else []
        wider += [("village", Scope(village=doubt.village))] if doubt.village else []
        choices = desk_asks.forms(self._office, view, lambda form: self.print(form, Scope(doubt=doubt.id)))
        for number, (code, scope) in enumerate(wider, start=len(choices) + 1):
            text = say(f"ui.desk.print_{code}", number=number)
            choices.append(Choice(text, lambda code=code, scope=scope: self._ask_wider(code, scope)))  # type: ignore[misc]
        self._page.ask(say("ui.desk.print_which"), choices)

    def _ask_wider(self, code: str, scope: Scope) -> None:
        view = self._page.view()
        if view is not None:
            choices = desk_asks.forms(self._office, view, lambda form: self.print(form, scope))
            self._page.ask(self._office.say(f"ui.desk.print_which_{code}"), choices)

    def offer(self, ticket: Ticket) -> None:
        """Offer the form that follows from an act; none follows from some."""
        self._offered = ticket if ticket.form else None
        self._page.offer.setVisible(bool(ticket.form))
        if ticket.form:
            say, name = self._office.say, ticket.doubts[0].name
            self._page.offer.setText(say("ui.desk.offer", form=say(f"form.{ticket.form}"), name=name))

    def withdraw(self, ticket: Ticket) -> None:
        """An act was refused or taken back: its form follows no more."""
        if ticket is self._offered:
            self._offered = None
            self._page.offer.hide()

    def print_offer(self) -> None:
        """F2: print the form that follows from the last decision."""
        ticket = self._offered
        if ticket is None or not ticket.persons:
            self._office.news.said.emit(self._office.say("ui.desk.no_offer"))
            return
        self.print(ticket.form, Scope(person=ticket.persons[0]))

    def print(self, form: str, scope: Scope) -> None:
        """Print on the worker, beside what was printed before, and say where."""
        home, folder, forms = self._office.home, self.folder, self._office.forms
        if forms is None:
            return
        whom = scope.doubt or scope.person or scope.household or scope.village
        name = f"{form}-{home.clock.now()[:10]}-{whom[:12].replace(':', '-')}.pdf"

        def printed(done: Printed) -> None:
            self._office.news.said.emit(self._office.say("ui.desk.printed", file=done.file, count=done.sheets))

        self._office.worker.submit(
            lambda progress: print_form(home, forms(), form, scope, folder / name, progress),
            printed,
            self._office.news.failed.emit,
        )
        self._page.leave_mode()
