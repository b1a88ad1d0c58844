"""A personal name: raw as written, its comparing forms, and the parts derived from it.

Order is surname, middle, given; people are called and sorted by the given name. The parts are derived, never stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldtool.records.keystrokes import meant
from fieldtool.records.local_knowledge import remembered
from fieldtool.records.surnames import is_compound, is_known, is_moong, surname_group
from fieldtool.records.syllables import sound_class
from fieldtool.records.vietnamese import fold, marked, nfc

_DOTTED = re.compile(r"[^\s.]+\.?")
# Read on the marked form: "bé" is no name in front, while Bế is a surname.
_NOT_NAMED = re.compile(
    r"^(?P<surname>(?:\w+ ){0,2}?)[(\"“]?(?:"
    r"(?:chưa|chua) (?:đặt|dat|có|co|khai sinh|rõ tên|ro ten|đt|dt)\b.*|(?:không|khong|ko) (?:có |co )?(?:tên|ten)\b.*"
    r"|(?:trẻ|tre|em|cháu|chau) (?:sơ sinh|so sinh|mới sinh|moi sinh|bé|be)\b.*|(?:sơ|so) sinh\b.*"
    r"|(?:con|cháu|chau) (?:trai|gái|gai)(?: .*)?"
    r"|(?:con|cháu) (?:của |cua )?(?:bà|ba|chị|chi|mẹ|me|ông|ong|anh|cô|co) .*|infant|unnamed)$"
    r"|^(?:em |cháu )?bé(?: (?:trai|gái|gai))?(?: (?P<after>\w+))?$"
)
# Few names hold one of these words; all others are spared the expression above.
_NOT_NAMED_WORDS = frozenset(
    {"chưa", "chua", "(chưa", "(chua", "không", "khong", "ko", "(không", "trẻ", "tre", "em", "cháu", "chau", "bé", "sơ"}
    | {"so", "con", "infant", "unnamed"}
)
# How a person is spoken to; in front of a name it is no part of it. Ông is a surname too, so what follows must look
# like a whole name. Short forms ("B.") could be a surname cut short: they need more.
_TITLES = frozenset(
    {
        "ông",
        "bà",
        "anh",
        "chị",
        "cô",
        "chú",
        "bác",
        "cụ",
        "cố",
        "em",
        "cháu",
        "dì",
        "mợ",
        "thím",
        "mệ",
        "mr",
        "mrs",
        "ms",
    }
    | {"ông/bà", "ông(bà)", "(bà)", "bà/ông"}
)
_SHORT_TITLES = frozenset({"ô", "b", "a", "c"})
_BARE_TITLES = frozenset({"ong", "ba", "anh", "chi", "cu", "chau", "ong/ba", "ong(ba)", "(ba)"})
_OPENS = re.compile(r"\s*(\S+)\s+")
# What clerks write behind a name: "(Hải)", "(đã chết)", ", 1950", "- SN 1950", "tức Hải".
_ASIDE = re.compile(
    r"\s*(?:\([^()]*\)|[,;]\s*[^,;]*\d{4}|[-–]\s*(?:sn|ns|sinh)?[\s:.]*(?:\d{1,2}[/.\-]){0,2}\d{4}"
    r"|[,;(]?\s*\b(?:tức(?: là| danh)?|bí danh|tên (?:gọi )?khác|(?:hay )?còn gọi(?: là)?)\b\s*:?\s*\S.*)$",
    re.IGNORECASE,
)
# Words behind a name that lead to another name, or say how its bearer is; they tell nobody from another.
_LEADS = re.compile(r"^\W*(?:tuc(?: la| danh)?|bi danh|ten (?:goi )?khac|(?:hay )?con goi(?: la)?)\b")
_STATES = frozenset(
    ("sn", "ns", "sinh", "nam", "da", "chet", "mat", "tu", "vong", "liet", "si", "di", "lam", "an", "xa", "vang", "tam")
    + ("tru", "chu", "ho")
)
_STOP = re.compile(r"(?:(?<=[^\W\d_]{4})\.|(?<=\w)[,;:\s]*[,;:])\s*$")  # the end of a sentence, not of a word cut short
# Most names have neither; they are spared the expressions.
_PLAIN = re.compile(r"[^(),;:.\-–/\d]*")
_AROUND = _TITLES | _BARE_TITLES | {"tức", "bí", "tên", "còn", "gọi"}
_COUPLES = frozenset({"thi", "van"})  # middle words that clerks drop and add


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name with all its forms.

    `marked` keeps tones and hats (tone placement unified); `folded` has no marks; `key` is folded by sound classes
    with keystroke leftovers decoded and the surname by its group of variants, for blocking. `surname` is "" for a
    name of one word; a text that says the child has no name yet has no given name. `title` (Ông, Bà …) in front and
    `aside` behind ("(đã chết)", ", 1950") are no part of any form; the name itself begins at `start` of `nfc`.
    """

    raw: str
    nfc: str
    marked: str
    folded: str
    key: str
    surname: str
    middle: str
    given: str
    tokens: tuple[str, ...] = ()
    title: str = ""
    aside: str = ""
    start: int = 0

    @property
    def unnamed(self) -> bool:
        """Whether the text says that the child had no name yet."""
        return bool(self.tokens) and not self.given

    @property
    def byname(self) -> str:
        """What stands behind a name to tell its bearer from others: "be" of "(bé)", "hai" of "tức Hải"; "" for a year,
        for "(đã chết)" and for nothing."""
        told = _LEADS.sub("", fold(self.aside))
        return " ".join(word for word in re.findall(r"[a-z]+", told) if word not in _STATES)

    @property
    def abbreviated(self) -> bool:
        """Whether any word is shortened with a full stop, as in "Ng.V. Hương"."""
        return any(token.endswith(".") for token in self.tokens)


