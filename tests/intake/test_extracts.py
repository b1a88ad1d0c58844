"""An extract of the residence or population database: told by what it says of itself, with households of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
from list_home import OneBook, home

from fieldtool.records.documents import from_payload
from fieldtool.records.events import RecordKind
from fieldtool.records.fields import DocumentKind
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.usecases.import_list import import_list

HEADING = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số định danh",
    "Họ tên chủ hộ",
    "Quan hệ với chủ hộ",
    "Nơi thường trú",
]
PEOPLE = [
    [1, "Lô Văn An", "01/02/1960", "Nam", "040060000001", "Lô Văn An", "Chủ hộ", "Bản Xốp Nặm"],
    [2, "Vi Thị Bình", "03/04/1962", "Nữ", "040162000002", "Lô Văn An", "Vợ", "Bản Xốp Nặm"],
    [3, "Moong Văn Dần", "05/06/1985", "Nam", "040085000003", "Moong Văn Dần", "Chủ hộ", "Bản Xốp Nặm"],
]


def read(title: str, *rows: list, heading: list = HEADING, kind: DocumentKind | None = None, name: str = "ds.xlsx"):
    at = home()
    sheet = MemorySheet("Sheet1", tuple(map(list, ([title], heading, *rows))), SheetLook())
    outcome = import_list(at, OneBook(MemoryBook(name, (sheet,))), Path(name), kind=kind)
    papers = [from_payload(event.record, event.value) for event in at.log.kept if event.kind == RecordKind.DOCUMENT]
    return outcome, papers


@pytest.mark.parametrize(
    "title",
    [
        "DANH SÁCH CÔNG DÂN TRÍCH XUẤT TỪ CƠ SỞ DỮ LIỆU QUỐC GIA VỀ DÂN CƯ",
        "Kết xuất từ CSDLQG về dân cư ngày 03/11/2026",
        "Trích lục thông tin hộ gia đình theo Cơ sở dữ liệu về cư trú",
        "DANH SÁCH NHÂN KHẨU (dữ liệu từ CSDL dân cư)",
    ],
)
def test_a_list_that_says_it_was_drawn_from_the_database_is_an_extract(title: str) -> None:
    outcome, papers = read(title, *PEOPLE)
    assert outcome.kinds == ("register",)
    houses = [paper.household for paper in papers]
    assert houses[0] == houses[1] != "" and houses[2] not in ("", houses[0])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("DANH SÁCH NHÂN KHẨU", "household"),
        ("SỔ HỘ KHẨU – đối chiếu theo Cơ sở dữ liệu quốc gia về dân cư", "household"),
        ("DANH SÁCH CẬP NHẬT CƠ SỞ DỮ LIỆU QUỐC GIA VỀ DÂN CƯ", "household"),
        ("DANH SÁCH CẤP CĂN CƯỚC TRÍCH XUẤT TỪ CƠ SỞ DỮ LIỆU CĂN CƯỚC", "household"),  # its columns are a household's
        ("Trích lục khai sinh", "household"),
    ],
)
def test_other_lists_are_what_they_were(title: str, kind: str) -> None:
    outcome, _ = read(title, *PEOPLE)
    assert outcome.kinds == (kind,)


def test_a_list_with_book_numbers_is_one_of_books_whatever_its_title_says() -> None:
    heading = [*HEADING, "Số sổ hộ khẩu"]
    outcome, _ = read(
        "Trích xuất từ CSDL quốc gia về dân cư", *([*row, "310012345"] for row in PEOPLE), heading=heading
    )
    assert outcome.kinds == ("household",)


def test_an_extract_shares_no_household_id_with_a_book() -> None:
    heading = [*HEADING, "Số sổ hộ khẩu"]
    rows = [[*row, "310012345"] for row in PEOPLE[:2]]
    _, books = read("DANH SÁCH HỘ KHẨU", *rows, heading=heading)
    _, extracts = read("DANH SÁCH", *rows, heading=heading, kind=DocumentKind.REGISTER)
    assert {paper.kind for paper in extracts} == {DocumentKind.REGISTER}
    assert {paper.household for paper in books}.isdisjoint(paper.household for paper in extracts)
    assert len({paper.household for paper in extracts}) == 1


def test_an_extract_without_relations_makes_up_no_household() -> None:
    keep = [place for place, name in enumerate(HEADING) if "chủ hộ" not in name]
    heading, rows = [HEADING[i] for i in keep], [[row[i] for i in keep] for row in PEOPLE]
    _, papers = read("Trích xuất từ CSDLQG về dân cư", *rows, heading=heading)
    assert {paper.household for paper in papers} == {""}
