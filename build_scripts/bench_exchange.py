"""Measure export and receive: `bench_exchange.py [--events N] [--linked]` (100,000 operations unless told; parts of
20,000 rows). The operations are papers; with --linked the half of them are the links of the papers to their persons,
and of every third person one field is written otherwise on his second paper: so many doubts has the sample (410 of
1,200 people).

The peers, in processes of their own in the same run, do a part of the same work and nothing else: XlsxWriter in
constant memory writes the very rows of the bundles, expat reads the very parts. What is timed of ours ends with every
bundle signed, sealed, lying on the stick and read back; with every operation verified, joined and projected.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "build_scripts")]

LIMIT_MB, TARGET, TARGET_RECEIVE = 250, 0.60, 3_000
Figures = dict[str, float]


def fill(folder: Path, events: int) -> Figures:
    """A laptop and its headquarters, enrolled; the laptop holds invented papers, one operation each."""
    _fill(folder, events)
    return {}


def fill_linked(folder: Path, events: int) -> Figures:
    """The same, half of the operations being links: two papers to a person, as a run of `match` writes them."""
    _fill(folder, events // 2, linked=True)
    return {}


def _fill(folder: Path, events: int, *, linked: bool = False) -> None:
    from bench import home

    from fieldtool.records.documents import Document, Source, transcript
    from fieldtool.records.events import LINK, Contents, Draft, RecordKind
    from fieldtool.records.fields import DocumentKind, Field
    from fieldtool.usecases import enrol_device

    names = ("Lô Thị Mùa", "Vi Văn Đào", "Moong Văn Ơn", "Xồng Bá Pó", "Cụt Thị Hoa", "Lương Văn Minh")
    otherwise: tuple[tuple[Field, Callable[[str], str]], ...] = (
        (Field.NAME, lambda text: f"{text} Em"),
        (Field.DOB, lambda text: f"01/01/{text[6:]}"),
        (Field.SEX, lambda text: "Nữ" if text == "Nam" else "Nam"),
        (Field.N12, lambda text: f"{text[:-2]}{text[-1]}{text[-2]}"),
        (Field.FATHER, lambda text: text.replace("Văn ", "")),
    )

    def papers(first: int, last: int) -> Contents:
        found = []
        for number in range(first, last):
            whose = number // 2 if linked else number
            second = linked and number % 2 == 1
            year, woman = 1940 + whose % 80, whose % 2 == 0
            raw = {
                Field.NAME: names[whose % len(names)],
                Field.DOB: f"{whose % 28 + 1:02d}/{whose % 12 + 1:02d}/{year}",
                Field.SEX: "Nữ" if woman else "Nam",
                Field.N12: f"040{2 * (year // 100 - 19) + woman}{year % 100:02d}{whose % 1_000_000:06d}",
                Field.FATHER: "Lô Văn Thử",
                Field.PLACE: "Bản Đửa, xã Lượng Minh",
            }
            if second and whose % 3 == 0:
                name, written = otherwise[whose // 3 % len(otherwise)]
                raw[name] = written(raw[name])
            kind = DocumentKind.HOUSEHOLD if second else DocumentKind.ID_CARD
            source = Source("Sổ hộ khẩu.xlsx" if second else "Thẻ căn cước.xlsx", "Sheet1", number + 5, str(number))
            found.append(transcript(Document(f"{number:032x}", kind, raw, source, "16906-dua")))
        return Contents(found)

    with home(folder / "x", create=True) as laptop, home(folder / "ct", create=True, headquarters=True) as office:
        asked = enrol_device.request_enrolment(laptop.home, folder / "enrol")
        answer = enrol_device.accept_enrolment(office.home, asked.file, folder / "enrol")
        enrol_device.finish_enrolment(laptop.home, answer.file)
        laptop.home.log.append(papers(start, min(start + 2000, events)) for start in range(0, events, 2000))
        if linked:
            laptop.home.log.append([
                Draft(RecordKind.DOCUMENT, f"{number:032x}", LINK, f"{number - number % 2:032x}", village="16906-dua")
                for number in range(events)
            ])  # fmt: skip


def ours_out(folder: Path, _: int) -> Figures:
    """Export all of it."""
    from bench import home

    from fieldtool.machine.memory import peak_memory_mb
    from fieldtool.usecases.export_bundle import export_bundle

    with home(folder / "x") as laptop:
        started, busy = time.perf_counter(), time.process_time()
        sent = export_bundle(laptop.home, "ct16906", folder / "stick")
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
    return {"rows": sent.rows, "seconds": seconds, "cpu": busy, "memory": peak_memory_mb(), "bundles": len(sent.files)}


def ours_in(folder: Path, _: int) -> Figures:
    """Receive all of it."""
    from bench import home

    from fieldtool.machine.memory import peak_memory_mb
    from fieldtool.usecases.receive_bundle import receive_bundle

    with home(folder / "ct") as office:
        started, busy = time.perf_counter(), _busy()
        outcomes = receive_bundle(office.home, sorted((folder / "stick").glob("*.goi")))
        seconds, busy = time.perf_counter() - started, _busy() - busy
        for number, outcome in enumerate(outcomes):
            assert outcome.error is None, outcome.error
            (folder / f"open{number}.xlsx").write_bytes(_workbook(office.home, outcome.file))
    rows = sum(item.new_events for item in outcomes)
    return {"rows": rows, "seconds": seconds, "cpu": busy, "memory": peak_memory_mb()}


def _busy() -> float:
    """Seconds of the processor, those of processes that helped and have ended included."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _workbook(home: object, file: Path) -> bytes:
    from fieldtool.usecases.prove_bundle import open_letter

    return open_letter(home, file.read_bytes())[1]  # type: ignore[arg-type]


