"""`self-test`: the program proves itself on this machine, in a folder of its own, on invented people only.

Run by the installer and after an update: open a home, import, match, decide, export, verify, receive, back up, restore,
and refuse a bundle with one changed byte; with --window also every page of the window. Exit code 0 or 1; one that gets
stuck says in which step and ends by itself, since an installer waits for it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from fieldtool.cli.session import Session, command
from fieldtool.cli.tour import PRACTICE_PASSPHRASE, whole_job
from fieldtool.machine.stuck import must_end
from fieldtool.ports import no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.tables import RESOURCES
from fieldtool.usecases.verify_bundle import verify_bundle
from fieldtool.wording.catalogue import Language, Wording

_PEOPLE = 200
_PATIENCE = 540.0  # seconds; below the ten minutes that an update waits for it
_SHIPPED = (
    "gazetteer/communes_new.csv",
    "fonts/BeVietnamPro-Regular.ttf",
    "icons/fieldtool.png",
    "../docs/guide.vi.md",
    "../docs/guide.en.md",
    "../LICENSE",
    "../THIRD_PARTY.md",
)


@click.command("self-test")
@click.option("--window", is_flag=True, help="Cả cửa sổ / the window as well")
@click.option("--folder", type=click.Path(path_type=Path), default=None, help="Nơi làm thử / where to work")
@click.option("--patience", type=float, default=_PATIENCE, help="Quá số giây này là kẹt / seconds until it is stuck")
@command
def self_test(session: Session, window: bool, folder: Path | None, patience: float) -> None:
    """Chương trình tự chứng minh trên máy này / the program proves itself on this machine."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="fieldtool-thử ", dir=folder, ignore_cleanup_errors=True) as name:
        place = Path(name)
        steps: list[tuple[str, Callable[[], object]]] = [
            ("shipped", _shipped),
            ("job", lambda: whole_job(session, place, _PEOPLE)),
            ("whole", lambda: _whole(session, place / "commune")),
            ("copy", lambda: _copied(session, place)),
            ("changed", lambda: _changed_is_refused(session, place)),
        ]
        if window:
            steps.append(("window", lambda: session.doors.try_window(place / "commune", PRACTICE_PASSPHRASE)))
        results: dict[str, object] = {}
        at = [steps[0][0]]
        with must_end(patience, lambda: _stuck(session, at[0], patience)):
            for step, act in steps:
                at[0] = step
                results[step] = act()
                session.say("selftest.ok", step=session.wording.say(f"selftest.{step}"))
    seconds = round(time.perf_counter() - started, 1)
    session.say("selftest.done", steps=len(steps), seconds=seconds)
    session.result({"passed": True, "seconds": seconds, **results})


def _failed(detail: str) -> FieldtoolError:
    return FieldtoolError(ErrorCode.SELF_TEST_FAILED, values={"detail": detail})


def _stuck(session: Session, step: str, seconds: float) -> None:
    """Said even with --quiet: it is why the exit code is 1."""
    text = session.wording.say("selftest.stuck", step=session.wording.say(f"selftest.{step}"), seconds=round(seconds))
    click.echo(text, err=True)


def _shipped() -> int:
    """What the program reads besides its code is there, and both languages speak."""
    missing = [name for name in _SHIPPED if not (RESOURCES / name).is_file()]
    if missing:
        raise _failed(", ".join(missing))
    for language in Language:
        Wording(language).say("selftest.shipped")
    return len(_SHIPPED)


def _whole(session: Session, folder: Path) -> Mapping[str, int]:
    with session.doors.open(folder, PRACTICE_PASSPHRASE) as opened:
        found = opened.check()
    if found.complaints:
        raise _failed(found.complaints[0])
    return found.figures


def _copied(session: Session, place: Path) -> bool:
    """A backup brings the same home back."""
    with session.doors.open(place / "commune", PRACTICE_PASSPHRASE) as opened:
        file = opened.backup(place / "kho.sao-luu")
        before = opened.home.people.counts()
    session.doors.restore(file, place / "restored", PRACTICE_PASSPHRASE, False, no_progress)
    with session.doors.open(place / "restored", PRACTICE_PASSPHRASE) as opened:
        if opened.home.people.counts() != before:
            raise _failed("restore")
    return True


def _changed_is_refused(session: Session, place: Path) -> str:
    """One changed byte of a bundle, and headquarters refuses it by name."""
    bundle = next(iter(sorted((place / "stick").glob("*.goi"))))
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 1
    changed = place / "sửa.goi"
    changed.write_bytes(content)
    with session.doors.open(place / "headquarters", PRACTICE_PASSPHRASE) as opened:
        try:
            verify_bundle(opened.home, changed)
        except FieldtoolError as refusal:
            return str(refusal.code)
    raise _failed("changed bundle believed")


COMMANDS = (self_test,)
