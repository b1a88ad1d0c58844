"""Lists made after the recognition of the others was settled, to see what it does with shapes it was not made for."""

from __future__ import annotations

from make_books import SIGNED, Book, S
from paper_books import HEAD_OF, with_heads
from parts import FEMALE_YEAR, HOMES, MALE_YEAR, PEOPLE, body, book, down, listed, number, over, wanted, when, year
from shape_books import in_villages


@book
def odd_party_members() -> Book:
    head = [
        "TT",
        "Họ và tên khai sinh",
        "Ngày sinh",
        "Giới tính",
        "Dân tộc",
        "Quê quán",
        "Ngày vào Đảng",
        "Ngày chính thức",
        "Số thẻ đảng viên",
        "Chi bộ",
        "Trình độ LLCT",
    ]
    return listed(
        "odd_party_members",
        "",
        [["DANH SÁCH ĐẢNG VIÊN"], head],
        [
            number,
            "name",
            "dob",
            "sex",
            "ethnicity",
            "=Tam Hợp",
            "=03/02/2010",
            "=03/02/2011",
            "=40012345",
            "=Chi bộ bản Phồng",
            "=SC",
        ],
        "name dob sex ethnicity",
        same={"origin": "Tam Hợp"},
    )


@book
def odd_land_users() -> Book:
    head = [
        "STT",
        "Tên chủ sử dụng đất",
        "Năm sinh",
        "Số CMND",
        "Ngày cấp",
        "Địa chỉ",
        "Thửa đất số",
        "Tờ bản đồ số",
        "Diện tích (m2)",
        "Loại đất",
    ]
    return listed(
        "odd_land_users",
        "",
        [["SỔ MỤC KÊ"], ["DANH SÁCH CHỦ SỬ DỤNG ĐẤT"], head],
        [number, "name", year, "n9", "issue_date", "=Bản Phồng", 12, 5, 300, "=ONT"],
        "name dob:year n9 issue_date",
        same={"place": "Bản Phồng"},
    )


@book
def odd_vaccination() -> Book:
    top = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới",
        "CCCD/Mã ĐDCN",
        "Địa chỉ nơi ở hiện tại",
        "Tiêm mũi 1",
        "",
        "Tiêm mũi 2",
        "",
    ]
    low = ["", "", "", "", "", "", "Ngày tiêm", "Loại vắc xin", "Ngày tiêm", "Loại vắc xin"]
    merged = [
        over(1, 6, 7, "Tiêm mũi 1"),
        over(1, 8, 9, "Tiêm mũi 2"),
        *down(1, 2, *((i, str(top[i])) for i in range(6))),
    ]
    return listed(
        "odd_vaccination",
        "",
        [["DANH SÁCH TIÊM CHỦNG"], top, low],
        [number, "name", "dob", "sex", "n12", "=Bản Phồng", "=02/09/2021", "=AZ", "=02/12/2021", "=AZ"],
        "name dob sex n12",
        same={"place": "Bản Phồng"},
        merged=merged,
    )


@book
def odd_relief_receipt() -> Book:
    head = ["STT", "Họ tên người nhận", "Hộ khẩu thường trú tại", "Số CCCD", "Số gạo (kg)", "Số tiền (đồng)", "Ký nhận"]
    return listed(
        "odd_relief_receipt",
        "",
        [["DANH SÁCH CẤP PHÁT GẠO CỨU ĐÓI"], head],
        [number, "name", "=Bản Phồng", "n12", 15, 0, ""],
        "name n12",
        same={"place": "Bản Phồng"},
    )


@book
def odd_marriages_left_alone() -> Book:
    """The spouse's own number and date are never the row's."""
    head = [
        "TT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Họ tên vợ (chồng)",
        "Ngày sinh vợ (chồng)",
        "Số CMND vợ (chồng)",
        "Số CMND",
    ]
    return listed(
        "odd_marriages_left_alone",
        "",
        [["DANH SÁCH CÔNG DÂN ĐÃ KẾT HÔN"], head],
        [number, "name", "dob", "sex", "=Vi Thị Bạn", "=01/02/1970", "=186255555", "n9"],
        "name dob sex n9",
        same={"spouse": "Vi Thị Bạn"},
    )


