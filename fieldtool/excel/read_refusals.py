"""Why a foreign file is not opened: raised inside the reading process, carried to the parent as plain values."""

from __future__ import annotations

from fieldtool.records.errors import ErrorCode


class Refused(Exception):
    """A file that is not read, by name. `sheet`, `cell` and `detail` say where and what, as far as known."""

    def __init__(self, code: ErrorCode, *, sheet: str = "", cell: str = "", detail: str = "") -> None:
        super().__init__(code.value)
        self.code = code
        self.sheet = sheet
        self.cell = cell
        self.detail = detail
