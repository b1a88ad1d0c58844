"""Every code of a difference has an example; its spans point at what differs; it has its words in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fieldtool.records import date_differences, name_differences, number_differences, place_differences
from fieldtool.records.dates import parse_date
from fieldtool.records.names import parse_name
from fieldtool.records.reasons import Difference, Span
from fieldtool.wording.catalogue import Language, Wording

MONG_MAN = {"sex": "M", "ethnicity": "Mông"}
KHMU_MAN = {"sex": "M", "ethnicity": "Khơ Mú"}
NAMES: dict[str, tuple[str, str, dict[str, str]]] = {
    "mong_adult_name": ("Xồng Bá Thái", "Xồng Rua Thái", MONG_MAN),
    "khmu_wife_surname": ("Cụt Văn Nhiên", "Moong Văn Nhiên", KHMU_MAN),
    "unnamed_infant": ("Chưa đặt tên", "Lô Gia Bảo", {}),
    "order_turned": ("Thái Xồng Bá", "Xồng Bá Thái", {}),
    "name_other": ("Lô Văn Thành", "Trần Thị Hải", {}),
    "surname_differs": ("Lô Văn Thành", "Trần Văn Thành", {}),
    "given_differs": ("Lô Văn Thành", "Lô Văn Quý", {}),
    "surname_missing": ("Văn Thành", "Lô Văn Thành", {}),
    "telex": ("Nguyeenx Vawn An", "Nguyễn Văn An", {}),
    "vni": ("Nguye64n Va8n An", "Nguyễn Văn An", {}),
    "moong": ("Moong Thị Hợi", "Mông Thị Hợi", {}),
    "telex_oo": ("Cụt Văn Xoong", "Cụt Văn Xông", {}),
    "marks_missing": ("Moong Thi Hoi", "Moong Thị Hợi", {}),
    "surname_variant": ("Lô Văn Thành", "Lò Văn Thành", {}),
    "abbreviation": ("Ng.V. Hương", "Nguyễn Văn Hương", {}),
    "middle_differs": ("Lô Đình Thành", "Lô Quang Thành", {}),
    "middle_dropped": ("Lô Thị Hoa", "Lô Hoa", {}),
    "aside": ("Lô Văn Ba (tức Sơn)", "Lô Văn Ba", {}),
    "i_y": ("Lê Văn Sĩ", "Lê Văn Sỹ", {}),
    "consonant": ("Lô Văn Trường", "Lô Văn Chường", {}),
    "final_consonant": ("Lô Văn Tâm", "Lô Văn Tân", {}),
    "letter_slip": ("Lô Văn Thnah", "Lô Văn Thanh", {}),
    "hat": ("Lô Văn Tôn", "Lô Văn Tơn", {}),
    "tone": ("Lô Văn Hải", "Lô Văn Hãi", {}),
    "tone_misplaced": ("Lô Văn Hoàn", "Lô Văn Hòan", {}),
    "d_bar": ("Đặng Văn An", "Ðặng Văn An", {}),
    "tone_place": ("Lô Thị Hoà", "Lô Thị Hòa", {}),
    "title": ("Ông Lô Văn Ba", "Lô Văn Ba", {}),
    "case": ("LÔ VĂN BA", "Lô Văn Ba", {}),
    "blank_space": ("Lô\u00a0 Văn Ba", "Lô Văn Ba", {}),
    "unicode_form": ("Lo\u0302 Va\u0306n Ba", "Lô Văn Ba", {}),
}
DATES = {
    "date_format": ("12/05/1990", "12.5.1990"),
    "year_only": ("1950", "12/08/1950"),
    "imputed_0101": ("01/01/1950", "12/08/1950"),
    "month_only": ("5/1972", "12/05/1972"),
    "day_month_swapped": ("03/05/1990", "05/03/1990"),
    "lunar_as_solar": ("15/07/1985", "30/08/1985"),
    "age_off_by_one": ("1950", "1951"),
    "digit_slip": ("12/05/1990", "12/05/1980"),
    "digits_turned": ("12/05/1987", "12/05/1978"),
    "date_century": ("12/05/1990", "12/05/1890"),
    "date_unreadable": ("không rõ", "12/05/1990"),
    "date_other": ("12/05/1990", "15/11/1990"),
}
NUMBERS = {
    "number_format": ("040 085 001 234", "040085001234"),
    "number_lost_zero": ("40085001234", "040085001234"),
    "number_letters": ("O40085OO1234", "040085001234"),
    "number_float": ("4.0085001234E+10", "040085001234"),
    "number_placeholder": ("111111111111", "040085001234"),
    "number_one_digit": ("040 085 001 235", "040085001234"),
    "number_digits_turned": ("040085001243", "040.085.001.234"),
    "number_digit_missing": ("04008500123", "040085001234"),
    "number_two_kinds": ("186123456", "040085001234"),
    "number_other": ("186123456", "187654321"),
}
PLACES = {
    "place_format": ("Bản Phồng, Tam Hợp", "Bản Phồng - Tam Hợp"),
    "place_detail": ("Lượng Minh, Tương Dương", "Lượng Minh, Tương Dương, Nghệ An"),
    "place_spelling": ("Lưỡng Minh, Tương Dương", "Lượng Minh, Tương Dương"),
    "place_renamed": ("Tà Si Láng, Trạm Tấu, Yên Bái", "Tà Xi Láng, Lào Cai"),
    "place_merged": ("Ngọc Lâm, Thanh Chương", "Sơn Lâm"),
    "place_village": ("Bản Phồng, Tam Hợp", "Bản Xốp Nặm, Tam Hợp"),
    "place_unknown": ("Kim Đa, Tương Dương", "Lượng Minh, Tương Dương"),
    "place_other": ("Lượng Minh, Tương Dương", "Mỹ Lý, Kỳ Sơn"),
}
Found = tuple[Difference, ...]


def _of_dates(a: str, b: str) -> Found:
    return date_differences.date_differences(parse_date(a), parse_date(b))


CASES: list[tuple[str, str, str, Callable[[str, str], Found]]] = [
    *((code, *pair, _of_dates) for code, pair in DATES.items()),
    *((code, *pair, number_differences.number_differences) for code, pair in NUMBERS.items()),
    *((code, *pair, place_differences.place_differences) for code, pair in PLACES.items()),
]


def without(text: str, spans: tuple[Span, ...]) -> str:
    """A text with the spans taken out."""
    return "".join(letter for i, letter in enumerate(text) if not any(start <= i < end for start, end in spans))


def sound(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether spans lie in a text, in order, and cover something."""
    flat = [place for span in spans for place in span]
    return flat == sorted(flat) and all(0 <= start < end <= len(text) for start, end in spans)


