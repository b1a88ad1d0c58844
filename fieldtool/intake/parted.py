"""What clerks put into one cell: both numbers of a person, a number with its issue, a name with the year of birth."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from fieldtool.intake.checks import written_as_name
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.told_facts import facts_of
from fieldtool.records.fields import Field
from fieldtool.records.relations import relation_code

Finding = tuple[IssueCode, int | None, Field | None, str]  # code, column, field, what stands there

# "- Vi Thị Bình", "2) Lô Văn An", "1.2. Lô Văn An", "Đ/c Lô Văn An"; "V." and "A." are words of a name cut short.
_LIST_MARK = re.compile(
    r"(?:[ĐđDd]/[Cc][.:]?(?=\s)|[-–—+*•·▪◦○●►>»]+|\(?\d{1,3}(?:\.\d{1,2})*[.):/\-]?(?=[\s)]|[^\W\d_])\)?|\(?[a-h]\)|\(?[ivx]{1,4}\)|[a-h]\.)\s*"
    r"(?=[^\W\d_])"
)
# "Lô Văn An*", of a note below the list; "Lô Văn An," before a line that goes on
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])\s*(?:\*+|\(\*+\)|[†‡¹²³]|[,;:]+)\Z")
# "Vợ: Vi Thị Bình", "Con dâu - Vi Thị Bình"; "Vi Thị Bình (vợ)"
_RELATION_FIRST = re.compile(r"([^\W\d_][^:\-–(),;]{1,24}?)(?: ?\d)?\s*(?::|\s[-–])\s*(?=[^\W\d_]+\s+[^\W\d_])")
_RELATION_LAST = re.compile(r"[^()]*[^\W\d_]\s*\(([^()\d]{2,24})\)\Z")
_PARENTS = ((Field.FATHER, Field.FATHER_DOB), (Field.MOTHER, Field.MOTHER_DOB))
_NUMBERS = (Field.N12, Field.N9)
# "Lô Văn An (1958)", "Lô Văn An, sinh năm 1958", "Lô Văn An - 14/07/1958"
_WITH_BIRTH = re.compile(
    r"([^\d(),;]*[^\W\d_][^\d(),;]*?)\s*[,;(\-–]\s*(?:sn|ns|s|sinh(?:\s+(?:năm|ngày))?)?[\s.:]*"
    r"((?:\d{1,2}[/.\-]){0,2}(?:1[89]|20)\d\d)\s*\)?\s*\Z",
    re.IGNORECASE,
)
# "Lô Văn An, sinh năm 1958, trú tại bản Na Pu": a name and facts with their labels
_WITH_FACTS = re.compile(r"([^\d,;:()\n]+?)\s*(?:[,;:\n]|\s[-–])\s*(.{5,})\Z", re.DOTALL)
# The same of a parent with what he does behind or before it: "Lô Văn An, 1958, làm ruộng", or in lines below him
_PARENT_TOLD = re.compile(
    r"([^\d(),;]*[^\W\d_][^\d(),;]*?)\s*(?:(?:[,;(]|\s[-–]\s)\D*?|\n\s*(?i:sn|ns|sinh(?:\s+(?:năm|ngày))?)?[\s.:]*)"
    r"((?:\d{1,2}[/.\-]){0,2}(?:1[89]|20)\d\d)(?!\d)\D*\Z"
)
# "186123456, cấp 12/5/2010 tại CA Nghệ An", "040085001234 (10/05/2021)"
_ISSUED = re.compile(
    r"[^\d]{0,14}?(\d{12}|\d{9})(?!\d)[\s,;(:.\-–]*(?:(?:ngày)?\s*cấp(?:\s*ngày)?|ngày)?[\s:]*"
    r"(\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}|(?<!\d)(?:19|20)\d\d(?!\d))?[\s,;.\-–)]*"
    r"(?:tại|nơi cấp|do|cấp tại)?[\s:]*([^\W\d_].*?)?\s*\)?\Z",
    re.IGNORECASE | re.DOTALL,
)
# "CCCD: 040085001234", "Số 186123456": the label is none of the number.
_LABELLED = re.compile(
    r"(?:(?:số|so|thẻ)\s*)*(?:cccd|cmnd|cmt|cmtnd|cc|đdcn|ddcn|căn cước(?: công dân)?|chứng minh(?: nhân dân)?)?"
    r"\s*(?:số|so)?\s*[:.]?\s*(\d{12}|\d{9})",
    re.IGNORECASE,
)
_ISSUER = re.compile(r"(?:ca|công an|cục|cảnh sát|bộ)\b", re.IGNORECASE)


def parted(raw: dict[Field, str], findings: list[Finding], position: Callable[[Field], int | None]) -> list[Finding]:
    """Take such cells apart in `raw`; the findings with what is to be said of it."""
    for field in _NUMBERS:
        text = raw.get(field, "")
        if text and not text.isdecimal() and (label := _LABELLED.fullmatch(text)) is not None:
            text = raw[field] = label[1]
        if len(text) > 12:
            both = _both_numbers(raw, field, text, findings)
            findings = _issued(raw, field, text, findings, position) if both is None else both
    for parent, birth in _PARENTS:
        told = raw.get(parent, "")
        said = (_WITH_BIRTH.match(told) or _PARENT_TOLD.match(told)) if any(map(str.isdecimal, told)) else None
        if said and birth not in raw:
            raw[parent], raw[birth] = said[1].strip(), said[2]
    name = raw.get(Field.NAME, "")
    mark = None if not name or name[0].isalpha() and name[1:2].isalpha() else _LIST_MARK.match(name)
    if mark:
        findings = [*findings, (IssueCode.NAME_LIST_MARK, position(Field.NAME), Field.NAME, name)]
        name = raw[Field.NAME] = name[mark.end() :]
        if raw.get(Field.HEAD, "").startswith(mark[0]):
            raw[Field.HEAD] = raw[Field.HEAD][mark.end() :]
    if name and not name[-1].isalpha() and (tail := _NOTE_MARK.search(name)):
        findings = [*findings, (IssueCode.NAME_LIST_MARK, position(Field.NAME), Field.NAME, name)]
        name = raw[Field.NAME] = name[: tail.start()]
    name, findings = _related(raw, name, findings, position)
    if name and (whole := _WITH_FACTS.match(name)) and (facts := _named_facts(whole)):
        findings = [*findings, (IssueCode.NAME_WITH_BIRTH, position(Field.NAME), Field.NAME, name)]
        raw[Field.NAME] = whole[1].strip()
        raw |= {field: value for field, value in facts.items() if field not in raw}
        raw.setdefault(Field.NOTE, name)
        return findings
    match = _WITH_BIRTH.match(name) if name and any(map(str.isdecimal, name)) else None
    if match and (raw.get(Field.DOB, "") in ("", match[2]) or raw[Field.DOB].endswith(match[2])):
        raw[Field.NAME] = match[1].strip()
        raw.setdefault(Field.DOB, match[2])
        findings = [*findings, (IssueCode.NAME_WITH_BIRTH, position(Field.NAME), Field.NAME, name)]
    return findings


def _named_facts(whole: re.Match[str]) -> Mapping[Field, str]:
    """The facts behind a name, none where no name stands before them."""
    return facts_of(whole[2]) if written_as_name(whole[1].strip()) else {}


def told_relation(name: str) -> str:
    """The relation to the head that a cell says in front of a name or in brackets behind it, "" for none."""
    name = name[mark.end() :] if (mark := _LIST_MARK.match(name)) else name
    told = _RELATION_FIRST.match(name) or _RELATION_LAST.match(name)
    return told[1] if told is not None and relation_code(told[1]) not in ("", "other") else ""


def plain_name(text: str) -> bool:
    """Whether a name cell holds words alone, so that there is nothing to take apart."""
    return text.isalpha() or text.replace(" ", "").isalpha()


def _related(
    raw: dict[Field, str], name: str, findings: list[Finding], position: Callable[[Field], int | None]
) -> tuple[str, list[Finding]]:
    """A name with its relation to the head in front or in brackets behind; the name without the one in front."""
    if not name or plain_name(name) or ";" in name or "\n" in name:
        return name, findings
    first, last = _RELATION_FIRST.match(name), _RELATION_LAST.match(name)
    told = first or last
    if told is None or relation_code(told[1]) in ("", "other"):
        return name, findings
    raw.setdefault(Field.RELATION, told[1])
    findings = [*findings, (IssueCode.NAME_RELATION, position(Field.NAME), Field.NAME, name)]
    if first:
        name = raw[Field.NAME] = name[first.end() :]
    return name, findings


def _both_numbers(raw: dict[Field, str], field: Field, text: str, findings: list[Finding]) -> list[Finding] | None:
    """Nine and twelve digits in one cell; None when it does not hold both."""
    both = re.findall(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)", text) if len(text) > 20 else []
    if sorted(map(len, both)) != [9, 12]:
        return None
    nine, twelve = sorted(both, key=len)
    raw[Field.N12] = twelve
    raw.setdefault(Field.N9, nine)
    if field is Field.N9:
        raw[Field.N9] = nine
    return [finding for finding in findings if finding[0] is not IssueCode.TWO_NUMBERS]


def _issued(
    raw: dict[Field, str], field: Field, text: str, findings: list[Finding], position: Callable[[Field], int | None]
) -> list[Finding]:
    """A number with the day or the office of its issue."""
    match = _ISSUED.match(text)
    if match is None or not (match[2] or match[3]) or (match[3] and not match[2] and not _ISSUER.match(match[3])):
        return findings
    raw[field] = match[1]
    for part, found in ((Field.ISSUE_DATE, match[2]), (Field.ISSUE_PLACE, match[3])):
        if found:
            raw.setdefault(part, found.strip())
    return [*findings, (IssueCode.NUMBER_WITH_ISSUE, position(field), field, text)]


_BETWEEN = re.compile(r"\s*(?:\n|;|,|/|\+|\s[-–]\s|\svà\s|\(|\))\s*")
_TITLES = re.compile(r"^\W*(?:(?:con )?ông|(?:con )?bà|bố|cha|mẹ|ô|b)\b[\s.:]*", re.IGNORECASE)
_WOMAN = re.compile(r"\s(?:thị|thi|y)\s", re.IGNORECASE)


def both_parents(text: str) -> tuple[str, str] | None:
    """Father and mother of one cell ("Lô Văn An, Vi Thị Bình"); None when it does not name two people."""
    names = [name for part in _BETWEEN.split(text) if (name := _TITLES.sub("", part).strip())]
    names = [name for name in names if any(map(str.isalpha, name))]
    if len(names) != 2 or any(" " not in name or any(map(str.isdecimal, name)) for name in names):
        return None
    first, second = names
    return (second, first) if _WOMAN.search(first) and not _WOMAN.search(second) else (first, second)
