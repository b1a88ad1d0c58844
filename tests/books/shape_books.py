"""Lists by their shape: where the heading stands and how it is written, villages, homes, totals, signatures, several
lists on one sheet, hidden and blank parts."""

from __future__ import annotations

import datetime

from make_books import SIGNED, Book, S
from paper_books import HEAD_OF, HOME_OF, with_heads
from parts import FEMALE_YEAR, HOMES, MALE_YEAR, OFFICE, PEOPLE, Person, body, book, down, listed, number, over, wanted

VILLAGES = ("Bản Xốp Nặm", "Bản Huồi Sơn", "Bản Phá Lõm", "Bản Vàng Môn")
SLUGS = ("xop-nam", "huoi-son", "pha-lom", "vang-mon")


def by_home(
    rows: list[list[object]],
    values: list[object],
    before: object,
    fields: str,
    name: str,
    kind: str = "household",
    **more: object,
) -> Book:
    """Lines of people with rows (from `before`, given the home's index) above each home."""
    numbered = 0
    for index, home in enumerate(HOMES):
        rows += before(index)  # type: ignore[operator]
        rows += body([(lambda p, i, n=numbered: n + i + 1) if value is number else value for value in values], home)  # type: ignore[misc]
        numbered += len(home)
    return Book(name, kind, rows, wanted(*fields.split()), strict=True, **more)  # type: ignore[arg-type]


def in_villages(made: Book) -> Book:
    """Every row expects the village of its home."""
    for person, row in zip(PEOPLE, made.expected, strict=True):
        row["village"] = SLUGS[HOME_OF[person["name"]] - 1]
    return made


# --- headings --------------------------------------------------------------------------------------------------------


@book
def heading_broken_lines() -> Book:
    head = [
        "Số\nTT",
        "Họ\nvà\ntên",
        "Ngày,\ntháng,\nnăm\nsinh",
        "Giới\ntính",
        "Dân\ntộc",
        "Quan hệ\nvới\nchủ hộ",
        "Số\nCMND/\nCCCD",
        "Ghi\nchú",
    ]
    return listed(
        "heading_broken_lines",
        "household",
        [*OFFICE, ["DANH SÁCH NHÂN KHẨU"], head],
        [number, "name", "dob", "sex", "ethnicity", "relation", "n12", ""],
        "name dob sex ethnicity relation n12",
    )


@book
def heading_hyphens() -> Book:
    head = ["S-TT", "Họ - Tên", "Ngày - tháng - năm sinh", "Giới - tính", "Họ - tên Cha", "Họ - tên Mẹ", "Dân - tộc"]
    return listed(
        "heading_hyphens",
        "birth",
        [["Khai sinh 2008"], head],
        [number, "name", "dob", "sex", "father", "mother", "ethnicity"],
        "name dob sex father mother ethnicity",
    )


@book
def heading_split_words() -> Book:
    head = ["ST T", "Họ và t ên", "Ngày s-\ninh", "Giới tí-\nnh", "Số địn-\nh danh cá nhân", "Quan hệ với chủ h-\nộ"]
    return listed(
        "heading_split_words",
        "household",
        [["SỔ HỘ KHẨU"], head],
        [number, "name", "dob", "sex", "n12", "relation"],
        "name dob sex n12 relation",
    )


@book
def heading_stars_and_colons() -> Book:
    head = [
        "STT",
        "1. Họ và tên (*)",
        "2. Ngày sinh:",
        "3. Giới tính *",
        "4. Số định danh cá nhân (12 số) (*)",
        "5. Quan hệ với chủ hộ (**)",
        "6. Nơi thường trú:",
    ]
    return listed(
        "heading_stars_and_colons",
        "household",
        [["Biểu 01"], head],
        [number, "name", "dob", "sex", "n12", "relation", "=Bản Phồng"],
        "name dob sex n12 relation",
        same={"place": "Bản Phồng"},
    )


@book
def heading_database_export() -> Book:
    head = [
        "STT",
        "HoTen",
        "NgaySinh",
        "GioiTinh",
        "SoCMND",
        "SoCCCD",
        "DanToc",
        "HoTenCha",
        "HoTenMe",
        "QuanHeChuHo",
        "NoiThuongTru",
    ]
    return listed(
        "heading_database_export",
        "household",
        [head],
        [number, "name", "dob", "sex", "n9", "n12", "ethnicity", "father", "mother", "relation", "=Bản Phồng"],
        "name dob sex n9 n12 ethnicity father mother relation",
        same={"place": "Bản Phồng"},
        below=[],
    )


