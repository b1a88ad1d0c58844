"""Planted strings over a whole day: invented people whose names and numbers are found nowhere but in what is meant to
be read. Lists in, matching, a visit, forms, exports, a crash, diagnostics, backups; then every file that is left is
searched, whatever it is packed in."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from unicodedata import normalize

import openpyxl

from fieldtool import __version__
from fieldtool.app import run
from fieldtool.machine.crash_reports import CrashReports
from fieldtool.machine.paths import crash_folder

WORDS = "bốn con trâu qua suối"
CARDS = ("Mã", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nơi thường trú", "Họ tên chủ hộ", "Ghi chú")
BOOK = ("TT hộ", "Mã", "Họ và tên chủ hộ và các thành viên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ",
        "Số CMND/CCCD", "Quê quán", "Số sổ hộ khẩu", "Ghi chú")  # fmt: skip
_SIZE = 4  # of a household
_KEYS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")


def name_of(number: int) -> str:
    """A name that nothing else says: its last syllables are of this person alone."""
    letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(3))
    return f"Lô Thị Xyzzyq{letters} Nguyệt"


def number_of(number: int) -> str:
    return f"0401{70 + number % 20}9{number:05d}"


class Day:
    """One machine's folders, and a readable one beside them that is not searched."""

    def __init__(self, folder: Path, people: int) -> None:
        self.searched, self.readable = folder / "machine", folder / "readable"
        self.people = range(people)
        for name in ("home", "tmp", "stick", "readable"):
            (self.searched / name).mkdir(parents=True)
        self.readable.mkdir()
        self.done: list[str] = []

    def __call__(self, home: str, *arguments: object) -> object:
        """A command, which must succeed; its JSON."""
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            code = run(["--home", str(self.searched / home), "--json", *map(str, arguments)])
        if code:
            raise AssertionError(f"{arguments}: {out.getvalue()}")
        self.done.append(str(arguments[0]))
        return json.loads(out.getvalue())

    @contextmanager
    def machine(self) -> Iterator[None]:
        """The environment of the machine: whatever the program or a library keeps lies under it."""
        before = {key: os.environ.get(key) for key in ("HOME", "FIELDTOOL_PASSPHRASE", *_KEYS)}
        os.environ.update({key: str(self.searched / key.lower()) for key in _KEYS[:-1]})
        os.environ |= {"HOME": str(self.searched / "home"), "TMPDIR": str(self.searched / "tmp")}
        os.environ["FIELDTOOL_PASSPHRASE"] = WORDS
        tempfile.tempdir = None
        try:
            yield
        finally:
            for key, value in before.items():
                os.environ.pop(key, None)
                if value is not None:
                    os.environ[key] = value
            tempfile.tempdir = None

    def live(self) -> None:
        """The day itself."""
        with self.machine():
            self._enrol()
            self._work()
            self._hand_over()
            self._break_down()

    def _enrol(self) -> None:
        self("office", "init", "--officer", "Vi Văn Thử", "--commune", "16906", "--unit", "Cấp trên", "--headquarters")
        self("laptop", "init", "--officer", "Lô Văn Thử", "--commune", "16906", "--unit", "Xã")
        asked = self("laptop", "enrol", "request", self.searched / "stick", "--qr")
        assert isinstance(asked, dict)
        answer = self("office", "enrol", "accept", asked["file"], self.searched / "stick", "--qr")
        assert isinstance(answer, dict)
        self("laptop", "enrol", "finish", answer["file"])

    def _work(self) -> None:
        self("laptop", "import", *self._lists())
        self("laptop", "match")
        found = self("laptop", "search", "Lô Thị")
        assert isinstance(found, list) and len(found) > 1
        person = found[0]["id"]
        self("laptop", "person", person)
        self("laptop", "conflicts")
        self("laptop", "check-numbers")
        self("laptop", "print", "dc01", "--person", person, "--out", self.readable / "dc01.pdf")
        self("laptop", "report", "weekly", "--out", self.readable / "weekly.xlsx")
        self("laptop", "visit", "record", found[0]["household"], "--note", name_of(1), "--draft")
        self("laptop", "visit", "record", found[1]["household"], "--all-here", "--note", name_of(2))

    def _hand_over(self) -> None:
        stick = self.searched / "stick"
        sent = self("laptop", "export", "--to", "Cấp trên", stick)
        assert isinstance(sent, dict)
        self("office", "verify", sent["file"])
        spoiled = stick / "hong.goi"
        spoiled.write_bytes(Path(sent["file"]).read_bytes()[:-40] + bytes(40))
        with suppress(AssertionError):
            self("office", "receive", spoiled)
        self("office", "receive", sent["file"])
        self("office", "unseal", sent["file"], self.readable / "bundle.xlsx")
        self("office", "search", name_of(3))
        self("office", "export", "--to", "Xã", stick / "back")
        self("laptop", "receive", stick / "back")
        self("laptop", "carry", sent["file"])
        self("laptop", "backup", self.searched / "copy.fieldtool-backup")
        self("restored", "restore", self.searched / "copy.fieldtool-backup")
        self("restored", "check")

    def _break_down(self) -> None:
        try:
            raise ValueError(name_of(4) + number_of(4))
        except ValueError as defect:
            CrashReports(crash_folder(), __version__).write(defect)
        self("laptop", "diagnostics", "--out", self.searched / "support.zip")
        self("laptop", "log")

    def _lists(self) -> list[Path]:
        cards: list[tuple[object, ...]] = [CARDS]
        book: list[tuple[object, ...]] = [BOOK]
        for number in self.people:
            name, born = name_of(number), f"{number % 28 + 1:02d}/03/19{number % 60 + 30}"
            place, note = f"Bản Đửa, xã Lượng Minh, {name}", f"ghi chú {name}"
            head, n12 = number - number % _SIZE, number_of(number)
            cards.append((f"c{number}", name, born, "Nữ", n12, place, name_of(head), note))
            first = number == head
            book.append((number // _SIZE + 1 if first else "", f"b{number}", name, born, "Nữ",
                         "Chủ hộ" if first else "Con", n12, place, f"40{head:06d}" if first else "", note))  # fmt: skip
        return [self._written("can_cuoc", cards), self._written("so_ho_khau", book)]

    def _written(self, name: str, rows: list[tuple[object, ...]]) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        path = self.readable / f"{name}.xlsx"
        book.save(path)
        return path

    def planted(self) -> list[bytes]:
        """What is looked for, as any program might have written it."""
        texts = {"Xyzzyq", "xyzzyq", "XYZZYQ"}
        for number in self.people:
            texts |= {name_of(number), normalize("NFD", name_of(number)), number_of(number)}
        return sorted({text.encode(code) for text in texts for code in _ENCODINGS})

    def hits(self) -> tuple[int, int, list[str]]:
        """Files searched, bytes searched with what is packed in them, and where something planted was found."""
        files = [path for path in self.searched.rglob("*") if path.is_file()]
        found, size, planted = [], 0, self.planted()
        for path in files:
            for part in opened(path.read_bytes()):
                size += len(part)
                if any(mark in part for mark in planted):
                    found.append(str(path.relative_to(self.searched)))
        return len(files), size, found


def opened(content: bytes, depth: int = 3) -> Iterator[bytes]:
    """A file's bytes, and what is packed in them as zip, gzip or a deflated stream."""
    yield content
    if depth == 0:
        return
    if content.startswith(b"PK\3\4"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as package:
            for item in package.infolist():
                yield item.filename.encode()
                yield from opened(package.read(item), depth - 1)
    elif content.startswith(b"\x1f\x8b"):
        with suppress(OSError, EOFError):
            yield from opened(gzip.decompress(content), depth - 1)
    elif content[:1] == b"\x78":
        with suppress(zlib.error):
            yield zlib.decompress(content)
