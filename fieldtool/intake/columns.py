"""What a column of a list can mean, and how a heading is understood. The words lie in resources/intake/headers.csv."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from fieldtool.records.fields import Field
from fieldtool.records.tables import table_text


class Extra(StrEnum):
    """Meanings of a column that are no field of a document by themselves."""

    KEY = "key"  # the list's own key (Mã, rec_id)
    ORDINAL = "stt"
    DOC = "doc"  # the kind of each row
    HOUSEHOLD_NO = "household_no"  # ordinal of the household inside the list
    SURNAME = "surname"  # họ và chữ đệm, the given name standing in a column of its own
    GIVEN = "given"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    YEAR_MALE = "year_male"  # "Năm sinh: Nam | Nữ": the column tells the sex
    YEAR_FEMALE = "year_female"
    MARK_MALE = "mark_male"  # "Giới tính: Nam | Nữ" with a cross
    MARK_FEMALE = "mark_female"
    MALE = "male"  # a bare "Nam" whose content must tell which of the two it is
    FEMALE = "female"
    NUMBER = "number"  # CMND or CCCD in one column
    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    OTHER = "other"  # known, and not kept


Meaning = Field | Extra

_MEANINGS: Mapping[str, Meaning] = {item.value: item for group in (Field, Extra) for item in group}
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_PARENTHESES = re.compile(r"[(\[{].*?[)\]}]")
_STARS = re.compile(r"[*:\s]+$|^[*\s]+")
_NUMBERING = re.compile(r"^\s*[\[(]?\s*(?:\d{1,2}|[IVX]{1,4}|[a-z])\s*[\])./:]\s+", re.IGNORECASE)


def meaning_of_code(code: str) -> Meaning:
    """The meaning a saved mapping names; ValueError for an unknown one."""
    if code not in _MEANINGS:
        raise ValueError(code)
    return _MEANINGS[code]


def flat(text: str) -> str:
    """Lower case without marks, one character for each of the NFC text, so that positions stay comparable."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed.lower()
    return "".join([_flat_character(character) for character in composed])


@cache
def _flat_character(character: str) -> str:
    if character in "đĐÐð":
        return "d"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def words(text: str) -> str:
    """The flat words of a text, one blank between them."""
    return _NOT_WORD.sub(" ", flat(text)).strip()


@cache
def synonyms() -> Mapping[str, Meaning]:
    """Flat heading → meaning, from the table."""
    table: dict[str, Meaning] = {}
    for row in csv.reader(io.StringIO(table_text("intake/headers.csv"))):
        if row[0] == "column":
            continue
        for heading in ",".join(row[1:]).split("|"):
            table.setdefault(words(heading), _MEANINGS[row[0]])
    return table


@cache
def _run_together() -> Mapping[str, Meaning]:
    """The known headings without blanks, for headings broken or joined anywhere ("Ngày s-inh", "HoTenCha"); those that
    would then mean two things are left out."""
    table: dict[str, Meaning | None] = {}
    for heading, meaning in synonyms().items():
        joined = heading.replace(" ", "")
        table[joined] = meaning if table.get(joined, meaning) is meaning else None
    return {joined: meaning for joined, meaning in table.items() if meaning is not None and len(joined) > 2}


@lru_cache(maxsize=8192)
def meaning_of(heading: str) -> tuple[Meaning | None, float]:
    """What one heading means and how sure that is (1 exact, 0.5 as a part of it, 0 not at all)."""
    text = _STARS.sub("", _NUMBERING.sub("", unicodedata.normalize("NFC", heading).strip()))
    bare = _PARENTHESES.sub(" ", text)
    for candidate in (text, bare):
        found = _exact(candidate)
        if found is not None:
            return found, 1.0
    inside = _PARENTHESES.findall(text)
    if inside and not words(bare):
        return meaning_of(inside[0][1:-1])
    plain = words(_unjoined(_true_kin(bare)))
    kin = of_kin(plain)
    if kin is not None:
        return kin, 0.8
    lines = [line for line in re.split(r"\n|\s/\s", bare) if words(line)]
    spoken = {_exact(line) for line in lines} - {None}
    if len(lines) > 1 and len(spoken) == 1:
        return spoken.pop(), 0.9  # two languages, one heading
    short = _abbreviated(plain)
    if short is not None:
        return short, 0.9
    if number_family(plain) is Extra.NUMBER and not _TURNS.search(plain):
        return Extra.NUMBER, 0.8  # both are named, whichever comes last
    misspelt = _misspelt(plain)
    if misspelt is not None:
        return misspelt, 0.7
    part, sure = _partly(plain)
    if part is None and (number := number_family(plain)) is not None and not _TURNS.search(plain):
        return number, 0.5
    return part, sure


