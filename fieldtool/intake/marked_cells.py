"""What a cell's look says of its content: struck through by a clerk, or computed by a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, Meaning
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.parted import Finding
from fieldtool.records.fields import Field

_NAMING: frozenset[Meaning] = frozenset({Field.NAME, Extra.GIVEN, Extra.SURNAME})
_UNHARMED: frozenset[Meaning] = frozenset({Extra.ORDINAL, Extra.HOUSEHOLD_NO, Field.NOTE})

_BLANKS = re.compile(" {2,}")  # on both sides of what was left out
Filled = Sequence[tuple[int, str]]


def standing(filled: Filled, struck: int, meanings: Mapping[int, Meaning], findings: list[Finding]) -> Filled:
    """The cells that stand but for those that the bits of `struck` name: a person whose name is
    crossed out is left to an officer as he was, of others what is crossed out is not taken."""
    crossed = [(i, text, meanings[i]) for i, text in filled if struck >> i & 1 and i in meanings]
    for index, text, meaning in crossed:
        if meaning in _NAMING:
            findings.append((IssueCode.STRUCK_OUT, index, Field.NAME, text))
            return filled
    for index, text, meaning in crossed:
        if meaning is not Extra.ORDINAL:
            findings.append((IssueCode.CELL_STRUCK, index, _field(meaning), text))
    return [(index, text) for index, text in filled if not struck >> index & 1]


def uncrossed(
    filled: Filled, parts: Mapping[int, tuple[str, str]], meanings: Mapping[int, Meaning], findings: list[Finding]
) -> list[tuple[int, str]]:
    """The cells with what is struck through in some of them left out (column → what stands, what is struck)."""
    standing_texts = dict(filled)
    for index, (stands, struck) in parts.items():
        if index in standing_texts:
            standing_texts[index] = _BLANKS.sub(" ", cell_text(stands))
            meaning = meanings.get(index)
            if meaning is not None and meaning not in _UNHARMED and meaning is not Extra.OTHER:
                findings.append((IssueCode.CELL_STRUCK, index, _field(meaning), cell_text(struck)))
    return [(index, text) for index, text in standing_texts.items() if text]


def told_of_formulas(
    code: IssueCode, formulas: Mapping[int, str], meanings: Mapping[int, Meaning], findings: list[Finding]
) -> None:
    """A finding for each formula (column → text) in a column that is read."""
    for index, formula in formulas.items():
        meaning = meanings.get(index)
        if meaning is not None and meaning not in _UNHARMED:
            findings.append((code, index, _field(meaning), formula))


def _field(meaning: Meaning) -> Field | None:
    return meaning if isinstance(meaning, Field) else None
