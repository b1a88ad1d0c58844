"""The share of open doubts with a named reason: `bench_explained.py [--people N] [--seeds N…] [--noise X…]`.

Over the three generators of communes that the matcher is measured by, which share nothing with the program's sample;
`noise` multiplies how often things go wrong. Prints the share, and what the unnamed differ in.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bundles"), str(Path(__file__).parent)]

from exchange_homes import card, new_home  # noqa: E402
from linkage_clans import make_clans  # noqa: E402
from linkage_generator import Made, Rates, make_commune  # noqa: E402
from linkage_hamlets import make_hamlets  # noqa: E402

from fieldtool.conflicts.queue import Wanted  # noqa: E402
from fieldtool.records.documents import to_payload  # noqa: E402
from fieldtool.records.events import CONTENT, Draft, RecordKind  # noqa: E402
from fieldtool.usecases.match_village import match_village  # noqa: E402
from fieldtool.usecases.review_queue import explained  # noqa: E402

MAKERS = {
    "commune": lambda people, seed, noise: make_commune(people, seed, Rates(noise=noise)),
    "hamlets": make_hamlets,
    "clans": make_clans,
}


def drafts(made: Made) -> Iterator[Draft]:
    for paper in made.documents:
        yield Draft(RecordKind.DOCUMENT, paper.id, CONTENT, to_payload(paper), basis='{"import":"g"}')


def measure(made: Made, label: str) -> float:
    with tempfile.TemporaryDirectory(prefix="fieldtool-explained-") as name:
        store, home = new_home(Path(name), card("mxa", "xa"), 1)
        home.log.append(drafts(made))
        match_village(home)
        found = explained(home.people, Wanted())
        unnamed = Counter()
        for id in found.unnamed:
            doubt = home.people.doubt(id)
            if doubt is not None:
                unnamed[f"{doubt.kind} {doubt.field} {doubt.code}".strip()] += 1
        store.close()
    print(f"{label}: {found.explained} of {found.open} = {found.share:.4f}; unnamed {dict(unnamed)}", flush=True)
    return found.share


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1200)
    parser.add_argument("--seeds", type=int, nargs="*", default=[11, 12])
    parser.add_argument("--noise", type=float, nargs="*", default=[1.0, 3.0])
    given = parser.parse_args()
    shares = [
        measure(make(given.people, seed, noise), f"{name}, seed {seed}, noise {noise}")
        for name, make in MAKERS.items()
        for seed in given.seeds
        for noise in given.noise
    ]
    print(f"least {min(shares):.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
