"""Lists by their paper: birth registers, card lists, household books, insurance, voters, poor homes, pupils."""

from __future__ import annotations

from make_books import Book
from parts import FEMALE_YEAR, MALE_YEAR, OFFICE, PEOPLE, book, down, listed, number, over, when, year


@book
def birth_export_flat() -> Book:
    head = [
        "STT",
        "Số",
        "Quyển số",
        "Ngày, tháng, năm đăng ký",
        "Họ, chữ đệm, tên",
        "Giới tính",
        "Ngày, tháng, năm sinh",
        "Nơi sinh",
        "Dân tộc",
        "Quốc tịch",
        "Quê quán",
        "Số định danh cá nhân",
        "Họ, chữ đệm, tên người mẹ",
        "Năm sinh mẹ",
        "Dân tộc mẹ",
        "Quốc tịch mẹ",
        "Nơi cư trú mẹ",
        "Họ, chữ đệm, tên người cha",
        "Năm sinh cha",
        "Dân tộc cha",
        "Quốc tịch cha",
        "Nơi cư trú cha",
        "Họ, chữ đệm, tên người đi khai sinh",
        "Giấy tờ tùy thân người đi khai sinh",
        "Ghi chú",
    ]
    values = [
        number,
        "reg_no",
        "=01/2008",
        "reg_date",
        "name",
        "sex",
        "dob",
        "=Trạm y tế xã Tam Hợp",
        "ethnicity",
        "=Việt Nam",
        "=Tam Hợp, Tương Dương, Nghệ An",
        "n12",
        "mother",
        "mother_dob",
        "=Thái",
        "=Việt Nam",
        "=Bản Xốp Nặm",
        "father",
        "father_dob",
        "=Thái",
        "=Việt Nam",
        "=Bản Xốp Nặm",
        "=Kha Văn Thử",
        "=186299999",
        "=Đúng hạn",
    ]
    same = {
        "reg_book": "01/2008",
        "birth_place": "Trạm y tế xã Tam Hợp",
        "nationality": "Việt Nam",
        "origin": "Tam Hợp, Tương Dương, Nghệ An",
        "note": "Đúng hạn",
    }
    return listed(
        "birth_export_flat",
        "birth",
        [["SỔ ĐĂNG KÝ KHAI SINH"], [], head],
        values,
        "reg_no reg_date name sex dob ethnicity n12 mother mother_dob father father_dob",
        same=same,
    )


@book
def birth_three_groups() -> Book:
    top = [
        "Số",
        "Người được khai sinh",
        "",
        "",
        "",
        "",
        "Cha",
        "",
        "",
        "",
        "Mẹ",
        "",
        "",
        "",
        "Người đi khai sinh",
        "",
        "Ghi chú",
    ]
    low = [
        "",
        "Họ, chữ đệm, tên",
        "Giới tính",
        "Ngày, tháng, năm sinh",
        "Nơi sinh",
        "Dân tộc",
        "Họ, chữ đệm, tên",
        "Năm sinh",
        "Dân tộc",
        "Nơi cư trú",
        "Họ, chữ đệm, tên",
        "Năm sinh",
        "Dân tộc",
        "Nơi cư trú",
        "Họ, chữ đệm, tên",
        "Quan hệ với trẻ",
        "",
    ]
    values = [
        "reg_no",
        "name",
        "sex",
        "dob",
        "=Nhà riêng",
        "ethnicity",
        "father",
        "father_dob",
        "=Thái",
        "=Bản Phá Lõm",
        "mother",
        "mother_dob",
        "=Thái",
        "=Bản Phá Lõm",
        "=Kha Văn Thử",
        "=Ông",
        "",
    ]
    merged = [
        over(3, 1, 5, "Người được khai sinh"),
        over(3, 6, 9, "Cha"),
        over(3, 10, 13, "Mẹ"),
        over(3, 14, 15, "Người đi khai sinh"),
        *down(3, 4, (0, "Số"), (16, "Ghi chú")),
    ]
    return listed(
        "birth_three_groups",
        "birth",
        [*OFFICE, top, low],
        values,
        "reg_no name sex dob ethnicity father father_dob mother mother_dob",
        same={"birth_place": "Nhà riêng"},
        merged=merged,
    )


