"""Two written values of one field: do they agree, and if not, what is the difference called?"""

from __future__ import annotations

from fieldtool.records.date_differences import date_differences
from fieldtool.records.dates import parse_date
from fieldtool.records.fields import DATE_FIELDS, Field
from fieldtool.records.local_knowledge import remembered
from fieldtool.records.name_differences import name_differences
from fieldtool.records.names import parse_name
from fieldtool.records.number_differences import number_differences
from fieldtool.records.peoples import parse_people
from fieldtool.records.place_differences import place_differences
from fieldtool.records.reasons import Difference
from fieldtool.records.vietnamese import fold, marked

_NAMES = frozenset({Field.NAME, Field.FATHER, Field.MOTHER, Field.SPOUSE, Field.HEAD, Field.OTHER_NAME})
_NUMBERS = frozenset({Field.N12, Field.N9})
_PLACES = frozenset(
    {Field.PLACE, Field.ORIGIN, Field.BIRTH_PLACE, Field.REG_PLACE, Field.ISSUE_PLACE, Field.PREVIOUS_ADDRESS}
)
CODES = ("sex_differs", "people_differs", "people_subgroup", "text_case", "text_differs")
_MALE = frozenset({"m", "nam", "trai", "male", "1"})
_FEMALE = frozenset({"f", "nu", "gai", "female", "0", "2"})


def read_sex(text: str) -> str:
    """Sex as "M" or "F" from Nam/Nữ, M/F and their like; "" when it says neither."""
    folded = fold(text)
    if folded in _MALE:
        return "M"
    return "F" if folded in _FEMALE else ""


def differences(field: Field, left: str, right: str, *, sex: str = "", ethnicity: str = "") -> tuple[Difference, ...]:
    """The named differences between two written values; () when they are written alike.

    `sex` ("M", "F") and `ethnicity` of the person let names be read by the custom of his people.
    """
    if left == right:
        return ()
    if field in _NAMES:
        own = field is Field.NAME
        return name_differences(
            parse_name(left, ethnicity), parse_name(right, ethnicity), sex=sex if own else "", ethnicity=ethnicity
        )
    if field in DATE_FIELDS:
        return date_differences(parse_date(left), parse_date(right))
    if field in _NUMBERS:
        return number_differences(left, right)
    if field in _PLACES:
        return _places(left, right)
    if field is Field.SEX:
        return _sexes(left, right)
    if field is Field.ETHNICITY:
        return _peoples(left, right)
    return _texts(left, right)


def agree(found: tuple[Difference, ...]) -> bool:
    """Whether the differences are only spellings of one value."""
    return all(difference.harmless for difference in found)


@remembered(maxsize=4096)  # a commune's papers write its few places in a few ways, thousands of times over
def _places(left: str, right: str) -> tuple[Difference, ...]:
    return place_differences(left, right)


def _sexes(left: str, right: str) -> tuple[Difference, ...]:
    a, b = read_sex(left), read_sex(right)
    if a and a == b:
        return ()
    return (_whole("sex_differs", left, right),)


def _peoples(left: str, right: str) -> tuple[Difference, ...]:
    (people_a, group_a), (people_b, group_b) = parse_people(left), parse_people(right)
    if people_a is not None and people_a == people_b:
        return () if group_a == group_b else (_whole("people_subgroup", left, right, harmless=True),)
    if people_a is None and people_b is None:
        return _texts(left, right)
    return (_whole("people_differs", left, right),)


def _texts(left: str, right: str) -> tuple[Difference, ...]:
    if marked(left) == marked(right):
        return (_whole("text_case", left, right, harmless=True),)
    return (_whole("text_differs", left, right),)


def _whole(code: str, left: str, right: str, *, harmless: bool = False) -> Difference:
    return Difference(code, ((0, len(left)),), ((0, len(right)),), {"a": left, "b": right}, harmless=harmless)
