"""Lists as the offices around a police station keep them: schools, insurance, elections, the army, the poor."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

from make_books import S
from parts import FEMALE_YEAR, HOMES, MALE_YEAR, OFFICE, PEOPLE, add, body, down, number, over, when, year

MALE_X = when("Nam", lambda person: "x")
FEMALE_X = when("Nữ", lambda person: "x")
DAY, MONTH = (lambda p, i: int(p["dob"][:2])), (lambda p, i: int(p["dob"][3:5]))
FAMILY, GIVEN = (lambda p, i: p["name"].rpartition(" ")[0]), (lambda p, i: p["name"].rpartition(" ")[2])

add(
    "commune_school_roll", "", [
        ["PHÒNG GD&ĐT TƯƠNG DƯƠNG", "", "", "DANH SÁCH HỌC SINH LỚP 5A"],
        ["TRƯỜNG PTDTBT TH TAM HỢP", "", "", "NĂM HỌC 2023 - 2024"],
        [],
        ["STT", "Mã HS", "Họ đệm", "Tên", "Ngày sinh", "Nữ", "Dân tộc", "Họ và tên cha", "Họ và tên mẹ", "Con hộ nghèo"],
    ],
    [number, "=", FAMILY, GIVEN, "dob", FEMALE_X, "ethnicity", "father", "mother", "=x"],
    "name dob ethnicity father mother", same={"*": "sex"},
)  # fmt: skip

add(
    "commune_army_seventeen", "", [
        ["BAN CHQS XÃ TAM HỢP"],
        ["DANH SÁCH CÔNG DÂN NAM ĐỦ 17 TUỔI ĐĂNG KÝ NVQS LẦN ĐẦU NĂM 2024"],
        ["TT", "HỌ, CHỮ ĐỆM VÀ TÊN KHAI SINH", "NGÀY THÁNG NĂM SINH", "", "", "SỐ CCCD", "DÂN TỘC", "TRÌNH ĐỘ VH", "HỌ TÊN BỐ", "HỌ TÊN MẸ", "BẢN"],
        ["", "", "Ngày", "Tháng", "Năm"],
    ],
    [number, "name", DAY, MONTH, year, "n12", "ethnicity", "=12/12", "father", "mother", "=Phồng"],
    "name dob n12 ethnicity father mother", same={"place": "Phồng"}, village="phong",
    merged=[over(2, 2, 4, "NGÀY THÁNG NĂM SINH")],
)  # fmt: skip

add(
    "commune_health_insurance", "household", [
        ["BẢO HIỂM XÃ HỘI HUYỆN TƯƠNG DƯƠNG"],
        ["DANH SÁCH THÀNH VIÊN HỘ GIA ĐÌNH THAM GIA BHYT (Mẫu DK01)"],
        ["STT", "Họ và tên", "Mã số BHXH", "Ngày, tháng, năm sinh", "Giới tính", "Nơi cấp giấy khai sinh", "Mối quan hệ với chủ hộ", "Số ĐDCN/ CCCD/ Hộ chiếu", "Nơi đăng ký KCB ban đầu", "Ghi chú"],
        ["A", "B", "1", "2", "3", "4", "5", "6", "7", "8"],
    ],
    [number, "name", "=4020112233", "dob", "sex", "=Xã Tam Hợp", "relation", "n12", "=TYT xã", ""],
    "name dob sex relation n12", same={"reg_place": "Xã Tam Hợp", "*": "head"},
)  # fmt: skip

add(
    "commune_poor_households", "household", [
        ["BIỂU TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"],
        ["STT hộ", "STT khẩu", "Họ và tên (ghi chủ hộ trước)", "Năm sinh", "", "Quan hệ với CH", "Dân tộc", "CMND/CCCD", "Phân loại hộ", ""],
        ["", "", "", "Nam", "Nữ", "", "", "", "Nghèo", "Cận nghèo"],
    ],
    [lambda p, i: next(n for n, home in enumerate(HOMES, 1) if p in home), number, "name", MALE_YEAR, FEMALE_YEAR,
     "relation", "ethnicity", "n12", "=x", ""],
    "name dob:year sex relation ethnicity n12", same={"*": "head"}, merged=[over(1, 3, 4, "Năm sinh"), over(1, 8, 9, "Phân loại hộ")],
)  # fmt: skip

add(
    "commune_voters", "", [
        ["ỦY BAN BẦU CỬ XÃ TAM HỢP"],
        ["DANH SÁCH CỬ TRI BẦU CỬ ĐẠI BIỂU QUỐC HỘI KHÓA XV"],
        ["Số TT", "Họ và tên cử tri", "Ngày tháng năm sinh", "Giới tính", "", "Nghề nghiệp", "Dân tộc", "Nơi cư trú", "Bầu cử đại biểu", "", "Ghi chú"],
        ["", "", "", "Nam", "Nữ", "", "", "", "QH", "HĐND", ""],
    ],
    [number, "name", "dob", MALE_X, FEMALE_X, "=Nông", "ethnicity", "=Bản Phồng", "=x", "=x", ""],
    "name dob sex ethnicity", same={"place": "Bản Phồng"}, merged=[over(2, 3, 4, "Giới tính"), over(2, 8, 9, "Bầu cử đại biểu")],
)  # fmt: skip

add(
    "commune_ordinal_in_the_middle", "household", [
        ["SỔ QUẢN LÝ NHÂN KHẨU BẢN PHỒNG"],
        ["Số sổ HK", "Chủ hộ", "STT", "Nhân khẩu trong hộ", "Q.hệ", "Sinh ngày", "G.tính", "D.tộc"],
    ],
    [lambda p, i: f"17{next(n for n, home in enumerate(HOMES, 1) if p in home):03d}",
     lambda p, i: next(home[0]["name"] for home in HOMES if p in home), number, "name", "relation", "dob", "sex", "ethnicity"],
    "name dob sex relation ethnicity", village="phong",
)  # fmt: skip

add(
    "commune_both_numbers_in_a_cell", "id", [
        [*OFFICE[0]],
        ["DANH SÁCH CÔNG DÂN ĐÃ THU NHẬN HỒ SƠ CẤP CCCD GẮN CHIP"],
        ["TT", "Họ tên", "Ngày sinh", "GT", "Số CCCD; số CMND cũ", "Địa chỉ"],
    ],
    [number, "name", "dob", "sex", lambda p, i: f"{p['n12']}; {p['n9']}" if i % 2 else f"{p['n12']}\n(CMND: {p['n9']})", "=bản Phồng"],
    "name dob sex n12 n9", same={"place": "bản Phồng"},
)  # fmt: skip

add(
    "commune_misspelt_heads", "household", [
        ["DANH SÁCH NHÂN KHẨU"],
        ["STTT", "Họ và tênn", "Ngày tháng năm sịnh", "Giơi tính", "Quan hệ vơi chủ hộ", "Dân tôcj", "Số CCCĐ", "Nơi thừơng trú"],
    ],
    [number, "name", "dob", "sex", "relation", "ethnicity", "n12", "=Bản Phồng"],
    "name dob sex relation ethnicity n12", same={"place": "Bản Phồng"},
)  # fmt: skip

add(
    "commune_dotted_heads", "", [
        ["DS nhân khẩu bản Phồng"],
        ["T.T", "H.tên", "N.sinh", "G.tính", "D.tộc", "Q.quán", "CCCD", "Đ.chỉ", "G.chú"],
    ],
    [number, "name", "dob", "sex", "ethnicity", "=Tam Hợp", "n12", "=Bản Phồng", ""],
    "name dob sex ethnicity n12", same={"origin": "Tam Hợp", "place": "Bản Phồng"},
)  # fmt: skip

add(
    "commune_notes_first", "", [
        ["Ghi chú", "SĐT", "Nơi ở hiện nay", "Dân tộc", "Số CCCD", "Giới tính", "Ngày sinh", "Họ và tên", "TT"],
    ],
    ["=đã gọi", "=0912345678", "=Bản Phồng", "ethnicity", "n12", "sex", "dob", "name", number],
    "name dob sex ethnicity n12", same={"place": "Bản Phồng", "note": "đã gọi"},
)  # fmt: skip

add(
    "commune_serials_as_text", "id", [
        ["DANH SÁCH CẤP CCCD"],
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"],
    ],
    [number, "name", lambda p, i: str(_serial(p["dob"])), "sex", "n12"],
    "name dob sex n12",
)  # fmt: skip


def _serial(dob: str) -> int:
    import datetime

    day, month, year_ = map(int, dob.split("/"))
    return (datetime.date(year_, month, day) - datetime.date(1899, 12, 30)).days


add(
    "commune_blanks_of_all_kinds", "", [
        ["DANH SÁCH NHÂN KHẨU THƯỜNG TRÚ"],
        ["STT", "Họ và tên ", " Ngày sinh", "Giới\u00a0tính", "Số CCCD"],
    ],
    [number, lambda p, i: "\u00a0" + p["name"].replace(" ", "\u00a0") + "  ", lambda p, i: f" {p['dob']} ", "sex", "n12"],
    "name dob sex n12", format="csv",
)  # fmt: skip

add(
    "commune_village_rows_with_counts", "", [
        ["DANH SÁCH HỘ DÂN XÃ TAM HỢP"],
        ["TT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD"],
        ["I", "BẢN PHỒNG (4 hộ, 11 khẩu, trong đó 6 nữ)", "", "", ""],
    ],
    [number, "name", year, "sex", "n12"],
    "name dob:year sex n12", village="phong", merged=[over(2, 1, 4, "BẢN PHỒNG (4 hộ, 11 khẩu, trong đó 6 nữ)")],
    below=[["", "Cộng bản Phồng: 11 khẩu"], ["", "Tổng cộng: 11 nhân khẩu"], ["", "(Danh sách này có 11 người./.)"],
           [], ["", "", "", "Tam Hợp, ngày … tháng … năm 2024"], ["", "Người lập biểu", "", "TM. UBND XÃ"], ["", "Lô Văn Hợi", "", "Vi Văn Quý"]],
)  # fmt: skip

add(
    "commune_vaccinated_children", "", [
        ["TRẠM Y TẾ XÃ TAM HỢP - SỔ TIÊM CHỦNG CƠ BẢN CHO TRẺ EM"],
        ["TT", "Họ và tên trẻ", "Ngày sinh", "Giới", "Họ tên mẹ", "Điện thoại mẹ", "Địa chỉ", "VGB", "BCG", "DPT1", "DPT2", "Sởi"],
    ],
    [number, "name", "dob", "sex", "mother", "=0987654321", "=Bản Phồng", "=12/3", "=x", "=x", "=x", ""],
    "name dob sex mother", same={"place": "Bản Phồng"},
)  # fmt: skip

add(
    "commune_heading_for_each_home", "household", [["SỔ HỘ KHẨU BẢN PHỒNG"]],
    [], "", rows=[
        line
        for n, home in enumerate(HOMES, 1)
        for line in (
            [f"Hộ số {n}: {home[0]['name']} - Số sổ: 1850{n}"],
            ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ", "Số CCCD"],
            *body([number, "name", "dob", "sex", "relation", "n12"], home),
            [],
        )
    ], expected="name dob sex relation n12", village="phong",
)  # fmt: skip

add(
    "commune_card_in_three", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Căn cước công dân", "", "", "HKTT"],
        ["", "", "", "Số", "Ngày cấp", "Nơi cấp", ""],
    ],
    [number, "name", "dob", "n12", "issue_date", "=Cục CS QLHC về TTXH", "=Bản Phồng"],
    "name dob n12 issue_date", same={"issue_place": "Cục CS QLHC về TTXH", "place": "Bản Phồng"}, merged=[over(0, 3, 5, "Căn cước công dân")],
)  # fmt: skip

add(
    "commune_dates_in_sex_columns", "", [
        ["DANH SÁCH NGƯỜI CAO TUỔI"],
        ["TT", "Họ và tên", "Ngày tháng năm sinh", "", "Tuổi", "Chỗ ở", "Mức hưởng"],
        ["", "", "Nam", "Nữ", "", "", ""],
    ],
    [number, "name", when("Nam", lambda p: p["dob"]), when("Nữ", lambda p: p["dob"]), 70, "=Bản Phồng", "=360.000"],
    "name dob sex", same={"place": "Bản Phồng"}, merged=[over(1, 2, 3, "Ngày tháng năm sinh")],
)  # fmt: skip

add(
    "commune_coded_sex", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính\n(1: Nam, 2: Nữ)", "Mã dân tộc", "Số định danh"],
    ],
    [number, "name", "dob", lambda p, i: 1 if p["sex"] == "Nam" else 2, "=03", "n12"],
    "name dob n12", same={"*": "sex ethnicity"},
)  # fmt: skip

add(
    "commune_roman_homes_bold", "household", [
        ["SỔ THEO DÕI HỘ KHẨU"],
        ["TT", "Họ và tên", "Sinh năm", "GT", "QH với chủ hộ"],
    ],
    [], "", rows=[
        line
        for n, home in zip(("I", "II", "III", "IV"), HOMES, strict=True)
        for line in [
            [S(n, bold=True), S(home[0]["name"], bold=True), home[0]["dob"][-4:], home[0]["sex"], home[0]["relation"]],
            *body([number, "name", lambda p, i: p["dob"][-4:], "sex", "relation"], home[1:]),
        ]
    ], expected="name dob:year sex relation",
)  # fmt: skip

add(
    "commune_page_breaks", "", [
        ["DANH SÁCH NHÂN KHẨU"],
        ["TT", "Họ và tên", "Ngày sinh", "Số CCCD"],
    ],
    [], "", rows=[
        *body([number, "name", "dob", "n12"], PEOPLE[:5]),
        ["Cộng trang: 5"],
        ["(tiếp theo)"],
        ["TT", "Họ và tên", "Ngày sinh", "Số CCCD"],
        *body([number, "name", "dob", "n12"], PEOPLE[5:]),
        ["Cộng trang: 6", "", "", ""],
        ["Lũy kế: 11", "", "", ""],
    ], expected="name dob n12",
)  # fmt: skip

add(
    "commune_lodgers", "", [
        ["SỔ ĐĂNG KÝ TẠM TRÚ"],
        ["STT", "Họ tên người tạm trú", "Năm sinh", "Giới tính", "CMND/CCCD", "Nơi thường trú", "Tạm trú từ ngày", "Đến ngày", "Họ tên chủ nhà", "Số CCCD chủ nhà"],
    ],
    [number, "name", year, "sex", "n12", "=Bản Phồng", "=01/02/2024", "=01/02/2025", "=Vi Văn Chủ", "=040070009999"],
    "name dob:year sex n12", same={"place": "Bản Phồng"},
)  # fmt: skip

add(
    "commune_the_dead", "", [
        ["DANH SÁCH NGƯỜI ĐÃ CHẾT CHƯA XÓA ĐĂNG KÝ THƯỜNG TRÚ"],
        ["TT", "Họ và tên người chết", "Sinh năm", "Nam/nữ", "Số ĐDCN", "Chết ngày", "Nguyên nhân", "Người khai báo", "Quan hệ với người chết"],
    ],
    [number, "name", year, "sex", "n12", "=02/03/2021", "=Bệnh", "=Vi Văn Khai", "=Con"],
    "name dob:year sex n12",
)  # fmt: skip

add(
    "commune_rice_by_home", "", [
        ["DANH SÁCH CẤP GẠO CỨU ĐÓI GIÁP HẠT BẢN PHỒNG"],
        ["Stt", "Họ tên chủ hộ", "Số khẩu", "Số kg", "Số CMND", "Ký nhận"],
    ],
    [number, "name", 4, 60, "n9", ""],
    "name n9", village="phong",
)  # fmt: skip

add(
    "commune_abroad", "", [
        ["DANH SÁCH LAO ĐỘNG ĐI LÀM VIỆC Ở NƯỚC NGOÀI"],
        ["TT", "Họ và tên", "Ngày sinh", "GT", "Số hộ chiếu", "Nước đến", "Ngày xuất cảnh", "Thân nhân ở nhà", "SĐT thân nhân", "Bản"],
    ],
    [number, "name", "dob", "sex", "=C1234567", "=Đài Loan", "=05/06/2019", "=Vi Thị Thân", "=0911222333", "=Phồng"],
    "name dob sex", same={"place": "Phồng"}, village="phong",
)  # fmt: skip

add(
    "commune_accounts", "", [
        ["TỔNG HỢP KÍCH HOẠT ĐỊNH DANH ĐIỆN TỬ (VNeID)"],
        ["TT", "Họ và tên công dân", "Số định danh cá nhân", "Ngày sinh", "SĐT đăng ký", "Mức độ 1", "Mức độ 2", "Đã kích hoạt", "Lý do chưa kích hoạt"],
    ],
    [number, "name", "n12", "dob", "=0977888999", "=x", "", "=x", ""],
    "name dob n12",
)  # fmt: skip

add(
    "commune_dc01_numbered", "", [
        ["PHIẾU THU THẬP THÔNG TIN DÂN CƯ - BẢNG KÊ"],
        ["STT", "1. Họ, chữ đệm và tên khai sinh", "2. Ngày, tháng, năm sinh", "3. Nhóm máu", "4. Giới tính", "5. Tình trạng hôn nhân", "6. Nơi đăng ký khai sinh", "7. Quê quán", "8. Dân tộc", "9. Quốc tịch", "10. Tôn giáo", "11. Số ĐDCN", "Số CMND", "12. Nơi thường trú", "14. Họ tên cha", "Số ĐDCN của cha", "Họ tên mẹ", "Số ĐDCN của mẹ"],
    ],
    [number, "name", "dob", "", "sex", "=Đã kết hôn", "=Xã Tam Hợp", "=Tam Hợp", "ethnicity", "=Việt Nam", "=Không", "n12", "n9", "=Bản Phồng", "father", "=040030001111", "mother", "=040134001112"],
    "name dob sex ethnicity n12 n9 father mother",
    same={"reg_place": "Xã Tam Hợp", "origin": "Tam Hợp", "nationality": "Việt Nam", "place": "Bản Phồng", "*": "religion"},
)  # fmt: skip

add(
    "commune_name_and_year_in_one", "", [
        ["DANH SÁCH HỘ VIÊN HỘI NÔNG DÂN"],
        ["TT", "Họ và tên, năm sinh", "Dân tộc", "Số CCCD"],
    ],
    [number, lambda p, i: f"{p['name']}, {p['dob'][-4:]}" if i % 2 else f"{p['name']} ({p['dob'][-4:]})", "ethnicity", "n12"],
    "name dob:year ethnicity n12",
)  # fmt: skip

add(
    "commune_district_era_heading", "household", [
        ["CÔNG AN HUYỆN TƯƠNG DƯƠNG\nCÔNG AN XÃ TAM HỢP", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
        ["", "", "", "", "Tam Hợp, ngày 05 tháng 6 năm 2019"],
        ["THỐNG KÊ HỘ KHẨU, NHÂN KHẨU BẢN PHỒNG\n(Kèm theo Công văn số 12/CV-CAX ngày 01/6/2019)"],
        ["TT", "Họ tên chủ hộ và nhân khẩu", "Năm sinh", "", "Quan hệ", "Dân tộc", "Nghề nghiệp"],
        ["", "", "Nam", "Nữ", "", "", ""],
        ["1", "2", "3", "4", "5", "6", "7"],
    ],
    [number, "name", MALE_YEAR, FEMALE_YEAR, "relation", "ethnicity", "=LR"],
    "name dob:year sex relation ethnicity", village="phong",
    merged=[over(0, 0, 3, "CÔNG AN HUYỆN TƯƠNG DƯƠNG\nCÔNG AN XÃ TAM HỢP"), over(2, 0, 6, "THỐNG KÊ HỘ KHẨU, NHÂN KHẨU BẢN PHỒNG"),
            over(3, 2, 3, "Năm sinh"), *down(3, 4, (0, "TT"), (1, "Họ tên chủ hộ và nhân khẩu"), (4, "Quan hệ"), (5, "Dân tộc"), (6, "Nghề nghiệp"))],
)  # fmt: skip
