"""How two written names differ, by name: the explanation an officer can check on the papers.

Codes have their sentences as "difference.<code>". Sources of the rules: reference/domain.md 4.1 to 4.3.
"""

from __future__ import annotations

from dataclasses import replace

from fieldtool.records.keystrokes import decode_telex, decode_vni
from fieldtool.records.names import PersonName, parse_name
from fieldtool.records.peoples import parse_people
from fieldtool.records.reasons import Difference, Span
from fieldtool.records.surnames import KHMU_SURNAMES, MONG_SURNAMES
from fieldtool.records.syllable_differences import Slot, syllable_difference
from fieldtool.records.vietnamese import fold, marked

CODES = (
    "unicode_form",
    "case",
    "d_bar",
    "tone_place",
    "i_y",
    "tone",
    "hat",
    "marks_missing",
    "telex",
    "vni",
    "moong",
    "surname_variant",
    "mong_adult_name",
    "khmu_wife_surname",
    "middle_dropped",
    "middle_differs",
    "abbreviation",
    "order_turned",
    "unnamed_infant",
    "consonant",
    "final_consonant",
    "letter_slip",
    "given_differs",
    "surname_differs",
    "name_other",
)
_LEADING = {code: place for place, code in enumerate(("mong_adult_name", "khmu_wife_surname", "telex", "vni", "moong"))}


def name_differences(
    a: PersonName,
    b: PersonName,
    *,
    sex: str = "",
    ethnicity: str = "",
    adult: bool = True,
    same_spouse: bool = False,
) -> tuple[Difference, ...]:
    """Every named difference between two names, the most explanatory first; () when they are written alike.

    `sex` ("M", "F", "" unknown), `ethnicity` as written, `adult` and `same_spouse` open the customs of Mông and
    Khơ Mú men. Spans count code points of the NFC texts.
    """
    if a.nfc == b.nfc:
        return () if a.raw == b.raw else (Difference("unicode_form", harmless=True),)
    if not a.nfc or not b.nfc:
        return ()
    if a.marked == b.marked:
        return _spellings(a, b)
    if a.unnamed or b.unnamed:
        return (_whole("unnamed_infant", a, b),)
    keys_a, keys_b = _typed(a), _typed(b)
    found = [*_keystrokes(a, keys_a), *(_swap(item) for item in _keystrokes(b, keys_b))]
    left, right = keys_a or a, keys_b or b
    if left.marked == right.marked:
        return tuple(found)
    found += _structure(a, b, left, right) or _by_words(a, b, left, right)
    found = _customs(found, a, b, sex, ethnicity, adult, same_spouse)
    return tuple(sorted(found, key=lambda item: _LEADING.get(item.code, len(_LEADING))))


def _spellings(a: PersonName, b: PersonName) -> tuple[Difference, ...]:
    """Names that are one when tone placement, Đ/Ð and case are unified."""
    if a.nfc.lower() == b.nfc.lower():
        return (Difference("case", harmless=True),)
    found = []
    eth_a, eth_b = a.nfc.lower().replace("ð", "đ"), b.nfc.lower().replace("ð", "đ")
    if eth_a != a.nfc.lower() or eth_b != b.nfc.lower():
        found.append(Difference("d_bar", _where(a.nfc, "Ððđ"), _where(b.nfc, "Ððđ"), harmless=True))
    if eth_a != eth_b:
        spans_a, spans_b = [], []
        for (start_a, one), (start_b, other) in zip(_places(a), _places(b), strict=False):
            if one.lower() != other.lower():
                spans_a.append((start_a, start_a + len(one)))
                spans_b.append((start_b, start_b + len(other)))
        values = {"a": a.nfc, "b": b.nfc}
        found.append(Difference("tone_place", tuple(spans_a), tuple(spans_b), values, harmless=True))
    return tuple(found)


def _where(text: str, letters: str) -> tuple[Span, ...]:
    return tuple((i, i + 1) for i, char in enumerate(text) if char in letters)


def _places(name: PersonName) -> list[tuple[int, str]]:
    """The words of a name with the place where each begins in the NFC text."""
    places, start = [], 0
    for token in name.tokens:
        start = name.nfc.index(token, start)
        places.append((start, token))
        start += len(token)
    return places


def _typed(name: PersonName) -> PersonName | None:
    """The name that keystroke leftovers meant; None when it holds none."""
    read = [decode_telex(token) or decode_vni(token) or token for token in name.tokens]
    return None if read == list(name.tokens) else parse_name(" ".join(read))


def _keystrokes(name: PersonName, meant: PersonName | None) -> list[Difference]:
    if meant is None:
        return []
    found = []
    for (start, token), read in zip(_places(name), meant.tokens, strict=True):
        if token != read:
            code = "vni" if any(char.isdigit() for char in token) else "telex"
            found.append(Difference(code, ((start, start + len(token)),), (), {"a": token, "b": read}))
    return found


def _swap(item: Difference) -> Difference:
    return replace(item, left=item.right, right=item.left)


