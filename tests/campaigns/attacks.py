"""What a stranger, or a laptop in wrong hands, tries: each is refused and changes nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

from judge import Judge
from machines import LAPTOPS, Machine, ShelfWithOneMore, Violation, machine_at, open_again

from fieldtool.bundles.envelope import framed, letter, opened_letter, unframed
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Event, event_hash
from fieldtool.records.exchange import BundleState
from fieldtool.usecases import export_bundle as export
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.receive_bundle import receive_bundle


class Attacks(Judge):
    """Files that nobody may take."""

    def __init__(self, folder: Path, random: Random) -> None:
        super().__init__()
        self.folder, self.random = folder, random

    def any_machine(self, *, laptop: bool = False) -> Machine:
        """Some machine."""
        names = [name for name in self.machines if not (laptop and name == "mhq")]
        return self.machines[self.random.choice(names)]

    def deliver_bad(self) -> None:
        """A file with a byte turned, cut, or with another's seal: refused, and nothing changes."""
        if not self.files:
            return
        file = self.random.choice(self.files)
        if not file.exists():
            return
        content = bytearray(file.read_bytes())
        place = self.random.randrange(len(content))
        if self.random.random() < 0.3:
            del content[place:]
        else:
            content[place] ^= self.random.randrange(1, 256)
        bad = self.folder / "bad.goi"
        bad.write_bytes(content)
        machine = self.any_machine()
        before = self.picture(machine)
        (outcome,) = receive_bundle(machine.home, [bad])
        if outcome.error is None:
            raise Violation("I4: an altered file was taken")
        if self.picture(machine) != before:
            raise Violation("I4: a bad bundle changed something")

    def deliver_forged(self) -> None:
        """A stranger who knows how bundles look seals one in a laptop's name, signed with another key."""
        if not self.files or not (file := self.random.choice(self.files)).exists():
            return
        try:
            opened = self.office.home.keys.unseal(unframed(file.read_bytes()))
        except FieldtoolError:
            return  # sealed to a laptop
        _, signed, _, workbook = opened_letter(opened)
        stranger = self.office.home.keys.sign("another-purpose", signed)
        forged = letter(signed, stranger, workbook)
        bad = self.folder / "forged.goi"
        bad.write_bytes(framed(self.office.home.keys.seal(forged, [self.office.home.keys.card()])))
        self._refused(bad, "I4: a forged bundle was taken")

    def deliver_usurped(self) -> None:
        """A laptop's copy in wrong hands writes an operation in another machine's name."""
        machine, other = self.random.sample([m for m in self.machines.values() if m.name in LAPTOPS], 2)
        folder = self.folder / "hands"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        machine.store.close()
        shutil.copyfile(machine.folder / "home.db", folder / "home.db")
        open_again(machine)
        wrong = machine_at("hands", machine.unit, folder)
        device = other.home.card.device
        event = Event(
            f"{device}.1:900:{self.random.getrandbits(64):016x}", device, 1, 900, "", "2026-05-05T05:05:05+07:00",
            "cb", 1, "person", "p1", "name", "giả", (), "", "", "", "",
        )  # fmt: skip
        event = event._replace(hash=event_hash(event))
        wrong.home = replace(wrong.home, shelf=ShelfWithOneMore(wrong.home.shelf, event))  # type: ignore[arg-type]
        kept, export.may_speak_for = export.may_speak_for, lambda *_: True
        try:
            file = export_bundle(wrong.home, "ct", folder).file
        except FieldtoolError as error:
            if error.code not in (ErrorCode.HOME_BEHIND, ErrorCode.UNKNOWN_UNIT, ErrorCode.UNIT_CUT_OFF):
                raise
            return
        finally:
            export.may_speak_for = kept
            wrong.store.close()
        self._refused(file, "I4: an operation in another's name was taken")

    def _refused(self, file: Path, told: str) -> None:
        before = self.picture(self.office)
        (outcome,) = receive_bundle(self.office.home, [file])
        if outcome.error is None and outcome.state is not BundleState.WAITING:
            raise Violation(told)
        if outcome.error is not None and self.picture(self.office) != before:
            raise Violation("I4: a bad bundle changed something")
