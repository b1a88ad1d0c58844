"""The campaigns in short. In full: build_scripts/campaign.py."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from flips import Flips
from fuzz import fuzz
from machines import Violation
from many_makers import joined
from planted import Day, name_of
from world import World
from wrong import names, wrong

# A seed with which each wrong variant is found early; the campaign looks for one.
SEEDS = {
    "pruning takes operations along": 8,
    "signatures are not proved": 2,
    "the cut-off is ignored": 9,
    "names of operations are not random": 2,
}


def walk(folder: Path, seed: int, steps: int) -> dict[str, int]:
    world = World(folder, seed)
    try:
        for _ in range(steps):
            world.step()
        world.meet()
        return world.steps
    finally:
        world.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_five_laptops_and_headquarters_keep_every_invariant(tmp_path, seed):
    assert sum(walk(tmp_path, seed, 60).values()) == 60


@pytest.mark.parametrize("name", names())
def test_a_wrong_exchange_is_found(tmp_path, name):
    with wrong(name), pytest.raises(Violation):
        for seed in range(SEEDS.get(name, 1), 20):
            walk(tmp_path / str(seed), seed, 120)


def test_there_are_enough_wrong_variants():
    assert len(names()) >= 9


def test_broken_workbooks_are_read_or_refused_by_name():
    outcomes = Counter(fuzz(3_000, 5))
    assert sum(outcomes.values()) == 3_000
    assert len(outcomes) > 6 and outcomes["read"] < 2_500


def test_a_turned_bit_anywhere_is_found_and_the_home_comes_back(tmp_path):
    flips = Flips(tmp_path)
    assert flips.pages > 40
    assert flips.missed(25, 3) == []
    assert flips.rebuilt()


def test_many_makers_are_joined_in_one_command(tmp_path):
    figures = joined(tmp_path, 6, 20)
    assert figures["makers"] == figures["bundles"] == 6
    assert figures["operations"] == 120


def test_a_whole_day_leaves_nothing_planted_on_the_disk(tmp_path):
    day = Day(tmp_path, 8)
    day.live()
    assert {"import", "match", "export", "receive", "backup", "restore", "diagnostics", "log", "print"} <= set(day.done)
    files, size, found = day.hits()
    assert files > 12 and size > 500_000
    assert found == []
    (day.searched / "tmp" / "left.zip").write_bytes(packed(name_of(5)))  # the search itself finds what it looks for
    assert [Path(name) for name in day.hits()[2]] == [Path("tmp/left.zip")]


def packed(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", gzip.compress(text.encode("utf-16-le")))
    return buffer.getvalue()
