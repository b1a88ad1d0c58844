"""What prints, writes samples, reads pictures, hears scanners: loaded when first asked for, most commands never do."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fieldtool.ports import Home, Progress
    from fieldtool.records.errors import FieldtoolError
    from fieldtool.records.work import PlanNote
    from fieldtool.usecases.outputs import Listening, Say
    from fieldtool.usecases.sample.sheets import SampleBook
    from fieldtool.usecases.weekly_report import Templates, WeeklyReport


def write_books(folder: Path, books: Sequence[SampleBook], progress: Progress) -> tuple[Path, ...]:
    """Sample books; see usecases.make_sample.WriteBooks."""
    paths: tuple[Path, ...] = importlib.import_module("fieldtool.excel.sample_workbooks").write_books(
        folder, books, progress
    )
    return paths


class LateOutputs:
    """The Outputs of usecases.outputs."""

    def templates(self) -> Templates:
        """Workbooks as templates."""
        made: Templates = importlib.import_module("fieldtool.excel.report_book").ReportBooks()
        return made

    def route_sheet(self, home: Home, plan: PlanNote, say: Say) -> bytes:
        """The PDF of a plan."""
        content: bytes = self._printed().plan_sheet(home, plan, say)
        return content

    def roster(self, home: Home, kind: str, village: str, say: Say) -> bytes:
        """The PDF of a roster."""
        content: bytes = self._printed().roster_sheet(home, kind, village, say)
        return content

    def weekly(self, home: Home, report: WeeklyReport, say: Say) -> bytes:
        """The PDF of the weekly report: what its workbook says, in the unit's own template too."""
        pages = self.templates().pages(report.content)
        content: bytes = self._printed().weekly_sheet(home, report.week, pages, say)
        return content

    def text_in_picture(self, path: Path) -> str:
        """The QR text in a picture file."""
        text: str = importlib.import_module("fieldtool.machine.card_images").read_code(path)
        return text

    def scanner_ports(self) -> list[tuple[str, str]]:
        """Serial ports that may be scanners."""
        found: list[tuple[str, str]] = importlib.import_module("fieldtool.machine.serial_scanner").ports()
        return found

    def watch_pictures(
        self, folder: Path | None, said: Callable[[str], None], lost: Callable[[FieldtoolError], None], seconds: float
    ) -> tuple[Listening, Path]:
        """The system's camera program and its folder."""
        module = importlib.import_module("fieldtool.machine.camera")
        place: Path = folder or module.pictures_folder()
        watch: Listening = module.CameraWatch(place, said, lost, seconds=seconds)
        return watch, place

    def listen(self, port: str, said: Callable[[str], None], lost: Callable[[FieldtoolError], None]) -> Listening:
        """A scanner on a port."""
        module = importlib.import_module("fieldtool.machine.serial_scanner")
        scanner: Listening = module.SerialScanner(port, said, lost)
        return scanner

    @staticmethod
    def _printed() -> Any:
        return importlib.import_module("fieldtool.reports.printed")
