"""The adversarial tables of pairs, written by hand: each verdict must be one an experienced officer would accept.

A row is a story: what it is, the verdicts accepted, the two papers, and why. A row that fails is mended in the engine.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fieldtool.matching.explain import CODES, explain_pair

TABLES = Path(__file__).resolve().parents[1] / "stories" / "pairs"


def _rows() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for table in sorted(TABLES.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def record(text: str) -> dict[str, str]:
    """A RECORD from "name: …; dob: …"."""
    return {key.strip(): value.strip() for key, value in (part.split(": ", 1) for part in text.split("; ") if part)}


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["story"])
def test_verdict_is_one_an_officer_accepts(row: dict[str, str]) -> None:
    a, b = record(row["a"]), record(row["b"])
    verdict = explain_pair(a, b)
    codes = [reason.code for reason in verdict.reasons]
    assert str(verdict.outcome) in row["accepted"].split("|"), f"{verdict.weight:.1f} {codes}"
    assert str(explain_pair(b, a).outcome) == str(verdict.outcome)


def test_table_is_large_and_accepts_known_verdicts_only() -> None:
    rows = _rows()
    assert len(rows) >= 300
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows), "each row is a story of its own"
    assert len({row["story"] for row in rows}) == len(rows)
    assert all(row["why"] for row in rows)
    assert {word for row in rows for word in row["accepted"].split("|")} == {"link", "review", "distinct"}


def test_every_reason_code_has_its_sentences() -> None:
    root = Path(__file__).resolve().parents[2] / "resources" / "translations"
    for language in ("vi", "en"):
        text = "".join((root / language / f"{part}.po").read_text(encoding="utf-8") for part in ("reasons", "linking"))
        assert [code for code in CODES if f'msgid "reason.{code}"' not in text] == []
