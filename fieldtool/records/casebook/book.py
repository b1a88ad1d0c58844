"""All kinds of case by name, and how a case's id is made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from fieldtool.records.casebook import archive, away, cards, civil, lists
from fieldtool.records.casebook.machine import Machine

MACHINES: Mapping[str, Machine] = {
    machine.kind: machine for family in (archive, away, civil, cards, lists) for machine in family.MACHINES
}
OPENED, STATE, OWNER, DUE = "opened", "state", "owner", "due"
DETAIL, CHECK, NOTE = "detail.", "check.", "note."
TICKED = "yes"


def case_id(kind: str, subject: str, round: int = 0) -> str:
    """The id of a case: two officers who open it apart open the same one. `round` counts earlier ones, now closed."""
    text = f"fieldtool-case-1|{kind}|{subject}|{round}"
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