_NINE = re.compile(r"\b(?:cmnd|cmt|cmtnd|gcmnd|chung minh)\b")
_TWELVE = re.compile(r"\b(?:cccd|cc|can cuoc|dinh danh|ddcn|sddcn|dinh danh ca nhan)\b")
_NO_NUMBER = re.compile(r"\b(?:ngay|noi|han|ho|ten|cap|anh|tai khoan|muc|da|chua|tinh trang|loai|co quan)\b")


def number_family(plain: str) -> Meaning | None:
    """Which personal number flat words speak of; None for none or for what belongs to a card besides its number."""
    nine, twelve = bool(_NINE.search(plain)), bool(_TWELVE.search(plain))
    if not (nine or twelve) or _NO_NUMBER.search(plain):
        return None
    return Extra.NUMBER if nine and twelve else Field.N9 if nine else Field.N12


_KIN_WORDS = frozenset({"cha", "bố", "bo", "mẹ", "me", "vợ", "vo", "chồng", "chong"})
_FLAT_KIN = frozenset({"cha", "bo", "me", "vo", "chong"})


def _true_kin(text: str) -> str:
    """The text without words that only lose their marks to a kin's ("Chi bộ" is no father)."""
    if text.isascii():
        return text
    return " ".join("" if flat(w) in _FLAT_KIN and w.lower() not in _KIN_WORDS else w for w in text.split(" "))


def _unjoined(text: str) -> str:
    """A database column's name cut into words: "HoTenCha", "HO_TEN_CHA"."""
    if " " in text.strip():
        return text
    return "".join(
        f" {letter}" if letter == "_" or (letter.isupper() and before.islower()) else letter
        for before, letter in zip(" " + text, text, strict=False)
    )


def _exact(text: str) -> Meaning | None:
    plain = words(text)
    return synonyms().get(plain) or _run_together().get(plain.replace(" ", ""))


# People beside the one a row is about: their numbers and dates must never become his.
_OTHERS = re.compile(
    r"\bnguoi (?:di|yeu cau|khai|giam ho|dai dien|than|lien he|lien lac|nop|nhan|lap|ky|bao|lam chung|thu|dung|nhap"
    r"|bao lanh|uy quyen|duoc uy quyen|nuoi|do dau|phu thuoc|huong|mai tang|kiem|ghi|cap|thuc hien|phoi ngau)\b"
    r"|\bcan bo\b|\bgiam ho\b|\bdai dien\b|\bchu (?:nha|tro|dat|xe|su dung)\b|\bgiao vien\b|\bdieu tra vien\b"
    r"|\bphu huynh\b|\bnguoi (?:thue|cho thue|cho o)\b|\b(?:ong|ba) (?:noi|ngoai)\b"
    r"|\b(?:informant|guardian|declarant)\b"
)
_KIN = (
    (re.compile(r"\b(?:cha|bo|father)\b"), Field.FATHER, Field.FATHER_DOB),
    (re.compile(r"\b(?:me|mother)\b"), Field.MOTHER, Field.MOTHER_DOB),
    (re.compile(r"\bchu ho\b|\bhousehold head\b|\bhead of (?:the )?(?:household|family)\b"), Field.HEAD, Extra.OTHER),
    (re.compile(r"\b(?:vo|chong|spouse|wife|husband)\b"), Field.SPOUSE, Extra.OTHER),
)
_NAMING = re.compile(r"\b(?:ho|ten|nguoi|ong|ba|name)\b")
_BIRTH = re.compile(r"\b(?:sinh|ns|ntns|birth|dob)\b")
_RELATION = re.compile(r"\b(?:quan he|q he|qh|qhch|relationship|relation)\b")
_OF_THEIRS = re.compile(
    r"\b(?:cmnd|cccd|cmt|cmtnd|dan toc|quoc tich|noi|que|can cuoc|dinh danh|dia chi|nghe|dien thoai|sdt|dt|tuoi|so|ngay"
    r"|thuong tru|ton giao|gioi|trinh do|hoc van|id|phone|occupation|ethnicity|nationality|address|giay to|ma)\b"
)