@book
def birth_long_groups() -> Book:
    top = [
        "TT",
        "Phần ghi về người được đăng ký khai sinh",
        "",
        "",
        "Phần ghi về người mẹ",
        "",
        "",
        "Phần ghi về người cha",
        "",
        "",
        "Phần ghi về người yêu cầu đăng ký",
        "",
    ]
    low = [
        "",
        "Họ, chữ đệm, tên",
        "Ngày, tháng, năm sinh",
        "Giới tính",
        "Họ, chữ đệm, tên",
        "Năm sinh",
        "Số định danh cá nhân",
        "Họ, chữ đệm, tên",
        "Năm sinh",
        "Số định danh cá nhân",
        "Họ, chữ đệm, tên",
        "Số CMND/CCCD",
    ]
    values = [
        number,
        "name",
        "dob",
        "sex",
        "mother",
        "mother_dob",
        "=040150009999",
        "father",
        "father_dob",
        "=040050009998",
        "=Vi Văn Khai",
        "=186288888",
    ]
    merged = [
        over(2, 1, 3, str(top[1])),
        over(2, 4, 6, str(top[4])),
        over(2, 7, 9, str(top[7])),
        over(2, 10, 11, str(top[10])),
    ]
    return listed(
        "birth_long_groups",
        "birth",
        [["SỔ ĐĂNG KÝ KHAI SINH"], ["Năm 2008"], top, low, [f"({n})" for n in range(1, 13)]],
        values,
        "name dob sex mother mother_dob father father_dob",
        merged=merged,
    )


@book
def birth_parents_under_one_group() -> Book:
    top = ["STT", "Họ và tên trẻ", "Ngày tháng năm sinh", "Nam/nữ", "Họ và tên cha, mẹ", "", "Số GKS", "Ngày ĐKKS"]
    low = ["", "", "", "", "Cha", "Mẹ", "", ""]
    merged = [over(1, 4, 5, "Họ và tên cha, mẹ"), *down(1, 2, *((i, str(top[i])) for i in (0, 1, 2, 3, 6, 7)))]
    return listed(
        "birth_parents_under_one_group",
        "birth",
        [["DANH SÁCH TRẺ EM ĐĂNG KÝ KHAI SINH"], top, low],
        [number, "name", "dob", "sex", "father", "mother", "reg_no", "reg_date"],
        "name dob sex father mother reg_no reg_date",
        merged=merged,
    )


@book
def birth_date_in_words_group() -> Book:
    top = ["Số", "Họ tên", "Ngày sinh", "", "GT", "Họ tên cha", "Họ tên mẹ"]
    low = ["", "", "Ghi bằng số", "Ghi bằng chữ", "", "", ""]
    words = "Ngày mười hai tháng tám năm hai nghìn không trăm lẻ tám"
    return listed(
        "birth_date_in_words_group",
        "birth",
        [["Sổ khai sinh"], top, low],
        ["reg_no", "name", "dob", f"={words}", "sex", "father", "mother"],
        "reg_no name dob sex father mother",
        same={"dob_words": words},
        merged=[over(1, 2, 3, "Ngày sinh")],
    )


@book
def birth_english() -> Book:
    head = [
        "No.",
        "Full name",
        "Sex",
        "Date of birth",
        "Place of birth",
        "Father's full name",
        "Mother's full name",
        "Ethnicity",
        "Registration No.",
        "Registration date",
    ]
    return listed(
        "birth_english",
        "birth",
        [["BIRTH REGISTER"], head],
        [number, "name", "sex", "dob", "=Tam Hợp", "father", "mother", "ethnicity", "reg_no", "reg_date"],
        "name sex dob father mother ethnicity reg_no reg_date",
        same={"birth_place": "Tam Hợp"},
    )


@book
def birth_insurance_under_six() -> Book:
    head = [
        "STT",
        "Họ và tên trẻ",
        "Ngày sinh",
        "Giới tính",
        "Mã thẻ BHYT",
        "Số giấy khai sinh",
        "Họ và tên bố",
        "Họ và tên mẹ",
        "Nơi ĐK KCB ban đầu",
        "Số ĐT liên hệ",
    ]
    return listed(
        "birth_insurance_under_six",
        "birth",
        [["DANH SÁCH TRẺ EM DƯỚI 6 TUỔI CẤP THẺ BHYT"], head],
        [
            number,
            "name",
            "dob",
            "sex",
            "=TE1404012345678",
            "reg_no",
            "father",
            "mother",
            "=40-211 Trạm Y tế",
            "=0912345678",
        ],
        "name dob sex reg_no father mother",
    )


