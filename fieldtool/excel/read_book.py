"""The Workbooks port: foreign lists read in a process of their own, which may die without harm."""

from __future__ import annotations

import importlib
import marshal
import multiprocessing
from collections.abc import Callable, Generator, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from fieldtool.excel.child import serve
from fieldtool.excel.source_book import look_of
from fieldtool.ports import Progress, Work, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.raw_books import HEAD_ROWS, RawBook, RawSheet, Row, SheetLook
from fieldtool.records.report_books import ReportBook

_PATIENCE = 0.2  # seconds between two looks at the cancel button
_LONGEST = 600.0  # seconds without any answer after which the reader counts as stuck
Message = tuple[Any, ...]


class ChildWorkbooks:
    """Reads .xlsx, .xls, .ods and .csv, writes reports."""

    def __init__(self) -> None:
        self._ready: _Reader | None = None  # a reading process that waits for its file

    def get_ready(self, prepare: Callable[[], None]) -> None:
        """Start the reading process of the next list beforehand; see ports.Workbooks."""
        if self._ready is None:
            try:
                self._ready = _Reader(prepare)
            except FieldtoolError:
                self._ready = None  # whoever reads the list tries again, and says of which list it failed

    def let_go(self) -> None:
        """End the reading process that waits, if there is one; see ports.Workbooks."""
        ready, self._ready = self._ready, None
        if ready is not None:
            ready.close()

    def _reader(self) -> _Reader:
        """A reading process; the one that waits, when there is one and nothing ended it meanwhile."""
        ready, self._ready = self._ready, None
        if ready is not None and not ready.is_there():
            ready.close()
            ready = None
        return ready or _Reader()

    def read(self, path: Path, progress: Progress = no_progress) -> RawBook:
        """Open a list for reading; see ports.Workbooks."""
        check_file(path)
        return _Book(self._reader(), path, progress)

    def read_apart(
        self, path: Path, work: Work, answer: Callable[[bytes], bytes], progress: Progress = no_progress
    ) -> Generator[bytes, None, None]:
        """Let the reading process do some work; see ports.Workbooks."""
        check_file(path)
        reader = self._reader()
        try:
            reader.open(path, progress, work)
            while (message := reader.receive())[0] != "end":
                if message[0] == "ask":
                    reader.answer(answer(message[1]))
                else:
                    yield message[1]
        finally:
            reader.close()

    def write_report(self, path: Path, book: ReportBook) -> Path:
        """Write a report; see ports.Workbooks."""
        # Late: loading XlsxWriter is a tenth of the program's start, and most starts write no report.
        written: Path = importlib.import_module("fieldtool.excel.report_books").write_report(path, book)
        return written


def check_file(path: Path) -> None:
    """NO_FILE, NOT_A_WORKBOOK for an empty one, FILE_LOCKED or READ_FAILED for one that does not open."""
    place = Place(path.name)
    if not path.is_file():
        raise FieldtoolError(ErrorCode.NO_FILE, place=place, values={"file": path.name})
    try:
        with path.open("rb") as file:
            start = file.read(1)
    except PermissionError as error:
        raise FieldtoolError(ErrorCode.FILE_LOCKED, place=place, values={"detail": path.name}) from error
    except OSError as error:
        raise FieldtoolError(ErrorCode.READ_FAILED, place=place, values={"detail": str(error)}) from error
    if not start:
        raise FieldtoolError(ErrorCode.NOT_A_WORKBOOK, place=place, values={"detail": "0 bytes"})