@book
def odd_three_rows_deep() -> Book:
    a = ["STT", "THÔNG TIN CÁ NHÂN", "", "", "", "", "GIẤY TỜ", "", "", "CHỦ HỘ", ""]
    b = [
        "",
        "Họ và tên",
        "Ngày, tháng, năm sinh",
        "",
        "Dân tộc",
        "Nơi sinh",
        "Căn cước công dân",
        "",
        "",
        "Họ tên",
        "Quan hệ với chủ hộ",
    ]
    c = ["", "", "Nam", "Nữ", "", "", "Số", "Ngày cấp", "Nơi cấp", "", ""]
    merged = [
        over(2, 1, 5, a[1]),
        over(2, 6, 8, a[6]),
        over(2, 9, 10, a[9]),
        over(3, 2, 3, b[2]),
        over(3, 6, 8, b[6]),
        *down(2, 4, (0, "STT")),
        *down(3, 4, (1, b[1]), (4, b[4]), (5, b[5]), (9, b[9]), (10, b[10])),
    ]
    values = [
        number,
        "name",
        when("Nam", lambda p: p["dob"]),
        when("Nữ", lambda p: p["dob"]),
        "ethnicity",
        "=Tam Hợp",
        "n12",
        "issue_date",
        "=Cục CS",
        lambda p, i: HEAD_OF[p["name"]],
        "relation",
    ]
    return with_heads(
        listed(
            "odd_three_rows_deep",
            "household",
            [["BIỂU 02"], ["Rà soát nhân khẩu"], a, b, c, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]],
            values,
            "name dob sex ethnicity n12 issue_date relation",
            same={"birth_place": "Tam Hợp", "issue_place": "Cục CS"},
            merged=merged,
        )
    )


@book
def odd_transposed_titles() -> Book:
    head = ["Stt", "Họ và Tên", "Nam/Nữ", "Năm\nsinh", "Bản", "Xã", "Huyện", "Tỉnh", "Số điện thoại"]
    return listed(
        "odd_transposed_titles",
        "",
        [["", "", "BẢNG KÊ"], head],
        [number, "name", "sex", year, "=Phồng", "=Tam Hợp", "=Tương Dương", "=Nghệ An", "=0912"],
        "name sex dob:year",
        same={"place": "Phồng, Tam Hợp, Tương Dương, Nghệ An"},
        village="phong",
    )


@book
def odd_heads_with_counts() -> Book:
    top = ["TT", "Họ và tên chủ hộ", "Năm sinh", "Dân tộc", "Số nhân khẩu", "", "", "Ghi chú"]
    low = ["", "", "", "", "Tổng số", "Nam", "Nữ", ""]
    return listed(
        "odd_heads_with_counts",
        "household",
        [["TỔNG HỢP HỘ, NHÂN KHẨU"], top, low],
        [number, "name", year, "ethnicity", 5, 2, 3, ""],
        "name dob:year ethnicity",
        merged=[over(1, 4, 6, "Số nhân khẩu")],
    )


@book
def odd_household_letters() -> Book:
    rows: list[list[object]] = [["SỔ HỘ KHẨU"], ["TT", "Họ và tên", "Sinh năm", "Nam/nữ", "QH CH"]]
    for n, home in enumerate(HOMES):
        rows += [
            ["ABCD"[n] if i == 0 else str(i), p["name"], p["dob"], p["sex"], p["relation"]] for i, p in enumerate(home)
        ]
    return with_heads(
        Book("odd_household_letters", "household", rows, wanted("name", "dob", "sex", "relation"), strict=True)
    )


@book
def odd_village_and_home_banners() -> Book:
    rows: list[list[object]] = [
        ["DANH SÁCH NHÂN KHẨU"],
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ", "Ghi chú"],
        ["BẢN PHỒNG"],
    ]
    for n, home in enumerate(HOMES, start=1):
        rows += [
            ["", f"Hộ {n}: ông {home[0]['name']} (sổ HK số 0405{n:05d})"],
            *body([number, "name", "dob", "sex", "relation", ""], home),
        ]
    made = with_heads(
        Book(
            "odd_village_and_home_banners",
            "household",
            rows,
            wanted("name", "dob", "sex", "relation"),
            strict=True,
            village="phong",
        )
    )
    homes = iter(range(1, 9))
    current = 0
    for person, row in zip(PEOPLE, made.expected, strict=True):
        current = next(homes) if person["relation"] == "Chủ hộ" else current
        row["book"] = f"0405{current:05d}"
    return made