@book
def card_delivery() -> Book:
    head = [
        "STT",
        "Số CCCD",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Nơi thường trú",
        "Ngày cấp",
        "Có giá trị đến",
        "Số điện thoại",
        "Ngày nhận",
        "Ký nhận",
    ]
    return listed(
        "card_delivery",
        "id",
        [*OFFICE, ["DANH SÁCH TRẢ THẺ CĂN CƯỚC CÔNG DÂN"], head],
        [
            number,
            "n12",
            "name",
            "dob",
            "sex",
            "=Bản Xốp Nặm, Tam Hợp, Tương Dương, Nghệ An",
            "issue_date",
            "=22/06/2034",
            "=0987654321",
            "=01/07/2021",
            "",
        ],
        "n12 name dob sex issue_date",
        same={"place": "Bản Xốp Nặm, Tam Hợp, Tương Dương, Nghệ An", "expiry": "22/06/2034"},
        village="xop-nam",
    )


@book
def card_paper_group() -> Book:
    top = ["TT", "Họ và tên", "N.sinh", "GT", "Giấy tờ tùy thân", "", "", "HKTT"]
    low = ["", "", "", "", "Số", "Ngày cấp", "Nơi cấp", ""]
    merged = [over(1, 4, 6, "Giấy tờ tùy thân"), *down(1, 2, *((i, str(top[i])) for i in (0, 1, 2, 3, 7)))]
    return listed(
        "card_paper_group",
        "id",
        [["DANH SÁCH CÔNG DÂN"], top, low],
        [number, "name", year, "sex", "n9", "issue_date", "=CA Nghệ An", "=Bản Phồng, Tam Hợp"],
        "name dob:year sex n9 issue_date",
        same={"issue_place": "CA Nghệ An", "place": "Bản Phồng, Tam Hợp"},
        merged=merged,
        village="phong",
    )


@book
def card_old_and_new() -> Book:
    top = ["STT", "Họ và tên", "Ngày sinh", "CMND/CCCD", "", "", "", "Nơi ĐKHK thường trú"]
    low = ["", "", "", "Số CMND cũ", "Số CCCD mới", "Ngày cấp", "Nơi cấp", ""]
    return listed(
        "card_old_and_new",
        "id",
        [top, low],
        [number, "name", "dob", "n9", "n12", "issue_date", "=Cục CS QLHC về TTXH", "=Xã Tam Hợp"],
        "name dob n9 n12 issue_date",
        same={"issue_place": "Cục CS QLHC về TTXH", "place": "Xã Tam Hợp"},
        merged=[over(0, 3, 6, "CMND/CCCD")],
        sheet="CCCD",
    )


@book
def card_abbreviated() -> Book:
    head = ["TT", "H.tên", "N.sinh", "G.tính", "D.tộc", "SĐDCN", "Số CMND", "ĐKTT", "Đ/c hiện nay", "SĐT"]
    return listed(
        "card_abbreviated",
        "id",
        [["DS CÔNG DÂN CHƯA CẤP CCCD"], head],
        [number, "name", "dob", "sex", "ethnicity", "n12", "n9", "=Bản Phồng", "=Bình Dương", "=0377123456"],
        "name dob sex ethnicity n12 n9",
        same={"place": "Bản Phồng"},
    )


@book
def card_need_crosses() -> Book:
    top = ["TT", "Họ tên", "Ngày sinh", "Số ĐDCN", "Tình trạng thẻ", "", "Tài khoản VNeID", ""]
    low = ["", "", "", "", "Đã cấp", "Chưa cấp", "Mức 1", "Mức 2"]
    return listed(
        "card_need_crosses",
        "id",
        [["RÀ SOÁT CẤP CĂN CƯỚC VÀ KÍCH HOẠT TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ"], top, low],
        [number, "name", "dob", "n12", "=x", "", "", "=x"],
        "name dob n12",
        merged=[over(1, 4, 5, "Tình trạng thẻ"), over(1, 6, 7, "Tài khoản VNeID")],
    )


