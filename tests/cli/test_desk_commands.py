"""The desk by commands: filters and counts, aside, in bulk, merge and split, the legal table, printed forms."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_home import desk_home, paper
from open_doors import doors_of

from fieldtool.cli.main import run
from fieldtool.ports import Home
from fieldtool.records.documents import to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.opening import Store
from fieldtool.usecases import join_persons

Call = Callable[..., tuple[int, object]]


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[tuple[Store, Home]]:
    with desk_home(tmp_path / "home") as (store, home):
        yield store, home


@pytest.fixture(name="call")
def _call(store: tuple[Store, Home], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command with --json on the open home; the slow unlocking is tried elsewhere."""
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "bốn con trâu qua suối")

    given = doors_of(store[0])

    def call(*arguments: object) -> tuple[int, object]:
        capsys.readouterr()
        code = run(given, ["--json", *map(str, arguments)])
        out = capsys.readouterr().out
        return code, json.loads(out) if out.strip() else None

    return call


def test_filters_counts_and_the_share_that_is_explained(call: Call) -> None:
    _, lines = call("conflicts")
    _, counts = call("conflicts", "--counts")
    assert counts["shown"] == counts["open"] == len(lines) == sum(counts["kind"].values())
    _, some = call("conflicts", "--household", "h1", "--reason", "year_only", "--who", "officer")
    assert {line["id"] for line in some} == {"p1:dob", "p2:dob", "p3:dob"}
    _, share = call("conflicts", "--kind", "field", "--explained")
    assert (share["share"], share["unnamed"]) == (1.0, [])


def test_one_doubt_with_law_relatives_and_what_a_merge_would_bring(call: Call) -> None:
    _, shown = call("conflict", "p1:dob")
    assert (shown["road"]["who"], shown["road"]["form"], shown["road"]["value"]) == ("officer", "dc02", "02/03/1990")
    assert {kin["kind"] for kin in shown["relatives"]} == {"mother", "head", "sibling"}
    _, pair = call("conflict", "g1|i1")
    assert pair["merge"]["second"] is True


def test_aside_and_back(call: Call) -> None:
    assert call("decide", "p4:name", "--needs-paper", "birth", "--note", "mất")[0] == 0
    _, lines = call("conflicts", "--standing", "paper")
    assert [(line["id"], line["note"]) for line in lines] == [("p4:name", "mất")]
    assert call("decide", "p4:name", "--reopen")[0] == 0
    assert call("conflicts", "--standing", "paper")[1] == []
    assert call("decide", "p4:name", "--park", "--until", "mai") == (2, None)


def test_in_bulk_with_an_exception_tried_first_and_taken_back(call: Call) -> None:
    _, tried = call("decide", "--bulk", "year_only", "--dry-run")
    assert (tried["decided"], tried["events"]) == (4, [])
    _, done = call("decide", "--bulk", "year_only", "--except", "p3:dob")
    assert (done["decided"], done["left"]) == (3, 1)
    assert [line["id"] for line in call("conflicts", "--reason", "year_only")[1]] == ["p3:dob"]
    assert call("decide", done["act"], "--undo")[0] == 0
    assert len(call("conflicts", "--reason", "year_only")[1]) == 4
    code, error = call("decide", "--bulk", "tone")
    assert (code, error["error"]["code"]) == (1, "nothing_in_bulk")


@pytest.mark.parametrize(
    "arguments",
    [("decide",), ("decide", "p1:dob"), ("decide", "p1:dob", "--bulk", "tone"), ("decide", "x", "--park", "--accept"),
     ("merge", "p1"), ("merge", "p1", "p2", "--confirm"), ("print", "dc02", "--out", "x.pdf"),
     ("print", "route", "--out", "x")],
)  # fmt: skip
def test_what_is_not_clear_is_wrong_usage(call: Call, arguments: tuple[str, ...]) -> None:
    assert call(*arguments)[0] == 2


def test_merge_and_split_with_their_previews(call: Call, store: tuple[Store, Home]) -> None:
    people = store[1].people
    _, seen = call("merge", "p9", "p10", "--preview")
    assert "papers" in {item["code"] for item in seen["consequences"]}
    assert people.person("p10") is not None
    _, done = call("merge", "p9", "p10")
    assert people.person("p10") is None
    assert call("decide", done["events"][0], "--undo")[0] == 0
    assert people.person("p10") is not None
    code, error = call("merge", "p7", "p8")
    assert (code, error["error"]["code"]) == (1, "second_officer")
    assert call("merge", "p7", "p8", "--propose")[0] == 0
    code, error = call("merge", "g1|i1", "--confirm")
    assert (code, error["error"]["code"]) == (1, "second_officer")
    assert call("merge", "g1|i1", "--decline")[0] == 0
    assert call("split", "p4", "--document", "d2", "--preview")[0] == 0
    assert people.links()["d2"][0] == "p4"
    assert call("split", "p4", "--document", "d2")[0] == 0
    assert people.links()["d2"][0] != "p4"


