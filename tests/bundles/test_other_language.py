"""A stranger's verifier, forty lines of JavaScript written from docs/bundle-format.md, agrees with ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from exchange_homes import decide, fill, homes
from mutations import read_sheets

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
