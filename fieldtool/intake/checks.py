"""What is remarkable in the fields of one row: each remark is a code, never a change of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from fieldtool.intake.columns import flat
from fieldtool.intake.issues import IssueCode
from fieldtool.records.dates import FIRST_YEAR, REFERENCE_YEAR, PaperDate, parse_date
from fieldtool.records.fields import Field
from fieldtool.records.numbers import decode12, parse_number
from fieldtool.records.relations import implied_sex
from fieldtool.records.surnames import is_known

Remark = tuple[IssueCode, Field]

_PLAIN_DAY = re.compile(r"(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])/(19\d\d|200\d|201\d)\Z")
_ERRORS = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)\Z|Err:\d{3}\Z", re.IGNORECASE
)
_HASHES = re.compile(r"#{2,}\Z")
_LOST = re.compile(r"\ufffd|[^\W\d_]\?[^\W\d_]|[^\W\d_]\?\s[^\W\d_]|\?[^\W\d_]")
_ABBREVIATED = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3}\.")
_UNNAMED = frozenset(
    {
        "chua dat ten",
        "chua co ten",
        "khong ten",
        "chua khai sinh",
        "be trai",
        "be gai",
        "con trai",
        "con gai",
        "so sinh",
    }
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SEXES: Mapping[str, str] = {
    "nam": "M", "m": "M", "male": "M", "trai": "M", "nam gioi": "M", "con trai": "M", "1": "M",
    "nu": "F", "f": "F", "female": "F", "gai": "F", "nu gioi": "F", "con gai": "F", "0": "F", "2": "F",
    "ông": "M", "anh": "M", "bà": "F", "chị": "F",
}  # fmt: skip
LONGEST_CELL = 2000  # characters; more than any field of a paper holds
LONGEST_NAME = 120


@lru_cache(maxsize=1024)
def _implied(relation: str) -> str:
    return implied_sex(relation)


@lru_cache(maxsize=256)
def sex_of(text: str) -> str:
    """ "M", "F" or "" for what no clerk writes as a sex; "Male/Nam" says it in two languages."""
    told = {_SEXES.get(flat(part).strip(" ."), "") or _SEXES.get(part.strip().lower(), "") for part in text.split("/")}
    return told.pop() if len(told) == 1 else ""


_AS_ON_PAPERS = frozenset({"nam", "nu", "m", "f"})


def sex_written(text: str) -> str:
    """A sex as papers write it, where a list has a code or another word for it ("1", "Male", "Bà"); else the text."""
    if flat(text) in _AS_ON_PAPERS:
        return text
    return {"M": "Nam", "F": "Nữ"}.get(sex_of(text), text)


def written_as_name(text: str) -> bool:
    """Whether a text is written as a person's name is: words alone, two to six, the first a surname that is known."""
    words = text.split(" ")
    return 2 <= len(words) <= 6 and all(map(str.isalpha, words)) and is_known(words[0])


def lost_letters(text: str) -> bool:
    """Whether letters were replaced by question marks on the way."""
    return ("?" in text or "\ufffd" in text) and bool(_LOST.search(text))


def error_value(text: str) -> bool:
    """Whether a cell shows a formula error instead of a value."""
    return text[:1] in "#E" and bool(_ERRORS.match(text))


def hashes(text: str) -> bool:
    """Whether a column too narrow was saved as ####."""
    return text[:1] == "#" and bool(_HASHES.match(text))


# "Lô Văn An và Vi Thị Bình", "Lô Văn An, Vi Thị Bình"; "Và" is also a surname and a given name.
_BETWEEN_PEOPLE = re.compile(r"\s+(?:và|VÀ|&|\+)\s+|\s*[,/]\s*|\s+[-–]\s+")

_WITH_KIN = re.compile(r"\s(?:và|cùng)\s+(?:vợ|chồng|con|các con|gia đình|em|anh|chị)(?:\s|\Z)")


def _joined(name: str) -> bool:
    """Whether a cell holds the names of several people in one line."""
    return bool(_WITH_KIN.search(name)) or sum(map(written_as_name, _BETWEEN_PEOPLE.split(name))) > 1


def name_fault(name: str) -> IssueCode | None:
    """Why a name cannot be taken, or must be looked at; None for a name that can."""
    if name.isalpha() or name.replace(" ", "").isalpha():
        if (" và " in name or " VÀ " in name or " cùng " in name) and _joined(name):
            return IssueCode.TWO_PEOPLE
        return IssueCode.NAME_LONG_TEXT if name.count(" ") > 9 else None
    if error_value(name):
        return IssueCode.NAME_ERROR_VALUE
    if hashes(name):
        return IssueCode.NAME_HASHES
    if _CONTROL.search(name):
        return IssueCode.CONTROL_CHARACTERS
    if not any(map(str.isalpha, name)):
        return IssueCode.NAME_NO_LETTERS
    if lost_letters(name):
        return IssueCode.NAME_LOST_LETTERS
    lines = [line for line in re.split(r"[\n;]|\s+[+&]\s+", name) if len(line.split()) >= 2]
    if len(lines) > 1 or _joined(name):
        return IssueCode.TWO_PEOPLE
    if re.search(r"\d{3,}", name):
        return IssueCode.NAME_WITH_DIGITS
    return IssueCode.NAME_LONG_TEXT if name.count(" ") > 9 else None