def _structure(a: PersonName, b: PersonName, left: PersonName, right: PersonName) -> list[Difference]:
    """Differences of the whole name: turned order, abbreviations."""
    words_a, words_b = [fold(t) for t in left.tokens], [fold(t) for t in right.tokens]
    if words_a != words_b and sorted(words_a) == sorted(words_b):
        return [_whole("order_turned", a, b)]
    if (left.abbreviated or right.abbreviated) and len(words_a) == len(words_b):
        pairs = list(zip(left.tokens, right.tokens, strict=True))
        if all(_abbreviates(one, other) for one, other in pairs):
            return [_whole("abbreviation", a, b)]
    return []


def _abbreviates(one: str, other: str) -> bool:
    if not one.endswith(".") and not other.endswith("."):
        return marked(one) == marked(other)
    short, full = (one, other) if one.endswith(".") else (other, one)
    return fold(full).startswith(fold(short).rstrip("."))


def _by_words(a: PersonName, b: PersonName, left: PersonName, right: PersonName) -> list[Difference]:
    """Word by word: surname with surname, given with given, the middle words in order."""
    places_a, places_b = _places(a), _places(b)
    bare = left.marked == left.folded or right.marked == right.folded
    if bare and left.folded == right.folded:
        return [_whole("marks_missing", a, b)]
    pairs, alone_a, alone_b = _align(left, right)
    found: list[Difference] = []
    for i, j, slot in pairs:
        named = syllable_difference(left.tokens[i], right.tokens[j], slot, bare=bare)
        if named is None:
            continue
        code, span_a, span_b, harmless = named
        (start_a, token_a), (start_b, token_b) = places_a[i], places_b[j]
        if token_a != left.tokens[i] or token_b != right.tokens[j]:
            span_a, span_b = (0, len(token_a)), (0, len(token_b))
        found.append(
            Difference(
                code,
                ((start_a + span_a[0], start_a + span_a[1]),),
                ((start_b + span_b[0], start_b + span_b[1]),),
                {"a": left.tokens[i], "b": right.tokens[j]},
                harmless=harmless,
            )
        )
    found += [_alone(places_a[i], False) for i in alone_a] + [_alone(places_b[j], True) for j in alone_b]
    codes = {item.code for item in found}
    if {"surname_differs", "given_differs"} <= codes:
        return [_whole("name_other", a, b)]
    return found


def _align(a: PersonName, b: PersonName) -> tuple[list[tuple[int, int, Slot]], list[int], list[int]]:
    """Pairs of word places with their slot, and the middle words that stand alone on each side."""
    last_a, last_b = len(a.tokens) - 1, len(b.tokens) - 1
    pairs: list[tuple[int, int, Slot]] = [(last_a, last_b, "given")]
    size_a, size_b = len(a.surname.split()), len(b.surname.split())
    if size_a and size_b:
        pairs = [(i, i, "surname") for i in range(min(size_a, size_b))] + pairs
        size_a = size_b = min(size_a, size_b)
    middle_a, middle_b = list(range(size_a, last_a)), list(range(size_b, last_b))
    if len(middle_a) == len(middle_b):
        return pairs[:-1] + [(i, j, "middle") for i, j in zip(middle_a, middle_b, strict=True)] + pairs[-1:], [], []
    alone_a, alone_b = list(middle_a), list(middle_b)
    matched: list[tuple[int, int, Slot]] = []
    for i in middle_a:
        j = next((j for j in alone_b if fold(a.tokens[i]) == fold(b.tokens[j])), None)
        if j is not None:
            matched.append((i, j, "middle"))
            alone_a.remove(i)
            alone_b.remove(j)
    return pairs[:-1] + matched + pairs[-1:], alone_a, alone_b


def _alone(place: tuple[int, str], on_right: bool) -> Difference:
    start, token = place
    span = ((start, start + len(token)),)
    return Difference("middle_dropped", () if on_right else span, span if on_right else (), {"a": token, "b": token})


def _customs(
    found: list[Difference],
    a: PersonName,
    b: PersonName,
    sex: str,
    ethnicity: str,
    adult: bool,
    same_spouse: bool,
) -> list[Difference]:
    """Rename what custom explains: a Mông man's adult name, a Khơ Mú man's surname from his wife."""
    codes = [item.code for item in found]
    people, _ = parse_people(ethnicity) if ethnicity else (None, "")
    known = people.name if people else ""
    if sex == "F" or not adult:
        return found
    mong = known == "Mông" or (not known and marked(a.surname) in MONG_SURNAMES and marked(b.surname) in MONG_SURNAMES)
    middle = {"middle_differs", "middle_dropped"}
    if mong and codes and set(codes) <= middle and {fold(a.middle), fold(b.middle)}.isdisjoint({"y", "thi"}):
        return [replace(item, code="mong_adult_name", values={"a": a.nfc, "b": b.nfc}) for item in found[:1]]
    surnames = {marked(a.surname), marked(b.surname)}
    khmu = known == "Khơ-mú" or (not known and same_spouse and bool(surnames & KHMU_SURNAMES))
    if khmu and codes == ["surname_differs"]:
        return [replace(found[0], code="khmu_wife_surname")]
    return found


def _whole(code: str, a: PersonName, b: PersonName) -> Difference:
    return Difference(code, ((0, len(a.nfc)),), ((0, len(b.nfc)),), {"a": a.nfc, "b": b.nfc})
