"""Whether the rows of a list stand together by household, so that a member may inherit from the head above."""

from __future__ import annotations

from collections.abc import Sequence

from fieldtool.intake.banner_words import is_banner
from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, Meaning, flat
from fieldtool.intake.encodings import decoded_cell
from fieldtool.intake.layout import Column, Layout
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import Row, SheetLook
from fieldtool.records.relations import relation_code

_ONCE = frozenset({"wife", "husband", "spouse"})


def like_homes(columns: Sequence[Column], below: Sequence[tuple[int, Row]], look: SheetLook) -> float:
    """How much the rows look like households, whatever the columns say: banners open them, or bold names do."""
    lone = ([text for cell in row if (text := cell_text(cell))] for _, row in below[:60])
    if any(len(texts) == 1 and is_banner(flat(texts[0])) for texts in lone):
        return 4.0
    name = next((column.index for column in columns if column.meaning in (Field.NAME, Extra.SURNAME)), -1)
    bold = [
        bool(look.bold.get(number, 0) >> name & 1)
        for number, row in below
        if 0 <= name < len(row) and sum(cell != "" for cell in row) > 2 and row[name] != ""
    ]
    return 2.0 if bold and bold[0] and 1 < sum(bold) <= 0.6 * len(bold) else 0.0


def bold_column(layout: Layout) -> int | None:
    """The column whose bold type marks a head: the name's, or its first part's."""
    places = (layout.column(meaning) for meaning in (Field.NAME, Extra.SURNAME))
    return next((place for place in places if place is not None), None)


def bold_heads(layout: Layout, below: Sequence[tuple[int, Row]], look: SheetLook) -> bool:
    """Whether bold type marks heads: some names of a household list are bold, most are not."""
    name = bold_column(layout)
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
