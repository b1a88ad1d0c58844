"""The reading process: opens one foreign file under a memory cap and hands out plain cells when asked.

It runs apart from the program because a reader that is fed a hostile file may eat all memory or die. Messages are
plain values packed with marshal: lists, texts, numbers. Nothing here writes a file or knows what a cell means.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
import traceback
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

import python_calamine

from fieldtool.excel import read_look_ods, read_look_xls, read_look_xlsx, read_package, read_text
from fieldtool.excel.read_cells import Cleaned, cleaned
from fieldtool.excel.read_html import Html
from fieldtool.excel.read_markup import markup_of
from fieldtool.excel.read_refusals import Refused
from fieldtool.excel.read_rows_xlsx import TEXTS, Texts, rows_of, tabs_of
from fieldtool.excel.read_spreadsheetml import SpreadsheetXml
from fieldtool.excel.read_struck_xlsx import struck_texts
from fieldtool.excel.source_book import Source, SourceBook
from fieldtool.intake.cells import cell_text
from fieldtool.ports import Work
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.raw_books import RawBook, Row

MEMORY_CAP = 1_200_000_000  # bytes of address space; 100,000 rows × 20 columns need about a third of it
_CHUNK = 500
_WAITING = 4  # parts of a work that wait to be sent
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def serve(pipe: Connection, prepare: Callable[[], None] | None = None) -> None:
    """Say that it is ready, be told a file and some work on it, and send what comes of that or, without any work,
    answer the parent's requests: a sheet's index, or -1 to end. `prepare` loads beforehand what the work needs."""
    gc.set_threshold(500_000, 20, 20)  # rows and what is remembered of cells hold no cycles; looking took a tenth
    _fall_silent()
    _cap_memory()
    try:
        _send(pipe, ("ready",))
        if prepare is not None:
            prepare()
        path, work = pipe.recv()
        source = opened(Path(path))
        if work is not None:
            _work(pipe, SourceBook(Path(path).name, source), work)
            return
        _send(pipe, ("book", source.sheets()))
        while (index := _receive(pipe)) >= 0:
            _send(pipe, ("look", source.look(index)))
            _send_rows(pipe, source.rows(index))
            _send(pipe, ("end",))
    except Refused as error:
        _send(pipe, ("refused", str(error.code), error.sheet, error.cell, error.detail))
    except MemoryError:
        _send(pipe, ("refused", str(ErrorCode.WORKBOOK_BOMB), "", "", "memory"))
    except (BrokenPipeError, EOFError, ConnectionResetError):
        return  # the parent has gone, and nobody waits for an answer
    except python_calamine.PasswordError:
        _send(pipe, ("refused", str(ErrorCode.PROTECTED_WORKBOOK), "", "", ""))
    except python_calamine.CalamineError as error:
        _send(pipe, ("refused", str(ErrorCode.NOT_A_WORKBOOK), "", "", str(error)[:200]))
    finally:
        pipe.close()


def _work(pipe: Connection, book: RawBook, work: Work) -> None:
    """Send the parts of some work; questions on the way are answered by the parent. A bug's traceback goes there too,
    where there is a journal for it."""
    sender = _Sender(pipe)

    def ask(question: bytes) -> bytes:
        sender.finish()
        _send(pipe, ("ask", question))
        return pipe.recv_bytes()

    try:
        for part in work(book, ask):
            sender.send(part)
        sender.finish()
        _send(pipe, ("end",))
    except FieldtoolError as error:
        sender.finish()
        place, values = error.place or Place(), {name: str(value) for name, value in error.values.items()}
        _send(pipe, ("trouble", str(error.code), place.file, place.sheet, place.cell, values))
    except (AssertionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        told = traceback.format_exc()
        sender.finish()
        _send(pipe, ("bug", told))
    except (Refused, MemoryError, python_calamine.CalamineError):
        sender.finish()  # `serve` tells of it, behind what was read before
        raise


class _Sender:
    """Sends parts from a thread of its own, so that the next are made while the parent is busy with one of the last."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._thread = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()

    def send(self, part: bytes) -> None:
        """Put a part behind those that wait. Whatever kept an earlier one from being sent is raised here, so that
        nobody waits for what cannot be sent: BrokenPipeError when the parent has gone, MemoryError."""
        while len(self._waiting) >= _WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._thread.submit(_send, self._pipe, ("part", part)))

    def finish(self) -> None:
        """Wait until no part is being sent any more; raises as `send`."""
        wait(self._waiting)
        while self._waiting:
            self._waiting.popleft().result()


