"""Headings that speak of somebody beside the person of a row: parents, the head, a spouse, guardians, officers."""

from __future__ import annotations

import re

from fieldtool.intake.meanings import Extra, Meaning, flat
from fieldtool.records.fields import Field

_KIN_WORDS = frozenset({"cha", "bố", "bo", "mẹ", "me", "vợ", "vo", "chồng", "chong"})
_FLAT_KIN = frozenset({"cha", "bo", "me", "vo", "chong"})


def true_kin(text: str) -> str:
    """The text without words that only lose their marks to a kin's ("Chi bộ" is no father)."""
    if text.isascii():
        return text
    return " ".join("" if flat(w) in _FLAT_KIN and w.lower() not in _KIN_WORDS else w for w in text.split(" "))


# People beside the one a row is about: their numbers and dates must never become his.
_OTHERS = re.compile(
    r"\bnguoi (?:di|yeu cau|khai|giam ho|dai dien|than|lien he|lien lac|nop|nhan|lap|ky|tho|bao|lam chung|thu|dung|nhap"
    r"|thua ke|cung vay|dong vay|cham soc|bao tro"
    r"|bao lanh|uy quyen|duoc uy quyen|nuoi|do dau|phu thuoc|huong|mai tang|kiem|ghi|cap|thuc hien|phoi ngau)\b"
    r"|\bcan bo\b|\bgiam ho\b|\bdai dien\b|\bchu (?:nha|tro|dat|xe|su dung)\b|\bgiao vien\b|\bdieu tra vien\b"
    r"|\bphu huynh\b|\bnguoi (?:thue|cho thue|cho o)\b|\b(?:ong|ba) (?:noi|ngoai)\b"
    r"|\b(?:informant|guardian|declarant)\b"
)


def of_parents(heading: str) -> bool:
    """Whether flat words speak of a father or a mother."""
    return any(pattern.search(heading) for pattern, *_ in _KIN[:2])


def of_others(heading: str) -> bool:
    """Whether flat words speak of somebody else than the row's own person and his kin."""
    return bool(_OTHERS.search(heading))


_KIN = (
    (re.compile(r"\b(?:cha|bo|father)\b"), Field.FATHER, Field.FATHER_DOB),
    (re.compile(r"\b(?:me|mother)\b"), Field.MOTHER, Field.MOTHER_DOB),
    (re.compile(r"\bchu ho\b|\bhousehold head\b|\bhead of (?:the )?(?:household|family)\b"), Field.HEAD, Extra.OTHER),
    (re.compile(r"\b(?:vo|chong|spouse|wife|husband)\b"), Field.SPOUSE, Extra.OTHER),
)
# "Họ tên vợ (chồng) chủ hộ" names no head.
_OF_THE_HEAD = re.compile(r"\b((?:vo|chong)(?: hoac)?(?: (?:vo|chong))?) (?:cua )?chu ho\b")
_NAMING = re.compile(r"\b(?:ho|ten|nguoi|ong|ba|name)\b")
BIRTH_WORDS = re.compile(r"\b(?:sinh|ns|ntns|birth|dob)\b")
_RELATION = re.compile(r"\b(?:quan he|q he|qh|qhch|relationship|relation)\b")
_OF_THEIRS = re.compile(
    r"\b(?:cmnd|cccd|cmt|cmtnd|dan toc|quoc tich|noi|que|can cuoc|dinh danh|dia chi|nghe|dien thoai|sdt|dt|tuoi|so|ngay"
    r"|thuong tru|ton giao|gioi|trinh do|hoc van|id|phone|occupation|ethnicity|nationality|address|giay to|ma)\b"
)


def of_kin(heading: str) -> Meaning | None:
    """The name or birth date of a parent, of the head or of a spouse, OTHER for whatever else belongs to another person
    than the row's own; None when the heading speaks of none or of two."""
    heading = _OF_THE_HEAD.sub(r"\1", heading)
    found = [(name, birth) for pattern, name, birth in _KIN if pattern.search(heading)]
    if len(found) == 1 and found[0][0] is Field.HEAD and _RELATION.search(heading):
        return Field.RELATION
    if of_others(heading):
        return Extra.OTHER
    if len(found) != 1 or "thanh vien" in heading or "nhan khau" in heading:
        return None
    name, birth = found[0]
    if _RELATION.search(heading):
        return Extra.OTHER
    rest = heading.replace("chu ho", "") if name is Field.HEAD else heading
    naming = bool(re.search(r"\b(?:ho(?: va| chu dem| dem)? ten|ho ten|full name)\b", rest))
    if BIRTH_WORDS.search(heading) and not naming:
        return birth
    if _OF_THEIRS.search(rest) and not (naming and BIRTH_WORDS.search(heading)):
        return Extra.OTHER
    return name if _NAMING.search(rest) or len(heading.split(" ")) <= 2 else None
