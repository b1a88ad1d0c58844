"""What comparing two names needs of each, worked out once for each distinct name and not for each pair."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldtool.records.keystrokes import meant
from fieldtool.records.local_knowledge import remembered
from fieldtool.records.names import PersonName, parse_name
from fieldtool.records.surnames import is_known, surname_group
from fieldtool.records.syllables import sound_class
from fieldtool.records.vietnamese import fold, marked

_FINAL_Y = re.compile(r"(?<=[bcdđghklmnprstvx])[yỳýỷỹỵ](?![^\W\d_])")
_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def _as_i(found: re.Match[str]) -> str:
    return found[0].translate(_TO_I)


@remembered(maxsize=16_384)  # the same few thousand words come again and again
def _typed_for(word: str) -> str:
    return _FINAL_Y.sub(_as_i, meant(word))


@dataclass(frozen=True, slots=True)
class NameForms:
    """`given` and `words` without marks, `sound` of the given name, `group` of the surname; `unnamed` as PersonName."""

    marked: str
    folded: str
    key: str
    unnamed: bool
    byname: str
    given: str
    sound: str
    group: str
    surname: str
    middle: str
    words: tuple[str, ...]


@remembered(maxsize=32_768)
def forms_of(text: str) -> NameForms:
    """The forms of one name as written, remembered."""
    return forms_of_name(parse_name(text))


def forms_of_name(name: PersonName) -> NameForms:
    """The forms of a name that was read. Keystrokes left of a Telex or VNI word are the word they were meant for, and
    y at the end after a consonant is i: two ways of writing one name, not two names."""
    marked = " ".join([_typed_for(word) for word in name.marked.split()])
    folded = name.folded if marked == name.marked else fold(marked)
    given = folded.rpartition(" ")[2] if name.given else ""
    return NameForms(
        marked=marked,
        folded=folded,
        key=name.key,
        unnamed=name.unnamed,
        byname=name.byname if name.aside else "",
        given=given,
        sound=sound_class(given),
        group=surname_group(name.surname),
        surname=name.surname,
        middle=name.middle,
        words=tuple(sorted(folded.split())),
    )


# They tell men from women, not one child from another. Vân is none of them: she is told from Ngọc Anh as Vân Anh.
_PLAIN_MIDDLES = frozenset({"văn", "van", "thị", "thi", "bá", "ba", "y"})


def told_apart(a: NameForms, b: NameForms) -> bool:
    """Whether two names of nearly one sound are told apart by the given name, or by middle words that both have, as
    the names of twins are. A middle word that only the one has was left out by the other."""
    if a.given != b.given and a.group == b.group:
        return True
    one, other = (_telling(form.middle) for form in (a, b))
    return bool(one and other) and not (one <= other or other <= one)


def _telling(middle: str) -> frozenset[str]:
    return frozenset(fold(word) for word in marked(middle).split() if word not in _PLAIN_MIDDLES)


def other_surname(a: NameForms, b: NameForms) -> bool:
    """Whether two names bear the surnames of two clans, and not one surname that was misspelt: Lô and Lộc are both
    borne here, however near, while nobody is called Lươg. "Thị Hoài" may be of any clan."""
    if a.group == b.group:
        return False
    return _clan(a) and _clan(b)


def _clan(name: NameForms) -> bool:
    return name.group in _PLAIN_MIDDLES or is_known(name.surname)
