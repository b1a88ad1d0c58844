"""Every state of the conflict desk as PNG, for the guide: `desk_screens.py [FOLDER] [--people N] [--all]`.

Vietnamese and English, light and dark, at 100 and 150 % text; without --all only the Vietnamese light ones at 100 %.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bundles"), str(Path(__file__).parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402  (after the platform is chosen)
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from screenshots import settle, wait  # noqa: E402

from fieldtool.app import make_forms  # noqa: E402
from fieldtool.conflicts.queue import Wanted  # noqa: E402
from fieldtool.excel.read_book import ChildWorkbooks  # noqa: E402
from fieldtool.excel.sample_workbooks import write_books  # noqa: E402
from fieldtool.homes import OpenHome  # noqa: E402
from fieldtool.late_outputs import LateOutputs  # noqa: E402
from fieldtool.ports import Home  # noqa: E402
from fieldtool.records.doubts import Standing  # noqa: E402
from fieldtool.records.events import Draft, RecordKind  # noqa: E402
from fieldtool.records.fields import Field  # noqa: E402
from fieldtool.records.persons import Doubt, DoubtKind  # noqa: E402
from fieldtool.store.opening import Store  # noqa: E402
from fieldtool.ui.desk_page import DeskPage  # noqa: E402
from fieldtool.ui.law_window import LawWindow  # noqa: E402
from fieldtool.ui.look import Look, ThemeName, application, load_fonts  # noqa: E402
from fieldtool.ui.main_window import MainWindow  # noqa: E402
from fieldtool.ui.office import Office  # noqa: E402
from fieldtool.ui.worker import Worker  # noqa: E402
from fieldtool.usecases import join_persons, settle_conflict  # noqa: E402
from fieldtool.usecases.import_list import import_list  # noqa: E402
from fieldtool.usecases.make_sample import make_sample  # noqa: E402
from fieldtool.usecases.match_village import match_village  # noqa: E402
from fieldtool.usecases.put_aside import put_aside  # noqa: E402
from fieldtool.wording.catalogue import Language, Wording  # noqa: E402

State = tuple[str, Callable[[DeskPage], None]]


def prepare(folder: Path, people: int, seed: int = 5) -> tuple[Store, Home]:
    """A practice home with one doubt of every kind."""
    from exchange_homes import card, new_home

    made = make_sample(folder / "lists", people=people, seed=seed, write=write_books)
    store, home = new_home(folder / "home", card("mxa", "xa"), 1)
    for file in made.files:
        import_list(home, ChildWorkbooks(), file)
    match_village(home)
    fields = home.people.doubts(kind=DoubtKind.FIELD, limit=400)
    divided = next(doubt for doubt in fields if doubt.field == Field.NAME)
    settle_conflict.decide(home, divided.person, Field.NAME, divided.values[0])
    blind = home.log.register(RecordKind.PERSON, divided.person, Field.NAME)[0]
    home.log.append([Draft(RecordKind.PERSON, divided.person, Field.NAME, divided.values[1], basis=blind.basis)])
    links = home.people.doubts(kind=DoubtKind.LINK, limit=400)
    paper = links[-1].id.partition("|")[0]
    home.log.append([Draft(RecordKind.DOCUMENT, paper, "person", links[0].person, basis="{}")])
    a, _, b = links[1].id.partition("|")
    join_persons.propose(home, a, b)
    put_aside(home, [fields[-1].id], Standing.PARKED, note="chờ chủ hộ đi làm xa về")
    return store, home


def states(home: Home) -> list[State]:
    """Each state with how to come to it."""
    doubts = home.people.doubts(limit=100_000)

    def show(wanted: Callable[[Doubt], bool]) -> Callable[[DeskPage], None]:
        found = next((doubt.id for doubt in doubts if wanted(doubt)), "")
        return lambda desk: desk.open_doubt(found)

    torn = {
        doubt.person for doubt in doubts if doubt.kind is DoubtKind.RIVALS
    }  # made up by `prepare`: no plain example
    lunar = show(lambda d: d.code == "lunar_as_solar")
    name = show(lambda d: d.kind is DoubtKind.FIELD and d.code in ("tone", "hat"))

    def then(first: Callable[[DeskPage], None], act: Callable[[DeskPage], None]) -> Callable[[DeskPage], None]:
        def both(desk: DeskPage) -> None:
            first(desk)
            act(desk)

        return both

    def typing(desk: DeskPage) -> None:
        desk.says.type_value()
        desk._choices.line.setText("Lô Thị Mơ")

    def put_off(desk: DeskPage) -> None:
        desk.narrow(Wanted(standing="parked"))

    def merging(desk: DeskPage) -> None:
        view = desk.view()
        other = next(d for d in doubts if d.kind is DoubtKind.FIELD and view is not None and d.person != view.person.id)
        if view is not None:
            desk.says._preview_merge(view, other.person)

    return [
        ("field_date", lunar),
        ("field_name", name),
        ("mong_name", show(lambda d: d.code == "mong_adult_name")),
        ("divided", show(lambda d: d.kind is DoubtKind.DIVIDED)),
        ("link", show(lambda d: d.kind is DoubtKind.LINK and d.weight > 5 and not torn & {d.person, *d.people})),
        ("rivals", show(lambda d: d.kind is DoubtKind.RIVALS)),
        ("second", show(lambda d: d.kind is DoubtKind.SECOND)),
        ("number_shared", show(lambda d: d.code == "number_shared")),
        ("number_year", show(lambda d: d.code == "number_year")),
        ("family", show(lambda d: d.kind is DoubtKind.FAMILY and d.code != "family_no_certificate")),
        ("no_certificate", show(lambda d: d.code == "family_no_certificate")),
        ("type", then(name, lambda desk: desk.says.type_value())),
        ("half_typed", then(name, lambda desk: (typing(desk), desk.leave_mode()))),
        ("words", then(name, lambda desk: desk.says.notes.ask())),
        ("merge_whom", then(name, lambda desk: desk.says.merge())),
        ("merge", then(name, merging)),
        ("purpose", then(name, lambda desk: desk.says.ask_purpose())),
        ("spelling", lambda desk: desk.narrow(Wanted(kind=DoubtKind.SPELLING))),
        ("parked", put_off),
        ("split", then(name, lambda desk: (desk.says.split(), desk.digit(2)))),
        ("park", then(name, lambda desk: desk.says.park())),
        ("paper", then(name, lambda desk: desk.says.needs_paper())),
        ("print", then(name, lambda desk: desk.says.prints.ask())),
        ("filter", then(name, lambda desk: desk.toggle_filter())),
        ("print_village", then(name, lambda desk: (desk.says.prints.ask(), desk.digit(8)))),
        ("emptied", then(name, lambda desk: desk.narrow(Wanted(reason="none")))),
        ("earlier", then(name, lambda desk: desk.undo())),
        ("bulk", then(name, lambda desk: desk.show_bulk())),
    ]


def windows(people: int, everything: bool) -> Iterator[tuple[QApplication, MainWindow, Home, str]]:
    """The window of one practice home in each look, at 1366×768, with what the look adds to a picture's name."""
    app = application()
    load_fonts()
    looks = [(Language.VIETNAMESE, ThemeName.LIGHT, 100)]
    if everything:
        looks = [(tongue, t, z) for tongue in Language for t in (ThemeName.LIGHT, ThemeName.DARK) for z in (100, 150)]
    with tempfile.TemporaryDirectory(prefix="fieldtool-") as name:
        store, home = prepare(Path(name), people)
        worker = Worker()
        for language, theme, zoom in looks:
            look = Look(theme, zoom)
            look.apply(app)
            office = Office(
                home,
                store.reader(),
                ChildWorkbooks(),
                worker,
                Wording(language),
                look,
                store.work_reader(),
                LateOutputs(),
                forms=make_forms,
                locks=OpenHome(Path(name) / "home", store, home),
            )
            window = MainWindow(office, lambda *given: None)
            window.start()
            window.resize(1366, 768)
            window.show()
            yield app, window, home, f"{language}_{theme}_{zoom}"
            window.close()
        worker.close()
        store.close()


