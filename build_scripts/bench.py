"""Measure the program against a peer or a limit in the same run: `bench.py [PART …] [--people N]`.

Each part runs in a process of its own and prints one line: what, the figure, the peer's figure, the ratio or the
limit. Absolute times mean little on a shared machine; read the ratios. The figures in README.md come from here.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from fieldtool.homes import OpenHome

KEY = bytes(range(32))
Row = tuple[str, str, str, str]


@contextmanager
def home(folder: Path, *, create: bool = False, headquarters: bool = False) -> Iterator[OpenHome]:
    """A home with a known key, so that the slow unlocking is not measured with everything else."""
    from fieldtool.homes import OpenHome, assemble
    from fieldtool.machine.clock import SystemClock
    from fieldtool.machine.randomness import SystemIds
    from fieldtool.records.exchange import HomeCard
    from fieldtool.store.opening import open_store
    from fieldtool.trust.keys import HomeKeys

    folder.mkdir(exist_ok=True)
    store = open_store(folder / "home.db", KEY, clock=SystemClock(), ids=SystemIds(), create=create)
    if create:
        device, unit = ("mtinh", "ct16906") if headquarters else ("mxa", "x16906")
        card = HomeCard(device, 1, unit, unit, "16906", "cb-bench", "Lô Đo Thử", headquarters)
        store.settings.put("home.card", card.to_text())
        HomeKeys.create(store.settings, card)
    try:
        yield OpenHome(folder, store, assemble(store))
    finally:
        store.close()


def sample(folder: Path, people: int) -> list[Path]:
    """The three lists of an invented commune."""
    from fieldtool.excel.sample_workbooks import write_books
    from fieldtool.usecases.make_sample import make_sample

    return list(make_sample(folder / "lists", people=people, seed=7, write=write_books).files)


def memory_row(part: str, peak: float) -> Row:
    """The peak memory of a part's process against the limit of a small laptop."""
    return f"{part}, peak memory of the process", f"{peak:.0f} MB", "limit 400 MB", f"{peak / 400:.2f}"


def bench_import(folder: Path, people: int) -> Iterator[Row]:
    """Import of the three lists, documents stored, against bare openpyxl reading of the same files."""
    import openpyxl

    from fieldtool.excel.read_book import ChildWorkbooks
    from fieldtool.machine.memory import peak_memory_mb
    from fieldtool.usecases.import_list import import_list

    files = sample(folder, people)
    with home(folder / "home", create=True) as opened:
        started = time.perf_counter()
        rows = sum(import_list(opened.home, ChildWorkbooks(), file).rows for file in files)
        ours = rows / (time.perf_counter() - started)
    memory = peak_memory_mb()
    started = time.perf_counter()
    bare = 0
    for file in files:
        book = openpyxl.load_workbook(file, read_only=True)
        bare += sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))
    theirs = bare / (time.perf_counter() - started)
    yield "import, rows/s", f"{ours:,.0f}", f"openpyxl reading alone {theirs:,.0f}", f"{ours / theirs:.2f}×"
    yield memory_row("import", memory)


def bench_match(folder: Path, people: int) -> Iterator[Row]:
    """Matching of a whole commune and its memory."""
    from fieldtool.machine.memory import peak_memory_mb
    from fieldtool.usecases.match_village import match_village

    with filled(folder, people) as opened:
        outcome = match_village(opened.home)
    per = outcome.seconds / outcome.documents * 10_000
    yield "match, seconds", f"{outcome.seconds:.1f}", "limit 30 s", f"{outcome.seconds / 30:.2f}"
    yield "match, seconds per 10,000 documents", f"{per:.2f}", f"{outcome.documents:,} documents", ""
    yield (
        "match, peak memory of the process",
        f"{peak_memory_mb():.0f} MB",
        "limit 400 MB",
        f"{peak_memory_mb() / 400:.2f}",
    )


@contextmanager
def filled(folder: Path, people: int) -> Iterator[OpenHome]:
    """A home with the lists imported, in a process that did not import them itself."""
    base = folder / "home"
    if not base.exists():
        again(["--only", "fill", "--folder", str(folder), "--people", str(people)])
    with home(base) as opened:
        yield opened


def fill(folder: Path, people: int) -> None:
    """Make the home that later parts open."""
    from fieldtool.excel.read_book import ChildWorkbooks
    from fieldtool.usecases.import_list import import_list

    with home(folder / "home", create=True) as opened:
        for file in sample(folder, people):
            import_list(opened.home, ChildWorkbooks(), file)