@book
def odd_ages_as_columns() -> Book:
    top = ["TT", "Họ và tên", "Tuổi", "", "Dân tộc", "Số CCCD"]
    low = ["", "", "Nam", "Nữ", "", ""]
    values = [
        number,
        "name",
        when("Nam", lambda p: 2021 - int(p["dob"][-4:])),
        when("Nữ", lambda p: 2021 - int(p["dob"][-4:])),
        "ethnicity",
        "n12",
    ]
    return listed(
        "odd_ages_as_columns",
        "",
        [["DANH SÁCH"], top, low],
        values,
        "name sex ethnicity n12",
        same={"*": "dob"},
        merged=[over(1, 2, 3, "Tuổi")],
    )


@book
def odd_sex_as_number() -> Book:
    head = [
        "MaHoSo",
        "HoVaTen",
        "NgayThangNamSinh",
        "GioiTinh",
        "SoDinhDanhCaNhan",
        "MaDanToc",
        "TenDanToc",
        "DiaChiThuongTru",
        "TenBan",
    ]
    return listed(
        "odd_sex_as_number",
        "",
        [head],
        [lambda p, i: f"H{i}", "name", "dob", "sex", "n12", "=03", "ethnicity", "=Bản Phồng, Tam Hợp", "=Phồng"],
        "name dob sex n12 ethnicity",
        same={"place": "Bản Phồng, Tam Hợp"},
        below=[],
        village="phong",
    )


@book
def odd_old_names_of_papers() -> Book:
    head = [
        "Số thứ tự",
        "Tên họ",
        "Sinh ngày tháng năm",
        "Trai hay gái",
        "Số giấy CMND",
        "Ngày và nơi cấp",
        "Nguyên quán",
        "Trú quán",
    ]
    return listed(
        "odd_old_names_of_papers",
        "id",
        [["CHỨNG MINH NHÂN DÂN"], head],
        [number, "name", "dob", "sex", "n9", "=22/06/2009 CA Nghệ An", "=Kim Đa", "=Bản Phồng"],
        "name dob sex n9",
        same={"origin": "Kim Đa", "place": "Bản Phồng", "*": "issue_date issue_place"},
    )


@book
def odd_long_headings() -> Book:
    head = [
        "STT",
        "Họ, chữ đệm và tên (viết bằng chữ in hoa có dấu)",
        "Ngày, tháng, năm sinh (ghi rõ ngày/tháng/năm)",
        "Giới tính (Nam: 1, Nữ: 2)",
        "Số định danh cá nhân hoặc số CCCD đã được cấp",
        "Nơi đăng ký thường trú (ghi rõ xóm, bản, xã)",
        "Quan hệ với chủ hộ (ghi theo sổ hộ khẩu)",
    ]
    return listed(
        "odd_long_headings",
        "household",
        [head],
        [number, "name", "dob", "sex", "n12", "=Bản Phồng", "relation"],
        "name dob sex n12 relation",
        same={"place": "Bản Phồng"},
    )


@book
def odd_two_relations() -> Book:
    head = [
        "STT",
        "Họ và tên chủ hộ",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Quan hệ với chủ hộ",
        "Họ tên bố",
        "Họ tên mẹ",
        "Số CCCD bố",
        "Số CCCD mẹ",
    ]
    return with_heads(
        listed(
            "odd_two_relations",
            "household",
            [["SỔ HỘ KHẨU"], head],
            [
                number,
                lambda p, i: HEAD_OF[p["name"]],
                "name",
                "dob",
                "sex",
                "relation",
                "father",
                "mother",
                "=040050001111",
                "=040150001112",
            ],
            "name dob sex relation father mother",
        )
    )


@book
def odd_signature_then_names() -> Book:
    signed: list[list[object]] = [
        ["", "Tam Hợp, ngày 05/6/2021"],
        ["", "CÁN BỘ LẬP", "", "T/M UBND XÃ"],
        ["", "Lương Văn Mẫu", "", "KT. Chủ tịch"],
        ["", "", "", "Phó Chủ tịch"],
        ["", "", "", "Kha Văn Thử"],
        ["Nơi nhận:"],
        ["- Như trên;"],
        ["- Lưu VT."],
    ]
    return listed(
        "odd_signature_then_names",
        "",
        [["DANH SÁCH"], ["STT", "Họ và tên", "Năm sinh", "Giới tính"]],
        [number, "name", year, "sex"],
        "name dob:year sex",
        below=signed,
    )


