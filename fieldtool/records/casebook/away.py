"""People who are away or cannot come: abroad, and those whose card must be taken at home."""

from __future__ import annotations

from fieldtool.records.casebook.machine import Machine, Step

ABROAD = Machine(
    kind="abroad",
    states=("away", "expected", "returned", "done", "closed"),
    ends=frozenset({"done", "closed"}),
    checklist=("kin_asked", "passport_seen", "residence_told"),
    details=("country", "kin", "kin_phone", "return", "on_return", "reason"),
    choices={"on_return": ("card", "residence", "civil_status", "nothing")},
    steps=(
        Step("expect", "away", "expected", asks=("return", "on_return")),
        Step("put_off", "expected", "away", asks=("reason",)),
        Step("return", "away", "returned", asks=("on_return",)),
        Step("return", "expected", "returned"),
        Step("finish", "returned", "done"),
        Step("close", "away", "closed", asks=("reason",)),
    ),
)
HOME_INTAKE = Machine(
    kind="home_intake",
    states=("needed", "planned", "taken", "done", "dropped"),
    ends=frozenset({"done", "dropped"}),
    days=30,
    checklist=("kin_present", "equipment_booked", "papers_ready"),
    details=("why", "day", "reason"),
    choices={"why": ("bedridden", "disabled", "old", "other")},
    steps=(
        Step("plan", "needed", "planned", asks=("day",)),
        Step("put_off", "planned", "needed", asks=("reason",)),
        Step("take", "planned", "taken"),
        Step("finish", "taken", "done"),
        Step("drop", "needed", "dropped", asks=("reason",)),
    ),
)
MACHINES = (ABROAD, HOME_INTAKE)
