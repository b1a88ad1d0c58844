"""Homes as a whole, the only place where ports meet adapters: made, opened, kept safe, brought back and destroyed."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool import __version__
from fieldtool.cli.doors import Setup
from fieldtool.excel.bundle_books import ExcelBundles
from fieldtool.late_outputs import LateOutputs
from fieldtool.machine.clock import SystemClock
from fieldtool.machine.crash_reports import CrashReports
from fieldtool.machine.facts import machine_facts
from fieldtool.machine.home_lock import home_lock
from fieldtool.machine.installing import ProgramInstaller
from fieldtool.machine.machine_secrets import machine_secrets
from fieldtool.machine.paths import crash_folder
from fieldtool.machine.porch import FolderPorch
from fieldtool.machine.randomness import SystemIds
from fieldtool.machine.sticks import FolderSticks
from fieldtool.ports import FieldWork, Home, People, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.events import CONTENT, LINK, STATE, SUMMARY, VERDICT
from fieldtool.records.exchange import HomeCard
from fieldtool.records.fields import Field
from fieldtool.records.places import gazetteer
from fieldtool.records.roles import Power
from fieldtool.records.safekeeping import CheckResult, Rehearsed
from fieldtool.records.vietnamese import fold
from fieldtool.store.backup import BACKUPS, renew_slots
from fieldtool.store.connection import trouble
from fieldtool.store.migrations import newest
from fieldtool.store.opening import Store, open_store
from fieldtool.store.restoring import rehearse_store, restore_store
from fieldtool.trust import binding, recovery, tokens, unlocking
from fieldtool.trust.keys import HomeKeys
from fieldtool.trust.trust_list import HomeTrust
from fieldtool.usecases.apply_update import Upkeep
from fieldtool.usecases.authority import require
from fieldtool.usecases.enrol_device import same_words
from fieldtool.usecases.from_stick import plain_file
from fieldtool.usecases.refused_files import sweep_porch
from fieldtool.usecases.seen_people import seen_people
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.verify_update import Here
from fieldtool.usecases.write_diagnostics import write_diagnostics
from fieldtool.wording.catalogue import Language, Wording

DATABASE = "home.db"
_CARD = "home.card"


@dataclass(frozen=True, slots=True)
class OpenHome:
    """An open home: its ports, and the store behind them."""

    folder: Path
    store: Store
    home: Home
    key: bytes = field(repr=False, default=b"")

    def reader(self) -> People:
        """The read side on a connection of its own, for the window's thread."""
        return seen_people(self.home, self.store.reader())

    def work_reader(self) -> FieldWork:
        """The read side of field work on a connection of its own, for the window's thread."""
        return seen_work(self.home, self.store.work_reader())

    def outputs(self) -> LateOutputs:
        """Printed forms and report templates."""
        return LateOutputs()

    def check(self, progress: Progress = no_progress) -> CheckResult:
        """Prove pages, chains, and that projections equal a rebuild."""
        report = self.store.check(progress)
        return CheckResult(dict(report.figures), tuple(report.complaints))

    def backup(self, target: Path, progress: Progress = no_progress) -> Path:
        """Write a sealed copy of the home that `restore` reads, on any machine."""
        return self.store.backup(target, binding.portable(self.folder, self.key), progress)

    def rehearse(self, source: Path, passphrase: str, progress: Progress = no_progress) -> Rehearsed:
        """Bring a backup back beside this home for trial, prove it and remove it again."""
        return rehearse_store(source, self.folder, _unlocking(passphrase), progress)

    def upkeep(self, program: Path | None = None) -> Upkeep:
        """What this home lets its program do to itself; a setup is staged beside the home, never run off the stick."""
        staging = self.folder.with_name(self.folder.name + ".update")
        return Upkeep(
            Here(__version__, "windows" if sys.platform == "win32" else "linux", newest()),
            self.back_up_before,
            ProgramInstaller(staging, program),
            lambda target: diagnose(self.folder, target, self.home),
        )

    def back_up_before(self, name: str) -> Path:
        """A sealed copy among the home's own backups, under a name that is free."""
        folder = self.folder / BACKUPS
        folder.mkdir(exist_ok=True)
        target, copy = folder / f"{name}.fieldtool-backup", 1
        while target.exists():
            copy += 1
            target = folder / f"{name}-{copy}.fieldtool-backup"
        return self.store.backup(target)

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the data key anew; the data stays as it is."""
        unlocking.change_passphrase(self.folder, old, new, machine=machine_secrets())

    def add_officer(self, officer: str, passphrase: str) -> None:
        """Give an officer a passphrase of his own; NOT_ALLOWED."""
        require(self.home, Power.OFFICERS)
        unlocking.add_slot(self.folder, self.key, officer, passphrase, machine=machine_secrets())
        self.home.log.note("slot.added", officer)

    def remove_officer(self, officer: str) -> bool:
        """Take an officer's passphrase away, but never the last; NOT_ALLOWED."""
        require(self.home, Power.OFFICERS)
        done = unlocking.remove_slot(self.folder, officer)
        self.home.log.note("slot.removed", f"{officer} {done}")
        return done

    def officers(self) -> list[str]:
        """Whose passphrases open this home."""
        return unlocking.officers(self.folder)

    def destroy(self, passphrase: str) -> None:
        """Destroy every way in, once a passphrase proves who asks: whoever finds the machine open must not be able to
        destroy the work on it. WRONG_PASSPHRASE."""
        unlocking.unlock(self.folder, passphrase, machine=machine_secrets())
        panic(self.folder)

    def bound(self) -> bool:
        """Whether this home opens on this machine alone."""
        return binding.is_bound(self.folder)

    def recoverable(self) -> bool:
        """Whether headquarters could let a locked-out officer in again."""
        return unlocking.has_recovery(self.folder)

    def bind_machine(self, on: bool, backup: Path | None = None) -> bool:
        """Bind the home to this machine's secret, or loosen it; False when it is so already. NOT_ALLOWED; NO_WAY_BACK
        without headquarters' recovery, unless a backup is written first: a lost secret must lock nobody out."""
        require(self.home, Power.OFFICERS)
        if on == self.bound():
            renew_slots(self.folder)  # a kill in between left the backups inside the home as they were
            return False
        if backup is not None:
            self.backup(backup)
        elif on and not self.recoverable():
            raise FieldtoolError(ErrorCode.NO_WAY_BACK)
        done = (binding.bind if on else binding.loosen)(self.folder, self.key, machine_secrets())
        renew_slots(self.folder)
        self.home.log.note("slots.bound" if on else "slots.loosened", "")
        return done

    def recovery_words(self, file: Path) -> tuple[str, ...]:
        """The six words of a request, to be compared before it is answered; BAD_REQUEST_FILE."""
        return recovery.words_of(self._request(file))

    def _request(self, file: Path) -> str:
        return plain_file(self.home, file, 1_000_000).decode("utf-8", errors="replace")

    def answer_recovery(
        self, file: Path, folder: Path, found: bool = False, compared: Sequence[str] = ()
    ) -> tuple[Path, str, tuple[str, ...]]:
        """Headquarters' answer to an officer who forgot his passphrase: the file, the machine, the six words.
        WORDS_DIFFER when `compared` are not its words, as when the stick was changed; without it a script answers for
        the comparison. DEVICE_REVOKED for a machine that was lost, unless it was `found` again: a thief asks so."""
        require(self.home, Power.TRUST)
        if not self.home.card.headquarters:
            raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
        text = self._request(file)
        if compared:
            same_words(" ".join(compared), recovery.words_of(text))
        answer, device = recovery.answer(HomeKeys(self.store.settings, self.home.card), text)
        if not found and any(cut.device == device for cut in self.home.trust.cutoffs()):
            self.home.log.note("recovery.refused", device)
            raise FieldtoolError(ErrorCode.DEVICE_REVOKED, values={"device": device})
        self.home.log.note("recovery.answered", device)
        name = file.stem + ".tra-loi-khoi-phuc"
        return self.home.sticks.write_proved(folder, name, answer.encode("utf-8")), device, recovery.words_of(text)


