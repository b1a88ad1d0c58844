"""A laptop enrolled by a picture of a QR code: the words are the same on both sides, and a wrong picture is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import segno

from fieldtool.app import run
from fieldtool.cli.session import Session
from fieldtool.machine.card_images import read_code
from fieldtool.reports.codes import code_picture

Call = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture(name="call")
def _call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "bốn con trâu qua suối")

    def call(home: str, *arguments: object) -> tuple[int, dict[str, object]]:
        capsys.readouterr()
        code = run(["--home", str(tmp_path / home), "--json", *map(str, arguments)])
        return code, json.loads(capsys.readouterr().out)

    return call


@pytest.mark.parametrize("suite", ["modern", "qcvn15"])
def test_a_picture_of_the_request_enrols_the_laptop(call: Call, tmp_path: Path, suite: str) -> None:
    made = ("--officer", "Lô Văn Thử", "--commune", "16906", "--suite", suite)
    assert call("office", "init", "--headquarters", *made)[0] == 0
    assert call("commune", "init", *made)[0] == 0
    code, asked = call("commune", "enrol", "request", tmp_path / "stick", "--qr")
    assert code == 0
    (picture,) = (tmp_path / "stick").glob("*.png")
    (tmp_path / "photo").mkdir()
    photo = tmp_path / "photo" / "ảnh.png"
    photo.write_bytes(picture.read_bytes())
    code, answer = call("office", "enrol", "accept", photo, tmp_path / "back", "--qr")
    assert code == 0
    assert answer["words"] == asked["words"]
    pages = [str(page) for page in answer["pages"]]  # type: ignore[attr-defined]
    if len(pages) > 1:  # the keys of qcvn15 are long
        code, refused = call("commune", "enrol", "finish", *pages[1:])
        assert (code, refused["error"]["code"]) == (1, "code_pages_missing")  # type: ignore[index]
    assert len(pages) == {"modern": 1, "qcvn15": 2}[suite]
    assert call("commune", "enrol", "finish", *reversed(pages))[0] == 0
    segno.make("chẳng phải yêu cầu", micro=False).save(str(photo), scale=4)
    code, refused = call("office", "enrol", "accept", photo, tmp_path / "back")
    assert code == 1
    assert refused["error"]["code"] == "bad_request_file"  # type: ignore[index]


@pytest.mark.parametrize("text", ['{"unit_name":"CA xã A"}', "Lô Văn Thử", "123456", "ABC-12", "đơn vị 😀"])
def test_letters_of_every_kind_come_back_from_the_code(text: str, tmp_path: Path) -> None:
    picture = code_picture(text)
    assert picture is not None
    (tmp_path / "code.png").write_bytes(picture)
    assert read_code(tmp_path / "code.png") == text


def test_a_text_longer_than_one_code_gives_no_picture() -> None:
    assert code_picture("x" * 2954) is None
    assert code_picture("x" * 2900)


def test_words_that_were_heard_otherwise_enrol_nobody(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ("--officer", "Lô Văn Thử", "--commune", "16906")
    assert call("office", "init", "--headquarters", *made)[0] == 0
    assert call("commune", "init", *made)[0] == 0
    _, asked = call("commune", "enrol", "request", tmp_path / "stick")
    words = [str(word) for word in asked["words"]]  # type: ignore[attr-defined]
    code, refused = call(
        "office", "enrol", "accept", asked["file"], tmp_path / "back", "--words", " ".join(words[::-1])
    )
    assert (code, refused["error"]["code"]) == (1, "words_differ")  # type: ignore[index]
    assert not (tmp_path / "back").exists() and len(call("office", "devices")[1]) == 1
    heard = " – ".join(words).upper()
    code, answer = call("office", "enrol", "accept", asked["file"], tmp_path / "back", "--words", heard)
    assert code == 0
    code, refused = call(
        "commune", "enrol", "finish", answer["file"], "--words", heard
    )  # the laptop's own, not the root's
    assert (code, refused["error"]["code"]) == (1, "words_differ")  # type: ignore[index]
    asks: list[str] = []
    monkeypatch.setattr(Session, "asks", True)
    monkeypatch.setattr(click, "confirm", lambda told, **_: asks.append(told))  # no
    code, refused = call("commune", "enrol", "finish", answer["file"])
    assert (code, refused["error"]["code"]) == (1, "words_differ")  # type: ignore[index]
    monkeypatch.setattr(click, "confirm", lambda told, **_: asks.append(told) or True)
    code, done = call("commune", "enrol", "finish", answer["file"])
    assert code == 0 and all(" ".join(done["words"]) in told for told in asks)  # type: ignore[arg-type]


def test_a_machine_accepted_by_a_script_stays_marked_until_its_words_are_compared(call: Call, tmp_path: Path) -> None:
    made = ("--officer", "Lô Văn Thử", "--commune", "16906")
    assert call("office", "init", "--headquarters", *made)[0] == 0
    assert call("commune", "init", *made)[0] == 0
    _, asked = call("commune", "enrol", "request", tmp_path / "stick")
    code, answer = call("office", "enrol", "accept", asked["file"], tmp_path / "back")
    assert (code, answer["compared"]) == (0, False)
    device = str(answer["device"])
    assert _compared(call, "office") == {device: False} and _marks(call) == {device: True}
    code, done = call("commune", "enrol", "finish", answer["file"])
    assert (code, done["compared"]) == (0, False)
    words, root = (" ".join(str(word) for word in said["words"]) for said in (asked, done))  # type: ignore[attr-defined]
    for home, about, heard in (("office", (device,), root), ("commune", (), words)):
        code, refused = call(home, "enrol", "confirm", *about, "--words", heard)
        assert (code, refused["error"]["code"]) == (1, "words_differ")  # type: ignore[index]
    assert call("office", "enrol", "confirm", "ai-do", "--words", words)[1]["error"]["code"] == "unknown_device"  # type: ignore[index]
    assert call("office", "enrol", "confirm", device, "--words", words)[0] == 0
    assert call("commune", "enrol", "confirm", "--words", root)[0] == 0
    assert _compared(call, "office") == {device: True} and _marks(call) == {device: False}
    code, again = call("office", "enrol", "accept", asked["file"], tmp_path / "again")
    assert (code, again["compared"]) == (0, True)  # the same answer once more
    assert call("commune", "enrol", "finish", again["file"])[1]["compared"] is True


def _compared(call: Call, home: str) -> dict[str, bool]:
    cards = call(home, "devices")[1]
    return {card["device"]: card["words_compared"] for card in cards if card["role"] != "hq_nhap"}  # type: ignore[index]


def _marks(call: Call) -> dict[str, bool]:
    return {item["device"]: item["unheard"] for item in call("office", "board")[1]["makers"]}  # type: ignore[index, attr-defined]
