"""Lists as schools, health posts, the military and village heads keep them: a lone "Nữ", forms by household, cells that
hold several things, pages with titles of their own."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

from make_books import Book, legacy
from parts import HOMES, PEOPLE, add, book, down, number, over, wanted, when, year

MARK_F = when("Nữ", lambda person: "x")
LINE = [number, "name", "dob", "sex"]

add(
    "office_school_lone_female", "", [
        ["TRƯỜNG PTDTBT TIỂU HỌC TAM HỢP"],
        ["STT", "Họ và đệm", "Tên", "Ng.sinh", "Nữ", "D.tộc", "Họ tên bố", "ĐT"],
    ],
    [number, lambda p, i: p["name"].rpartition(" ")[0], lambda p, i: p["name"].rpartition(" ")[2], "dob", MARK_F, "ethnicity", "father", "=0987123456"],
    "name dob sex ethnicity father",
)  # fmt: skip

add(
    "office_women_counted", "household", [
        ["TT", "Họ tên chủ hộ", "Năm sinh", "Số khẩu", "Nữ"],
    ],
    [number, "name", year, "=5", lambda p, i: i % 3 + 1], "name dob:year",
)  # fmt: skip

add(
    "office_short_headings", "household", [
        ["SST", "Họ vả tên", "Ng.sinh", "G.tính", "MỐI QHỆ", "Số CMDN", "Số CCDC", "Đ.chỉ"],
    ],
    [*LINE, "relation", "n9", "n12", "=Bản Phồng"], "name dob sex relation n9 n12", same={"place": "Bản Phồng"},
)  # fmt: skip

add(
    "office_origin_in_parts", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "QUÊ QUÁN", "", "", "Dân tộc", "", ""],
        ["", "", "", "", "Xã", "Huyện", "Tỉnh", "Thái", "Mông", "Khác"],
    ],
    [*LINE, "=Nga My", "=Tương Dương", "=Nghệ An", lambda p, i: "x" if p["ethnicity"] == "Thái" else "", lambda p, i: "x" if p["ethnicity"] == "Mông" else "", lambda p, i: "" if p["ethnicity"] in ("Thái", "Mông") else p["ethnicity"]],
    "name dob sex ethnicity", same={"origin": "Nga My, Tương Dương, Nghệ An"},
    merged=[over(0, 4, 6, "QUÊ QUÁN"), over(0, 7, 9, "Dân tộc")],
)  # fmt: skip

add(
    "office_number_with_issue", "id", [
        ["TT", "Họ tên", "Ngày sinh", "Giới", "Số CMND, ngày cấp, nơi cấp"],
    ],
    [*LINE, lambda p, i: f"{p['n9']}, cấp {p['issue_date']} tại CA Nghệ An"],
    "name dob sex n9 issue_date", same={"issue_place": "CA Nghệ An"},
)  # fmt: skip

add(
    "office_military_form", "", [
        ["STT", "Họ, chữ đệm, tên khai sinh\nHọ, chữ đệm, tên thường dùng", "Ngày tháng năm sinh", "CMND/CCCD", "Dân tộc\nTôn giáo\nTrình độ văn hóa", "Họ tên cha, năm sinh\nHọ tên mẹ, năm sinh"],
    ],
    [number, lambda p, i: f"{p['name'].upper()}\n{p['name']}", "dob", "n12", lambda p, i: f"{p['ethnicity']}\nKhông\n12/12", lambda p, i: f"{p['father']}, {p['father_dob']}\n{p['mother']}, {p['mother_dob']}"],
    "dob n12 ethnicity father mother father_dob mother_dob", same={"*": "name other_name religion"},
)  # fmt: skip

add(
    "office_parents_in_one_cell", "birth", [
        ["DANH SÁCH TRẺ EM"],
        ["TT", "Họ và tên trẻ", "Ngày sinh", "Giới tính của trẻ", "Họ tên cha, mẹ"],
    ],
    [*LINE, lambda p, i: f"{p['father']}{'; ' if i % 2 else chr(10)}{p['mother']}"], "name dob sex father mother",
)  # fmt: skip

add(
    "office_declarants_relation", "birth", [
        ["Số", "Ngày đăng ký", "Họ tên trẻ", "Ngày sinh", "Giới tính", "Họ tên người khai", "Quan hệ", "Loại ĐK"],
    ],
    ["reg_no", "reg_date", "name", "dob", "sex", "mother", "=mẹ", "=Đúng hạn"], "reg_no reg_date name dob sex", same={"reg_kind": "Đúng hạn"},
)  # fmt: skip

add(
    "office_insurance_ends", "", [
        ["STT", "Mã thẻ BHYT", "Họ và tên", "Ngày sinh", "Giới tính", "Giá trị từ", "Giá trị đến", "Số CCCD"],
    ],
    [number, "=DT2404012345678", "name", "dob", "sex", "=01/01/2023", "=31/12/2023", "n12"], "name dob sex n12",
)  # fmt: skip

add(
    "office_sections_among_names", "", [
        ["TT", "Họ và tên đối tượng", "Năm sinh", "Địa chỉ"],
        ["I", "Người cao tuổi từ 80 tuổi"],
    ],
    [number, "name", year, "=Bản Phồng"], "name dob:year", same={"place": "Bản Phồng"},
)  # fmt: skip


@book
def office_form_for_each_household() -> Book:
    """Title, head, address, book number, heading and signatures again for every household."""
    rows: list[list[object]] = [["PHIẾU THU THẬP THÔNG TIN HỘ GIA ĐÌNH"]]
    for home, village in zip(HOMES, ("Phồng", "Huồi Sơn", "Xốp Nặm", "Phá Lõm"), strict=True):
        rows += [
            ["Họ và tên chủ hộ:", "", home[0]["name"], "", "Điện thoại:", "0987654321"],
            ["Địa chỉ:", "", f"Bản {village}, xã Tam Hợp"],
            ["Số sổ hộ khẩu:", "", f"1901234{len(rows):02d}"],
            ["TT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Quan hệ với chủ hộ"],
            *([i, p["name"], p["dob"], p["sex"], p["relation"]] for i, p in enumerate(home, 1)),
            ["", "Người khai ký tên", "", "Cán bộ điều tra"],
            [],
        ]  # fmt: skip
    expected = wanted("name", "dob", "sex", "relation")
    slugs = [slug for home, slug in zip(HOMES, ("phong", "huoi-son", "xop-nam", "pha-lom"), strict=True) for _ in home]
    books = [str(row[2]) for row in rows if row and row[0] == "Số sổ hộ khẩu:"]
    numbers = [number for home, number in zip(HOMES, books, strict=True) for _ in home]
    for person, slug, own in zip(expected, slugs, numbers, strict=True):
        person |= {"village": slug, "book": own}
    return Book("office_form_for_each_household", "household", rows, expected, strict=True)


@book
def office_pages_with_titles() -> Book:
    """Every page has title, heading and signatures, and a village of its own in the title."""
    rows: list[list[object]] = []
    expected = wanted("name", "dob")
    for start, village, slug in ((0, "PHỒNG", "phong"), (4, "XỐP NẶM", "xop-nam"), (8, "PHÁ LÕM", "pha-lom")):
        rows += [["CÔNG AN XÃ TAM HỢP"], [f"DANH SÁCH CÔNG DÂN BẢN {village}"], ["STT", "Họ và tên", "Ngày sinh"]]
        rows += [[i, p["name"], p["dob"]] for i, p in enumerate(PEOPLE[start : start + 4], start + 1)]
        rows += [
            [],
            ["", "", "Ngày 1 tháng 2 năm 2020"],
            ["", "Người lập", "Trưởng công an"],
            ["", "Vi Văn Kính", "Lô Văn Trọng"],
        ]
        for person in expected[start : start + 4]:
            person["village"] = slug
    return Book("office_pages_with_titles", "", rows, expected, strict=True)


@book
def office_two_lines_a_person() -> Book:
    """Two injections of one child: name, birth and sex merged over both lines."""
    rows: list[list[object]] = [["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Mũi", "Ngày tiêm"]]
    merged = []
    for i, p in enumerate(PEOPLE, 1):
        first = len(rows)
        merged += down(first, first + 1, (0, str(i)), (1, p["name"]), (2, p["dob"]), (3, p["sex"]))
        rows += [[i, p["name"], p["dob"], p["sex"], 1, "1/5/2021"], ["", "", "", "", 2, "1/6/2021"]]
    return Book("office_two_lines_a_person", "", rows, wanted("name", "dob", "sex"), merged=merged, strict=True)


@book
def office_ditto_in_parts() -> Book:
    """Ditto marks in the columns of villages and of surnames."""
    rows: list[list[object]] = [["STT", "Bản", "Họ và tên đệm", "Tên", "Năm sinh"]]
    above = ""
    for i, p in enumerate(PEOPLE):
        surname, _, given = p["name"].rpartition(" ")
        rows.append([i + 1, "//" if i else "Phồng", '"' if surname == above else surname, given, p["dob"][-4:]])
        above = surname
    return Book("office_ditto_in_parts", "", rows, wanted("name", "dob:year", village="phong"), strict=True)


@book
def office_next_list_opens_with_number() -> Book:
    """Adults, and below them children with other columns, the number before the name."""
    half = len(PEOPLE) // 2
    rows: list[list[object]] = [["A. NGƯỜI TỪ 14 TUỔI"], ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]]
    rows += [[i, p["name"], p["dob"], p["sex"], p["n12"]] for i, p in enumerate(PEOPLE[:half], 1)]
    rows += [[], ["B. TRẺ EM"], ["STT", "Số định danh", "Họ và tên trẻ nhỏ", "Nam/Nữ", "Sinh ngày", "Họ tên cha"]]
    rows += [[i, p["n12"], p["name"], p["sex"], p["dob"], p["father"]] for i, p in enumerate(PEOPLE[half:], 1)]
    expected = [
        *wanted("name", "dob", "sex", "n12")[:half], *wanted("name", "dob", "sex", "n12", "father")[half:],
    ]  # fmt: skip
    return Book("office_next_list_opens_with_number", "", rows, expected, strict=True)


@book
def office_heads_and_members_in_one_line() -> Book:
    """The head's birth stands before the member's name, the member's own behind it."""
    rows: list[list[object]] = [
        ["STT", "Họ và tên chủ hộ", "Ngày sinh", "Giới tính", "Họ và tên thành viên", "Ngày sinh thành viên", "Giới tính", "Quan hệ với chủ hộ"],
    ]  # fmt: skip
    members = [(home[0], p) for home in HOMES for p in home[1:]]
    rows += [
        [i, h["name"], h["dob"], h["sex"], p["name"], p["dob"], p["sex"], p["relation"]]
        for i, (h, p) in enumerate(members, 1)
    ]
    keys = ("name", "dob", "sex", "relation")
    expected = [{key: p[key] for key in keys} | {"head": h["name"]} for h, p in members]
    return Book("office_heads_and_members_in_one_line", "household", rows, expected, strict=True)


