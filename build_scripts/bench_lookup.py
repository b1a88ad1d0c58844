"""One paper against a store of many: milliseconds of a look-up, against the limit of 5 ms at the 99th of a hundred.

`python build_scripts/bench_lookup.py [--documents 500000] [--asked 3000]`. The index is filled as a whole match run
fills it; the model is fitted on a part of the papers. Asked are papers drawn at random, as they stand in the store and
(the second line) as somebody types them anew: without a list, not in the index.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from build_scripts.linkage_generator import make_commune
from fieldtool.__main__ import search_cycles_seldom
from fieldtool.machine.memory import peak_memory_mb
from fieldtool.matching.comparable import Comparable, comparable
from fieldtool.matching.features import features_of, with_relatives
from fieldtool.matching.paper_keys import shelved, sorted_keys
from fieldtool.matching.village import Said, match_papers
from fieldtool.ports.paper_index import IndexState
from fieldtool.store.connection import connect
from fieldtool.store.migrations import bring_up_to_date
from fieldtool.store.paper_index import SqlPaperIndex
from fieldtool.usecases.near_papers import find_near

LIMIT_MS = 5.0
PERSONS = 2.605  # documents of a person, in the generator
FITTED = 20_000


def quiet(done: int, total: int, stage: str) -> None:
    """A progress that shows nothing."""


def main() -> None:
    """Fill an index, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=500_000)
    parser.add_argument("--asked", type=int, default=3_000)
    asked = parser.parse_args()
    search_cycles_seldom()  # as the program does at its start; else Python's search for cycles is most of the slowest
    made = make_commune(int(asked.documents / PERSONS), 77)
    texts = {paper.id: paper for paper in made.documents[:FITTED]}
    part = with_relatives([comparable(texts[id]) for id in sorted(texts)])
    kept = match_papers(part, texts.__getitem__, Said({}), progress=quiet).kept
    papers = with_relatives([comparable(paper) for paper in made.documents])
    del made, texts
    papers = [papers[place] for place in shelved(papers)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "home.db"
        database = connect(path, bytes(32), create=True)
        bring_up_to_date(database, path, lambda step: None)
        started = time.process_time()
        state = IndexState(len(papers), 0, kept)
        keys = sorted_keys(papers, range(len(papers)), features_of(papers))
        SqlPaperIndex(database, path).make_anew(((paper.id, paper.to_text()) for paper in papers), keys, state, "[]")
        filled = time.process_time() - started
        database.close()
        print(f"{len(papers)} documents, index {path.stat().st_size / 1e6:.0f} MB in {filled:.0f} CPU s")
        some = Random(1).sample(papers, asked.asked)
        del papers  # an open home holds no papers in memory
        gc.collect()
        reader = connect(path, bytes(32), read_only=True)
        index = SqlPaperIndex(reader, path)
        _line("as stored", some, lambda paper: find_near(index, paper))
        typed = [paper._replace(id="", list_id="typed") for paper in some]
        _line("as typed", typed, lambda paper: find_near(index, paper))
        reader.close()
    print(f"peak {peak_memory_mb():.0f} MB (the generator's papers included)")


def _line(name: str, papers: Sequence[Comparable], ask: Callable[[Comparable], Sequence[object]]) -> None:
    taken, candidates = [], []
    for paper in papers:
        started = time.perf_counter()
        candidates.append(len(ask(paper)))
        taken.append(1000 * (time.perf_counter() - started))
    cuts = statistics.quantiles(taken, n=100)
    print(
        f"{name}: p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms, p99 {cuts[98]:.2f} ms ({cuts[98] / LIMIT_MS:.2f} of the"
        f" limit), worst {max(taken):.1f} ms; {statistics.mean(candidates):.0f} candidates each, at most"
        f" {max(candidates)}"
    )


if __name__ == "__main__":
    main()
