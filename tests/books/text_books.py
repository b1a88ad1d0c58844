"""Lists by how they were saved and typed: csv of many kinds, old fonts, dates and numbers as clerks and machines leave
them, and the harder shapes once more without merged cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import paper_books
import shape_books
from make_books import Book, S, legacy
from parts import OFFICE, PEOPLE, Person, book, listed, number

_HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nơi thường trú"]
_VALUES = [number, "name", "dob", "sex", "n12", "=Bản Phồng, xã Tam Hợp"]


def saved(name: str, made: Book, encoding: str = "utf-8-sig", separator: str = ",") -> Book:
    """The same book as a text file."""
    made.name, made.format, made.encoding, made.separator, made.merged = name, "csv", encoding, separator, []
    made.more_sheets, made.hidden_rows = [], ()
    return made


def card_list(name: str, values: list[object] | None = None, **more: object) -> Book:
    return listed(
        name,
        "id",
        [*OFFICE, ["DANH SÁCH CẤP CĂN CƯỚC CÔNG DÂN"], list(_HEAD)],
        values or _VALUES,
        "name dob sex n12",
        same={"place": "Bản Phồng, xã Tam Hợp"},
        village="phong",
        **more,
    )  # type: ignore[arg-type]


@book
def csv_excel_separator_line() -> Book:
    made = saved("csv_excel_separator_line", card_list(""), separator=";")
    made.rows = [["sep=;"], *made.rows]
    return made


@book
def csv_pipes() -> Book:
    return saved("csv_pipes", card_list(""), "utf-8", "|")


@book
def csv_utf16_commas() -> Book:
    return saved("csv_utf16_commas", card_list(""), "utf-16", ",")


@book
def csv_cp1258_semicolon_grouped() -> Book:
    return saved("csv_cp1258_semicolon_grouped", paper_books.card_paper_group(), "cp1258", ";")


@book
def csv_broken_headings() -> Book:
    return saved("csv_broken_headings", shape_books.heading_broken_lines())


@book
def csv_decomposed() -> Book:
    made = saved("csv_decomposed", card_list(""), "utf-8")
    made.rows = [
        [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row] for row in made.rows
    ]
    return made


@book
def csv_birth_three_groups() -> Book:
    return saved("csv_birth_three_groups", paper_books.birth_three_groups())


@book
def csv_name_group() -> Book:
    return saved("csv_name_group", paper_books.household_name_group(), "utf-8", ";")


@book
def csv_head_and_member_groups() -> Book:
    return saved("csv_head_and_member_groups", paper_books.household_head_and_member_groups())


@book
def csv_voters() -> Book:
    return saved("csv_voters", paper_books.voters())


@book
def csv_poor_members() -> Book:
    return saved("csv_poor_members", paper_books.poor_households_members(), "utf-8", "\t")


@book
def csv_other_people() -> Book:
    return saved("csv_other_people", paper_books.other_people_groups())


@book
def csv_long_groups() -> Book:
    return saved("csv_long_groups", paper_books.birth_long_groups())


def in_old_font(made: Book, name: str, encoding: str, columns: tuple[int, ...]) -> Book:
    """The texts of some columns, headings and all, as an old font shows them."""
    made.name = name
    made.rows = [
        [
            legacy(cell.title() if cell.isupper() and " " in cell else cell, encoding)
            if isinstance(cell, str) and index in columns
            else cell
            for index, cell in enumerate(row)
        ]
        for row in made.rows
    ]
    return made


@book
def csv_tcvn3_bytes() -> Book:
    """A csv saved by a machine without Unicode: the bytes of the old font."""
    return in_old_font(saved("", card_list(""), "cp1252"), "csv_tcvn3_bytes", "TCVN3", tuple(range(8)))


@book
def csv_vni_bytes() -> Book:
    return in_old_font(saved("", card_list(""), "cp1252"), "csv_vni_bytes", "VNI", tuple(range(8)))


@book
def tcvn3_names_only() -> Book:
    made = listed(
        "",
        "birth",
        [["SỔ ĐĂNG KÝ KHAI SINH"], ["Số", "Họ và tên", "Ngày sinh", "Giới tính", "Cha", "Mẹ"]],
        ["reg_no", "name", "dob", "sex", "father", "mother"],
        "reg_no name dob sex father mother",
        below=[],
    )
    made.rows[2:] = [
        [
            legacy(cell, "TCVN3") if isinstance(cell, str) and index in (1, 4, 5) else cell
            for index, cell in enumerate(row)
        ]
        for row in made.rows[2:]
    ]
    made.name = "tcvn3_names_only"
    return made


@book
def tcvn3_whole_sheet_capital_font() -> Book:
    made = card_list("tcvn3_whole_sheet_capital_font", below=[])
    made.rows = [
        [
            S(legacy(cell.lower(), "TCVN3"), False, ".VnArialH") if isinstance(cell, str) and cell else cell
            for cell in row
        ]
        for row in made.rows
    ]
    made.expected = [{field: text.upper() for field, text in row.items()} for row in made.expected]
    return made


@book
def vni_whole_sheet_by_font() -> Book:
    made = card_list("vni_whole_sheet_by_font", below=[])
    made.rows = [
        [
            S(legacy(cell, "VNI"), False, "VNI-Helve-Condense") if isinstance(cell, str) and cell else cell
            for cell in row
        ]
        for row in made.rows
    ]
    return made


@book
def vni_names_no_font() -> Book:
    made = card_list("vni_names_no_font", below=[])
    made.rows[5:] = [
        [legacy(cell, "VNI") if isinstance(cell, str) and index == 1 else cell for index, cell in enumerate(row)]
        for row in made.rows[5:]
    ]
    return made


def redated(name: str, change: Callable[[Person], object], shown: Callable[[Person], str]) -> Book:
    made = card_list(name, [number, "name", lambda p, i: change(p), "sex", "n12", "=Bản Phồng, xã Tam Hợp"])
    for person, row in zip(PEOPLE, made.expected, strict=True):
        row["dob"] = shown(person)
    return made


def _parts(person: Person) -> tuple[int, int, int]:
    day, month, year = map(int, person["dob"].split("/"))
    return day, month, year


@book
def dates_iso_text() -> Book:
    iso = lambda p: "{2:04d}-{1:02d}-{0:02d}".format(*_parts(p))  # noqa: E731
    return redated("dates_iso_text", iso, iso)


@book
def dates_iso_with_time() -> Book:
    return redated(
        "dates_iso_with_time",
        lambda p: "{2:04d}-{1:02d}-{0:02d} 00:00:00".format(*_parts(p)),
        lambda p: "{2:04d}-{1:02d}-{0:02d} 00:00:00".format(*_parts(p)),
    )


@book
def dates_short_and_dotted() -> Book:
    def text(person: Person) -> str:
        day, month, year = _parts(person)
        return f"{day}.{month}.{year}" if person["sex"] == "Nam" else f"{day}-{month}-{year % 100:02d}"

    return redated("dates_short_and_dotted", text, text)


def renumbered(name: str, change: Callable[[str], object], shown: Callable[[str], str]) -> Book:
    made = card_list(name, [number, "name", "dob", "sex", lambda p, i: change(p["n12"]), "=Bản Phồng, xã Tam Hợp"])
    for person, row in zip(PEOPLE, made.expected, strict=True):
        row["n12"] = shown(person["n12"])
    return made


@book
def numbers_lost_zero() -> Book:
    return renumbered("numbers_lost_zero", int, lambda text: text.lstrip("0"))


@book
def numbers_with_apostrophe() -> Book:
    return renumbered("numbers_with_apostrophe", lambda text: f"'{text}", lambda text: f"'{text}")


@book
def numbers_spaced() -> Book:
    spaced = lambda text: f"{text[:3]} {text[3:6]} {text[6:9]} {text[9:]}"  # noqa: E731
    return renumbered("numbers_spaced", spaced, spaced)


@book
def names_with_titles_in_capitals() -> Book:
    made = card_list(
        "names_with_titles_in_capitals",
        [
            number,
            lambda p, i: ("Ông " if p["sex"] == "Nam" else "Bà ") + p["name"].upper(),
            "dob",
            "sex",
            "n12",
            "=Bản Phồng, xã Tam Hợp",
        ],
    )
    for person, row in zip(PEOPLE, made.expected, strict=True):
        row["name"] = ("Ông " if person["sex"] == "Nam" else "Bà ") + person["name"].upper()
    return made
