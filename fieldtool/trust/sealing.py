"""The one refusal that every suite's seal can give."""

from __future__ import annotations


class CannotOpen(Exception):
    """A sealed text that this identity does not open. `not_ours` tells whether it was meant for another receiver."""

    def __init__(self, not_ours: bool) -> None:
        super().__init__("not ours" if not_ours else "broken")
        self.not_ours = not_ours
