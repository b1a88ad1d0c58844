"""The template of the weekly report: the shipped one, or the unit's own, edited in Excel and kept in the home."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from fieldtool.ports import Home
from fieldtool.records.roles import Power
from fieldtool.records.tables import RESOURCES
from fieldtool.usecases.authority import require

SHIPPED = RESOURCES / "templates" / "weekly.xlsx"
MOST_BYTES = 8 * 2**20
_KEPT = "report.template"  # setting: the unit's own, base64; "" for the shipped one


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook as a template; `name` is what errors call it."""

    name: str
    content: bytes


def template_in_force(home: Home) -> Template:
    """The unit's own template, or the shipped one."""
    text = home.settings.get(_KEPT)
    return Template(SHIPPED.name, base64.b64decode(text) if text else SHIPPED.read_bytes())


def read_template(home: Home, path: Path) -> Template:
    """A template from a file; errors of reading."""
    return Template(path.name, home.sticks.read(path, MOST_BYTES))


def put_in_force(home: Home, template: Template | None) -> None:
    """Keep a template that a report was made from as the unit's own, None for the shipped one again. NOT_ALLOWED for
    who may not change the unit's tables."""
    require(home, Power.TABLES)
    home.settings.put(_KEPT, base64.b64encode(template.content).decode("ascii") if template else "")
    home.log.note("template", f"report {template.name if template else 'shipped'}")
