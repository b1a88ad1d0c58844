"""Six words that two people read to each other, so that a key swapped on the way is heard.

A word is one of 256 Vietnamese syllables (resources/trust/words.txt), six make 48 bits; stretching the digest makes
each try of an attacker who searches for a key with equal words as dear as 2^16 hashes.
"""

from __future__ import annotations

from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from fieldtool.records.tables import table_text

COUNT = 6
_ROUNDS = 1 << 16


@cache
def word_list() -> tuple[str, ...]:
    """The 256 words in the order of their bytes."""
    return tuple(table_text("trust/words.txt").split())


def words_for(message: bytes) -> tuple[str, ...]:
    """The six words of a message."""
    digest = PBKDF2HMAC(SHA256(), COUNT, b"fieldtool-words-1", _ROUNDS).derive(message)
    table = word_list()
    return tuple(table[byte] for byte in digest)
