"""Updates on a stick: issued by headquarters, believed by its laptops alone, installed whole or not at all."""

from __future__ import annotations

import io
import json
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath

import pytest
from exchange_homes import decide, fill, hashes, homes
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.machine.installing import ProgramInstaller, setup_line
from fieldtool.machine.last_setup import NOTE, last_setup
from fieldtool.ports import Home, InstallState
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.updates import UpdateManifest, manifest_from, version_key
from fieldtool.usecases.apply_update import Upkeep, apply_update
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.issue_update import IssueOutcome, issue_update
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.verify_update import Here, find_updates, verify_update

HERE = Here("0.1.0", "linux", 2)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Home, Home]]:
    with homes(tmp_path) as (office, laptop):
        yield office, laptop


def _code(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


def _archive(folder: Path, version: str, exit_code: int = 0) -> Path:
    """A program whose self-test ends as told."""
    script = f"#!/bin/sh\necho 'self-test words' >&2\nexit {exit_code}\n".encode()
    target = folder / f"fieldtool-{version}-linux.tar.gz"
    with tarfile.open(target, "w:gz") as file:
        info = tarfile.TarInfo(f"fieldtool-{version}-linux/fieldtool")
        info.size, info.mode = len(script), 0o755
        file.addfile(info, io.BytesIO(script))
    return target


def _issue(office: Home, folder: Path, version: str = "0.2.0", *, exit_code: int = 0, schema: int = 0) -> IssueOutcome:
    setup = _archive(folder, version, exit_code)
    return issue_update(office, setup, folder / "usb", version=version, system="linux", minimum_schema=schema)


def _apply(laptop: Home, file: Path, folder: Path, program: Path) -> InstallState:
    def back_up(name: str) -> Path:
        target = folder / name
        target.write_text("sealed", encoding="utf-8")
        return target

    installer = ProgramInstaller(folder / "staging", program)
    outcome = apply_update(laptop, file, Upkeep(HERE, back_up, installer, lambda target: target))
    assert outcome.backup.exists()
    return outcome.state


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "chương trình" / "fieldtool"
    folder.mkdir(parents=True)
    (folder / "fieldtool").write_text("the old one", encoding="utf-8")
    return folder


needs_folders = pytest.mark.skipif(
    sys.platform == "win32", reason="folders are exchanged on Linux; on Windows the setup does it (windows_install.py)"
)


def test_an_issued_update_is_found_and_verified(pair: tuple[Home, Home], tmp_path: Path) -> None:
    office, laptop = pair
    issued = _issue(office, tmp_path)
    manifest = verify_update(laptop, issued.manifest, HERE)
    assert (manifest.version, manifest.sha256) == ("0.2.0", issued.sha256)
    assert [item.file for item in find_updates(laptop, tmp_path / "usb", HERE)] == [issued.manifest]


def test_it_travels_inside_the_return_of_headquarters(pair: tuple[Home, Home], tmp_path: Path) -> None:
    office, laptop = pair
    fill(office, 3)
    sent = export_bundle(office, laptop.card.unit, tmp_path / "usb")
    issued = _issue(office, tmp_path)
    assert receive_bundle(laptop, [sent.file])[0].error is None
    assert hashes(laptop) == hashes(office)
    assert verify_update(laptop, issued.manifest, HERE).version == "0.2.0"


def test_only_headquarters_issues(pair: tuple[Home, Home], tmp_path: Path) -> None:
    _, laptop = pair
    setup = _archive(tmp_path, "0.2.0")
    assert (
        _code(lambda: issue_update(laptop, setup, tmp_path / "usb", version="0.2.0", system="linux"))
        is ErrorCode.NOT_HEADQUARTERS
    )
    assert not list((tmp_path / "usb").glob("*.cap-nhat"))


def test_an_update_signed_by_a_laptop_is_not_believed(pair: tuple[Home, Home], tmp_path: Path) -> None:
    office, laptop = pair
    issued = _issue(office, tmp_path)
    data = json.loads(issued.manifest.read_text(encoding="utf-8"))
    data.pop("format")
    own = UpdateManifest(**{**data, "device": laptop.card.device})
    forged = {**data, "device": laptop.card.device, "format": "fieldtool-cap-nhat/1"}
    forged["signature"] = laptop.keys.sign("fieldtool-cap-nhat-v1", own.signed_bytes())
    issued.manifest.write_text(json.dumps(forged), encoding="utf-8")
    assert _code(lambda: verify_update(laptop, issued.manifest, HERE)) is ErrorCode.UPDATE_UNKNOWN_ISSUER


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", "9.9.9"), ("sha256", "0" * 64), ("size", 7), ("minimum_schema", 1), ("file", "x.tar.gz")],
)
def test_a_changed_manifest_is_refused(pair: tuple[Home, Home], tmp_path: Path, field: str, value: object) -> None:
    office, laptop = pair
    issued = _issue(office, tmp_path)
    data = json.loads(issued.manifest.read_text(encoding="utf-8"))
    issued.manifest.write_text(json.dumps({**data, field: value}), encoding="utf-8")
    assert _code(lambda: verify_update(laptop, issued.manifest, HERE)) is ErrorCode.UPDATE_BAD_SIGNATURE


