"""What is wrong with the lists themselves: numbers shared or doubled, and the dead who are still listed."""

from __future__ import annotations

from fieldtool.records.casebook.machine import Machine, Step

NUMBERS = Machine(
    kind="numbers",
    states=("found", "checked", "sent", "settled", "dropped"),
    ends=frozenset({"settled", "dropped"}),
    days=15,
    checklist=("cards_seen", "archive_seen"),
    details=("number", "others", "cause", "file_no", "reason"),
    choices={"cause": ("typed_wrong", "cancelled_number", "issued_twice", "other_person")},
    steps=(
        Step("check", "found", "checked", asks=("cause",)),
        Step("settle", "checked", "settled"),
        Step("send", "checked", "sent", asks=("file_no",)),
        Step("settle", "sent", "settled"),
        Step("drop", "found", "dropped", asks=("reason",)),
    ),
)
DEAD = Machine(
    kind="dead_listed",
    states=("told", "proof", "registered", "removed", "dropped"),
    ends=frozenset({"removed", "dropped"}),
    days=15,  # a death is to be registered within 15 days (Luật Hộ tịch art. 33)
    checklist=("death_slip", "kin_told", "card_returned"),
    details=("died", "death_no", "reason"),
    steps=(
        Step("collect", "told", "proof"),
        Step("register", "told", "registered", asks=("death_no",)),
        Step("register", "proof", "registered", asks=("death_no",)),
        Step("remove", "registered", "removed"),
        Step("drop", "told", "dropped", asks=("reason",)),
    ),
)
MACHINES = (NUMBERS, DEAD)