@book
def card_birth_name_and_other_name() -> Book:
    head = [
        "STT",
        "Họ, chữ đệm và tên khai sinh",
        "Tên gọi khác (nếu có)",
        "Ngày, tháng, năm sinh",
        "Giới tính",
        "Số định danh cá nhân",
        "Nơi cư trú",
        "Nơi đăng ký khai sinh",
        "Ngày hết hạn",
    ]
    return listed(
        "card_birth_name_and_other_name",
        "id",
        [["THẺ CĂN CƯỚC"], head],
        [number, "name", "=Tén", "dob", "sex", "n12", "=Bản Phồng", "=UBND xã Tam Hợp", "=14/07/2033"],
        "name dob sex n12",
        same={"other_name": "Tén", "place": "Bản Phồng", "reg_place": "UBND xã Tam Hợp", "expiry": "14/07/2033"},
    )


@book
def household_book_page() -> Book:
    head = [
        "TT",
        "Họ và tên",
        "Tên gọi khác",
        "Ngày, tháng, năm sinh",
        "Giới tính",
        "Nguyên quán",
        "Dân tộc",
        "Tôn giáo",
        "Quốc tịch",
        "CMND số",
        "Hộ chiếu số",
        "Nghề nghiệp, nơi làm việc",
        "Chuyển đến ngày",
        "Nơi thường trú trước khi chuyển đến",
        "Quan hệ với chủ hộ",
        "Số hộ khẩu",
    ]
    values = [
        number,
        "name",
        "",
        "dob",
        "sex",
        "=Kim Đa, Tương Dương",
        "ethnicity",
        "=Không",
        "=Việt Nam",
        "n9",
        "",
        "=Làm rẫy",
        "=15/06/2007",
        "=Kim Đa, Tương Dương, Nghệ An",
        "relation",
        lambda p, i: f"0400{HOME_OF[p['name']]:05d}",
    ]
    made = listed(
        "household_book_page",
        "household",
        [["SỔ ĐĂNG KÝ THƯỜNG TRÚ"], head],
        values,
        "name dob sex ethnicity n9 relation",
        same={
            "origin": "Kim Đa, Tương Dương",
            "religion": "Không",
            "nationality": "Việt Nam",
            "moved_in": "15/06/2007",
            "previous_address": "Kim Đa, Tương Dương, Nghệ An",
        },
    )
    for person, row in zip(PEOPLE, made.expected, strict=True):
        row["book"] = f"0400{HOME_OF[person['name']]:05d}"
    return made


def _homes() -> dict[str, int]:
    number_of, home = {}, 0
    for person in PEOPLE:
        home += person["relation"] == "Chủ hộ"
        number_of[person["name"]] = home
    return number_of


HOME_OF = _homes()
HEAD_OF = {
    p["name"]: next(h["name"] for h in PEOPLE if h["relation"] == "Chủ hộ" and HOME_OF[h["name"]] == HOME_OF[p["name"]])
    for p in PEOPLE
}


def with_heads(made: Book) -> Book:
    """Every row expects the head of its home."""
    for row in made.expected:
        row["head"] = HEAD_OF[row["name"]]
    return made


@book
def household_name_group() -> Book:
    top = ["STT", "Họ và tên", "", "Năm sinh", "", "Q.hệ với chủ hộ", "DT"]
    low = ["", "Chủ hộ", "Thành viên", "Nam", "Nữ", "", ""]
    values = [
        number,
        lambda p, i: p["name"] if p["relation"] == "Chủ hộ" else "",
        lambda p, i: "" if p["relation"] == "Chủ hộ" else p["name"],
        MALE_YEAR,
        FEMALE_YEAR,
        "relation",
        "ethnicity",
    ]
    merged = [
        over(2, 1, 2, "Họ và tên"),
        over(2, 3, 4, "Năm sinh"),
        *down(2, 3, (0, "STT"), (5, "Q.hệ với chủ hộ"), (6, "DT")),
    ]
    return with_heads(
        listed(
            "household_name_group",
            "household",
            [["SỔ HỘ KHẨU"], [], top, low],
            values,
            "name dob:year sex relation ethnicity",
            merged=merged,
        )
    )


