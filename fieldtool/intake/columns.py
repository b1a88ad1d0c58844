"""How a heading is understood. The words lie in resources/intake/headers.csv; what a column can mean in meanings.py."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from fieldtool.intake.kin_headings import BIRTH_WORDS, of_kin, of_others, of_parents, true_kin
from fieldtool.intake.meanings import MEANINGS, Extra, Meaning, flat, meaning_of_code, words
from fieldtool.intake.papers import of_other_paper
from fieldtool.intake.slips import is_cut, one_slip, unjoined
from fieldtool.records.fields import Field
from fieldtool.records.tables import table_text

__all__ = [
    "BIRTH_WORDS",
    "Extra",
    "Meaning",
    "PARENTHESES",
    "exact_meaning",
    "flat",
    "line_meanings",
    "meaning_of",
    "meaning_of_code",
    "number_family",
    "of_kin",
    "of_others",
    "of_parents",
    "synonyms",
    "words",
]
PARENTHESES = re.compile(r"[(\[{].*?[)\]}]")
# "Họ, đệm và tên", "Họ lót, tên": the parts of a name, the given name last ("Họ và tên đệm" is a surname).
_NAME_PARTS = re.compile(r"ho (?:(?:va|chu|ten|dem|lot) ){1,4}ten(?: (?:day du|khai sinh))?")
_STARS = re.compile(r"[*:\s]+$|^[*\s]+")
_NUMBERING = re.compile(r"^\s*[\[(]?\s*(?:\d{1,2}|[IVX]{1,4}|[a-z])\s*[\])./:]\s+", re.IGNORECASE)


@cache
def synonyms() -> Mapping[str, Meaning]:
    """Flat heading → meaning, from the table."""
    table: dict[str, Meaning] = {}
    for row in csv.reader(io.StringIO(table_text("intake/headers.csv"))):
        if row[0] == "column":
            continue
        for heading in ",".join(row[1:]).split("|"):
            table.setdefault(words(heading), MEANINGS[row[0]])
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


@cache
def _of_length() -> Mapping[int, list[tuple[str, Meaning]]]:
    """The same by their length."""
    table: dict[int, list[tuple[str, Meaning]]] = {}
    for joined, meaning in _run_together().items():
        table.setdefault(len(joined), []).append((joined, meaning))
    return table


@lru_cache(maxsize=8192)
def meaning_of(heading: str) -> tuple[Meaning | None, float]:
    """What one heading means and how sure that is (1 exact, 0.5 as a part of it, 0 not at all)."""
    text = _STARS.sub("", _NUMBERING.sub("", unicodedata.normalize("NFC", heading).strip()))
    bare = PARENTHESES.sub(" ", text)
    for candidate in (text, bare):
        found = exact_meaning(candidate)
        if found is not None:
            return found, 1.0
    if _NAME_PARTS.fullmatch(words(bare)):
        return Field.NAME, 1.0
    inside = PARENTHESES.findall(text)
    if inside and not words(bare):
        return meaning_of(inside[0][1:-1])
    plain = words(unjoined(true_kin(bare)))
    own = _OWN.sub("", plain)
    if own != plain and (found := synonyms().get(own)) is not None and found is not Extra.OTHER:
        return found, 1.0  # "Ngày sinh của trẻ"
    if _PASSPORT.search(plain) and _CARDS.fullmatch(" ".join(_PASSPORT.sub(" ", plain).split())):
        return Extra.NUMBER, 0.9
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
    if _names_first(text):
        return Field.NAME, 0.9
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


def _names_first(heading: str) -> bool:
    """Whether a heading asks for a name and behind commas for more of the person ("Họ tên, năm sinh, nơi ở")."""
    parts = [part for part in re.split(r"[,;]", heading) if words(part)]
    asked = [exact_meaning(part) for part in parts]
    return len(asked) > 1 and asked[0] is Field.NAME and all(isinstance(meaning, Field) for meaning in asked[1:])


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
# "Hộ chiếu/CCCD": whichever paper somebody has; its digits tell.
_PASSPORT = re.compile(r"\b(?:ho chieu|passport|hc|giay khai sinh|gks)\b")
_CARDS = re.compile(
    r"(?:(?:so|ma|the|hoac|va|cccd|cmnd|cmt|cmtnd|can cuoc(?: cong dan)?|cc|dinh danh(?: ca nhan)?|ddcn) ?)*"
    r"(?:cccd|cmnd|cmt|cmtnd|can cuoc(?: cong dan)?|dinh danh(?: ca nhan)?|ddcn)(?: (?:so|hoac|va))*"
)
_NO_NUMBER = re.compile(r"\b(?:ngay|noi|han|ho|ten|cap|anh|tai khoan|muc|da|chua|tinh trang|loai|co quan)\b")


def number_family(plain: str) -> Meaning | None:
    """Which personal number flat words speak of; None for none or for what belongs to a card besides its number."""
    nine, twelve = bool(_NINE.search(plain)), bool(_TWELVE.search(plain))
    if not (nine or twelve) or _NO_NUMBER.search(plain):
        return None
    return Extra.NUMBER if nine and twelve else Field.N9 if nine else Field.N12


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
            table.setdefault(" ".join(heading.lower().split()), MEANINGS.get(row[0], Extra.OTHER))
    return {heading: meaning for heading, meaning in table.items() if synonyms().get(words(heading)) is not meaning}


def exact_meaning(text: str) -> Meaning | None:
    """What a heading means that the table holds, by its marks, its flat words or run together."""
    if (marked := _marked().get(" ".join(text.lower().split()))) is not None:
        return marked
    plain = words(text)
    found = synonyms().get(plain) or _run_together().get(plain.replace(" ", ""))
    return found or _without_and().get(_AND.sub("", plain))


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
    half = len(joined) // 2 - 1  # one slip leaves one of the ends as it was
    start, end = joined[:half], joined[-half:]
    near = {
        meaning
        for length in range(max(len(joined) - 1, _SURE_LENGTH - 1), len(joined) + 2)
        for known, meaning in _of_length().get(length, ())
        if (known.startswith(start) or known.endswith(end)) and one_slip(known, joined)
    }
    return near.pop() if len(near) == 1 else None


# Words that turn what stands before or after them into something else ("Nơi sinh hoạt", "Nơi đăng ký KCB").
_TURNS = re.compile(
    r"\b(?:bhyt|bhxh|bhtn|kcb|kham|benh|bao hiem|tam|hoat|song|vang|chet|mat|tu vong|ket hon|lam viec"
    r"|hoc(?! sinh| vien)|dien thoai|email|tai khoan|ngan hang|nhap ngu|dang(?! ky| vien)|doan(?! vien)|lai xe|xe|dat"
    r"|thua|ruong|phep|vao|ra|di|ve|den|(?<!dia )chi|(?<!ca )nhan(?! khau| dan)"
    r"|han|tra|giao|lap|cap nhat|tao|sua|thay doi|nguoi(?! duoc| dan| lao dong| co ten| hoc)"
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
