"""A personal name: raw as written, its comparing forms, and the parts derived from it.

Order is surname, middle, given; people are called and sorted by the given name. The parts are derived, never stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.records.surnames import compound_surnames, is_moong, surname_group
from fieldtool.records.syllables import sound_class
from fieldtool.records.vietnamese import fold, marked, nfc

_DOTTED = re.compile(r"[^\s.]+\.?")
_NOT_NAMED = re.compile(
    r"^(?:chua (?:dat ten|co ten|khai sinh|ro ten)|khong ten|tre so sinh|so sinh|be (?:trai|gai)(?: .*)?"
    r"|con (?:ba|chi|me|ong|anh) .*|infant|unnamed)$"
)
_COUPLES = frozenset({"thi", "van"})  # middle words that clerks drop and add


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name with all its forms.

    `marked` keeps tones and hats (tone placement unified); `folded` has no marks; `key` is folded by sound classes
    with the surname by its group of variants, for blocking. `surname` is "" for a name of one word.
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
        return _NOT_NAMED.match(self.folded) is not None

    @property
    def abbreviated(self) -> bool:
        """Whether any word is shortened with a full stop, as in "Ng.V. Hương"."""
        return any(token.endswith(".") for token in self.tokens)


@lru_cache(maxsize=200_000)
def parse_name(text: str, ethnicity: str = "") -> PersonName:
    """Read a name as written. Never fails: an empty text gives an empty name.

    `ethnicity` is kept in the signature for peoples whose names are read differently; today none is.
    """
    clean = nfc(text)
    tokens = tuple(_DOTTED.findall(clean)) if "." in clean else tuple(clean.split(" ")) if clean else ()
    size = _surname_size(tokens)
    surname, given = " ".join(tokens[:size]), tokens[-1] if tokens else ""
    middle = " ".join(tokens[size:-1])
    return PersonName(
        raw=text,
        nfc=clean,
        marked=marked(clean),
        folded=fold(clean),
        key=_key(surname, tokens[size:]),
        surname=surname,
        middle=middle,
        given=given,
        tokens=tokens,
    )


def _surname_size(tokens: tuple[str, ...]) -> int:
    if len(tokens) < 2:
        return 0
    if len(tokens) > 2 and tuple(fold(token) for token in tokens[:2]) in compound_surnames():
        return 2
    return 1


def _key(surname: str, rest: tuple[str, ...]) -> str:
    first = "mong" if is_moong(surname) else surname_group(surname) if surname else ""
    sounds = [sound_class(token) for token in rest]
    if len(sounds) > 1 and fold(rest[0]) in _COUPLES:
        sounds = sounds[1:]
    return " ".join(part for part in (first and sound_class(first), *sounds) if part)