def create_home(folder: Path, passphrase: str, setup: Setup) -> None:
    """Make an encrypted home: slots, store, device keys, first officer, unit. HOME_EXISTS if there is one."""
    if (folder / DATABASE).exists() or (folder / unlocking.SLOTS).exists():
        raise FieldtoolError(ErrorCode.HOME_EXISTS, values={"folder": str(folder)})
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise FieldtoolError(ErrorCode.NOT_WRITABLE, values={"detail": str(trouble)}) from trouble
    card = _new_card(setup, SystemIds().nonce())
    with home_lock(folder):
        try:
            _fill_home(folder, passphrase, setup, card)
        except BaseException:
            for name in (unlocking.SLOTS, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
                (folder / name).unlink(missing_ok=True)  # a token without its PIN, a full disk: no half a home is left
            raise


def _fill_home(folder: Path, passphrase: str, setup: Setup, card: HomeCard) -> None:
    key = unlocking.create_slots(folder, passphrase)
    store = open_store(folder / DATABASE, key, clock=SystemClock(), ids=SystemIds(), create=True)
    try:
        store.settings.put(_CARD, card.to_text())
        token = tokens.Token(*setup.token) if any(setup.token) else None
        HomeKeys.create(store.settings, card, setup.suite, token)
    finally:
        store.close()


def _new_card(setup: Setup, nonce: str) -> HomeCard:
    commune = gazetteer().name_of(setup.commune) or setup.commune
    role = "ct" if setup.headquarters else "x"
    slug = re.sub(r"[^a-z0-9]+", "-", fold(setup.unit)).strip("-") if setup.unit else ""
    unit = f"{role}{setup.commune}" + (f"-{slug}" if slug else "")
    return HomeCard(
        device=f"m{nonce[:8]}",
        incarnation=1,
        unit=unit,
        unit_name=setup.unit or f"Công an {commune}",
        commune=setup.commune,
        officer=f"cb-{nonce[8:14]}",
        officer_name=setup.officer,
        headquarters=setup.headquarters,
    )


@contextmanager
def open_home(folder: Path, passphrase: str) -> Iterator[OpenHome]:
    """Open a home for this process alone; NO_HOME, HOME_IN_USE or WRONG_PASSPHRASE otherwise."""
    if not (folder / DATABASE).exists():
        raise FieldtoolError(ErrorCode.NO_HOME, values={"folder": str(folder)})
    with home_lock(folder):
        key = unlocking.unlock(folder, passphrase, machine=machine_secrets())
        store = _open_unlocked(folder, key)
        try:
            home = assemble(store)
            sweep_porch(home)
            if not home.card.headquarters:
                cut = {(item.device, item.incarnation) for item in home.trust.cutoffs()}
                believed = [card for card in home.keys.trusted() if (card.device, card.incarnation) not in cut]
                recovery.seal_recovery(folder, key, home.card.device, believed)
            with trouble(folder / DATABASE):  # a damaged page that only a later reading meets
                yield OpenHome(folder, store, home, key)
        finally:
            store.close()


def _open_unlocked(folder: Path, key: bytes) -> Store:
    """Open the store with a key that the slots have already proved: if it does not fit, the file is damaged."""
    try:
        return open_store(folder / DATABASE, key, clock=SystemClock(), ids=SystemIds())
    except FieldtoolError as error:
        if error.code is not ErrorCode.WRONG_PASSPHRASE:
            raise
        place = Place(file=DATABASE)
        raise FieldtoolError(ErrorCode.HOME_DAMAGED, place=place, values={"detail": DATABASE}) from error


def assemble(store: Store) -> Home:
    """The ports of an open store."""
    card = HomeCard.from_text(store.settings.get(_CARD))
    return Home(
        card=card,
        log=store.log,
        people=store.people,
        shelf=store.shelf,
        depot=store.depot,
        settings=store.settings,
        reports=store.reports,
        keys=HomeKeys(store.settings, card),
        trust=HomeTrust(store.settings),
        sticks=FolderSticks(own=store.folder),
        books=ExcelBundles(_field_labels()),
        clock=SystemClock(),
        ids=SystemIds(),
        work=store.work,
        drafts=store.drafts,
        porch=FolderPorch(store.folder),
    )


def _field_labels() -> dict[str, str]:
    """What a bundle calls the fields for its reader: always in Vietnamese, since the sheet is signed."""
    wording = Wording(Language.VIETNAMESE)
    labels = {str(field): wording.say(f"field.{field}") for field in Field}
    registers = (CONTENT, LINK, VERDICT, SUMMARY, STATE)
    return labels | {name: wording.say(f"register.{name}") for name in registers}


def ask_recovery(folder: Path, target: Path) -> tuple[Path, tuple[str, ...]]:
    """Write a request for recovery of a home whose passphrase was forgotten; the file and its six words."""
    text, words = recovery.ask(folder)
    return FolderSticks().write_proved(target, "-".join(words[:2]) + ".khoi-phuc", text.encode("utf-8")), words


def finish_recovery(folder: Path, file: Path, passphrase: str) -> None:
    """Take in headquarters' answer and set a new passphrase."""
    text = FolderSticks().read(file, 1_000_000).decode("utf-8", errors="replace")
    recovery.finish(folder, text, passphrase)
    renew_slots(folder)


def panic(folder: Path) -> None:
    """Destroy every way into a home, and the machine's secret if it was bound to one."""
    binding.forget(folder, machine_secrets())
    unlocking.destroy_slots(folder)


def restore_home(
    source: Path, folder: Path, passphrase: str, aside: bool = False, progress: Progress = no_progress
) -> Path | None:
    """Bring a backup back into an empty folder, after proving that it opens. HOME_EXISTS where a home lies there,
    unless it is to be set `aside`: then it keeps all it holds under another name beside it, which is returned."""
    if not (folder / DATABASE).exists():
        restore_store(source, folder, _unlocking(passphrase), progress)
        return None
    if not aside:
        raise FieldtoolError(ErrorCode.HOME_EXISTS, values={"folder": str(folder)})
    fresh, copy = folder.with_name(folder.name + ".restored"), 1
    shutil.rmtree(fresh, ignore_errors=True)  # what a power cut left of an earlier try; the backup is where it was
    restore_store(source, fresh, _unlocking(passphrase), progress)
    while (old := folder.with_name(f"{folder.name}.before-restore-{copy}")).exists():
        copy += 1
    try:
        with home_lock(folder):  # nobody works in it
            pass
        folder.rename(old)
        fresh.rename(folder)
    except OSError as trouble:
        raise FieldtoolError(
            ErrorCode.NOT_WRITABLE, values={"folder": str(folder), "detail": str(trouble)}
        ) from trouble
    return old


def _unlocking(passphrase: str) -> Callable[[Path], bytes]:
    """How the slots of a folder give the data key to a passphrase."""
    return lambda slots: unlocking.unlock(slots, passphrase, machine=machine_secrets())


def diagnose(folder: Path, target: Path, home: Home | None) -> Path:
    """Write the diagnostics file of a machine and, when it is open, of its home."""
    reports = CrashReports(crash_folder(), __version__).reports()
    return write_diagnostics(FolderSticks(), target, machine_facts(__version__, folder), reports, home)
