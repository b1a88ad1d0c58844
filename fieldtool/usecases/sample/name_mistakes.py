"""How a name goes wrong on paper (domain.md 4.2 and 4.3): each function gives the wrong text, or None if it cannot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from fieldtool.usecases.sample.families import TODAY, Person
from fieldtool.usecases.sample.names import KHMU, surname_variants

_TONES = {"\u0301": ("s", "1"), "\u0300": ("f", "2"), "\u0309": ("r", "3"), "\u0303": ("x", "4"), "\u0323": ("j", "5")}
_HATS = {"\u0302": ("", "6"), "\u031b": ("w", "7"), "\u0306": ("w", "8")}
_STOPS = ("c", "ch", "p", "t")
_OTHER_HATS = {"a": "ăâ", "ă": "aâ", "â": "aă", "e": "ê", "ê": "e", "o": "ôơ", "ô": "oơ", "ơ": "oô", "u": "ư", "ư": "u"}
_FINAL_I = re.compile(r"(?i)^(h|k|l|m|s|t|v|qu)([iy])$")


def nfd(rng: Random, person: Person, text: str) -> str | None:
    """Letters and marks stored apart, as phones and macOS give them."""
    found = unicodedata.normalize("NFD", text)
    return found if found != text else None


def eth(rng: Random, person: Person, text: str) -> str | None:
    """The Icelandic Ð in place of Đ."""
    found = text.replace("Đ", "\u00d0").replace("đ", "\u00f0")
    return found if found != text else None


def tone_place(rng: Random, person: Person, text: str) -> str | None:
    """Hoà for Hòa, Thuý for Thúy, Khỏe for Khoẻ: the tone on the other of two vowels."""
    return _one_syllable(rng, text, _move_tone)


def i_y(rng: Random, person: Person, text: str) -> str | None:
    """Vy for Vi, Lì for Lỳ."""
    return _one_syllable(rng, text, _swap_i_y)


def one_tone(rng: Random, person: Person, text: str) -> str | None:
    """Another tone, or none, on one syllable; most often among hỏi, ngã and nặng as the ear here mixes them."""
    return _one_syllable(rng, text, lambda syllable: _other_tone(rng, syllable))


def hat(rng: Random, person: Person, text: str) -> str | None:
    """o for ô or ơ, a for ă or â, and the other way round."""
    return _one_syllable(rng, text, lambda syllable: _other_hat(rng, syllable))


def no_marks(rng: Random, person: Person, text: str) -> str | None:
    """Typed without a Vietnamese keyboard."""
    found = _bare(text)
    return found if found != text else None


def telex(rng: Random, person: Person, text: str) -> str | None:
    """Telex keys left as they were typed: Loo Vawn Thanhf."""
    return _typed(text, 0)


def vni(rng: Random, person: Person, text: str) -> str | None:
    """VNI keys left as they were typed: Lo6 Va8n Tha2nh."""
    return _typed(text, 1)


def moong(rng: Random, person: Person, text: str) -> str | None:
    """Moong typed in Telex becomes Mông, and Mong without marks."""
    if "oong" not in text:
        return None
    return text.replace("oong", rng.choice(("ông", "ông", "ong")))


def surname(rng: Random, person: Person, text: str) -> str | None:
    """Another spelling of the surname: Lò for Lô, Sồng for Xồng."""
    first, _, rest = text.partition(" ")
    choices = surname_variants().get(first)
    return f"{rng.choice(choices)} {rest}" if choices and rest else None


def mong_adult_name(rng: Random, person: Person, text: str) -> str | None:
    """The name a Mông man was given after marriage: Xồng Rua Thái for Xồng Bá Thái."""
    return str(person.adult_middle) if person.adult_middle else None


def wifes_surname(rng: Random, person: Person, text: str) -> str | None:
    """A Khơ Mú man who lives with his wife's family bears her surname."""
    wife = person.married
    if person.people != KHMU or not person.male or wife is None or wife.name.surname == person.name.surname:
        return None
    return text.replace(person.name.surname, wife.name.surname, 1)


def middle_dropped(rng: Random, person: Person, text: str) -> str | None:
    """Thị or Văn left out."""
    found = text.replace(" Văn ", " ").replace(" Thị ", " ")
    return found if found != text else None


