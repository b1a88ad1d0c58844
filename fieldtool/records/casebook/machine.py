"""What a kind of case is made of: states, the steps between them, a checklist, a span of days. Tables use only this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """A step an officer may take from one state to another; `asks` are details it wants (worded "detail.<code>").

    `needs` are items of the checklist that must stand ticked first.
    """

    code: str
    start: str
    end: str
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """One kind of case. `states` in the order of progress, the first is where it opens; `ends` are closed states.

    `days` is the span from opening to due, 0 for none. `details` are what may be filled in at any time. `choices`
    are details that take one of a few codes (worded "choice.<detail>.<code>").
    """

    kind: str
    states: tuple[str, ...]
    ends: frozenset[str]
    steps: tuple[Step, ...]
    days: int = 0
    checklist: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roster: bool = False  # its people are called together on one day, by village

    @property
    def first(self) -> str:
        """The state a case opens in."""
        return self.states[0]

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """What may be done in a state."""
        return tuple(step for step in self.steps if step.start == state)

    def step(self, state: str, code: str) -> Step | None:
        """One step by its code, None when the state does not allow it."""
        return next((step for step in self.steps_from(state) if step.code == code), None)

    def least(self, states: tuple[str, ...]) -> str:
        """Of states that two machines reached apart, the one that leaves most to do."""
        known = [state for state in self.states if state in states]
        return known[0] if known else self.first
