"""Ethnicity and religion are sought, as words that nobody else has, in everything the commands say and write."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from door_home import HEAD, HOUSE, SON, VILLAGE, WIFE, door_home
from open_doors import doors_of
from pdf_text import text_of

from fieldtool.cli.main import run
from fieldtool.ports import Home
from fieldtool.records.documents import Document, Source, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.sensitive import HIDDEN
from fieldtool.store.opening import Store
from fieldtool.usecases.settle_conflict import decide

AGREED, FAITH, ONE, OTHER = "Kínagreed", "Kínfaith", "Kínone", "Kínother"  # the words that must not be found
PURPOSE = "Lập hồ sơ hỗ trợ học sinh"
_PAPERS = (
    (SON, DocumentKind.BIRTH, {"name": "Lô Minh Quý", "ethnicity": AGREED, "religion": FAITH}),
    (WIFE, DocumentKind.BIRTH, {"name": "Lương Thị Hường", "ethnicity": ONE}),
    (WIFE, DocumentKind.ID_CARD, {"name": "Lương Thị Hường", "ethnicity": OTHER}),
    (HEAD, DocumentKind.BIRTH, {"name": "Lô Văn Đạt", "ethnicity": ONE, "religion": FAITH}),
    (HEAD, DocumentKind.STATEMENT, {"name": "Lô Văn Đạt", "ethnicity": OTHER}),
)


def _planted() -> Iterator[Draft]:
    for number, (person, kind, texts) in enumerate(_PAPERS):
        raw = {Field(name): text for name, text in texts.items()}
        paper = Document(f"k{number}", kind, raw, Source("Kín.xlsx", "1", number + 2, str(number)), VILLAGE, f"l{kind}")
        yield Draft(RecordKind.DOCUMENT, paper.id, CONTENT, to_payload(paper), basis='{"import":"i1"}', village=VILLAGE)
        yield Draft(RecordKind.DOCUMENT, paper.id, LINK, person, basis='{"band":"certain"}', village=VILLAGE)


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[tuple[Store, Home]]:
    with door_home(tmp_path / "home") as (store, home):
        home.log.append(_planted())
        decide(home, HEAD, Field.ETHNICITY, OTHER)
        yield store, home


Run = Callable[..., str]


@pytest.fixture(name="said")
def _said(store: tuple[Store, Home], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """What a command says in words and in JSON, both channels of both."""
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "bốn con trâu qua suối")

    given = doors_of(store[0])

    def said(*arguments: object, fails: bool = False) -> str:
        told = ""
        for options in ([], ["--json"]):
            capsys.readouterr()
            code = run(given, [*options, *map(str, arguments)])
            out, err = capsys.readouterr()
            assert (code != 0) is fails, err
            told += out + err
        return told

    return said


def _clean(text: str) -> None:
    assert "Kín" not in text.replace("Kín.xlsx", ""), text


LOOKS = [
    ("person", SON), ("person", WIFE), ("person", HEAD), ("household", HOUSE), ("search", "Lô"),
    ("search", "Kínagreed"),
    ("conflicts",), ("conflicts", "--field", "ethnicity"), ("conflicts", "--counts"), ("conflict", f"{HEAD}:dob"),
    ("visit", "open", HOUSE), ("tasks",), ("merge", SON, WIFE, "--preview"), ("merge", WIFE, HEAD, "--preview"),
    ("split", HEAD, "--document", "k3", "--preview"), ("log", "--limit", "0"), ("log", "--looked"), ("figures",),
    ("figure", "right.agreed"), ("case", "list"), ("propose", "card_due"), ("trend",), ("check",),
    ("decide", "--bulk", "text_differs", "--dry-run"),
]  # fmt: skip


@pytest.mark.parametrize("command", LOOKS, ids=" ".join)
def test_nothing_that_is_shown_names_them_without_a_purpose(said: Run, command: tuple[str, ...]) -> None:
    _clean(said(*command))


def test_what_is_hidden_keeps_its_key_and_says_how_it_is_seen(said: Run) -> None:
    told = said("person", SON)
    assert f"Dân tộc: {HIDDEN}" in told and f"Tôn giáo: {HIDDEN}" in told and "--purpose" in told
    data = json.loads(told[told.index("\n{") :].split("\n}\n")[0] + "\n}")
    assert data["fields"]["ethnicity"]["value"] == HIDDEN and data["fields"]["name"]["value"] == "Lô Minh Quý"
    assert data["documents"][-1]["raw"]["religion"] in (HIDDEN, None) or any(
        paper["raw"].get("religion") == HIDDEN for paper in data["documents"]
    )


def test_a_purpose_shows_them_and_stands_in_the_chained_journal(said: Run, store: tuple[Store, Home]) -> None:
    head = store[1].log.journal_head()
    told = said("person", SON, "--purpose", PURPOSE)
    assert AGREED in told and FAITH in told and HIDDEN not in told
    assert store[1].log.journal_head() != head and store[0].check().complaints == []
    looked = said("log", "--looked")
    assert f"person {SON}: {PURPOSE}" in looked
    _clean(said("person", SON))  # once is once


@pytest.mark.parametrize("purpose", ["…", " . ", "123"])
def test_a_purpose_without_a_word_is_refused(said: Run, purpose: str) -> None:
    _clean(said("person", SON, "--purpose", purpose, fails=True))


def test_where_ethnicity_is_itself_open_it_is_shown_to_be_decided(said: Run) -> None:
    told = said("conflict", f"{WIFE}:ethnicity")
    assert ONE in told and OTHER in told
    assert ONE in said("visit", "open", HOUSE, "--purpose", PURPOSE)


def test_printed_lists_leave_them_out_and_forms_of_the_law_have_them(said: Run, tmp_path: Path) -> None:
    def printed(name: str, *arguments: str) -> str:
        said("print", *arguments, "--out", tmp_path / name)
        return text_of((tmp_path / name).read_bytes())

    _clean(said("plan", "make", VILLAGE))
    _clean(printed("route.pdf", "route", VILLAGE))
    _clean(printed("minutes.pdf", "minutes", "--person", WIFE))
    _clean(printed("conflict.pdf", "conflict", "--village", VILLAGE))
    assert ONE in printed("asked.pdf", "conflict", "--conflict", f"{WIFE}:ethnicity")
    assert ONE in printed("purpose.pdf", "minutes", "--person", WIFE, "--purpose", PURPOSE)
    assert AGREED in printed("dc01.pdf", "dc01", "--person", SON)


def test_workbooks_and_tables_leave_them_out(said: Run, tmp_path: Path) -> None:
    said("report", "weekly", "--out", tmp_path / "week.xlsx")
    said("clusters", "--csv", tmp_path / "clusters.csv")
    said("reviews", "--csv", tmp_path / "reviews.csv")
    with zipfile.ZipFile(next(tmp_path.glob("week*.xlsx"))) as book:
        _clean("".join(book.read(name).decode("utf-8", "replace") for name in book.namelist()))
    for table in tmp_path.glob("*.csv"):
        _clean(table.read_text(encoding="utf-8"))
