"""The judge of the world: invariants I1 to I13 of reference/sync.md C8, from events, bundles and the pure `live`."""

from __future__ import annotations

from pathlib import Path

from machines import FIELDS, OFFICE, PEOPLE, Machine, Violation

from fieldtool.records.events import Event, RecordKind, live
from fieldtool.records.exchange import BundleState
from fieldtool.usecases.watch_makers import makers

_OWN_KINDS = (RecordKind.RECEIPT, RecordKind.TRUST)  # what headquarters says of itself


class Judge:
    """Knows what was ever written, what each bundle carried, and what was cut off."""

    def __init__(self) -> None:
        self.machines: dict[str, Machine] = {}
        self.written: dict[str, Event] = {}
        self.carried: dict[str, set[str]] = {}  # bundle → events
        self.files: list[Path] = []
        self.cut: dict[tuple[str, int], int] = {}
        self.before_cut: set[str] = set()

    @property
    def office(self) -> Machine:
        """Headquarters."""
        return self.machines[OFFICE]

    def picture(self, machine: Machine) -> tuple[object, ...]:
        """All that a bundle may change in a home."""
        home = machine.home
        return (
            sorted(event.hash for event in home.log.events()),
            sorted((note.id, note.state) for note in home.shelf.bundles()),
            sorted((item.event.id, item.state) for item in home.depot.quarantined()),
            self.registers(machine),
        )

    def registers(self, machine: Machine) -> dict[tuple[str, str], list[str]]:
        """What stands of every field that the world decides."""
        log = machine.home.log
        return {
            (person, name): sorted(event.id for event in log.register(RecordKind.PERSON, person, name))
            for person in PEOPLE
            for name in FIELDS
        }

    def judge(self, machine: Machine) -> None:
        """I2, I3, I8 to I10 and I12 for one machine."""
        home = machine.home
        held = {event.id: event for event in home.log.events()}
        aside = {item.event.id for item in home.depot.quarantined()}
        for id, event in held.items():
            if self.written.get(id) != event:
                raise Violation(f"I2: {machine.name} holds {id}, which nobody wrote so")
        for id in machine.own:
            if id not in held:
                raise Violation(f"I2: {machine.name} lost {id}")
        allowed = set(machine.own)
        notes = home.shelf.bundles()
        settled = {note.id for note in notes if note.state is not BundleState.WAITING}
        for note in notes:
            if note.state is BundleState.WAITING:
                if not set(note.parents) - settled:
                    raise Violation("I10: a bundle waits and nothing is missing")
                continue
            if set(note.parents) - settled:
                raise Violation("I10: a bundle was applied though a parent is missing")
            events = self.carried.get(note.id, set())
            allowed |= events
            if events - set(held) - aside:
                raise Violation(f"I2: {machine.name} lost part of an applied bundle")
        if set(held) - allowed:
            raise Violation(f"I4: {machine.name} holds what no applied bundle brought")
        for (person, name), ids in self.registers(machine).items():
            mine = [
                event for event in held.values() if (event.kind, event.record, event.field) == ("person", person, name)
            ]
            if sorted(event.id for event in live(mine)) != ids:
                raise Violation(f"I3: {machine.name} shows {person}/{name} wrongly")
        if machine.name == OFFICE:
            self._judge_office(held)

    def _judge_office(self, held: dict[str, Event]) -> None:
        for id, event in held.items():
            seq = self.cut.get((event.device, event.incarnation))
            if seq is not None and event.seq > seq and id not in self.before_cut:
                raise Violation(f"I12: {id} of a revoked machine is visible")
        numbers: dict[tuple[str, int, int], set[str]] = {}
        for note in self.office.home.shelf.bundles():
            numbers.setdefault((note.device, note.incarnation, note.number), set()).add(note.id)
        forked = {(device, inc) for (device, inc, _), ids in numbers.items() if len(ids) > 1 and device != OFFICE}
        told = {(maker.device, maker.incarnation) for maker in makers(self.office.home) if maker.fork}
        if forked - told:
            raise Violation("I8: a fork is not told")

    def judge_all(self) -> None:
        """I1, I8 and I10 once everybody has handed on everything: all hold the same."""
        office = {e.id for e in self.office.home.log.events() if e.kind not in _OWN_KINDS}
        forks = {(maker.device, maker.incarnation) for maker in makers(self.office.home) if maker.fork}
        for machine in self.machines.values():
            self.judge(machine)
            if machine.store.check().complaints:
                raise Violation(f"I1: {machine.name} is not what a rebuild gives: {machine.store.check().complaints}")
            if machine.name == OFFICE or self._gone(machine):
                continue
            if any(note.state is BundleState.WAITING for note in machine.home.shelf.bundles()):
                raise Violation(f"I10: {machine.name} waits for ever")
            held = {event.id for event in machine.home.log.events()}
            told = {(maker.device, maker.incarnation) for maker in makers(machine.home) if maker.fork}
            if {item for item in forks if item[0] != machine.home.card.device} - told:
                raise Violation(f"I8: {machine.name} does not know of a fork")
            aside = {item.event.id for item in machine.home.depot.quarantined()}
            if office - held - aside:
                raise Violation(f"I1: {machine.name} lacks {len(office - held - aside)} of headquarters'")
            away = {item.event.id for item in self.office.home.depot.quarantined()}
            left = {id for id in machine.own if id in held} - office - away
            left = {id for id in left if machine.own[id].kind not in _OWN_KINDS}
            if left:
                raise Violation(f"I1: headquarters lacks {len(left)} of {machine.name}'s")

    def _gone(self, machine: Machine) -> bool:
        """Machines of which no convergence is asked: revoked ones, copies of a disk, and what a copy was made of."""
        device = machine.home.card.device
        twins = [m for m in self.machines.values() if m.home.card.device == device]
        return len(twins) > 1 or any(cut == device for cut, _ in self.cut) or bool(machine.images)
