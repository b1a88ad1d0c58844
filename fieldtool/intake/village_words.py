"""How lists name a village: the unit words, and where the name begins and ends in a row or a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from fieldtool.intake.columns import flat
from fieldtool.records.surnames import is_known

_WORD = r"(?:ban|thon|xom|lang|buon|khoi(?: pho)?|to dan pho|tdp|cum(?: dan cu)?|ap|doi|khu(?: dan cu| pho)?|to)"
_BODY = r"(?:chi (?:hoi(?: [a-z]+(?: [a-z]+){0,3}?)?|doan|bo)|phan hoi)"  # "Chi hội nông dân bản Na Pu"
_ROW = re.compile(
    rf"^[*+\-–•#.>\s]*(?:(?:[ivx]{{1,5}}|\d{{1,2}}|[a-h])\s*[.):/\-]*\s*)?(?:{_BODY}\s+)?({_WORD}\b\s*:?\s*[^\W_].*)$",
    re.DOTALL,
)
_TITLE = re.compile(r"\b((?:ban|thon|xom|khoi|to dan pho)\b\s*:?\s+[^\W_].*)$", re.DOTALL)
_OFFICE = re.compile(r"^ban (?:ca|cax|cong an|chi huy|quan ly|giam|dan van|chap hanh|thuong truc|to chuc|kiem)\b")
# "Tổ trưởng", "Đội phó", "Tổ viên" hold an office, "Tổ vay vốn số 1" is a body of people: no places.
_BODIES = re.compile(
    r"^(?:tổ|đội|cụm|khu|bản|thôn|khối|xóm)\s+(?:viên|trưởng|phó)\b"
    r"|^(?:tổ|đội|cụm)\s+(?:vay|tiết kiệm|tk ?&|hợp tác|sản xuất|công tác|tự quản"
    r"|an ninh|bảo vệ|hòa giải|hoà giải|bầu cử)\b",
    re.IGNORECASE,
)
_LIST_TITLE = re.compile(r"^(?:danh sach|ds|so (?:ho khau|dang ky|theo doi|quan ly)|bieu|bang|tong hop)\b")
_ENDS = re.compile(r"[,;–—()\n]|\s-\s|\s(?:xã|phường|huyện|tỉnh|thị trấn|năm)[\s:]|:(?=\s*\d)", re.IGNORECASE)


def village_of_row(text: str) -> str:
    """The village that a row across the sheet names ("II. Bản Xốp Nặm: 12 hộ"), also as the title of the next list
    ("DANH SÁCH NHÂN KHẨU BẢN XỐP NẶM"); "" when it names none."""
    plain = flat(text)
    match = _ROW.match(plain)
    if match:
        return _named(text, match.start(1))
    return village_of_title(text) if _LIST_TITLE.match(plain) else ""


def village_of_tab(name: str) -> str:
    """The village that a sheet is named after ("Bản Xốp Nặm"), "" for none."""
    plain = flat(name).replace("_", " ")
    return _named(name.replace("_", " "), 0) if _TITLE.match(plain) else ""


# Tabs of a workbook of villages that are none: overviews, covers, what is counted.
_NO_VILLAGE = re.compile(
    r"^(?:sheet|trang|tong|tong hop|danh sach|ds|bia|mau|phu luc|huong dan|ghi chu|chung|toan xa|ca xa|xa|khac|chua|da"
    r"|nam|nu|to|ban|doi|nhom|thang|quy|ho|can|tre|nguoi|lop|to khai|bieu|bang|so lieu|cong an|chuyen|chet|tam)\b"
)
_CUT = re.compile(r"[Bb]\s*[._]\s*(?=[^\W\d_]{2})")  # "B.Xốp Nặm"
_BARE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")


def village_among(name: str, others: Iterable[str]) -> str:
    """The village of a tab that leaves out the unit word ("Xốp Nặm") in a workbook at least half of whose other
    tabs, and two, are named after villages with it, or whose tabs are all such bare names, or cut it ("B.Xốp Nặm");
    "" for any other."""
    rest = [other for other in others if other != name]
    if (cut := _CUT.match(name)) and 2 * sum(bool(_CUT.match(other)) for other in rest) >= len(rest) >= 2:
        return f"Bản {name[cut.end() :].strip()}"
    told = sum(bool(village_of_tab(other)) for other in rest)
    bare = " ".join(name.replace("_", " ").split())
    if not _BARE.fullmatch(bare) or _NO_VILLAGE.match(flat(bare)):
        return ""
    if (told >= 2 and 2 * told >= len(rest)) or (not told and _all_villages([name, *rest])):
        return f"Bản {bare}"
    return ""


# Thái, Khơ Mú and Vietnamese words for stream, mouth of a stream, field, hill, flat land, with which villages begin.
_LAND = frozenset(
    ("huồi", "xốp", "sốp", "na", "nậm", "khe", "pù", "phà", "phiêng", "piêng", "púng", "pủng", "bủng", "mường", "noóng")
)


def _all_villages(names: Iterable[str]) -> bool:
    """Whether tabs without a unit word are all villages: at least three, most of two words, written as names are, two
    of them after a stream or a hill, no person's full name among them; overviews and covers may stand beside.

    "Khai Sinh", "Khai Tử", "Kết Hôn" are written alike: without the streams nothing tells villages from them."""
    bare = [" ".join(name.replace("_", " ").split()) for name in names]
    named = [name for name in bare if not _NO_VILLAGE.match(flat(name))]
    parts = [name.split(" ") for name in named if _BARE.fullmatch(name)]
    proper = all(word[0].isupper() and word[1:].islower() for words in parts for word in words if len(word) > 1)
    people = any(len(words) > 2 and is_known(words[0]) for words in parts)
    places = sum(len(words) > 1 and words[0].lower() in _LAND for words in parts)
    return (
        len(parts) == len(named) >= 3
        and 2 * sum(len(words) > 1 for words in parts) > len(parts)
        and proper
        and places >= 2
        and not people
    )


def village_of_title(text: str) -> str:
    """The village that a title line names, "" for none."""
    for match in _TITLE.finditer(flat(text)):
        found = _named(text, match.start(1))
        if found:
            return found
    return ""


# Unit words that are surnames with other marks, or with none: Lang, Tô, Bàn, Đôi, Khôi, Cum.
_MARKED = {
    "ban": "bản", "thon": "thôn", "xom": "xóm", "lang": "làng", "buon": "buôn", "khoi": "khối", "to": "tổ",
    "cum": "cụm", "ap": "ấp", "doi": "đội", "khu": "khu",
}  # fmt: skip
_PERSON = re.compile(r"[a-z]+ (?:van|thi|ba|y) [a-z]+$")


def _named_like_unit(first: str, rest: str) -> bool:
    """Whether a person of such a surname is named: its marks are not the unit's ("Tô Văn An"), it has none in a text
    that has others ("Lang Văn An"), or all are missing and Van, Thi, Ba or Y stands between ("Lang Van An")."""
    if first.isascii() and rest.isascii():
        return bool(_PERSON.match(flat(rest)))
    marked = _MARKED.get(flat(first), first)
    return first != marked and (not first.isascii() or is_known(first))


def _named(text: str, start: int) -> str:
    """The name from its unit word on; "ban" with another mark (Ủy ban, ban công an) is no bản."""
    rest = text[start:]
    first = rest.split(" ", 1)[0].lower().rstrip(":")
    if first == "ban" and (not text.isascii() or _OFFICE.match(flat(rest))):
        return ""
    if _BODIES.match(unicodedata.normalize("NFC", rest)):
        return ""
    if _named_like_unit(unicodedata.normalize("NFC", first), rest):
        return ""
    end = _ENDS.search(rest)
    return (rest[: end.start()] if end else rest).strip(" .:")