@book
def odd_quarter_sections() -> Book:
    rows: list[list[object]] = [
        ["THEO DÕI SINH"],
        ["TT", "Họ tên con", "Ngày sinh", "Giới tính", "Họ tên mẹ", "Họ tên bố"],
    ]
    for n, home in enumerate(HOMES):
        rows += [
            [f"Quý {'I' * (n + 1)}/2008"],
            *body([number, "name", "dob", "sex", "mother", "father"], home),
            ["", "Cộng quý", len(home)],
        ]
    return Book("odd_quarter_sections", "birth", rows, wanted("name", "dob", "sex", "mother", "father"), strict=True)


@book
def odd_bold_village_in_merged_row() -> Book:
    rows: list[list[object]] = [["SỔ HỘ KHẨU"], ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"]]
    merged = []
    for home, name in zip(
        HOMES,
        ("I. BẢN XỐP NẶM (KHE CHẰNG)", "II. BẢN HUỒI SƠN - 45 HỘ", "III. BẢN PHÁ LÕM", "IV. BẢN VÀNG MÔN"),
        strict=True,
    ):
        merged.append((len(rows), 0, len(rows), 4, S(name, True)))
        rows += [[S(name, True)], *body([number, "name", "dob", "sex", "relation"], home)]
    made = Book(
        "odd_bold_village_in_merged_row",
        "household",
        rows,
        wanted("name", "dob", "sex", "relation"),
        merged,
        strict=True,
    )  # type: ignore[arg-type]
    return in_villages(made)


@book
def odd_no_ordinal_no_title() -> Book:
    return listed(
        "odd_no_ordinal_no_title", "", [["Ho ten", "Sinh", "CCCD"]], ["name", "dob", "n12"], "name dob n12", below=[]
    )


@book
def odd_english_export() -> Book:
    head = [
        "citizen_id",
        "full_name",
        "date_of_birth",
        "gender",
        "father_name",
        "mother_name",
        "ethnicity",
        "household_head",
        "relationship",
        "permanent_address",
        "created_at",
    ]
    return with_heads(
        listed(
            "odd_english_export",
            "",
            [head],
            [
                "n12",
                "name",
                "dob",
                "sex",
                "father",
                "mother",
                "ethnicity",
                lambda p, i: HEAD_OF[p["name"]],
                "relation",
                "=Bản Phồng",
                "=2021-01-01",
            ],
            "n12 name dob sex father mother ethnicity relation",
            same={"place": "Bản Phồng"},
            below=[],
            format="csv",
            encoding="utf-8",
        )
    )


@book
def odd_groups_with_slash() -> Book:
    top = ["TT", "Họ tên", "Năm sinh nam/nữ", "", "CMT/Thẻ CC", "", "Chỗ ở", "Cha/mẹ", ""]
    low = ["", "", "Nam", "Nữ", "Số", "Ngày", "", "Cha", "Mẹ"]
    return listed(
        "odd_groups_with_slash",
        "",
        [["DANH SÁCH"], top, low],
        [number, "name", MALE_YEAR, FEMALE_YEAR, "n9", "issue_date", "=Bản Phồng", "father", "mother"],
        "name dob:year sex n9 issue_date father mother",
        same={"place": "Bản Phồng"},
        merged=[over(1, 2, 3, top[2]), over(1, 4, 5, top[4]), over(1, 7, 8, top[7])],
    )


@book
def odd_signed_heading_twice() -> Book:
    head = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Ghi chú"]
    rows: list[list[object]] = [
        ["Lớp 1"],
        head,
        *body([number, "name", "dob", "sex", ""], HOMES[0]),
        *SIGNED,
        ["Lớp 2"],
        [*head[:4], "Dân tộc", "Ghi chú"],
        *body([number, "name", "dob", "sex", "ethnicity", ""], HOMES[1]),
    ]
    expected = [*wanted("name", "dob", "sex")[:3], *wanted("name", "dob", "sex", "ethnicity")[3:5]]
    return Book("odd_signed_heading_twice", "", rows, expected, strict=True)