def abbreviated(rng: Random, person: Person, text: str) -> str | None:
    """Lô V. Thành, Moong T Hợi."""
    dot = rng.choice((".", ""))
    found = text.replace(" Văn ", f" V{dot} ").replace(" Thị ", f" T{dot} ").replace("Nguyễn ", "Ng. ")
    return found if found != text else None


def turned(rng: Random, person: Person, text: str) -> str | None:
    """The given name first."""
    front, _, given = text.rpartition(" ")
    return f"{given} {front}" if front else None


def unnamed(rng: Random, person: Person, text: str) -> str | None:
    """An infant who had no name yet on the day the book was written."""
    if (TODAY - person.born).days > 400:
        return None
    return rng.choice((f"{person.name.surname} Chưa đặt tên", "Chưa đặt tên", f"Bé {person.name.surname}"))


def letter_case(rng: Random, person: Person, text: str) -> str | None:
    """Capitals lost, or two blanks between syllables."""
    return rng.choice((text.lower(), text.replace(" ", "  "), f" {text} "))


def _one_syllable(rng: Random, text: str, change: Callable[[str], str | None]) -> str | None:
    """Change the first syllable, from a random one on, that can be changed."""
    syllables = text.split(" ")
    start = rng.randrange(len(syllables))
    for offset in range(len(syllables)):
        index = (start + offset) % len(syllables)
        found = change(syllables[index])
        if found:
            syllables[index] = found
            return " ".join(syllables)
    return None


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _split(syllable: str) -> tuple[str, str]:
    """The syllable without its tone (NFC) and the tone mark, "" for the level tone."""
    letters = unicodedata.normalize("NFD", syllable)
    tone = next((letter for letter in letters if letter in _TONES), "")
    return unicodedata.normalize("NFC", letters.replace(tone, "") if tone else letters), tone


def _move_tone(syllable: str) -> str | None:
    plain, tone = _split(syllable)
    pair = plain[-2:].lower()
    if not tone or pair not in {"oa", "oe", "uy"} or plain[-3:-2].lower() == "q":
        return None
    late = unicodedata.normalize("NFC", plain + tone)
    early = unicodedata.normalize("NFC", plain[:-1] + tone + plain[-1])
    return early if syllable == late else late


def _swap_i_y(syllable: str) -> str | None:
    plain, tone = _split(syllable)
    found = _FINAL_I.match(plain)
    if found is None:
        return None
    other = "y" if found.group(2).lower() == "i" else "i"
    return unicodedata.normalize("NFC", found.group(1) + other + tone)


def _other_tone(rng: Random, syllable: str) -> str | None:
    plain, tone = _split(syllable)
    if not tone:
        return None
    if plain.lower().endswith(_STOPS):
        other = "\u0323" if tone == "\u0301" else "\u0301"
    elif tone in {"\u0301", "\u0300"} and rng.random() < 0.6:
        other = rng.choice([mark for mark in ("", "\u0301", "\u0300") if mark != tone])
    else:
        other = rng.choice([mark for mark in ("\u0309", "\u0303", "\u0323") if mark != tone])
    composed = unicodedata.normalize("NFC", syllable)
    place = next(i for i, letter in enumerate(composed) if letter != plain[i])
    # the new tone goes behind the whole letter: before its hat it would not compose
    return unicodedata.normalize("NFC", plain[: place + 1] + other + plain[place + 1 :])


def _other_hat(rng: Random, syllable: str) -> str | None:
    plain, tone = _split(syllable)
    places = [index for index, letter in enumerate(plain) if letter.lower() in _OTHER_HATS]
    if not places or tone:
        return None
    index = rng.choice(places)
    other = rng.choice(_OTHER_HATS[plain[index].lower()])
    return plain[:index] + (other.upper() if plain[index].isupper() else other) + plain[index + 1 :]


def _typed(text: str, way: int) -> str | None:
    """The keys pressed: Telex (0) or VNI (1), the tone last."""
    found = " ".join(_keys(syllable, way) for syllable in text.split(" "))
    return found if found != text else None


def _keys(syllable: str, way: int) -> str:
    tone = ""
    keys = ""
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in _TONES:
            tone = _TONES[letter][way]
        elif letter in _HATS:
            keys += (_HATS[letter][0] or keys[-1].lower()) if way == 0 else _HATS[letter][1]
        elif letter in "đĐ":
            keys += ("d" if letter == "đ" else "D") + ("d" if way == 0 else "9")
        else:
            keys += letter
    return keys + tone