def _fall_silent() -> None:
    """A reader that dies of a bad file shows the officer no traceback: the parent sees the pipe close and says so."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)


def _cap_memory() -> None:
    """Address space is capped where the system can; on Windows the checks before reading must do."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_CAP, MEMORY_CAP))


def _send(pipe: Connection, message: tuple[object, ...]) -> None:
    pipe.send_bytes(marshal.dumps(cast(Any, message)))


def _receive(pipe: Connection) -> int:
    return int.from_bytes(pipe.recv_bytes(), "big", signed=True)


def _send_rows(pipe: Connection, rows: Iterator[tuple[int, Row]]) -> None:
    numbers: list[int] = []
    chunk: list[Row] = []
    for number, row in rows:
        numbers.append(number)
        chunk.append(row)
        if len(chunk) >= _CHUNK:
            _send(pipe, ("rows", numbers, chunk))
            numbers, chunk = [], []
    if chunk:
        _send(pipe, ("rows", numbers, chunk))


def opened(path: Path) -> Source:
    """The source behind a file, told by its content and not by its name. Refused when it is none or hostile."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="0 bytes")
    if start[:4] == _ZIP or start[:4] == b"PK\x05\x06":
        return _zipped(path)
    if start == _OLE:
        return _Ole(path)
    if kind := markup_of(path):
        return _Markup(SpreadsheetXml(path) if kind == "xml" else Html(path))
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return _Text(path)
    raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="content")


class _Calamine:
    """What all three workbook formats share: values through calamine."""

    def __init__(self, path: Path, tabs: python_calamine.CalamineWorkbook | None = None) -> None:
        self._path = path
        self._book = tabs or python_calamine.CalamineWorkbook.from_path(str(path))
        visible = python_calamine.SheetVisibleEnum.Visible
        work = python_calamine.SheetTypeEnum.WorkSheet
        self._sheets = [(meta.name, meta.visible != visible) for meta in self._book.sheets_metadata if meta.typ == work]

    def sheets(self) -> list[tuple[str, bool]]:
        """Names, and whether hidden."""
        return self._sheets

    def rows(self, index: int) -> Iterator[tuple[int, Row]]:
        """Rows with their numbers; the blank area above is left out, that to the left filled in."""
        yield from cleaned(self._raw_rows(index), Cleaned())

    def _raw_rows(self, index: int) -> Iterator[tuple[int, list[Any]]]:
        sheet = self._book.get_sheet_by_name(self._sheets[index][0])
        if sheet.start is None:
            return
        left: list[Any] = [""] * sheet.start[1]  # iter_rows gives blank rows above the first used cell, not columns
        for number, row in enumerate(sheet.iter_rows(), start=1):
            yield number, left + row if left else row


class _OpenDocument(_Calamine):
    """An .ods file."""

    def __init__(self, path: Path, package: zipfile.ZipFile) -> None:
        self._looks = read_look_ods.looks_of(package)
        super().__init__(path)

    def look(self, index: int) -> tuple[object, ...]:
        """The look of a sheet as plain values."""
        look = self._looks.pop(self._sheets[index][0], None)
        return () if look is None else plain_look(look)


class _Excel(_Calamine):
    """An .xlsx file. Its sheets are read a few thousand rows at a time, those that are written oddly as a whole."""

    def __init__(self, path: Path, package: zipfile.ZipFile) -> None:
        self._package = package
        self._parts = read_look_xlsx.sheet_parts(package)
        self._numbered = TEXTS in package.namelist()
        self._texts: Texts | None = None
        self._looks = self._read_looks()
        steady = all(look.steady for look in self._looks.values()) and not self._odd_texts()
        super().__init__(path, tabs_of(package) if steady else None)
        self._steady = steady
        self._from_1904 = read_look_xlsx.days_from_1904(package)

    def _odd_texts(self) -> bool:
        """Whether cells name texts of a part that calamine finds and we do not."""
        return any(name.lower() == TEXTS.lower() and name != TEXTS for name in self._package.namelist())

    def _read_looks(self) -> dict[str, read_look_xlsx.Look]:
        """All sheets are looked at before any is read, so that a hostile one is refused before rows are taken."""
        styles = read_look_xlsx.marking_styles(self._package)
        names = set(self._package.namelist())
        texts = struck_texts(self._package)
        looks = {
            sheet: read_look_xlsx.look_of(self._package, part, sheet, styles, self._numbered, texts)
            for sheet, part in self._parts.items()
            if part in names
        }
        read_package.scan_others(self._package, {*self._parts.values(), TEXTS})
        return looks

    def look(self, index: int) -> tuple[object, ...]:
        """The look of a sheet as plain values."""
        look = self._looks.pop(self._sheets[index][0], None)
        return () if look is None else plain_look(look)

    def rows(self, index: int) -> Iterator[tuple[int, Row]]:
        """Rows with their numbers."""
        name = self._sheets[index][0]
        if not self._steady:
            yield from super().rows(index)
        elif name in self._parts:
            if self._texts is None:
                self._texts = Texts(self._package)
            yield from rows_of(self._package, self._parts[name], self._from_1904, self._texts.named)


def _zipped(path: Path) -> Source:
    package = read_package.checked(path)
    names = set(package.namelist())
    if "xl/workbook.xml" in names:
        return _Excel(path, package)
    if "content.xml" in names:
        return _OpenDocument(path, package)
    raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="xlsb" if "xl/workbook.bin" in names else "zip")


def plain_look(look: read_look_xlsx.Look) -> tuple[object, ...]:
    """A look as values that marshal can carry."""
    return (
        *(look.bold, look.fonts, look.formulas, look.merged, look.hidden_rows, look.hidden_columns),
        *(look.struck, look.computed, look.crossed),
    )


class _Ole(_Calamine):
    """An .xls file."""

    def __init__(self, path: Path) -> None:
        self._looks = read_look_xls.looks_of(path)
        super().__init__(path)

    def look(self, index: int) -> tuple[object, ...]:
        """The look of a sheet as plain values."""
        look = self._looks.get(self._sheets[index][0])
        return () if look is None else plain_look(look)


class _Text:
    """A .csv file: one sheet without a name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        read_text.encoding_of(path)

    def sheets(self) -> list[tuple[str, bool]]:
        """One sheet."""
        return [("", False)]

    def look(self, index: int) -> tuple[object, ...]:
        """Text has no look."""
        return ()

    def rows(self, index: int) -> Iterator[tuple[int, Row]]:
        """Rows with their numbers."""
        for number, row in enumerate(read_text.rows(self._path), start=1):
            cells: Row = [cell_text(value) for value in row]
            if any(cells):
                yield number, cells


class _Markup:
    """A page, or a workbook in the XML of Excel 2003."""

    def __init__(self, book: Html | SpreadsheetXml) -> None:
        self._book = book

    def sheets(self) -> list[tuple[str, bool]]:
        """Names, and whether hidden."""
        return self._book.sheets()

    def look(self, index: int) -> tuple[object, ...]:
        """The look of a sheet as plain values."""
        return plain_look(self._book.look(index))

    def rows(self, index: int) -> Iterator[tuple[int, Row]]:
        """Rows with their numbers."""
        yield from cleaned(self._book.raw_rows(index), Cleaned())