def peer_in(folder: Path, _: int) -> Figures:
    """expat over the change sheets, each row's texts gathered and dropped."""
    seconds, busy, rows = 0.0, 0.0, 0
    for path in sorted(folder.glob("open*.xlsx")):
        started, before = time.perf_counter(), time.process_time()
        count, texts = [0], []

        def ended(name: str, count: list[int] = count, texts: list[str] = texts) -> None:
            if name == "row":
                count[0] += 1
                texts.clear()

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.EndElementHandler = ended
        parser.CharacterDataHandler = texts.append
        with zipfile.ZipFile(path) as package, package.open("xl/worksheets/sheet2.xml") as part:
            parser.ParseFile(part)
        seconds += time.perf_counter() - started
        busy += time.process_time() - before
        rows += count[0] - 1
    return {"rows": rows, "seconds": seconds, "cpu": busy}


def peer_out(folder: Path, _: int) -> Figures:
    """XlsxWriter over the same rows, read beforehand."""
    import xlsxwriter

    from fieldtool.bundles.manifest import CHANGES, SHEET
    from fieldtool.excel.bundle_reader import BundleReader

    seconds, busy, count = 0.0, 0.0, 0
    for path in sorted(folder.glob("open*.xlsx")):
        rows = [cells for _, cells in BundleReader(path.read_bytes(), (SHEET, CHANGES)).rows(CHANGES)]
        started, before = time.perf_counter(), time.process_time()
        book = xlsxwriter.Workbook(str(folder / "peer.xlsx"), {"constant_memory": True, "strings_to_numbers": False})
        sheet = book.add_worksheet(CHANGES)
        for number, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(number, column, text)
        book.close()
        seconds += time.perf_counter() - started
        busy += time.process_time() - before
        count += len(rows) - 1
    return {"rows": count, "seconds": seconds, "cpu": busy}


PARTS: dict[str, Callable[[Path, int], Figures]] = {
    "fill": fill, "fill_linked": fill_linked,
    "ours_out": ours_out, "ours_in": ours_in, "peer_in": peer_in, "peer_out": peer_out,
}  # fmt: skip


def apart(part: str, folder: Path, events: int) -> Figures:
    """One part in a process of its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "--only", part, "--folder", str(folder)]
    done = subprocess.run([*command, "--events", str(events)], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Measure, or be one measured part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--linked", action="store_true")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.only:
        from fieldtool.__main__ import search_cycles_seldom

        search_cycles_seldom()  # as the program does when it starts
        print(json.dumps(PARTS[given.only](given.folder, given.events)))
        return
    with tempfile.TemporaryDirectory() as name:
        left_out = "fill" if given.linked else "fill_linked"
        found = {part: apart(part, Path(name), given.events) for part in PARTS if part != left_out}
    out, into = found["ours_out"], found["ours_in"]
    speed = {part: figures["rows"] / figures["seconds"] for part, figures in found.items() if figures}
    print(f"{out['rows']:,.0f} change rows in {out['bundles']:.0f} bundles")
    for part, peer, program in (("ours_out", "peer_out", "XlsxWriter"), ("ours_in", "peer_in", "expat")):
        word = "export" if part == "ours_out" else "receive"
        print(f"{word}: {speed[part]:,.0f} rows/s; {program} alone {speed[peer]:,.0f}; ratio "
              f"{speed[part] / speed[peer]:.2f} (target {TARGET})")  # fmt: skip
        ours, theirs = (found[item]["rows"] / found[item]["cpu"] for item in (part, peer))
        print(f"{word}, by seconds of the processor: {ours:,.0f} rows/s; {program} alone {theirs:,.0f}; "
              f"ratio {ours / theirs:.2f}")  # fmt: skip
        print(f"{word}, peak memory of the process: {found[part]['memory']:.0f} MB (limit {LIMIT_MB} MB)")
    print(f"receive against the target of {TARGET_RECEIVE:,} operations/s: {speed['ours_in'] / TARGET_RECEIVE:.2f}")
    assert into["rows"] >= given.events


if __name__ == "__main__":
    main()
