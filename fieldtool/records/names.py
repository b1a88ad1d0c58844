"""A personal name: raw as written, its comparing forms, and the parts derived from it.

Order is surname, middle, given; people are called and sorted by the given name. The parts are derived, never stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.records.keystrokes import meant
from fieldtool.records.surnames import is_compound, is_moong, surname_group
from fieldtool.records.syllables import sound_class
from fieldtool.records.vietnamese import fold, marked, nfc

_DOTTED = re.compile(r"[^\s.]+\.?")
# Read on the marked form: "bé" is no name in front, while Bế is a surname.
_NOT_NAMED = re.compile(
    r"^(?P<surname>(?:\w+ ){0,2}?)[(\"“]?(?:"
    r"(?:chưa|chua) (?:đặt|dat|có|co|khai sinh|rõ tên|ro ten|đt|dt)\b.*|(?:không|khong|ko) (?:có |co )?(?:tên|ten)\b.*"
    r"|(?:trẻ|tre|em|cháu|chau) (?:sơ sinh|so sinh|mới sinh|moi sinh|bé|be)\b.*|(?:sơ|so) sinh\b.*"
    r"|(?:con|cháu) (?:của |cua )?(?:bà|ba|chị|chi|mẹ|me|ông|ong|anh|cô|co) .*|infant|unnamed)$"
    r"|^(?:em |cháu )?bé(?: (?:trai|gái|gai))?(?: (?P<after>\w+))?$"
)
# Few names hold one of these words; all others are spared the expression above.
_NOT_NAMED_WORDS = frozenset(
    {"chưa", "chua", "(chưa", "(chua", "không", "khong", "ko", "(không", "trẻ", "tre", "em", "cháu", "chau", "bé", "sơ"}
    | {"so", "con", "infant", "unnamed"}
)
_COUPLES = frozenset({"thi", "van"})  # middle words that clerks drop and add


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name with all its forms.

    `marked` keeps tones and hats (tone placement unified); `folded` has no marks; `key` is folded by sound classes
    with keystroke leftovers decoded and the surname by its group of variants, for blocking. `surname` is "" for a
    name of one word; a text that says the child has no name yet has no given name.
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

    @property
    def unnamed(self) -> bool:
        """Whether the text says that the child had no name yet."""
        return bool(self.tokens) and not self.given

    @property
    def abbreviated(self) -> bool:
        """Whether any word is shortened with a full stop, as in "Ng.V. Hương"."""
        return any(token.endswith(".") for token in self.tokens)


@lru_cache(maxsize=32_768)
def parse_name(text: str, ethnicity: str = "") -> PersonName:
    """Read a name as written. Never fails: an empty text gives an empty name.

    `ethnicity` is kept in the signature for peoples whose names are read differently; today none is.
    """
    clean = nfc(text)
    words = clean.split()
    form = " ".join([marked(word) for word in words])  # word by word: the same few words come again and again
    folded = " ".join([bare for word in words if (bare := fold(word))])
    tokens = tuple((_DOTTED.findall(clean) if "." in clean else words) or words)
    nameless = None if _NOT_NAMED_WORDS.isdisjoint(form.split()) else _NOT_NAMED.match(form)
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
    )


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


@lru_cache(maxsize=4096)
def _surname_class(surname: str) -> str:
    typed = " ".join(meant(word) for word in surname.split(" "))
    return sound_class("mong" if is_moong(typed) else surname_group(typed))
