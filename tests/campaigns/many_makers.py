"""Many laptops' bundles, joined by headquarters in one command, in any order."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

from exchange_homes import card, enrol, fill, new_home

from fieldtool.machine.memory import peak_memory_mb
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.watch_makers import makers


def joined(folder: Path, count: int, operations: int, seed: int = 1) -> dict[str, float]:
    """Let `count` laptops write `operations` each, then join all their bundles; figures of the joining alone. The
    papers of all laptops are about the same people, so headquarters has all of them to compare."""
    office_store, office = new_home(folder / "office", card("mhq", "ct", headquarters=True), 1)
    files = []
    for number in range(count):
        store, laptop = new_home(folder / f"m{number}", card(f"m{number:03d}", f"x{number}"), number + 2)
        enrol(laptop, office, folder / "enrol")
        fill(laptop, operations // 2)
        files.append(export_bundle(laptop, "ct", folder / "stick").file)
        store.close()
    Random(seed).shuffle(files)
    before = office.log.count()
    cpu, started = time.process_time(), time.perf_counter()
    outcomes = receive_bundle(office, files)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    assert all(outcome.error is None for outcome in outcomes)
    figures = {
        "bundles": len(outcomes),
        "operations": sum(outcome.new_events for outcome in outcomes),
        "added": office.log.count() - before,
        "makers": sum(maker.bundles > 0 for maker in makers(office)),
        "seconds": seconds,
        "cpu": cpu,
        "memory": peak_memory_mb(),
    }
    office_store.close()
    return figures
