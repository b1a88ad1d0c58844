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


def _home_lines(text: str, joined: str) -> tuple[list[list[object]], list[dict[str, str]]]:
    """A line a household, the members in one cell in the order that `text` gives, and all people expected."""
    rows: list[list[object]] = []
    told = []
    for at, home in enumerate(HOMES, start=1):
        first, rest = home[0], home[1:]
        said = joined.join(
            text.format(r=p["relation"], n=p["name"], y=p["dob"][-4:], d=p["dob"], c=p["n12"]) for p in rest
        )
        rows.append([at, first["name"], first["dob"], first["n12"], said, "Bản Phồng"])
        told.append({"name": first["name"], "dob": first["dob"], "n12": first["n12"], "relation": "Chủ hộ"})
        told += [{"name": p["name"], "relation": p["relation"], "dob": p["dob"][-4:]} for p in rest]
    for one in told:
        one["place"] = "Bản Phồng"
    return rows, told


@book
def members_in_one_cell() -> Book:
    """ "Vợ: Vi Thị Nhói 1960; Con: …" beside the head."""
    rows, told = _home_lines("{r}: {n} {y}", "; ")
    heading: list[object] = ["TT", "Họ tên chủ hộ", "Ngày sinh chủ hộ", "Số CCCD chủ hộ", "Thành viên trong hộ", "Bản"]
    return Book("members_in_one_cell", "household", [heading, *rows], told, strict=True)


@book
def members_in_lines_of_a_cell() -> Book:
    """A member in each line of the cell, the relation last, with his own number."""
    rows, told = _home_lines("- {n}, sinh {d} ({r}), CCCD {c}", "\n")
    everybody = {p["name"]: p for p in PEOPLE}
    told = [{**one, "dob": everybody[one["name"]]["dob"], "n12": everybody[one["name"]]["n12"]} for one in told]
    heading: list[object] = [
        "TT",
        "Họ và tên chủ hộ",
        "Ngày sinh",
        "Số CCCD",
        "Các thành viên trong hộ (họ tên, ngày sinh, quan hệ)",
        "Thôn, bản",
    ]
    return Book("members_in_lines_of_a_cell", "household", [heading, *rows], told, strict=True)


add("passports_beside_cards", "", [["STT", "Họ tên", "Ngày sinh", "Số hộ chiếu", "Ngày cấp HC", "Ngày hết hạn HC", "Số CCCD"]],
    [number, "name", "dob", "=C1234567", "=12/03/2019", "=12/03/2029", "n12"], "name dob n12")  # fmt: skip

add("two_cards_each_with_its_issue", "", [
    ["STT", "Họ và tên", "Ngày sinh", "CMND", "", "", "CCCD", "", ""],
    ["", "", "", "Số", "Ngày cấp", "Nơi cấp", "Số", "Ngày cấp", "Nơi cấp"],
], [number, "name", "dob", "n9", "=15/03/2001", "=CA Nghệ An", "n12", "issue_date", "=Cục CS QLHC"], "name dob n9 n12 issue_date",
    same={"issue_place": "Cục CS QLHC"}, merged=[over(0, 3, 5, "CMND"), over(0, 6, 8, "CCCD")])  # fmt: skip

add("crosses_below_where_one_lives", "", [
    ["TT", "Họ tên", "Năm sinh", "Nơi ở", "Số CCCD", "Nơi thường trú", "Nơi tạm trú"],
], [number, "name", year, "=Bản Phồng", "n12", "=x", ""], "name dob:year n12", same={"place": "Bản Phồng"})  # fmt: skip

add(
    "numbers_of_a_bare_card", "", [["TT", "Tên", "Sinh ngày", "Số thẻ"]], [number, "name", "dob", "n12"], "name dob n12"
)

add("issue_cut_to_a_letter", "", [["TT", "H và T", "NTN sinh", "Số đ.danh", "N.cấp"]],
    [number, "name", "dob", "n12", "issue_date"], "name dob n12 issue_date")  # fmt: skip


@book
def couples_by_the_wife() -> Book:
    """Couples listed by the wife, her year and his."""
    couples = [(home[1], home[0]) for home in HOMES]
    rows: list[list[object]] = [["STT", "Họ tên vợ", "Năm sinh vợ", "Họ tên chồng", "Năm sinh chồng", "Số con hiện có"]]
    rows += [[i, w["name"], year(w, 0), h["name"], year(h, 0), 2] for i, (w, h) in enumerate(couples, 1)]
    told = [{"name": w["name"], "dob": w["dob"][-4:], "spouse": h["name"]} for w, h in couples]
    return Book("couples_by_the_wife", "", rows, told, strict=True)