@book
def heading_database_underscores() -> Book:
    head = [
        "ID",
        "HO_VA_TEN",
        "NGAY_SINH",
        "GIOI_TINH",
        "SO_DINH_DANH",
        "QUAN_HE_VOI_CHU_HO",
        "HO_TEN_CHU_HO",
        "DIA_CHI_THUONG_TRU",
        "NGAY_TAO",
    ]
    return with_heads(
        listed(
            "heading_database_underscores",
            "household",
            [head],
            [
                lambda p, i: f"R{i}",
                "name",
                "dob",
                "sex",
                "n12",
                "relation",
                lambda p, i: HEAD_OF[p["name"]],
                "=Bản Phồng",
                "=2021-03-04 10:11:12",
            ],
            "name dob sex n12 relation",
            same={"place": "Bản Phồng"},
            below=[],
        )
    )


@book
def heading_english() -> Book:
    head = [
        "No.",
        "Full Name",
        "DOB",
        "Gender",
        "Ethnic group",
        "Citizen ID",
        "Old ID",
        "Permanent address",
        "Relationship to head of household",
        "Head of household",
        "Remarks",
    ]
    return with_heads(
        listed(
            "heading_english",
            "household",
            [["HOUSEHOLD LIST"], head],
            [
                number,
                "name",
                "dob",
                "sex",
                "ethnicity",
                "n12",
                "n9",
                "=Bản Phồng",
                "relation",
                lambda p, i: HEAD_OF[p["name"]],
                "",
            ],
            "name dob sex ethnicity n12 n9 relation",
            same={"place": "Bản Phồng"},
        )
    )


@book
def heading_two_languages() -> Book:
    head = [
        "STT\nNo.",
        "Họ và tên\nFull name",
        "Ngày sinh\nDate of birth",
        "Giới tính\nSex",
        "Quê quán\nPlace of origin",
        "Nơi thường trú\nPlace of residence",
        "Có giá trị đến\nDate of expiry",
        "Số / No.",
    ]
    return listed(
        "heading_two_languages",
        "id",
        [["CĂN CƯỚC CÔNG DÂN"], head],
        [number, "name", "dob", "sex", "=Tam Hợp", "=Bản Phồng", "=14/07/2033", "n12"],
        "name dob sex n12",
        same={"origin": "Tam Hợp", "place": "Bản Phồng", "expiry": "14/07/2033"},
    )


@book
def heading_no_accents_abbreviated() -> Book:
    head = ["TT", "Ho ten", "Ngay thang nam sinh", "Gioi", "So CMT", "QH voi chu ho", "HKTT", "D.toc"]
    return listed(
        "heading_no_accents_abbreviated",
        "household",
        [["DS nhan khau"], head],
        [number, "name", "dob", "sex", "n9", "relation", "=Bản Phồng", "ethnicity"],
        "name dob sex n9 relation ethnicity",
        same={"place": "Bản Phồng"},
    )


@book
def heading_two_rows_at_thirty() -> Book:
    top = ["TT", "Họ và tên", "Ngày sinh", "", "Giấy tờ", ""]
    low = ["", "", "Nam", "Nữ", "Số CMND", "Số CCCD"]
    above: list[list[object]] = [
        [f"Căn cứ Kế hoạch số {n}/KH-CA ngày {n}/4/2021 của Công an tỉnh Nghệ An"] for n in range(1, 26)
    ]
    return listed(
        "heading_two_rows_at_thirty",
        "",
        [*OFFICE, *above, [], top, low, ["1", "2", "3", "4", "5", "6"]],
        [number, "name", MALE_YEAR, FEMALE_YEAR, "n9", "n12"],
        "name dob:year sex n9 n12",
        merged=[over(29, 2, 3, "Ngày sinh"), over(29, 4, 5, "Giấy tờ"), *down(29, 30, (0, "TT"), (1, "Họ và tên"))],
    )


@book
def heading_blank_row_below() -> Book:
    head = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"]
    return listed(
        "heading_blank_row_below",
        "household",
        [["DANH SÁCH NHÂN KHẨU"], [], head, [], ["(1)", "(2)", "(3)", "(4)", "(5)"], []],
        [number, "name", "dob", "sex", "relation"],
        "name dob sex relation",
    )


