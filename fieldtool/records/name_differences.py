"""How two written names differ, by name: the explanation an officer can check on the papers.

Codes have their sentences as "difference.<code>". Sources of the rules: reference/domain.md 4.1 to 4.3.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from fieldtool.records.keystrokes import decode_vni, meant
from fieldtool.records.name_customs import Bearer, by_custom
from fieldtool.records.name_words import Sides, Word, lay_side_by_side, words_of
from fieldtool.records.names import PersonName
from fieldtool.records.peoples import parse_people
from fieldtool.records.reasons import Difference, Span
from fieldtool.records.syllable_differences import Slot, runs, syllable_differences
from fieldtool.records.vietnamese import fold, marked
from fieldtool.records.written_forms import form_difference

# In the order in which they explain: what custom or an unnamed child explains, then what no spelling explains, then
# the slips of typing and spelling, last what is one value anyway.
CODES = (
    "mong_adult_name",
    "khmu_wife_surname",
    "unnamed_infant",
    "order_turned",
    "name_other",
    "surname_differs",
    "given_differs",
    "surname_missing",
    "telex",
    "vni",
    "moong",
    "telex_oo",
    "marks_missing",
    "surname_variant",
    "abbreviation",
    "middle_differs",
    "middle_dropped",
    "aside",
    "i_y",
    "consonant",
    "final_consonant",
    "letter_slip",
    "hat",
    "tone",
    "tone_misplaced",
    "d_bar",
    "tone_place",
    "title",
    "case",
    "blank_space",
    "unicode_form",
)
_RANK = {code: place for place, code in enumerate(CODES)}
# A name typed without marks shows in these two first; elsewhere one lost mark may be a mark misheard.
_USUAL_MIDDLES = frozenset({"van", "thi"})


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
    Khơ Mú men. Spans count code points of the NFC texts and cover what differs on each side. A name against an
    empty text is no difference.
    """
    if a.raw == b.raw or not a.nfc or not b.nfc:
        return ()
    if a.nfc == b.nfc:
        return (form_difference(a.raw, b.raw, a.nfc),)
    if _same_words(a, b):  # lists in capitals: most of all names that differ
        return tuple(_case(a, b))
    people = parse_people(ethnicity)[0] if ethnicity else None
    bearer = Bearer(sex, people.name if people else "", adult, same_spouse)
    if a.unnamed or b.unnamed:
        found = _unnamed(a, b, bearer.people)
    else:
        left, right = words_of(a, b), words_of(b, a)
        typed = [*_keystrokes(left, right, flip=False), *_keystrokes(right, left, flip=True)]
        body = _turned(a, left, b, right) or _by_slots(a, left, b, right, bearer)
        found = [*typed, *by_custom(body, a, b, bearer)]
    if a.marked == b.marked:
        found += _case(a, b)
    found += _around(a, b)
    if not found:  # "Ng.V. Hương" and "Ng. V. Hương" have the same words
        same = [marked(token) for token in a.tokens] == [marked(token) for token in b.tokens]
        whole = _whole("blank_space" if same else "name_other", a, b)
        found = [dataclasses.replace(whole, values={}, harmless=True) if same else whole]
    return tuple(sorted(found, key=lambda item: (_RANK[item.code], min((*item.left, *item.right), default=(0, 0)))))


def _same_words(a: PersonName, b: PersonName) -> bool:
    """Whether two plain names have the same letters but for capitals, and no keystrokes that may need decoding."""
    if a.unnamed or a.title or a.aside or b.title or b.aside or len(a.nfc) != len(b.nfc):
        return False
    return a.nfc.lower() == b.nfc.lower() and all(meant(token) == token for token in (*a.tokens, *b.tokens))


def _around(a: PersonName, b: PersonName) -> list[Difference]:
    """A title in front of a name, and what was written behind it."""
    found = []
    if marked(a.title) != marked(b.title):
        left, right = (((0, len(name.title)),) if name.title else () for name in (a, b))
        found.append(Difference("title", left, right, {"a": a.title, "b": b.title}, harmless=True))
    if marked(a.aside) != marked(b.aside):
        left, right = (((len(name.nfc) - len(name.aside), len(name.nfc)),) if name.aside else () for name in (a, b))
        found.append(Difference("aside", left, right, {"a": a.aside, "b": b.aside}))
    return found


def _case(a: PersonName, b: PersonName) -> list[Difference]:
    """Capitals, once the letters are the same."""
    if len(a.nfc) != len(b.nfc):
        return []
    letters = enumerate(zip(a.nfc, b.nfc, strict=True))
    spans = runs(i for i, (one, other) in letters if one != other and one.lower() == other.lower())
    return [Difference("case", spans, spans, harmless=True)] if spans else []


def _unnamed(a: PersonName, b: PersonName, people: str) -> list[Difference]:
    """A child not yet named on one paper; the surname is compared all the same."""
    found = [_whole("unnamed_infant", a, b)]
    if a.surname and b.surname and marked(a.surname) != marked(b.surname):
        one = Word(a.nfc.index(a.surname), a.surname, a.surname)
        other = Word(b.nfc.index(b.surname), b.surname, b.surname)
        found += _pair(one, other, "surname", False, people)
    return found