@book
def office_csv_tcvn3_homes() -> Book:
    """A household list saved as text from an old font: members belong to the head above."""
    rows: list[list[object]] = [["STT", "Họ và tên", "Năm sinh", "Quan hệ với chủ hộ", "Dân tộc"]]
    rows += [[i, p["name"], p["dob"][-4:], p["relation"].lower(), p["ethnicity"]] for i, p in enumerate(PEOPLE, 1)]
    heads = [home[0]["name"] for home in HOMES for _ in home]
    expected = [
        {**person, "relation": person["relation"].lower(), "head": head}
        for person, head in zip(wanted("name", "dob:year", "relation", "ethnicity"), heads, strict=True)
    ]
    coded = [[legacy(str(cell), "TCVN3") for cell in row] for row in rows]
    return Book(
        "office_csv_tcvn3_homes",
        "household",
        coded,
        expected,
        format="csv",
        separator=";",
        encoding="latin-1",
        strict=True,
    )


@book
def office_csv_utf16_without_mark() -> Book:
    """Saved as "Unicode text" by a program that leaves the mark out, zeros saved by ="…"."""
    rows: list[list[object]] = [["STT", "Họ và tên", "Ngày sinh", "Số CCCD"]]
    rows += [[i, p["name"], p["dob"], f'="{p["n12"]}"'] for i, p in enumerate(PEOPLE, 1)]
    return Book(
        "office_csv_utf16_without_mark",
        "",
        rows,
        wanted("name", "dob", "n12"),
        format="csv",
        separator="\t",
        encoding="utf-16-be",
        strict=True,
    )