@remembered(maxsize=32_768)
def parse_name(text: str, ethnicity: str = "") -> PersonName:
    """Read a name as written. Never fails: an empty text gives an empty name.

    `ethnicity` is kept in the signature for peoples whose names are read differently; today none is.
    """
    clean = core = nfc(text)
    title = aside = ""
    words, form = _forms(clean)
    spoken = form.split()
    nameless = None if _NOT_NAMED_WORDS.isdisjoint(spoken) else _NOT_NAMED.match(form)
    if not nameless and not (_PLAIN.fullmatch(form) and _AROUND.isdisjoint(spoken)):
        title, core, aside = _core(clean)
        if core != clean:
            words, form = _forms(core)
    folded = " ".join([bare for word in words if (bare := fold(word))])
    tokens = tuple((_DOTTED.findall(core) if "." in core else words) or words)
    if nameless:
        size = len((nameless.group("surname") or "").split())
        after = nameless.group("after")
        surname = " ".join(tokens[:size]) or (tokens[-1] if after else "")
        middle = given = ""
        key = _key(surname, ())
    else:
        size = _surname_size(tokens)
        surname, given = " ".join(tokens[:size]), tokens[-1] if tokens else ""
        middle = " ".join(tokens[size:-1])
        key = _key(surname, tokens[size:])
    return PersonName(
        raw=text,
        nfc=clean,
        marked=form,
        folded=folded,
        key=key,
        surname=surname,
        middle=middle,
        given=given,
        tokens=tokens,
        title=title,
        aside=aside,
        start=clean.index(core, len(title)) if title else 0,
    )


def _forms(text: str) -> tuple[list[str], str]:
    """The words of a text, and the text with tone placement unified."""
    words = text.split()
    return words, " ".join([marked(word) for word in words])  # word by word: the same few words come again and again


def _core(clean: str) -> tuple[str, str, str]:
    """A text parted into title, name and aside."""
    core, aside = clean, ""
    found = _ASIDE.search(clean)
    if found and len(clean[: found.start()].split()) >= 2:
        core, aside = clean[: found.start()], clean[found.start() :].strip()
    core = _STOP.sub("", core)
    rest = core
    while (opening := _OPENS.match(rest)) and _is_title(opening[1], rest[opening.end() :], core.isascii()):
        rest = rest[opening.end() :]
    return core[: len(core) - len(rest)].strip(), rest, aside


def _is_title(word: str, rest: str, bare: bool) -> bool:
    """Whether a word in front of `rest` is a title; `bare` for a text typed without marks."""
    plain = word.lower().rstrip(".:")
    following = rest.split()
    if plain in _TITLES:
        if len(following) < 2 or fold(following[0]) in _COUPLES or fold(following[-1]) == "thi":
            return False
        if len(following) == 2 and fold(following[1]) == "van":
            return False  # "Anh Nguyễn Văn": the order is turned
        return len(following) >= 3 or is_known(following[0]) or following[0].lower() in _TITLES
    if plain in _SHORT_TITLES and word.endswith((".", ":")) or (bare and plain in _BARE_TITLES):
        return len(following) >= 3 and is_known(following[0]) and fold(following[0]) not in _COUPLES
    return False


def _surname_size(tokens: tuple[str, ...]) -> int:
    if len(tokens) < 2:
        return 0
    return 2 if len(tokens) > 2 and is_compound(meant(tokens[0]), meant(tokens[1])) else 1


def _key(surname: str, rest: tuple[str, ...]) -> str:
    parts = [_surname_class(surname)] if surname else []
    if len(rest) > 1 and fold(meant(rest[0])) in _COUPLES:
        rest = rest[1:]
    parts += [sound_class(meant(token)) for token in rest]
    return " ".join(part for part in parts if part)


@remembered(maxsize=4096)
def _surname_class(surname: str) -> str:
    typed = " ".join(meant(word) for word in surname.split(" "))
    return sound_class("mong" if is_moong(typed) else surname_group(typed))
