"""Missing archive file (tàng thư): traces are collected, asked after elsewhere, then one of three legal paths is taken.

Seven days a case is the field's own figure. Paths: (a) births registered anew, NĐ 123/2015 arts 24-26; (b) first
registration of somebody who has personal papers, TT 04/2020 art. 9; (c) correction or supplement of civil status.
"""

from __future__ import annotations

from fieldtool.records.casebook.machine import Machine, Step

TRACES = (
    "household_book",
    "old_card",
    "school_record",
    "party_youth_army",
    "health_insurance",
    "land_paper",
    "children_birth",
    "marriage",
    "neighbours_minutes",
)
PATHS = ("reregister", "first_registration", "correction")

ARCHIVE = Machine(
    kind="archive",
    states=("found", "traces", "asked", "answered", "filed", "number_set", "card_taken", "closed", "dropped"),
    ends=frozenset({"closed", "dropped"}),
    days=7,
    checklist=TRACES,
    details=("asked_place", "answer", "path", "file_no", "number", "reason"),
    choices={"path": PATHS},
    steps=(
        Step("collect", "found", "traces"),
        Step("ask", "traces", "asked", asks=("asked_place",)),
        Step("answer", "asked", "answered", asks=("answer",)),
        Step("file", "traces", "filed", asks=("path", "file_no")),  # nothing left to ask anywhere
        Step("file", "answered", "filed", asks=("path", "file_no")),
        Step("set_number", "filed", "number_set", asks=("number",)),
        Step("take_card", "number_set", "card_taken"),
        Step("close", "card_taken", "closed"),
        Step("found_again", "asked", "card_taken", asks=("answer",)),  # the file turned up: no path is needed
        Step("drop", "found", "dropped", asks=("reason",)),
        Step("drop", "traces", "dropped", asks=("reason",)),
    ),
)
MACHINES = (ARCHIVE,)
