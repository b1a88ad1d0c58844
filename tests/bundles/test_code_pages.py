"""A long text as pages for QR codes: back in any order, never half, never mixed."""

from __future__ import annotations

import base64
import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.bundles import code_pages
from fieldtool.bundles.code_pages import is_page, joined_pages, split_pages
from fieldtool.records.errors import ErrorCode, FieldtoolError

LONG = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(200)) + "Lô Thị Mùa Xuân"


def refused(pages: list[str]) -> FieldtoolError:
    with pytest.raises(FieldtoolError) as caught:
        joined_pages(pages)
    return caught.value


@given(st.text(max_size=300), st.randoms())
def test_pages_in_any_order_and_twice_give_the_text(text, random):
    pages = split_pages(text)
    assert all(is_page(page) for page in pages)
    shuffled = pages + [random.choice(pages)]
    random.shuffle(shuffled)
    assert joined_pages(shuffled) == text


def test_a_long_text_takes_several_pages_that_a_code_holds():
    pages = split_pages(LONG)
    assert len(pages) > 3
    assert max(map(len, pages)) < 2_132  # a code of 125 squares holds as many of these characters
    assert joined_pages(pages[::-1]) == LONG


def test_missing_pages_are_named():
    pages = split_pages(LONG)
    error = refused(pages[:1] + pages[3:])
    assert (error.code, error.values["pages"], error.values["count"]) == (
        ErrorCode.CODE_PAGES_MISSING, "2, 3", len(pages),
    )  # fmt: skip


def test_mixed_and_damaged_pages_are_refused():
    pages, other = split_pages(LONG), split_pages(LONG + "!")
    for wrong in (
        pages[:-1] + other[-1:],
        [*pages, "FTQ1/x"],
        [*pages[:-1], pages[-1][:-1] + ("A" if pages[-1][-1] != "A" else "B")],
        [*pages, pages[0][:-1] + ("A" if pages[0][-1] != "A" else "B")],
        [],
        ["chẳng phải trang"],
    ):
        assert refused(wrong).code is ErrorCode.CODE_PAGES_MIXED


def test_a_bomb_in_a_code_is_refused(monkeypatch):
    monkeypatch.setattr(code_pages, "_LARGEST", 1_000)
    assert refused(split_pages("0" * 5_000)).code is ErrorCode.CODE_PAGES_MIXED
    half = zlib.compress(b"abc" * 99)[:-6]
    name, piece = hashlib.sha256(half).hexdigest()[:16].upper(), base64.b32encode(half).decode().rstrip("=")
    assert refused([f"FTQ1/{name}/1/1/{piece}"]).code is ErrorCode.CODE_PAGES_MIXED


def test_too_many_pages_are_no_pages(monkeypatch):
    monkeypatch.setattr(code_pages, "MOST_PAGES", 2)
    with pytest.raises(FieldtoolError) as caught:
        split_pages(LONG)
    assert caught.value.code is ErrorCode.CODE_TOO_LONG
