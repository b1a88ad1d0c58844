"""A small world for the proofs of reference/sync.md C8: headquarters and five laptops that decide apart, lose sticks,
crash, are restored, cloned, revoked; every step is one act of an officer over real homes, sealed files and all.

The judge knows only events: what was ever written, what each bundle carried, and the pure `live`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from attacks import Attacks
from exchange_homes import card, enrol, new_home
from machines import FIELDS, LAPTOPS, OFFICE, PEOPLE, VILLAGES, Machine, Violation, machine_at, open_again

from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.exchange import BundleState
from fieldtool.usecases.carry_bundle import carry_bundles, prune_files
from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_root import renew_headquarters
from fieldtool.usecases.keep_trust import hand_over, revoke_device, take_list_file
from fieldtool.usecases.receive_bundle import receive_bundle


class World(Attacks):
    """Runs random acts and judges after each; a Violation names the invariant and the act."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, Random(seed))
        self.steps: dict[str, int] = {}
        self._not_for: set[tuple[str, Path]] = (
            set()
        )  # what a machine cannot open is not handed to it again when all meet
        self._roots, self._root = Random(-seed), ""  # the other acts fall as they fell before the root could go
        for number, name in enumerate((OFFICE, *LAPTOPS), start=1):
            unit = "ct" if name == OFFICE else f"x{number}"
            store, home = new_home(folder / name, card(name, unit, headquarters=name == OFFICE), number)
            if name != OFFICE:
                enrol(home, self.office.home, folder / "enrol")
            store.close()
            self.machines[name] = machine_at(name, unit, folder / name)

    def close(self) -> None:
        """Close every home."""
        for machine in self.machines.values():
            machine.store.close()

    def step(self) -> str:
        """One random act, judged; its name."""
        acts: list[tuple[int, Callable[[], None]]] = [
            (30, self.decide), (12, self.export_up), (10, self.export_down), (24, self.deliver), (6, self.friday),
            (5, self.deliver_bad), (2, self.deliver_forged), (2, self.deliver_usurped), (5, self.crash),
            (3, self.restart), (4, self.turn_clock), (3, self.prune), (3, self.lose_stick), (3, self.keep_image),
            (2, self.restore), (1, self.clone), (1, self.revoke), (2, self.give_village), (3, self.relay),
        ]  # fmt: skip
        act = self.random.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        if self._roots.random() < 0.03:
            act = self.turn_root
        self.steps[act.__name__] = self.steps.get(act.__name__, 0) + 1
        try:
            act()
            for machine in self.machines.values():
                self.judge(machine)
        except Violation as wrong:
            raise Violation(f"{wrong} after {act.__name__}") from wrong
        return act.__name__

    def append(self, machine: Machine, draft: Draft) -> str:
        """Write one operation here and note it; "" when the home is a restored copy that may not write."""
        try:
            (id,) = machine.home.log.append([draft])
        except FieldtoolError as error:
            if error.code is not ErrorCode.HOME_BEHIND:
                raise
            self.renew(machine)
            return ""
        self._note(machine, id)
        return id

    def _note(self, machine: Machine, id: str) -> None:
        event = machine.home.log.event(id)
        if event is None or id in self.written:
            raise Violation(f"I9: {id} was given twice or is not there")
        self.written[id] = machine.own[id] = event

    def decide(self) -> None:
        """An officer decides a field, having seen what stands."""
        machine, random = self.any_machine(), self.random
        person, name = random.choice(PEOPLE), random.choice(FIELDS)
        seen = machine.home.log.register(RecordKind.PERSON, person, name)
        value = f"{machine.name}-{random.randrange(1000)}" if random.random() < 0.9 else ""
        village = random.choice(("", *VILLAGES))
        self.append(machine, Draft(RecordKind.PERSON, person, name, value, tuple(e.id for e in seen), village=village))

    def export_up(self) -> None:
        """A laptop writes for headquarters."""
        self._export(self.any_machine(laptop=True), "ct")

    def export_down(self) -> None:
        """Headquarters writes for a laptop's unit."""
        self._export(self.office, self.any_machine(laptop=True).unit)

    def _export(self, machine: Machine, unit: str) -> Path | None:
        events = {event.id for event in machine.home.log.events()}
        try:
            made = export_bundle(machine.home, unit, self.folder / "stick" / machine.name)
        except FieldtoolError as error:
            if error.code in (ErrorCode.NOTHING_TO_EXPORT, ErrorCode.UNKNOWN_UNIT, ErrorCode.UNIT_CUT_OFF):
                self._note_new(machine, events)
                return None
            if error.code is ErrorCode.HOME_BEHIND:
                self.renew(machine)
                return None
            raise
        self._note_new(machine, events)
        if made.events:
            for note in machine.home.shelf.bundles():
                if note.state is BundleState.MADE and note.id not in self.carried:
                    self.carried[note.id] = set(machine.home.depot.contained(note.id))
        self._exported(machine, unit)
        self.files += [file for file in (*made.files, *made.resent) if file not in self.files]
        return made.file

    def _note_new(self, machine: Machine, before: set[str]) -> None:
        """Receipts and trust lists that the export wrote of itself."""
        for event in machine.home.log.events():
            if event.id not in before and event.id not in self.written:
                self._note(machine, event.id)

    def _exported(self, machine: Machine, unit: str) -> None:
        """I13: after an export each of a laptop's own operations is in a bundle, arrived or still kept here."""
        if machine.name == OFFICE:
            return
        covered: set[str] = set()
        for note in machine.home.shelf.bundles():
            if note.state is BundleState.MADE and note.receiver == unit or note.state is BundleState.APPLIED:
                covered |= set(machine.home.depot.contained(note.id))
        left = {id for id, event in machine.own.items() if event.device == machine.home.card.device} - covered
        if left:
            raise Violation(f"I13: {len(left)} own operations of {machine.name} are in no bundle")

    def deliver(self) -> None:
        """Any file to any machine, as often as one likes."""
        if self.files:
            self._receive(self.any_machine(), self.random.choice(self.files))

    def _receive(self, machine: Machine, file: Path) -> None:
        if not file.exists():
            return
        before = self.picture(machine)
        (outcome,) = receive_bundle(machine.home, [file])
        if outcome.error is not None:
            if self.picture(machine) != before:
                raise Violation("I4: a refused bundle changed something")
            if outcome.error.code is ErrorCode.BUNDLE_NOT_OURS:
                self._not_for.add((machine.name, file))
            return
        if outcome.already_known and self.picture(machine) != before:
            raise Violation("I5: a known bundle changed something")
        if outcome.state is BundleState.WAITING and not outcome.missing_parents:
            raise Violation("I10: it waits and nothing is missing")

    def friday(self) -> None:
        """A laptop's stick goes to headquarters and comes back the same day."""
        machine = self.any_machine(laptop=True)
        for giver, taker in ((machine, self.office), (self.office, machine)):
            file = self._export(giver, taker.unit)
            if file is not None:
                self._receive(taker, file)

    def crash(self) -> None:
        """The program dies while it takes a bundle in: all of it is there afterwards, or nothing."""
        if not self.files:
            return
        machine, file = self.any_machine(), self.random.choice(self.files)
        left = self.random.randrange(4)
        before = self.picture(machine)

        def dying(done: int, total: int, stage: str) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Cancelled

        died = False
        try:
            receive_bundle(machine.home, [file], progress=dying)
        except Cancelled:
            died = True
        machine.store.close()
        open_again(machine)
        if died and self.picture(machine) != before:
            raise Violation("I11: half a bundle was taken")

    def restart(self) -> None:
        """The program is ended and started."""
        machine = self.any_machine()
        before = self.picture(machine)
        machine.store.close()
        open_again(machine)
        if self.picture(machine) != before:
            raise Violation("I11: a restart changed something")

    def turn_clock(self) -> None:
        """Somebody sets the clock; what is shown does not move."""
        machine = self.any_machine()
        before = self.registers(machine)
        machine.clock.year = self.random.randrange(1996, 2126)
        if self.registers(machine) != before:
            raise Violation("I6: the view follows the clock")

    def prune(self) -> None:
        """Copies that have a receipt are forgotten; the view stays, and what comes again is known."""
        machine = self.any_machine()
        before = self.registers(machine), {note.id for note in machine.home.shelf.bundles()}
        prune_files(machine.home)
        if (self.registers(machine), {note.id for note in machine.home.shelf.bundles()}) != before:
            raise Violation("I7: pruning changed the view")

    def lose_stick(self) -> None:
        """A stick is lost with all that lay on it and was not delivered."""
        if self.files:
            self.files.remove(self.random.choice(self.files))

    def keep_image(self) -> None:
        """Somebody copies a home to a disk."""
        machine = self.any_machine(laptop=True)
        machine.store.close()
        image = machine.folder / f"image{len(machine.images)}.db"
        shutil.copyfile(machine.folder / "home.db", image)
        machine.images.append((image, dict(machine.own)))
        open_again(machine)

    def restore(self) -> None:
        """An old copy is put back in place of the home, without anybody saying so."""
        machine = self.any_machine(laptop=True)
        if not machine.images:
            return
        image, own = self.random.choice(machine.images)
        machine.store.close()
        for ending in ("-wal", "-shm"):
            (machine.folder / f"home.db{ending}").unlink(missing_ok=True)
        shutil.copyfile(image, machine.folder / "home.db")
        machine.own = dict(own)
        open_again(machine)

    def clone(self) -> None:
        """A laptop's disk is copied to another laptop, and both go on."""
        machine = self.any_machine(laptop=True)
        if len(self.machines) > len(LAPTOPS) + 2:
            return
        machine.copies += 1
        folder = self.folder / f"{machine.name}-copy{machine.copies}"
        folder.mkdir()
        machine.store.close()
        shutil.copyfile(machine.folder / "home.db", folder / "home.db")
        open_again(machine)
        twin = machine_at(folder.name, machine.unit, folder)
        twin.own = dict(machine.own)
        self.machines[twin.name] = twin

    def renew(self, machine: Machine) -> None:
        """Headquarters gives a restored copy new keys and its next incarnation."""
        office = self.office
        before = {event.id for event in office.home.log.events()}
        asked = request_enrolment(machine.home, self.folder / "renew", renew=True)
        try:
            answer = accept_enrolment(office.home, asked.file, self.folder / "renew")
        except FieldtoolError as error:
            if error.code is not ErrorCode.BAD_REQUEST_FILE:  # a twin has that incarnation already
                raise
            return
        finish_enrolment(machine.home, answer.file)
        self._note_new(office, before)
        machine.store.close()
        open_again(machine)

    def revoke(self) -> None:
        """Headquarters cuts a machine off."""
        if self.cut:
            return
        machine = self.any_machine(laptop=True)
        office = self.office
        before = {event.id for event in office.home.log.events()}
        revoke_device(office.home, machine.home.card.device)
        self._note_new(office, before)
        self.before_cut = {event.id for event in office.home.log.events()}
        for cutoff in office.home.trust.cutoffs():
            self.cut[cutoff.device, cutoff.incarnation] = cutoff.seq

    def turn_root(self) -> None:
        """The root's key is put into the safe, brought back, or gives headquarters new keys."""
        office = self.office
        kept = office.home.settings.get("keys.root")
        if not kept or self._roots.random() < 0.5:
            office.home.settings.put("keys.root", "" if kept else self._root)
            self._root = kept
            return
        before = {event.id for event in office.home.log.events()}
        renew_headquarters(office.home, self.folder / "lists")
        self._note_new(office, before)
        office.store.close()
        open_again(office)
        self._hand_list_out()

    def _hand_list_out(self) -> None:
        """Every machine takes headquarters' list in, from a file."""
        for machine in self.machines.values():
            take_list_file(machine.home, self.office.home.trust.list_text())

    def give_village(self) -> None:
        """Headquarters gives a village to a machine."""
        village, machine = self.random.choice(VILLAGES), self.any_machine(laptop=True)
        self._note(self.office, hand_over(self.office.home, village, machine.home.card.device))

    def relay(self) -> None:
        """A courier takes somebody's sealed file along and writes it out with his own."""
        if not self.files:
            return
        file = self.random.choice(self.files)
        if file.exists():
            carry_bundles(self.any_machine().home, [file])

    def meet(self) -> None:
        """I1, I8 and I10: everybody hands everything to headquarters and back; then all hold the same."""
        self._hand_list_out()  # one that was put back to an old image knows no newer keys of headquarters
        for _ in range(3):
            for machine in [m for m in self.machines.values() if m.name != OFFICE]:
                self._export(machine, "ct")
            self._take_all(self.office)
            for unit in {m.unit for m in self.machines.values()} - {"ct"}:
                self._export(self.office, unit)
            for machine in list(self.machines.values()):
                self._take_all(machine)
        self.judge_all()

    def _take_all(self, machine: Machine) -> None:
        for _ in range(2):
            for file in list(self.files):
                if (machine.name, file) not in self._not_for:
                    self._receive(machine, file)