@book
def household_head_and_member_groups() -> Book:
    top = ["STT", "Thông tin chủ hộ", "", "", "Thông tin thành viên", "", "", "", ""]
    low = [
        "",
        "Họ và tên",
        "Năm sinh",
        "Số CCCD",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số CCCD",
        "Quan hệ với chủ hộ",
    ]
    values = [
        number,
        lambda p, i: HEAD_OF[p["name"]],
        "=1958",
        "=040058007777",
        "name",
        "dob",
        "sex",
        "n12",
        "relation",
    ]
    return with_heads(
        listed(
            "household_head_and_member_groups",
            "household",
            [["DANH SÁCH NHÂN KHẨU"], top, low],
            values,
            "name dob sex n12 relation",
            merged=[over(1, 1, 3, "Thông tin chủ hộ"), over(1, 4, 8, "Thông tin thành viên")],
        )
    )


@book
def household_head_cross() -> Book:
    head = ["STT", "Họ và tên", "Chủ hộ", "Ngày sinh", "Giới tính", "Quan hệ"]
    values = [number, "name", lambda p, i: "x" if p["relation"] == "Chủ hộ" else "", "dob", "sex", "relation"]
    return with_heads(
        listed("household_head_cross", "household", [["SỔ HỘ KHẨU"], head], values, "name dob sex relation")
    )


@book
def insurance_household() -> Book:
    head = [
        "STT",
        "Họ và tên",
        "Mã số BHXH",
        "Ngày tháng năm sinh",
        "Giới tính",
        "Mối quan hệ với chủ hộ",
        "Số CMND/ CCCD/ Số định danh cá nhân",
        "Mã thẻ BHYT",
        "Nơi đăng ký KCB ban đầu",
        "Từ ngày",
        "Đến ngày",
        "Mức đóng",
    ]
    return listed(
        "insurance_household",
        "household",
        [["DANH SÁCH THÀNH VIÊN HỘ GIA ĐÌNH THAM GIA BHYT"], head],
        [
            number,
            "name",
            "=4012345678",
            "dob",
            "sex",
            "relation",
            "n12",
            "=DT2404012345678",
            "=40-211",
            "=01/01/2021",
            "=31/12/2021",
            0,
        ],
        "name dob sex relation n12",
    )


@book
def voters() -> Book:
    top = [
        "Số TT",
        "Họ và tên cử tri",
        "Ngày, tháng, năm sinh",
        "",
        "Nghề nghiệp",
        "Dân tộc",
        "Nơi cư trú",
        "Tham gia bầu cử",
        "",
        "",
        "",
        "Ghi chú",
    ]
    low = ["", "", "Nam", "Nữ", "", "", "", "Đại biểu Quốc hội", "HĐND tỉnh", "HĐND huyện", "HĐND xã", ""]
    values = [
        number,
        "name",
        when("Nam", lambda p: p["dob"]),
        when("Nữ", lambda p: p["dob"]),
        "=Làm ruộng",
        "ethnicity",
        "=Bản Xốp Nặm",
        "=x",
        "=x",
        "=x",
        "=x",
        "",
    ]
    merged = [
        over(4, 2, 3, str(top[2])),
        over(4, 7, 10, "Tham gia bầu cử"),
        *down(4, 5, *((i, str(top[i])) for i in (0, 1, 4, 5, 6, 11))),
    ]
    return listed(
        "voters",
        "",
        [
            ["DANH SÁCH CỬ TRI"],
            ["Khu vực bỏ phiếu số 3: Bản Xốp Nặm"],
            ["(Bầu cử đại biểu Quốc hội khóa XV)"],
            [],
            top,
            low,
        ],
        values,
        "name dob sex ethnicity",
        same={"place": "Bản Xốp Nặm"},
        merged=merged,
    )


@book
def poor_households_members() -> Book:
    top = [
        "TT",
        "Mã hộ",
        "Họ và tên chủ hộ",
        "Họ và tên thành viên hộ",
        "Quan hệ với chủ hộ",
        "Năm sinh",
        "",
        "Dân tộc",
        "Thôn/bản",
        "Phân loại hộ",
        "",
    ]
    low = ["", "", "", "", "", "Nam", "Nữ", "", "", "Hộ nghèo", "Hộ cận nghèo"]
    values = [
        number,
        lambda p, i: f"16936-{HOME_OF[p['name']]:03d}",
        lambda p, i: HEAD_OF[p["name"]] if p["relation"] == "Chủ hộ" else "",
        "name",
        "relation",
        MALE_YEAR,
        FEMALE_YEAR,
        "ethnicity",
        "=Bản Xốp Nặm",
        "=x",
        "",
    ]
    merged = [over(1, 5, 6, "Năm sinh"), over(1, 9, 10, "Phân loại hộ")]
    return with_heads(
        listed(
            "poor_households_members",
            "household",
            [["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2020"], top, low],
            values,
            "name relation dob:year sex ethnicity",
            merged=merged,
            village="xop-nam",
        )
    )


