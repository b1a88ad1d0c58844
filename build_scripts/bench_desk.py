"""The desk against its targets: `bench_desk.py [--documents N] [--steps N]`.

A store of N invented documents (90,000: a province's largest commune twice over), three papers a person, one person in
four with a conflict. Measured from the key to the painted screen: the next doubt by N, and the one after a decision.
Then keys per settled plain conflict and per legal form, and the share of open doubts with a named reason in the
sample commune.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bundles"), str(Path(__file__).parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desk_screens import prepare  # noqa: E402  (after the platform is chosen)
from exchange_homes import card, new_home  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from screenshots import wait  # noqa: E402

from fieldtool.app import make_forms  # noqa: E402
from fieldtool.conflicts.queue import Wanted  # noqa: E402
from fieldtool.excel.read_book import ChildWorkbooks  # noqa: E402
from fieldtool.late_outputs import LateOutputs  # noqa: E402
from fieldtool.ports import Home  # noqa: E402
from fieldtool.records.documents import Document, to_payload  # noqa: E402
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind  # noqa: E402
from fieldtool.records.fields import DocumentKind, Field  # noqa: E402
from fieldtool.records.persons import DoubtKind  # noqa: E402
from fieldtool.store.opening import Store  # noqa: E402
from fieldtool.ui.desk_page import DeskPage  # noqa: E402
from fieldtool.ui.look import Look, application, load_fonts  # noqa: E402
from fieldtool.ui.main_window import MainWindow  # noqa: E402
from fieldtool.ui.office import Office  # noqa: E402
from fieldtool.ui.worker import Worker  # noqa: E402
from fieldtool.usecases.review_queue import explained  # noqa: E402
from fieldtool.wording.catalogue import Wording  # noqa: E402

GIVEN = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khoa", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quý", "Sơn", "Tú")


def drafts(documents: int, seed: int = 7) -> Iterator[Draft]:
    """Persons with a birth certificate, a card and a line of the book, five to a household."""
    chance = random.Random(seed)
    for number in range(documents // 3):
        born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(1940, 2015)}"
        name = f"Lô {chance.choice(('Văn', 'Thị'))} {chance.choice(GIVEN)} {chance.choice(GIVEN)}"
        odd = chance.random()
        other = born[-4:] if odd < 0.15 else born
        wrong = name.replace("a", "á", 1) if odd > 0.9 else name
        for kind, title, dob in (
            (DocumentKind.BIRTH, name, born), (DocumentKind.ID_CARD, wrong, born), (DocumentKind.HOUSEHOLD, name, other)
        ):  # fmt: skip
            raw = {Field.NAME: title, Field.DOB: dob, Field.SEX: "Nữ" if "Thị" in name else "Nam"}
            raw[Field.RELATION] = "Chủ hộ" if number % 5 == 0 else ""
            if kind is DocumentKind.ID_CARD:
                digit = (0 if born[-4:] < "2000" else 2) + ("Thị" in name)  # century and sex, as real numbers have it
                raw[Field.N12] = f"040{digit}{born[-2:]}{number:06d}"
            record = f"{kind}-{number:06d}"
            house = f"h{number // 5}" if kind is DocumentKind.HOUSEHOLD else ""
            own = {field: text for field, text in raw.items() if text}
            document = Document(record, kind, own, village=f"16906-b{number % 20}", household=house)
            yield Draft(RecordKind.DOCUMENT, record, CONTENT, to_payload(document), basis='{"import":"b"}')
            yield Draft(RecordKind.DOCUMENT, record, LINK, f"p{number:06d}", basis='{"band":"certain"}')


def timed(app: QApplication, window: MainWindow, key: Qt.Key) -> tuple[float, float]:
    """Milliseconds from a key to the screen that answers it, painted: by the clock, and of the window's own thread."""
    started, worked = time.perf_counter(), time.thread_time()
    QTest.keyClick(QApplication.focusWidget() or window.desk, key)
    app.processEvents()
    window.desk.repaint()
    return (time.perf_counter() - started) * 1000, (time.thread_time() - worked) * 1000


