"""Estimating without labels: bounded, ordered, silent on little data, and never wider in what links by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.matching.features import Features, read_documents
from fieldtool.matching.judge import judge
from fieldtool.matching.levels import LEVELS, compare
from fieldtool.matching.model import falling, fitted_model, refitted, shipped_model
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field

ORDERED = ("sex", "n12", "n9", "own", "father", "mother", "spouse", "head", "place", "ethnicity")


def _levels(seed: int, pairs: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {name: rng.integers(-1, len(names), pairs) for name, names in LEVELS.items()}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from((0.0, 0.3, 1.0)))
def test_no_level_moves_more_than_three_bits_however_odd_the_lists(seed: int, share: float) -> None:
    first = shipped_model()
    truth = (np.random.default_rng(seed).random(3_000) < share).astype(float)
    moved = refitted(first, _levels(seed, 3_000), truth)
    for name, bits in moved.bits.items():
        assert np.all(np.abs(bits - first.bits[name]) <= 3.0 + 1e-9), name
        if name in ORDERED:
            assert np.all(np.diff(bits) <= 1e-9), name


def test_a_month_known_on_both_papers_says_more_than_the_year_alone() -> None:
    bits = dict(zip(LEVELS["dob"], shipped_model().bits["dob"], strict=True))
    assert bits["same_date"] > bits["same_month"] > bits["same_year_only"] > bits["year_near"]


def test_few_pairs_teach_nothing() -> None:
    first = shipped_model()
    assert refitted(first, _levels(1, 1_999), np.ones(1_999)) is first


def test_a_small_list_uses_the_shipped_model() -> None:
    f = _pairs(10)[0]
    assert fitted_model(f).digest() == shipped_model(200).digest()


def test_what_the_sample_happens_not_to_show_is_no_wonder() -> None:
    """No two of these papers share a birthday. That says little: one pair in 25,000 does, and 60,000 were looked at."""
    kinds = (DocumentKind.HOUSEHOLD, DocumentKind.ID_CARD)
    born = [f"{1 + number % 28}/{1 + number // 28 % 12}/{1940 + number // 336}" for number in range(6_000)]
    f = read_documents(
        Document(f"{number:05}", kinds[number % 2], {Field.NAME: f"Vi Văn {date}", Field.DOB: date})
        for number, date in enumerate(born)
    )
    bits, usual = fitted_model(f).bits["dob"], shipped_model().bits["dob"]
    same_date, same_day_month_year_near = 0, 4
    assert 0 < bits[same_date] - usual[same_date] < 2.5
    assert abs(bits[same_day_month_year_near] - usual[same_day_month_year_near]) < 3


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=12))
def test_falling_weights_fall_and_keep_what_already_falls(bits: list[float]) -> None:
    found = falling(np.array(bits))
    assert np.all(np.diff(found) <= 1e-9)
    assert falling(found) == pytest.approx(found)
    if all(one >= other for one, other in zip(bits, bits[1:], strict=False)):
        assert found == pytest.approx(np.array(bits))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-6, 6), min_size=40, max_size=40))
def test_learning_never_widens_the_certain_band(moves: list[float]) -> None:
    f, a, b = _pairs(40)
    levels = compare(f, a, b, lambda done, total: None)
    first = shipped_model().score(levels)
    before = judge(f, a, b, levels, first).certain
    learned = first + np.array(moves)
    after = judge(f, a, b, levels, learned, np.minimum(learned, first)).certain
    assert not np.any(after & ~before)


def test_two_models_that_weigh_otherwise_have_two_digests() -> None:
    first = shipped_model()
    assert first.digest() == shipped_model().digest()
    assert refitted(first, _levels(3, 3_000), np.ones(3_000)).digest() != first.digest()


def _pairs(count: int) -> tuple[Features, np.ndarray, np.ndarray]:
    """Pairs of papers, each a little less alike than the one before."""
    papers = []
    for place in range(count):
        for list_id, father in (("a", "Lô Văn Hải"), ("b", "Lô Văn Hải" if place % 2 else "Vi Văn Cả")):
            raw = {
                Field.NAME: "Lô Văn Thành" if list_id == "a" or place % 3 else "Lô Văn Thắng",
                Field.DOB: "12/03/1985" if list_id == "a" or place % 5 else "1985",
                Field.FATHER: father if place % 7 else "",
            }
            text = {field: value for field, value in raw.items() if value}
            papers.append(Document(f"{place:03d}{list_id}", DocumentKind.BIRTH, text, village="v", list_id=list_id))
    rows = np.arange(count, dtype=np.int64) * 2
    return read_documents(papers), rows, rows + 1
