"""One run of the command line: global options, opening the home, printing outcomes, progress and errors."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from functools import update_wrapper
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError
from fieldtool.records.sensitive import SENSITIVE, shown, veiled, veiled_texts
from fieldtool.wording.catalogue import Wording

if TYPE_CHECKING:  # the doors bring the use cases with them, which `link` has no need to load
    from fieldtool.cli.doors import Doors, Opened
    from fieldtool.records.events import Event
    from fieldtool.usecases.join_persons import Consequence


def secret_of(file: Path) -> str:
    """What a file with one secret holds, without the end of its line; NO_FILE."""
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as trouble:
        raise FieldtoolError(ErrorCode.NO_FILE, values={"file": file.name, "detail": str(trouble)}) from trouble


class Session:
    """The global options of a run and what follows from them."""

    def __init__(self, doors: Callable[[], Doors], wording: Wording) -> None:
        self._doors = doors
        self.wording = wording
        self.folder = Path()
        self.as_json = False
        self.quiet = False
        self.debug = False
        self.passphrase_file: Path | None = None
        self.token_pin_file: Path | None = None
        self.purpose = ""  # why ethnicity and religion are shown; "" hides them
        self._stop = False

    @property
    def doors(self) -> Doors:
        """What app.py gives, brought in when a command first wants it: not every command needs the whole program."""
        doors = self._doors()
        doors.ask_token_pin(self.token_pin)
        return doors

    def token_pin(self, label: str) -> str:
        """The PIN of a token of this label from --token-pin-file or, at a terminal, a prompt; "" for none."""
        if self.token_pin_file is not None:
            return secret_of(self.token_pin_file)
        if not sys.stdin.isatty():
            return ""
        asked: str = click.prompt(
            self.wording.say("cli.token_pin", token=label), hide_input=True, default="", show_default=False, err=True
        )
        return asked

    def passphrase(self, *, confirm: bool = False) -> str:
        """The passphrase from --passphrase-file, FIELDTOOL_PASSPHRASE or, at a terminal, a prompt."""
        if self.passphrase_file is not None:
            return secret_of(self.passphrase_file)
        given = os.environ.get("FIELDTOOL_PASSPHRASE", "")
        if given:
            return given
        if not sys.stdin.isatty():
            raise FieldtoolError(ErrorCode.NO_PASSPHRASE)
        asked: str = click.prompt(
            self.wording.say("cli.passphrase"), hide_input=True, confirmation_prompt=confirm, err=True
        )
        return asked

    @property
    def asks(self) -> bool:
        """Whether a person sits at a terminal and can be asked."""
        return sys.stdin.isatty() and sys.stderr.isatty() and not self.quiet

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """The home, open for this command."""
        with self.doors.open(self.folder, self.passphrase()) as opened:
            if self.purpose:
                self._state_purpose(opened)
            yield opened

    def _state_purpose(self, opened: Opened) -> None:
        from fieldtool.usecases.state_purpose import state_purpose  # with the use cases, like the doors

        context = click.get_current_context()
        given = [item for item in context.params.values() if isinstance(item, str) and item]
        state_purpose(opened.home, " ".join((context.info_name or "", *given)), self.purpose)

    def shown(self, field: str, text: str) -> str:
        """A field's text for people: a sensitive one is hidden unless a purpose was stated."""
        return text if self.purpose else shown(field, text)

    def say(self, code: str, /, **values: object) -> None:
        """A line for a person: on stdout, or with --json on stderr; not at all with --quiet."""
        if not self.quiet:
            click.echo(self.wording.say(code, **values), err=self.as_json)

    def line(self, text: str) -> None:
        """A line of an outcome that is no sentence (a name, a table row), as `say`."""
        if not self.quiet:
            click.echo(text, err=self.as_json)

    def tell_hidden(self, fields: Iterable[str]) -> None:
        """How to see what was hidden, where one of these fields was."""
        if not self.purpose and any(name in SENSITIVE for name in fields):
            self.say("cli.hidden")

    def tell_none(self, found: Sized) -> None:
        """That a list is empty, where it is: silence looks like a fault."""
        if not found:
            self.say("cli.nothing")

    def consequence(self, item: Consequence) -> None:
        """What would follow from an act on persons, as a line."""
        values = item.values if self.purpose else veiled_texts(item.values)
        self.line("   " + self.wording.consequence(item.code, values))

    def written(self, event: Event) -> str:
        """What an operation writes, in one text for people."""
        whole = self.purpose or event.field not in SENSITIVE
        return str(veiled(event.value, SENSITIVE if self.purpose else ())) if whole else shown(event.field, event.value)

    def result(self, value: object, *, needed: Collection[str] = ()) -> None:
        """The one JSON document of a run; nothing without --json. Sensitive fields are hidden unless a purpose was
        stated or the command itself decides them (`needed`)."""
        if self.as_json:
            told = veiled(plain(value), SENSITIVE if self.purpose else needed)
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))

    def progress(self) -> Callable[[int, int, str], None]:
        """A Progress on stderr at most five times a second; Ctrl+C cancels between two steps."""
        signal.signal(signal.SIGINT, self._stopped)
        show = not self.quiet and sys.stderr.isatty()
        last = 0.0

        def step(done: int, total: int, stage: str) -> None:
            nonlocal last
            if self._stop:
                raise Cancelled
            now = time.monotonic()
            if not show or now - last < 0.2:
                return
            last = now
            share = f"{done:,} / {total:,}" if total else f"{done:,}"
            click.echo(f"\r\x1b[K{self.wording.say(f'stage.{stage}')}  {share}", nl=False, err=True)

        return step

    def _stopped(self, number: int, frame: FrameType | None) -> None:
        self._stop = True

    def fail(self, error: FieldtoolError) -> NoReturn:
        """Tell of an error and leave with exit code 1."""
        message, hint = self.wording.error(error)
        if self.as_json:
            place = dataclasses.asdict(error.place)
            body = {"code": str(error.code), "message": message, "hint": hint, "place": place}
            click.echo(json.dumps({"error": body}, ensure_ascii=False, indent=2))
        click.echo(f"{message} [{error.code}]\n{hint}", err=True)
        sys.exit(1)


def plain(value: object) -> Any:
    """A value as JSON can hold it: dataclasses by their fields, paths and enums as text, tuples as lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    return value


def command(function: Callable[..., None]) -> Callable[..., None]:
    """A command that takes the session first; errors of the family become a message and exit code 1."""

    @click.pass_obj
    def run(session: Session, *args: Any, **values: Any) -> None:
        if session.debug:
            function(session, *args, **values)
            return
        try:
            function(session, *args, **values)
        except FieldtoolError as error:
            session.fail(error)

    return update_wrapper(run, function)


def _stated(context: click.Context, _option: click.Parameter, purpose: str) -> None:
    context.find_object(Session).purpose = purpose.strip()  # type: ignore[union-attr]


# For commands that show persons or papers: why ethnicity and religion are needed. The journal keeps it.
purposed = click.option(
    "--purpose",
    default="",
    metavar="TEXT",
    expose_value=False,
    callback=_stated,
    help="Mục đích cần xem dân tộc, tôn giáo (ghi nhật ký) / why ethnicity and religion are needed; logged",
)
