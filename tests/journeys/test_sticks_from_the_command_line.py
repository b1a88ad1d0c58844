"""Every state of a stick from the command line: each has its code and says in Vietnamese what to do next.

The program writes and reads as it does; the faults come out of the system's calls, made to fail for the stick alone.
A real pull, a real antivirus program and a real FAT32 of 4 GB are not reached here.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from fieldtool.app import run
from fieldtool.cli.doors import Setup
from fieldtool.homes import create_home, open_home
from fieldtool.machine import sticks
from fieldtool.machine.stick_states import TEMPORARY
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.sticks import Plugged
from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment
from fieldtool.usecases.export_bundle import export_bundle

WORDS = "bốn con trâu qua suối"
_MADE = sticks.FolderSticks.__init__


@pytest.fixture(name="ground", scope="module")
def _ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Headquarters and an enrolled laptop whose first bundle lies in `sent`."""
    ground = tmp_path_factory.mktemp("sticks")
    create_home(ground / "office", WORDS, Setup("Vi Văn Thử", "16906", "Công an tỉnh", headquarters=True))
    create_home(ground / "laptop", WORDS, Setup("Lô Văn Thử", "16906", "Công an xã"))
    with open_home(ground / "office", WORDS) as office, open_home(ground / "laptop", WORDS) as laptop:
        asked = request_enrolment(laptop.home, ground / "enrol")
        answer = accept_enrolment(office.home, asked.file, ground / "enrol")
        finish_enrolment(laptop.home, answer.file)
        laptop.home.log.append([Draft(RecordKind.PERSON, "p" + "0" * 31, "name", "Lô Thị Thử")])
        export_bundle(laptop.home, office.home.card.unit, ground / "sent")
    return ground


