"""What is computed once of a cell is what the format says of it, however the cells repeat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.bundles.canonical import Cells, from_cell, is_plain, leaf_and_code, leaf_and_code_of, to_cell
from fieldtool.records.events import canonical_bytes

TEXTS = st.text(max_size=8) | st.sampled_from(
    ["", "Lô Thị Mùa", " a", "a ", '"', '"a"', '"\\u0041"', '"chưa đóng', "_x0041_", "a\nb", "\ufffd", "\ufffc",
     "e\u0301", "x" * 200]
)  # fmt: skip


@given(st.lists(st.lists(TEXTS.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)), max_size=5)))
def test_forms_give_the_leaf_the_code_and_the_text_of_each_cell(rows):
    cells = Cells()
    for row in rows:
        forms = cells.forms(row)
        assert leaf_and_code_of(forms) == leaf_and_code(row)
        for cell, form in zip(row, forms, strict=True):
            try:
                text = from_cell(cell)
            except ValueError:
                assert form.text is None
                continue
            assert form.text == text
            assert form.sized_text == canonical_bytes([text])


def test_more_texts_than_are_kept_are_still_told_apart():
    cells = Cells()
    for number in range(5_000):
        row = (str(number), "như nhau")
        assert leaf_and_code_of(cells.forms(row)) == leaf_and_code(row)


@pytest.mark.parametrize(
    "character", ["\x00", "\t", "\x7f", "\x85", "\ufeff", "\ufff9", "\ufffc", "\ufffd", "\uffff", "\u2028"]
)
def test_a_character_that_a_program_may_lose_is_escaped(character):
    text = f"Lô {character}Thị"
    assert not is_plain(text)
    assert to_cell(text).isascii()
    assert from_cell(to_cell(text)) == text
