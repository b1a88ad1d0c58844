"""How a list closes, in words: lines of totals, and the signatures and remarks below the last person."""

from __future__ import annotations

import re

from fieldtool.intake.columns import flat

_TOTAL = re.compile(
    r"^(?:tong\b(?: so| cong| hop| nhan|\s*:|$)|cong(?: trang| so| cuoi| ban| xom| thon|\s*:|$)"
    r"|(?:trong do|bang chu)\s*:|so (?:ho|khau|nhan khau|nguoi)\s*:?\s*\d)"
)
_TOTAL_WITH_MARKS = re.compile(
    r"^(?:tổng|cộng|trong đó|bằng chữ|lũy kế|luỹ kế|mang sang|chuyển trang|số (?:hộ|khẩu|nhân khẩu|người)\s*:?\s*\d+)\b"
)
_PERSON = re.compile(r"[^\W\d_]+ (?:văn|thị|van|thi)\s[^\W\d_]+$")  # "Cộng Thị Hoa"
FOOTER = re.compile(
    r"^(?:nguoi (?:lap|ghi|tong hop|kiem|dieu tra|khai|viet|nhap)|can bo|tm\b|kt\b|tl\b"
    r"|truong (?:cong an|ban|thon|xom|ca)|pho (?:truong|chu)|chu tich|\(?ky\b|ky ten|xac nhan|thu truong"
    r"|lap bieu|lap danh sach|noi nhan|cong an (?:xa|vien|phuong|huyen|tinh)|uy ban|ubnd"
    r"|danh sach (?:nay|tren|gom|co)\b|ghi chu\s*:|luu y|ngay\b.{0,12}thang|\(da ky\)|da ky|dau va"
    r"|bi thu|cong chuc|dai dien|(?:thu ky|chu tri|ke toan|thu quy|thu kho)(?: (?:truong|hop|cuoc hop|hoi nghi|xa))?$)"
    r"|,\s*ngay\s*\d{1,2}\s*[/.\-]|ngay\s*[\d.… ]*\s*thang\s*[\d.… ]*\s*nam|\bky (?:va )?(?:ghi )?(?:ro )?ho ten"
)
_OPENING = ' (*-–+"“'  # what may stand before the words of a closing line


def is_total(text: str) -> bool:
    """Whether a text opens a line of totals; the surname Tống does not."""
    plain = text.lower().lstrip("*+- ")
    if _PERSON.match(plain):
        return False
    if plain.isascii():
        return bool(_TOTAL.match(plain))
    return bool(_TOTAL_WITH_MARKS.match(plain)) and (not plain.startswith("tổng") or bool(_TOTAL.match(flat(plain))))


def closes_list(text: str) -> bool:
    """Whether a text is one of those that stand below a list ("NGƯỜI LẬP BIỂU", "Ký, ghi rõ họ tên")."""
    return bool(FOOTER.search(flat(text).lstrip(_OPENING)))
