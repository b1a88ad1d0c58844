"""What an option's word may be: a day, a count. A word that is none is wrong usage, told before a home is opened."""

from __future__ import annotations

import datetime
import re

import click

_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")

COUNT = click.IntRange(0, 10_000_000)
SECONDS = click.IntRange(1, 86_400)


class Day(click.ParamType[str]):
    """A day as YYYY-MM-DD or, as an officer writes it, DD/MM/YYYY; given on as YYYY-MM-DD, "" stays ""."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The ISO day."""
        text = str(value).strip()
        if not text:
            return ""
        written = _WRITTEN.fullmatch(text)
        try:
            if written:
                day, month, year = map(int, written.groups())
                return datetime.date(year, month, day).isoformat()
            return datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            self.fail(f"{text!r}: YYYY-MM-DD / DD/MM/YYYY", param, ctx)


DAY = Day()
