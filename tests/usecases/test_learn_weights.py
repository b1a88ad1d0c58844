"""Weights learned from verdicts: never from few, shown before used, accepted by name, withdrawn, never looser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fake_home import FakeClock, FakeIds, card
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.homes import OpenHome, assemble
from fieldtool.matching.learn import Learned, learn, learned_of
from fieldtool.matching.levels import LEVELS
from fieldtool.matching.model import shipped_model
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, VERDICT, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.opening import open_store
from fieldtool.trust.keys import HomeKeys
from fieldtool.usecases.learn_weights import (
    accept_model,
    learned_here,
    propose_model,
    show_model,
    withdraw_model,
)
from fieldtool.usecases.match_village import match_village


@pytest.fixture(name="opened")
def _opened(tmp_path: Path) -> Iterator[OpenHome]:
    store = open_store(tmp_path / "home.db", bytes(32), clock=FakeClock(), ids=FakeIds(), create=True)
    own = card()
    store.settings.put("home.card", own.to_text())
    HomeKeys.create(store.settings, own)
    yield OpenHome(tmp_path, store, assemble(store))
    assert store.check().complaints == []
    store.close()


def _judged(count: int) -> tuple[dict[str, Document], dict[tuple[str, str], str]]:
    """Pairs of papers in a place where the village column means nothing: half the same people stand elsewhere."""
    papers: dict[str, Document] = {}
    verdicts: dict[tuple[str, str], str] = {}
    for place in range(count):
        same = place % 2 == 0
        for side in "ab":
            raw = {
                Field.NAME: f"Lô Văn {'Thành' if side == 'a' or place % 3 else 'Thanh'}",
                Field.DOB: "1985" if side == "a" or same else "1986",
                Field.SEX: "Nam",
            }
            village = "v1" if side == "a" or not same else "v2"
            id = f"{place:04d}{side}".ljust(32, "0")
            kind = DocumentKind.BIRTH if side == "a" else DocumentKind.ID_CARD
            papers[id] = Document(id, kind, raw, village=village, list_id=str(kind))
        one, other = sorted(id for id in papers if id.startswith(f"{place:04d}"))
        verdicts[one, other] = "same" if same else "apart"
    return papers, verdicts


def _fill(home: OpenHome, count: int) -> None:
    papers, verdicts = _judged(count)
    home.store.log.append(
        [
            Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(paper), basis='{"import":"i"}')
            for id, paper in papers.items()
        ]
        + [Draft(RecordKind.PAIR, "|".join(pair), VERDICT, says) for pair, says in verdicts.items()]
    )


def test_few_verdicts_teach_nothing(opened: OpenHome) -> None:
    _fill(opened, 199)
    with pytest.raises(FieldtoolError) as caught:
        propose_model(opened.home)
    assert caught.value.code is ErrorCode.VERDICTS_TOO_FEW
    view = show_model(opened.home)
    assert (view.same, view.apart, view.learned) == (100, 99, None)


def test_verdicts_all_of_one_kind_teach_nothing() -> None:
    papers, verdicts = _judged(300)
    assert learn(papers, dict.fromkeys(verdicts, "same")) is None


def test_what_is_learned_is_shown_accepted_by_name_used_and_withdrawn(opened: OpenHome) -> None:
    _fill(opened, 240)
    home = opened.home
    shipped = show_model(home).digest
    proposal = propose_model(home)
    assert proposal == propose_model(home)
    assert proposal.learned.after < proposal.learned.before
    assert proposal.learned.factors["place"] < 0, "the village misleads here, so it must weigh less"
    assert learned_here(home) is None, "a proposal changes nothing"
    with pytest.raises(FieldtoolError) as caught:
        accept_model(home, "0" * 16)
    assert caught.value.code is ErrorCode.STALE_DECISION
    accept_model(home, proposal.digest)
    learned = learned_here(home)
    assert learned is not None
    assert learned.digest() == proposal.digest
    assert show_model(home).digest != shipped
    with_learned = match_village(home).model
    withdraw_model(home)
    assert show_model(home).digest == shipped
    assert match_village(home, full=True).model != with_learned
    with pytest.raises(FieldtoolError) as caught:
        withdraw_model(home)
    assert caught.value.code is ErrorCode.NOTHING_TO_UNDO


def test_two_accepted_models_count_for_nothing_until_one_is_chosen(opened: OpenHome) -> None:
    _fill(opened, 240)
    home = opened.home
    text = propose_model(home).learned.to_text()
    opened.store.log.append([Draft(RecordKind.MODEL, "village", CONTENT, text)])
    opened.store.log.append([Draft(RecordKind.MODEL, "village", CONTENT, text.replace("240", "250"))])
    assert learned_here(home) is None
    assert show_model(home).divided
    accept_model(home, propose_model(home).digest)
    assert not show_model(home).divided


@given(
    st.dictionaries(st.sampled_from(sorted(LEVELS)), st.floats(-50, 50)),
    st.floats(-50, 50),
)
def test_no_learned_factor_moves_a_level_by_more_than_three_bits(factors: dict[str, float], shift: float) -> None:
    first = shipped_model()
    moved = Learned(factors, shift, 200, 1.0, 0.5).taught(first, first)
    for name, bits in moved.bits.items():
        assert np.all(np.abs(bits - first.bits[name]) <= 3.0 + 1e-9)
    assert abs(moved.prior - first.prior) <= 3.0


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"factors":{"name":"x"},"shift":0,"before":0,"after":0,"verdicts":1}', '{"factors":1}', "no"],
)
def test_what_is_no_model_teaches_nothing(text: str) -> None:
    assert learned_of(text) is None
