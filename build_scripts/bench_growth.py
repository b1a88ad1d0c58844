"""What a run of the matcher costs by its steps, in CPU seconds: `bench_growth.py [--people N…] [--seed S]`.

docs/province.md is planned from these figures.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "build_scripts")]

from linkage_generator import Rates, make_commune  # noqa: E402

from fieldtool.machine.memory import peak_memory_mb  # noqa: E402
from fieldtool.matching.blocking import candidate_pairs  # noqa: E402
from fieldtool.matching.features import read_documents  # noqa: E402
from fieldtool.matching.parts import all_levels, here  # noqa: E402
from fieldtool.matching.village import match_documents  # noqa: E402


def quiet(done: int, total: int, stage: str) -> None:
    """A progress that shows nothing."""


def measure(people: int, seed: int) -> tuple[int, float]:
    """One line: CPU seconds of reading, blocking and comparing, of the whole run, and the peak."""
    made = make_commune(people, seed, Rates())
    papers = sorted(made.documents, key=lambda paper: paper.id)
    marks = [time.process_time()]
    f = read_documents(papers)
    marks.append(time.process_time())
    a, b = candidate_pairs(f, lambda done, total: None)
    marks.append(time.process_time())
    all_levels(f, a, b, here, quiet)
    marks.append(time.process_time())
    match_documents(papers, settled={}, progress=quiet)
    marks.append(time.process_time())
    read, block, score, whole = (later - earlier for earlier, later in zip(marks, marks[1:], strict=False))
    print(
        f"{people} persons, {len(f)} documents, {len(a)} pairs ({len(a) / len(f):.1f} a document): "
        f"read {1e6 * read / len(f):.0f} us a document, block {1e6 * block / len(f):.0f} us a document, "
        f"score {1e6 * score / len(a):.2f} s a million pairs, whole run {whole:.1f} CPU s, "
        f"peak {peak_memory_mb():.0f} MB",
        flush=True,
    )
    return len(f), whole


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[2_000, 20_000])
    parser.add_argument("--seed", type=int, default=101)
    options = parser.parse_args()
    found = [measure(people, options.seed) for people in options.people]
    for (few, short), (many, long) in zip(found, found[1:], strict=False):
        growth = math.log(long / short, many / few)
        print(f"{many / few:.2f} times the documents in {long / short:.2f} times the CPU: n^{growth:.2f}")


if __name__ == "__main__":
    main()
