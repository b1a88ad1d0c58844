"""The three lists as sheets: titles, headings, rows, signatures. What they hold; how a workbook shows it is excel's."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from fieldtool.records.fields import Field
from fieldtool.usecases.sample.families import TODAY
from fieldtool.usecases.sample.papers import Paper, Papers, Value

BIRTHS_FILE = "so_dang_ky_khai_sinh.xlsx"
CARDS_FILE = "danh_sach_can_cuoc.xlsx"
BOOK_FILE = "so_ho_khau.xlsx"


class RowLook(StrEnum):
    """How a row looks."""

    PLAIN = "plain"
    HEAD = "head"  # the head of a household, in bold
    ACROSS = "across"  # one text over the whole width: a village


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One row of a sheet."""

    cells: tuple[Value, ...]
    look: RowLook = RowLook.PLAIN


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """One sheet. `header` has one or two rows of equal length: "" in the upper row goes on with the heading at its
    left, "" in the lower row with the heading above. `foot` is a left and a right column of signature lines;
    `blank_tail` counts empty rows that still bear borders."""

    name: str
    title: str
    subtitle: str
    header: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    rows: tuple[SampleRow, ...]
    foot: tuple[tuple[str, str], ...]
    unit: tuple[str, str] = ("CÔNG AN TỈNH NGHỆ AN", "CÔNG AN XÃ LƯỢNG MINH")
    blank_tail: int = 0


@dataclass(frozen=True, slots=True)
class SampleBook:
    """One workbook to be written."""

    file: str
    sheets: tuple[SampleSheet, ...]

    @property
    def rows(self) -> int:
        """Rows that speak of a person."""
        return sum(row.look is not RowLook.ACROSS for sheet in self.sheets for row in sheet.rows)


_FOOT = (
    ("", f"Lượng Minh, ngày {TODAY.day} tháng {TODAY.month} năm {TODAY.year}"),
    ("NGƯỜI LẬP DANH SÁCH", "TRƯỞNG CÔNG AN XÃ"),
    ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)"),
)
_DITTO = ('"', '"', "nt")


def make_books(rng: Random, papers: Papers) -> tuple[SampleBook, ...]:
    """The three workbooks, in the order in which an officer would import them."""
    return (
        SampleBook(BIRTHS_FILE, (_birth_sheet(rng, papers.births),)),
        SampleBook(CARDS_FILE, (_card_sheet(rng, papers.cards),)),
        SampleBook(BOOK_FILE, tuple(_book_sheets(rng, papers.book))),
    )


def _day(rng: Random, value: Value, typed: float) -> Value:
    """A date as a clerk enters it: a share typed as an Excel date, the rest as text of several habits."""
    if not isinstance(value, datetime.date):
        return value
    if rng.random() < typed:
        return value
    habit = rng.random()
    if habit < 0.75:
        return f"{value:%d/%m/%Y}"
    if habit < 0.90:  # the filling rule of the later form: months 3 to 9 with one digit
        return f"{value.day:02d}/{value.month if 3 <= value.month <= 9 else f'{value.month:02d}'}/{value.year}"
    return f"{value.day}/{value.month}/{value.year}" if habit < 0.97 else f"{value:%d-%m-%Y}"


_BIRTH_HEADER = (
    ("STT", "Mã", "Số", "Quyển số", "Ngày đăng ký", "Họ, chữ đệm và tên người được khai sinh", "Giới tính")
    + ("Ngày, tháng, năm sinh", "Nơi sinh", "Quê quán", "Dân tộc", "Số định danh cá nhân")
    + ("Người mẹ", "", "Người cha", "", "Loại đăng ký", "Ghi chú"),
    ("",) * 12 + ("Họ và tên", "Năm sinh", "Họ và tên", "Năm sinh", "", ""),
)
_BIRTH_WIDTHS = (6, 11, 10, 10, 12, 26, 8, 13, 26, 30, 10, 16, 24, 9, 24, 9, 12, 10)


