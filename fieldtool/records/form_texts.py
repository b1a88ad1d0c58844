"""The texts of a printed form as a template: titles, labels, paragraphs and signatures, since circulars change.

Pure reading and judging of TOML; what fills the blanks is known to usecases.print_form, how it looks to reports.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

LARGEST = 60_000  # characters
ISSUES = ("toml", "missing", "kind", "blank", "unknown_blank", "too_long")
# What a template may name in braces; usecases.print_form fills exactly these.
BLANKS = frozenset(
    {
        "unit", "commune", "commune_full", "officer", "name", "dob", "sex", "number", "old_number", "ethnicity",
        "religion",
        "nationality", "origin", "birth_place", "reg_place", "place", "village", "household", "head", "head_number",
        "relation", "book", "father", "mother", "spouse", "case", "field", "old", "new", "proof", "reason", "day",
        "month", "year", "other_name", "count",
    }
)  # fmt: skip
_BLANK = re.compile(r"\{([a-z_0-9]*)\}")
_TABLES = ("", "corrections", "requests", "papers", "members", "relatives")


@dataclass(frozen=True, slots=True)
class FormItem:
    """A numbered line: its label and what fills it; "" leaves a dotted line to be written on by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class FormText:
    """One form. `head` stands left and right at the top; `table` names what is listed, with its column titles."""

    title: str
    subtitle: str
    code: str
    head_left: tuple[str, ...]
    head_right: tuple[str, ...]
    intro: tuple[str, ...]
    items: tuple[FormItem, ...]
    table: str
    columns: tuple[str, ...]
    dated: str
    closing: tuple[str, ...]
    blanks: int
    signatures: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet to print: the template, what fills its blanks, the rows of its table."""

    text: FormText
    values: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FormTextIssue:
    """What is wrong in a template: where (a key, an item's number), the code (ISSUES), what stands there."""

    where: str
    code: str
    detail: str = ""


def read_form_text(text: str) -> tuple[FormText | None, tuple[FormTextIssue, ...]]:
    """A template and its faults; None when it cannot be read at all."""
    if len(text) > LARGEST:
        return None, (FormTextIssue("", "too_long", str(len(text))),)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (FormTextIssue("", "toml", str(error)),)
    issues: list[FormTextIssue] = []
    found = FormText(
        title=_text(data, "title", issues, needed=True),
        subtitle=_text(data, "subtitle", issues),
        code=_text(data, "code", issues),
        head_left=_texts(data, "head_left", issues),
        head_right=_texts(data, "head_right", issues),
        intro=_texts(data, "intro", issues),
        items=_items(data, issues),
        table=_text(data, "table", issues),
        columns=_texts(data, "columns", issues),
        dated=_text(data, "dated", issues),
        closing=_texts(data, "closing", issues),
        blanks=int(data.get("blanks", 0)) if isinstance(data.get("blanks", 0), int) else 0,
        signatures=_texts(data, "signatures", issues),
        note=_text(data, "note", issues),
    )
    if found.table not in _TABLES:
        issues.append(FormTextIssue("table", "kind", found.table))
    if found.table and not found.columns:
        issues.append(FormTextIssue("columns", "missing"))
    for where, line in _lines(found):
        issues += [FormTextIssue(where, "unknown_blank", name) for name in _BLANK.findall(line) if name not in BLANKS]
    return found, tuple(issues)


def fill(line: str, values: Mapping[str, str], blank: str = "") -> str:
    """A line of a template with its blanks filled; what nobody knows is `blank`."""
    return _BLANK.sub(lambda match: values.get(match.group(1), "") or blank, line)


def _lines(found: FormText) -> list[tuple[str, str]]:
    lines = [("title", found.title), ("subtitle", found.subtitle), ("note", found.note), ("dated", found.dated)]
    for name in ("head_left", "head_right", "intro", "closing", "signatures"):
        lines += [(f"{name} {number}", line) for number, line in enumerate(getattr(found, name), start=1)]
    lines += [(f"items {number}", f"{item.label} {item.value}") for number, item in enumerate(found.items, start=1)]
    return lines


def _text(data: dict[str, object], name: str, issues: list[FormTextIssue], *, needed: bool = False) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        issues.append(FormTextIssue(name, "kind", type(value).__name__))
        return ""
    if needed and not value.strip():
        issues.append(FormTextIssue(name, "missing"))
    return value


def _texts(data: dict[str, object], name: str, issues: list[FormTextIssue]) -> tuple[str, ...]:
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        issues.append(FormTextIssue(name, "kind", type(value).__name__))
        return ()
    return tuple(str(item) for item in value)


def _items(data: dict[str, object], issues: list[FormTextIssue]) -> tuple[FormItem, ...]:
    found = []
    value = data.get("items", [])
    for number, item in enumerate(value if isinstance(value, list) else [], start=1):
        texts = item if isinstance(item, list) else []
        if not 1 <= len(texts) <= 2 or not all(isinstance(text, str) for text in texts):
            issues.append(FormTextIssue(f"items {number}", "kind", str(item)))
        elif not texts[0].strip():
            issues.append(FormTextIssue(f"items {number}", "blank"))
        else:
            found.append(FormItem(*texts))
    return tuple(found)
