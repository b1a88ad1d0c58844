"""Randomness of the operating system for ids that no clone of a laptop repeats."""

from __future__ import annotations

import secrets


class SystemIds:
    """Ids from the operating system's random source."""

    def nonce(self) -> str:
        """64 random bits, 16 hex digits."""
        return secrets.token_hex(8)

    def nonces(self, count: int) -> list[str]:
        """As many of them, asked of the system at once."""
        digits = secrets.token_hex(8 * count)
        return [digits[start : start + 16] for start in range(0, 16 * count, 16)]

    def record(self) -> str:
        """A new record id: 128 random bits, 32 hex digits."""
        return secrets.token_hex(16)
