"""The diagnostics file: what support needs, and no planted name, number, place, unit or path."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from pathlib import Path

import pytest
from exchange_homes import fill, homes

from fieldtool.machine import facts
from fieldtool.machine.crash_reports import CrashReports
from fieldtool.machine.facts import machine_facts
from fieldtool.machine.sticks import FolderSticks
from fieldtool.usecases.write_diagnostics import write_diagnostics

PLANTED = (
    "Lô Thị Mùa Xuân",
    "Xồng Bá Dìa",
    "Bản Đửa",
    "Lượng Minh",
    "Lô Văn Thử",
    "Công an thử",
    "m01",
    "mhq",
    "04000000",
)


def _content(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_no_planted_name_is_in_it(tmp_path: Path) -> None:
    place = tmp_path / "Lô Thị Mùa Xuân"
    reports = CrashReports(place / "crashes", "0.1.0")
    try:
        raise RuntimeError(f"{PLANTED[1]} {place}")
    except RuntimeError as error:
        reports.write(error)
    with homes(place) as (_office, laptop):
        fill(laptop, 12, odd="Bản Đửa, Lượng Minh")
        told = machine_facts("0.1.0", place / "x1")
        file = write_diagnostics(FolderSticks(), tmp_path / "chẩn đoán.zip", told, reports.reports(), laptop)
    parts = _content(file)
    whole = "\n".join([*parts, *parts.values()])
    for form in ("NFC", "NFD"):
        body = unicodedata.normalize(form, whole)
        assert [item for item in PLANTED if unicodedata.normalize(form, item) in body] == []
        assert json.dumps(PLANTED[0])[1:-1] not in body
    assert json.loads(parts["home.json"])["counts"]["documents"] == 12
    assert json.loads(parts["machine.json"])["home_mb"]["home.db"] > 0
    assert any("RuntimeError" in text for name, text in parts.items() if name.startswith("crashes/"))


def test_without_a_home_it_tells_of_the_machine(tmp_path: Path) -> None:
    file = write_diagnostics(FolderSticks(), tmp_path / "d.zip", machine_facts("0.1.0", tmp_path / "none"), [])
    assert list(_content(file)) == ["machine.json"]


def test_the_built_program_knows_the_versions_of_its_parts_by_its_bill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = machine_facts("0.1.0", tmp_path)["parts"]
    assert isinstance(installed, dict)
    assert all(installed.values())
    bill = {"components": [{"name": name.lower(), "version": f"{number}.1"} for number, name in enumerate(installed)]}
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "sbom.cdx.json").write_text(json.dumps(bill), encoding="utf-8")
    monkeypatch.setattr(facts, "RESOURCES", tmp_path / "resources")
    assert machine_facts("0.1.0", tmp_path)["parts"] == {name: f"{number}.1" for number, name in enumerate(installed)}


def test_an_earlier_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "d.zip").write_bytes(b"kept")
    file = write_diagnostics(FolderSticks(), tmp_path / "d.zip", {"a": 1}, [])
    assert file.name != "d.zip"
    assert (tmp_path / "d.zip").read_bytes() == b"kept"