def test_forms_tables_and_templates(call: Call, tmp_path: Path) -> None:
    assert call("decide", "p1:dob", "--choose", "1")[0] == 0
    _, done = call("print", "dc02", "--person", "p1", "--out", tmp_path / "a.pdf")
    assert (done["sheets"], done["persons"]) == (1, ["p1"])
    assert Path(done["file"]).read_bytes().startswith(b"%PDF")
    code, error = call("print", "dc02", "--person", "p9", "--out", tmp_path / "b.pdf")
    assert (code, error["error"]["code"]) == (1, "nothing_to_print")
    table = tmp_path / "law.csv"
    assert call("law", "--save", table)[0] == 0
    table.write_text(table.read_text(encoding="utf-8").replace(",sure,", ",chắc,", 1), encoding="utf-8")
    code, error = call("law", "--load", table)
    assert (code, error["error"]["code"], error["error"]["place"]["cell"]) == (1, "bad_law", "A2")
    assert call("law")[1]["own"] is False
    template = tmp_path / "dc02.toml"
    assert call("template", "dc02", "--save", template)[0] == 0
    text = template.read_text(encoding="utf-8")
    title = tomllib.loads(text)["title"]
    template.write_text(text.replace(title, f"PHIẾU SỬA: {title}"), encoding="utf-8")
    assert "PHIẾU SỬA" in call("template", "dc02", "--load", template)[1]["text"]
    assert "PHIẾU SỬA" not in call("template", "dc02", "--reset")[1]["text"]
    template.write_text("title = 7", encoding="utf-8")
    code, error = call("template", "dc02", "--load", template)
    assert (code, error["error"]["code"]) == (1, "bad_form_text")


def test_every_kind_of_doubt_is_told_and_a_family_s_is_settled_by_its_field(
    store: tuple[Store, Home], call: Call
) -> None:
    home = store[1]
    join_persons.propose(home, "g1", "i1")
    for text in ("Vi Thị Dung", "Vi Thị Dũng"):  # two machines that decided apart
        home.log.append(
            [Draft(RecordKind.PERSON, "p4", Field.NAME, text, basis='{"seen":["Vi Thị Dung","Vi Thị Dũng"]}')]
        )
    home.log.append([Draft(RecordKind.DOCUMENT, "a2", LINK, "p2", basis="{}")])  # and gave one paper to two persons
    odd = paper("q1", DocumentKind.HOUSEHOLD, "h1", name="Lô Thị Ơn", dob="1969", sex="Nam", relation="Vợ", book="1")
    home.log.append([Draft(RecordKind.DOCUMENT, "q1", CONTENT, to_payload(odd), basis='{"import":"i"}'),
                     Draft(RecordKind.DOCUMENT, "q1", LINK, "q")])  # fmt: skip
    _, lines = call("conflicts", "--standing", "any")
    kinds = {line["kind"] for line in lines}
    assert kinds == {"field", "divided", "link", "rivals", "second", "number", "family"}
    for line in lines:
        code, told = call("conflict", line["id"])
        assert code == 0 and told["doubt"]["id"] == line["id"], line
    family = next(line["id"] for line in lines if line["code"] == "family_relation_sex")
    assert call("decide", family, "--value", "Nữ")[0] == 0
    assert family not in {line["id"] for line in call("conflicts")[1]}
    assert call("conflict", "p4:sex")[1]["error"]["code"] == "doubt_closed"
    assert call("decide", "k1|l1", "--accept")[1]["error"]["code"] == "bad_value"
    assert call("decide", "p1:dob", "--same")[1]["error"]["code"] == "bad_value"
    assert call("decide", "--bulk", "no such reason", "--dry-run")[1]["error"]["code"] == "not_found"


def test_what_was_done_before_is_listed_and_taken_back_by_its_id(call: Call) -> None:
    assert call("decide", "--recent") == (0, {"acts": []})
    call("decide", "p4:name", "--choose", "1")
    call("decide", "--bulk", "year_only")
    code, told = call("decide", "--recent")
    assert code == 0
    assert [(act["code"], act["count"]) for act in told["acts"]] == [("bulk", 4), ("field", 1)]
    for act in told["acts"]:
        assert call("decide", act["event"], "--undo")[0] == 0
    assert call("decide", "--recent") == (0, {"acts": []})
    assert call("decide", "p4:name", "--recent", "--accept")[0] != 0


def test_an_act_that_says_nothing_of_a_doubt_is_told_so(call: Call) -> None:
    for act in (("--choose", 1), ("--value", "Lô Văn Tám")):
        code, told = call("decide", "k1|l1", *act)
        assert (code, told["error"]["code"]) == (1, "bad_value")
    assert call("decide", "không có", "--choose", 1)[1]["error"]["code"] == "not_found"
