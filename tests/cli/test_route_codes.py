"""A route sheet's code leads back to its household: scanned, from a picture, and never to one that may not be seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from door_home import HOUSE, door_home
from open_doors import doors_of

from fieldtool.cli.main import run
from fieldtool.records.route_codes import code_of

Call = Callable[..., tuple[int, dict]]


@pytest.fixture(name="call")
def _call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "bốn con trâu qua suối")
    with door_home(tmp_path / "home") as (store, _home):
        given = doors_of(store)

        def call(*arguments: str) -> tuple[int, dict]:
            capsys.readouterr()
            code = run(given, ["--json", *arguments])
            return code, json.loads(capsys.readouterr().out)

        yield call


def test_a_scanned_code_and_a_picture_of_it_name_the_household(call: Call, tmp_path: Path) -> None:
    code, said = call("scan", "read", code_of(HOUSE))
    assert (code, said["household"], said["page"]["head"]) == (0, HOUSE, "Lô Văn Đạt")
    segno.make(code_of(HOUSE), error="m").save(str(tmp_path / "phiếu.png"), scale=4)
    code, said = call("scan", "image", str(tmp_path / "phiếu.png"))
    assert (code, said["household"]) == (0, HOUSE)


def test_a_code_of_no_household_here_is_told(call: Call) -> None:
    code, said = call("scan", "read", code_of("c5ce9008b28d70bc"))
    assert (code, said["error"]["code"]) == (1, "not_found")
