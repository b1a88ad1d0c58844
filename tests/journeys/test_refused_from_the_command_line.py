"""Files from a stick that were refused: listed with their reason, tried again, cleared, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldtool.app import run


def call(capsys: pytest.CaptureFixture[str], home: Path, *arguments: object) -> tuple[int, object]:
    capsys.readouterr()
    code = run(["--home", str(home), "--json", *map(str, arguments)])
    out = capsys.readouterr().out
    return code, json.loads(out) if out.strip() else {}


def test_a_refused_file_stays_listed_until_it_is_cleared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "suối Nậm Mộ nước trong veo")
    home, stick = tmp_path / "home", tmp_path / "usb"
    assert call(capsys, home, "init", "--officer", "Lô Thị Thử", "--commune", "16906")[0] == 0
    stick.mkdir()
    bad = stick / "hong.goi"
    bad.write_bytes(b"no bundle at all")
    assert call(capsys, home, "receive", bad)[0] == 1
    bad.unlink()  # the stick is gone
    code, listed = call(capsys, home, "quarantine", "files")
    assert code == 0
    assert isinstance(listed, list)
    assert [item["file"] for item in listed] == ["hong.goi"]
    # What is no sealed file is listed, never kept.
    assert call(capsys, home, "quarantine", "retry") == (0, {"joined": 0, "refused": 0})
    assert call(capsys, home, "quarantine", "clear", "khac.goi") == (0, {"cleared": 0})
    assert call(capsys, home, "quarantine", "clear") == (0, {"cleared": 1})
    assert call(capsys, home, "quarantine", "files") == (0, [])
