"""A line of a case's history in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldtool.records.casebook import book
from fieldtool.records.casebook.machine import Machine
from fieldtool.records.events import Event
from fieldtool.records.work import CaseNote
from fieldtool.wording.catalogue import Wording
from fieldtool.wording.days import day_told


def case_event_told(event: Event, machine: Machine, wording: Wording, called: Callable[[str], str]) -> str:
    """What an operation on a case of a kind did; `called` gives the name of an officer."""
    say = wording.say
    if event.field == book.OWNER:
        return say("cases.event.owner", value=called(event.value))
    if event.field == book.STATE:
        return say(f"case_state.{machine.kind}.{event.value or machine.first}")
    if event.field.startswith(book.DETAIL):
        return detail_told(event.field.removeprefix(book.DETAIL), event.value, machine, wording)
    if event.field.startswith(book.CHECK):
        return f"{say(f'case_check.{event.field.removeprefix(book.CHECK)}')} {'✓' if event.value else '–'}"
    if event.field.startswith(book.NOTE):
        return event.value
    return say(f"cases.event.{event.field}", value=day_told(event.value) if event.field != book.OPENED else "")


def cases_told(cases: Sequence[CaseNote], wording: Wording) -> str:
    """Open cases in a line: each with its state and its due day."""
    say = wording.say
    parts = []
    for case in cases:
        due = f", {say('cases.due')} {day_told(case.due)}" if case.due else ""
        parts.append(f"{say(f'case.{case.kind}')} ({say(f'case_state.{case.kind}.{case.state}')}{due})")
    return f"{say('ui.rail.cases')}: {' · '.join(parts)}"


def detail_told(name: str, value: str, machine: Machine, wording: Wording) -> str:
    """A detail of a case with its value; a choice by its words."""
    chosen = value in machine.choices.get(name, ())
    return f"{wording.say(f'detail.{name}')}: {wording.say(f'choice.{name}.{value}') if chosen else day_told(value)}"
