"""A look-up's short ways give what the columns of a whole run give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.matching import levels
from fieldtool.matching.comparable import Comparable
from fieldtool.matching.features import read_documents
from fieldtool.matching.many_names import name_levels, relative_levels, table_of
from fieldtool.matching.name_forms import forms_of
from fieldtool.matching.numbering import both
from fieldtool.matching.paper_keys import keys_of_papers
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.names import parse_name

_KEY = st.integers(-1, 2**62 - 1)
_NAMES = (
    "Lô Văn Bún",
    "Lo Van Bun",
    "Lô Bún",
    "Moong Văn Pó",
    "Mông Văn Pó",
    "Xồng Bá Lầu",
    "chưa đặt tên",
    "Vi Thị Út",
    "",
)


@given(st.lists(st.tuples(_KEY, _KEY), min_size=2, max_size=5))
def test_a_key_of_one_paper_is_the_key_it_has_among_many(pairs):
    a, b = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    alone = [int(both(a[place : place + 1], b[place : place + 1])[0]) for place in range(len(pairs))]
    assert both(a, b).tolist() == alone


@given(st.data())
def test_a_paper_alone_has_the_keys_it_has_among_many(data):
    part = st.sampled_from
    papers = [
        Comparable(
            f"p{place}", 0, "list", *(data.draw(part(_NAMES)) for _ in range(5)), data.draw(part((0, 1, 1990))),
            data.draw(part((0, 2))), data.draw(part((0, 31))), data.draw(part((-1, 0, 1))),
            data.draw(part((-1, 187_090_000_001))), data.draw(part((-1, 187_090_001))), 0, -1,
            data.draw(part(("", "17098-x"))), data.draw(part(("", "h1"))), "", "",
        )
        for place in range(4)
    ]  # fmt: skip
    assert [keys_of_papers([paper])[0] for paper in papers] == keys_of_papers(papers)


@pytest.mark.parametrize("asked", [1, 40])
def test_few_pairs_have_the_levels_they_have_among_many(asked, monkeypatch):
    papers = [
        Document(f"d{place}", DocumentKind.HOUSEHOLD, {Field.NAME: name, Field.FATHER: father, Field.HEAD: name})
        for place, (name, father) in enumerate((name, father) for name in _NAMES for father in _NAMES[:6])
    ]
    f = read_documents(papers)
    rng = np.random.default_rng(8)
    a, b = rng.integers(0, len(f), asked), rng.integers(0, 12, asked)
    few = levels.compare(f, a, b, lambda done, total: None)
    monkeypatch.setattr(levels, "_FEW", 0)
    many = levels.compare(f, a, b, lambda done, total: None)
    assert {name: level.tolist() for name, level in few.items()} == {
        name: level.tolist() for name, level in many.items()
    }
    assert asked == 1 or set(many["name"].tolist()) > {0, 2, 9}


_WORDS = ("Lô", "Lo", "Lương", "Luong", "Vi", "Vy", "Moong", "Mông", "Xồng", "Văn", "Thị",
          "Bá", "Dung", "Dũng", "Dungx",
          "Hoà", "Hòa", "Hao", "Hương", "Hường", "Thuý", "Thúy", "Lan", "Y", "Ng.", "B.")  # fmt: skip
_BEHIND = ("", " (bé)", " (lớn)", " (tức Hường)", " tức Lan", " (đã chết)", ", 1950")
_SPELLED = st.builds(
    lambda words, behind: " ".join(words) + behind,
    st.lists(st.sampled_from(_WORDS), min_size=0, max_size=4),
    st.sampled_from(_BEHIND),
) | st.sampled_from((*_NAMES, "con bà Lan", "em bé", "ÔNG LÔ VĂN DUNG", "…", "12"))


@given(st.lists(_SPELLED, min_size=8, max_size=24, unique=True))
def test_many_names_at_once_have_the_levels_of_each_pair_alone(texts):
    table = table_of(map(parse_name, texts))
    a, b = (side.ravel() for side in np.indices((len(texts), len(texts))))
    pairs = [(forms_of(texts[one]), forms_of(texts[other])) for one, other in zip(a.tolist(), b.tolist(), strict=True)]
    assert name_levels(table, a, b).tolist() == [levels.name_level(*pair) for pair in pairs]
    assert relative_levels(table, a, b).tolist() == [levels.relative_level(*pair) for pair in pairs]


def test_every_level_of_a_name_is_met_among_the_words_above():
    texts = [
        f"{one} {middle} {last}" for one in _WORDS for middle in ("Văn", "Bá", "") for last in (*_WORDS, "Lan (bé)")
    ]
    table = table_of(map(parse_name, texts))
    a, b = (side.ravel() for side in np.indices((len(texts), 60)))
    assert set(name_levels(table, a, b).tolist()) >= set(range(10))
    assert set(relative_levels(table, a, b).tolist()) >= {0, 1, 2, 3, 4}
