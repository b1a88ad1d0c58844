"""Wrong usage told in the officer's language: click says it in English alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

Say = Callable[..., str]
_NUMBER = (click.types.IntParamType, click.types.FloatParamType)
_QUOTED = re.compile(r"\((.*)\)\s*$")


def tell_usage(error: click.UsageError, say: Say) -> None:
    """Say on stderr what is wrong, how the command is written and where to read more."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    if error.ctx is not None:
        usage = error.ctx.get_usage().partition(":")[2].strip()
        click.echo(f"{say('usage.form')} {usage}\n{say('usage.help', command=error.ctx.command_path)}\n", err=True)
    click.echo(say("usage.wrong", what=usage_told(error, say)), err=True)


def usage_told(error: click.UsageError, say: Say) -> str:
    """What is wrong in one sentence; what a command says of its own options stays as it is."""
    if isinstance(error, click.MissingParameter):
        return f"{say('usage.missing', what=_named(error))} {_allowed(error, say)}".strip()
    if isinstance(error, click.BadParameter):
        told = _allowed(error, say) or error.message
        return say("usage.bad", what=_named(error), why=told)
    if isinstance(error, click.NoSuchOption):
        return _near(say("usage.no_option", name=error.option_name), error.possibilities, say)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _near(say("usage.no_command", name=error.command_name), error.possibilities, say)
    if isinstance(error, click.BadOptionUsage):
        return say("usage.needs_value", name=error.option_name)
    found = _QUOTED.search(error.message)
    if found and "unexpected extra argument" in error.message:
        return say("usage.extra", what=found[1])
    return error.message


def _named(error: click.BadParameter) -> str:
    """The option or argument as it is typed."""
    hint = error.param_hint
    if hint is None and isinstance(error.param, click.Argument):
        return error.param.human_readable_name.upper()
    if hint is None and error.param is not None:
        hint = error.param.get_error_hint(error.ctx)
    return hint.replace("'", "") if isinstance(hint, str) else " / ".join(hint or ())


def _allowed(error: click.BadParameter, say: Say) -> str:
    """What may stand there, as far as its kind tells."""
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return say("usage.one_of", values=", ".join(map(str, kind.choices)))
    if isinstance(error, click.MissingParameter):
        return ""
    if isinstance(kind, click.IntRange | click.FloatRange):
        low, high = ("…" if bound is None else bound for bound in (kind.min, kind.max))
        return say("usage.range", low=low, high=high)
    if isinstance(kind, _NUMBER):
        return say("usage.number")
    if isinstance(kind, click.Path | click.File):
        return say("usage.file", detail=error.message)
    return ""


def _near(told: str, possibilities: list[str] | None, say: Say) -> str:
    return f"{told} {say('usage.near', names=', '.join(possibilities))}" if possibilities else told