@lru_cache(maxsize=4096)
def name_remark(name: str) -> IssueCode | None:
    """What is remarkable in a name that can be taken."""
    if " " not in name:
        return IssueCode.NAME_UNNAMED if flat(name) in _UNNAMED else IssueCode.NAME_ONE_SYLLABLE
    if flat(name) in _UNNAMED:
        return IssueCode.NAME_UNNAMED
    return IssueCode.NAME_ABBREVIATED if "." in name and _ABBREVIATED.search(name) else None


def plain_day(text: str) -> bool:
    """Whether a date is so plain that there is nothing to say of it: dd/mm/yyyy of any month's days, not imputed."""
    match = _PLAIN_DAY.match(text)
    return match is not None and not (match[1] == match[2] == "01" or match[1] > "28")


def date_remarked(text: str) -> bool:
    """Whether a birth date gives cause for a remark."""
    return not plain_day(text) and any(True for _ in _date_remarks(text, parse_date(text)))


def remarks(raw: Mapping[Field, str]) -> Iterator[Remark]:
    """Everything remarkable in a row that is taken."""
    on_name = name_remark(raw.get(Field.NAME, ""))
    if on_name is not None:
        yield on_name, Field.NAME
    dob = raw.get(Field.DOB, "")
    if not dob:
        yield IssueCode.DATE_MISSING, Field.DOB
    elif not plain_day(dob):
        yield from ((code, Field.DOB) for code in _date_remarks(dob, parse_date(dob)))
    sex = sex_of(raw.get(Field.SEX, ""))
    if not sex:
        yield (IssueCode.SEX_UNREADABLE if raw.get(Field.SEX) else IssueCode.SEX_MISSING), Field.SEX
    relation = raw.get(Field.RELATION)
    if relation and sex:
        implied = _implied(relation)
        if implied and implied != sex:
            yield IssueCode.RELATION_SEX, Field.RELATION
    for field in (Field.N12, Field.N9):
        number = raw.get(field)
        if number:
            for code in _number_remarks(number, field, sex, dob):
                yield code, field
    ethnicity = raw.get(Field.ETHNICITY)
    if ethnicity and ethnicity.isdecimal():
        yield IssueCode.ETHNIC_CODE, Field.ETHNICITY


def _date_remarks(text: str, date: PaperDate) -> Iterator[IssueCode]:
    if len(text) <= 3 and text.isdecimal() and 0 < int(text) < 121:
        yield IssueCode.DATE_AGE
        return
    if date.precision == "none":
        yield IssueCode.DATE_UNREADABLE
        return
    if date.impossible:
        yield IssueCode.DATE_IMPOSSIBLE
    if date.calendar == "lunar":
        yield IssueCode.DATE_LUNAR
    if date.imputed:
        yield IssueCode.DATE_IMPUTED
    elif date.precision in ("year", "month"):
        yield IssueCode.DATE_YEAR_ONLY
    if date.year > REFERENCE_YEAR + 1:
        yield IssueCode.DATE_FUTURE
    elif FIRST_YEAR <= date.year < 1900:
        yield IssueCode.DATE_TOO_OLD
    if re.search(r"[/.\-]\d{2}\Z", text) and not re.search(r"\d{4}", text):  # a year in front is whole: 1960-04-07
        yield IssueCode.DATE_TWO_DIGIT_YEAR
    parts = re.match(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{4}\Z", text)
    if parts and int(parts[2]) > 12 >= int(parts[1]):
        yield IssueCode.DATE_MONTH_FIRST


_REPAIRS: Mapping[str, IssueCode] = {
    "lost_zero": IssueCode.NUMBER_LOST_ZERO,
    "float_notation": IssueCode.NUMBER_FLOAT,
    "spaces": IssueCode.NUMBER_SPACES,
    "letters": IssueCode.NUMBER_LETTERS,
}


def suspect(digits: str) -> bool:
    """Whether digits may be a placeholder; a cheap sieve before the real test."""
    return digits[-5:] == "00000" or digits[:4] in ("0123", "1234", "9876") or len(set(digits)) <= 2


def _number_remarks(text: str, field: Field, sex: str, dob: str) -> Iterator[IssueCode]:
    if len(text) == 12 and text.isdecimal() and text.isascii() and field is Field.N12:
        decoded = decode12(text)
        if decoded is None or (suspect(text) and parse_number(text).placeholder):
            yield IssueCode.NUMBER_PLACEHOLDER
            return
        if not decoded.province and not decoded.abroad:
            yield IssueCode.NUMBER_PREFIX
        if sex and decoded.sex and decoded.sex != sex:
            yield IssueCode.NUMBER_SEX
        year = dob[-4:]
        if year.isdecimal() and len(dob) in (4, 10) and int(year) != decoded.year:
            yield IssueCode.NUMBER_YEAR
        return
    if len(text) == 9 and field is Field.N9 and text.isdecimal() and text.isascii() and not suspect(text):
        return
    number = parse_number(text)
    if number.placeholder:
        yield IssueCode.NUMBER_PLACEHOLDER
        return
    if number.cut:
        yield IssueCode.NUMBER_FLOAT
        return
    found = list(dict.fromkeys(_REPAIRS[repair.code] for repair in number.repairs if repair.code in _REPAIRS))
    yield from found
    if not found and number.kind != str(field):
        yield IssueCode.NUMBER_LENGTH