def of_kin(heading: str) -> Meaning | None:
    """The name or birth date of a parent, of the head or of a spouse, OTHER for whatever else belongs to another person
    than the row's own; None when the heading speaks of none or of two."""
    found = [(name, birth) for pattern, name, birth in _KIN if pattern.search(heading)]
    if len(found) == 1 and found[0][0] is Field.HEAD and _RELATION.search(heading):
        return Field.RELATION
    if _OTHERS.search(heading):
        return Extra.OTHER
    if len(found) != 1 or "thanh vien" in heading or "nhan khau" in heading:
        return None
    name, birth = found[0]
    if _RELATION.search(heading):
        return Extra.OTHER
    rest = heading.replace("chu ho", "") if name is Field.HEAD else heading
    naming = bool(re.search(r"\b(?:ho(?: va| chu dem| dem)? ten|ho ten|full name)\b", rest))
    if _BIRTH.search(heading) and not naming:
        return birth
    if _OF_THEIRS.search(rest) and not (naming and _BIRTH.search(heading)):
        return Extra.OTHER
    return name if _NAMING.search(rest) or len(heading.split(" ")) <= 2 else None


@lru_cache(maxsize=4096)
def _abbreviated(heading: str) -> Meaning | None:
    """A heading whose words are partly cut to their first letters ("H tên", "Q hệ với chủ hộ"); None when it could be
    short for two things."""
    parts = heading.split(" ")
    if len(parts) < 2 or not any(len(part) == 1 for part in parts) or max(map(len, parts)) < 2:
        return None
    found = set()
    for known, meaning in synonyms().items():
        whole = known.split(" ")
        if len(whole) == len(parts) and all(
            full == part or (len(part) == 1 and full[0] == part) for full, part in zip(whole, parts, strict=True)
        ):
            found.add(meaning)
    return found.pop() if len(found) == 1 else None


_SURE_LENGTH = 7  # letters of a heading from which one slip leaves no doubt


