"""The root command with its global options, without any command under it: main.py and link_alone.py add theirs."""

from __future__ import annotations

import errno
import importlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fieldtool import __version__
from fieldtool.cli.session import Session
from fieldtool.cli.usage import tell_usage
from fieldtool.machine.paths import default_home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.wording.catalogue import Language, Wording

if TYPE_CHECKING:  # the doors bring the use cases with them, which `link` has no need to load
    from fieldtool.cli.doors import Doors


class LateGroup(click.Group):
    """A group whose commands are loaded when they are asked for: one call needs one of them, and all together take
    longer to load than most commands to run."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.later: dict[str, list[str]] = {}  # a command's name → the modules whose COMMANDS make it

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Click's own: every command's name."""
        return sorted({*super().list_commands(ctx), *self.later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Click's own: the command of a name, None when there is none."""
        for module in self.later.pop(cmd_name, ()):
            for item in importlib.import_module(module).COMMANDS:
                self.add_command(item)
        return super().get_command(ctx, cmd_name)


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.option("--home", "folder", type=click.Path(path_type=Path), help="Thư mục dữ liệu mã hoá / the encrypted home")
@click.option("--json", "as_json", is_flag=True, help="Một tài liệu JSON ra stdout / one JSON document on stdout")
@click.option("--quiet", is_flag=True, help="Không thông báo / no messages")
@click.option("--debug", is_flag=True, help="Hiện dấu vết lỗi / show tracebacks")
@click.option("--passphrase-file", type=click.Path(path_type=Path), help="Tệp chứa cụm mật khẩu / passphrase file")
@click.option("--token-pin-file", type=click.Path(path_type=Path), help="Tệp chứa mã PIN của token / token's PIN file")
@click.option("--lang", type=click.Choice(["vi", "en"]), default=None, help="Ngôn ngữ / language")
@click.version_option(__version__)
@click.pass_context
def root(
    context: click.Context,
    folder: Path | None,
    as_json: bool,
    quiet: bool,
    debug: bool,
    passphrase_file: Path | None,
    token_pin_file: Path | None,
    lang: str | None,
) -> None:
    """fieldtool: giấy tờ mỗi nơi một khác, xác minh tại nhà dân / papers that disagree, settled at the door."""
    session: Session = context.obj
    if lang:
        session.wording = Wording(Language(lang))
    session.folder = folder or default_home()
    session.as_json, session.quiet, session.debug = as_json, quiet, debug
    session.passphrase_file, session.token_pin_file = passphrase_file, token_pin_file
    if context.invoked_subcommand is None:
        sys.exit(session.doors.window(session.folder, ""))


def answer(doors: Callable[[], Doors], arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console defaults to a code page without Vietnamese
            stream.reconfigure(encoding="utf-8", errors="replace")
    session = Session(doors, Wording())
    try:
        _answer(session, arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    return 0


def _answer(session: Session, arguments: list[str] | None) -> None:
    """Run the root command; whatever fails under it is told in words, never as a trace (but with --debug)."""
    try:
        ended = root.main(args=arguments, prog_name="fieldtool", obj=session, standalone_mode=False)
        sys.exit(ended if isinstance(ended, int) else 0)  # a number is what --help or --version ended with
    except click.UsageError as wrong:
        tell_usage(wrong, session.wording.say)
        sys.exit(wrong.exit_code)
    except click.ClickException as trouble:
        trouble.show()
        sys.exit(trouble.exit_code)
    except click.Abort:
        click.echo(session.wording.say("usage.stopped"), err=True)
        sys.exit(1)
    except Exception as trouble:  # the last door before the user
        if session.debug:
            raise
        session.fail(_in_words(trouble))


def _in_words(trouble: Exception) -> FieldtoolError:
    """A failing disk by its own code; anything else is a defect, told as one and without its trace."""
    if not isinstance(trouble, OSError):
        return FieldtoolError(ErrorCode.UNEXPECTED, values={"detail": f"{type(trouble).__name__}: {trouble}"})
    code = ErrorCode.DISK_FULL if trouble.errno == errno.ENOSPC else ErrorCode.READ_FAILED
    return FieldtoolError(code, values={"detail": trouble.strerror or str(trouble)})
