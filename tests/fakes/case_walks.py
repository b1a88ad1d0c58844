"""Ways through the machines of cases: to each step the shortest way from where a case opens, with an answer to all."""

from __future__ import annotations

from fieldtool.records.casebook.machine import Machine, Step


def way_to(machine: Machine, step: Step) -> list[Step]:
    """The steps from the first state to where a step starts."""
    ways: dict[str, list[Step]] = {machine.first: []}
    while step.start not in ways:
        ways |= {item.end: [*ways[item.start], item] for item in machine.steps if item.start in ways}
    return ways[step.start]


def way_out(machine: Machine, state: str) -> list[Step]:
    """The steps from a state to one that is closed."""
    ways: dict[str, list[Step]] = {state: []}
    while not machine.ends & ways.keys():
        ways |= {
            item.end: [*ways[item.start], item] for item in machine.steps if item.start in ways and item.end not in ways
        }
    return next(way for end, way in ways.items() if end in machine.ends)


def answers(machine: Machine, step: Step) -> dict[str, str]:
    """An answer to each detail that a step asks for."""
    return {name: machine.choices[name][-1] if name in machine.choices else f"{name} 12" for name in step.asks}
