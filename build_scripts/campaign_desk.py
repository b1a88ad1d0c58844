"""The desk worked from the keyboard alone, each act judged: `campaign_desk.py [ACTS] [SEED…]` (default 200, 21, 37).

A sample commune of each seed with a doubt of every kind; digits, typed values, words, parking, papers, visits, pairs,
proposals, undoing; half-way a whole match runs in the worker while the keys go on. Prints what was done and settled;
the first act that wrote something else than what was on the screen ends it with its name.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / name) for name in ("bundles", "ui")), str(Path(__file__).parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_desk import opened  # noqa: E402  (after the platform is chosen)
from desk_hands import Hands  # noqa: E402
from desk_screens import prepare  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from fieldtool.ui.look import Look, application, load_fonts  # noqa: E402
from fieldtool.ui.worker import Worker  # noqa: E402
from fieldtool.usecases.match_village import match_village  # noqa: E402

_LONGEST = 120  # seconds that one burst may take


def until(app: QApplication, holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + _LONGEST
    while not holds():
        app.processEvents()
        if time.monotonic() > ends:
            raise TimeoutError("an act was not written")


def campaign(app: QApplication, folder: Path, acts: int, seed: int) -> None:
    store, home = prepare(folder, 700, seed)
    worker = Worker()
    window = opened(store, home, worker)
    hands = Hands(window.desk, home, home.people, seed)
    kinds = dict(home.people.doubt_counts())
    print(f"seed {seed}: open at first {kinds}", flush=True)
    hands.work(acts // 2, lambda holds: until(app, holds))
    worker.submit(lambda progress: match_village(home, progress=progress), lambda _done: None, _raise)
    hands.work(acts - acts // 2, lambda holds: until(app, holds))
    until(app, worker.resting)
    done = sum(hands.acts.values()) - hands.acts["undone"]
    print(f"seed {seed}: {done} acts judged, {hands.keys} keys; {dict(hands.acts)}; of {dict(hands.kinds)}", flush=True)
    complaints = store.check().complaints
    print(f"seed {seed}: check {complaints or 'sound'}", flush=True)
    window.close()
    worker.close()
    store.close()
    if complaints:
        raise SystemExit(1)


def _raise(error: BaseException) -> None:
    raise error


def main() -> int:
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seeds = [int(text) for text in sys.argv[2:]] or [21, 37]
    app = application()
    load_fonts()
    Look().apply(app)
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="fieldtool-desk-") as name:
            campaign(app, Path(name), acts, seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
