"""The mistakes of the sample: each does what its name says, leaves alone what it cannot spoil, and does happen."""

from __future__ import annotations

import datetime
import unicodedata
from collections import Counter
from random import Random

import pytest

from fieldtool.ports import no_progress
from fieldtool.records.fields import DocumentKind
from fieldtool.usecases.sample import date_mistakes as dates
from fieldtool.usecases.sample import name_mistakes as names
from fieldtool.usecases.sample import number_mistakes as numbers
from fieldtool.usecases.sample.families import Person
from fieldtool.usecases.sample.households import make_commune
from fieldtool.usecases.sample.mistakes import MISTAKES
from fieldtool.usecases.sample.names import Name
from fieldtool.usecases.sample.papers import make_papers


def person(people: str = "Thái", *, male: bool = True, born: str = "1985-08-30") -> Person:
    return Person(1, Name("Lô", "Văn", "Thành"), male, datetime.date.fromisoformat(born), people, "Đửa")


@pytest.mark.parametrize(
    ("make", "right", "wrong"),
    [
        (names.telex, "Lô Văn Thành", {"Loo Vawn Thanhf"}),
        (names.telex, "Đoọc Thị Lường", {"Ddoocj Thij Luwowngf"}),
        (names.vni, "Lô Văn Thành", {"Lo6 Va8n Thanh2"}),
        (names.no_marks, "Đặng Thị Lữ", {"Dang Thi Lu"}),
        (names.tone_place, "Lô Hòa", {"Lô Hoà"}),
        (names.tone_place, "Vi Thuý", {"Vi Thúy"}),
        (names.i_y, "Vi Văn Ọt", {"Vy Văn Ọt"}),
        (names.i_y, "Lỳ Pó", {"Lì Pó"}),
        (names.moong, "Moong Văn Hải", {"Mông Văn Hải", "Mong Văn Hải"}),
        (names.middle_dropped, "Lô Thị May", {"Lô May"}),
        (names.turned, "Lô Văn Thành", {"Thành Lô Văn"}),
        (names.eth, "Đinh Văn Đại", {"\u00d0inh Văn \u00d0ại"}),
        (names.surname, "Xồng Bá Thái", {"Sồng Bá Thái", "Sùng Bá Thái", "Xông Bá Thái"}),
    ],
)
def test_name_mistakes(make: object, right: str, wrong: set[str]) -> None:
    made = {make(Random(seed), person(), right) for seed in range(20)}  # type: ignore[operator]
    assert made <= wrong
    assert made


@pytest.mark.parametrize(
    ("make", "right"),
    [
        (names.tone_place, "Lô Văn Thành"),
        (names.tone_place, "Quý Hoàn"),  # qu is a consonant; hoàn is closed: the tone has one place
        (names.moong, "Mông Văn Hải"),
        (names.no_marks, "Lo Van Nam"),
        (names.mong_adult_name, "Lô Văn Thành"),
        (names.wifes_surname, "Lô Văn Thành"),
        (names.unnamed, "Lô Văn Thành"),
        (numbers.lost_zero, "186123456"),
    ],
)
def test_what_cannot_go_wrong_stays(make: object, right: str) -> None:
    assert make(Random(1), person(), right) is None  # type: ignore[operator]


@pytest.mark.parametrize(
    "right", ["Hà Công Liệu", "Nguyễn Thị Nguyệt", "Cụt Phò Nhiên", "Lường Thị Thuật", "Sầm Ngọc Uyển"]
)
def test_another_tone_is_still_one_letter_each(right: str) -> None:
    for seed in range(40):
        wrong = names.one_tone(Random(seed), person(), right)
        assert wrong is not None
        assert wrong != right
        assert len(wrong) == len(right)  # no mark is left standing alone
        assert names._bare(wrong) == names._bare(right)
        assert not any(unicodedata.combining(letter) for letter in wrong)


def test_date_mistakes() -> None:
    day = datetime.date(1985, 3, 12)
    who = person(born="1985-03-12")
    assert dates.month_for_day(Random(1), who, day) == datetime.date(1985, 12, 3)
    assert dates.month_for_day(Random(1), who, datetime.date(1985, 3, 13)) is None
    assert dates.year_only(Random(1), who, day) == "1985"
    assert dates.first_january(Random(1), who, day) == datetime.date(1985, 1, 1)
    assert dates.lunar_as_solar(Random(1), who, day) == "21/02/1985"  # Tết was on 21 January in Vietnam
    assert dates.age_counted_from_one(Random(1), who, day) == "1984"
    assert dates.elders_year(Random(1), who, day) is None
    for seed in range(40):
        slip = dates.digit_slip(Random(seed), who, day)
        assert isinstance(slip, datetime.date)
        assert sum(a != b for a, b in zip(f"{slip:%d%m%Y}", f"{day:%d%m%Y}", strict=True)) == 1
        turned = dates.digits_turned(Random(seed), who, day)
        assert turned in {datetime.date(1985, 3, 21), datetime.date(1958, 3, 12)}


def test_number_mistakes() -> None:
    right = "040085001234"
    assert numbers.lost_zero(Random(1), person(), right) == 40085001234
    assert numbers.float_notation(Random(1), person(), right) in {"4.00850E+10", "4,00850E+10"}
    assert numbers.shared(Random(1), person(), right) is None  # no kin
    for seed in range(30):
        other = numbers.one_digit(Random(seed), person(), right)
        assert isinstance(other, str)
        assert sum(a != b for a, b in zip(other, right, strict=True)) == 1
        turned = numbers.two_turned(Random(seed), person(), right)
        assert sorted(str(turned)) == sorted(right)
        assert turned != right
        missing = numbers.one_missing(Random(seed), person(), right)
        assert len(str(missing)) == 11


def test_every_mistake_of_the_table_happens_at_about_its_rate() -> None:
    papers = make_papers(Random(3), make_commune(Random(3), 6000, no_progress))
    planted = Counter(code for paper in papers.all() for code in paper.planted)
    never = {mistake.code for mistake in MISTAKES} - set(planted)
    assert not never
    swapped = sum("other_sex" in paper.planted for paper in papers.book)
    expected = next(m for m in MISTAKES if m.code == "other_sex").rate(DocumentKind.HOUSEHOLD) * len(papers.book)
    assert 0.3 * expected < swapped < 3 * expected
