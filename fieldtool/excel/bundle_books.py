"""The workbook of a bundle behind its port: the writer and the strict reader, and the labels officers read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from fieldtool.bundles.manifest import CHANGES, SHEET
from fieldtool.excel.bundle_package import saved_by
from fieldtool.excel.bundle_reader import BundleReader
from fieldtool.excel.bundle_writer import write_workbook
from fieldtool.ports import Row

SHEETS = (SHEET, CHANGES)


class ExcelBundles:
    """Bundles as .xlsx. `labels` names fields for the human reader, in Vietnamese since the sheet is signed."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = dict(labels)

    def label(self, field: str) -> str:
        """The name of a field for the human reader of a bundle, "" when there is none."""
        return self._labels.get(field, "")

    def write(
        self, changes: Iterable[tuple[str, ...]], manifest: Callable[[], Iterable[tuple[str, ...]]]
    ) -> tuple[bytes, int]:
        """The workbook's bytes and the number of change rows; see `bundle_writer`."""
        return write_workbook(SHEETS, changes, manifest)

    def manifest(self, content: bytes) -> list[Row]:
        """The rows of the manifest sheet; errors as `bundle_reader`."""
        return list(BundleReader(content, SHEETS).rows(SHEET))

    def saved_by(self, content: bytes) -> str:
        """The program that saved the workbook after us, "" for none."""
        return saved_by(content)

    def changes(self, content: bytes) -> Iterator[Row]:
        """The rows of the change sheet, one at a time."""
        return BundleReader(content, SHEETS).rows(CHANGES)