def bench_search(folder: Path, people: int) -> Iterator[Row]:
    """Search per keystroke: every prefix of names, with and without marks, and of numbers."""
    from fieldtool.machine.memory import peak_memory_mb
    from fieldtool.records.vietnamese import fold
    from fieldtool.usecases.match_village import match_village

    with filled(folder, people) as opened:
        people_of = opened.home.people
        if not people_of.links():
            match_village(opened.home)
        persons = people_of.persons(limit=1_000_000)
        chosen = persons[:: max(1, len(persons) // 60)]
        typed = [
            text[:end] for line in chosen for text in (line.name, fold(line.name)) for end in range(1, len(text) + 1)
        ]
        typed += [line.n12[start : start + 5] for line in chosen if line.n12 for start in (0, 4, 7)]
        times = []
        for text in typed:
            started = time.perf_counter()
            people_of.search(text)
            times.append((time.perf_counter() - started) * 1000)
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    yield (
        "search per keystroke, p50",
        f"{median(times):.2f} ms",
        f"{len(typed):,} queries, {len(persons):,} persons",
        "",
    )
    yield "search per keystroke, p95", f"{p95:.2f} ms", "limit 50 ms", f"{p95 / 50:.2f}"
    yield (
        "search, peak memory of the process",
        f"{peak_memory_mb():.0f} MB",
        "limit 400 MB",
        f"{peak_memory_mb() / 400:.2f}",
    )


_BARE = """
import sys, time
started = time.perf_counter()
from PySide6 import QtCore, QtGui, QtWidgets, QtSvg
app = QtWidgets.QApplication([])
window = QtWidgets.QMainWindow(); window.setCentralWidget(QtWidgets.QLineEdit())
window.resize(1366, 768); window.show()
QtCore.QTimer.singleShot(0, app.quit); app.exec()
print(time.perf_counter() - started)
"""


_BARE_SAME = "import fieldtool.app, fieldtool.ui.main_window\n" + _BARE
# What `fieldtool` alone does until the gate takes keys; then it leaves.
_GATE = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from fieldtool.__main__ import open_window
from PySide6.QtWidgets import QApplication
app = QApplication([])
QTimer.singleShot(0, app.quit)
open_window(Path(sys.argv[1]))
"""


def bench_start(folder: Path, people: int) -> Iterator[Row]:
    """From process start to a window that takes keys, on a full home, against bare windows.

    The gate is measured against a bare window of the same Qt modules, the main page (everything loaded, home open,
    without the unlocking that is slow on purpose) against one that has loaded the same modules.
    """
    with filled(folder, people) as opened:
        if not opened.home.people.links():
            from fieldtool.usecases.match_village import match_village

            match_village(opened.home)
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    gate, main_page, bare, bare_same = [], [], [], []
    for _ in range(7):
        bare.append(timed([sys.executable, "-c", _BARE], environment))
        bare_same.append(timed([sys.executable, "-c", _BARE_SAME], environment))
        gate.append(timed([sys.executable, "-c", _GATE, str(folder / "home")], environment))
        command = [sys.executable, __file__, "--only", "opened", "--folder", str(folder)]
        main_page.append(timed(command, environment))
    peer = f"bare window {median(bare):.2f}"
    ratio = median(gate) / median(bare)
    yield "start to the gate that takes keys, s", f"{median(gate):.2f}", peer, f"{ratio:.2f}× (limit 2)"
    whole = median(main_page) / median(bare_same)
    peer = f"bare window, the same modules {median(bare_same):.2f}"
    yield "start to the main page, key known, s", f"{median(main_page):.2f}", peer, f"{whole:.2f}× (limit 2)"


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Wall seconds of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def opened(folder: Path) -> None:
    """From process start to the main window on a filled home, without the slow unlocking; then leave."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from fieldtool.excel.read_book import ChildWorkbooks
    from fieldtool.ui.start import Program
    from fieldtool.ui.window_doors import WindowDoors

    app = QApplication([])

    def no_create(*given: object) -> None:
        raise AssertionError("a filled home is not made anew")

    program = Program(
        app, WindowDoors(no_create, lambda at, passphrase: home(at), ChildWorkbooks, lambda at: ""), folder / "home"
    )
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: app.quit() if type(program.window).__name__ == "MainWindow" else None)
    timer.start()
    program.start("known")
    app.exec()
    app.processEvents()
    program.close()


def bench_exchange(folder: Path, people: int) -> Iterator[Row]:
    """Export and receive of everything a commune holds."""
    from fieldtool.machine.memory import peak_memory_mb
    from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment
    from fieldtool.usecases.export_bundle import export_bundle
    from fieldtool.usecases.match_village import match_village
    from fieldtool.usecases.receive_bundle import receive_bundle

    stick = folder / "stick"
    stick.mkdir()
    office_folder = folder / "office"
    with filled(folder, people) as commune, home(office_folder, create=True, headquarters=True) as office:
        if not commune.home.people.links():
            match_village(commune.home)
        asked = request_enrolment(commune.home, stick)
        finish_enrolment(commune.home, accept_enrolment(office.home, asked.file, stick).file)
        started = time.perf_counter()
        sent = export_bundle(commune.home, office.home.card.unit, stick)
        out = time.perf_counter() - started
        started = time.perf_counter()
        receive_bundle(office.home, sent.files)
        taken = time.perf_counter() - started
    size = sent.file.stat().st_size / 1e6
    yield (
        "export, operations/s (written, sealed, proved)",
        f"{sent.events / out:,.0f}",
        f"{sent.events:,} in {size:.1f} MB",
        "",
    )
    yield "receive, operations/s (verified, joined, projected)", f"{sent.events / taken:,.0f}", "", ""
    yield "exchange, peak memory of the process", f"{peak_memory_mb():.0f} MB", "both homes open", ""


PARTS: dict[str, Callable[[Path, int], Iterator[Row]]] = {
    "import": bench_import,
    "match": bench_match,
    "search": bench_search,
    "start": bench_start,
    "exchange": bench_exchange,
}


def again(arguments: list[str]) -> str:
    """Run this script in a fresh process, so that one part's memory is not another's."""
    done = subprocess.run(
        [sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    return done.stdout


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--people", type=int, default=12_000)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only == "fill":
        fill(given.folder, given.people)
    elif given.only == "opened":
        opened(given.folder)
    elif given.only:
        print(json.dumps(list(PARTS[given.only](given.folder, given.people)), ensure_ascii=False))
    else:
        with tempfile.TemporaryDirectory(prefix="fieldtool-bench-") as name:
            shared = Path(name) / "shared"
            shared.mkdir()
            for part in given.parts or PARTS:
                folder = shared
                if part in ("import",):
                    folder = Path(name) / part
                    folder.mkdir()
                answer = again(["--only", part, "--folder", str(folder), "--people", str(given.people)])
                for what, figure, peer, ratio in json.loads(answer):
                    print(f"{what:52} {figure:>12}   {peer:42} {ratio}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
