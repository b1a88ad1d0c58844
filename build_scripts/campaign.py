"""Long proofs, each a command with the number tried: `campaign.py world [--steps N] [--seed S]`, `campaign.py wrong
[--seeds N]`, `campaign.py cuts [--images N]`, `campaign.py fuzz [--count N]`, `campaign.py flips [--count N]`,
`campaign.py makers [--count N]`, `campaign.py planted [--count N]`. Their short forms are in tests/campaigns and
tests/damage.

`world` lets headquarters and five laptops act at random and proves invariants I1 to I13 after every act; `wrong` gives
the same world deliberately wrong variants of the exchange, each of which it must find; `cuts` judges the disk as a
power cut might leave it at random moments of import, decisions, export and receive, and the home after a disk was full
at some write (needs strace); `fuzz` gives the strict reader broken workbooks; `flips` turns a bit in pages of a home
and brings the home back from snapshot and bundle; `makers` joins many laptops' bundles of 1,000 operations each;
`planted` lives a whole day with people whose names are then looked for in every file that is left.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
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


CUT = ("import", "decide", "settle", "export", "receive")


def run_cuts(images: int, seed: int) -> int:
    """Images of power cuts, and a tenth as many full disks, over five acts; how many were judged torn or lost."""
    from random import Random

    from kills import prepare
    from power import Trial

    random, bad, told = Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        grounds = prepare(place / "grounds")
        for act in CUT:
            trial = Trial.of(grounds, act, place / act)
            done = {"cuts": images // len(CUT), "full disks": images // (10 * len(CUT))}
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


def run_fuzz(count: int, seed: int) -> int:
    """Broken workbooks for the strict reader and its quick lane; what is neither read nor refused by name, or is read
    in two ways, ends the campaign."""
    from fuzz import fuzz

    outcomes: Counter[str] = Counter()
    for done, outcome in enumerate(fuzz(count, seed), start=1):
        outcomes[outcome] += 1
        if done % 50_000 == 0:
            print(f"{done:,} tried", flush=True)
    print(
        f"{count:,} broken workbooks: 0 uncaught; " + ", ".join(f"{name} {n:,}" for name, n in outcomes.most_common())
    )
    return 0


def run_flips(count: int, seed: int) -> int:
    """Turned bits that were not found, and one if the home does not come back."""
    from flips import Flips

    with tempfile.TemporaryDirectory() as name:
        flips = Flips(Path(name), papers=600)
        missed, rebuilt = flips.missed(count, seed), flips.rebuilt()
    print(f"{count} turned bits over {flips.pages} pages: {len(missed)} not found; home rebuilt equal: {rebuilt}")
    return len(missed) + (not rebuilt)


def run_planted(count: int, seed: int) -> int:
    """A whole day with planted people; the files in which something of them was found."""
    from planted import Day

    with tempfile.TemporaryDirectory() as name:
        day = Day(Path(name), count)
        day.live()
        files, size, found = day.hits()
        words = len(day.planted())
    print(f"{count} planted people, {len(day.done)} commands, {words:,} strings in {files} files, {size:,} bytes")
    print(f"{len(found)} files with something planted {found}")
    return len(found)


def run_makers(count: int, seed: int) -> int:
    """Many laptops joined; how many operations are missing."""
    from many_makers import joined

    with tempfile.TemporaryDirectory() as name:
        figures = joined(Path(name), count, 1_000, seed)
    print(", ".join(f"{name} {value:,.0f}" for name, value in figures.items()))
    return int(count * 1_000 - figures["operations"])


def main() -> int:
    """Run one campaign; the exit code tells whether it went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("campaign", choices=("world", "wrong", "cuts", "fuzz", "flips", "makers", "planted"))
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--images", type=int, default=1_000)
    parser.add_argument("--count", type=int, default=0)
    given = parser.parse_args()
    usual = {"fuzz": 1_000_000, "flips": 500, "makers": 130, "planted": 400}.get(given.campaign, 0)
    runs: dict[str, tuple[Callable[[int, int], int], int]] = {
        "world": (run_world, given.steps),
        "wrong": (run_wrong, given.seeds),
        "cuts": (run_cuts, given.images),
        "fuzz": (run_fuzz, given.count or usual),
        "flips": (run_flips, given.count or usual),
        "makers": (run_makers, given.count or usual),
        "planted": (run_planted, given.count or usual),
    }
    run, number = runs[given.campaign]
    return 1 if run(number, given.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