def _birth_sheet(rng: Random, births: Sequence[Paper]) -> SampleSheet:
    rows = []
    for index, paper in enumerate(births, start=1):
        text = paper.text
        rows.append(
            SampleRow(
                (
                    index,
                    paper.key,
                    text(Field.REG_NO),
                    text(Field.REG_BOOK),
                    _day(rng, text(Field.REG_DATE), 0.5),
                    text(Field.NAME),
                    text(Field.SEX),
                    _day(rng, text(Field.DOB), 0.3),
                    text(Field.BIRTH_PLACE),
                    text(Field.ORIGIN),
                    text(Field.ETHNICITY),
                    text(Field.N12),
                    text(Field.MOTHER),
                    text(Field.MOTHER_DOB),
                    text(Field.FATHER),
                    text(Field.FATHER_DOB),
                    text(Field.REG_KIND),
                    "",
                )
            )  # fmt: skip
        )
    foot = (_FOOT[0], ("CÔNG CHỨC TƯ PHÁP - HỘ TỊCH", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"), ("(Ký, ghi rõ họ tên)", ""))
    return SampleSheet(
        "Sổ khai sinh",
        "SỔ ĐĂNG KÝ KHAI SINH",
        f"(Trích lục toàn xã đến ngày {TODAY:%d/%m/%Y})",
        _BIRTH_HEADER,
        _BIRTH_WIDTHS,
        tuple(rows),
        foot,
        unit=("TỈNH NGHỆ AN", "ỦY BAN NHÂN DÂN XÃ LƯỢNG MINH"),
    )


_CARD_HEADER = (
    ("TT", "Mã", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số CMND cũ", "Dân tộc", "Quê quán")
    + ("Nơi thường trú", "Họ tên chủ hộ", "Ngày cấp", "Ghi chú"),
)
_CARD_WIDTHS = (6, 11, 26, 12, 8, 16, 12, 10, 28, 46, 24, 12, 10)


def _card_sheet(rng: Random, cards: Sequence[Paper]) -> SampleSheet:
    rows = []
    for index, paper in enumerate(cards, start=1):
        text = paper.text
        name = text(Field.NAME)
        rows.append(
            SampleRow(
                (
                    index,
                    paper.key,
                    name.upper() if isinstance(name, str) else name,
                    _day(rng, text(Field.DOB), 0.15),
                    text(Field.SEX),
                    text(Field.N12),
                    text(Field.N9),
                    text(Field.ETHNICITY),
                    text(Field.ORIGIN),
                    text(Field.PLACE),
                    text(Field.HEAD),
                    _day(rng, text(Field.ISSUE_DATE), 0.6),
                    "",
                )
            )  # fmt: skip
        )
    return SampleSheet(
        "DS cấp căn cước",
        "DANH SÁCH CÔNG DÂN ĐƯỢC CẤP CĂN CƯỚC",
        f"(Tính đến ngày {TODAY:%d/%m/%Y})",
        _CARD_HEADER,
        _CARD_WIDTHS,
        tuple(rows),
        _FOOT,
        blank_tail=200,  # rows drawn ahead and never filled
    )


@dataclass(frozen=True, slots=True)
class _BookLayout:
    """How one sheet of the household book is ruled: its villages, and where birth dates stand."""

    name: str
    villages: tuple[str, ...]
    birth: str  # "Ngày sinh" in one column, or the two columns Nam | Nữ under this heading
    split: bool = False
    years_only: bool = False


_LAYOUTS = (
    _BookLayout("Cụm 1", ("Chăm Puông", "Đửa", "Lạ", "Minh Phương"), "Ngày sinh"),
    _BookLayout("Cụm 2", ("Cà Moong", "Xốp Cháo", "Minh Thành"), "Ngày, tháng, năm sinh", split=True),
    _BookLayout("Cụm 3", ("Xốp Mạt", "Bản Pủng"), "Ngày sinh"),
    _BookLayout("Côi", ("Côi",), "Năm sinh", split=True, years_only=True),
)


def _book_sheets(rng: Random, book: Sequence[Paper]) -> Iterable[SampleSheet]:
    for layout in _LAYOUTS:
        rows: list[SampleRow] = []
        for village in layout.villages:
            lines = [paper for paper in book if paper.household and paper.household.village == village]
            if lines:
                title = village if village.startswith("Bản") else f"Bản {village}"
                rows.append(SampleRow((title.upper() if layout.split else title,), RowLook.ACROSS))
                rows += _book_rows(rng, lines, layout)
        yield SampleSheet(
            layout.name,
            "SỔ HỘ KHẨU",
            f"(Chép lại theo hộ, {', '.join(layout.villages)})",
            _book_header(layout),
            _book_widths(layout),
            tuple(rows),
            _FOOT,
            blank_tail=60,
        )


def _book_header(layout: _BookLayout) -> tuple[tuple[str, ...], ...]:
    front = ("TT hộ", "Mã", "Họ và tên chủ hộ và các thành viên")
    back = ("Quan hệ với chủ hộ", "Số CMND/CCCD", "Dân tộc", "Quê quán", "Số sổ hộ khẩu", "Ghi chú")
    if not layout.split:
        return ((*front, layout.birth, "Giới tính", *back),)
    return (*front, layout.birth, "", *back), ("", "", "", "Nam", "Nữ", *("" for _ in back))


def _book_widths(layout: _BookLayout) -> tuple[int, ...]:
    return (7, 11, 30, 12, 12 if layout.split else 8, 12, 16, 10, 14, 12, 10)


def _book_rows(rng: Random, lines: Sequence[Paper], layout: _BookLayout) -> list[SampleRow]:
    rows: list[SampleRow] = []
    number = 0
    above: Value = ""
    for paper in lines:
        household = paper.household
        assert household is not None
        head = paper.person is household.head
        number += head
        people = paper.text(Field.ETHNICITY)
        same = not head and people == above and rng.random() < 0.12
        above = people
        rows.append(
            SampleRow(
                (
                    number if head else "",
                    paper.key,
                    paper.text(Field.NAME),
                    *_birth_cells(rng, paper, layout),
                    paper.relation,
                    paper.text(Field.N12) or paper.text(Field.N9),
                    rng.choice(_DITTO) if same else people,
                    '"' if not head and rng.random() < 0.25 else paper.text(Field.ORIGIN),
                    household.book if head else "",
                    "",
                ),
                RowLook.HEAD if head else RowLook.PLAIN,
            )
        )
    return rows


def _birth_cells(rng: Random, paper: Paper, layout: _BookLayout) -> tuple[Value, Value]:
    """Birth date and sex: in two columns of their own, or told by which of Nam and Nữ is filled."""
    born, sex = paper.text(Field.DOB), paper.text(Field.SEX)
    if not layout.split:
        return _day(rng, born, 0.2), sex
    if layout.years_only:
        year = str(born)[:4] if isinstance(born, datetime.date) else str(born)[-4:]
        written: Value = int(year)
    else:
        written = _day(rng, born, 0.2)
    return (written, "") if sex == "Nam" else ("", written)
