"""The reading process: opens one foreign file under a memory cap and hands out plain cells when asked.

It runs apart from the program because a reader that is fed a hostile file may eat all memory or die. Messages are
plain values packed with marshal: lists, texts, numbers. Nothing here writes a file or knows what a cell means.
"""

from __future__ import annotations

import datetime
import marshal
import os
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, cast

import python_calamine

from fieldtool.excel import read_look_ods, read_look_xls, read_look_xlsx, read_package, read_text
from fieldtool.excel.read_refusals import Refused
from fieldtool.intake.cells import cell_text
from fieldtool.records.errors import ErrorCode
from fieldtool.records.raw_books import Cell, Row

MEMORY_CAP = 1_200_000_000  # bytes of address space; 100,000 rows × 20 columns need about a third of it
_CHUNK = 500
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class _Source(Protocol):
    """An opened file."""

    def sheets(self) -> list[tuple[str, bool]]:
        """Names, and whether hidden."""

    def look(self, index: int) -> tuple[object, ...]:
        """The look of a sheet as plain values, () when the format tells none."""

    def rows(self, index: int) -> Iterator[tuple[int, Row]]:
        """Rows with their numbers from 1."""


def serve(pipe: Connection, path: str) -> None:
    """Answer the parent's requests: a sheet's index, or -1 to end."""
    _fall_silent()
    _cap_memory()
    try:
        source = opened(Path(path))
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


def opened(path: Path) -> _Source:
    """The source behind a file, told by its content and not by its name. Refused when it is none or hostile."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="0 bytes")
    if start[:4] == _ZIP or start[:4] == b"PK\x05\x06":
        return _Zipped(path)
    if start == _OLE:
        return _Ole(path)
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return _Text(path)
    raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="content")


class _Calamine:
    """What all three workbook formats share: values through calamine."""

    def __init__(self, path: Path) -> None:
        self._book = python_calamine.CalamineWorkbook.from_path(str(path))
        visible = python_calamine.SheetVisibleEnum.Visible
        work = python_calamine.SheetTypeEnum.WorkSheet
        self._sheets = [(meta.name, meta.visible != visible) for meta in self._book.sheets_metadata if meta.typ == work]

    def sheets(self) -> list[tuple[str, bool]]:
        """Names, and whether hidden."""
        return self._sheets

    def rows(self, index: int) -> Iterator[tuple[int, Row]]:
        """Rows with their numbers; the blank area above is left out, that to the left filled in."""
        sheet = self._book.get_sheet_by_name(self._sheets[index][0])
        if sheet.start is None:
            return
        left: Row = [""] * sheet.start[1]  # iter_rows gives blank rows above the first used cell, not columns
        read = _Texts()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [read[value] if type(value) is str else _plain(value) for value in row]
            if cells.count("") < len(cells):
                yield number, left + cells if left else cells


class _Texts(dict[str, str]):
    """Cleaned texts by what stands in the file: a list repeats its villages, peoples and relations."""

    def __missing__(self, text: str) -> str:
        if len(self) > 100_000:
            self.clear()
        clean = self[text] = cell_text(text)
        return clean


def _plain(value: object) -> Cell:
    if type(value) is float or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime.datetime | datetime.date):
        return (value.year, value.month, value.day)
    if isinstance(value, datetime.time):
        return value.isoformat()
    return str(value)


class _Zipped(_Calamine):
    """An .xlsx or .ods file."""

    def __init__(self, path: Path) -> None:
        self._package = read_package.checked(path)
        names = set(self._package.namelist())
        self._excel = "xl/workbook.xml" in names
        if not self._excel and "content.xml" not in names:
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="xlsb" if "xl/workbook.bin" in names else "zip")
        if self._excel:
            self._parts = read_look_xlsx.sheet_parts(self._package)
            self._looks = self._read_looks()
        else:
            self._looks = read_look_ods.looks_of(self._package)
        super().__init__(path)

    def _read_looks(self) -> dict[str, read_look_xlsx.Look]:
        """All sheets are looked at before any is read, so that a hostile one is refused before rows are taken."""
        bold, fonts = read_look_xlsx.legacy_styles(self._package)
        names = set(self._package.namelist())
        looks = {
            sheet: read_look_xlsx.look_of(self._package, part, sheet, bold, fonts)
            for sheet, part in self._parts.items()
            if part in names
        }
        read_package.scan_others(self._package, {*self._parts.values()})
        return looks

    def look(self, index: int) -> tuple[object, ...]:
        """The look of a sheet as plain values."""
        look = self._looks.pop(self._sheets[index][0], None)
        return () if look is None else plain_look(look)


def plain_look(look: read_look_xlsx.Look) -> tuple[object, ...]:
    """A look as values that marshal can carry."""
    return (look.bold, look.fonts, look.formulas, look.merged, look.hidden_rows, look.hidden_columns)


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
