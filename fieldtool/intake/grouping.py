"""Whether the rows of a list stand together by household, so that a member may inherit from the head above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fieldtool.intake.banner_words import is_banner
from fieldtool.intake.cells import cell_text
from fieldtool.intake.closing_words import closes_list, is_total
from fieldtool.intake.columns import Extra, Meaning, words
from fieldtool.intake.encodings import decoded_cell
from fieldtool.intake.layout import Column, Layout
from fieldtool.intake.parted import told_relation
from fieldtool.intake.village_words import village_of_row
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import Row, SheetLook
from fieldtool.records.relations import relation_code
from fieldtool.records.surnames import is_known

_LINE = 3  # filled cells of a person's line; below the last of them stand the signers
_ONCE = frozenset({"wife", "husband", "spouse"})


def like_homes(columns: Sequence[Column], below: Sequence[tuple[int, Row]], look: SheetLook) -> float:
    """How much the rows look like households, whatever the columns say: banners open them, books stand in first lines
    only, relations come in blocks, or bold names lead."""
    names = _of((Field.NAME, Extra.SURNAME), columns)
    named = [(n, row) for n, row in below[:400] if 0 <= names < len(row) and row[names] != ""]
    rows = [(n, row) for n, row in named if sum(cell != "" for cell in row) > 2]
    book = _of((Field.BOOK, Extra.HOUSEHOLD_NO), columns)
    firsts = [book < len(row) and row[book] != "" for _, row in rows if book >= 0]
    books = bool(firsts) and firsts[0] and 1 < sum(firsts) <= 0.7 * len(firsts)
    if books or _bannered(columns, below[:60], look) or _related(columns, rows, look):
        return 4.0
    bold = [bool(look.bold.get(number, 0) >> names & 1) for number, _ in rows]
    if capitals_lead([cell_text(row[names]).isupper() for _, row in rows]):
        return 3.5
    return 3.5 if bold and bold[0] and 1 < sum(bold) <= 0.6 * len(bold) else 0.0


def _bannered(columns: Sequence[Column], below: Sequence[tuple[int, Row]], look: SheetLook) -> bool:
    """Whether rows of their own open households ("Hộ: Lô Văn An")."""
    encoding = next((column.encoding for column in columns if column.encoding), "")
    for number, row in below:
        texts = [(index, text) for index, cell in enumerate(row) if (text := cell_text(cell))]
        if len(texts) == 1 and ":" in texts[0][1]:
            index, text = texts[0]
            if is_banner(decoded_cell(text, look.fonts.get(number, {}).get(index, ""), encoding)[0]):
                return True
    return False


def _related(columns: Sequence[Column], rows: Sequence[tuple[int, Row]], look: SheetLook) -> bool:
    """Whether several heads are each followed by their own."""
    place = _of((Field.RELATION,), columns)
    if place < 0:
        return False
    cells = [(look.fonts.get(n, {}).get(place, ""), cell_text(row[place])) for n, row in rows if place < len(row)]
    told = [relation_code(decoded_cell(text, font, columns[place].encoding)[0]) for font, text in cells]
    return told.count("head") > 1 and _in_blocks(told)


def _of(meanings: Sequence[Meaning], columns: Sequence[Column]) -> int:
    """The first column of one of some meanings, -1 for none."""
    return next((column.index for column in columns if column.meaning in meanings), -1)


def bold_column(layout: Layout) -> int | None:
    """The column whose bold type marks a head: the name's, or its first part's."""
    places = (layout.column(meaning) for meaning in (Field.NAME, Extra.SURNAME))
    return next((place for place in places if place is not None), None)


def bold_heads(layout: Layout, below: Sequence[tuple[int, Row]], look: SheetLook) -> bool:
    """Whether bold type marks heads: some names of a household list are bold, most are not. Signers, totals and the
    heading of the next page are bold in every list; they are nobody's line."""
    name = bold_column(layout)
    if layout.kind is not DocumentKind.HOUSEHOLD or name is None or not look.bold:
        return False
    if _offices(layout):
        return False
    rows = _named(layout, name, below)
    bold = [bool(look.bold.get(number, 0) >> name & 1) for number, _ in rows]
    return 0 < sum(_no_groups(rows, bold, below)) <= 0.7 * len(rows)


def _no_groups(rows: Sequence[tuple[int, str]], marked: Sequence[bool], below: Sequence[tuple[int, Row]]) -> list[bool]:
    """Which of the rows are marked as heads, without those that hold a word alone where at least half of these begin
    with no surname: "HĐND", "Nhóm Thái" are groups of people."""
    filled = {number: sum(cell != "" for cell in row) for number, row in below}
    alone = [one and filled[number] < _LINE for one, (number, _) in zip(marked, rows, strict=True)]
    known = sum(one and is_known(text.split(" ", 1)[0]) for one, (_, text) in zip(alone, rows, strict=True))
    if 2 * known > sum(alone):
        return list(marked)
    return [one and not group for one, group in zip(marked, alone, strict=True)]


