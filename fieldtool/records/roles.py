"""Who may do what: five roles and their powers. Enforced by the use cases (usecases/authority.py)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class OfficerRole(StrEnum):
    """What an officer is on this machine."""

    COLLECTOR = "collector"  # goes from door to door in his own villages
    OFFICER = "officer"  # decides for the commune
    HEAD = "head"  # approves and exports
    SUPERIOR = "superior"  # receives and compares
    AUDITOR = "auditor"  # reads the log


class Power(StrEnum):
    """One thing that a role may or may not do."""

    VISIT = "visit"
    ENTER = "enter"
    DECIDE = "decide"
    CASES = "cases"
    EXPORT = "export"
    APPROVE = "approve"
    RECEIVE = "receive"
    READ_LOG = "read_log"
    OFFICERS = "officers"
    FIGURES = "figures"
    TABLES = "tables"  # the unit's own legal roads, form texts and learned weights
    TRUST = "trust"  # machines: enrol, roles, hand-over, a new root


POWERS: Mapping[OfficerRole, frozenset[Power]] = {
    OfficerRole.COLLECTOR: frozenset({Power.VISIT, Power.ENTER, Power.CASES, Power.FIGURES}),
    OfficerRole.OFFICER: frozenset(
        {Power.VISIT, Power.ENTER, Power.DECIDE, Power.CASES, Power.EXPORT, Power.FIGURES, Power.RECEIVE}
    ),
    OfficerRole.HEAD: frozenset(Power),
    OfficerRole.SUPERIOR: frozenset(
        {
            Power.RECEIVE,
            Power.FIGURES,
            Power.DECIDE,
            Power.CASES,
            Power.EXPORT,
            Power.READ_LOG,
            Power.OFFICERS,
            Power.TABLES,
            Power.TRUST,
        }
    ),
    OfficerRole.AUDITOR: frozenset({Power.READ_LOG}),
}
