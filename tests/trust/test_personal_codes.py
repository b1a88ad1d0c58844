"""Codes and words kept by an earlier version hold: both once came from OpenSSL through hashlib."""

from __future__ import annotations

import hashlib

import pytest

from fieldtool.trust import words
from fieldtool.trust.personal_codes import stretched


@pytest.mark.parametrize("code", ["2580", "mật mã riêng", ""])
def test_a_code_is_stretched_as_before(code: str) -> None:
    before = hashlib.scrypt(code.encode("utf-8"), salt=b"0011223344556677", n=2**14, r=8, p=1).hex()
    assert stretched(code, "0011223344556677") == before
    assert stretched(code, "0011223344556678") != before


@pytest.mark.parametrize("message", [b"", b"fieldtool", bytes(range(256))])
def test_two_people_still_read_the_same_six_words(message: bytes) -> None:
    before = hashlib.pbkdf2_hmac("sha256", message, b"fieldtool-words-1", 1 << 16, 6)
    assert words.words_for(message) == tuple(words.word_list()[byte] for byte in before)
