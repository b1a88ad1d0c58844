"""What the desk's keys say of the doubt in hand: each becomes one act in the worker's queue, or a further question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from fieldtool.ports import Home
from fieldtool.records.doubts import Standing
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.persons import DoubtKind
from fieldtool.records.sensitive import HIDDEN
from fieldtool.ui import desk_asks
from fieldtool.ui.desk_acts import Act, DeskActs, Ticket
from fieldtool.ui.desk_line import Line
from fieldtool.ui.desk_notes import DeskNotes
from fieldtool.ui.desk_panels import Choice
from fieldtool.ui.desk_prints import DeskPrints
from fieldtool.ui.desk_view import DeskView
from fieldtool.ui.office import Office
from fieldtool.ui.purpose import state
from fieldtool.usecases import join_persons, settle_conflict
from fieldtool.usecases.acts import LONGEST_NOTE
from fieldtool.usecases.decide_in_bulk import decide_in_bulk, undo_bulk
from fieldtool.usecases.put_aside import put_aside, reopen
from fieldtool.usecases.typed_value import check_typed

if TYPE_CHECKING:
    from fieldtool.ui.desk_page import DeskPage

_FINDINGS = (DoubtKind.NUMBER, DoubtKind.FAMILY)
_FIELDS = (DoubtKind.FIELD, DoubtKind.DIVIDED, DoubtKind.SPELLING, *_FINDINGS)


class DeskSays:
    """One method a key; nothing here draws."""

    def __init__(self, page: DeskPage, office: Office, acts: DeskActs) -> None:
        self._page, self._office, self._desk = page, office, acts
        self.prints = DeskPrints(page, office)
        self.notes = DeskNotes(page, office, acts)
        page.bulk.decided.connect(self.decide_bulk)

    def acts(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Key, words, act: the bar under the choices."""
        return [
            ("E", "ui.desk.bar.type", self.type_value),
            ("Y", "ui.desk.bar.why", self.notes.ask),
            ("S", "ui.desk.bar.split", self.split),
            ("M", "ui.desk.bar.merge", self.merge),
            ("L", "ui.desk.bar.park", self.park),
            ("G", "ui.desk.bar.paper", self.needs_paper),
            ("H", "ui.desk.bar.visit", self.ask_visit),
            ("K", "ui.desk.bar.accept", self.accept),
            ("F", "ui.desk.bar.print", self.prints.ask),
            ("B", "ui.desk.bar.bulk", self._page.show_bulk),
            ("R", "ui.desk.bar.law", self._page.show_law),
            ("T", "ui.desk.bar.purpose", self.ask_purpose),
        ]

    def usable(self, view: DeskView | None) -> set[str]:
        """The keys of the bar that say something of a doubt."""
        hidden = {"T"} if view and any(cell.text == HIDDEN for row in view.rows for cell in row.cells) else set()
        if view is None or view.doubt.standing:
            return {"B", "R"} if view is None else {"K", "F", "B", "R"} | hidden
        kind = view.doubt.kind
        own = kind is DoubtKind.SECOND and view.doubt.facts.get("author") == self._page.officer()
        may = {
            "E": not view.split and bool(view.doubt.field) and kind in _FIELDS,
            "S": kind in (DoubtKind.SECOND, DoubtKind.LINK) or (not view.split and len(view.papers) > 1),
            "M": not own and (not view.split or bool(view.doubt.people)),
            "K": kind in _FINDINGS,
            "T": bool(hidden),
        }
        return {key for key, _, _ in self.acts() if may.get(key, True)}

    def choices(self, view: DeskView) -> list[Choice]:
        """The buttons of a doubt."""
        say, kind = self._office.say, view.doubt.kind
        if view.doubt.standing:
            return [Choice(say("ui.desk.reopen"), self.accept)]
        if kind is DoubtKind.SECOND:
            own = view.doubt.facts.get("author") == self._page.officer()
            confirm = [] if own else [Choice(say("ui.desk.confirm"), self.merge)]
            return [*confirm, Choice(say("ui.desk.decline"), self.split)]
        if view.split:
            same = Choice(say("ui.desk.propose" if view.second else "ui.desk.same"), self.merge)
            other = ("ui.desk.shared", self.accept) if kind is DoubtKind.NUMBER else ("ui.desk.apart", self.split)
            return [same, Choice(say(other[0]), other[1])]
        answers = [
            Choice(answer.text, lambda number=number: self.choose(number), answer.advised)  # type: ignore[misc]
            for number, answer in enumerate(view.answers, start=1)
            if answer.text
        ]
        if kind in _FINDINGS:
            answers.append(Choice(say("ui.desk.accept"), self.accept))
            answers.append(Choice(say("ui.desk.visit"), self.ask_visit))
        if view.doubt.field and kind in _FIELDS:
            answers.append(Choice(say("ui.desk.type"), self.type_value))
        return answers

    def typing(self, key: str) -> Callable[[], None]:
        """What opens the line again that a key had opened."""
        return self._park_why if key == "L" else next(act for name, _, act in self.acts() if name == key)

    # fields

    def choose(self, number: int) -> None:
        """Take the answer of a digit."""
        view = self._open()
        if view is None or not 1 <= number <= len(view.answers) or not view.answers[number - 1].value:
            self._office.news.said.emit(self._office.say("ui.desk.digit_idle", key=number))
            return
        answer, doubt = view.answers[number - 1], view.doubt
        if doubt.kind is DoubtKind.RIVALS:
            why = self.notes.of(view)

            def place(home: Home, _progress: object) -> tuple[str, ...]:
                return (settle_conflict.settle_rivals(home, doubt.id, answer.value, why),)

            self._do(view, place, doubt.values, whole=True)  # the paper leaves one house and comes to another
            return
        self._decide(view, answer.value, (answer.document,) if answer.document else ())

    def type_value(self) -> None:
        """Ask for a value of the officer's own."""
        view = self._open()
        if view is None or view.split or not view.doubt.field or view.doubt.kind not in _FIELDS:
            return
        field = Field(view.doubt.field)
        name = self._office.say(f"field.{field}")
        title = self._office.say("ui.desk.choose", field=name)
        typed = partial(self._typed, view, field)
        self._page.type_into(Line("E", view.doubt.id, title, view.person.value(field), name, typed))

    def ask_purpose(self) -> None:
        """Ask what ethnicity is needed for; then it is shown."""
        view, say = self._page.view(), self._office.say
        if view is not None:
            persons = [view.person.id, *(view.doubt.people[:1] if view.split else ())]
            hint, id = say("ui.purpose.ask"), view.doubt.id

            def done() -> None:
                self._page.line.taken("T", id)
                self._page.leave_mode()

            self._page.type_into(Line("T", id, hint, "", hint, lambda text: state(self._office, persons, text, done)))

    def _typed(self, view: DeskView, field: Field, text: str) -> None:
        """Decide what was typed; what cannot be is told, and stands in its line to be mended."""
        known = view.person.fields.get(field)
        try:
            if known is None or text not in {value for value, _ in known.values}:
                check_typed(field, text, self._office.home.clock.now()[:10])
        except FieldtoolError as error:
            self._office.news.said.emit(" ".join(self._office.wording.error(error)))
            return
        self._decide(view, text, ())

    def _decide(self, view: DeskView, value: str, chosen: Sequence[str]) -> None:
        field, road, id = Field(view.doubt.field), view.road, view.person.id
        reason = road.code if road.value == value else ""
        form = road.form if view.doubt.kind is not DoubtKind.SPELLING else ""
        why = self.notes.of(view)

        def act(home: Home, _progress: object) -> tuple[str, ...]:
            return (
                settle_conflict.decide(
                    home, id, field, value, chosen=chosen, reason=reason, note=why, form=form, saw=list(view.saw)
                ),
            )

        self._do(view, act, form=form)

    # persons

    def merge(self) -> None:
        """M: the same person; of another doubt, ask with whom."""
        view = self._open()
        if view is None:
            return
        doubt, why = view.doubt, self.notes.of(view)
        if doubt.kind is DoubtKind.SECOND:
            if doubt.facts.get("author") != self._page.officer():
                self._do(view, lambda home, _: join_persons.confirm(home, doubt.id, why), doubt.people, whole=True)
        elif view.split and doubt.people:
            self._merge_with(view, doubt.people[0], view.second)
        elif not view.split:
            title, hint = self._office.say("ui.desk.merge_whom", name=doubt.name), self._office.say("ui.search.hint")
            self._page.type_into(Line("M", doubt.id, title, "", hint, partial(self._offer_merges, view)))

    def _offer_merges(self, view: DeskView, text: str) -> None:
        self._page.line.taken("M", view.doubt.id)
        choices = desk_asks.found(self._office, text, view, lambda id: self._preview_merge(view, id))
        title = self._office.say("ui.desk.merge_whom" if choices else "ui.desk.merge_none", name=view.doubt.name)
        self._page.ask(title, choices)

    def _preview_merge(self, view: DeskView, other: str) -> None:
        lines, second = desk_asks.merge_lines(self._office, view, other)
        code = "ui.desk.propose_now" if second else "ui.desk.merge_now"
        choice = Choice(self._office.say(code), lambda: self._merge_with(view, other, second), True)
        self._page.ask(self._office.say("ui.desk.merge_title"), [choice], lines)

    def _merge_with(self, view: DeskView, other: str, second: bool) -> None:
        doubt, into, why = view.doubt, view.person.id, self.notes.of(view)

        def act(home: Home, _progress: object) -> tuple[str, ...]:
            if doubt.kind is DoubtKind.LINK:
                a, _, b = doubt.id.partition("|")
            else:
                found = [home.people.person(id) for id in (into, other)]
                a, b = (person.documents[0].id if person else "" for person in found)
            if second:
                return (join_persons.propose(home, a, b, why),)
            return join_persons.verdict(home, a, b, "same", note=why)

        self._do(view, act, (other,), also=self._house_of(other))

    def split(self) -> None:
        """S: not the same person; of another doubt, ask which paper is another's."""
        view = self._open()
        if view is None:
            return
        doubt, why = view.doubt, self.notes.of(view)
        if doubt.kind is DoubtKind.SECOND:
            self._do(view, lambda home, _: (join_persons.decline(home, doubt.id, why),), doubt.people)
        elif doubt.kind is DoubtKind.LINK:
            a, _, b = doubt.id.partition("|")
            self._do(view, lambda home, _: settle_conflict.verdict(home, a, b, "apart", note=why), doubt.people)
        elif not view.split and len(view.papers) > 1:
            choices = desk_asks.splitting(self._office, view, lambda id: self._preview_split(view, [id]))
            self._page.ask(self._office.say("ui.desk.split_which"), choices)

    def _preview_split(self, view: DeskView, documents: Sequence[str]) -> None:
        """What would follow; further papers may go along, while one stays."""
        lines, why = desk_asks.split_lines(self._office, view, documents), self.notes.of(view)

        def go() -> None:
            self._do(view, lambda home, _: join_persons.split(home, view.person.id, documents, why), whole=True)

        more = desk_asks.going_along(
            self._office, view, documents, lambda id: self._preview_split(view, [*documents, id])
        )
        now = Choice(self._office.say("ui.desk.split_now"), go, True)
        self._page.ask(self._office.say("ui.desk.split_title"), [now, *more], lines)

    # without settling

    def park(self) -> None:
        """L: put aside."""
        view = self._open()
        if view is None:
            return
        today = self._office.home.clock.now()[:10]
        choices = desk_asks.parking(
            self._office, today, lambda s, until: self._aside(view, s, until=until), self._park_why
        )
        self._page.ask(self._office.say("ui.desk.park.title"), choices)

    def _park_why(self) -> None:
        """Ask why a doubt is put aside."""
        view = self._open()
        if view is not None:
            hint, why = self._office.say("ui.desk.park.why"), self.notes.of(view)

            def typed(text: str) -> None:
                self._aside(view, Standing.PARKED, note=text)

            self._page.type_into(Line("L", view.doubt.id, hint, why, hint, typed, most=LONGEST_NOTE))

    def needs_paper(self) -> None:
        """G: a paper is missing."""
        view = self._open()
        if view is not None:
            choices = desk_asks.papers(self._office, lambda paper: self._aside(view, Standing.PAPER, paper=paper))
            self._page.ask(self._office.say("ui.desk.paper_which"), choices)

    def ask_visit(self) -> None:
        """H: to be asked at the door."""
        view = self._open()
        if view is not None:
            self._aside(view, Standing.VISIT)

    def accept(self) -> None:
        """K: right as it stands; of a doubt that was put aside, open it again."""
        view = self._page.view()
        if view is None:
            return
        id = view.doubt.id
        if view.doubt.standing:
            self._do(view, lambda home, _: reopen(home, id))
        elif view.doubt.kind in _FINDINGS:
            self._aside(view, Standing.ACCEPTED)

    def _aside(self, view: DeskView, standing: Standing, *, until: str = "", note: str = "", paper: str = "") -> None:
        id, words = view.doubt.id, note or self.notes.of(view)
        self._do(view, lambda home, _: put_aside(home, [id], standing, until=until, note=words, paper=paper))

    # many, and paper

    def decide_bulk(self, reason: str, ids: Sequence[str]) -> None:
        """Decide the ticked doubts of a reason at once."""
        village = self._page.wanted().village
        said = self._office.say("ui.desk.bulk.done", count=len(ids))

        def act(home: Home, progress: object) -> tuple[str, ...]:
            done = decide_in_bulk(home, reason, village=village, only=set(ids), progress=progress)  # type: ignore[arg-type]
            return (done.act,)

        self._desk.act(Ticket((), (), "", said, whole=True), act, undo_bulk)
        self._page.go_on()

    # one way for all

    def _open(self) -> DeskView | None:
        """The view in hand while it may be acted on."""
        view = self._page.view()
        return view if view is not None and not view.doubt.standing else None

    def _do(
        self,
        view: DeskView,
        act: Act,
        others: Sequence[str] = (),
        *,
        form: str = "",
        also: str = "",
        whole: bool = False,
    ) -> None:
        doubt = view.doubt
        said = self._office.say("ui.desk.done", name=doubt.name)
        persons = tuple(dict.fromkeys((view.person.id, *doubt.people, *others)))
        apart = bool(also) and also != doubt.household
        ticket = Ticket((doubt,), persons, doubt.household, said, form, whole=whole or apart)
        self.prints.offer(ticket)
        self._desk.act(ticket, act)
        self._page.go_on()

    def _house_of(self, person: str) -> str:
        found = self._office.people.person(person)
        return found.household if found else ""
