"""What a column of a list can mean, and how a heading is understood. The words lie in resources/intake/headers.csv."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from fieldtool.intake.papers import of_other_paper
from fieldtool.intake.slips import is_cut, one_slip, unjoined
from fieldtool.records.fields import Field
from fieldtool.records.tables import table_text


class Extra(StrEnum):
    """Meanings of a column that are no field of a document by themselves."""

    KEY = "key"  # the list's own key (Mã, rec_id)
    ORDINAL = "stt"
    DOC = "doc"  # the kind of each row
    HOUSEHOLD_NO = "household_no"  # ordinal of the household inside the list
    SURNAME = "surname"  # họ và chữ đệm, the given name standing in a column of its own
    MIDDLE = "middle"  # a column of its own between the two
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
    ONLY_MALE = "only_male"  # a lone "Nam" or "Nữ" with a cross, where a blank cell is the other sex
    ONLY_FEMALE = "only_female"
    NUMBER = "number"  # CMND or CCCD in one column
    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    PARENTS = "parents"  # both in one cell
    FACTS = "facts"  # several facts in one cell, each with its label
    OTHER = "other"  # known, and not kept


Meaning = Field | Extra

_MEANINGS: Mapping[str, Meaning] = {item.value: item for group in (Field, Extra) for item in group}
_NOT_WORD = re.compile(r"[^a-z0-9]+")
PARENTHESES = re.compile(r"[(\[{].*?[)\]}]")
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
    table.pop("", None)  # "#" has no word; a ditto mark has none either
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
    bare = PARENTHESES.sub(" ", text)
    for candidate in (text, bare):
        found = exact_meaning(candidate)
        if found is not None:
            return found, 1.0
    inside = PARENTHESES.findall(text)
    if inside and not words(bare):
        return meaning_of(inside[0][1:-1])
    plain = words(unjoined(_true_kin(bare)))
    own = _OWN.sub("", plain)
    if own != plain and (found := synonyms().get(own)) is not None and found is not Extra.OTHER:
        return found, 1.0  # "Ngày sinh của trẻ"
    if _OTHER_RELATION.match(plain):
        return Extra.OTHER, 0.8
    if text.endswith("?") and (found := synonyms().get(_ASKING.sub("", plain))) is not None:
        return found, 0.9  # "Bạn thuộc dân tộc nào?"
    written_out = _written_out(plain)
    if written_out != plain and (found := synonyms().get(written_out)) is not None:
        return found, 0.9
    kin = of_kin(plain) or of_kin(written_out)
    if kin is not None:
        return kin, 0.8
    lines = [line for line in re.split(r"\n|\s/\s", bare) if words(line)]
    spoken = {exact_meaning(line) for line in lines} - {None}
    turned = any(exact_meaning(line) is None and _TURNS.search(words(line)) for line in lines)
    if len(lines) > 1 and len(spoken) == 1 and not turned:
        return spoken.pop(), 0.9  # two languages, one heading
    if parts := line_meanings(bare):
        return parts[0], 0.8
    short = _abbreviated(plain)
    if short is not None:
        return short, 0.9
    if number_family(plain) is Extra.NUMBER and not _TURNS.search(plain):
        return Extra.NUMBER, 0.8  # both are named, whichever comes last
    misspelt = _misspelt(plain)
    if misspelt is not None:
        return (Extra.OTHER, 0.5) if misspelt in _OF_PAPERS and of_other_paper(plain) else (misspelt, 0.7)
    part, sure = _partly(plain)
    if part in _OF_PAPERS and of_other_paper(plain):
        return Extra.OTHER, 0.5
    if part is None and (number := number_family(plain)) is not None and not _TURNS.search(plain):
        return number, 0.5
    return part, sure


@lru_cache(maxsize=4096)
def line_meanings(heading: str) -> tuple[Meaning, ...]:
    """What each part of a heading means whose cells hold several things, below one another or behind a comma
    ("Dân tộc, tôn giáo"); empty when it is one heading, broken into lines or not."""
    lines = [line for line in heading.split("\n") if words(line)]
    if len(lines) == 1 and exact_meaning(heading) is None:
        return _pair(heading)
    found = [meaning_of(line) for line in lines] if len(lines) > 1 else []
    meanings = tuple(meaning for meaning, sure in found if meaning is not None and sure >= 0.8)
    whole = len(meanings) == len(found) > 1 and len(set(meanings)) == len(meanings)
    return meanings if whole and exact_meaning(heading) is None and isinstance(meanings[0], Field) else ()


# What clerks write behind one another in one cell, below a heading that says so ("Dân tộc, tôn giáo").
_PAIRED = frozenset({
    Field.ETHNICITY, Field.RELIGION, Field.NATIONALITY, Field.DOB, Field.SEX, Field.BIRTH_PLACE, Field.REG_NO,
    Field.REG_BOOK,
})  # fmt: skip


def _pair(heading: str) -> tuple[Meaning, ...]:
    """The two meanings of a heading that a comma or stroke cuts into two known ones; empty for any other."""
    for mark in re.finditer(r"[,;/]", heading):
        pair = tuple(map(exact_meaning, (heading[: mark.start()], heading[mark.end() :])))
        if pair[0] is not pair[1] and _PAIRED.issuperset(pair):
            return tuple(meaning for meaning in pair if meaning is not None)
    return ()


# Words for the person of the row behind what is said of him.
_OWN = re.compile(
    r" (?:cua )?(?:thanh vien(?: trong ho| ho gia dinh| ho)?|nhan khau|tre(?: em)?|hoc sinh|cu tri|cong dan|doi tuong"
    r"|nguoi dan|hoi vien|dang vien|doan vien|benh nhan|nguoi duoc (?:khai sinh|cap))$"
    r"| of (?:the )?(?:household )?(?:member|person|child|citizen|respondent|patient|pupil|student|individual)$"
)
# Whatever a relation is with, but with the head of a household.
_OTHER_RELATION = re.compile(
    r"(?:moi )?(?:quan he|q he|qh) (?:voi|cua) (?!(?:nguoi )?(?:chu|ch|dung dau)\b)(?!.*\b(?:chu ho|ch)\b)"
)
# The words of a question around what it asks for.
_ASKING = re.compile(
    r"^(?:ban|anh(?: chi)?|chi|ong(?: ba)?|em) (?:thuoc|la nguoi|la|co|o|sinh)? ?"
    r"| (?:cua )?(?:ban|anh chi|ong ba|em)(?= |$)| (?:la )?(?:nao|gi|bao nhieu|o dau|khi nao)$"
)
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


_AND = re.compile(r"\b(?:va|cua)\b ?")


@cache
def _without_and() -> Mapping[str, Meaning]:
    """The known headings without "và" and "của", which clerks put or leave out; what would then mean two things is left
    out."""
    table: dict[str, Meaning | None] = {}
    for heading, meaning in synonyms().items():
        bare = _AND.sub("", heading)
        table[bare] = meaning if table.get(bare, meaning) is meaning else None
    return {bare: meaning for bare, meaning in table.items() if meaning is not None and len(bare) > 2}


@cache
def _short_words() -> Mapping[str, str]:
    """Words that clerks cut or turn, flat, and what they mean."""
    rows = csv.reader(io.StringIO(table_text("intake/short_words.csv")))
    return {words(short): words(meant) for short, meant in rows if short != "short"}


def _written_out(heading: str) -> str:
    """Flat words with the short ones written out ("ngay dk" → "ngay dang ky")."""
    return " ".join(_short_words().get(word, word) for word in heading.split(" "))


@cache
def _marked() -> Mapping[str, Meaning]:
    """Heading as written, in lower case → meaning, of headings that marks alone tell from others ("ĐT" from "DT")."""
    table: dict[str, Meaning] = {}
    for row in csv.reader(io.StringIO(table_text("intake/headers.csv"))):
        for heading in ",".join(row[1:]).split("|"):
            table.setdefault(" ".join(heading.lower().split()), _MEANINGS.get(row[0], Extra.OTHER))
    return {heading: meaning for heading, meaning in table.items() if synonyms().get(words(heading)) is not meaning}


def exact_meaning(text: str) -> Meaning | None:
    """What a heading means that the table holds, by its marks, its flat words or run together."""
    if (marked := _marked().get(" ".join(text.lower().split()))) is not None:
        return marked
    plain = words(text)
    found = synonyms().get(plain) or _run_together().get(plain.replace(" ", ""))
    return found or _without_and().get(_AND.sub("", plain))


# People beside the one a row is about: their numbers and dates must never become his.
_OTHERS = re.compile(
    r"\bnguoi (?:di|yeu cau|khai|giam ho|dai dien|than|lien he|lien lac|nop|nhan|lap|ky|bao|lam chung|thu|dung|nhap"
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


@lru_cache(maxsize=4096)
def _abbreviated(heading: str) -> Meaning | None:
    """A heading whose words are partly cut to their first letters ("H tên", "Ng sinh", "Q hệ với chủ hộ"); None when it
    could be short for two things."""
    parts = heading.split(" ")
    if len(parts) < 2 or not any(map(is_cut, parts)) or all(map(is_cut, parts)):
        return None
    found = set()
    for known, meaning in synonyms().items():
        whole = known.split(" ")
        if len(whole) == len(parts) and all(
            full == part or (is_cut(part) and full.startswith(part)) for full, part in zip(whole, parts, strict=True)
        ):
            found.add(meaning)
    return found.pop() if len(found) == 1 else None


_OF_PAPERS = frozenset({Field.ISSUE_DATE, Field.ISSUE_PLACE, Field.EXPIRY})
_SURE_LENGTH = 7  # letters of a heading from which one slip leaves no doubt


_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=4096)
def _misspelt(heading: str) -> Meaning | None:
    """A long heading with one letter wrong, missing, doubled or turned ("Ho va tenn"); None when two would be meant."""
    joined = heading.replace(" ", "")
    initials = any(len(word) > 2 and not _VOWEL.search(word) for word in heading.split(" "))  # "ngay dkkh"
    if len(joined) < _SURE_LENGTH or initials or any(map(str.isdigit, joined)):
        return None
    near = {
        meaning
        for known, meaning in _run_together().items()
        if len(known) >= _SURE_LENGTH - 1 and abs(len(known) - len(joined)) <= 1 and one_slip(known, joined)
    }
    return near.pop() if len(near) == 1 else None


# Words that turn what stands before or after them into something else ("Nơi sinh hoạt", "Nơi đăng ký KCB").
_TURNS = re.compile(
    r"\b(?:bhyt|bhxh|bhtn|kcb|kham|benh|bao hiem|tam|hoat|song|vang|chet|mat|tu vong|ket hon|lam viec"
    r"|hoc(?! sinh| vien)|dien thoai|email|tai khoan|ngan hang|nhap ngu|dang(?! ky| vien)|doan(?! vien)|lai xe|xe|dat"
    r"|thua|ruong|phep|vao|ra|di|ve|den|(?<!dia )chi|(?<!ca )nhan(?! khau| dan)"
    r"|tra|giao|lap|cap nhat|tao|sua|thay doi|nguoi(?! duoc| dan| lao dong| co ten| hoc)"
    r"|loai|muc|phi|nop|dong|tien|ly do|diem|cha|me|bo|vo|chong|nuoi)\b"
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


_TOO_SHORT = frozenset(
    {Extra.MALE, Extra.FEMALE, Extra.KEY, Extra.ORDINAL, Extra.GIVEN, Extra.SURNAME, Extra.MIDDLE, Field.REG_NO}
)
