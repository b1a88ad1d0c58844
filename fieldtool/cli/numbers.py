"""Commands on identifying numbers: check-numbers."""

from __future__ import annotations

import click

from fieldtool.cli.session import Session, command, plain
from fieldtool.usecases.check_numbers import NumberReport, check_numbers


@click.command("check-numbers")
@command
def check_numbers_(session: Session) -> None:
    """Số trùng, một người hai số, số ghi cho có trong cả kho / shared, double and placeholder numbers."""
    with session.opened() as opened:
        report = check_numbers(opened.home.people)
    say_numbers(session, report)
    session.result({"findings": number_results(session, report)})


def say_numbers(session: Session, report: NumberReport) -> None:
    """One line a finding, then the persons it speaks of."""
    for finding in report.findings:
        session.say(f"finding.{finding.code}", **finding.values)
        for id in finding.persons:
            line = report.persons.get(id)
            if line is not None:
                session.line(f"    {line.name}  {line.dob}  {line.village_name}  {line.id}")
    session.say("cli.check_numbers.done", count=len(report.findings))


def number_results(session: Session, report: NumberReport) -> list[dict[str, object]]:
    """Findings with their words and persons."""
    return [
        {
            **plain(finding),
            "text": session.wording.say(f"finding.{finding.code}", **finding.values),
            "persons": [plain(report.persons[id]) for id in finding.persons if id in report.persons],
        }
        for finding in report.findings
    ]


COMMANDS = (check_numbers_,)
