"""Writes lists in the many shapes that communes have them, each with what must be read from it. All people invented.

all_books.py gathers these and those of the other files here.
"""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

import csv
import datetime
import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class S:
    """A styled cell."""

    value: object
    bold: bool = False
    font: str = ""
    struck: bool = False
    formula: str = ""  # whose saved value is `value`


@dataclass
class Book:
    """One sheet or more, and the rows that must come out, in order, as (field → text) that must be equal."""

    name: str
    kind: str
    rows: list[list[object]]
    expected: list[dict[str, str]]
    merged: list[tuple[int, int, int, int, object]] = field(default_factory=list)  # 0-based, inclusive
    hidden_rows: tuple[int, ...] = ()
    more_sheets: list[tuple[str, list[list[object]], bool]] = field(default_factory=list)  # name, rows, hidden
    sheet: str = "Sheet1"
    format: str = "xlsx"
    separator: str = ","
    encoding: str = "utf-8-sig"
    village: str = ""  # slug that every document's village must end with
    strict: bool = False  # no field may be read that is not expected, but a head or place inherited
    hidden_columns: tuple[int, ...] = ()
    tail: int = 0  # formatted rows without content below the last


# name, dob, sex, n12, n9, father, mother, relation, ethnicity
PEOPLE = [
    [
        (
            "Lô Văn Thướn",
            "12/08/1956",
            "Nam",
            "040056000112",
            "186100112",
            "Lô Văn Piêng",
            "Vi Thị Dọn",
            "Chủ hộ",
            "Thái",
        ),
        ("Vi Thị Hợi", "05/11/1959", "Nữ", "040159000113", "186100113", "Vi Văn Tòng", "Lương Thị Mão", "Vợ", "Thái"),
        ("Lô Văn Cầm", "20/03/1984", "Nam", "040084000114", "186100114", "Lô Văn Thướn", "Vi Thị Hợi", "Con", "Thái"),
    ],
    [
        (
            "Xồng Bá Chùa",
            "15/02/1961",
            "Nam",
            "040061000221",
            "186100221",
            "Xồng Nhìa Tu",
            "Lầu Y Mỷ",
            "Chủ hộ",
            "Mông",
        ),
        ("Lầu Y Xìa", "09/09/1963", "Nữ", "040163000222", "186100222", "Lầu Bá Giờ", "Già Y Dở", "Vợ", "Mông"),
    ],
    [
        (
            "Moong Văn Khăm",
            "28/12/1970",
            "Nam",
            "040070000331",
            "186100331",
            "Moong Phò Xây",
            "Cụt Thị Hương",
            "Chủ hộ",
            "Khơ Mú",
        ),
        ("Cụt Thị Nguyệt", "17/06/1973", "Nữ", "040173000332", "186100332", "Cụt Văn Xeo", "Lữ Thị Lả", "Vợ", "Khơ Mú"),
        (
            "Moong Thị Đào",
            "24/10/1995",
            "Nữ",
            "040195000333",
            "186100333",
            "Moong Văn Khăm",
            "Cụt Thị Nguyệt",
            "Con",
            "Khơ Mú",
        ),
        (
            "Moong Văn Hùng",
            "30/04/2003",
            "Nam",
            "040203000334",
            "186100334",
            "Moong Văn Khăm",
            "Cụt Thị Nguyệt",
            "Con",
            "Khơ Mú",
        ),
    ],
]
FIELDS = ("name", "dob", "sex", "n12", "n9", "father", "mother", "relation", "ethnicity")
ALL = [person for home in PEOPLE for person in home]
TITLE = [["ỦY BAN NHÂN DÂN XÃ TAM HỢP"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], []]
SIGNED = [
    [],
    ["", "", "", "Tam Hợp, ngày 12 tháng 5 năm 2021"],
    ["", "Người lập biểu", "", "Trưởng Công an xã"],
    ["", "(Ký, ghi rõ họ tên)", "", "(Ký, đóng dấu)"],
    [],
    ["", "Lương Văn Mẫu", "", "Kha Văn Thử"],
]
BOOKS: list[Callable[[], Book]] = []


def book(function: Callable[[], Book]) -> Callable[[], Book]:
    BOOKS.append(function)
    return function


def pick(person: tuple[str, ...], *names: str) -> dict[str, str]:
    return {name: person[FIELDS.index(name)] for name in names}


