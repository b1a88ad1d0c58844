"""What stands in several columns (Họ | Tên, Ngày | Tháng | Năm, Nam | Nữ) or several things in one (both numbers)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fieldtool.intake.checks import sex_of
from fieldtool.intake.columns import Extra, Meaning, flat
from fieldtool.intake.ditto import is_none, is_same
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.parted import Finding, both_parents
from fieldtool.intake.told_facts import facts_of
from fieldtool.records.fields import Field

UNTICKED = ("", "0", "-", "k", "khong", "false", "no")


_SEX_CODE = re.compile(r"\b(nam|nu)\b\s*(?:gioi)?\s*[-:=]?\s*(\d)\b|\b(\d)\s*[-:=]?\s*(?:la )?(nam|nu)\b")


def sex_codes(heading: str) -> Mapping[str, str]:
    """What the figures of a sex column stand for where its heading says it otherwise than they are usually read ("0:
    Nam, 1: Nữ"); empty where it says nothing or what is usual."""
    told = {code or turned: word or other for word, code, turned, other in _SEX_CODE.findall(flat(heading))}
    if sorted(told.values()) != ["nam", "nu"]:
        return {}
    usual = {"M": "nam", "F": "nu"}
    if all(usual.get(sex_of(code)) == word for code, word in told.items()):
        return {}
    return {code: "Nam" if word == "nam" else "Nữ" for code, word in told.items()}


def join_birth(
    raw: dict[Field, str], findings: list[Finding], extras: Mapping[Extra, str], at: Mapping[Meaning, int]
) -> None:
    """Ngày | Tháng | Năm put together."""
    parts = [extras.get(part, "") for part in (Extra.BIRTH_DAY, Extra.BIRTH_MONTH, Extra.BIRTH_YEAR)]
    if not parts[1] and (both := re.fullmatch(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})", parts[0])):
        parts[:2] = both.groups()  # "Ngày, tháng" in one column, the year in the next
    if parts[2] and Field.DOB not in raw:
        day, month = (part.zfill(2) if part.isdecimal() and part.strip("0") else "" for part in parts[:2])
        text = "/".join(part for part in ((day if month else ""), month, parts[2]) if part)
        if any(parts[:2]) and not (day and month):
            findings.append((IssueCode.DATE_PARTS, at.get(Extra.BIRTH_YEAR), Field.DOB, "/".join(parts)))
        raw[Field.DOB] = text


def join_sex(
    raw: dict[Field, str], findings: list[Finding], extras: Mapping[Extra, str], at: Mapping[Meaning, int]
) -> None:
    """Nam | Nữ columns: the year's column, or the cross's column, tells the sex."""
    male, female = extras.get(Extra.YEAR_MALE, ""), extras.get(Extra.YEAR_FEMALE, "")
    male, female = ("" if is_none(Field.DOB, text) else text for text in (male, female))
    if male and female:
        findings.append((IssueCode.BOTH_YEARS, at.get(Extra.YEAR_MALE), Field.DOB, f"{male} | {female}"))
    elif male or female:
        raw.setdefault(Field.SEX, "Nam" if male else "Nữ")
        if sex_of(male or female) == "" and Field.DOB not in raw:
            raw[Field.DOB] = male or female
    if Extra.ONLY_FEMALE in at or Extra.ONLY_MALE in at:
        _one_sexed(raw, extras, at)
        return
    marks = [extras.get(part, "") for part in (Extra.MARK_MALE, Extra.MARK_FEMALE)]
    marks = ["" if flat(mark) in UNTICKED else mark for mark in marks]
    if all(marks):
        findings.append((IssueCode.BOTH_SEXES, at.get(Extra.MARK_MALE), Field.SEX, " | ".join(marks)))
    elif any(marks):
        raw.setdefault(Field.SEX, "Nam" if marks[0] else "Nữ")


def _one_sexed(raw: dict[Field, str], extras: Mapping[Extra, str], at: Mapping[Meaning, int]) -> None:
    """A lone "Nữ" with a cross: who has none is a man."""
    female = Extra.ONLY_FEMALE in at
    crossed = flat(extras.get(Extra.ONLY_FEMALE if female else Extra.ONLY_MALE, "")) not in UNTICKED
    raw.setdefault(Field.SEX, "Nữ" if crossed is female else "Nam")


def join_names(raw: dict[Field, str], extras: Mapping[Extra, str]) -> None:
    """Họ | Đệm | Tên put together; both parents of one cell taken apart."""
    if Extra.GIVEN in extras or Extra.SURNAME in extras:
        name = " ".join(extras[part] for part in (Extra.SURNAME, Extra.MIDDLE, Extra.GIVEN) if part in extras)
        raw.setdefault(Field.NAME, name)
    if Extra.PARENTS in extras and (both := both_parents(extras[Extra.PARENTS])):
        for parent, name in zip((Field.FATHER, Field.MOTHER), both, strict=True):
            raw.setdefault(parent, name)


_PASSPORT = re.compile(r"[A-Z]{1,2} ?\d{6,8}")


def join_number(raw: dict[Field, str], findings: list[Finding], text: str, column: int | None) -> None:
    """One column for both numbers: nine digits are a CMND, everything else belongs to the personal number."""
    if is_none(Field.N9, text):
        findings.append((IssueCode.NUMBER_NONE, column, Field.N12, text))
        return
    if is_same(text):
        findings.append((IssueCode.NUMBER_DITTO, column, Field.N12, text))
        return
    if _PASSPORT.fullmatch(text):  # it is no number of a card, whatever the heading allows
        findings.append((IssueCode.NUMBER_LENGTH, column, Field.N12, text))
        return
    found = re.findall(r"\d{12}|\d{9}", text)
    if len(found) == 2 and len(found[0]) != len(found[1]):
        for number in found:
            raw.setdefault(Field.N12 if len(number) == 12 else Field.N9, number)
        return
    if len(found) == 2:
        findings.append((IssueCode.TWO_NUMBERS, column, Field.N12, text))
    digits = sum(character.isdecimal() for character in text)
    raw.setdefault(Field.N9 if digits <= 9 else Field.N12, text)


def join_facts(raw: dict[Field, str], text: str) -> None:
    """Facts with their labels in one cell; the whole cell stays as a note, so that nothing of it is lost."""
    for field, value in facts_of(text).items():
        raw.setdefault(field, value)
    raw.setdefault(Field.NOTE, text)
