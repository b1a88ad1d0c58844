"""Sheets that show how a list is to be filled: a tab called "Mẫu" with Nguyễn Văn A in it is nobody's list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import flat
from fieldtool.intake.layout import Layout
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Row

_TAB = re.compile(r"(?:(?:bieu |file |trang |form )?mau|vi du|vd|huong dan|example|sample|template)\b")
_NOBODY = re.compile(r"(?:[a-z]+ ){1,4}[a-ex-z]\d?")  # "Nguyễn Văn A", "Trần Thị B2"


def is_example(layout: Layout, head: Sequence[tuple[int, Row]]) -> bool:
    """Whether a sheet is called an example and names nobody but such people."""
    name = layout.column(Field.NAME)
    if name is None or not _TAB.match(flat(layout.sheet).strip()):
        return False
    below = (row for number, row in head if number > layout.header_rows[1])
    names = [text for row in below if name < len(row) and (text := cell_text(row[name]))]
    return bool(names) and all(_NOBODY.fullmatch(flat(" ".join(text.split()))) for text in names)
