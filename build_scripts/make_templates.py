"""Writes the report templates of resources/templates; officers edit copies of them in Excel: `make_templates.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

ROOT = Path(__file__).resolve().parents[1]
_HEAD = PatternFill("solid", fgColor="DCEDE8")
_LINE = Border(*(Side(style="thin", color="999999"),) * 4)

# Lines of the report: words, query. The columns are this week, of, last week, change.
LINES = (
    ("ĐÚNG", ""),
    ("Không còn điểm lệch và đã xem ít nhất một giấy tờ", "right.both"),
    ("Không còn điểm lệch ở mục chính", "right.agreed"),
    ("Đã xem ít nhất một giấy tờ", "right.seen"),
    ("ĐỦ", ""),
    ("Số mục đã điền / phải điền", "full.filled"),
    ("Có trong sổ, đã gặp hoặc được người nhà xác nhận", "full.met"),
    ("Có trong sổ, không ai biết", "full.missing"),
    ("Ở thực tế, chưa có trong sổ", "full.extra"),
    ("Từ 14 tuổi có số định danh", "full.number"),
    ("Từ 14 tuổi có căn cước còn hạn", "full.card"),
    ("Từ 14 tuổi đã kích hoạt VNeID", "full.account"),
    ("SẠCH", ""),
    ("Không trùng, không sai, không còn người đã mất", "clean.all"),
    ("Nghi trùng người", "clean.duplicate"),
    ("Trùng số định danh", "clean.shared"),
    ("Quan hệ vô lý", "clean.kin"),
    ("Số, ngày ghi sai", "clean.form"),
    ("Đã mất còn trong sổ", "clean.dead"),
    ("SỐNG", ""),
    ("Được xác nhận trong 90 ngày", "live.90"),
    ("Được xác nhận trong 180 ngày", "live.180"),
    ("Số ngày (trung vị) từ khi có biến động đến khi ghi", "live.lag"),
    ("Cải chính chờ quá 7 ngày", "live.late"),
    ("MỨC TIN CẬY", ""),
    ("Người đã được hỏi đến", "sure.visited"),
    ("Hộ đã đến", "sure.houses"),
    ("TRONG TUẦN", ""),
    ("Hộ đã gặp", "week.houses_met"),
    ("Điểm lệch đã giải quyết", "week.decided"),
    ("Sinh", "week.told.born"),
    ("Mất", "week.told.died"),
    ("Chuyển đi", "week.told.moved"),
    ("Về làm dâu, rể", "week.told.married_in"),
    ("HỒ SƠ ĐANG MỞ (cột “Trên tổng” là quá hạn)", ""),
    ("Mất, thiếu tàng thư", "case.archive"),
    ("Ở nước ngoài", "case.abroad"),
    ("Chưa có giấy khai sinh", "case.no_birth"),
    ("Cần thu nhận tại nhà", "case.home_intake"),
    ("Cải chính hộ tịch", "case.correction"),
    ("Đến kỳ làm căn cước", "case.card_due"),
    ("VNeID", "case.vneid"),
    ("Trùng, sai số", "case.numbers"),
    ("Đã mất còn trong sổ", "case.dead_listed"),
)


def weekly(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Báo cáo tuần"
    sheet["A1"], sheet["A2"] = "{{unit}}", "BÁO CÁO TUẦN {{week}} (từ {{first}} đến {{last}})"
    sheet["A2"].font = Font(bold=True, size=14)
    for column, text in enumerate(("Nội dung", "Tuần này", "Trên tổng", "Tuần trước", "Tăng/giảm"), start=1):
        cell = sheet.cell(4, column, text)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _LINE
    for row, (words, query) in enumerate(LINES, start=5):
        sheet.cell(row, 1, words).font = Font(bold=not query)
        if query:
            second = f"{query}:late" if query.startswith("case.") else f"{query}:of"
            cells = [query, "" if query.startswith("week.") else second]
            cells += ["", ""] if query.startswith("case.") else [f"{query}:last", f"{query}:change"]
            for column, name in enumerate(cells, start=2):
                if name:
                    sheet.cell(row, column, "{{" + name + "}}")
        for column in range(1, 6):
            sheet.cell(row, column).border = _LINE
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="center")
    end = 5 + len(LINES) + 1
    sheet.cell(end, 1, "Khó khăn, vướng mắc:")
    sheet.cell(end + 2, 3, "Ngày {{day}}")
    sheet.cell(end + 3, 3, "{{officer}}")
    for column, width in zip("ABCDE", (56, 12, 12, 12, 12), strict=True):
        sheet.column_dimensions[column].width = width
    _villages(book)
    book.save(path)


def _villages(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("Theo bản")
    sheet["A1"] = "{{unit}} · tuần {{week}}"
    heads = ("Bản", "Nhân khẩu", "Đúng", "Mục đã điền", "Mục phải điền", "Sạch", "Sống 90 ngày", "Hộ đã đến", "Số hộ")
    names = (
        "right.both:of", "right.both", "full.filled", "full.filled:of", "clean.all", "live.90", "sure.houses",
        "sure.houses:of",
    )  # fmt: skip
    for column, text in enumerate(heads, start=1):
        cell = sheet.cell(3, column, text)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _LINE
        sheet.column_dimensions[cell.column_letter].width = 30 if column == 1 else 13
    sheet.cell(4, 1, "{{each.village}}{{village}}").border = _LINE
    for column, name in enumerate(names, start=2):
        sheet.cell(4, column, "{{" + name + "}}").border = _LINE


def main() -> int:
    folder = ROOT / "resources" / "templates"
    folder.mkdir(exist_ok=True)
    weekly(folder / "weekly.xlsx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