def picked(*names: str) -> list[dict[str, str]]:
    return [pick(person, *names) for person in ALL]


def columns(*names: str) -> list[list[object]]:
    return [[person[FIELDS.index(name)] for name in names] for person in ALL]


def numbered(rows: list[list[object]]) -> list[list[object]]:
    return [[number, *row] for number, row in enumerate(rows, start=1)]


def simple(name: str, kind: str, headings: list[str], names: list[str], **more: object) -> Book:
    """Title, one heading row, numbered rows, signatures."""
    title = [[str(more.pop("title", "DANH SÁCH"))]]
    rows = [*TITLE, *title, [], ["STT", *headings], *numbered(columns(*names)), *SIGNED]
    return Book(name, kind, rows, picked(*names), **more)  # type: ignore[arg-type]


# --- plain lists -----------------------------------------------------------------------------------------------------


@book
def birth_register() -> Book:
    return simple(
        "birth_register", "birth",
        ["Họ, chữ đệm, tên người được khai sinh", "Ngày, tháng, năm sinh", "Giới tính", "Họ tên cha", "Họ tên mẹ"],
        ["name", "dob", "sex", "father", "mother"], title="SỔ ĐĂNG KÝ KHAI SINH NĂM 2019",
    )  # fmt: skip


@book
def id_list() -> Book:
    return simple("id_list", "id", ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số CMND"], ["name", "dob", "sex", "n12", "n9"],
                  title="DANH SÁCH CÔNG DÂN ĐÃ CẤP CĂN CƯỚC")  # fmt: skip


@book
def household_plain() -> Book:
    return simple("household_plain", "household", ["Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ", "Dân tộc"],
                  ["name", "dob", "sex", "relation", "ethnicity"], title="SỔ HỘ KHẨU")  # fmt: skip


@book
def no_accents_in_headings() -> Book:
    return simple("no_accents_in_headings", "id", ["HO VA TEN", "NGAY SINH", "GIOI TINH", "SO CCCD", "SO CMND"], ["name", "dob", "sex", "n12", "n9"], title="DS CAN CUOC")  # fmt: skip


@book
def upper_case_headings() -> Book:
    return simple("upper_case_headings", "household", ["HỌ VÀ TÊN", "NGÀY THÁNG NĂM SINH", "GIỚI TÍNH", "QH VỚI CHỦ HỘ", "DÂN TỘC"], ["name", "dob", "sex", "relation", "ethnicity"])  # fmt: skip


@book
def any_order() -> Book:
    return simple("any_order", "birth", ["Mẹ", "Dân tộc", "Cha", "Họ tên trẻ", "Sinh ngày", "Phái"], ["mother", "ethnicity", "father", "name", "dob", "sex"], title="DANH SÁCH KHAI SINH")  # fmt: skip


@book
def header_first_row() -> Book:
    rows = [["Họ tên", "NTNS", "GT", "Số định danh cá nhân"], *columns("name", "dob", "sex", "n12")]
    return Book("header_first_row", "id", rows, picked("name", "dob", "sex", "n12"), sheet="CCCD")