@book
def office_tcvn3_pasted_with_few_words() -> Book:
    """Pasted from an old font: a column whose one word reads in both ways, a heading again on the next page."""
    heading = ["STT", "Họ và tên", "Năm sinh", "Nơi cấp", "Quan hệ với chủ hộ", "Số CMND", "Ngày cấp"]
    rows: list[list[object]] = [["DANH SÁCH BẢN PHỒNG"], heading]
    for i, p in enumerate(PEOPLE, 1):
        rows.append([i, p["name"], int(p["dob"][-4:]), "Cục C06", p["relation"].lower(), p["n9"], p["issue_date"]])
        rows += [heading] if i == 5 else []
    expected = [
        {**person, "relation": person["relation"].lower()}
        for person in wanted("name", "dob:year", "relation", "n9", "issue_date", issue_place="Cục C06")
    ]
    coded = [[legacy(cell, "TCVN3") if isinstance(cell, str) else cell for cell in row] for row in rows]
    return Book("office_tcvn3_pasted_with_few_words", "household", coded, expected)


@book
def office_heading_of_two_rows_on_each_page() -> Book:
    """The group over both parents is merged on the first page and written over each column on the next."""
    above = ["STT", "Họ và tên", "Ngày sinh", "Cha", "", "Mẹ", ""]
    below: list[object] = ["", "", "", "Họ tên", "Năm sinh", "Họ tên", "Năm sinh"]
    rows: list[list[object]] = [["DANH SÁCH NHÂN KHẨU BẢN PHỒNG"], list(above), below]
    for i, p in enumerate(PEOPLE, 1):
        rows.append([i, p["name"], p["dob"], p["father"], p["father_dob"], p["mother"], p["mother_dob"]])
        rows += [["Trang 1"], ["STT", "Họ và tên", "Ngày sinh", "Cha", "Cha", "Mẹ", "Mẹ"], below] if i == 6 else []
    expected = wanted("name", "dob", "father", "father_dob", "mother", "mother_dob", village="phong")
    return Book("office_heading_of_two_rows_on_each_page", "", rows, expected, strict=True)


