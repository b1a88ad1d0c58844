"""Whether the rows of a list stand together by household, so that a member may inherit from the head above."""

from __future__ import annotations

from collections.abc import Sequence

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, Meaning
from fieldtool.intake.encodings import decoded_cell
from fieldtool.intake.layout import Layout
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import Row, SheetLook
from fieldtool.records.relations import relation_code

_ONCE = frozenset({"wife", "husband", "spouse"})


def bold_heads(layout: Layout, below: Sequence[tuple[int, Row]], look: SheetLook) -> bool:
    """Whether bold type marks heads: some names of a household list are bold, most are not."""
    name = layout.column(Field.NAME)
    if layout.kind is not DocumentKind.HOUSEHOLD or name is None or not look.bold:
        return False
    rows = [number for number, row in below if name < len(row) and row[name] != ""]
    bold = sum(1 for number in rows if look.bold.get(number, 0) >> name & 1)
    return 0 < bold <= 0.7 * len(rows)


def grouped(layout: Layout, below: Sequence[tuple[int, Row]], look: SheetLook) -> bool:
    """Whether a blank head or book may be taken from the row above.

    Not where every row names its head, nor where relations come in any order, as in a list sorted by name.
    """
    heads = _texts(layout, Field.HEAD, below, look)
    names = _texts(layout, Field.NAME, below, look)
    if heads and sum(1 for head, name in zip(heads, names, strict=False) if head and name) > 0.6 * sum(
        map(bool, names)
    ):
        return False
    if layout.bold_heads or layout.meanings() & {Extra.HOUSEHOLD_NO, Field.BOOK}:
        return True
    relations = [relation_code(text) for text in _texts(layout, Field.RELATION, below, look) if text]
    if not relations:
        return bool(heads)
    return _in_blocks(relations)


def _in_blocks(relations: Sequence[str]) -> bool:
    """Each head is followed by its own: few blocks have two spouses, and the first row is a head."""
    blocks: list[int] = []
    for code in relations:
        if code == "head" or not blocks:
            blocks.append(0)
        blocks[-1] += code in _ONCE
    odd = sum(1 for spouses in blocks if spouses > 1)
    return relations[0] == "head" and odd <= max(1, len(blocks) // 8)


def _texts(layout: Layout, meaning: Meaning, below: Sequence[tuple[int, Row]], look: SheetLook) -> list[str]:
    """The texts of a column, old fonts decoded."""
    index = layout.column(meaning)
    if index is None:
        return []
    texts = [cell_text(row[index]) if index < len(row) else "" for _, row in below]
    encoding = layout.columns[index].encoding
    if not encoding and not look.fonts:
        return texts
    numbers = (number for number, _ in below)
    return [
        decoded_cell(text, look.fonts.get(number, {}).get(index, ""), encoding)[0]
        for number, text in zip(numbers, texts, strict=True)
    ]