def test_a_setup_with_one_changed_byte_is_refused(pair: tuple[Home, Home], tmp_path: Path) -> None:
    office, laptop = pair
    issued = _issue(office, tmp_path)
    content = bytearray(issued.setup.read_bytes())
    content[-1] ^= 1
    issued.setup.write_bytes(content)
    assert _code(lambda: verify_update(laptop, issued.manifest, HERE)) is ErrorCode.UPDATE_CHANGED


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9"])
def test_the_same_and_older_versions_are_refused(pair: tuple[Home, Home], tmp_path: Path, version: str) -> None:
    office, laptop = pair
    issued = _issue(office, tmp_path, version)
    assert _code(lambda: verify_update(laptop, issued.manifest, HERE)) is ErrorCode.UPDATE_OLDER
    refused = find_updates(laptop, tmp_path / "usb", HERE)[0].error
    assert refused is not None
    assert refused.code is ErrorCode.UPDATE_OLDER


def test_another_system_and_an_old_home_are_refused(pair: tuple[Home, Home], tmp_path: Path) -> None:
    office, laptop = pair
    issued = _issue(office, tmp_path, schema=3)
    assert _code(lambda: verify_update(laptop, issued.manifest, HERE)) is ErrorCode.UPDATE_HOME_TOO_OLD
    windows = Here("0.1.0", "windows", 9)
    assert _code(lambda: verify_update(laptop, issued.manifest, windows)) is ErrorCode.UPDATE_OTHER_SYSTEM


@given(text=st.text(max_size=200) | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_any_text_is_a_manifest_or_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        manifest_from(text)


def test_versions_order_by_number() -> None:
    assert version_key("0.10.0") > version_key("0.9.9")
    with pytest.raises(ValueError, match="version"):
        version_key("1.0")


@needs_folders
def test_an_update_replaces_the_program(pair: tuple[Home, Home], tmp_path: Path, program: Path) -> None:
    office, laptop = pair
    issued = _issue(office, tmp_path)
    assert _apply(laptop, issued.manifest, tmp_path, program) is InstallState.INSTALLED
    assert "exit 0" in (program / "fieldtool").read_text(encoding="utf-8")
    assert [path.name for path in program.parent.iterdir()] == ["fieldtool"]


@needs_folders
def test_a_failing_self_test_leaves_the_old_program(pair: tuple[Home, Home], tmp_path: Path, program: Path) -> None:
    office, laptop = pair
    fill(laptop, 2)
    decide(laptop, "p" + "0" * 31, "name", "Lô Văn Mới")
    before = hashes(laptop)
    issued = _issue(office, tmp_path, exit_code=1)
    code = _code(lambda: _apply(laptop, issued.manifest, tmp_path, program))
    assert code is ErrorCode.UPDATE_ROLLED_BACK
    assert (program / "fieldtool").read_text(encoding="utf-8") == "the old one"
    assert [path.name for path in program.parent.iterdir()] == ["fieldtool"]
    assert hashes(laptop) == before


def test_a_program_run_from_source_is_not_replaced(pair: tuple[Home, Home], tmp_path: Path) -> None:
    office, laptop = pair
    issued = _issue(office, tmp_path)
    installer = ProgramInstaller(tmp_path / "staging")
    upkeep = Upkeep(HERE, lambda name: tmp_path / name, installer, lambda target: target)
    code = _code(lambda: apply_update(laptop, issued.manifest, upkeep))
    assert code is ErrorCode.UPDATE_NOT_INSTALLED


def test_the_folder_of_a_setup_is_its_last_word_and_without_quotation_marks() -> None:
    user = PureWindowsPath("C:/Users/Lô Thị Đào/AppData/Local")
    line = setup_line(user / "fieldtool" / "setup.exe", user / "Programs" / "fieldtool")
    assert line == (
        '"C:\\Users\\Lô Thị Đào\\AppData\\Local\\fieldtool\\setup.exe" /S /RESTART '
        "/D=C:\\Users\\Lô Thị Đào\\AppData\\Local\\Programs\\fieldtool"
    )


def test_how_the_last_setup_ended_is_told_once(program: Path) -> None:
    note = program.with_name(program.name + NOTE)
    note.write_text("failed 0.2.0", encoding="utf-8")
    assert last_setup(program) == "failed 0.2.0"
    assert last_setup(program) == ""
