"""The queue's order, filter and counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldtool.conflicts.law import Situation
from fieldtool.conflicts.queue import Wanted, counts, explained, in_order
from fieldtool.conflicts.roads import Actors
from fieldtool.records.doubts import Said, Standing, evidence
from fieldtool.records.persons import Doubt, DoubtKind


def doubt(id: str, household: str = "", kind: DoubtKind = DoubtKind.FIELD, **more: object) -> Doubt:
    values: dict[str, object] = {"code": "tone", "field": "name", **more}
    situation = Situation(kind if kind is not DoubtKind.FIELD else "name").to_text()
    return Doubt(id, kind, id, id, "v", household, situation=situation, **values)  # type: ignore[arg-type]


def test_a_household_with_most_comes_first_and_stays_together() -> None:
    lines = [doubt("a", "h1"), doubt("b", "h2"), doubt("c", "h3"), doubt("d", "h2"), doubt("e", "")]
    assert [line.id for line in in_order(lines)] == ["b", "d", "a", "c", "e"]


def test_what_other_machines_wait_for_comes_before_all() -> None:
    lines = [doubt("a", "h1"), doubt("b", "h1"), doubt("z", "h9", DoubtKind.DIVIDED), doubt("y", "", DoubtKind.SECOND)]
    assert [line.id for line in in_order(lines)][:2] == ["z", "y"]


def test_inside_a_household_persons_come_before_fields() -> None:
    lines = [doubt("a", "h"), doubt("b", "h", DoubtKind.LINK), doubt("c", "h", DoubtKind.NUMBER)]
    assert [line.id for line in in_order(lines)][-1] == "a"


def test_the_filter_asks_for_everything_it_names() -> None:
    actors = Actors()
    line = doubt("a", "h1", DoubtKind.NUMBER, code="number_shared", field="n12")
    for wanted, kept in (
        (Wanted(), True),
        (Wanted(village="v", household="h1", kind="number", reason="number_shared", field="n12"), True),
        (Wanted(who="police"), True),
        (Wanted(who="officer"), False),
        (Wanted(reason="tone"), False),
        (Wanted(standing="parked"), False),
    ):
        assert wanted.keeps(line, actors) is kept


def test_counts_add_up_to_the_lines() -> None:
    lines = [doubt("a"), doubt("b", code="hat"), doubt("c", kind=DoubtKind.FAMILY)]
    for found in counts(lines, Actors()).values():
        assert sum(found.values()) == len(lines)


def test_something_else_is_no_name() -> None:
    assert explained([doubt("a"), doubt("b", code="name_other"), doubt("c", code="")]) == (1, 3)


def test_what_was_said_holds_until_the_evidence_or_the_day_changes() -> None:
    line = doubt("a", values=("x", "y"))
    said = Said(Standing.PARKED, evidence(line), until="2026-12-01")
    assert said.holds(line, "2026-11-30")
    assert not said.holds(line, "2026-12-01")
    assert not said.holds(doubt("a", values=("x", "y", "z")), "2026-11-30")
    assert said.holds(doubt("a", "moved", values=("x", "y")), "2026-11-30")


@given(st.permutations([doubt(f"d{i}", f"h{i % 3}" if i % 4 else "") for i in range(9)]))
def test_the_order_depends_on_the_lines_alone(lines: list[Doubt]) -> None:
    assert in_order(lines) == in_order(sorted(lines, key=lambda line: line.id))
