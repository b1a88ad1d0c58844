"""A home bound to its machine, from the command line: binding, the copy, the backup, the lost secret."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from fieldtool.app import run
from fieldtool.machine import machine_secrets
from fieldtool.machine.machine_secrets import FileSecrets

WORDS = "suối Nậm Mộ nước trong veo"


@pytest.fixture(name="home")
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", WORDS)
    _machine(monkeypatch, tmp_path / "machine")
    assert (
        run(["--home", str(tmp_path / "home"), "--json", "init", "--officer", "Lô Thị Thử", "--commune", "16906"]) == 0
    )
    return tmp_path / "home"


def _machine(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """From now on the program runs on the machine whose secrets lie in this folder."""
    monkeypatch.setattr("fieldtool.homes.machine_secrets", lambda: FileSecrets(folder))


def call(capsys: pytest.CaptureFixture[str], home: Path, *arguments: object) -> tuple[int, object]:
    capsys.readouterr()
    code = run(["--home", str(home), "--json", *map(str, arguments)])
    out = capsys.readouterr().out
    return code, json.loads(out) if out.strip() else {}


def refused(capsys: pytest.CaptureFixture[str], home: Path, *arguments: object) -> str:
    code, told = call(capsys, home, *arguments)
    assert code == 1
    assert isinstance(told, dict)
    return str(told["error"]["code"])


@pytest.mark.skipif(sys.platform == "win32", reason="file secrets are asked for their mode; DPAPI has its own test")
def test_a_bound_home_its_copy_and_its_ways_back(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(capsys, home, "slots", "bind") == "no_way_back"  # not enrolled, no backup
    before, inside = tmp_path / "truoc.fieldtool-backup", home / "backups" / "cu.fieldtool-backup"
    assert call(capsys, home, "backup", before)[0] == 0
    inside.parent.mkdir(exist_ok=True)
    shutil.copy(before, inside)
    kept = tmp_path / "usb.fieldtool-backup"
    assert call(capsys, home, "slots", "bind", "--backup", kept) == (0, {"bound": True, "changed": True})
    assert call(capsys, home, "slots", "bind")[1] == {"bound": True, "changed": False}
    assert call(capsys, home, "check")[0] == 0
    later = tmp_path / "sau.fieldtool-backup"
    assert call(capsys, home, "backup", later)[0] == 0

    copy = shutil.copytree(home, tmp_path / "copy")
    _machine(monkeypatch, tmp_path / "another")
    assert refused(capsys, copy, "check") == "other_machine"
    # nor do the backups that were copied with the home open, whenever they were made
    assert refused(capsys, tmp_path / "from-inside", "restore", copy / "backups" / inside.name) == "other_machine"
    for number, backup in enumerate((kept, later)):
        restored = tmp_path / f"restored{number}"
        assert call(capsys, restored, "restore", backup)[0] == 0
        assert call(capsys, restored, "check")[0] == 0

    _machine(monkeypatch, tmp_path / "machine")
    assert call(capsys, home, "slots", "unbind")[1] == {"bound": False, "changed": True}
    assert list((tmp_path / "machine").iterdir()) == []
    _machine(monkeypatch, tmp_path / "another")
    assert call(capsys, home, "check")[0] == 0


def test_the_ordinary_way_of_this_system_binds_and_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows this goes through DPAPI itself."""
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", WORDS)
    monkeypatch.setattr(machine_secrets, "user_config_path", lambda _name: tmp_path / "config")
    home = tmp_path / "home"
    assert run(["--home", str(home), "--json", "init", "--officer", "Lô Thị Thử", "--commune", "16906"]) == 0
    assert call(capsys, home, "slots", "bind", "--backup", tmp_path / "b.fieldtool-backup")[0] == 0
    assert call(capsys, home, "check")[0] == 0
    assert "bound" in (home / "slots.json").read_text(encoding="utf-8")
    state = json.loads((home / "slots.json").read_text(encoding="utf-8"))
    assert state["machine"].startswith("dpapi:" if sys.platform == "win32" else "file:")
    assert call(capsys, home, "panic", "--yes")[0] == 0
    assert [path for path in (tmp_path / "config").rglob("*") if path.is_file()] == []
