"""Every command given odd words: it answers in words or as wrong usage, never with a defect, and JSON is JSON."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from desk_home import desk_home
from open_doors import doors_of

from fieldtool.cli.kinds import DAY
from fieldtool.cli.main import run
from fieldtool.cli.root import root

NOT_HERE = {"tour", "self-test", "panic"}  # the first two are long and take no words; panic destroys what is open here
_SHORT = {("sample",): ("--people", "60")}  # where no other number is given: a whole commune takes seconds
ROUNDS = 4
WORDS = ["", " ", "không có", "a" * 5000, "../../etc", "p1", "h1", "p1:dob", "1/1/2000", "31/02/1999", "012345678901"]
TRICKS = ["'; drop table x;--", "%s{0}{x}", "💥", "-1", "0"]
NUMBERS = ["0", "-1", "3", "999999999999999999999", "x", "nan", "inf"]


def _leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None, name
        yield from _leaves(inner, (*path, name))


def _words(kind: click.ParamType[object], folder: Path) -> list[str]:
    """Words of which at least some are wrong for a parameter of this kind."""
    if isinstance(kind, click.Choice):
        return [*map(str, kind.choices), "xyz"]
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return NUMBERS
    if isinstance(kind, click.Path):
        names = ("", "none/x", "any.bin", "empty", "list.json", "spec.toml", "out.xlsx", "x" * 300)
        return [str(folder / name) for name in names]
    return WORDS + TRICKS


def _arguments(command: click.Command, folder: Path, chance: random.Random) -> Iterator[str]:
    for param in command.params:
        words = _words(param.type, folder)
        if isinstance(param, click.Option):
            if not param.required and chance.random() < 0.6:
                continue
            yield param.opts[0]
            if param.is_flag:
                continue
        for _ in range(param.nargs if param.nargs > 0 else chance.choice((1, 2))):
            yield chance.choice(words)


def _defect(code: int, out: str) -> str:
    """What is wrong with an answer, "" when nothing is."""
    if code == 2:
        return ""
    try:
        told = json.loads(out) if out.strip() else {}
    except ValueError:
        return f"no JSON: {out[:200]}"
    if code == 0:
        return ""
    errors = [told.get("error")] if "error" in told else [one.get("error") for one in told.get("bundles", [])]
    errors = [error for error in errors if error]
    if code != 1 or not errors:
        return f"exit code {code} without an error"
    wrong = [error for error in errors if error["code"] == "UNEXPECTED" or not error["message"] or not error["hint"]]
    return str(wrong) if wrong else ""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "any.bin").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "list.json").write_text('[{"a": 3}]', encoding="utf-8")
    (tmp_path / "spec.toml").write_text("x = 1\n[fields]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "bốn con trâu qua suối")
    if sys.platform == "win32":
        # The cluster's library is no part of the Windows program. Under Wine its client waits for an odd scheduler for
        # ever, at full CPU, whatever time it was given.
        monkeypatch.setitem(sys.modules, "distributed", None)
    return tmp_path


@pytest.mark.parametrize("seed", [1, 2])
def test_odd_words_are_answered_in_words(seed: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(seed)
    found = []
    with desk_home(folder / "home") as (store, _):
        for path, command in _leaves(root):
            if path[0] in NOT_HERE:
                continue
            for _ in range(ROUNDS):
                given = [*_SHORT.get(path, ()), *_arguments(command, folder, chance)]
                code = run(doors_of(store), ["--home", str(folder / "home"), "--json", *path, *given])
                wrong = _defect(code, capsys.readouterr().out)
                if wrong:
                    found.append((path, given, wrong))
    assert not found


@pytest.mark.parametrize("day", ["2026-11-25", "25/11/2026", " 25.11.2026 "])
def test_a_day_is_taken_as_officers_write_it(day: str) -> None:
    assert DAY.convert(day, None, None) == "2026-11-25"


@pytest.mark.parametrize("day", ["31/02/2026", "hôm qua", "25/11", "2026-13-01"])
def test_a_day_that_is_none_is_wrong_usage(day: str) -> None:
    with pytest.raises(click.UsageError):
        DAY.convert(day, None, None)