@lru_cache(maxsize=4096)
def _misspelt(heading: str) -> Meaning | None:
    """A long heading with one letter wrong, missing, doubled or turned ("Ho va tenn"); None when two would be meant."""
    joined = heading.replace(" ", "")
    if len(joined) < _SURE_LENGTH or any(map(str.isdigit, joined)):
        return None
    near = {
        meaning
        for known, meaning in _run_together().items()
        if len(known) >= _SURE_LENGTH - 1 and abs(len(known) - len(joined)) <= 1 and _one_slip(known, joined)
    }
    return near.pop() if len(near) == 1 else None


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter changed, added, left out, or two neighbours exchanged make one text of the other."""
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])


# Words that turn what stands before or after them into something else ("Nơi sinh hoạt", "Nơi đăng ký KCB").
_TURNS = re.compile(
    r"\b(?:bhyt|bhxh|bhtn|kcb|kham|benh|bao hiem|tam|hoat|vang|chet|mat|tu vong|ket hon|lam viec|hoc(?! sinh| vien)"
    r"|dien thoai|email|tai khoan|ngan hang|nhap ngu|dang(?! ky| vien)|doan(?! vien)|lai xe|xe|dat|thua|ruong|phep|vao"
    r"|ra|di|ve|den|(?<!dia )chi|(?<!ca )nhan(?! khau| dan)"
    r"|tra|giao|lap|cap nhat|tao|sua|thay doi|nguoi(?! duoc| dan| lao dong| co ten| hoc)"
    r"|loai|muc|phi|nop|dong|tien|ly do|diem|cha|me|bo|vo|chong)\b"
)


def _partly(heading: str) -> tuple[Meaning | None, float]:
    """The longest known heading that this one begins or ends with, if it makes up more than half of it and the rest
    does not turn its meaning."""
    parts = heading.split(" ")
    if not 2 <= len(parts) <= 14:
        return None, 0.0
    for size in range(len(parts) - 1, max(1, len(parts) // 2 - 1), -1):
        for piece, rest in ((parts[:size], parts[size:]), (parts[-size:], parts[:-size])):
            found = synonyms().get(" ".join(piece))
            if found is None or found in _TOO_SHORT or (size < 2 and len(parts) > 2):
                continue
            if found is not Field.NAME and _TURNS.search(" ".join(rest)):
                return Extra.OTHER, 0.5
            return found, 0.4 if rest == ["ma"] else 0.5  # the name of a people before its number
    return None, 0.0


_TOO_SHORT = frozenset({Extra.MALE, Extra.FEMALE, Extra.KEY, Extra.ORDINAL, Extra.GIVEN, Extra.SURNAME, Field.REG_NO})


def meaning_of_stack(texts: Sequence[str]) -> tuple[Meaning | None, float]:
    """What a column means whose heading stands in several rows, top first ("Năm sinh" above "Nữ")."""
    stack = [text for index, text in enumerate(texts) if text and text not in texts[:index]]
    if not stack:
        return None, 0.0
    if len(stack) == 1:
        return meaning_of(stack[0])
    parts = _date_part(stack) or _card_part(stack)
    if parts is not None:
        return parts, 1.0
    whole = synonyms().get(words(" ".join(_PARENTHESES.sub(" ", text) for text in stack)))
    if whole is not None:
        return whole, 1.0
    turned = synonyms().get(words(" ".join(reversed(stack))))
    if turned is not None:
        return turned, 1.0
    kin = of_kin(words(" ".join(stack)))
    if kin is not None:
        return kin, 0.9
    lowest, sure = meaning_of(stack[-1])
    if len(stack) > 2 and (lowest is None or lowest in (Field.NAME, Field.DOB, Extra.MALE, Extra.FEMALE)):
        for pair in (stack[-2:], [stack[0], stack[-1]]):
            found, level = meaning_of_stack(pair)
            if found is not None and found != lowest:
                return found, level
    if lowest is None:
        lowest, sure = meaning_of(stack[0]) if len(stack) == 2 else meaning_of_stack(stack[:-1])
        return lowest, min(sure, 0.5)
    return lowest, sure


_COUNTS = re.compile(r"\b(?:so (?:nhan )?khau|so nguoi|so luong|tong so|lao dong|so con|nhan khau|so dan|dan so)\b")


def _card_part(stack: Sequence[str]) -> Meaning | None:
    """Số | Ngày | Nơi below a heading that speaks of a card; Nam | Nữ below one that counts people."""
    last = words(stack[-1])
    above = words(" ".join(_PARENTHESES.sub(" ", text) for text in stack[:-1]))
    if last in ("nam", "nu", "tong", "tong so") and _COUNTS.search(above) and not _BIRTH.search(above):
        return Extra.OTHER
    if last not in ("so", "so the", "ma so", "so hieu", "ngay", "noi") or of_kin(above) is not None:
        return None
    number = number_family(above)
    if number is None:
        number = next((m for m in map(_exact, reversed(stack[:-1])) if m in (Field.N12, Field.N9, Extra.NUMBER)), None)
    if number is None:
        return None
    return Field.ISSUE_DATE if last == "ngay" else Field.ISSUE_PLACE if last == "noi" else number


def _date_part(stack: Sequence[str]) -> Meaning | None:
    """Ngày | Tháng | Năm and Nam | Nữ below a heading that speaks of a birth date or of sex."""
    above, _ = meaning_of(" ".join(stack[:-1]))
    last = unicodedata.normalize("NFC", stack[-1]).strip().lower()
    if above in (Field.DOB, Field.DOB_WORDS):
        table: Mapping[str, Meaning] = {
            "ngày": Extra.BIRTH_DAY,
            "ngay": Extra.BIRTH_DAY,
            "tháng": Extra.BIRTH_MONTH,
            "thang": Extra.BIRTH_MONTH,
            "năm": Extra.BIRTH_YEAR,
            "nam": Extra.YEAR_MALE,
            "nữ": Extra.YEAR_FEMALE,
            "nu": Extra.YEAR_FEMALE,
        }
        return table.get(last)
    if above is Field.SEX:
        return {"nam": Extra.MARK_MALE, "nữ": Extra.MARK_FEMALE, "nu": Extra.MARK_FEMALE}.get(last)
    return None