_OFFICE = re.compile(r"^(?!.*\bnghe\b).*\b(?:chuc vu|chuc danh|cap bac|quan ham)\b")


def _offices(layout: Layout) -> bool:
    """Whether a list says who holds which office: whom it sets in bold or in capitals leads others, but no home."""
    return any(_OFFICE.match(words(column.heading)) for column in layout.columns)


def capital_heads(layout: Layout, below: Sequence[tuple[int, Row]]) -> bool:
    """Whether capitals mark heads: in a household list that says it in no other way some names are in capitals, the
    first among them, and others follow most of them. Two clerks of one list write in two blocks instead."""
    name = bold_column(layout)
    if layout.kind is not DocumentKind.HOUSEHOLD or name is None or layout.bold_heads or _offices(layout):
        return False
    if layout.meanings() & {Field.RELATION, Field.HEAD, Field.BOOK, Extra.HOUSEHOLD_NO}:
        return False
    rows = _named(layout, name, below)
    return capitals_lead(_no_groups(rows, [text.isupper() for _, text in rows], below))


def capitals_lead(capitals: Sequence[bool]) -> bool:
    """Whether lines in capitals stand before others as heads before members."""
    followed = sum(one and not other for one, other in zip(capitals, capitals[1:], strict=False))
    return bool(capitals) and capitals[0] and followed > 1 and 2 * followed > sum(capitals) <= 0.6 * len(capitals)


def _named(layout: Layout, name: int, below: Sequence[tuple[int, Row]]) -> list[tuple[int, str]]:
    """The rows that are people's lines, and the names in them."""
    lines = [at for at, (_, row) in enumerate(below) if sum(cell != "" for cell in row) >= _LINE and _figured(row)]
    heading = layout.columns[name].heading.split(" / ")
    return [
        (number, text)
        for number, row in below[: lines[-1] + 1 if lines else None]
        if name < len(row) and (text := cell_text(row[name])) and not _nobodys(text, heading) and not _parts(row)
    ]


def _figured(row: Row) -> bool:
    """Whether a row has any figure: a running number, a year, a number of a card. Three signers have none."""
    return any(type(cell) is not str or any(map(str.isdecimal, cell)) for cell in row if cell != "")


def named_relations(layout: Layout, below: Sequence[tuple[int, Row]]) -> bool:
    """Whether the cells of names say the relations ("Lô Văn An (chủ hộ)", "Vợ: Vi Thị Hoa"), a head's first."""
    name = bold_column(layout)
    if name is None or Field.RELATION in layout.meanings():
        return False
    told = [told_relation(text) for _, text in _named(layout, name, below)]
    relations = [relation_code(text) for text in told if text]
    return len(relations) > 0.8 * len(told) and "head" in relations and _in_blocks(relations)


def fills_villages(layout: Layout, head: Sequence[tuple[int, Row]]) -> bool:
    """Whether a village stands in the first line of its people alone: at most half of the lines have one, the first
    does, several do, and each is another than the one before."""
    place, name = layout.column(Extra.VILLAGE), bold_column(layout)
    if place is None or name is None:
        return False
    below = [line for line in head if line[0] > layout.header_rows[1]]
    people = {number for number, _ in _named(layout, name, below)}
    told = [cell_text(row[place]) if place < len(row) else "" for number, row in below if number in people]
    said = [text for text in told if text]
    return (
        bool(told)
        and bool(told[0])
        and 1 < len(said) <= len(told) / 2
        and all(one != other for one, other in zip(said, said[1:], strict=False))
    )


_LETTERED = re.compile(r"[IVXivx]+[.)]?|[A-Ha-h][.)]?")


def _parts(row: Row) -> bool:
    """Whether a row parts the list: a village, or "I | Chi hội bản Na Pu (4 hội viên)"."""
    texts = [text for cell in row if (text := cell_text(cell))]
    return len(texts) <= 2 and (
        bool(village_of_row(texts[-1])) or (len(texts) == 2 and bool(_LETTERED.fullmatch(texts[0])))
    )


def _nobodys(text: str, heading: Sequence[str]) -> bool:
    return text in heading or is_total(text) or closes_list(text)


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
    if (
        layout.bold_heads
        or layout.capital_heads
        or layout.named_relations
        or layout.meanings() & {Extra.HOUSEHOLD_NO, Field.BOOK}
    ):
        return True
    if crosses_heads(layout.columns):  # crosses in any order, as in a list sorted by name, open no blocks
        crosses = _texts(layout, Field.RELATION, below, look)
        return next((bool(cross) for cross, name in zip(crosses, names, strict=False) if name), False)
    relations = [relation_code(text) for text in _texts(layout, Field.RELATION, below, look) if text]
    if not relations:
        return bool(heads)
    return _in_blocks(relations)


def crosses_heads(columns: Sequence[Column]) -> bool:
    """Whether crosses below "Chủ hộ" say which rows are heads."""
    return any(c.meaning is Field.RELATION and relation_code(c.heading.rpartition(" / ")[2]) == "head" for c in columns)


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