class Office:
    """The laptop's and headquarters' command line over one ground."""

    def __init__(self, ground: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._ground, self._capsys = ground, capsys

    def __call__(self, home: str, *arguments: object) -> dict[str, object]:
        """The JSON of a command; what went wrong stands in it too, with the exit code."""
        self._capsys.readouterr()
        code = run(["--home", str(self._ground / home), "--json", *map(str, arguments)])
        return {**json.loads(self._capsys.readouterr().out), "exit": code}

    def export(self, stick: Path) -> dict[str, object]:
        return self("laptop", "export", "--to", "Công an tỉnh", stick)

    def receive(self, *files: Path) -> dict[str, object]:
        return self("office", "receive", *files)

    def states(self, stick: Path) -> object:
        return self("laptop", "stick", stick)["states"]


@pytest.fixture(name="cli")
def _cli(ground: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", WORDS)
    monkeypatch.setattr(sticks.time, "sleep", lambda seconds: None)
    return Office(ground, capsys)


@pytest.fixture(name="stick")
def _stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "usb"
    folder.mkdir()
    _plug(monkeypatch, Plugged(folder, "exfat"))
    yield folder


def _plug(monkeypatch: pytest.MonkeyPatch, *shown: Plugged) -> None:
    """What the machine shows as sticks; the home lies on another disk than they do."""

    def make(self: sticks.FolderSticks, *_: object, **__: object) -> None:
        _MADE(self, lambda seconds: None, None, lambda: list(shown))

    monkeypatch.setattr(sticks.FolderSticks, "__init__", make)


def error(told: dict[str, object]) -> str:
    """The code of a refusal that was told well: a sentence and what to do next."""
    found = told["error"]
    assert isinstance(found, dict) and told["exit"] == 1
    assert len(found["message"]) > 10 and len(found["hint"]) > 10 and found["message"] != found["hint"]
    return str(found["code"])


FAULTS = {
    "full": (errno.ENOSPC, "disk_full"),
    "write-protected": (errno.EROFS, "not_writable"),
    "a file of 4 GB on FAT32": (errno.EFBIG, "file_too_large"),
    "pulled in the middle": (errno.ENODEV, "stick_pulled"),
    "dying": (errno.EIO, "stick_pulled"),
    "held by an antivirus program": (errno.EACCES, "file_locked"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_goes_wrong_while_writing(cli: Office, stick: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    number, code = FAULTS[fault]
    real = Path.open

    def fails(self: Path, mode: str = "r", *rest: object, **named: object) -> object:
        if self.parent == stick and "w" in mode:
            raise OSError(number, os.strerror(number))
        return real(self, mode, *rest, **named)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", fails)
        assert error(cli.export(stick)) == code
    assert list(stick.iterdir()) == []
    assert cli.export(stick)["exit"] == 0  # nothing was taken for delivered


def test_an_antivirus_program_that_lets_go_is_waited_for(
    cli: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, left = Path.rename, [3]

    def rename(self: Path, target: Path) -> Path:
        if self.parent == stick and left[0] > 0:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "held")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert (cli.export(stick)["exit"], left) == (0, [0])


def test_a_stick_that_lies(cli: Office, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        for path in stick.glob("*" + TEMPORARY):
            path.write_bytes(path.read_bytes()[:-8] + b"????????")

    monkeypatch.setattr(os, "fsync", fsync)
    assert error(cli.export(stick)) == "export_not_proved"
    assert list(stick.iterdir()) == []


def test_names_are_never_used_again_and_leftovers_go(cli: Office, stick: Path) -> None:
    (name,) = [Path(str(file)).name for file in [cli.export(stick)["file"]]]
    (stick / name).write_bytes(b"another's")
    (stick / ("gói cũ.goi" + TEMPORARY)).write_bytes(b"half")
    assert cli.states(stick) == ["left_over"]
    second = Path(str(cli.export(stick)["file"]))
    assert second.name == f"{Path(name).stem}-2.goi"
    assert (stick / name).read_bytes() == b"another's"
    assert sorted(path.name for path in stick.iterdir()) == sorted([name, second.name])


def test_a_bundle_half_twice_and_gone(cli: Office, ground: Path, stick: Path) -> None:
    (sent,) = (ground / "sent").iterdir()
    half = stick / sent.name
    half.write_bytes(sent.read_bytes()[:-500])
    assert error(cli.receive(half)) == "bundle_truncated"
    half.write_bytes(b"")
    assert error(cli.receive(half)) == "bundle_truncated"
    shutil.copy(sent, half)
    assert cli.receive(half)["exit"] == 0
    again = cli.receive(half)
    assert (again["exit"], again["new_events"], again["bundles"][0]["already_known"]) == (0, 0, True)  # type: ignore[index]
    half.unlink()
    assert error(cli.receive(half)) == "no_file"
    assert cli.states(stick / "rút rồi") == ["not_there"]


def test_shortcut_malware_is_named_and_what_is_good_comes_in(cli: Office, ground: Path, stick: Path) -> None:
    (sent,) = (ground / "sent").iterdir()
    shutil.copy(sent, stick)
    (stick / ".Ảnh").mkdir()
    (stick / "Ảnh.lnk").write_bytes(b"L\0\0\0")
    (stick / "autorun.inf").write_text("[autorun]\nopen=x.exe", encoding="ascii")
    assert cli.states(stick) == ["shortcuts", "autorun"]
    told = cli.receive(stick)
    refused = {Path(str(b["file"])).name: b["error"]["code"] for b in told["bundles"] if "error" in b}  # type: ignore[attr-defined]
    assert refused == {"Ảnh.lnk": "points_elsewhere"}
    assert cli.export(stick)["exit"] == 0


def test_which_stick_it_is(cli: Office, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.states(stick) == ["ready"]
    other = tmp_path / "f"
    other.mkdir()
    _plug(monkeypatch, Plugged(stick, "exfat"), Plugged(other, "ext4"))
    assert cli.states(stick) == ["several"]
    assert cli.states(other) == ["wrong_system", "several"]
    assert cli.states(tmp_path) == ["several", "own_disk"]
    (stick / "tệp").write_bytes(b"")
    assert cli.states(stick / "tệp") == ["not_a_folder"]


def test_a_stick_from_tomorrow(cli: Office, stick: Path) -> None:
    (stick / "m09-c1-0001-00000000.goi").write_bytes(b"x")
    late = (stick / "m09-c1-0001-00000000.goi").stat().st_mtime + 40 * 86_400
    os.utime(stick / "m09-c1-0001-00000000.goi", (late, late))
    assert cli.states(stick) == ["clock_odd"]
    assert cli.export(stick)["exit"] == 0


def test_the_own_disk_is_told_where_no_stick_is_plugged(
    cli: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def untold(all: bool) -> list[object]:
        raise PermissionError(errno.EACCES, "drives")

    for told in (lambda all: [], untold):
        monkeypatch.setattr("psutil.disk_partitions", told)
        assert cli.states(tmp_path) == ["own_disk"]


def test_a_folder_without_bundles_is_told(
    ground: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", WORDS)
    empty = tmp_path / "khác"
    empty.mkdir()
    assert run(["--home", str(ground / "office"), "receive", str(empty)]) == 0
    assert f"Không thấy gói nào (.goi, .tin) trong: {empty}" in capsys.readouterr().out


def test_an_edited_bundle_is_explained_whatever_was_edited(
    cli: Office, ground: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row that is no value of a person too: the paper's own content, or a field of a later version."""
    (sent,) = (ground / "sent").iterdir()
    opened = tmp_path / "open.xlsx"
    assert cli("office", "unseal", sent, opened)["exit"] == 0
    book = openpyxl.load_workbook(opened)
    rows = range(2, book["thay_doi"].max_row + 1)
    fields = [book["thay_doi"].cell(row, 9).value for row in rows]
    for row in rows:
        book["thay_doi"].cell(row, 12).value = f"sửa {row}"
    book.create_sheet("ghi chú")
    book.save(opened)
    told = cli("office", "verify", opened)
    assert error(told) == "bundle_sheets" and "+ ghi chú" in told["error"]["message"]  # type: ignore[index]
    del book["ghi chú"]
    book.save(opened)
    assert error(cli("office", "verify", opened)) == "bundle_changed"
    edits = cli("office", "take-edits", "--dry-run", opened)
    assert edits["exit"] == 0 and len(edits["rows"]) == len(fields) > 1  # type: ignore[arg-type]
    said = cli.receive(opened)["error"]["message"]  # type: ignore[index]
    capsys.readouterr()
    assert run(["--home", str(ground / "office"), "quarantine", "files"]) == 0
    assert said in capsys.readouterr().out  # the list names the rows too


def test_a_lost_machine_is_given_no_recovery_unless_it_was_found(cli: Office, ground: Path, tmp_path: Path) -> None:
    for home in ("office", "laptop"):
        shutil.copytree(ground / home, tmp_path / home)
    (asked,) = (ground / "enrol").glob("*.ghi-danh")
    device = asked.name.partition("-")[0]
    here = Office(tmp_path, cli._capsys)
    assert here("laptop", "recover", "request", tmp_path / "ask")["exit"] == 0
    (request,) = (tmp_path / "ask").iterdir()
    wrong = here("office", "recover", "answer", request, tmp_path / "wrong", "--words", "một hai ba bốn năm sáu")
    assert error(wrong) == "words_differ" and not (tmp_path / "wrong").exists()
    assert here("office", "recover", "answer", request, tmp_path / "before")["exit"] == 0
    assert here("office", "lost", device)["exit"] == 0
    assert error(here("office", "recover", "answer", request, tmp_path / "after")) == "device_revoked"
    assert not (tmp_path / "after").exists()
    assert here("office", "recover", "answer", "--found", request, tmp_path / "after")["exit"] == 0
