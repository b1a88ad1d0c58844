"""What a cryptographic suite offers, and which there are. A unit's root fixes one; every card and bundle names it.

Nothing is ever negotiated: a machine reads and writes its own suite and refuses the other by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from fieldtool.trust import suite_modern, suite_qcvn15, tokens


class Suite(Protocol):
    """One suite. Keys are texts of at most 700 characters; signatures are 64 bytes, written as 128 hex digits."""

    HEAD: bytes  # what every sealed text begins with

    def new_sign_key(self) -> tuple[str, str]:
        """A private and a public signature key."""

    def new_seal_key(self) -> tuple[str, str]:
        """A private seal key and its recipient text."""

    def sign(self, private: str, purpose: str, message: bytes) -> str:
        """Signature over purpose, a zero byte and the message."""

    def verify(self, public: str, purpose: str, message: bytes, signature: str) -> bool:
        """Whether a signature holds; False also for anything that is no key or no signature in its one written form."""

    def is_sign_key(self, public: str) -> bool:
        """Whether a text is a public signature key in its one written form."""

    def is_seal_key(self, recipient: str) -> bool:
        """Whether a text is a recipient in its one written form."""

    def seal(self, content: bytes, recipients: Sequence[str]) -> bytes:
        """Seal to the recipients; which they are cannot be read off the outside."""

    def unseal(self, sealed: bytes, identity: str) -> bytes:
        """Open; CannotOpen otherwise."""


SUITES: Mapping[str, Suite] = {"modern": suite_modern, "qcvn15": suite_qcvn15}


def suite_named(name: str) -> Suite:
    """A suite by the name that cards carry; ValueError when there is none of this name."""
    try:
        return SUITES[name]
    except KeyError as unknown:
        raise ValueError("suite") from unknown


def new_key(suite: Suite, old_private: str) -> tuple[str, str]:
    """A signature key in place of an old one, in the token that the old one is in, if any."""
    if tokens.names_token(old_private):
        return suite_qcvn15.new_token_key(tokens.token_of(old_private))
    return suite.new_sign_key()


def suite_of_sealed(sealed: bytes) -> str:
    """The name of the suite that a sealed text was made with, "" for none that is known."""
    return next((name for name, suite in SUITES.items() if sealed.startswith(suite.HEAD)), "")
