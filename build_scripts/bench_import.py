"""Measure `import` on one large list: `bench_import.py [--rows N]`, rows of 20 columns (100,000 unless told).

The peer is python-calamine merely reading the same file, in a process of its own in the same run. What is timed of ours
ends with every document stored, encrypted and folded into the tables that screens read.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "build_scripts")]

HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Quê quán", "Số CCCD", "Số CMND", "Số sổ hộ khẩu",
    "Quan hệ với chủ hộ", "Họ tên chủ hộ", "Họ tên cha", "Họ tên mẹ", "Vợ/chồng", "Bản", "Nơi thường trú",
    "Ngày cấp", "Nơi cấp", "Mã", "Ghi chú",
)  # fmt: skip
LIMIT_MB = 300


def write_list(path: Path, rows: int, seed: int) -> None:
    """One sheet of invented people; only the notes are blank, and a spouse is named for heads alone."""
    import xlsxwriter

    random = Random(seed)
    surnames = ["Lô", "Lương", "Vi", "Kha", "Moong", "Cụt", "Xồng", "Lầu", "Và", "Hờ", "Già", "Lữ", "Ốc", "Quang"]
    middles = ["Văn", "Thị", "Bá", "Xuân", "Ngọc", "Minh", "Thanh", "Quốc", "Hồng", "Kim", "Đức", "Y", "Nỏ", "Bún"]
    givens = ["An", "Bình", "Dung", "Đào", "Hà", "Hoa", "Khăm", "Lan", "Long", "May", "Nga", "Pó", "Sơn", "Út", "Xúa"]
    villages = ["Xốp Mạt", "Xốp Cháo", "Xốp Pe", "Xốp Nặm", "Xốp Lau", "Xốp Nhị", "Xốp Hốc", "Xốp Tụ"]

    def name(sex: str) -> str:
        middle = random.choice([word for word in middles if word != ("Thị" if sex == "Nam" else "Văn")])
        return f"{random.choice(surnames)} {middle} {random.choice(givens)}"

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Danh sách")
    sheet.write_row(0, 0, ["DANH SÁCH NHÂN KHẨU"])
    sheet.write_row(1, 0, HEADINGS)
    head = book_number = ""
    for number in range(1, rows + 1):
        sex = random.choice(("Nam", "Nữ"))
        year, month, day = random.randint(1940, 2024), random.randint(1, 12), random.randint(1, 28)
        first = number % 4 == 1
        own = name(sex)
        if first:
            head, book_number = own, f"{270000000 + number}"
        century = (0 if year < 2000 else 2) + (sex == "Nữ")
        village = villages[number * len(villages) // (rows + 1)]
        sheet.write_row(
            number + 1,
            0,
            (
                number, own, f"{day:02d}/{month:02d}/{year}", sex, random.choice(("Thái", "Khơ Mú", "Mông", "Kinh")),
                "Lượng Minh, Tương Dương, Nghệ An", f"040{century}{year % 100:02d}{number:06d}",
                f"18{number:07d}", book_number, "Chủ hộ" if first else random.choice(("Vợ", "Con", "Cháu")), head,
                name("Nam"), name("Nữ"), name("Nữ") if first else "", village,
                f"Bản {village}, xã Lượng Minh", f"{day:02d}/{month:02d}/2022", "Cục Cảnh sát QLHC về TTXH",
                f"M{number:07d}", "",
            ),
        )  # fmt: skip
    book.close()


def ours(path: Path, folder: Path, beforehand: bool) -> dict[str, float]:
    """Import into a fresh home; `beforehand` as the command does: the reading process starts before the home is opened
    (here in a fraction of the time that a passphrase takes)."""
    from bench import home

    from fieldtool.excel.read_book import ChildWorkbooks
    from fieldtool.machine.memory import peak_memory_mb
    from fieldtool.usecases.import_list import get_ready, import_list

    gc.set_threshold(50_000, 20, 20)  # as the program does when it starts (app.run)
    books = ChildWorkbooks()
    if beforehand:
        get_ready(books)
    with home(folder / "home", create=True) as opened:
        started = time.perf_counter()
        outcome = import_list(opened.home, books, path)
        seconds = time.perf_counter() - started
    assert outcome.rows == outcome.added + outcome.unchanged + outcome.parked + outcome.refused
    return {"rows": outcome.rows, "added": outcome.added, "seconds": seconds, "memory": peak_memory_mb(), **children()}


def children() -> dict[str, float]:
    """CPU seconds of this process and of its reading child, and the child's peak memory; {} where nobody counts."""
    try:
        import resource
    except ImportError:  # Windows
        return {}
    own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cpu": own.ru_utime + own.ru_stime,
        "child_cpu": child.ru_utime + child.ru_stime,
        "child_memory": child.ru_maxrss / 1024,
    }


def theirs(path: Path) -> dict[str, float]:
    """Read every cell and keep none."""
    import python_calamine

    started, worked = time.perf_counter(), time.process_time()
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    rows = sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows())
    return {"rows": rows, "seconds": time.perf_counter() - started, "cpu": time.process_time() - worked}


def apart(part: str, path: Path, folder: Path, *options: str) -> dict[str, float]:
    """One part in a process of its own."""
    command = [
        sys.executable,
        str(Path(__file__).resolve()),
        "--only",
        part,
        "--file",
        str(path),
        "--folder",
        str(folder),
        *options,
    ]
    # With the compiled code that an installed program has, wherever this tree may not be written to.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(path.parent / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Measure, or be one measured part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--late", action="store_true", help="start the reading process within the time that is taken")
    parser.add_argument("--only", choices=("ours", "theirs"))
    parser.add_argument("--file", type=Path)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.only:
        is_ours = given.only == "ours"
        print(json.dumps(ours(given.file, given.folder, not given.late) if is_ours else theirs(given.file)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "nhan_khau.xlsx"
        write_list(path, given.rows, given.seed)
        peer = apart("theirs", path, folder)
        (first := folder / "first").mkdir()
        write_list(few := folder / "vai_dong.xlsx", 100, given.seed)
        apart("ours", few, first)  # compiles what is loaded
        mine = apart("ours", path, folder, *(["--late"] if given.late else []))
    speed, reading = mine["rows"] / mine["seconds"], peer["rows"] / peer["seconds"]
    print(f"import of {mine['rows']:,.0f} rows × {len(HEADINGS)} columns, documents stored: {speed:,.0f} rows/s")
    print(f"python-calamine reading alone: {reading:,.0f} rows/s; ratio {speed / reading:.2f} (target 0.33)")
    child = mine.get("child_memory", 0.0)
    print(f"peak memory: importing process {mine['memory']:.0f} MB, reading child {child:.0f} MB (limit {LIMIT_MB} MB)")
    if "cpu" in mine:
        print(f"CPU: importing process {mine['cpu']:.1f} s with its start, reading child {mine['child_cpu']:.1f} s")
        print(f"CPU of python-calamine's reading in the same run: {peer['cpu']:.1f} s")


if __name__ == "__main__":
    main()
