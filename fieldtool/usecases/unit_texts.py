"""What a unit may change without a new program: the table of legal roads and the texts of the printed forms.

A table or template with any fault is refused whole, with every fault named by its row; the old one stays. Who may
not change the unit's tables gets NOT_ALLOWED.
"""

from __future__ import annotations

from collections.abc import Sequence

from fieldtool.conflicts.law import FORMS, LawIssue, read_law
from fieldtool.ports import Home, People
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.form_texts import FormText, FormTextIssue, read_form_text
from fieldtool.records.roles import Power
from fieldtool.records.tables import table_text
from fieldtool.usecases.authority import require
from fieldtool.usecases.review_queue import LAW


def law_text(people: People) -> str:
    """The table in force, as it would be saved."""
    return people.kept(LAW) or table_text("law/roads.csv")


def keep_law(home: Home, text: str, *, file: str = "") -> int:
    """Put the unit's own table in force; how many rows. BAD_LAW with every fault in `issues` and the first as place."""
    require(home, Power.TABLES)
    law, issues = read_law(text)
    if issues:
        raise law_error(issues, file)
    home.settings.put(LAW, text)
    home.log.note("law", f"{len(law.rules)}")
    return len(law.rules)


def law_error(issues: Sequence[LawIssue], file: str = "") -> FieldtoolError:
    """The refusal of a table, all its faults in values["issues"]."""
    first = issues[0]
    values = {"row": first.row, "count": len(issues), "issues": tuple(issues)}
    return FieldtoolError(ErrorCode.BAD_LAW, place=Place(file=file, cell=f"A{first.row}"), values=values)


def reset_law(home: Home) -> None:
    """Put the shipped table back in force."""
    require(home, Power.TABLES)
    home.settings.put(LAW, "")
    home.log.note("law", "shipped")


def template_text(people: People, form: str) -> str:
    """The template of a form in force, as it would be saved. NOT_FOUND for an unknown form."""
    return people.kept(_setting(form)) or table_text(f"forms/{form}.toml")


def template(people: People, form: str) -> FormText:
    """The template of a form in force: the unit's where it has one that holds, else the shipped one."""
    own = people.kept(_setting(form))
    found, issues = read_form_text(own) if own else (None, ())
    if found is None or issues:
        found, issues = read_form_text(table_text(f"forms/{form}.toml"))
    if found is None or issues:
        raise ValueError(f"resources/forms/{form}.toml: {issues}")
    return found


def keep_template(home: Home, form: str, text: str, *, file: str = "") -> None:
    """Put the unit's own texts of a form in force. BAD_FORM_TEXT with every fault in `issues`."""
    require(home, Power.TABLES)
    name = _setting(form)
    _, issues = read_form_text(text)
    if issues:
        raise template_error(form, issues, file)
    home.settings.put(name, text)
    home.log.note("template", form)


def template_error(form: str, issues: Sequence[FormTextIssue], file: str = "") -> FieldtoolError:
    """The refusal of a template, all its faults in values["issues"]."""
    values = {"form": form, "where": issues[0].where, "count": len(issues), "issues": tuple(issues)}
    return FieldtoolError(ErrorCode.BAD_FORM_TEXT, place=Place(file=file), values=values)


def reset_template(home: Home, form: str) -> None:
    """Put the shipped texts of a form back in force."""
    require(home, Power.TABLES)
    home.settings.put(_setting(form), "")
    home.log.note("template", f"{form} shipped")


def _setting(form: str) -> str:
    if form not in FORMS:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": form})
    return f"form.{form}"
