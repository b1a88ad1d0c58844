"""The whole job on two machines, and the bundle that was cut, changed, or meant for somebody else."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import openpyxl
import pytest

from fieldtool.app import run
from fieldtool.bundles import pack
from fieldtool.cli.tour import PRACTICE_PASSPHRASE
from fieldtool.machine.home_lock import home_lock


@pytest.fixture(scope="module", name="toured")
def _toured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the tour left its homes, its stick, and what it told."""
    folder = tmp_path_factory.mktemp("tour")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIELDTOOL_PASSPHRASE", PRACTICE_PASSPHRASE)
        told = io.StringIO()
        with redirect_stdout(told):
            assert run(["--json", "tour", "--headless", "--people", "250", "--folder", str(folder)]) == 0
        (folder / "told.json").write_text(told.getvalue(), encoding="utf-8")
        yield folder


def call(capsys: pytest.CaptureFixture[str], home: Path, *arguments: object) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = run(["--home", str(home), "--json", *map(str, arguments)])
    out = capsys.readouterr().out
    return code, json.loads(out) if out.strip() else {}


def bundles(folder: Path) -> list[Path]:
    return sorted((folder / "stick").glob("*.goi"), key=lambda path: path.stat().st_mtime_ns)


def test_the_tour_ends_with_equal_homes(toured: Path) -> None:
    told = json.loads((toured / "told.json").read_text(encoding="utf-8"))
    assert told["same_on_both"]
    assert told["divided_on_both"]
    assert told["received_again"] == 0
    assert told["received"] == told["events"]
    assert told["decided"] > 0


def test_the_tour_of_a_commune_too_large_for_one_bundle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "MOST_ROWS", 400)
    assert run(["--json", "tour", "--headless", "--people", "200", "--folder", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(bundles(tmp_path)) > 3
    assert told["same_on_both"]
    assert told["received"] == told["events"] > 400


def test_an_export_in_parts_names_every_file(
    toured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "MOST_ROWS", 400)
    _, cards = call(capsys, toured / "commune", "devices")
    above = next(card["unit"] for card in cards if card["unit_name"] == "Công an tỉnh")
    capsys.readouterr()
    assert run(["--home", str(toured / "commune"), "export", "--all", "--to", above, str(tmp_path)]) == 0
    text = capsys.readouterr().out
    written = sorted(path.name for path in tmp_path.glob("*.goi"))
    assert len(written) > 1
    assert all(name in text for name in written)


def test_a_bundle_cut_in_half_is_refused_and_changes_nothing(
    toured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = toured / "headquarters"
    _, before = call(capsys, office, "check")
    cut = tmp_path / "cut.goi"
    content = bundles(toured)[0].read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    code, told = call(capsys, office, "receive", cut)
    assert code == 1
    assert told["error"]["code"] == "bundle_truncated"
    code, told = call(capsys, office, "receive", cut, *bundles(toured)[:1])
    assert (code, told["error"]["code"], told["new_events"]) == (1, "bundle_truncated", 0)
    assert ["error" in one for one in told["bundles"]].count(True) == 1
    _, after = call(capsys, office, "check")
    assert {**after, "journal": 0} == {**before, "journal": 0}


def test_one_changed_cell_is_named(toured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office, readable = toured / "headquarters", tmp_path / "readable.xlsx"
    assert call(capsys, office, "unseal", bundles(toured)[0], readable)[0] == 0
    assert call(capsys, office, "verify", readable)[0] == 0
    book = openpyxl.load_workbook(readable)
    sheet = book["thay_doi"]
    column = next(cell.column for cell in sheet[1] if cell.value == "gia_tri_moi")
    sheet.cell(17, column).value = str(sheet.cell(17, column).value) + "x"
    book.save(readable)
    code, told = call(capsys, office, "verify", readable)
    assert code == 1
    assert told["error"]["place"]["sheet"] == "thay_doi"
    assert told["error"]["place"]["cell"].endswith("17")


def test_a_bundle_for_headquarters_is_closed_to_the_laptop(toured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = call(capsys, toured / "commune", "verify", bundles(toured)[0])
    assert code == 1
    assert told["error"]["code"] == "bundle_not_ours"


def test_a_home_in_use_says_so(toured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with home_lock(toured / "commune"):
        code, told = call(capsys, toured / "commune", "log")
    assert code == 1
    assert told["error"]["code"] == "home_in_use"


def test_no_name_lies_open_on_disk_or_stick(toured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names and numbers of the commune are in no byte of the homes and of what travelled."""
    _, hits = call(capsys, toured / "commune", "search", "thi")
    planted = [text.encode("utf-8") for hit in hits for text in (hit["name"], hit["n12"]) if len(text) > 8]
    assert len(planted) > 40
    files = [path for name in ("commune", "headquarters", "stick") for path in (toured / name).rglob("*")]
    for path in files:
        content = path.read_bytes() if path.is_file() else b""
        assert not any(text in content for text in planted), path.name
