"""Villages given by id or name: what nobody knows is refused with the villages that are known."""

from __future__ import annotations

import pytest

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.persons import Village
from fieldtool.usecases.villages_meant import villages_meant

KNOWN = (
    Village("16906-dua", "Bản Đửa", "16906"),
    Village("16906-la", "Bản Lạ", "16906"),
    Village("16906-la-2", "Bản Lạ", "16906"),
)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("16906-dua", ("16906-dua",)),
        (" bản đửa , 16906-la", ("16906-dua", "16906-la")),
        ("ban dua", ("16906-dua",)),
        ("", ()),
        ("17000-xop", ("17000-xop",)),  # of a commune of which nothing came yet
    ],
)
def test_ids_and_names_are_taken(given: str, meant: tuple[str, ...]) -> None:
    assert villages_meant(KNOWN, given.split(",")) == meant


@pytest.mark.parametrize("given", ["16906-dau", "Bản Lạ", "ban-dua", "17000", "16906-dua; 16906-la"])
def test_what_is_unclear_is_refused_and_the_known_are_told(given: str) -> None:
    with pytest.raises(FieldtoolError) as caught:
        villages_meant(KNOWN, given.split(","))
    assert caught.value.code is ErrorCode.UNKNOWN_VILLAGE
    assert "Bản Đửa (16906-dua)" in str(caught.value.values["known"])