@book
def heading_with_form_lines_above() -> Book:
    """Lines above that look like headings with values: they are none."""
    above: list[list[object]] = [
        ["Tỉnh:", "Nghệ An", "", "Huyện:", "Tương Dương"],
        ["Xã:", "Tam Hợp", "", "Bản:", "Xốp Nặm"],
        ["Họ và tên cán bộ:", "Kha Văn Thử", "", "Ngày lập:", "12/05/2021"],
        [],
    ]
    head = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Quan hệ với chủ hộ"]
    return listed(
        "heading_with_form_lines_above",
        "household",
        [["PHIẾU RÀ SOÁT NHÂN KHẨU"], *above, head],
        [number, "name", "dob", "sex", "n12", "relation"],
        "name dob sex n12 relation",
        village="xop-nam",
    )


@book
def blank_columns_between() -> Book:
    head = ["", "STT", "", "Họ và tên", "", "", "Ngày sinh", "", "Giới tính", "", "Số CCCD"]
    return listed(
        "blank_columns_between",
        "id",
        [["", "", "", "DANH SÁCH CẤP CCCD"], head],
        ["", number, "", "name", "", "", "dob", "", "sex", "", "n12"],
        "name dob sex n12",
    )


@book
def merged_pairs_of_columns() -> Book:
    """Every heading and cell merged over two columns, as a form copied from a word processor comes."""
    head = ["STT", "", "Họ và tên", "", "Ngày sinh", "", "Giới tính", "", "Số CMND", ""]
    made = listed(
        "merged_pairs_of_columns",
        "id",
        [["DANH SÁCH CẤP CMND"], head],
        [number, "", "name", "", "dob", "", "sex", "", "n9", ""],
        "name dob sex n9",
        below=[],
    )
    made.merged = [
        over(row, column, column + 1, str(made.rows[row][column]))
        for row in range(1, len(made.rows))
        for column in range(0, 10, 2)
    ]
    return made


@book
def group_of_years_not_merged() -> Book:
    top = ["TT", "Họ và tên", "Năm sinh", "", "Dân tộc", "Họ tên cha", "Họ tên mẹ"]
    low = ["", "", "Nam", "Nữ", "", "", ""]
    return listed(
        "group_of_years_not_merged",
        "birth",
        [["KHAI SINH"], top, low, ["1", "2", "3", "4", "5", "6", "7"]],
        [number, "name", MALE_YEAR, FEMALE_YEAR, "ethnicity", "father", "mother"],
        "name dob:year sex ethnicity father mother",
    )


@book
def three_date_columns_flat() -> Book:
    head = ["TT", "Họ và tên", "Ngày", "Tháng", "Năm sinh", "Giới tính", "Số CCCD"]
    part = lambda at: lambda p, i: int(p["dob"].split("/")[at])  # noqa: E731
    return listed(
        "three_date_columns_flat",
        "id",
        [["DANH SÁCH CCCD"], head],
        [number, "name", part(0), part(1), part(2), "sex", "n12"],
        "name dob sex n12",
    )


@book
def day_month_beside_year() -> Book:
    """Two columns that say together when somebody was born."""
    head = ["TT", "Họ và tên", "Ngày, tháng sinh", "Năm sinh", "Giới tính", "Số CCCD"]
    return listed(
        "day_month_beside_year",
        "id",
        [["DANH SÁCH CCCD"], head],
        [number, "name", lambda p, i: p["dob"][:5], lambda p, i: int(p["dob"][-4:]), "sex", "n12"],
        "name dob sex n12",
    )


# --- villages and homes ----------------------------------------------------------------------------------------------

_HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ", "Dân tộc"]
_VALUES = [number, "name", "dob", "sex", "relation", "ethnicity"]
_FIELDS = "name dob sex relation ethnicity"


@book
def village_rows_counted() -> Book:
    return in_villages(
        by_home(
            [["SỔ HỘ KHẨU"], list(_HEAD)],
            _VALUES,
            lambda n: [["", f"{n + 1}. {VILLAGES[n].upper()} ({10 + n} hộ, {40 + n} khẩu)"]],
            _FIELDS,
            "village_rows_counted",
        )
    )  # type: ignore[arg-type]


@book
def village_rows_starred() -> Book:
    return in_villages(
        by_home(
            [["SỔ HỘ KHẨU"], list(_HEAD)], _VALUES, lambda n: [[f"* {VILLAGES[n]}:"]], _FIELDS, "village_rows_starred"
        )
    )  # type: ignore[arg-type]