def shoot(widget: QWidget, path: Path) -> None:
    """Write a picture in the 128 colours that it needs most, not dithered: a quarter of the size, true to the eye."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, line = (image.width(), image.height()), image.bytesPerLine()
    picture = Image.frombytes("RGB", size, bytes(image.constBits()), "raw", "RGB", line)
    picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def render(folder: Path, people: int, everything: bool) -> None:
    """Write the pictures."""
    for app, window, home, look in windows(people, everything):
        window.go(1)
        for state, show in states(home):
            show(window.desk)
            if state == "bulk":
                wait(app, lambda bulk=window.desk.bulk: bulk.list.count() > 0)
            if state == "earlier":
                wait(app, lambda desk=window.desk: desk.asking())
            settle(app)
            shoot(window, folder / f"desk_{state}_{look}.png")
            window.desk.leave_mode()
            if state == "filter":
                window.desk.toggle_filter()
            if state in ("emptied", "spelling", "parked"):
                window.desk.narrow(Wanted())
            if state == "half_typed":
                window.desk.line.taken("E", window.desk.shown())
        draw_law(window, folder / f"desk_law_{look}.png", app)


def draw_law(window: MainWindow, path: Path, app: QApplication) -> None:
    """The legal table, in its window."""
    window.desk.show_law()
    law = window.desk.findChild(LawWindow)
    if law is not None:
        settle(app)
        shoot(law, path)
        law.close()


def draw(render: Callable[[Path, int, bool], None], name: str, people: int, about: str | None) -> int:
    """What such a script does when it is called: draw into the folder named, docs/screens/NAME by default."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "screens" / name)
    parser.add_argument("--people", type=int, default=people)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    render(given.folder, given.people, given.all)
    return 0


if __name__ == "__main__":
    sys.exit(draw(render, "desk", 1200, __doc__))