@book
def office_ditto_marks_beside_heads() -> Book:
    """Marks, a sex and "Chủ hộ" in one row are no heading; the village's row below is no part of the real one."""
    rows: list[list[object]] = [
        ["No.", "Họ và đệm", "Tên", "Giới tính", "", "Quan hệ", "Tôn giáo", "Dân tộc"],
        ["", "", "", "Nam", "Nữ", "", "", ""],
    ]
    rows.append(["I", "BẢN PHỒNG"])
    for i, p in enumerate(PEOPLE, 1):
        surname, _, given = p["name"].rpartition(" ")
        people = '"' if i > 1 and p["ethnicity"] == PEOPLE[i - 2]["ethnicity"] else p["ethnicity"]
        rows.append(
            [
                i,
                surname,
                given,
                "x" if p["sex"] == "Nam" else "",
                "x" if p["sex"] == "Nữ" else "",
                p["relation"],
                "Không",
                people,
            ]
        )
    expected = wanted("name", "sex", "relation", "ethnicity", religion="Không", village="phong")
    return Book(
        "office_ditto_marks_beside_heads", "household", rows, expected, strict=True, merged=[over(0, 3, 4, "Giới tính")]
    )


@book
def office_marks_before_members() -> Book:
    """Members behind a dash, a home's number in front of its head; "Hộ" is no surname."""
    rows: list[list[object]] = [["Hộ", "Họ tên chủ hộ, thành viên", "Ngày sinh", "QH"]]
    for n, home in enumerate(HOMES, 1):
        for i, p in enumerate(home):
            rows.append(
                ["" if i else f"Hộ {n}", f"- {p['name']}" if i else f"{n}. {p['name']}", p["dob"], p["relation"]]
            )
    return Book("office_marks_before_members", "household", rows, wanted("name", "dob", "relation"), strict=True)