add("relation_with_whom_one_calls", "", [
    ["STT", "Họ và tên lao động", "Ngày sinh", "Số CCCD", "Nước đến", "Thân nhân liên hệ", "Quan hệ", "SĐT thân nhân"],
], [number, "name", "dob", "n12", "=Đài Loan", "father", "=Bố", "=0982000511"], "name dob n12")  # fmt: skip


TABS = {"Bản Phồng": "phong", "Bản Văng Môn": "mon", "Bản Xốp Nặm": "nam"}
TAB_HOMES = [HOMES[0], HOMES[2], [*HOMES[1], *HOMES[3]]]


def _on_tabs(name: str, sheets: list[tuple[str, list[list[object]], bool]], told: list[dict[str, str]]) -> Book:
    (first, rows, _), *more = sheets
    return Book(name, "", rows, told, sheet=first, more_sheets=more, strict=True)


@book
def villages_on_tabs_without_heading() -> Book:
    """No sheet has a heading; each tab is a village."""
    sheets = [
        (tab, body([number, "name", year, "sex", "n9"], home), False) for tab, home in zip(TABS, TAB_HOMES, strict=True)
    ]
    told = [
        {"name": p["name"], "dob": p["dob"][-4:], "sex": p["sex"], "n9": p["n9"], "village": village}
        for village, home in zip(TABS.values(), TAB_HOMES, strict=True)
        for p in home
    ]
    return _on_tabs("villages_on_tabs_without_heading", sheets, told)


@book
def villages_on_tabs_only_the_first_has_a_heading() -> Book:
    """Sheets that go on without a heading are of their own tabs' villages."""
    sheets = [
        (tab, [*([HEAD] if not n else []), *body(LINE, home)], False)
        for n, (tab, home) in enumerate(zip(TABS, TAB_HOMES, strict=True))
    ]
    told = [
        {**{field: p[field] for field in FIELDS}, "village": village}
        for village, home in zip(TABS.values(), TAB_HOMES, strict=True)
        for p in home
    ]
    return _on_tabs("villages_on_tabs_only_the_first_has_a_heading", sheets, told)


@book
def banners_over_several_cells() -> Book:
    """ "Hộ 1 | Chủ hộ: … | Địa chỉ: … | SHK: …" above each household's members."""
    rows: list[list[object]] = [["STT", "Họ và tên", "Ngày sinh", "Quan hệ", "Số CCCD"]]
    told = []
    for at, home in enumerate(HOMES, start=1):
        rows.append([f"Hộ {at}", f"Chủ hộ: {home[0]['name']}", "Địa chỉ: Bản Phồng", f"SHK: 40012345{at}"])
        for place, p in enumerate(home, start=1):
            rows.append([place, p["name"], p["dob"], p["relation"], p["n12"]])
            told.append(
                {
                    **{f: p[f] for f in ("name", "dob", "relation", "n12")},
                    "head": home[0]["name"],
                    "book": f"40012345{at}",
                    "place": "Bản Phồng",
                }
            )
    return Book("banners_over_several_cells", "household", rows, told, strict=True)


add("guardian_before_the_orphan", "", [
    ["STT", "Người nuôi dưỡng", "Năm sinh", "CCCD", "Họ tên trẻ mồ côi", "Ngày sinh", "Mã định danh"],
], [number, "mother", "mother_dob", "=040130000555", "name", "dob", "n12"], "name dob n12")  # fmt: skip


@book
def number_in_twelve_boxes() -> Book:
    """A digit in each of twelve columns below one heading, zeros among them."""
    rows: list[list[object]] = [["STT", "Họ và tên", "Ngày sinh", "Số định danh cá nhân"]]
    rows += [[i, p["name"], p["dob"], *map(int, p["n12"])] for i, p in enumerate(PEOPLE, 1)]
    return Book(
        "number_in_twelve_boxes",
        "",
        rows,
        wanted("name", "dob", "n12"),
        merged=[over(0, 3, 14, "Số định danh cá nhân")],
        strict=True,
    )