def told(name: str, times: list[tuple[float, float]]) -> None:
    """One line of figures by the clock and one of work: on a busy machine the clock tells of the others."""
    for place, how in enumerate(("by the clock", "of its own work")):
        ordered = sorted(item[place] for item in times)
        p95 = ordered[int(len(ordered) * 0.95)]
        print(f"{name}, {how}: p50 {statistics.median(ordered):.1f} ms, p95 {p95:.1f} ms", flush=True)


def opened(store: Store, home: Home, worker: Worker) -> MainWindow:
    """A window on the desk of a home."""
    look = Look()
    office = Office(home, store.reader(), ChildWorkbooks(), worker, Wording(), look, store.work_reader(), LateOutputs(),
                    forms=make_forms)  # fmt: skip
    window = MainWindow(office, lambda *given: None)
    window.start()
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.go(1)
    window.desk.setFocus()
    QApplication.processEvents()  # an active window takes keys
    return window


def long_queue(app: QApplication, folder: Path, documents: int, steps: int) -> None:
    """Next and decide in a large store."""
    store, home = new_home(folder / "large", card("mxa", "xa"), 1)
    started = time.perf_counter()
    home.log.append(drafts(documents))
    print(f"store of {documents} documents made in {time.perf_counter() - started:.0f} s", flush=True)
    worker = Worker()
    started = time.perf_counter()
    window = opened(store, home, worker)
    app.processEvents()
    print(
        f"doubts: {len(window.desk._queue)}; first shown after {(time.perf_counter() - started) * 1000:.0f} ms",
        flush=True,
    )
    window.desk.narrow(Wanted(kind=DoubtKind.FIELD))
    told("next doubt shown (N)", [timed(app, window, Qt.Key.Key_N) for _ in range(steps)])
    decided = []
    for _ in range(steps):
        decided.append(timed(app, window, Qt.Key.Key_1))
        wait(app, lambda: not window.desk._acts.pending)
    told("next doubt shown after a decision (1)", decided)
    window.close()
    worker.close()
    store.close()


def keys_needed(app: QApplication, folder: Path) -> None:
    """Keys per plain conflict and per legal form, and named reasons, in the sample commune."""
    store, home = prepare(folder / "sample", 1200)
    found = explained(home.people, Wanted())
    print(f"open doubts with a named reason: {found.explained}/{found.open} = {found.share:.4f}", flush=True)
    worker = Worker()
    window = opened(store, home, worker)
    desk = window.desk
    desk.says.prints.folder = folder / "paper"
    settled = _press_through(app, desk, 50)
    print(f"keys per settled plain conflict: {50 / settled:.2f}", flush=True)
    doubt = next(line for line in desk._queue if line.kind is DoubtKind.FIELD and line.code == "year_only")
    desk.open_doubt(doubt.id)
    for key in (Qt.Key.Key_1, Qt.Key.Key_F2):
        QTest.keyClick(QApplication.focusWidget() or desk, key)
    wait(app, lambda: bool(list(desk.says.prints.folder.glob("*.pdf"))))
    print("keys per legal-form case: 2 (1 decides, F2 prints)", flush=True)
    window.close()
    worker.close()
    store.close()


def _press_through(app: QApplication, desk: DeskPage, count: int) -> int:
    """Settle plain conflicts of fields with the key of a filled column; how many are gone afterwards."""
    desk.narrow(Wanted(kind=DoubtKind.FIELD, reason="year_only"))
    before = len(desk._queue)
    for _ in range(count):
        view = desk.view()
        if view is None:
            break
        number = next(place for place, answer in enumerate(view.answers, start=1) if answer.value)
        QTest.keyClick(QApplication.focusWidget() or desk, Qt.Key(Qt.Key.Key_0 + number))
    wait(app, lambda: not desk._acts.pending)
    gone = before - len(desk._queue)
    desk.narrow(Wanted())
    return gone


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=90_000)
    parser.add_argument("--steps", type=int, default=200)
    given = parser.parse_args()
    app = application()
    load_fonts()
    Look().apply(app)
    with tempfile.TemporaryDirectory(prefix="fieldtool-") as name:
        keys_needed(app, Path(name))
        long_queue(app, Path(name), given.documents, given.steps)
    return 0


if __name__ == "__main__":
    sys.exit(main())
