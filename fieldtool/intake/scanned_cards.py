"""Sheets into which the QR texts of cards were scanned, one a row ("040060000001|186100001|Lô Văn An|…"), given out
as lists. A row that is no card's text is given out as it stands, so that it is judged as a name and never lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fieldtool.intake.cells import cell_text
from fieldtool.records.card_qr import read_card
from fieldtool.records.dates import PaperDate
from fieldtool.records.raw_books import RawSheet, Row, SheetLook

Line = tuple[int, Row]
_HEADING: Row = ["Số CCCD", "Số CMND", "Họ và tên", "Ngày sinh", "Giới tính", "Nơi thường trú", "Ngày cấp"]
_NAME = 2
_LOOKED_AT = 400
_LEAST = 2  # cards
_MOST = 0.6  # share of the filled rows
_SEXES = {"M": "Nam", "F": "Nữ"}


class ScannedSheet:
    """Such a sheet as a list."""

    def __init__(self, sheet: RawSheet) -> None:
        self.name, self.hidden, self.look = sheet.name, sheet.hidden, SheetLook()
        self._sheet = sheet
        self._first = next(number for number, row in sheet.head() if _text_of(row) is not None)

    def head(self) -> list[Line]:
        """The first rows."""
        return list(self._given(self._sheet.head()))

    def rows(self) -> Iterator[Line]:
        """All rows."""
        return self._given(self._sheet.rows())

    def again(self) -> Iterator[Line]:
        """All rows, read anew."""
        return self._given(self._sheet.again())

    def _given(self, lines: Iterable[Line]) -> Iterator[Line]:
        yield self._first - 1, list(_HEADING)
        for number, row in lines:
            if number >= self._first and any(cell != "" for cell in row):
                yield number, _card(row)


def scanned_cards(sheet: RawSheet) -> ScannedSheet | None:
    """The sheet as a list of cards, None for any other sheet."""
    filled = [row for _, row in sheet.head()[:_LOOKED_AT] if any(cell != "" for cell in row)]
    if not any(isinstance(cell, str) and "|" in cell for row in filled[:_LOOKED_AT] for cell in row):
        return None
    cards = sum(_text_of(row) is not None for row in filled)
    return ScannedSheet(sheet) if cards >= _LEAST and cards >= _MOST * len(filled) else None


def _text_of(row: Row) -> str | None:
    """The text of the card that a row holds in one cell."""
    for cell in row:
        if isinstance(cell, str) and "|" in cell and (card := read_card(cell)) is not None and card.name:
            return cell
    return None


def _card(row: Row) -> Row:
    text = _text_of(row)
    card = read_card(text) if text else None
    if card is None:
        line: Row = [""] * len(_HEADING)
        line[_NAME] = " ".join(filter(None, map(cell_text, row)))
        return line
    return [card.n12, card.n9, card.name, _day(card.dob), _SEXES.get(card.sex, ""), card.address, _day(card.issued)]


def _day(date: PaperDate) -> str:
    """A day as a list writes it; what is less than a day as it was scanned."""
    return f"{date.day:02d}/{date.month:02d}/{date.year}" if date.precision == "day" else date.text
