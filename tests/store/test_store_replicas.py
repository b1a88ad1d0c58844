"""Several homes that decide apart and exchange bundles in any order: reference/sync.md C8, on real stores.

The judge is the pure `live` over the union of all events that a home was ever given, with their ancestors.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from fake_home import FakeClock, FakeIds, card
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fieldtool.records.documents import Document, to_payload
from fieldtool.records.events import CONTENT, LINK, STATE, UNDONE, Draft, RecordKind, live
from fieldtool.records.exchange import BundleNote, BundleState
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.opening import open_store

HOMES = ("m01", "m02", "hq1")
homes = st.sampled_from(HOMES)
people = st.sampled_from(("p1", "p2"))
fields = st.sampled_from((Field.NAME, Field.SEX))
TEXTS = {Field.NAME: ("Lô Văn May", "Lò Văn Mây", "Vi Thị Xia"), Field.SEX: ("Nam", "Nữ")}
PAPERS = {
    f"d{n}": Document(
        f"d{n}", kind, {Field.NAME: TEXTS[Field.NAME][n % 3], Field.SEX: TEXTS[Field.SEX][n % 2]},
        village="17245-ban-xop", list_id=f"i{n % 2}", household="h1" if kind is DocumentKind.HOUSEHOLD else "",
    )
    for n, kind in enumerate((DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.HOUSEHOLD))
}  # fmt: skip


def shown(store):
    """All that a screen can show, whatever the order of arrival."""
    people = store.people
    return (
        [people.person(line.id) for line in people.persons()],
        people.persons(),
        people.households(),
        people.villages(),
        people.doubts(),
        list(people.documents()),
        people.links(),
        people.pair_verdicts(),
        people.search("van"),
        dict(people.counts()),
    )


class Replicas(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.stores, self.bundles, self.given = {}, [], {}
        for number, name in enumerate(HOMES):
            store = open_store(
                self.folder / f"{name}.db", b"k" * 32, clock=FakeClock(), ids=FakeIds(number), create=True
            )
            store.settings.put("home.card", card(name).to_text())
            self.stores[name] = store
            self.given[name] = {}  # every event this home must hold

    def teardown(self):
        for store in getattr(self, "stores", {}).values():
            store.close()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def _append(self, home, draft):
        (id,) = self.stores[home].log.append([draft])
        self.given[home][id] = self.stores[home].log.event(id)

    @rule(home=homes, paper=st.sampled_from(sorted(PAPERS)), imported=st.sampled_from(("i0", "i1")))
    def import_paper(self, home, paper, imported):
        draft = Draft(
            RecordKind.DOCUMENT, paper, CONTENT, to_payload(PAPERS[paper]), basis=f'{{"import":"{imported}"}}'
        )
        self._append(home, draft)

    @rule(home=homes, imported=st.sampled_from(("i0", "i1")), undone=st.booleans())
    def undo_or_redo(self, home, imported, undone):
        seen = tuple(e.id for e in self.stores[home].log.register(RecordKind.IMPORT, imported, STATE))
        self._append(home, Draft(RecordKind.IMPORT, imported, STATE, UNDONE if undone else "", seen))

    @rule(home=homes, paper=st.sampled_from(sorted(PAPERS)), person=people)
    def link(self, home, paper, person):
        seen = tuple(e.id for e in self.stores[home].log.register(RecordKind.DOCUMENT, paper, LINK))
        self._append(home, Draft(RecordKind.DOCUMENT, paper, LINK, person, seen, '{"band":"certain"}'))

    @rule(home=homes, person=people, field=fields, choice=st.integers(0, 2), withdraw=st.booleans())
    def decide(self, home, person, field, choice, withdraw):
        seen = tuple(e.id for e in self.stores[home].log.register(RecordKind.PERSON, person, field))
        value = "" if withdraw and seen else TEXTS[field][choice % len(TEXTS[field])]
        self._append(home, Draft(RecordKind.PERSON, person, field, value, seen, '{"seen":["Nam"]}'))

    @rule(home=homes, says=st.sampled_from(("same", "apart")))
    def verdict(self, home, says):
        self._append(home, Draft(RecordKind.PAIR, "d0|d1", "verdict", says))

    @rule(home=homes, to=homes)
    def export(self, home, to):
        if home == to:
            return
        shelf = self.stores[home].shelf
        events = list(shelf.outgoing("u-" + to))
        number = 1 + sum(note.device == home for note, _ in self.bundles)
        note = BundleNote(
            f"{home}-{number}", home, 1, number, "u-" + to, shelf.parents_for("u-" + to), BundleState.MADE, "",
            len(events), unit="u-" + home,
        )  # fmt: skip
        shelf.record_made(note, [e.id for e in events])
        self.bundles.append((note, events))

    @precondition(lambda self: self.bundles)
    @rule(data=st.data(), to=homes)
    def deliver(self, data, to):
        """Any bundle to any home, whoever it was for, as often as one likes; many are never delivered."""
        note, events = data.draw(st.sampled_from(self.bundles))
        self._join(to, note, events)

    def _join(self, to, note, events):
        shelf = self.stores[to].shelf
        before = {n.id: n.state for n in shelf.bundles()}
        was = shown(self.stores[to]) if note.id in before else None
        joined = shelf.join(note, events)
        if joined.state is BundleState.WAITING:
            assert joined.missing_parents
        elif before.get(note.id) in (BundleState.APPLIED, BundleState.MADE):
            assert joined.new_events == 0 and shown(self.stores[to]) == was
        applied = {n.id for n in shelf.bundles() if n.state is not BundleState.WAITING}
        for other, carried in self.bundles:
            if other.id in applied:
                self.given[to].update((e.id, e) for e in carried)
            elif other.id in {n.id for n in shelf.bundles()}:
                assert set(other.parents) - applied, "a bundle waits though nothing is missing"

    @invariant()
    def nothing_lost_and_nothing_hidden_unseen(self):
        for name, store in getattr(self, "stores", {}).items():
            held = {e.id: e for e in store.log.events()}
            assert held == self.given[name]
            registers = {(e.kind, e.record, e.field) for e in held.values()}
            for kind, record, field in registers:
                mine = [e for e in held.values() if (e.kind, e.record, e.field) == (kind, record, field)]
                assert store.log.register(kind, record, field) == live(mine)

    @precondition(lambda self: self.bundles)
    @rule()
    def meet(self):
        """All meet and hand each other all there is: they show the same, and it is what a rebuild gives."""
        for _ in HOMES:
            for home in HOMES:
                for to in HOMES:
                    self.export(home, to)
            for note, events in reversed(self.bundles):
                for to in HOMES:
                    if to != note.device:
                        self._join(to, note, events)
        views = [shown(store) for store in self.stores.values()]
        assert views[0] == views[1] == views[2]
        for store in self.stores.values():
            assert store.check().complaints == []


Replicas.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=18,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestReplicas = Replicas.TestCase
