"""The examples of docs/bundle-format.md, computed with the standard library alone as a stranger would."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.bundles.canonical import LONGEST_CELL, from_cell, is_plain, pieces, to_cell
from fieldtool.bundles.rows import event_of, event_rows
from fieldtool.records.events import Event

DOCUMENT = (Path(__file__).parents[2] / "docs" / "bundle-format.md").read_text(encoding="utf-8")


def _line(name: str) -> str:
    found = re.search(rf"^    {name} +(\S+)$", DOCUMENT, re.MULTILINE)
    assert found
    return found.group(1)


def test_the_documents_example_holds() -> None:
    row = next(line for line in DOCUMENT.splitlines() if line.startswith("    1 | m07"))
    cells = [cell.strip() for cell in row.strip().split("|")]
    assert len(cells) == 17
    encoded = [cell.encode() for cell in cells]
    leaf = hashlib.sha256(b"\0" + b"".join(struct.pack(">I", len(item)) + item for item in encoded))
    assert leaf.hexdigest() == _line("leaf")
    marks = "".join(f"{zlib.crc32(item) % 4096:03x}" for item in encoded)
    assert f"{leaf.hexdigest()[:16]}-{marks}" == _line("ma_kiem")
    root = hashlib.sha256(b"\1" + leaf.digest()).hexdigest()
    assert root == _line("root")
    header = next(line.strip() for line in DOCUMENT.splitlines() if line.startswith('    {"cha"'))
    assert json.loads(header)["goc_noi_dung"] == root
    assert hashlib.sha256(header.encode()).hexdigest() == _line("bundle id")


ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ['"', "_x0041_", " a", "a\n", "Thi\u0323", "\ud800", "=1"]
)


@settings(max_examples=300)
@given(ANY_TEXT)
def test_any_text_comes_back_from_its_cell(text: str) -> None:
    cell = to_cell(text)
    assert from_cell(cell) == text
    assert is_plain(cell) or cell.isascii()


@pytest.mark.parametrize("cell", ['"a"', '"', '"\\u0041"', "a ", "_x0041_", "Thi\u0323", '"a" ', "[1]\t", '["a"]\n'])
def test_a_text_has_one_cell_alone(cell: str) -> None:
    with pytest.raises(ValueError):
        from_cell(cell)


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=()), max_size=20), st.integers(0, 9_000))
def test_pieces_fit_and_give_the_text_back(text: str, times: int) -> None:
    long = text * times
    cells = pieces(long)
    assert "".join(map(from_cell, cells)) == long
    assert all(len(cell.encode("utf-16-le")) // 2 <= LONGEST_CELL for cell in cells)


@settings(max_examples=60)
@given(st.lists(ANY_TEXT, min_size=8, max_size=8), st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=4))
def test_an_event_comes_back_from_its_rows(texts: list[str], supersedes: list[str]) -> None:
    at, author, kind, record, field, value, basis, village = texts
    event = Event(
        "m1.1:7:00000000000000a1", "m1", 1, 7, "", at, author, 1, kind, record, field, value * 5_000,
        tuple(supersedes), basis, village, "cũ", "ff",
    )  # fmt: skip
    rows = list(event_rows(event, 3, "Tên", "Nhãn"))
    assert event_of(rows) == event
    assert [row[0] for row in rows] == ["3", *(f"3/{part}" for part in range(2, len(rows) + 1))]
