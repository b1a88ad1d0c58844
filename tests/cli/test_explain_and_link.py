"""`explain` and `link`: pairs judged without a home, and any table linked by a declared model."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from fieldtool.app import run

SPEC = """
id = "rec_id"
[[fields]]
column = "name"
comparator = "jaro_winkler"
term_frequency = true
[[fields]]
column = "born"
comparator = "date"
[[fields]]
column = "village"
comparator = "exact"
"""


def explain(pairs: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    text = pairs if isinstance(pairs, str) else json.dumps(pairs, ensure_ascii=False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8"))
    code = run(["--lang", "en", "explain"])
    return code, capsys.readouterr().out


def test_pairs_get_verdicts_with_reasons_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    same = {"name": "Lô Văn Thành", "dob": "12/03/1985", "sex": "M", "n12": "040085001234"}
    other = {"name": "Kha Thị Bình", "dob": "01/09/1999", "sex": "F", "n12": "040199009999"}
    pairs = [{"a": same, "b": {**same, "doc": "id"}}, {"a": same, "b": other}, {"a": {}, "b": {}}]
    code, out = explain(pairs, capsys, monkeypatch)
    told = json.loads(out)
    assert code == 0
    assert [item["verdict"] for item in told] == ["link", "distinct", "distinct"]
    assert told[0]["probability"] > 0.99
    assert all(reason["text"] and "{" not in reason["text"] for item in told for reason in item["reasons"])
    assert told[2]["reasons"] == []


@pytest.mark.parametrize("text", ["no json", "{}", '[{"a": 1, "b": {}}]', '[{"a": {}}]'])
def test_what_is_no_list_of_pairs_is_refused(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _ = explain(text, capsys, monkeypatch)
    assert code == 1


def test_a_table_is_linked_by_its_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["Lô Văn Thành", "Vi Thị Hường", "Moong Văn Ơn", "Xồng Bá Thái", "Cụt Phò Nhiên", "Hà Thị Mai"]
    rows = [(f"a{i}", f"{name} {i}", f"19{50 + i}-03-{10 + i}", str(i % 3)) for i, name in enumerate(names * 5)]
    for file, prefix in (("a.csv", "a"), ("b.csv", "b")):
        with (tmp_path / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["rec_id", "name", "born", "village"])
            writer.writerows((prefix + row[0][1:], *row[1:]) for row in rows)
    (tmp_path / "spec.toml").write_text(SPEC, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("spec.toml", "a.csv", "b.csv")]
    assert run(["--quiet", "link", *paths, "--out", str(tmp_path / "pairs.csv")]) == 0
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    assert list(pairs[0]) == ["id_l", "id_r", "weight", "probability"]
    assert {(row["id_l"][1:], row["id_r"][1:]) for row in pairs} == {(row[0][1:], row[0][1:]) for row in rows}


@pytest.mark.parametrize(
    ("spec", "named"),
    [
        ("fields = 3", "fields"),
        ("[[fields]]\ncolumn = 'name'\ncomparator = 'magic'", "magic"),
        ("[[fields]]\ncolumn = 'name'\nlevel = [1]", "level"),
        ("[[fields]]\ncolumn = 'nobody'", "nobody"),
        ("id = 'key'\n[[fields]]\ncolumn = 'name'", "key"),
    ],
)
def test_a_wrong_model_is_refused_with_what_is_wrong(
    spec: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spec.toml").write_text(spec, encoding="utf-8")
    (tmp_path / "a.csv").write_text("rec_id,name\n1,x\n", encoding="utf-8")
    arguments = ["link", str(tmp_path / "spec.toml"), str(tmp_path / "a.csv"), "--out", str(tmp_path / "out.csv")]
    assert run(["--json", *arguments]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "bad_spec"
    assert named in error["message"]


def test_a_table_in_another_encoding_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spec.toml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "a.csv").write_bytes("rec_id,name,born,village\n1,x,,\n2,Müller,,\n".encode("cp1252"))
    arguments = ["link", str(tmp_path / "spec.toml"), str(tmp_path / "a.csv"), "--out", str(tmp_path / "out.csv")]
    assert run(["--json", *arguments]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "bad_table"
    assert "3" in error["message"] and "UTF-8" in error["hint"]


@pytest.mark.parametrize(
    "arguments", [["--engine", "dask"], ["--scheduler", "tcp://127.0.0.1:1"], ["--engine", "spark"]]
)
def test_an_engine_and_its_scheduler_are_named_together(arguments: list[str], tmp_path: Path) -> None:
    assert run(["--home", str(tmp_path), "match", *arguments]) == 2
