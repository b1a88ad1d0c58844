"""Lists with people whom the clerk crossed out, cells that a formula computed, and no heading to tell the columns."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

from make_books import Book, S
from parts import HOMES, PEOPLE, Person, add, body, book, number, over, wanted, year

HEAD: list[object] = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]
LINE = [number, "name", "dob", "sex", "n12"]
FIELDS = ("name", "dob", "sex", "n12")


def _title(person: Person) -> str:
    return ("Ông " if person["sex"] == "Nam" else "Bà ") + person["name"]


@book
def crossed_out_people() -> Book:
    """Two people struck through over the whole line: left to an officer, not taken."""
    rows = [HEAD]
    told = wanted(*FIELDS)
    for index, line in enumerate(body(LINE)):
        rows.append([S(cell, struck=index in (2, 5)) for cell in line])
    for index in (2, 5):
        told[index] = {"fate": "struck_out"}
    return Book("crossed_out_people", "", rows, told, strict=True)


@book
def crossed_out_cells() -> Book:
    """An old number struck through beside the new one: not taken, the person is."""
    rows: list[list[object]] = [["TT", "Họ và tên", "Ngày sinh", "Số CMND", "Số CCCD"]]
    rows += [[i + 1, p["name"], p["dob"], S(p["n9"], struck=i % 2 == 0), p["n12"]] for i, p in enumerate(PEOPLE)]
    told = [
        {"name": p["name"], "dob": p["dob"], "n12": p["n12"], **({} if i % 2 == 0 else {"n9": p["n9"]})}
        for i, p in enumerate(PEOPLE)
    ]
    return Book("crossed_out_cells", "", rows, told, strict=True)


@book
def computed_names_and_days() -> Book:
    """Names put together and years cut out by formulas: what the screen showed is taken."""
    rows: list[list[object]] = [["STT", "Họ đệm", "Tên", "Họ và tên", "Ngày sinh", "Năm", "Số CCCD"]]
    for i, p in enumerate(PEOPLE, start=2):
        surname, _, given = p["name"].rpartition(" ")
        rows.append([
            S(i - 1, formula="=ROW()-1"), surname, given, S(p["name"], formula=f'=B{i}&" "&C{i}'), p["dob"],
            S(p["dob"][-4:], formula=f"=RIGHT(E{i},4)"), p["n12"],
        ])  # fmt: skip
    return Book("computed_names_and_days", "", rows, wanted("name", "dob", "n12"), strict=True)


add("without_heading_all_fields", "", [], [number, "name", "dob", "sex", "n12", "ethnicity", "=Bản Phồng"],
    "name dob sex n12 ethnicity", same={"place": "Bản Phồng"})  # fmt: skip

add("without_heading_below_a_title", "", [["Danh sách nhân khẩu bản Xốp Nặm"], []], [number, "name", year, "n9", "relation"],
    "name dob:year n9 relation", village="xop-nam")  # fmt: skip

add("without_heading_parents_left_unread", "", [], [number, "name", "dob", "sex", "father", "mother"], "name dob sex")

add("without_heading_two_days", "", [], ["n12", "name", "issue_date", "dob", "sex"], "n12 name dob sex")

add("without_heading_only_the_issue", "", [], ["n12", "name", "issue_date"], "n12 name")

add("without_heading_name_in_two", "", [], [
    number, lambda p, i: p["name"].rpartition(" ")[0], lambda p, i: p["name"].rpartition(" ")[2], "dob", "sex", "n9",
], "name dob sex n9")  # fmt: skip

add("headings_that_name_nobody", "", [["STT", "Đối tượng rà soát", "Ngày sinh", "Ngày vào Đảng", "Số CCCD"]],
    [number, "name", "dob", "issue_date", "n12"], "name dob n12")  # fmt: skip


@book
def without_heading_years_by_sex() -> Book:
    """Years in two columns, those of the women right."""
    rows = [
        [i + 1, p["name"], *((p["dob"][-4:], "") if p["sex"] == "Nam" else ("", p["dob"][-4:])), p["n12"]]
        for i, p in enumerate(PEOPLE)
    ]
    return Book("without_heading_years_by_sex", "", rows, wanted("name", "dob:year", "sex", "n12"), strict=True)


@book
def relation_before_the_name() -> Book:
    """The head by himself, below him "- Vợ: …"."""
    rows: list[list[object]] = [["TT", "Họ tên chủ hộ và thành viên", "Năm sinh", "Số CCCD"]]
    told = []
    for at, home in enumerate(HOMES, start=1):
        for place, p in enumerate(home):
            rows.append(
                [
                    at if not place else "",
                    f"- {p['relation']}: {p['name']}" if place else p["name"],
                    year(p, 0),
                    p["n12"],
                ]
            )
            told.append(
                {
                    "name": p["name"],
                    "dob": p["dob"][-4:],
                    "n12": p["n12"],
                    **({"relation": p["relation"]} if place else {}),
                }
            )
    return Book("relation_before_the_name", "", rows, told, strict=True)


@book
def pages_with_their_titles_again() -> Book:
    """The title with the number of the page, and the heading, again above each page."""
    rows: list[list[object]] = []
    for index, line in enumerate(body(LINE)):
        if index % 4 == 0:
            rows += [["DANH SÁCH CÔNG DÂN CẤP THẺ", "", "", "", f"Trang {index // 4 + 1}"], HEAD]
        rows.append(line)
    return Book("pages_with_their_titles_again", "", rows, wanted(*FIELDS), strict=True)


add("columns_lettered_and_numbered", "", [HEAD, ["A", "B", "C", "1", "2=1+3"]], LINE, " ".join(FIELDS))

add("sex_below_people_of_the_house", "", [
    ["Hộ số", "Thông tin nhân khẩu", "", "", "", "", "Tình trạng", ""],
    ["", "Họ và tên", "Giới tính", "", "Ngày sinh", "Số ĐDCN", "Có mặt", "Vắng"],
    ["", "", "Nam", "Nữ", "", "", "", ""],
], [
    lambda p, i: next(n for n, home in enumerate(HOMES, 1) if p in home), "name", lambda p, i: "x" if p["sex"] == "Nam" else "",
    lambda p, i: "x" if p["sex"] == "Nữ" else "", "dob", "n12", "=x", "",
], "name sex dob n12", merged=[over(0, 1, 5, "Thông tin nhân khẩu"), over(1, 2, 3, "Giới tính"), over(0, 6, 7, "Tình trạng")])  # fmt: skip


@book
def extracts_one_below_another() -> Book:
    """Extracts of the birth register, label and value in one cell, the number before the name."""
    rows: list[list[object]] = []
    for p in PEOPLE[:4]:
        rows += [
            ["TRÍCH LỤC KHAI SINH"], [f"Số: {p['reg_no']}"], [f"Họ, chữ đệm, tên: {p['name']}"],
            [f"Ngày, tháng, năm sinh: {p['dob']}"], [f"Giới tính: {p['sex']}"], [f"Họ tên cha: {p['father']}"], [],
        ]  # fmt: skip
    told = [{field: p[field] for field in ("reg_no", "name", "dob", "sex", "father")} for p in PEOPLE[:4]]
    return Book("extracts_one_below_another", "birth", rows, told, strict=True)


add("titles_before_names", "", [["TT", "Ông/Bà", "Năm sinh", "Số CMND"]], [
    number, lambda p, i: _title(p), lambda p, i: f"SN {year(p, i)}", "n9",
], "n9", rows=[[i + 1, _title(p), f"SN {year(p, i)}", p["n9"]] for i, p in enumerate(PEOPLE)], expected="n9", allowed="name dob")  # fmt: skip