@book
def poor_heads_only() -> Book:
    head = [
        "STT",
        "Họ tên chủ hộ",
        "Giới tính",
        "Ngày sinh",
        "Dân tộc",
        "Số CCCD",
        "Số khẩu",
        "Điểm B1",
        "Điểm B2",
        "Kết quả phân loại",
    ]
    return listed(
        "poor_heads_only",
        "household",
        [["DANH SÁCH HỘ NGHÈO BẢN XỐP NẶM"], head],
        [number, "name", "sex", "dob", "ethnicity", "n12", 4, 115, 30, "=N"],
        "name sex dob ethnicity n12",
        village="xop-nam",
    )


@book
def pupils_with_parents() -> Book:
    head = [
        "STT",
        "Mã học sinh",
        "Họ và tên học sinh",
        "Ngày sinh",
        "Giới tính",
        "Dân tộc",
        "Lớp",
        "Họ tên bố",
        "Năm sinh bố",
        "Nghề nghiệp bố",
        "Họ tên mẹ",
        "Năm sinh mẹ",
        "Nghề nghiệp mẹ",
        "Số điện thoại bố",
        "SĐT mẹ",
        "Nơi ở hiện nay",
    ]
    values = [
        number,
        lambda p, i: f"HS{i:05d}",
        "name",
        "dob",
        "sex",
        "ethnicity",
        "=3A",
        "father",
        "father_dob",
        "=Nông",
        "mother",
        "mother_dob",
        "=Nông",
        "=0912000111",
        "=0912000222",
        "=Bản Phồng",
    ]
    return listed(
        "pupils_with_parents",
        "",
        [["TRƯỜNG TIỂU HỌC TAM HỢP"], ["DANH SÁCH HỌC SINH LỚP 3A"], [], head],
        values,
        "name dob sex ethnicity father father_dob mother mother_dob",
        same={"place": "Bản Phồng"},
    )


@book
def pupils_split_name_female_cross() -> Book:
    head = ["STT", "Họ đệm", "Tên", "Nữ", "Ngày sinh", "Dân tộc", "Con ông (bà)", "Nơi sinh"]
    values = [
        number,
        lambda p, i: p["name"].rpartition(" ")[0],
        lambda p, i: p["name"].rpartition(" ")[2],
        when("Nữ", lambda p: "x"),
        "dob",
        "ethnicity",
        "father",
        "=Tam Hợp",
    ]
    return listed(
        "pupils_split_name_female_cross",
        "",
        [["DANH SÁCH HỌC SINH"], head],
        values,
        "name dob sex ethnicity",
        same={"birth_place": "Tam Hợp"},
    )


@book
def military_service() -> Book:
    head = [
        "TT",
        "Họ và tên",
        "Ngày tháng năm sinh",
        "Quê quán",
        "Chỗ ở hiện nay",
        "Trình độ VH",
        "Dân tộc",
        "Tôn giáo",
        "Họ tên bố, năm sinh",
        "Họ tên mẹ, năm sinh",
        "Sức khỏe",
        "Đoàn/Đảng",
    ]
    return listed(
        "military_service",
        "",
        [["DANH SÁCH CÔNG DÂN NAM ĐỦ 17 TUỔI ĐĂNG KÝ NGHĨA VỤ QUÂN SỰ"], head],
        [
            number,
            "name",
            "dob",
            "=Tam Hợp",
            "=Bản Phồng",
            "=12/12",
            "ethnicity",
            "=Không",
            lambda p, i: f"{p['father']}, {p['father_dob']}",
            lambda p, i: f"{p['mother']}, {p['mother_dob']}",
            "=Loại 2",
            "=Đoàn",
        ],
        "name dob ethnicity father mother father_dob mother_dob",
        same={"origin": "Tam Hợp", "place": "Bản Phồng", "religion": "Không"},
    )


