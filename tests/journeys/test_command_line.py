"""The main job by commands, as a new user would type them, and the errors he would meet."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from fieldtool.app import run

Call = Callable[..., tuple[int, object]]
PASSPHRASE = "bốn con trâu qua suối"


@pytest.fixture(name="call")
def _call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command on a home with --json; gives the exit code and the parsed document."""
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", PASSPHRASE)

    def call(*arguments: object, home: str = "commune") -> tuple[int, object]:
        capsys.readouterr()
        code = run(["--home", str(tmp_path / home), "--json", *map(str, arguments)])
        out = capsys.readouterr().out
        return code, json.loads(out) if out.strip() else None

    return call


@pytest.fixture(scope="module", name="made")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a small commune imported and matched, and its lists; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("commune")

    def call(*arguments: object) -> dict[str, int]:
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            assert run(["--home", str(folder / "commune"), "--json", *map(str, arguments)]) == 0
        return dict(json.loads(out.getvalue()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIELDTOOL_PASSPHRASE", PASSPHRASE)
        call("init", "--officer", "Lô Văn Thử", "--commune", "16906")
        call("sample", "--people", "300", "--seed", "5", folder / "lists")
        outcome = call("import", *sorted((folder / "lists").glob("*.xlsx")))
        assert outcome["rows"] == sum(outcome[name] for name in ("added", "unchanged", "parked", "refused"))
        assert outcome["added"] > 500
        outcome = call("match")
        assert 0 < outcome["persons"] < outcome["documents"]
    return folder


@pytest.fixture(name="commune")
def _commune(made: Path, tmp_path: Path) -> Path:
    """The commune's home for this test alone; returns the folder of its lists."""
    shutil.copytree(made / "commune", tmp_path / "commune")
    shutil.copytree(made / "lists", tmp_path / "lists")
    return tmp_path / "lists"


def _fails(answer: tuple[int, object], error: str) -> None:
    code, document = answer
    assert code == 1
    assert document["error"]["code"] == error
    assert document["error"]["message"]
    assert document["error"]["hint"]


def test_a_doubt_is_found_decided_and_undone(call: Call, commune: Path) -> None:
    _, doubts = call("conflicts", "--kind", "field")
    doubt = doubts[0]
    _, shown = call("conflict", doubt["id"])
    assert shown["doubt"]["id"] == doubt["id"]
    assert shown["reasons"]
    code, decided = call("decide", doubt["id"], "--choose", "1")
    assert code == 0
    _, after = call("conflicts", "--kind", "field")
    assert doubt["id"] not in {item["id"] for item in after}
    code, _ = call("decide", decided["events"][0], "--undo")
    assert code == 0
    _, again = call("conflicts", "--kind", "field")
    assert again == doubts


def test_search_person_household(call: Call, commune: Path) -> None:
    _, doubts = call("conflicts")
    doubt = next(item for item in doubts if item["household"])
    _, hits = call("search", *reversed(doubt["name"].split()))
    assert doubt["person"] in {hit["id"] for hit in hits}
    _, person = call("person", doubt["person"])
    assert person["documents"]
    _, household = call("household", person["household"])
    assert household["members"]


def test_a_second_import_adds_nothing_and_undo_takes_all_back(call: Call, commune: Path) -> None:
    file = sorted(commune.glob("*.xlsx"))[0]
    code, again = call("import", file)
    assert code == 0
    assert again["added"] == 0
    assert again["rows"] == again["unchanged"] + again["parked"] + again["refused"]
    other = commune / "khac.csv"
    other.write_text(
        "rec_id,doc,name,dob,sex,n12,place\nX1,id,Xồng Thử Một,01/02/1990,Nam,040090000001,Bản Đửa\n", encoding="utf-8"
    )
    _, outcome = call("import", other)
    assert outcome["added"] == 1
    assert len(call("search", "Xồng Thử Một")[1]) <= 1
    assert call("undo-import", outcome["files"][0]["id"])[0] == 0
    assert "Xồng Thử Một" not in {hit["name"] for hit in call("search", "Xồng Thử Một")[1]}


def test_a_dry_run_changes_nothing(call: Call, tmp_path: Path) -> None:
    call("init", "--officer", "Lô Văn Thử", "--commune", "16906")
    call("sample", "--people", "200", tmp_path / "lists")
    file = sorted((tmp_path / "lists").glob("*.xlsx"))[0]
    before = len(call("log", "--limit", "0")[1])
    _, outcome = call("import", "--dry-run", file)
    assert outcome["rows"] > 0
    assert len(call("log", "--limit", "0")[1]) == before


def test_clusters_and_reviews_as_csv(call: Call, commune: Path, tmp_path: Path) -> None:
    assert call("clusters", "--csv", tmp_path / "clusters.csv")[0] == 0
    assert call("reviews", "--csv", tmp_path / "reviews.csv")[0] == 0
    with (tmp_path / "clusters.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"document_id", "source_file", "sheet", "row", "source_key", "kind", "person_id", "band"} == set(rows[0])
    assert all(row["person_id"] and row["source_key"] for row in rows)


def test_backup_restores_to_an_equal_home(call: Call, commune: Path, tmp_path: Path) -> None:
    _, before = call("log", "--limit", "0")
    assert call("backup", tmp_path / "sao-luu.fbk")[0] == 0
    assert call("restore", tmp_path / "sao-luu.fbk", home="restored")[0] == 0
    _, after = call("log", "--limit", "0", home="restored")
    assert before == after
    code, checked = call("check", home="restored")
    assert code == 0
    assert checked["whole"]


def test_each_wrong_turn_has_its_code_and_changes_nothing(
    call: Call, commune: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, before = call("log", "--limit", "0")
    fake = tmp_path / "danh sách.xlsx"
    fake.write_bytes(b"no workbook at all")
    _fails(call("import", fake), "not_a_workbook")
    _fails(call("import", tmp_path / "missing.xlsx"), "no_file")
    empty = tmp_path / "empty.csv"
    empty.write_text("Họ và tên,Ngày sinh\n", encoding="utf-8")
    _fails(call("import", empty), "empty_list")
    _fails(call("person", "nobody"), "not_found")
    _fails(call("init", "--officer", "Lô Văn Thử", "--commune", "16906"), "home_exists")
    _fails(call("check", home="nowhere"), "no_home")
    _fails(call("export", "--to", "x", tmp_path), "not_enrolled")
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "một cụm khác hẳn nhé")
    _fails(call("check"), "wrong_passphrase")
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", PASSPHRASE)
    assert call("check")[1]["whole"]
    assert call("log", "--limit", "0")[1] == before


def test_wrong_usage_is_exit_code_two(call: Call) -> None:
    assert call("no-such-command")[0] == 2
    assert call("decide", "x", "--same", "--apart")[0] == 2


def test_a_defect_is_told_without_its_trace(
    call: Call, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(text: str) -> object:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("fieldtool.cli.link_alone.read_spec", broken)
    _fails(call("link", __file__, __file__, "--out", "x.csv"), "unexpected")
    assert "Traceback" not in capsys.readouterr().err


def test_a_damaged_file_is_not_taken_for_a_wrong_passphrase(call: Call, tmp_path: Path) -> None:
    assert call("init", "--officer", "Lô Văn Thử", "--commune", "16906")[0] == 0
    file = tmp_path / "commune" / "home.db"
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(bytes(content))
    _fails(call("check"), "home_damaged")


def test_the_age_interview_at_the_door_puts_a_date_on_the_draft(call: Call, commune: Path) -> None:
    _, tasks = call("tasks")
    household = next(line["household"] for part in tasks for line in part["lines"] if line["doubts"] == 0)
    _, page = call("visit", "open", household)
    member = page["members"][0]["member"]
    asked = ("visit", "age", household, member["person"], "--animal", "Ất Sửu")
    code, told = call(*asked)
    assert code == 0, told
    assert {"1925", "1985"} <= {offer["value"] for offer in told["offers"]}
    assert call("visit", "drafts") == (0, [])
    code, told = call(*asked, "--take", 1, "--said-by", "Vi Thị Mai")
    assert code == 0 and told["taken"] == told["offers"][0]["value"]
    assert call("visit", "drafts") == (0, [household])
    code, _ = call("visit", "record", household, "--all-here")
    assert code == 0
    _fails(call(*asked, "--take", 99), "bad_value")