def in_both_languages(item: Difference) -> bool:
    said = [Wording(language).difference(item) for language in Language]
    return all(text and "{" not in text and "difference." not in text for text in said) and said[0] != said[1]


@pytest.mark.parametrize("code", name_differences.CODES)
def test_a_name_difference(code: str) -> None:
    one, other, known = NAMES[code]
    a, b = parse_name(one), parse_name(other)
    found = name_differences.name_differences(a, b, **known)
    assert code in [item.code for item in found]
    assert any(item.left or item.right for item in found)
    for item in found:
        assert sound(a.nfc, item.left) and sound(b.nfc, item.right)
        assert in_both_languages(item)
    left = tuple(sorted({span for item in found for span in item.left}))
    right = tuple(sorted({span for item in found for span in item.right}))
    assert without(a.nfc, left).split() == without(b.nfc, right).split()


@pytest.mark.parametrize(("code", "a", "b", "differences"), CASES, ids=[case[0] for case in CASES])
def test_another_difference(code: str, a: str, b: str, differences: Callable[[str, str], Found]) -> None:
    for one, other in ((a, b), (b, a)):
        (item,) = differences(one, other)
        assert item.code == code
        assert sound(one, item.left) and sound(other, item.right) and (item.left or item.right)
        assert in_both_languages(item)
    if code in ("digit_slip", "digits_turned", "number_one_digit", "number_digits_turned", "number_digit_missing"):
        (item,) = differences(a, b)
        left, right = without(a, item.left), without(b, item.right)
        assert [c for c in left if c.isdecimal()] == [c for c in right if c.isdecimal()]
        assert sum(end - start for start, end in item.left) <= 2


def test_every_code_has_an_example() -> None:
    assert set(NAMES) == set(name_differences.CODES)
    assert set(DATES) == set(date_differences.CODES)
    assert set(NUMBERS) == set(number_differences.CODES)
    assert set(PLACES) == set(place_differences.CODES)
