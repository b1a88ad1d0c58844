"""A look-up's short ways give what the columns of a whole run give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.matching import levels
from fieldtool.matching.features import read_documents
from fieldtool.matching.numbering import both
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field

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