def _keystrokes(mine: tuple[Word, ...], theirs: tuple[Word, ...], *, flip: bool) -> list[Difference]:
    """Telex and VNI leftovers of one name, with the words of the other name that they spell."""
    found = []
    typed = [word for word in mine if word.text != word.meant]
    for code in ("telex", "vni"):
        words = [word for word in typed if ("vni" if decode_vni(word.text) else "telex") == code]
        if not words:
            continue
        spelt = {marked(word.meant) for word in words}
        here = tuple(word.span for word in words)
        there = tuple(word.span for word in theirs if marked(word.text) in spelt)
        values = {"a": " ".join(word.text for word in words), "b": " ".join(word.meant for word in words)}
        found.append(Difference(code, there if flip else here, here if flip else there, values))
    return found


def _turned(a: PersonName, left: tuple[Word, ...], b: PersonName, right: tuple[Word, ...]) -> list[Difference]:
    """The same words in another order, or surname and given name changed about with a middle word dropped."""
    one, other = [fold(word.meant) for word in left], [fold(word.meant) for word in right]
    ends = len(one) > 1 and len(other) > 1 and (one[0], one[-1]) == (other[-1], other[0]) and one[0] != one[-1]
    if one == other or not (sorted(one) == sorted(other) or (ends and len(one) != len(other))):
        return []
    found = [_whole("order_turned", a, b)]
    rest = list(right)
    for word in left:
        match = next((w for w in rest if marked(w.meant) == marked(word.meant)), None)
        match = match or next((w for w in rest if fold(w.meant) == fold(word.meant)), None)
        if match is None:
            found.append(_alone(word, on_right=False))
        else:
            rest.remove(match)
            found += _pair(word, match, "middle", False, "")
    return found + [_alone(word, on_right=True) for word in rest]


def _by_slots(
    a: PersonName, left: tuple[Word, ...], b: PersonName, right: tuple[Word, ...], bearer: Bearer
) -> list[Difference]:
    sides = lay_side_by_side(a, left, b, right)
    bare = _typed_bare(sides)
    found: list[Difference] = []
    for one, other, slot in sides.pairs:
        found += _pair(one, other, slot, bare, bearer.people)
    if {"surname_differs", "given_differs"} <= {item.code for item in found}:
        return [_whole("name_other", a, b)]
    if sides.alone_left and sides.alone_right:
        found.append(_middle_differs(sides.alone_left, sides.alone_right))
    else:
        found += [_alone(word, on_right=False) for word in sides.alone_left]
        found += [_alone(word, on_right=True) for word in sides.alone_right]
    for word, on_right in ((sides.surname_left, False), (sides.surname_right, True)):
        if word is not None and any(item.code == "given_differs" for item in found):
            return [_whole("name_other", a, b)]
        if word is not None:
            found.append(_alone(word, on_right=on_right, code="surname_missing"))
    return _in_one(_in_one(found, "marks_missing", a, b), "abbreviation", a, b)


def _typed_bare(sides: Sides) -> bool:
    """Whether one side has no mark at all and lacks those of the other, in more than one place or in Văn or Thị."""
    left, right = [pair[0].meant for pair in sides.pairs], [pair[1].meant for pair in sides.pairs]
    for mine, theirs in ((left, right), (right, left)):
        lost = [w for w, full in zip(mine, theirs, strict=True) if fold(w) == fold(full) and marked(w) != marked(full)]
        bare = all(marked(word) == fold(word) for word in mine)
        if bare and (len(lost) > 1 or any(fold(word) in _USUAL_MIDDLES for word in lost)):
            return True
    return False


def _pair(one: Word, other: Word, slot: Slot, bare: bool, people: str) -> list[Difference]:
    """The differences of two words in one slot, their spans in the NFC texts."""
    values = {"a": one.meant, "b": other.meant}
    found = []
    for named in syllable_differences(one.meant, other.meant, slot, bare=bare, people=people):
        left = _moved(named.left, one)
        right = _moved(named.right, other)
        found.append(Difference(named.code, left, right, values, harmless=named.harmless))
    return found


def _moved(spans: Iterable[Span], word: Word) -> tuple[Span, ...]:
    """Spans counted from the start of the name; the whole word where its keys had to be decoded first."""
    if word.text != word.meant:
        return (word.span,)
    return tuple((word.start + start, word.start + end) for start, end in spans)


def _middle_differs(left: tuple[Word, ...], right: tuple[Word, ...]) -> Difference:
    values = {"a": " ".join(word.meant for word in left), "b": " ".join(word.meant for word in right)}
    return Difference("middle_differs", tuple(w.span for w in left), tuple(w.span for w in right), values)


def _alone(word: Word, *, on_right: bool, code: str = "middle_dropped") -> Difference:
    span = (word.span,)
    return Difference(code, () if on_right else span, span if on_right else (), {"a": word.meant, "b": word.meant})


def _in_one(found: Sequence[Difference], code: str, a: PersonName, b: PersonName) -> list[Difference]:
    """Differences of one code in several words as one difference of the names."""
    several = [item for item in found if item.code == code]
    if len(several) < 2:
        return list(found)
    left = tuple(span for item in several for span in item.left)
    right = tuple(span for item in several for span in item.right)
    return [Difference(code, left, right, {"a": a.nfc, "b": b.nfc}), *(item for item in found if item.code != code)]


def _whole(code: str, a: PersonName, b: PersonName) -> Difference:
    return Difference(code, ((0, len(a.nfc)),), ((0, len(b.nfc)),), {"a": a.nfc, "b": b.nfc})
