"""Relation to the head of the household as a stable code, and the sex it implies where it does."""

from __future__ import annotations

import re
from functools import lru_cache

from fieldtool.records.vietnamese import fold

# code → (implied sex, words without marks). No official numeric list is known; the words are those of the books.
_RELATIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "head": ("", ("chu ho", "ch", "chu ho moi", "lam chu ho", "head", "chu nha", "ban than")),
    "wife": ("F", ("vo", "wife", "v")),
    "husband": ("M", ("chong", "husband", "ck", "chg")),
    "spouse": ("", ("vo chong", "vo hoac chong", "spouse")),
    "son": ("M", ("con trai", "son", "con de trai", "con trai de", "con t", "ctrai", "c trai")),
    "daughter": ("F", ("con gai", "daughter", "con de gai", "con gai de", "con g", "cgai", "c gai")),
    "child": ("", ("con", "con de", "con ruot", "child", "con chung", "con dau long")),
    "adopted_child": ("", ("con nuoi", "adopted child")),
    "step_child": ("", ("con rieng", "con rieng cua vo", "con rieng cua chong", "con vo", "con chong")),
    "father": ("M", ("bo", "cha", "bo de", "cha de", "father", "cha ruot", "bo ruot")),
    "mother": ("F", ("me", "me de", "mother", "me ruot", "u")),
    "parent": ("", ("bo me", "cha me", "cha hoac me")),
    "father_in_law": ("M", ("bo vo", "bo chong", "cha vo", "cha chong", "father in law")),
    "mother_in_law": ("F", ("me vo", "me chong", "mother in law")),
    "son_in_law": ("M", ("con re", "re", "son in law", "c re")),
    "daughter_in_law": ("F", ("con dau", "dau", "nang dau", "daughter in law", "c dau")),
    "older_brother": ("M", ("anh", "anh trai", "anh ruot")),
    "older_sister": ("F", ("chi", "chi gai", "chi ruot")),
    "younger_brother": ("M", ("em trai",)),
    "younger_sister": ("F", ("em gai",)),
    "sibling": ("", ("em", "em ruot", "anh chi em", "anh em")),
    "in_law": ("", ("em dau", "em re", "chi dau", "anh re", "em vo", "em chong", "anh vo", "chi vo", "anh chong")),
    "grandfather": ("M", ("ong", "ong noi", "ong ngoai", "grandfather")),
    "grandmother": ("F", ("ba", "ba noi", "ba ngoai", "grandmother")),
    "grandchild": (
        "",
        (
            "chau noi",
            "chau ngoai",
            "grandchild",
            "chau dich ton",
            "c noi",
            "c ngoai",
            "grandson",
            "granddaughter",
        ),
    ),
    "nephew_niece": (
        "",
        (
            "chau ruot",
            "chau ho",
            "chau goi bang bac",
            "chau goi bang chu",
            "chau goi bang co",
            "nephew",
            "niece",
        ),
    ),
    "grandchild_or_nephew": ("", ("chau", "chau trai", "chau gai", "chau dau", "chau re")),
    "great_grandchild": ("", ("chat", "chau co")),
    "uncle": ("M", ("chu", "bac trai", "cau")),
    "aunt": ("F", ("co", "di", "thim", "mo", "bac gai")),
    "uncle_or_aunt": ("", ("bac",)),
    "guardian": ("", ("nguoi giam ho", "giam ho")),
    "ward": ("", ("nguoi duoc giam ho",)),
    "other_kin": (
        "",
        (
            "ho hang",
            "ba con",
            "nguoi than",
            "ong chau",
            "em ho",
            "anh ho",
            "chi ho",
            "cu",
            "cu noi",
            "cu ngoai",
            "me ke",
            "di ghe",
            "bo duong",
            "cha duong",
            "duong",
            "bo nuoi",
            "cha nuoi",
            "me nuoi",
            "relative",
            "other relative",
        ),
    ),
    "lodger": ("", ("o nho", "o tro", "o thue", "o muon", "thue nha", "o nho nha", "nguoi o nho", "lodger", "tenant")),
    "other": ("", ("khac", "other", "quan he khac")),
}
CODES = tuple(_RELATIONS)
_WORDS = {word: code for code, (_, words) in _RELATIONS.items() for word in words}
_SEXED = {"con trai", "chau trai", "chat trai", "con nuoi trai", "con rieng trai"}
_NOISE = re.compile(r"\s*\([^)]*\)|\s+(?:cua )?(?:chu ho|ch)$|\s+(?:thu|so)\s+\w+$|\s*\d+$|^la\s+")
_APART = re.compile(r"[\s./,;:_\-]+")


@lru_cache(maxsize=4096)
def relation_code(text: str) -> str:
    """The stable code of a written relation (CODES); "other" for what is not known, "" for blank."""
    plain = _APART.sub(" ", fold(text)).strip()
    if not plain:
        return ""
    if plain in _WORDS:
        return _WORDS[plain]
    bare = previous = ""
    bare = plain
    while bare != previous:
        previous, bare = bare, _NOISE.sub("", bare).strip()
    if bare in _WORDS:
        return _WORDS[bare]
    if bare.endswith((" trai", " gai", " ca", " ut", " truong", " dau", " hai")):
        return _WORDS.get(bare.rsplit(" ", 1)[0], "other")
    return "other"


def implied_sex(text: str) -> str:
    """The sex ("M", "F") that a written relation tells, "" when it tells none."""
    code = relation_code(text)
    if not code:
        return ""
    sex = _RELATIONS[code][0]
    if sex:
        return sex
    words = _APART.sub(" ", fold(text)).split()
    if "trai" in words or words[:1] == ["grandson"] or words == ["chau", "re"]:
        return "M"
    if words[:1] in (["granddaughter"], ["niece"]) or words == ["chau", "dau"]:
        return "F"
    if code == "in_law" and words:
        # "em vợ" may be either; "chị vợ", "em dâu", "anh rể" tell
        if words[0] == "chi" or "dau" in words:
            return "F"
        return "M" if words[0] == "anh" or "re" in words else ""
    return "F" if "gai" in words else ""
