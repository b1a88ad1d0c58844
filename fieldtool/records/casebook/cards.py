"""Cards and accounts: a card that is due, and the VNeID account with what blocks it."""

from __future__ import annotations

from fieldtool.records.casebook.machine import Machine, Step

CARD_DUE = Machine(
    kind="card_due",
    states=("due", "called", "taken", "handed", "dropped"),
    ends=frozenset({"handed", "dropped"}),
    days=30,
    checklist=("told", "birth_paper", "old_card"),
    details=("why", "day", "reason"),
    choices={"why": ("turns_14", "turns_25", "turns_40", "turns_60", "expired", "old_card_only", "none")},
    roster=True,
    steps=(
        Step("call", "due", "called", asks=("day",)),
        Step("absent", "called", "due", asks=("reason",)),
        Step("take", "due", "taken"),
        Step("take", "called", "taken"),
        Step("hand_over", "taken", "handed"),
        Step("drop", "due", "dropped", asks=("reason",)),
    ),
)
BLOCKS = ("no_phone", "no_sim", "no_signal", "name_mismatch")
VNEID = Machine(
    kind="vneid",
    states=("not_asked", "blocked", "submitted", "approved", "activated", "not_eligible"),
    ends=frozenset({"activated", "not_eligible"}),
    checklist=("smartphone", "sim_own", "number_told"),
    details=("blocked_by", "phone", "day", "reason"),
    choices={"blocked_by": BLOCKS},
    roster=True,
    steps=(
        Step("submit", "not_asked", "submitted"),
        Step("block", "not_asked", "blocked", asks=("blocked_by",)),
        Step("block", "submitted", "blocked", asks=("blocked_by",)),
        Step("block", "approved", "blocked", asks=("blocked_by",)),
        Step("unblock", "blocked", "not_asked"),
        Step("approve", "submitted", "approved"),
        Step("activate", "approved", "activated"),
        Step("not_eligible", "not_asked", "not_eligible"),
    ),
)
MACHINES = (CARD_DUE, VNEID)
