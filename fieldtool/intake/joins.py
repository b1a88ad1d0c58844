"""Birth dates and sexes that stand in several columns: Ngày | Tháng | Năm, Nam | Nữ with years or crosses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fieldtool.intake.checks import sex_of
from fieldtool.intake.columns import Extra, Meaning, flat
from fieldtool.intake.ditto import is_none
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.parted import Finding
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
