"""Civil status: a child without a birth certificate, and names or dates to be corrected by the justice clerk.

The justice clerk of the commune decides corrections for all ages (NĐ 120/2025, likely); the program only keeps track.
"""

from __future__ import annotations

from fieldtool.records.casebook.machine import Machine, Step

NO_BIRTH = Machine(
    kind="no_birth",
    states=("found", "papers", "filed", "registered", "done", "dropped"),
    ends=frozenset({"done", "dropped"}),
    days=60,  # births are to be registered within 60 days (Luật Hộ tịch art. 15)
    checklist=("birth_slip", "parents_cards", "marriage", "witness", "late_pledge"),
    details=("registration_no", "number", "reason"),
    steps=(
        Step("collect", "found", "papers"),
        Step("file", "papers", "filed"),
        Step("register", "filed", "registered", asks=("registration_no",)),
        Step("set_number", "registered", "done", asks=("number",)),
        Step("drop", "found", "dropped", asks=("reason",)),
        Step("drop", "papers", "dropped", asks=("reason",)),
    ),
)
CORRECTION = Machine(
    kind="correction",
    states=("found", "papers", "filed", "decided", "entered", "refused", "dropped"),
    ends=frozenset({"entered", "refused", "dropped"}),
    days=7,
    checklist=("root_paper", "request_signed", "other_papers"),
    details=("field", "old", "new", "file_no", "reason"),
    steps=(
        Step("collect", "found", "papers", asks=("field", "new")),
        Step("file", "papers", "filed", asks=("file_no",)),
        Step("decide", "filed", "decided"),
        Step("refuse", "filed", "refused", asks=("reason",)),
        Step("enter", "decided", "entered"),  # entered at the networked machine
        Step("drop", "found", "dropped", asks=("reason",)),
        Step("drop", "papers", "dropped", asks=("reason",)),
    ),
)
MACHINES = (NO_BIRTH, CORRECTION)
