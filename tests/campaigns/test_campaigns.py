"""The campaigns in short. In full: build_scripts/campaign.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from machines import Violation
from world import World
from wrong import names, wrong

# A seed with which each wrong variant is found early; the campaign looks for one.
SEEDS = {
    "pruning takes operations along": 8,
    "signatures are not proved": 2,
    "the cut-off is ignored": 2,
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