@book
def village_rows_colon() -> Book:
    return in_villages(
        by_home(
            [["SỔ HỘ KHẨU"], list(_HEAD)],
            _VALUES,
            lambda n: [[], [f"Bản: {VILLAGES[n][4:]}", "", "", "Xã: Tam Hợp"]],
            _FIELDS,
            "village_rows_colon",
        )
    )  # type: ignore[arg-type]


@book
def village_rows_roman_in_name() -> Book:
    return in_villages(
        by_home(
            [["SỔ HỘ KHẨU"], list(_HEAD)],
            _VALUES,
            lambda n: [["I" * (n + 1) if n < 3 else "IV", VILLAGES[n], "", "", 45]],
            _FIELDS,
            "village_rows_roman_in_name",
        )
    )  # type: ignore[arg-type]


@book
def village_column_merged_down() -> Book:
    rows: list[list[object]] = [["SỔ HỘ KHẨU"], ["Bản", *_HEAD]]
    merged = []
    for index, home in enumerate(HOMES):
        merged.append((len(rows), 0, len(rows) + len(home) - 1, 0, VILLAGES[index][4:]))
        rows += [[VILLAGES[index][4:] if not i else "", *line] for i, line in enumerate(body(_VALUES, home))]  # type: ignore[arg-type]
    return in_villages(
        Book("village_column_merged_down", "household", rows, wanted(*_FIELDS.split()), merged, strict=True)
    )  # type: ignore[arg-type]


@book
def village_sheets() -> Book:
    sheets = [(VILLAGES[n], [["SỔ HỘ KHẨU"], list(_HEAD), *body(_VALUES, home)], False) for n, home in enumerate(HOMES)]  # type: ignore[arg-type]
    return in_villages(
        Book(
            "village_sheets",
            "household",
            sheets[0][1],
            wanted(*_FIELDS.split()),
            sheet=VILLAGES[0],
            more_sheets=sheets[1:],
            strict=True,
        )
    )  # type: ignore[arg-type]


@book
def homes_apart_by_blank_lines() -> Book:
    return with_heads(
        by_home([["SỔ HỘ KHẨU"], list(_HEAD)], _VALUES, lambda n: [[], [""]], _FIELDS, "homes_apart_by_blank_lines")
    )  # type: ignore[arg-type]


