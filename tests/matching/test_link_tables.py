"""Generic linkage: properties that hold on any table, and what a table must be."""

from __future__ import annotations

import csv
import io
import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.matching.generic import PairScore, link_tables
from fieldtool.matching.spec import LinkSpec, read_spec
from fieldtool.matching.table import Table, join_tables, read_table
from fieldtool.matching.table_levels import levels
from fieldtool.matching.table_pairs import candidate_pairs
from fieldtool.records.errors import ErrorCode, FieldtoolError

SPEC = """
id = "id"
[[fields]]
name = "name"
term_frequency = true
[[fields]]
name = "born"
comparator = "date"
[[fields]]
name = "village"
comparator = "exact"
"""
WORDS = ("lô", "vi", "moong", "xồng", "hà", "kha", "thành", "hường", "páy", "nhiên", "bình", "chi", "dũng", "hải")

cell = st.sampled_from(
    ["", "lô văn an", "lô văn ân", "vi thị hoa", "moong văn ơn", "nan", "12/3/1985", "12/3/1958", "x"]
)
rows = st.lists(st.tuples(cell, cell, cell), max_size=14)


def table(spec: LinkSpec, prefix: str, cells: list[tuple[str, str, str]]) -> Table:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "name", "born", "village"])
    writer.writerows((f"{prefix}{number}", *row) for number, row in enumerate(cells))
    return read_table(spec, out.getvalue())


def link(spec: LinkSpec, a: Table, b: Table | None) -> list[PairScore]:
    return link_tables(spec, a, b, lambda done, total, stage: None)


@given(rows, st.one_of(st.none(), rows))
@settings(max_examples=60, deadline=None)
def test_a_pair_is_given_once_across_the_tables_and_only_above_the_threshold(
    left: list[tuple[str, str, str]], right: list[tuple[str, str, str]] | None
) -> None:
    spec = read_spec(SPEC)
    a, b = table(spec, "a", left), table(spec, "b", right) if right is not None else None
    found = link(spec, a, b)
    assert len({(pair.id_l, pair.id_r) for pair in found}) == len(found)
    assert all(pair.probability >= 0.5 and pair.id_l != pair.id_r for pair in found)
    if b is not None:
        assert all(pair.id_l in a.ids and pair.id_r in b.ids for pair in found)
    assert [pair.weight for pair in found] == sorted((pair.weight for pair in found), reverse=True)
    assert found == link(spec, a, b)


@given(rows)
@settings(max_examples=40, deadline=None)
def test_small_tables_lose_no_pair_that_agrees_in_two_fields(cells: list[tuple[str, str, str]]) -> None:
    spec = read_spec(SPEC)
    joined = join_tables(spec, table(spec, "a", cells), None)
    left, right = candidate_pairs(spec, joined, lambda done, total: None)
    met = set(zip(left.tolist(), right.tolist(), strict=True))
    names = [field.name for field in spec.fields]
    for one, other in combinations(range(len(joined.ids)), 2):
        same = [n for n in names if joined.values[n][one] >= 0 and joined.values[n][one] == joined.values[n][other]]
        if len(same) >= 2:
            assert (one, other) in met


def people(count: int, seed: int) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Rows of two lists about the same people, the second with slips of a letter and a village left out."""
    rng = random.Random(seed)
    first, second = [], []
    for _ in range(count):
        name = " ".join(rng.choice(WORDS) for _ in range(4))
        born, village = (
            f"{rng.randrange(1, 29)}/{rng.randrange(1, 13)}/{rng.randrange(1940, 2020)}",
            rng.choice("abcdef"),
        )
        place = rng.randrange(len(name))
        slipped = name[:place] + "q" + name[place + 1 :] if rng.random() < 0.3 else name
        first.append((name, born, village))
        second.append((slipped, born, "" if rng.random() < 0.2 else village))
    return first, second


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_slips_and_gaps_are_linked_without_labels(seed: int) -> None:
    spec = read_spec(SPEC)
    first, second = people(800, seed)
    found = link(spec, table(spec, "a", first), table(spec, "b", second))
    right = sum(pair.id_l[1:] == pair.id_r[1:] for pair in found)
    assert right / len(found) > 0.99
    assert right / 800 > 0.97


def test_a_large_block_is_split_and_its_pairs_are_still_met() -> None:
    spec = read_spec('blocking = [["village"]]\n' + SPEC)
    first, second = people(3000, 5)
    cells_a, cells_b = [(n, b, "one") for n, b, _ in first], [(n, b, "one") for n, b, _ in second]
    joined = join_tables(spec, table(spec, "a", cells_a), table(spec, "b", cells_b))
    left, right = candidate_pairs(spec, joined, lambda done, total: None)
    met = set(zip(left.tolist(), right.tolist(), strict=True))
    assert sum((i, i + 3000) in met for i in range(3000)) > 2990
    assert len(left) < 3000 * 3000 // 4


def test_one_to_one_gives_a_row_once() -> None:
    spec = read_spec("one_to_one = true\n" + SPEC)
    twice = [("lô văn an", "12/3/1985", "a"), ("lô văn an", "12/3/1985", "a"), ("vi thị hoa", "1/2/1990", "b")]
    rest, _ = people(60, 7)
    found = link(spec, table(spec, "a", twice + rest), table(spec, "b", twice[1:] + rest))
    assert len({pair.id_l for pair in found}) == len({pair.id_r for pair in found}) == len(found)


def test_levels_are_named_by_their_thresholds() -> None:
    spec = read_spec(
        'id = "id"\n[[fields]]\nname = "n"\ncomparator = "numeric"\nlevels = [1, 5]\n'
        '[[fields]]\nname = "t"\ncomparator = "token"\nlevels = [0.9]\n'
        '[[fields]]\nname = "d"\ncomparator = "date"\nlevels = [1]\n'
    )
    text = "id;n;t;d\n1;10;Lô Văn An;12/03/1985\n2;11;an lô văn;12/03/1958\n3;14;xyz;1990\n4;;none;\n5;abc;;x\n"
    joined = join_tables(spec, read_table(spec, text), None)
    pairs = [(0, 1), (0, 2), (0, 3), (0, 4)]
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    told = {f.name: levels(f, joined, left, right).tolist() for f in spec.fields}
    assert told == {"n": [1, 2, -1, 3], "t": [1, 2, -1, -1], "d": [1, 2, -1, 2]}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id,name,born,village\na,x,,\na,y,,\n", 3),
        ("id,name,born,village\n,x,,\n", 2),
        ("id,name,born,village\na,1,2,3,4\n", 2),
    ],
)
def test_a_table_that_cannot_be_told_apart_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(FieldtoolError) as refusal:
        read_table(read_spec(SPEC), text)
    assert refusal.value.code is ErrorCode.BAD_TABLE
    assert refusal.value.values["line"] == line


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_usual_separators_are_read(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (("id", "name", "born", "village"), ("1", "Lô  Văn AN", "", "N/A")))
    read = read_table(read_spec(SPEC), text)
    assert read.columns == {"name": ("lô văn an",), "born": ("",), "village": ("",)}
