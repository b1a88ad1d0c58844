"""Figures of field work on an invented commune: `bench_visits.py [--people N]`, one JSON document on stdout.

Household page open and figures page with all persons, autosave with synchronous=FULL, program time of a household with
no change. Times belong to the machine; limits are those asked for. Keys are counted by tests/ui/test_visit_page.py and
tests/ui/test_entry_page.py, which press them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests" / "bundles"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LIMITS = {"household_page_p95_ms": 100, "figures_ms": 1000, "autosave_p95_ms": 20}


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)


def at(share: float, values: list[float]) -> float:
    """A quantile."""
    ordered = sorted(values)
    return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)], 2)


def measure(folder: Path, people: int) -> dict[str, object]:
    """Make the commune, then measure."""
    from exchange_homes import card, home_of, new_home

    from fieldtool.excel.read_book import ChildWorkbooks
    from fieldtool.excel.sample_workbooks import write_books
    from fieldtool.usecases import four_words, work_case
    from fieldtool.usecases import open_household as door
    from fieldtool.usecases.import_list import import_list
    from fieldtool.usecases.make_sample import make_sample
    from fieldtool.usecases.match_village import match_village
    from fieldtool.usecases.record_visit import record_visit
    from fieldtool.usecases.today import day_after
    from fieldtool.usecases.week_work import week_work

    made = make_sample(folder / "lists", people=people, seed=3, write=write_books)
    store, _ = new_home(folder / "home", card("m01", "xa"), 1)
    home = home_of(store, 1)
    for file in made.files:
        import_list(home, ChildWorkbooks(), file)
    match_village(home)
    day = home.clock.now()[:10]
    houses = [line.id for line in home.people.households(limit=1_000_000)]
    chosen = houses[:: max(len(houses) // 200, 1)]

    def read(id: str) -> door.DoorPage:
        return door.open_household(home.people, home.work, home.drafts, home.ids, id, day)

    opening = [timed(lambda id=id: read(id)) for id in chosen]  # type: ignore[misc]
    page = read(chosen[0])
    sheet = door.all_here(page, page.sheet)
    saving = [timed(lambda: door.keep_draft(home.drafts, sheet)) for _ in range(300)]
    recording = []
    for id in chosen[:60]:
        before = read(id)
        recording.append(timed(lambda before=before: record_visit(home, door.all_here(before, before.sheet))))  # type: ignore[misc]
    village = max(home.people.villages(), key=lambda item: item.households)
    tasks = [timed(lambda: home.work.tasks(village.id, "2026-01-01")) for _ in range(5)]

    def whole_page() -> None:
        four_words.four_words(home.work, day)
        week_work(home.work, day, "", work_case.list_cases(home))

    counting = [timed(whole_page) for _ in range(5)]
    # everything was recorded today: days to come hold all persons, as 26 weeks of a home in use do
    days = [day_after(day, 7 * week) for week in range(26)]
    back = timed(lambda: home.work.count_back(days))
    figures = {
        "persons": home.people.counts()["persons"],
        "households": len(houses),
        "household_page_p50_ms": at(0.5, opening),
        "household_page_p95_ms": at(0.95, opening),
        "autosave_p50_ms": at(0.5, saving),
        "autosave_p95_ms": at(0.95, saving),
        "record_p50_ms": at(0.5, recording),
        "record_p95_ms": at(0.95, recording),
        "tasks_of_a_village_ms": at(0.5, tasks),
        "figures_ms": at(0.5, counting),
        "trend_back_26_weeks_ms": round(back, 1),
    }
    store.close()
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fieldtool-") as name:
        found = measure(Path(name), given.people)
    over = [name for name, limit in LIMITS.items() if float(str(found[name])) > limit]
    print(json.dumps({**found, "limits": LIMITS, "over": over}, ensure_ascii=False, indent=2))
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
