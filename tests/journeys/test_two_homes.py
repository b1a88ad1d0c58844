"""The whole job on two machines: three lists, a bundle, headquarters, and a field decided differently while apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldtool.app import run


def test_the_tour_ends_with_equal_homes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--json", "tour", "--headless", "--people", "300", "--folder", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["same_on_both"]
    assert told["divided_on_both"]
    assert told["received_again"] == 0
    assert told["received"] == told["events"]
    assert told["decided"] > 0
