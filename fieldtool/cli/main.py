"""The whole command line: the root command with every group of commands under it."""

from __future__ import annotations

from fieldtool.cli import (
    cases,
    deciding,
    entry,
    exchange,
    figures,
    home,
    imports,
    knowledge,
    link_alone,
    lists,
    locks,
    model,
    numbers,
    people,
    persons,
    printing,
    queue,
    scans,
    self_test,
    tour,
    trust,
    upkeep,
    users,
    visits,
)
from fieldtool.cli.doors import Doors
from fieldtool.cli.root import answer, root

for group in (
    home,
    imports,
    knowledge,
    lists,
    locks,
    numbers,
    people,
    queue,
    deciding,
    persons,
    printing,
    exchange,
    trust,
    tour,
    self_test,
    upkeep,
    users,
    visits,
    cases,
    figures,
    entry,
    scans,
    model,
    link_alone,
):
    for item in group.COMMANDS:
        root.add_command(item)


def run(doors: Doors, arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    return answer(lambda: doors, arguments)