@book
def header_row_thirty() -> Book:
    rows = [*TITLE, *[[f"Căn cứ văn bản số {n}/HD-CA ngày {n}/3/2020"] for n in range(1, 27)], ["TT", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ"], *numbered(columns("name", "dob", "sex", "relation"))]  # fmt: skip
    return Book("header_row_thirty", "household", rows, picked("name", "dob", "sex", "relation"))


@book
def starts_at_column_c() -> Book:
    rows = [
        ["", "", *row]
        for row in simple("", "", ["Họ và tên", "Ngày sinh", "Giới tính", "Số CMND"], ["name", "dob", "sex", "n9"]).rows
    ]
    return Book("starts_at_column_c", "id", rows, picked("name", "dob", "sex", "n9"))


@book
def interface_columns() -> Book:
    rows = [["rec_id", "doc", "name", "dob", "sex", "n12", "father", "mother", "relation"]]
    kinds = ["birth", "id", "household"]
    expected = []
    for number, person in enumerate(ALL):
        rows.append(
            [
                f"r{number}",
                kinds[number % 3],
                *(person[FIELDS.index(n)] for n in ("name", "dob", "sex", "n12", "father", "mother", "relation")),
            ]
        )
        expected.append(
            {
                **pick(person, "name", "dob", "sex", "n12", "father", "mother", "relation"),
                "kind": kinds[number % 3],
                "key": f"r{number}",
            }
        )
    return Book("interface_columns", "", rows, expected)  # type: ignore[arg-type]


@book
def interface_columns_csv() -> Book:
    made = interface_columns()
    return Book("interface_columns_csv", "", made.rows, made.expected, format="csv", encoding="utf-8")


@book
def csv_semicolon() -> Book:
    made = simple(
        "csv_semicolon", "id", ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"], ["name", "dob", "sex", "n12"]
    )
    made.format, made.separator = "csv", ";"
    return made


@book
def csv_tabs_utf16() -> Book:
    made = simple(
        "csv_tabs_utf16",
        "household",
        ["Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"],
        ["name", "dob", "sex", "relation"],
    )
    made.format, made.separator, made.encoding = "csv", "\t", "utf-16"
    return made


@book
def csv_vietnamese_code_page() -> Book:
    made = simple(
        "csv_vietnamese_code_page",
        "id",
        ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"],
        ["name", "dob", "sex", "n12"],
    )
    made.format, made.encoding = "csv", "cp1258"
    return made


@book
def list_key() -> Book:
    rows = [
        ["Mã", "Họ và tên", "Ngày sinh", "Số CMND", "Ngày cấp"],
        *[[f"TH-{n:03d}", p[0], p[1], p[4], "12/05/2010"] for n, p in enumerate(ALL)],
    ]
    return Book(
        "list_key",
        "id",
        rows,
        [{**pick(p, "name", "dob", "n9"), "key": f"TH-{n:03d}", "issue_date": "12/05/2010"} for n, p in enumerate(ALL)],
    )


# --- headings of several rows ----------------------------------------------------------------------------------------


@book
def years_in_two_columns() -> Book:
    rows: list[list[object]] = [
        ["DANH SÁCH NHÂN KHẨU"],
        [],
        ["STT", "Họ và tên", "Năm sinh", "", "Quan hệ với chủ hộ"],
        ["", "", "Nam", "Nữ", ""],
    ]
    for number, person in enumerate(ALL, start=1):
        year = int(person[1][-4:])
        rows.append([number, person[0], *((year, "") if person[2] == "Nam" else ("", year)), person[7]])
    merged = [
        (2, 0, 3, 0, "STT"),
        (2, 1, 3, 1, "Họ và tên"),
        (2, 2, 2, 3, "Năm sinh"),
        (2, 4, 3, 4, "Quan hệ với chủ hộ"),
    ]
    return Book(
        "years_in_two_columns",
        "household",
        rows,
        [{**pick(p, "name", "sex", "relation"), "dob": p[1][-4:]} for p in ALL],
        merged,
    )  # type: ignore[arg-type]


@book
def years_in_two_columns_unmerged() -> Book:
    made = years_in_two_columns()
    made.name, made.merged = "years_in_two_columns_unmerged", []
    return made


@book
def years_in_two_columns_no_accents() -> Book:
    made = years_in_two_columns_unmerged()
    made.name = "years_in_two_columns_no_accents"
    made.rows[2] = ["TT", "Ho va ten", "Nam sinh", "", "Quan he voi chu ho"]
    made.rows[3] = ["", "", "Nam", "Nu", ""]
    return made


@book
def bare_male_female() -> Book:
    made = years_in_two_columns_unmerged()
    made.name = "bare_male_female"
    made.rows[2:4] = [["TT", "Họ và tên", "Nam", "Nữ", "Quan hệ với chủ hộ"]]
    return made


@book
def crosses_for_sex() -> Book:
    rows: list[list[object]] = [
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "", "Số CMND"],
        ["", "", "", "Nam", "Nữ", ""],
    ]
    for number, person in enumerate(ALL, start=1):
        rows.append([number, person[0], person[1], *(("x", "") if person[2] == "Nam" else ("", "x")), person[4]])
    merged = [
        (0, 3, 0, 4, "Giới tính"),
        (0, 0, 1, 0, "TT"),
        (0, 1, 1, 1, "Họ và tên"),
        (0, 2, 1, 2, "Ngày sinh"),
        (0, 5, 1, 5, "Số CMND"),
    ]
    return Book("crosses_for_sex", "id", rows, picked("name", "dob", "sex", "n9"), merged)  # type: ignore[arg-type]


@book
def day_month_year_columns() -> Book:
    rows: list[list[object]] = [
        ["TT", "Họ và tên", "Ngày sinh", "", "", "Giới tính", "Họ tên cha", "Họ tên mẹ"],
        ["", "", "Ngày", "Tháng", "Năm", "", "", ""],
    ]
    for number, person in enumerate(ALL, start=1):
        rows.append([number, person[0], *(int(part) for part in person[1].split("/")), person[2], person[5], person[6]])
    merged = [(0, 2, 0, 4, "Ngày sinh"), (0, 0, 1, 0, "TT"), (0, 1, 1, 1, "Họ và tên")]
    return Book("day_month_year_columns", "birth", rows, picked("name", "dob", "sex", "father", "mother"), merged)  # type: ignore[arg-type]


@book
def parents_in_groups() -> Book:
    rows: list[list[object]] = [["SỔ ĐĂNG KÝ KHAI SINH"], ["Số", "Họ, chữ đệm, tên", "Ngày sinh", "Giới tính", "Cha", "", "Mẹ", ""], ["", "", "", "", "Họ và tên", "Năm sinh", "Họ và tên", "Năm sinh"], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"]]  # fmt: skip
    for number, person in enumerate(ALL, start=1):
        rows.append(
            [f"{number:02d}/2019", person[0], person[1], person[2], person[5], 1950 + number, person[6], 1955 + number]
        )
    expected = [
        {
            **pick(p, "name", "dob", "sex", "father", "mother"),
            "father_dob": str(1950 + n),
            "mother_dob": str(1955 + n),
            "reg_no": f"{n:02d}/2019",
        }
        for n, p in enumerate(ALL, start=1)
    ]
    return Book("parents_in_groups", "birth", rows, expected, [(1, 4, 1, 5, "Cha"), (1, 6, 1, 7, "Mẹ")])


@book
def card_group() -> Book:
    rows: list[list[object]] = [
        ["TT", "Họ và tên", "Năm sinh", "CMND", "", ""],
        ["", "", "", "Số", "Ngày cấp", "Nơi cấp"],
    ]
    for number, person in enumerate(ALL, start=1):
        rows.append([number, person[0], person[1], person[4], "03/04/2009", "CA Nghệ An"])
    return Book(
        "card_group",
        "id",
        rows,
        [{**pick(p, "name", "dob", "n9"), "issue_date": "03/04/2009", "issue_place": "CA Nghệ An"} for p in ALL],
        [(0, 3, 0, 5, "CMND")],
    )


@book
def three_heading_rows() -> Book:
    rows: list[list[object]] = [
        ["STT", "Thông tin nhân khẩu", "", "", "Giấy tờ", ""],
        ["", "Họ và tên", "Năm sinh", "", "CMND", "CCCD"],
        ["", "", "Nam", "Nữ", "", ""],
    ]
    for number, person in enumerate(ALL, start=1):
        rows.append(
            [number, person[0], *((person[1], "") if person[2] == "Nam" else ("", person[1])), person[4], person[3]]
        )
    merged = [
        (0, 1, 0, 3, "Thông tin nhân khẩu"),
        (0, 4, 0, 5, "Giấy tờ"),
        (1, 2, 1, 3, "Năm sinh"),
        (0, 0, 2, 0, "STT"),
        (1, 1, 2, 1, "Họ và tên"),
        (1, 4, 2, 4, "CMND"),
        (1, 5, 2, 5, "CCCD"),
    ]
    return Book("three_heading_rows", "", rows, picked("name", "dob", "sex", "n12", "n9"), merged)  # type: ignore[arg-type]


@book
def surname_and_given() -> Book:
    rows: list[list[object]] = [["TT", "Họ và chữ đệm", "Tên", "Ngày sinh", "Giới tính", "Số CCCD"]]
    rows += [
        [n, p[0].rpartition(" ")[0], p[0].rpartition(" ")[2], p[1], p[2], p[3]] for n, p in enumerate(ALL, start=1)
    ]
    return Book("surname_and_given", "id", rows, picked("name", "dob", "sex", "n12"))


@book
def surname_and_given_merged() -> Book:
    rows: list[list[object]] = [["TT", "Họ và tên", "", "Ngày sinh", "Giới tính", "Số CCCD"]]
    rows += [
        [n, p[0].rpartition(" ")[0], p[0].rpartition(" ")[2], p[1], p[2], p[3]] for n, p in enumerate(ALL, start=1)
    ]
    return Book(
        "surname_and_given_merged", "id", rows, picked("name", "dob", "sex", "n12"), [(0, 1, 0, 2, "Họ và tên")]
    )


@book
def numbering_below_heading() -> Book:
    made = household_plain()
    made.name = "numbering_below_heading"
    at = next(i for i, row in enumerate(made.rows) if row and row[0] == "STT")
    made.rows.insert(at + 1, ["A", "B", 1, 2, 3, 4])
    return made


# --- households ------------------------------------------------------------------------------------------------------


def heads() -> list[dict[str, str]]:
    return [{**pick(p, "name", "dob", "sex"), "head": home[0][0]} for home in PEOPLE for p in home]


@book
def heads_in_bold() -> Book:
    rows: list[list[object]] = [
        [S("SỔ THEO DÕI HỘ KHẨU", True)],
        [],
        [S(h, True) for h in ("TT", "Họ và tên", "Ngày sinh", "Giới tính")],
    ]
    for number, home in enumerate(PEOPLE, start=1):
        for index, p in enumerate(home):
            rows.append([number if index == 0 else "", S(p[0], index == 0), p[1], p[2]])
    return Book("heads_in_bold", "household", rows, heads())


@book
def heads_in_bold_book_once() -> Book:
    rows: list[list[object]] = [["Số sổ hộ khẩu", "Họ và tên", "Ngày sinh", "Giới tính"]]
    expected = []
    for number, home in enumerate(PEOPLE, start=1):
        for index, p in enumerate(home):
            rows.append([f"04{number:07d}" if index == 0 else "", S(p[0], index == 0), p[1], p[2]])
            expected.append({**pick(p, "name", "dob", "sex"), "head": home[0][0], "book": f"04{number:07d}"})
    return Book("heads_in_bold_book_once", "household", rows, expected)


@book
def heads_by_relation() -> Book:
    rows: list[list[object]] = [
        ["Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"],
        *columns("name", "dob", "sex", "relation"),
    ]
    return Book("heads_by_relation", "household", rows, heads())


@book
def household_ordinal() -> Book:
    rows: list[list[object]] = [["TT hộ", "TT", "Họ và tên", "Ngày sinh", "Giới tính"]]
    for number, home in enumerate(PEOPLE, start=1):
        for index, p in enumerate(home, start=1):
            rows.append([number if index == 1 else "", index, p[0], p[1], p[2]])
    return Book("household_ordinal", "household", rows, heads())


@book
def household_banners() -> Book:
    rows: list[list[object]] = [["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"]]
    expected = []
    for number, home in enumerate(PEOPLE, start=1):
        rows.append([f"Hộ ông: {home[0][0]} - Sổ hộ khẩu số: 04{number:07d}"])
        for index, p in enumerate(home, start=1):
            rows.append([index, p[0], p[1], p[2], p[7]])
            expected.append(
                {**pick(p, "name", "dob", "sex", "relation"), "head": home[0][0], "book": f"04{number:07d}"}
            )
    return Book("household_banners", "household", rows, expected)


@book
def head_column_with_members() -> Book:
    rows: list[list[object]] = [["TT", "Họ tên chủ hộ", "Họ và tên thành viên", "Ngày sinh", "Giới tính"]]
    merged = []
    for home in PEOPLE:
        first = len(rows)
        rows += [[len(rows) + i, home[0][0] if i == 0 else "", p[0], p[1], p[2]] for i, p in enumerate(home)]
        merged.append((first, 1, len(rows) - 1, 1, home[0][0]))
    return Book("head_column_with_members", "household", rows, heads(), merged)  # type: ignore[arg-type]


@book
def ditto_marks() -> Book:
    rows: list[list[object]] = [
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Nơi thường trú", "Quan hệ với chủ hộ"]
    ]
    expected = []
    marks = ['"', "nt", "//", "-nt-", "“"]
    for home in PEOPLE:
        for index, p in enumerate(home):
            mark = marks[index % len(marks)]
            rows.append(
                [
                    len(rows),
                    p[0],
                    p[1],
                    p[2],
                    p[8] if index == 0 else mark,
                    "Bản Huồi Sơn" if index == 0 else mark,
                    p[7],
                ]
            )
            expected.append({**pick(p, "name", "dob", "sex", "ethnicity"), "place": "Bản Huồi Sơn"})
    return Book("ditto_marks", "household", rows, expected, village="huoi-son")


@book
def village_rows() -> Book:
    rows: list[list[object]] = [
        ["DANH SÁCH HỘ KHẨU"],
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"],
    ]
    merged = []
    expected = []
    for home, village in zip(PEOPLE, ("Bản Xốp Nặm", "Bản Huồi Sơn", "Bản Vàng Môn"), strict=True):
        merged.append((len(rows), 0, len(rows), 4, village.upper()))
        rows.append([village.upper()])
        for p in home:
            rows.append([len(rows), p[0], p[1], p[2], p[7]])
            expected.append(
                {
                    **pick(p, "name", "dob", "sex"),
                    "village": {"Bản Xốp Nặm": "xop-nam", "Bản Huồi Sơn": "huoi-son", "Bản Vàng Môn": "vang-mon"}[
                        village
                    ],
                }
            )
    return Book("village_rows", "household", rows, expected, merged)  # type: ignore[arg-type]


@book
def village_rows_roman() -> Book:
    made = village_rows()
    made.name, made.merged = "village_rows_roman", []
    for number, (row, name) in enumerate([(r, r[0]) for r in made.rows if str(r[0]).startswith("BẢN")], start=1):
        row[:] = ["I" * number, str(name).title().replace("Bản", "Bản") + ": 12 hộ, 56 khẩu"]
    return made


@book
def village_in_title() -> Book:
    made = household_plain()
    made.name, made.village = "village_in_title", "xop-nam"
    made.rows[3] = ["DANH SÁCH NHÂN KHẨU BẢN XỐP NẶM, XÃ TAM HỢP, HUYỆN TƯƠNG DƯƠNG"]
    return made


@book
def village_column() -> Book:
    rows = [
        ["TT", "Bản", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND"],
        *[[n, "Xốp Nặm", p[0], p[1], p[2], p[4]] for n, p in enumerate(ALL, 1)],
    ]
    return Book("village_column", "id", rows, picked("name", "dob", "sex", "n9"), village="xop-nam")  # type: ignore[arg-type]


@book
def totals_and_pages() -> Book:
    heading = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"]
    rows: list[list[object]] = [["DANH SÁCH"], heading]
    for index, p in enumerate(ALL, start=1):
        rows.append([index, p[0], p[1], p[2], p[7]])
        if index % 4 == 0:
            rows += [["", "Cộng trang: 4 người"], [], list(heading)]
    rows += [["", "Tổng cộng", "", "", 9], ["Danh sách này có 9 nhân khẩu./."], *SIGNED]
    return Book("totals_and_pages", "household", rows, picked("name", "dob", "sex", "relation"))  # type: ignore[arg-type]


@book
def prepared_lines() -> Book:
    made = simple(
        "prepared_lines", "id", ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"], ["name", "dob", "sex", "n12"]
    )
    made.rows = made.rows[: -len(SIGNED)] + [[n, "", "", "", ""] for n in range(10, 40)]
    return made


# --- numbers, dates, fonts -------------------------------------------------------------------------------------------


@book
def one_number_column() -> Book:
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Số CMND/CCCD"],
        *[[n, p[0], p[1], p[3] if n % 2 else p[4]] for n, p in enumerate(ALL, 1)],
    ]
    return Book(
        "one_number_column",
        "id",
        rows,
        [pick(p, "name", "dob", "n12" if n % 2 else "n9") for n, p in enumerate(ALL, 1)],
    )  # type: ignore[arg-type]


@book
def numbers_as_numbers() -> Book:
    rows = [
        ["Họ và tên", "Năm sinh", "Số CCCD", "Số CMND"],
        *[[p[0], int(p[1][-4:]), int(p[3]), int(p[4])] for p in ALL],
    ]
    return Book(
        "numbers_as_numbers",
        "id",
        rows,
        [{"name": p[0], "dob": p[1][-4:], "n12": p[3].lstrip("0"), "n9": p[4]} for p in ALL],
    )  # type: ignore[arg-type]


@book
def typed_dates() -> Book:
    rows = [
        ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"],
        *[[p[0], datetime.datetime.strptime(p[1], "%d/%m/%Y").date(), p[2], p[3]] for p in ALL],
    ]
    return Book("typed_dates", "id", rows, picked("name", "dob", "sex", "n12"))  # type: ignore[arg-type]


@book
def serial_dates() -> Book:
    day = lambda text: (datetime.datetime.strptime(text, "%d/%m/%Y") - datetime.datetime(1899, 12, 30)).days  # noqa: E731
    rows = [["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"], *[[p[0], day(p[1]), p[2], p[3]] for p in ALL]]
    return Book("serial_dates", "id", rows, picked("name", "dob", "sex", "n12"))  # type: ignore[arg-type]


@book
def years_in_date_cells() -> Book:
    rows = [
        ["Họ và tên", "Năm sinh", "Giới tính", "Số CCCD"],
        *[[p[0], datetime.date(1899, 12, 30) + datetime.timedelta(days=int(p[1][-4:])), p[2], p[3]] for p in ALL],
    ]
    return Book("years_in_date_cells", "id", rows, [{**pick(p, "name", "sex", "n12"), "dob": p[1][-4:]} for p in ALL])  # type: ignore[arg-type]


def legacy(text: str, encoding: str) -> str:
    """Unicode text as it looks in an 8-bit font."""
    path = HERE.parents[1] / "resources" / "codes" / "legacy_encodings.csv"
    table = {
        row["true_letter"]: row["as_seen_in_unicode"]
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
        if row["encoding"] == encoding
    }
    if encoding == "TCVN3":
        table["ư"] = "\xad"
    return "".join(table.get(letter, letter) for letter in text)


@book
def tcvn3_by_font() -> Book:
    font = ".VnTime"
    rows: list[list[object]] = [
        [S(legacy(h, "TCVN3"), True, font) for h in ("Họ và tên", "Ngày sinh", "Giới tính", "Họ tên cha")]
    ]
    rows += [[S(legacy(str(cell), "TCVN3"), False, font) for cell in (p[0], p[1], p[2], p[5])] for p in ALL]
    return Book("tcvn3_by_font", "birth", rows, picked("name", "dob", "sex", "father"))


@book
def tcvn3_capitals() -> Book:
    rows: list[list[object]] = [["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]]
    rows += [[S(legacy(p[0].lower(), "TCVN3"), False, ".VnTimeH"), p[1], p[2], p[3]] for p in ALL]
    return Book("tcvn3_capitals", "id", rows, [{**pick(p, "dob", "sex", "n12"), "name": p[0].upper()} for p in ALL])


@book
def tcvn3_by_column() -> Book:
    rows: list[list[object]] = [["Họ và tên", "Ngày sinh", "Giới tính", "Họ tên mẹ", "Họ tên cha"]]
    rows += [[legacy(p[0], "TCVN3"), p[1], p[2], legacy(p[6], "TCVN3"), legacy(p[5], "TCVN3")] for p in ALL]
    return Book("tcvn3_by_column", "birth", rows, picked("name", "dob", "sex", "mother", "father"))


@book
def vni_by_font() -> Book:
    rows: list[list[object]] = [
        [S(legacy(h, "VNI"), False, "VNI-Times") for h in ("Họ và tên", "Ngày sinh", "Dân tộc", "Quan hệ với chủ hộ")]
    ]
    rows += [[S(legacy(str(cell), "VNI"), False, "VNI-Times") for cell in (p[0], p[1], p[8], p[7])] for p in ALL]
    return Book("vni_by_font", "household", rows, picked("name", "dob", "ethnicity", "relation"))


@book
def vni_whole_sheet_no_font() -> Book:
    rows: list[list[object]] = [[legacy(h, "VNI") for h in ("Họ và tên", "Ngày sinh", "Dân tộc", "Quan hệ với chủ hộ")]]
    rows += [[legacy(str(cell), "VNI") for cell in (p[0], p[1], p[8], p[7])] for p in ALL]
    return Book("vni_whole_sheet_no_font", "household", rows, picked("name", "dob", "relation"))


# --- sheets ----------------------------------------------------------------------------------------------------------


@book
def cover_sheet_and_hidden_sheet() -> Book:
    made = id_list()
    made.name = "cover_sheet_and_hidden_sheet"
    made.more_sheets = [
        ("Bìa", [["CÔNG AN XÃ TAM HỢP"], ["Năm 2021"]], False),
        ("DM", [["Nam"], ["Nữ"]], True),
        ("Trống", [], False),
    ]
    return made


@book
def two_sheets() -> Book:
    made = household_plain()
    made.name = "two_sheets"
    made.more_sheets = [
        ("Bản 2", simple("", "", ["Họ tên", "Năm sinh", "Quan hệ"], ["name", "dob", "relation"]).rows, False)
    ]
    made.expected += picked("name", "dob", "relation")
    return made


@book
def second_sheet_without_heading() -> Book:
    made = household_plain()
    made.name = "second_sheet_without_heading"
    made.more_sheets = [("tiếp", numbered(columns("name", "dob", "sex", "relation", "ethnicity")), False)]
    made.expected += picked("name", "dob", "sex", "relation", "ethnicity")
    return made


@book
def hidden_rows() -> Book:
    made = id_list()
    made.name, made.hidden_rows = "hidden_rows", (7, 8)
    return made


@book
def blank_rows_between() -> Book:
    made = header_first_row()
    made.name = "blank_rows_between"
    made.rows = [row for person in made.rows for row in (person, [], [" "])]
    return made


@book
def nfd_text() -> Book:
    made = id_list()
    made.name = "nfd_text"
    made.rows = [[unicodedata.normalize("NFD", c) if isinstance(c, str) else c for c in row] for row in made.rows]
    return made


class _Toned:
    """Writes text as the Vietnamese code page needs it: letter, then tone."""

    def __init__(self, file: io.TextIOBase) -> None:
        self._file = file

    def write(self, text: str) -> None:
        out = ""
        for letter in text:
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            out += unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone)) + tone
        self._file.write(out)


def write(made: Book, folder: Path) -> Path:
    """Write a book; its path."""
    path = folder / f"{made.name}.{made.format}"
    if made.format == "csv":
        with path.open("w", encoding=made.encoding, newline="") as file:
            width = max(len(row) for row in made.rows)
            writer = csv.writer(_Toned(file) if made.encoding == "cp1258" else file, delimiter=made.separator)
            writer.writerows([*row, *[""] * (width - len(row))] for row in made.rows)
        return path
    book_ = xlsxwriter.Workbook(str(path))
    sheet = _sheet(book_, made.sheet, made.rows, made.merged, made.hidden_rows)
    for column in made.hidden_columns:
        sheet.set_column(column, column, None, None, {"hidden": True})
    border = book_.add_format({"border": 1})
    for row in range(len(made.rows), len(made.rows) + made.tail):
        for column in range(6):
            sheet.write_blank(row, column, None, border)
    for name, rows, hidden in made.more_sheets:
        sheet = _sheet(book_, name, rows, [], ())
        if hidden:
            sheet.hide()
    book_.close()
    return path


def _sheet(book_: xlsxwriter.Workbook, name: str, rows, merged, hidden):  # type: ignore[no-untyped-def]
    sheet = book_.add_worksheet(name)
    formats: dict[tuple[bool, str, bool, bool], object] = {}

    def styled(cell: object) -> tuple[object, object]:
        s = cell if isinstance(cell, S) else S(cell)
        day = isinstance(s.value, datetime.date)
        key = (s.bold, s.font, day, s.struck)
        if key not in formats:
            formats[key] = book_.add_format(
                {
                    "bold": s.bold,
                    "font_strikeout": s.struck,
                    **({"font_name": s.font} if s.font else {}),
                    **({"num_format": "dd/mm/yyyy"} if day else {}),
                }
            )
        return s.value, formats[key]

    for first_row, first_column, last_row, last_column, value in merged:
        text, style = styled(value)
        sheet.merge_range(first_row, first_column, last_row, last_column, text, style)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            value, style = styled(cell)
            covered = any(a <= number <= c and b <= column <= d for a, b, c, d, _ in merged)
            if value in ("", None) or covered:
                continue
            if isinstance(cell, S) and cell.formula:
                sheet.write_formula(number, column, cell.formula, style, value)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(number, column, datetime.datetime(value.year, value.month, value.day), style)
            elif isinstance(value, str):
                sheet.write_string(number, column, value, style)
            else:
                sheet.write_number(number, column, value, style)
    for number in hidden:
        sheet.set_row(number, None, None, {"hidden": True})
    return sheet