@book
def temporary_residents() -> Book:
    head = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số CMND/CCCD",
        "Nơi thường trú",
        "Nơi tạm trú",
        "Từ ngày",
        "Đến ngày",
        "Lý do tạm trú",
        "Chủ nhà",
    ]
    return listed(
        "temporary_residents",
        "",
        [["SỔ ĐĂNG KÝ TẠM TRÚ"], head],
        [
            number,
            "name",
            "dob",
            "sex",
            "n9",
            "=Xã Lưu Kiền, Tương Dương",
            "=Bản Phồng",
            "=01/03/2020",
            "=01/03/2021",
            "=Làm thuê",
            "=Kha Văn Chủ",
        ],
        "name dob sex n9",
        same={"place": "Xã Lưu Kiền, Tương Dương"},
    )


@book
def workers_away() -> Book:
    head = [
        "STT",
        "Họ và tên",
        "Năm sinh",
        "Giới tính",
        "Số CCCD",
        "Bản",
        "Nơi đến làm việc",
        "Ngày đi",
        "Ngày về (dự kiến)",
        "Người thân liên hệ",
        "SĐT người thân",
    ]
    return listed(
        "workers_away",
        "",
        [["DANH SÁCH LAO ĐỘNG ĐI LÀM ĂN XA"], head],
        [
            number,
            "name",
            year,
            "sex",
            "n12",
            "=Xốp Nặm",
            "=Bắc Ninh",
            "=05/02/2023",
            "=20/01/2024",
            "=Vi Văn Thân",
            "=0912000333",
        ],
        "name dob:year sex n12",
        village="xop-nam",
    )


@book
def deaths() -> Book:
    head = [
        "Số",
        "Họ, chữ đệm, tên người chết",
        "Ngày, tháng, năm sinh",
        "Giới tính",
        "Dân tộc",
        "Số CMND",
        "Đã chết vào lúc",
        "Ngày chết",
        "Nơi chết",
        "Nguyên nhân chết",
        "Người đi khai tử",
    ]
    return listed(
        "deaths",
        "",
        [["SỔ ĐĂNG KÝ KHAI TỬ"], head],
        [
            "reg_no",
            "name",
            "dob",
            "sex",
            "ethnicity",
            "n9",
            "=8 giờ",
            "=05/05/2019",
            "=Tại nhà",
            "=Già yếu",
            "=Kha Văn Thử",
        ],
        "name dob sex ethnicity n9",
        same={"*": "reg_no"},
    )


@book
def elders_with_age() -> Book:
    head = ["TT", "Họ và tên", "Năm sinh", "Tuổi", "Giới tính", "Nơi ở", "Mức hưởng", "Ghi chú"]
    return listed(
        "elders_with_age",
        "",
        [["DANH SÁCH NGƯỜI CAO TUỔI NHẬN QUÀ TẾT"], head],
        [number, "name", year, 80, "sex", "=Bản Phồng", 300000, ""],
        "name dob:year sex",
        same={"place": "Bản Phồng"},
        village="phong",
    )


@book
def other_people_groups() -> Book:
    top = ["TT", "Thông tin công dân", "", "", "", "Vợ hoặc chồng", "", "Người giám hộ", "", "", "Cán bộ thu thập", ""]
    low = [
        "",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số định danh",
        "Họ và tên",
        "Số CMND/CCCD",
        "Họ và tên",
        "Số CCCD",
        "Số điện thoại",
        "Họ và tên",
        "Ngày thu thập",
    ]
    values = [
        number,
        "name",
        "dob",
        "sex",
        "n12",
        "=Vi Thị Bạn",
        "=186277777",
        "=Kha Văn Hộ",
        "=040050006666",
        "=0912000444",
        "=Lữ Văn Cán",
        "=03/03/2021",
    ]
    merged = [
        over(1, 1, 4, "Thông tin công dân"),
        over(1, 5, 6, "Vợ hoặc chồng"),
        over(1, 7, 9, "Người giám hộ"),
        over(1, 10, 11, "Cán bộ thu thập"),
    ]
    return listed(
        "other_people_groups",
        "",
        [["PHIẾU THU THẬP THÔNG TIN DÂN CƯ"], top, low],
        values,
        "name dob sex n12",
        same={"spouse": "Vi Thị Bạn"},
        merged=merged,
    )
