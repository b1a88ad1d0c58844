"""Long proofs, each a command with the number tried: `campaign.py world [--steps N] [--seed S]`, `campaign.py wrong
[--seeds N]`, `campaign.py cuts [--images N]`. Their short forms are in tests/campaigns and tests/damage.

`world` lets headquarters and five laptops act at random and proves invariants I1 to I13 after every act; `wrong` gives
the same world deliberately wrong variants of the exchange, each of which it must find; `cuts` judges the disk as a
power cut might leave it at random moments of import, decisions, export and receive, and the home after a disk was full
at some write (needs strace).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bundles"), str(ROOT / "tests" / "campaigns")]
sys.path += [str(ROOT / "tests" / "damage"), str(ROOT / "tests" / "fakes")]

_LIFE = 120  # acts in one world, before all meet


def walked(seed: int, variant: AbstractContextManager[None]) -> tuple[dict[str, int], str]:
    """One world's life: how often each act was done, and the violation that ended it, "" for none."""
    from machines import Violation
    from world import World

    with tempfile.TemporaryDirectory() as name, variant:
        world = World(Path(name), seed)
        try:
            for _ in range(_LIFE):
                world.step()
            world.meet()
        except Violation as found:
            return world.steps, str(found)
        finally:
            world.close()
        return world.steps, ""


def run_world(steps: int, seed: int) -> int:
    """Worlds until so many acts were done; how many ended in a violation."""
    done: Counter[str] = Counter()
    bad = 0
    while sum(done.values()) < steps:
        acts, found = walked(seed, nullcontext())
        done.update(acts)
        bad += bool(found)
        if found:
            print(f"seed {seed}: {found}")
        seed += 1
    print(f"{sum(done.values()):,} acts, {bad} violations")
    print(", ".join(f"{name} {count}" for name, count in done.most_common()))
    return bad


def run_wrong(seeds: int, seed: int) -> int:
    """Every wrong variant in worlds until it is found; how many were not."""
    from wrong import names, wrong

    missed = 0
    for name in names():
        acts = 0
        for number in range(seed, seed + seeds):
            steps, found = walked(number, wrong(name))
            acts += sum(steps.values())
            if found:
                break
        missed += not found
        print(f"{name}: {found or 'NOT FOUND'} ({acts} acts)", flush=True)
    print(f"{len(names()) - missed} of {len(names())} wrong variants found")
    return missed


def run_cuts(images: int, seed: int) -> int:
    """Images of power cuts, and a tenth as many full disks, over four acts; how many were judged torn or lost."""
    from random import Random

    from kills import prepare
    from power import Trial

    random, bad, told = Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        grounds = prepare(place / "grounds")
        for act in ("import", "decide", "export", "receive"):
            trial = Trial.of(grounds, act, place / act)
            done = {"cuts": images // 4, "full disks": images // 40}
            for kind, count in done.items():
                for _ in range(count):
                    moment = random.randrange(len(trial.recording.ops) + 1)
                    try:
                        if kind == "cuts":
                            told += trial.cut_at(moment, random, place / "image")
                        else:
                            told += trial.full_at(1 + random.randrange(trial.writes()), place / "full")
                    except AssertionError as found:
                        bad += 1
                        print(f"{act}, {kind}, {moment}: {found}")
            print(f"{act}: {done['cuts']} cuts, {done['full disks']} full disks", flush=True)
    print(f"{bad} torn or lost; {told} acknowledgements looked for")
    return bad


def main() -> int:
    """Run one campaign; the exit code tells whether it went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("campaign", choices=("world", "wrong", "cuts"))
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--images", type=int, default=1_000)
    given = parser.parse_args()
    if given.campaign == "world":
        bad = run_world(given.steps, given.seed)
    elif given.campaign == "wrong":
        bad = run_wrong(given.seeds, given.seed)
    else:
        bad = run_cuts(given.images, given.seed)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
