"""What a command says to an officer: days as he writes them, words beside codes, wrong usage in his language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from door_home import HOUSE, SON, VILLAGE, door_home
from open_doors import doors_of

from fieldtool.cli.main import run
from fieldtool.records.casebook import book

Told = Callable[..., tuple[int, str, str]]
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


@pytest.fixture(name="told")
def _told(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "bốn con trâu qua suối")
    monkeypatch.delenv("FIELDTOOL_PIN", raising=False)
    with door_home(tmp_path / "home") as (store, _home):
        given = doors_of(store)

        def told(*arguments: str) -> tuple[int, str, str]:
            capsys.readouterr()
            code = run(given, list(arguments))
            return code, *capsys.readouterr()

        yield told


def test_days_are_told_as_an_officer_writes_them_and_stay_iso_in_json(told: Told) -> None:
    assert told("plan", "make", VILLAGE, "--day", "30/11/2026")[0] == 0
    kept = told("visit", "record", HOUSE, "--all-here", "--result", "partly", "--next-day", "02/12/2026")
    assert kept[0] == 0, kept
    case = json.loads(told("--json", "case", "open", "abroad", "--person", SON, "--set", "country=Lào")[1])["case"][
        "id"
    ]
    said = ""
    for command in (("plan", "list"), ("visit", "list"), ("tasks",), ("case", "show", case), ("clock",), ("imports",),
                    ("log", "--record", case), ("log", "--looked"), ("propose", "card_due")):  # fmt: skip
        code, out, err = told(*command)
        assert code == 0, err
        assert not _ISO.search(out), (command, out)
        said += out
    assert "30/11/2026" in said and "02/12/2026" in said
    assert json.loads(told("--json", "visit", "list")[1])[0]["next_day"] == "2026-12-02"
    assert json.loads(told("--json", "plan", "list")[1])[0]["day"] == "2026-11-30"
    assert " partly " not in said and "Xong một phần" in said


def test_a_next_day_that_is_none_is_refused_before_anything_is_written(told: Told) -> None:
    assert told("visit", "record", HOUSE, "--all-here", "--next-day", "31/02/2027")[0] == 2
    assert json.loads(told("--json", "visit", "list")[1]) == []


def test_kinds_of_case_have_words_beside_their_codes(told: Told) -> None:
    _, out, _ = told("case", "kinds")
    assert "archive  Mất, thiếu tàng thư" in out and "Đã thu nhận căn cước" in out
    lines = out.splitlines()
    machines = book.MACHINES.values()
    parts = [1 + len(m.states) + len(m.steps) + len(m.checklist) + len(m.details) for m in machines]
    chosen = [len(m.choices.get(name, ())) for m in machines for name in m.details]
    assert len(lines) == sum(parts) + sum(chosen)
    assert all(len(line.removeprefix("        → ").split(maxsplit=1)) == 2 for line in lines)


def test_he_who_adds_an_officer_is_asked_for_his_own_code_before_the_others(told: Told) -> None:
    assert "own_pin_first" in told("officer", "add", "Vi Thị Thu", "officer")[2]


def test_a_case_says_which_steps_a_command_may_take_next(told: Told) -> None:
    case = json.loads(told("--json", "case", "open", "abroad", "--person", SON)[1])["case"]["id"]
    shown = told("case", "show", case)[1]
    steps = re.findall(r"→ (\w+) ", shown)
    assert steps and told("case", "step", case, steps[0])[0] in (0, 1)
    assert all(f"→ {item.code}  " in shown for item in book.MACHINES["abroad"].steps_from("away"))


def test_an_empty_list_says_so(told: Told) -> None:
    for command in (("visit", "list"), ("case", "list"), ("plan", "list"), ("roster", "vneid"), ("visit", "drafts")):
        assert told(*command)[1].strip() == "Không có mục nào.", command


def test_a_missing_personal_code_names_its_own_variable(told: Told) -> None:
    code, _, err = told("officer", "pin")
    assert code == 1 and "FIELDTOOL_PIN" in err and "PASSPHRASE" not in err and "[no_pin]" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "ra"), "Thiếu --to."),
        (("expot",), "Không có lệnh expot. Có phải: export"),
        (("tasks", "--vilage", "x"), "Không có tùy chọn --vilage. Có phải: --village?"),
        (("conflicts", "--kind", "x"), "Giá trị không dùng được cho --kind: Chọn một trong: field"),
        (("conflicts", "--limit", "x"), "Phải là số từ 0 đến"),
        (("person",), "Thiếu ID."),
        (("person", "a", "b"), "Thừa: b"),
        (("tasks", "--village"), "Tùy chọn --village cần một giá trị."),
        (("case", "open", "x"), "Giá trị không dùng được cho KIND: Chọn một trong: archive"),
        (("--passphrase-file",), "cần một giá trị"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_vietnamese(told: Told, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = told(*arguments)
    assert code == 2 and out == "" and said in err
    assert "Error" not in err and "Missing" not in err and "Usage:" not in err


def test_wrong_usage_follows_the_language_and_help_is_no_fault(told: Told) -> None:
    assert "--to is missing." in told("--lang", "en", "export", "out")[2]
    assert told("--version")[0] == told("export", "--help")[0] == 0


def test_each_figure_is_shown_with_the_code_that_opens_its_list(told: Told) -> None:
    codes = re.findall(r"\[([a-z_.0-9]+)\]$", told("figures")[1], re.M)
    assert len(codes) == len(set(codes)) > 15
    assert [code for code in codes if told("figure", code)[0] == 0] == codes
    code, _, err = told("figure", "right")
    assert code == 1 and "right.agreed" in err


def test_the_second_person_is_told_what_to_type_again(told: Told) -> None:
    assert "household  Sổ hộ khẩu" in told("entry", "forms")[1]
    batch = json.loads(told("--json", "entry", "open", "household", "--title", "Sổ", "--total", "1")[1])["id"]
    told("entry", "add", batch, "--set", "name=Lô Thị Mới", "--set", "dob=3/5/2001", "--set", "relation=Con")
    out = told("entry", "verify", batch)[1]
    assert "Lô Thị Mới" in out and "Ngày sinh" in out
    assert "Sổ hộ khẩu" in told("entry", "batches")[1]


def test_who_reads_a_conflict_by_command_is_noted_as_a_view(told: Told) -> None:
    doubt = json.loads(told("--json", "conflicts", "--field", "dob")[1])[0]
    assert told("conflict", doubt["id"])[0] == 0
    view, log = json.loads(told("--json", "log", "--looked")[1])[-2:]
    assert (view["what"], view["detail"]) == ("view", doubt["person"])
    assert (log["what"], log["detail"]) == ("log", "journal")  # who reads the log looked at something too


@pytest.mark.parametrize(("total", "said"), [("2", "không khớp"), ("1", "Đã đóng tập: 1/1")])
def test_closing_a_batch_says_when_the_paper_has_another_total(told: Told, total: str, said: str) -> None:
    batch = json.loads(told("--json", "entry", "open", "household", "--title", "Sổ", "--total", total)[1])["id"]
    told("entry", "add", batch, "--set", "name=Lô Thị Mới", "--set", "dob=3/5/2001")
    assert said in told("entry", "close", batch)[1]


def test_a_kind_of_the_journal_asked_of_the_operations_is_told_where_it_belongs(told: Told) -> None:
    code, _, err = told("log", "--kind", "looks")
    assert code == 1 and "--looked --kind looks" in err
    assert "--looked" not in told("log", "--kind", "x")[2] and "document" in told("log", "--kind", "x")[2]
