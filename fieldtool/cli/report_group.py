"""The `report` command, to which each room of commands adds its own report."""

from __future__ import annotations

import click


@click.group("report")
def report_group() -> None:
    """Báo cáo / reports."""
