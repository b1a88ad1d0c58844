"""What comparing two names needs of each, worked out once for each distinct name and not for each pair."""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.records.local_knowledge import remembered
from fieldtool.records.names import PersonName, parse_name
from fieldtool.records.surnames import surname_group
from fieldtool.records.syllables import sound_class
from fieldtool.records.vietnamese import fold


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
    """The forms of a name that was read."""
    given = fold(name.given)
    return NameForms(
        marked=name.marked,
        folded=name.folded,
        key=name.key,
        unnamed=name.unnamed,
        byname=name.byname if name.aside else "",
        given=given,
        sound=sound_class(given),
        group=surname_group(name.surname),
        surname=name.surname,
        middle=name.middle,
        words=tuple(sorted(name.folded.split())),
    )
