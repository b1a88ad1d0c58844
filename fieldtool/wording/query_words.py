"""What a query of the weekly report counts, in words."""

from __future__ import annotations

from fieldtool.wording.catalogue import Wording

_WHOSE = {"visit": "result", "told": "presence", "opened": "case", "closed": "case"}


def query_told(name: str, wording: Wording) -> str:
    """A figure's, a "week.…" or a "case.…" query without views in words."""
    say = wording.say
    kind, _, what = name.partition(".")
    if kind == "case":
        return say(f"case.{what}")
    if kind != "week":
        return say(f"figure.{name}")
    act, _, of = what.partition(".")
    return say(f"week.{act}", what=say(f"{_WHOSE[act]}.{of}")) if act in _WHOSE else say(f"week.{what}")