@book
def office_letters_taken_for_western() -> Book:
    """Saved as UTF-8, opened as Western text and saved again: "LÃ´ VÄƒn"."""
    rows: list[list[object]] = [
        ["DANH SÁCH NHÂN KHẨU BẢN PHỒNG"],
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Quan hệ với chủ hộ"],
    ]
    rows += [[i, p["name"], p["dob"], p["sex"], p["ethnicity"], p["relation"]] for i, p in enumerate(PEOPLE, 1)]
    mangled = [[western(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return Book(
        "office_letters_taken_for_western",
        "household",
        mangled,
        wanted("name", "dob", "sex", "ethnicity", "relation", village="phong"),
        strict=True,
    )


def western(text: str) -> str:
    """Unicode text as a program shows it that takes its bytes for Western letters."""
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode("utf-8"))


add(
    "office_parents_with_bare_columns", "birth", [
        ["STT", "Họ và tên con", "Ngày sinh", "Giới tính", "Họ tên bố", "Năm sinh", "CMND", "Họ tên mẹ", "Năm sinh", "CMND"],
    ],
    [*LINE, "father", "father_dob", "=186000001", "mother", "mother_dob", "=186000002"],
    "name dob sex father father_dob mother mother_dob",
)  # fmt: skip

add(
    "office_boxes_ticked", "", [
        ["STT", "Họ và tên", "Năm sinh", "Nam", "Nữ"],
    ],
    [number, "name", year, lambda p, i: p["sex"] == "Nam", lambda p, i: p["sex"] == "Nữ"], "name dob:year sex",
)  # fmt: skip


@book
def office_three_lists_side_by_side() -> Book:
    """One roster printed in three columns, its columns numbered."""
    third = -(-len(PEOPLE) // 3)
    rows: list[list[object]] = [["DANH SÁCH"], ["STT", "Họ và tên", "Năm sinh"] * 3]
    rows.append(["(1)", "(2)", "(3)=(1)+(2)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"])
    for line in range(third):
        row: list[object] = []
        for place in range(line, line + 3 * third, third):
            row += (
                [place + 1, PEOPLE[place]["name"], PEOPLE[place]["dob"][-4:]] if place < len(PEOPLE) else ["", "", ""]
            )
        rows.append(row)
    return Book("office_three_lists_side_by_side", "", rows, wanted("name", "dob:year"), strict=True)


@book
def office_two_villages_side_by_side() -> Book:
    """A blank column between; each list has its village above."""
    half = -(-len(PEOPLE) // 2)
    left, right = PEOPLE[:half], PEOPLE[half:]
    rows: list[list[object]] = [
        ["BẢN PHỒNG", "", "", "", "", "BẢN XỐP NẶM"],
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "", "TT", "Họ và tên", "Ngày sinh", "Giới tính"],
    ]
    for i, p in enumerate(left):
        q = right[i] if i < len(right) else None
        rows.append([i + 1, p["name"], p["dob"], p["sex"], "", *([i + 1, q["name"], q["dob"], q["sex"]] if q else [])])
    expected = wanted("name", "dob", "sex")
    for i, person in enumerate(expected):
        person["village"] = "phong" if i < half else "xop-nam"
    return Book("office_two_villages_side_by_side", "", rows, expected, strict=True)


@book
def office_two_lists_without_ordinals() -> Book:
    """Names, years and sexes twice, a blank column between."""
    half = -(-len(PEOPLE) // 2)
    rows: list[list[object]] = [["Họ và tên", "Năm sinh", "Giới tính", "", "Họ và tên", "Năm sinh", "Giới tính"]]
    for i, p in enumerate(PEOPLE[:half]):
        q = PEOPLE[half + i] if half + i < len(PEOPLE) else None
        rows.append([p["name"], p["dob"][-4:], p["sex"], "", *([q["name"], q["dob"][-4:], q["sex"]] if q else [])])
    return Book("office_two_lists_without_ordinals", "", rows, wanted("name", "dob:year", "sex"), strict=True)


add(
    "office_columns_numbered_by_letters", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"], ["A", "B", "C", "D"],
    ],
    LINE, "name dob sex",
)  # fmt: skip


add(
    "office_name_in_three_columns", "", [
        ["STT", "Họ", "Tên đệm", "Tên", "Năm sinh"],
    ],
    [number, lambda p, i: p["name"].split()[0], lambda p, i: " ".join(p["name"].split()[1:-1]), lambda p, i: p["name"].split()[-1], year],
    "name dob:year",
)  # fmt: skip

add(
    "office_given_below_blank_heading", "", [
        ["STT", "HỌ VÀ TÊN", "", "NGÀY SINH", "GT"],
    ],
    [number, lambda p, i: p["name"].rpartition(" ")[0], lambda p, i: p["name"].rpartition(" ")[2], "dob", "sex"],
    "name dob sex", format="csv",
)  # fmt: skip

add(
    "office_sex_below_blank_heading", "", [
        ["STT", "HỌ VÀ TÊN", "", "NGÀY SINH"],
    ],
    [number, "name", "sex", "dob"], "name dob",
)  # fmt: skip


add(
    "office_mother_before_child", "birth", [
        ["STT", "Họ tên mẹ", "Năm sinh", "CMND", "Họ tên trẻ", "Ngày sinh", "Giới tính"],
    ],
    [number, "mother", "mother_dob", "=186000002", "name", "dob", "sex"], "mother mother_dob name dob sex",
)  # fmt: skip
