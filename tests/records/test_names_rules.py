"""Rules that hold for every name: symmetry, spans inside the text, NFD as NFC, harmless means one comparing form."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.records import name_differences as differences_of_names
from fieldtool.records.name_differences import CODES, name_differences
from fieldtool.records.names import parse_name
from fieldtool.records.tables import table_text
from fieldtool.records.vietnamese import fold, marked, nfc, sort_key
from fieldtool.usecases.sample import name_mistakes

PARTS = {
    (row["people"], row["slot"]): [part.replace("_", " ") for part in row["parts"].split()]
    for row in csv.DictReader(io.StringIO(table_text("sample/name_parts.csv")))
}
PEOPLES = sorted({people for people, _ in PARTS})
WILD = st.text(alphabet="aăâeêioôơuưyAĐÐđðdnghkctv àáạãảốỗộ.-'\u0300\u0301\u0302\u0323\u00ad\u200b05Zwfsx", max_size=24)


@st.composite
def names(draw: st.DrawFn) -> str:
    people = draw(st.sampled_from(PEOPLES))
    sex = draw(st.sampled_from(("male", "female")))
    parts = [draw(st.sampled_from(PARTS[people, slot])) for slot in ("surname", f"{sex}_middle", sex)]
    return " ".join(part for part in parts if part != "-")


CHANGES = (
    *(lambda text, rng, change=change: change(rng, None, text) or text for change in (  # type: ignore[misc]
        name_mistakes.eth, name_mistakes.tone_place, name_mistakes.i_y, name_mistakes.one_tone, name_mistakes.hat,
        name_mistakes.no_marks, name_mistakes.telex, name_mistakes.vni, name_mistakes.moong, name_mistakes.surname,
        name_mistakes.middle_dropped, name_mistakes.abbreviated, name_mistakes.turned, name_mistakes.letter_case,
        name_mistakes.nfd,
    )),
)  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    first = draw(names())
    if draw(st.booleans()):
        return first, draw(names())
    rng = Random(draw(st.integers(0, 999)))
    second = first
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3)):
        second = change(second, rng)
    return first, second


def spelt_one_way(form: str) -> str:
    """A comparing form without blanks, with c for k and q, g for gh and one apostrophe: spellings of one sound."""
    return re.sub("g+h", "g", form.replace(" ", "")).translate(str.maketrans("kq\u2019\u02bc", "cc''"))


def check(a: str, b: str, people: str, sex: str) -> None:
    left, right = parse_name(a), parse_name(b)
    found = name_differences(left, right, sex=sex, ethnicity=people)
    back = name_differences(right, left, sex=sex, ethnicity=people)
    assert sorted((d.code, d.left, d.right) for d in found) == sorted((d.code, d.right, d.left) for d in back)
    if left.nfc and right.nfc:
        assert (found == ()) == (a == b)
    for item in found:
        assert item.code in CODES
        for text, spans in ((left.nfc, item.left), (right.nfc, item.right)):
            assert all(0 <= start < end <= len(text) for start, end in spans)
    if found and all(item.harmless for item in found):
        assert spelt_one_way(left.marked) == spelt_one_way(right.marked)
    elif found:
        assert left.marked != right.marked


@settings(max_examples=250, deadline=None)
@given(pairs(), st.sampled_from(["", "Mông", "Thái", "Khơ Mú"]), st.sampled_from(["", "M", "F"]))
def test_names_of_the_field(pair: tuple[str, str], people: str, sex: str) -> None:
    check(*pair, people, sex)


@settings(max_examples=250, deadline=None)
@given(WILD, WILD)
def test_any_text(a: str, b: str) -> None:
    check(a, b, "", "")


@settings(max_examples=200, deadline=None)
@given(st.one_of(WILD, names(), st.text(max_size=20)))
def test_forms_are_stable(text: str) -> None:
    for form in (nfc, fold, marked):
        assert form(form(text)) == form(text)
    for form in (nfc, fold, marked, sort_key):
        assert form(unicodedata.normalize("NFD", text)) == form(unicodedata.normalize("NFC", text))
    assert fold(marked(text)) == fold(text)
    assert unicodedata.is_normalized("NFC", nfc(text))


@settings(max_examples=200, deadline=None)
@given(names(), st.integers(0, 99))
def test_the_key_holds_through_a_clerks_usual_mistakes(text: str, seed: int) -> None:
    key = parse_name(text).key
    rng = Random(seed)
    for change in (name_mistakes.no_marks, name_mistakes.eth, name_mistakes.tone_place, name_mistakes.letter_case,
                   name_mistakes.one_tone, name_mistakes.hat, name_mistakes.i_y, name_mistakes.telex,
                   name_mistakes.vni, name_mistakes.middle_dropped, name_mistakes.surname):  # fmt: skip
        wrong = change(rng, None, text)  # type: ignore[arg-type]
        if wrong:
            assert parse_name(wrong).key == key, (wrong, change.__name__)


@pytest.mark.parametrize(
    ("text", "title", "surname", "called", "aside"),
    [
        ("Ông Lô Văn An", "Ông", "Lô", "An", ""),
        ("Ông/bà: Lô Văn An", "Ông/bà:", "Lô", "An", ""),
        ("Ông Thị Mai", "", "Ông", "Mai", ""),
        ("Ông Ích Khiêm", "", "Ông", "Khiêm", ""),
        ("Bà Vi", "", "Bà", "Vi", ""),
        ("Lô Văn An (Hải)", "", "Lô", "An", "(Hải)"),
        ("Anh Lô Văn An, SN 1950", "Anh", "Lô", "An", ", SN 1950"),
        ("Lô Văn An - 1950", "", "Lô", "An", "- 1950"),
        ("Lô (Lò) Văn An", "", "Lô", "An", ""),
        ("An (Hải)", "", "An", "(Hải)", ""),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(
    text: str, title: str, surname: str, called: str, aside: str
) -> None:
    name = parse_name(text)
    assert (name.title, name.surname, name.given, name.aside) == (title, surname, called, aside)
    assert name.nfc[name.start :].startswith(name.tokens[0])
    assert name.raw == text


@given(st.text(max_size=40))
def test_any_text_is_a_name_of_some_kind(text: str) -> None:
    name = parse_name(text)
    assert name.raw == text
    assert all(token in name.nfc for token in name.tokens)
    name_differences(name, parse_name("Lô Văn An"))
    name_differences(parse_name("Ông Lô Văn An (Hải)"), name)


@pytest.mark.parametrize(
    ("text", "byname"),
    [
        ("Lô Văn Hải (lớn)", "lon"),
        ("Lô Văn Hải (bé)", "be"),
        ("Vi Văn Thoong (con)", "con"),
        ("Lô Văn Thành tức Hải", "hai"),
        ("Lô Văn Thành hay còn gọi là Hải", "hai"),
        ("Lô Văn Thành (đã chết)", ""),
        ("Lô Văn Piềng, 1930", ""),
        ("Lô Văn Thành", ""),
    ],
)
def test_a_byname_tells_bearers_of_one_name_apart(text: str, byname: str) -> None:
    assert parse_name(text).byname == byname


@given(
    st.one_of(names(), WILD),
    st.sampled_from((str.upper, str.lower, str.swapcase)),
    st.sampled_from(("", "Mông", "Khơ Mú")),
)
def test_capitals_go_a_short_way_that_ends_where_the_long_way_ends(
    name: str, spelled: Callable[[str], str], ethnicity: str
) -> None:
    a, b = parse_name(name), parse_name(spelled(name))
    short = name_differences(a, b, sex="M", ethnicity=ethnicity)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differences_of_names, "_same_words", lambda *_: False)
        assert name_differences(a, b, sex="M", ethnicity=ethnicity) == short


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ("Kha Thị Nga", "Kha Thị Ngha", "consonant"),
        ("Lô Thị Kiều", "Lô Thị Ciều", "consonant"),
        ("H'Lan Niê", "H\u2019Lan Niê", "unicode_form"),
        ("Lô Văn Thành.", "Lô Văn Thành", "blank_space"),
        ("Lô Văn Thành,", "Lô Văn Thành", "blank_space"),
        ("Anh Lô Văn Ba", "Lô Văn Ba", "title"),
    ],
)
def test_one_name_written_two_ways(a: str, b: str, code: str) -> None:
    (found,) = name_differences(parse_name(a), parse_name(b))
    assert (found.code, found.harmless) == (code, True)


def test_a_given_name_that_is_also_a_title_is_a_name_where_the_order_is_turned() -> None:
    found = name_differences(parse_name("Anh Nguyễn Văn"), parse_name("Nguyễn Văn Anh"))
    assert [item.code for item in found] == ["order_turned"]


@pytest.mark.parametrize("text", ["Con trai", "Con gái", "Cháu trai", "Con gái chị Lan", "CON TRAI BÀ VI THỊ ƠN"])
def test_a_child_that_is_called_a_son_or_a_daughter_has_no_name_yet(text: str) -> None:
    assert parse_name(text).unnamed
