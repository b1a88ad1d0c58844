"""The headings of lists with two people in each line: what stands above each column, and which groups name two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, Meaning, meaning_of, of_others, words
from fieldtool.intake.heading_stacks import meaning_of_stack
from fieldtool.intake.retold import Line
from fieldtool.records.fields import Field

PROVING = frozenset({Field.DOB, Field.N12, Field.N9, Extra.NUMBER})  # that a person is meant, not only named
_TWO = 2
_TAKING = re.compile(r"\bnuoi\b|\bnguoi (?:duoc )?nhan\b")  # of children, or what another is given: a party, too
# Groups that speak of somebody beside the two: kin, the head, and who declares, cares or writes.
_BESIDE = re.compile(
    r"\b(?:cha|bo|me|vo|chong|nam|nu|chu ho|giam ho|can bo|khai|bao (?:tin|tu)|lien he|lien lac|dai dien|yeu cau"
    r"|lam chung|than|phu huynh|nguoi (?:lap|ky|nop|thu|ghi)|cap|thuong tru|tam tru|dia chi)\b"
)


def stacks_at(head: Sequence[Line], place: int) -> tuple[list[list[str]], int]:
    """The heading of each column, top first, and in how many rows it stands: a row of groups has one or two below."""
    texts = [[cell_text(cell) for cell in row] for _, row in head[place : place + 3]]
    rows = 1
    while rows < len(texts) and _goes_on([text for text in texts[rows] if text]):
        rows += 1
    width = max(map(len, texts[:rows]))
    stacks: list[list[str]] = [[] for _ in range(width)]
    for level in range(rows):
        spread = ""
        for index in range(width):
            text = texts[level][index] if index < len(texts[level]) else ""
            below = any(index < len(texts[r]) and texts[r][index] for r in range(level + 1, rows))
            spread = text or (spread if below and index and _same_group(stacks, index) else "")
            if spread:
                stacks[index].append(spread)
    return stacks, rows


def _same_group(stacks: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a column stands below the same groups as the one before, as far as they are known."""
    before = stacks[index - 1][: len(stacks[index])]
    return list(before) == list(stacks[index])


def _goes_on(filled: Sequence[str]) -> bool:
    """Whether the cells of a row are a lower part of a heading: short words, most of them known ones."""
    if not filled or any(len(text) > 60 or any(map(str.isdecimal, text)) for text in filled):
        return False
    return sum(meaning_of(text)[1] >= 0.5 for text in filled) >= 0.6 * len(filled)


def below_group(stack: Sequence[str]) -> Sequence[str]:
    """A column's heading without the group that tells whose it is."""
    return stack[1:] if len(stack) > 1 else stack


def two_groups(head: Sequence[Line], place: int) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """What tells two people apart whose headings stand below two groups, each with a name and a birth or number of its
    own, whatever the groups are called ("Người nhận con nuôi | Người được nhận làm con nuôi"); None for other rows."""
    if place + 1 >= len(head) or not _goes_on([text for cell in head[place + 1][1] if (text := cell_text(cell))]):
        return None
    stacks, _ = stacks_at(head, place)
    told: dict[str, set[Meaning | None]] = {}
    for stack in stacks:
        if len(stack) > 1:
            told.setdefault(words(stack[0]), set()).add(meaning_of_stack(below_group(stack))[0])
    people = [group for group, meanings in told.items() if Field.NAME in meanings and PROVING & meanings]
    if len(people) != _TWO or any(
        _BESIDE.search(group) or (of_others(group) and not _TAKING.search(group)) for group in people
    ):
        return None
    first, second = (re.compile(rf"^{re.escape(group)}$") for group in people)
    return first, second
