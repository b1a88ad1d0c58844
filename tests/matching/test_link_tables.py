"""Generic linkage: whatever a CSV may hold, pairs as an exhaustive search finds them, rules that always hold."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.matching import table_blocks
from fieldtool.matching.generic import PairScore, link_tables
from fieldtool.matching.numbering import Ints
from fieldtool.matching.spec import LinkSpec, read_spec
from fieldtool.matching.table import read_table
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError

SPEC = """
id = "mã"
[[fields]]
name = "tên"
comparator = "token"
term_frequency = true
[[fields]]
name = "sinh"
comparator = "date"
[[fields]]
name = "giới"
comparator = "code"
codes = [["Nam", "m"], ["Nữ", "f"]]
[[fields]]
name = "thửa"
comparator = "numeric"
levels = [2, 10]
[[fields]]
name = "xóm"
comparator = "exact"
"""
HEADER = ("mã", "tên", "sinh", "giới", "thửa", "xóm")
Row = tuple[str, ...]


def text(rows: Sequence[Row], header: Row = HEADER, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def linked(spec: LinkSpec, a: str, b: str | None = None) -> list[PairScore]:
    tables = [read_table(spec, part) for part in (a, b) if part is not None]
    return link_tables(spec, tables[0], tables[1] if b is not None else None, lambda done, total, stage: None)


def people(count: int, seed: int) -> list[Row]:
    """Invented holders of plots; a third of them share a hamlet and a plot with the one before."""
    rng = random.Random(seed)
    names = ["Lô", "Vi", "Moong", "Xồng", "Cụt", "Hà", "Kha", "Lữ"]
    givens = ["Ơn", "Thái", "Mai", "Hường", "Nhiên", "Bình", "Đức", "Páo", "Súa", "Dềnh", "Chư", "Nênh"]
    rows: list[Row] = []
    for place in range(count):
        date = f"{rng.randint(1940, 2015)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        name = f"{rng.choice(names)} {rng.choice(givens)} {rng.choice(givens)} {rng.choice(givens)}"
        plot = rows[-1][4] if place % 3 == 1 else str(rng.randint(1, 5000))
        rows.append((f"a{place}", name, date, rng.choice(("Nam", "Nữ")), plot, f"xóm {rng.randint(1, 40)}"))
    return rows


def worn(row: Row, rng: random.Random) -> Row:
    """The same person in another list: another date style, words turned, a letter lost, codes for the sex, gaps."""
    id, name, date, sex, plot, hamlet = row
    year, month, day = date.split("-")
    if rng.random() < 0.2:
        name = " ".join(reversed(name.split()))
    elif rng.random() < 0.2:
        at = rng.randrange(len(name))
        name = name[:at] + name[at + 1 :]
    plot = "" if rng.random() < 0.2 else str(int(plot) + rng.choice((0, 0, 0, 1, -2)))
    return ("b" + id[1:], name, f"{int(day)}/{int(month)}/{year}", {"Nam": "m", "Nữ": "f"}[sex], plot, hamlet)


def test_two_lists_of_other_habits_are_linked() -> None:
    rng = random.Random(3)
    first = people(1500, 1)
    second = [worn(row, rng) for row in first[:1000]] + [("c" + r[0][1:], *r[1:]) for r in people(500, 2)]
    rng.shuffle(second)
    found = linked(read_spec(SPEC), text(first), text(second, delimiter=";"))
    said = {(pair.id_l, pair.id_r) for pair in found}
    right = {pair for pair in said if pair[0][1:] == pair[1][1:] and pair[1].startswith("b")}
    assert len(right) >= 970
    assert len(right) >= 0.98 * len(said)


def test_duplicates_of_one_list_are_found_and_relatives_are_not() -> None:
    rng = random.Random(4)
    first = people(1500, 5)
    rows = first + [worn(row, rng) for row in first[:300]]
    rows = [(id, name, date, sex, plot, hamlet) for id, name, date, sex, plot, hamlet in rows]
    rng.shuffle(rows)
    said = {frozenset((pair.id_l, pair.id_r)) for pair in linked(read_spec(SPEC), text(rows))}
    right = {pair for pair in said if len({id[1:] for id in pair}) == 1}
    assert len(right) >= 280
    assert len(right) >= 0.95 * len(said)


def test_pairs_are_those_of_an_exhaustive_search() -> None:
    rng = np.random.default_rng(0)
    key = rng.integers(-1, 30, 300)
    for side in (np.zeros(300, np.int64), np.sort(rng.integers(0, 2, 300))):
        rule = table_blocks._whole(key, side)
        two = bool(side.any())
        found = _pairs([rule], side, two)
        assert found == {
            (a, b) for a, b in combinations(range(300), 2) if key[a] == key[b] >= 0 and (not two or side[a] != side[b])
        }


def test_parts_bound_memory_and_lose_no_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    side = np.zeros(400, np.int64)
    rank = rng.integers(0, 50, 400)
    rules = [
        table_blocks._whole(rng.integers(0, 60, 400), side),
        table_blocks._walked(rng.integers(0, 3, 400), rank, side, 10),
    ]
    whole = _pairs(rules, side, False)
    monkeypatch.setattr(table_blocks, "_PART", 100)
    parts = list(table_blocks.pair_parts(rules, side, two=False))
    assert len(parts) > 10
    assert {(int(a), int(b)) for left, right, _ in parts for a, b in zip(left, right, strict=True)} == whole
    assert sum(len(left) for left, _, _ in parts) == len(whole)


def _pairs(rules: list[table_blocks.Rule], side: Ints, two: bool) -> set[tuple[int, int]]:
    return {
        (int(a), int(b))
        for left, right, _ in table_blocks.pair_parts(rules, side, two=two)
        for a, b in zip(left, right, strict=True)
    }


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, st.sampled_from(["Nam", "f", "", "?"]), CELL, CELL), max_size=25), st.booleans())
def test_whatever_the_cells_hold_pairs_are_sound(cells: list[tuple[str, ...]], two: bool) -> None:
    rows: list[Row] = [(f"r{place}", *row) for place, row in enumerate(cells)]
    spec = read_spec(SPEC)
    found = linked(spec, text(rows), text(rows) if two else None)
    assert found == linked(spec, text(rows), text(rows) if two else None)
    assert len({(pair.id_l, pair.id_r) for pair in found}) == len(found)
    assert [pair.weight for pair in found] == sorted((pair.weight for pair in found), reverse=True)
    assert all(0.5 <= pair.probability <= 1 for pair in found)
    assert two or all(pair.id_l != pair.id_r for pair in found)


@pytest.mark.parametrize("odd", ["INF", "-inf", "NaN", "1e308", "-1e308", "1e999"])
def test_endless_numbers_are_like_no_number(odd: str) -> None:
    """Found at random: a plot number INF ended the run."""
    rows: list[Row] = [("r0", "Lô Văn An", "", "Nam", odd, ""), ("r1", "Lô Văn An", "", "Nam", "1e308", "")]
    blank: list[Row] = [("r0", "Lô Văn An", "", "Nam", "", ""), ("r1", "Lô Văn An", "", "Nam", "", "")]
    assert linked(read_spec(SPEC), text(rows)) == linked(read_spec(SPEC), text(blank))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_changes_no_pair(seed: int) -> None:
    rng = random.Random(seed)
    first = people(120, 7)
    second = [worn(row, random.Random(place)) for place, row in enumerate(first[:80])]
    before = linked(read_spec(SPEC), text(first), text(second))
    rng.shuffle(first)
    rng.shuffle(second)
    after = linked(read_spec(SPEC), text(first), text(second))
    strong = {(pair.id_l, pair.id_r) for pair in before if pair.weight > 3}
    assert strong <= {(pair.id_l, pair.id_r) for pair in after}


def test_one_to_one_gives_each_row_one_partner() -> None:
    rows = people(200, 9)
    again = [("b" + row[0][1:], *row[1:]) for row in rows] + [("c" + row[0][1:], *row[1:]) for row in rows[:50]]
    spec = read_spec("one_to_one = true\n" + SPEC)
    found = linked(spec, text(rows), text(again))
    assert len({pair.id_l for pair in found}) == len({pair.id_r for pair in found}) == len(found) >= 195


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (text([("1", "a", "", "", "", ""), ("1", "b", "", "", "", "")]), 3),
        (text([("1", "a", "", "", "", ""), (" ", "b", "", "", "", "")]), 3),
        (text([("1", "a", "", "", "", "", "more")]), 2),
        ("mã,tên,sinh,giới,thửa,xóm\n1," + "x" * 1_000_001 + ",,,,\n", 2),
        ('mã,tên,sinh,giới,thửa,xóm\n1,a,,,,\n2,"b,,,,\n3,c,,,,\n4,d,,,,\n', 3),  # else 3 and 4 vanish unseen
        ("", 1),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_line(table: str, line: int) -> None:
    with pytest.raises(FieldtoolError) as refused:
        read_table(read_spec(SPEC), table, "a.csv")
    assert refused.value.code is ErrorCode.BAD_TABLE
    assert (refused.value.values["file"], refused.value.values["line"]) == ("a.csv", line)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_a_mark_in_front_and_blank_lines_are_read(delimiter: str) -> None:
    table = read_table(read_spec(SPEC), "\ufeff" + text(people(3, 1), delimiter=delimiter) + delimiter * 5 + "\n\n")
    assert table.ids == ("a0", "a1", "a2")


def test_a_table_without_rows_has_no_pairs() -> None:
    assert linked(read_spec(SPEC), text([])) == []
    assert linked(read_spec(SPEC), text([]), text(people(3, 1))) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("levels = [10, 2]", "levels"),
        ("codes = [['a'], ['a']]", "codes: a"),
        ("levels = [nan]", "levels"),
        ("m = [0.5, 0, 0, 0.5]", "m: 0"),
        ("name = 3", "name"),
    ],
)
def test_a_wrong_value_is_refused_by_its_key(change: str, named: str) -> None:
    comparator = "code" if "codes" in change else "edit"
    with pytest.raises(FieldtoolError) as refused:
        read_spec(f"[[fields]]\ncolumn = 'x'\ncomparator = '{comparator}'\n{change}\n")
    assert named in str(refused.value.values["detail"])


def test_a_stopped_job_ends_at_once() -> None:
    def stop(done: int, total: int, stage: str) -> None:
        raise Cancelled

    table = read_table(read_spec(SPEC), text(people(5, 1)))
    with pytest.raises(Cancelled):
        link_tables(read_spec(SPEC), table, None, stop)
