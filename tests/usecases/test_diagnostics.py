"""The diagnostics file: what support needs, and no planted name, number, place, unit or path."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from pathlib import Path

from exchange_homes import fill, homes

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
        facts = machine_facts("0.1.0", place / "x1")
        file = write_diagnostics(FolderSticks(), tmp_path / "chẩn đoán.zip", facts, reports.reports(), laptop)
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


def test_an_earlier_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "d.zip").write_bytes(b"kept")
    file = write_diagnostics(FolderSticks(), tmp_path / "d.zip", {"a": 1}, [])
    assert file.name != "d.zip"
    assert (tmp_path / "d.zip").read_bytes() == b"kept"