@book
def homes_bold_numbers_restart() -> Book:
    rows: list[list[object]] = [["SỔ THEO DÕI HỘ KHẨU"], ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND"]]
    for home in HOMES:
        rows += [[i + 1, S(p["name"], i == 0), p["dob"], p["sex"], p["n9"]] for i, p in enumerate(home)]
    return with_heads(
        Book("homes_bold_numbers_restart", "household", rows, wanted("name", "dob", "sex", "n9"), strict=True)
    )


@book
def homes_dotted_numbers() -> Book:
    rows: list[list[object]] = [["SỔ HỘ KHẨU"], ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ"]]
    short = {"Chủ hộ": "CH", "Vợ": "V", "Con": "C"}
    for n, home in enumerate(HOMES, start=1):
        rows += [[f"{n}.{i}", p["name"], p["dob"], p["sex"], short[p["relation"]]] for i, p in enumerate(home, start=1)]
    made = with_heads(Book("homes_dotted_numbers", "household", rows, wanted("name", "dob", "sex"), strict=True))
    for person, row in zip(PEOPLE, made.expected, strict=True):
        row["relation"] = short[person["relation"]]
    return made


@book
def home_banners_numbered() -> Book:
    return with_heads(
        by_home(
            [["SỔ HỘ KHẨU"], list(_HEAD)],
            _VALUES,
            lambda n: [[f"Hộ số {n + 1}: {HOMES[n][0]['name']}", "", "", "", "Số khẩu: 3"]],
            _FIELDS,
            "home_banners_numbered",
        )
    )  # type: ignore[arg-type]


@book
def home_banners_full() -> Book:
    made = by_home(
        [["SỔ HỘ KHẨU"], list(_HEAD)],
        _VALUES,
        lambda n: [
            [f"{n + 1}. Họ và tên chủ hộ: {HOMES[n][0]['name']}; Số HK: 0409{n:05d}; Nơi thường trú: Bản Phồng"]
        ],
        _FIELDS,
        "home_banners_full",
    )  # type: ignore[arg-type]
    for person, row in zip(PEOPLE, made.expected, strict=True):
        row["book"] = f"0409{HOME_OF[person['name']] - 1:05d}"
    return with_heads(made)


@book
def household_no_merged_down() -> Book:
    rows: list[list[object]] = [["SỔ HỘ KHẨU"], ["Số hộ", "Số khẩu", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"]]
    merged = []
    for index, home in enumerate(HOMES, start=1):
        merged.append((len(rows), 0, len(rows) + len(home) - 1, 0, index))
        rows += [
            [index if not i else "", *line]
            for i, line in enumerate(body([number, "name", "dob", "sex", "ethnicity"], home))
        ]
    return with_heads(
        Book(
            "household_no_merged_down",
            "household",
            rows,
            wanted("name", "dob", "sex", "ethnicity"),
            merged,
            strict=True,
        )
    )  # type: ignore[arg-type]


@book
def ditto_of_all_kinds() -> Book:
    marks = ["-nt-", '"', "//", "-//-", "như trên", "″", "nt", "- nt -"]
    first = {"Chủ hộ"}
    ditto = lambda text: lambda p, i: text if p["relation"] in first else marks[i % len(marks)]  # noqa: E731
    made = listed(
        "ditto_of_all_kinds",
        "household",
        [["SỔ HỘ KHẨU"], ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ", "Tôn giáo", "HKTT", "Quê quán"]],
        [number, "name", "dob", "sex", "relation", ditto("Không"), ditto("Bản Phồng, xã Tam Hợp"), ditto("Tam Hợp")],
        "name dob sex relation",
        same={"religion": "Không", "place": "Bản Phồng, xã Tam Hợp", "origin": "Tam Hợp"},
        village="phong",
    )
    return made


# --- totals, signatures, several lists -------------------------------------------------------------------------------


def _village_lists(
    second_head: list[str] | None = None, second_values: list[object] | None = None
) -> list[list[object]]:
    rows: list[list[object]] = []
    for index, home in enumerate(HOMES):
        turned = index % 2 and second_head is not None
        rows += [
            ["UBND XÃ TAM HỢP"],
            [f"DANH SÁCH NHÂN KHẨU {VILLAGES[index].upper()}"],
            [],
            list(second_head if turned else _HEAD),
        ]  # type: ignore[arg-type]
        rows += body(second_values if turned else _VALUES, home)  # type: ignore[arg-type]
        rows += [["", "Tổng cộng:", "", len(home)], *SIGNED, [], []]
    return rows


@book
def lists_below_one_another() -> Book:
    return in_villages(
        Book("lists_below_one_another", "household", _village_lists(), wanted(*_FIELDS.split()), strict=True)
    )


@book
def lists_below_in_another_order() -> Book:
    head = ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc"]
    values = [number, "name", "relation", "sex", "dob", "ethnicity"]
    return in_villages(
        Book(
            "lists_below_in_another_order",
            "household",
            _village_lists(head, values),
            wanted(*_FIELDS.split()),
            strict=True,
        )
    )  # type: ignore[arg-type]


@book
def lists_below_with_other_columns() -> Book:
    head = ["TT", "Họ tên", "Số CCCD", "Năm sinh", "Quan hệ", "Nơi thường trú"]
    values = [number, "name", "n12", "dob", "relation", "=Bản Phồng"]
    rows: list[list[object]] = [
        ["SỔ HỘ KHẨU"],
        list(_HEAD),
        *body(_VALUES),
        *SIGNED,
        [],
        ["DANH SÁCH BỔ SUNG"],
        list(head),
        *body(values),
    ]  # type: ignore[arg-type]
    return Book(
        "lists_below_with_other_columns",
        "household",
        rows,
        wanted(*_FIELDS.split()) + wanted(*["name", "n12", "dob", "relation"], place="Bản Phồng"),
        strict=True,
    )


@book
def totals_of_all_kinds() -> Book:
    def before(n: int) -> list[list[object]]:
        return [["", "Cộng bản:", "", "", 3], ["Tổng số hộ: 5; tổng số khẩu: 21"], ["", "Cộng", "", 4, 5]] if n else []

    made = by_home([["SỔ HỘ KHẨU"], list(_HEAD)], _VALUES, before, _FIELDS, "totals_of_all_kinds")  # type: ignore[arg-type]
    made.rows += [
        ["Tổng cộng toàn xã", "", "", "", 11],
        ["", "Trong đó: Nam", "", 5],
        ["", "Nữ", "", 6],
        ["Bằng chữ: Mười một người"],
    ]
    return made


@book
def signatures_of_the_office() -> Book:
    signed: list[list[object]] = [
        [],
        ["", "", "", "Tam Hợp, ngày     tháng     năm 2021"],
        ["NGƯỜI LẬP BIỂU", "", "TM. ỦY BAN NHÂN DÂN", "", "TRƯỞNG CÔNG AN XÃ"],
        ["", "", "CHỦ TỊCH"],
        ["(Ký, ghi rõ họ tên)", "", "(Ký tên, đóng dấu)", "", "(Đã ký)"],
        [],
        [],
        ["", "Kha Văn Thử", "Lương Văn Mẫu", "", "Thiếu tá Vi Văn Ký"],
    ]
    return listed(
        "signatures_of_the_office", "household", [*OFFICE, ["SỔ HỘ KHẨU"], list(_HEAD)], _VALUES, _FIELDS, below=signed
    )  # type: ignore[arg-type]


@book
def pages_with_signatures_between() -> Book:
    rows: list[list[object]] = [["SỔ HỘ KHẨU"], list(_HEAD)]
    for index, line in enumerate(body(_VALUES)):  # type: ignore[arg-type]
        rows.append(line)
        if index % 4 == 3:
            rows += [
                *SIGNED,
                [f"Trang {index // 4 + 1}/3"],
                [h.upper() for h in _HEAD],
                [f"({n})" for n in range(1, 7)],
            ]
    return Book("pages_with_signatures_between", "household", rows, wanted(*_FIELDS.split()), strict=True)


@book
def hidden_column_rows_sheet_tail() -> Book:
    head = ["STT", "Họ và tên", "Mã nội bộ", "Ngày sinh", "Giới tính", "Số CCCD"]
    made = listed(
        "hidden_column_rows_sheet_tail",
        "id",
        [["CẤP CCCD"], head],
        [number, "name", "=zz", "dob", "sex", "n12"],
        "name dob sex n12",
        below=[],
    )
    made.hidden_columns, made.hidden_rows, made.tail = (2,), (4, 5), 400
    made.more_sheets = [("DanhMuc", [["Họ và tên", "Ngày sinh"], ["Mẫu", "01/01/1990"]], True)]
    return made


@book
def class_sections() -> Book:
    head = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Họ tên cha", "Họ tên mẹ"]
    return by_home(
        [["TRƯỜNG MẦM NON TAM HỢP"], head],
        [number, "name", "dob", "sex", "ethnicity", "father", "mother"],
        lambda n: [[f"LỚP {n + 3} TUỔI {'ABCD'[n]}"]],
        "name dob sex ethnicity father mother",
        "class_sections",
        "",
    )  # type: ignore[arg-type]


@book
def two_lists_side_by_side() -> Book:
    head = ["TT", "Họ và tên", "Năm sinh", "Số CMND"]
    rows: list[list[object]] = [["DANH SÁCH CẤP CMND"], [*head, "", *head]]
    lines = body([number, "name", "dob", "n9"])
    half = (len(lines) + 1) // 2
    rows += [[*lines[i], "", *(lines[half + i] if half + i < len(lines) else [])] for i in range(half)]
    expected = wanted("name", "dob", "n9")
    return Book("two_lists_side_by_side", "id", rows, expected, strict=True)


@book
def heading_repeated_by_data_gap() -> Book:
    """A list whose first lines are blank and whose first person comes late."""
    return listed(
        "heading_repeated_by_data_gap",
        "household",
        [["SỔ HỘ KHẨU"], list(_HEAD), *[[n, "", "", "", "", ""] for n in range(1, 4)], [], []],
        _VALUES,
        _FIELDS,
    )  # type: ignore[arg-type]


@book
def dates_with_times() -> Book:
    def typed(person: Person, index: int) -> object:
        day, month, year = map(int, person["dob"].split("/"))
        return datetime.date(year, month, day)

    return listed(
        "dates_with_times",
        "id",
        [["CẤP CCCD"], ["STT", "Họ và tên", "Ngày sinh", "Ngày cấp", "Số CCCD"]],
        [number, "name", typed, lambda p, i: "-".join(reversed(p["issue_date"].split("/"))) + " 00:00:00", "n12"],
        "name dob n12",
        same={"*": "issue_date"},
    )
