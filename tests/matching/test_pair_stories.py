"""The adversarial table of pairs: each verdict must be one that an experienced officer would accept."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fieldtool.matching.explain import CODES, explain_pair

TABLE = Path(__file__).resolve().parents[1] / "stories" / "pairs.csv"


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def record(text: str) -> dict[str, str]:
    """A RECORD from "name: …; dob: …"."""
    return {key.strip(): value.strip() for key, value in (part.split(": ", 1) for part in text.split("; ") if part)}


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['story']} [{row['a'][:24]}]")
def test_verdict_is_one_an_officer_accepts(row: dict[str, str]) -> None:
    a, b = record(row["a"]), record(row["b"])
    verdict = explain_pair(a, b)
    codes = [reason.code for reason in verdict.reasons]
    assert str(verdict.outcome) in row["accepted"].split("|"), f"{verdict.weight:.1f} {codes}"
    assert str(explain_pair(b, a).outcome) == str(verdict.outcome)


def test_table_is_large_and_accepts_known_verdicts_only() -> None:
    rows = _rows()
    assert len(rows) >= 300
    assert {word for row in rows for word in row["accepted"].split("|")} == {"link", "review", "distinct"}


def test_every_reason_code_has_its_sentences() -> None:
    root = Path(__file__).resolve().parents[2] / "resources" / "translations"
    for language in ("vi", "en"):
        text = "".join((root / language / f"{part}.po").read_text(encoding="utf-8") for part in ("reasons", "linking"))
        assert [code for code in CODES if f'msgid "reason.{code}"' not in text] == []
