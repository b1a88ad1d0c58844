"""A stranger's verifier, forty lines of JavaScript written from docs/bundle-format.md, agrees with ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from exchange_homes import decide, fill, homes
from mutations import read_sheets

from fieldtool.bundles.envelope import unframed
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.from_stick import open_bundle

NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed here")
def test_a_verifier_in_another_language_agrees(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 5, odd='"trích" =1+1 \t')
        decide(laptop, "p" + "0" * 31, "name", "Lô Thị Xuân\nhai dòng")
        proved = open_bundle(office, export_bundle(laptop, "ct", tmp_path / "usb").file)
        manifest, changes = read_sheets(proved.workbook)
        rows = [[*row, *[""] * (18 - len(row))] for row in changes[1:]]
        good = {"public": proved.maker.sign_key, "manifest": [[*row, ""][:2] for row in manifest[1:]], "rows": rows}
        told = _run(tmp_path, good)
        assert told == {"id": proved.id, "signed": True, "whole": True, "changed": []}
        rows[3][11] += "x"
        assert _run(tmp_path, good) == {"id": proved.id, "signed": True, "whole": False, "changed": [5]}


@pytest.mark.skipif(NODE is None, reason="node is not installed here")
def test_a_stranger_verifies_a_whole_bundle(tmp_path: Path) -> None:
    """From the letter under the seal to its maker's card; of what was altered, what depends on it holds no more."""
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 5, odd='"trích" =1+1 \t' + "dài " * 9_000)
        sealed = export_bundle(laptop, "ct", tmp_path / "usb").file.read_bytes()
        letter = office.keys.unseal(unframed(sealed))
        trust = office.trust.list_text()
        told = _stranger(tmp_path, letter, trust)
        assert len(told) == 13 and all(line.startswith("ok   ") for line in told)
        assert {"ok   events' hashes (10)", "ok   card m01.1", "ok   card mhq.1"} <= set(told)
        envelope = letter.replace(b'"noi_nhan":"ct"', b'"noi_nhan":"cx"')
        assert "FAIL envelope signature" in _stranger(tmp_path, envelope, trust)
        assert "FAIL workbook hash" in _stranger(tmp_path, letter + b"x", trust)
        role = trust.replace('"role":"can_bo_xa"', '"role":"truong_xa"')
        assert {"FAIL list signature", "FAIL card m01.1"} <= set(_stranger(tmp_path, letter, role))


def _stranger(folder: Path, letter: bytes, trust: str) -> list[str]:
    (folder / "letter").write_bytes(letter)
    (folder / "list.tin").write_text(trust, encoding="utf-8")
    script = Path(__file__).with_name("stranger.mjs")
    done = subprocess.run(
        [str(NODE), str(script), str(folder / "letter"), str(folder / "list.tin")],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout.splitlines()


def _run(folder: Path, bundle: object) -> object:
    file = folder / "bundle.json"
    file.write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [str(NODE), str(Path(__file__).with_name("verify.mjs")), str(file)],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)
