"""The whole command line: the root command with every command under it, each loaded when it is asked for."""

from __future__ import annotations

from fieldtool.cli.doors import Doors
from fieldtool.cli.root import answer, root

# Room of this package → the commands that its COMMANDS hold.
WHERE = {
    "home": "init check backup restore log passphrase clock",
    "imports": "import undo-import imports mapping report",
    "knowledge": "names dates number place places surnames age card",
    "lists": "sample match clusters reviews explain",
    "locks": "slots recover panic",
    "numbers": "check-numbers",
    "people": "search person household",
    "queue": "conflicts conflict",
    "deciding": "decide",
    "persons": "merge split",
    "printing": "print law template",
    "exchange": "enrol devices export verify receive take-edits unseal",
    "trust": "receipts answer quarantine revoke lost assign handover trust board waiting carry stick prune",
    "tour": "tour",
    "self_test": "self-test",
    "upkeep": "update diagnostics",
    "users": "officer",
    "visits": "visit tasks plan",
    "cases": "case",
    "figures": "figures figure trend propose roster report",
    "entry": "entry",
    "scans": "scan",
    "model": "model",
    "link_alone": "link",
}

for _room, _names in WHERE.items():
    for _name in _names.split():
        root.later.setdefault(_name, []).append(f"fieldtool.cli.{_room}")


def run(doors: Doors, arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    return answer(lambda: doors, arguments)