class _Reader:
    """The parent's end of the reading process."""

    def __init__(self, prepare: Callable[[], None] | None = None) -> None:
        self._file = ""
        self._progress: Progress = no_progress
        context = multiprocessing.get_context("spawn")
        self._pipe: Connection
        ours, theirs = context.Pipe()
        self._pipe = ours
        self._process: SpawnProcess = context.Process(target=serve, args=(theirs, prepare), daemon=True)
        try:
            self._process.start()
        except OSError as error:  # no memory for another program, or a virus scanner that forbids it
            ours.close()
            raise self._failed() from error
        finally:
            theirs.close()

    def open(self, path: Path, progress: Progress, work: Work | None = None) -> None:
        """Tell the process what to do with which file, once it is there: what is written to one that died while it
        started could wait for its reader for ever."""
        self._file, self._progress = path.name, progress
        self.receive()  # that it is ready
        try:
            self._pipe.send((str(path), work))
        except OSError as error:
            raise self._failed() from error

    def ask(self, index: int) -> None:
        """Request a sheet."""
        self.answer(index.to_bytes(4, "big", signed=True))

    def answer(self, told: bytes) -> None:
        """Tell the reading process something."""
        try:
            self._pipe.send_bytes(told)
        except OSError as error:
            raise self._failed() from error

    def receive(self) -> Message:
        """The next message; refusals are raised."""
        waited = 0.0
        while not self._pipe.poll(_PATIENCE):
            waited += _PATIENCE
            self._progress(0, 0, "read")
            if waited > _LONGEST or self._has_died():
                raise self._failed()
        try:
            message: Message = marshal.loads(self._pipe.recv_bytes())
        except (EOFError, OSError) as error:
            raise self._failed() from error
        if message[0] == "refused":
            _, code, sheet, cell, detail = message
            place = Place(self._file, sheet, cell)
            raise FieldtoolError(ErrorCode(code), place=place, values={"detail": detail})
        if message[0] == "trouble":
            _, code, file, sheet, cell, values = message
            raise FieldtoolError(ErrorCode(code), place=Place(file, sheet, cell), values=values)
        if message[0] == "bug":
            raise RuntimeError(f"in the reading process:\n{message[1]}")
        return message

    def is_there(self) -> bool:
        """Whether the process lives."""
        return self._process.is_alive()

    def _has_died(self) -> bool:
        """Whether nothing can come any more. The end of a process does not always end its pipe: on Windows one that
        dies while it starts (a scanner, no memory) has not yet taken its end over from this process."""
        return not self._process.is_alive() and not self._pipe.poll(0)

    def _failed(self) -> FieldtoolError:
        return FieldtoolError(ErrorCode.READER_FAILED, place=Place(self._file), values={"detail": self._file})

    def close(self) -> None:
        """End the process. It holds nothing but memory, and putting that in order would keep the list's end waiting."""
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


class _Book:
    """An open foreign workbook."""

    def __init__(self, reader: _Reader, path: Path, progress: Progress) -> None:
        self.file = path.name
        self._reader = reader
        try:
            reader.open(path, progress)
            self._sheets: list[tuple[str, bool]] = self._reader.receive()[1]
        except BaseException:
            self._reader.close()
            raise

    def sheet_names(self) -> tuple[str, ...]:
        """All tabs in order."""
        return tuple(name for name, _ in self._sheets)

    def sheets(self) -> Iterator[RawSheet]:
        """The sheets in order; what was not read of the one before is passed over."""
        for index, (name, hidden) in enumerate(self._sheets):
            sheet = _Sheet(self._reader, index, name, hidden)
            yield sheet
            sheet.finish()

    def __enter__(self) -> RawBook:
        return self

    def __exit__(self, *unused: object) -> None:
        self._reader.close()


class _Sheet:
    """One sheet, fetched from the reading process when it is first looked at."""

    def __init__(self, reader: _Reader, index: int, name: str, hidden: bool) -> None:
        self.name = name
        self.hidden = hidden
        self._reader = reader
        self._index = index
        self._look: SheetLook | None = None
        self._head: list[tuple[int, Row]] = []
        self._ended = False
        self._passed = False  # rows below the head went by while all were looked at

    @property
    def look(self) -> SheetLook:
        """Styles and merged ranges."""
        if self._look is None:
            self._reader.ask(self._index)
            self._look = look_of(self._reader.receive()[1])
        return self._look

    def head(self) -> list[tuple[int, Row]]:
        """The first rows with their numbers."""
        assert self.look is not None
        while len(self._head) < HEAD_ROWS and not self._ended:
            self._head.extend(self._next())
        return self._head[:HEAD_ROWS]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """All rows with their numbers."""
        self.head()
        if self._passed:
            yield from self.again()
            return
        if self._ended:
            yield from self._head
            return
        self._passed = True
        first, self._head = self._head, []
        yield from first
        del first
        while not self._ended:
            yield from self._next()

    def again(self) -> Iterator[tuple[int, Row]]:
        """All rows, asked for anew; the head is kept. What needs this of large sheets is done where the file is open
        (`read_apart`)."""
        head = self.head()
        if not self._passed:
            # What lies below the head has not gone by yet: reading on is as good.
            self._passed = not self._ended
            yield from [*head, *self._head[len(head) :]]
            while not self._ended:
                yield from self._next()
            return
        self.finish()
        self._reader.ask(self._index)
        self._reader.receive()  # how it looks is known
        self._ended = False
        while not self._ended:
            yield from self._next()

    def _next(self) -> list[tuple[int, Row]]:
        message = self._reader.receive()
        if message[0] == "end":
            self._ended = True
            return []
        return list(zip(message[1], message[2], strict=True))

    def finish(self) -> None:
        """Pass over what was not read."""
        while self._look is not None and not self._ended:
            self._next()
