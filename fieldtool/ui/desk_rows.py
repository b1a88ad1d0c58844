"""What the conflict desk shows of a person, as plain values: columns of papers, rows of fields, reasons between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldtool.conflicts.compare import differences, read_sex
from fieldtool.records.documents import Document
from fieldtool.records.fields import COMPARED_FIELDS, DocumentKind, Field
from fieldtool.records.persons import FieldState, Person
from fieldtool.records.reasons import Difference, Span
from fieldtool.records.sensitive import SENSITIVE, shown

OPEN = (FieldState.CONFLICT, FieldState.DIVIDED)
_ORDER = (
    DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.REGISTER, DocumentKind.HOUSEHOLD, DocumentKind.STATEMENT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one paper, with the stretches in which it differs from the leading value."""

    text: str
    spans: tuple[Span, ...] = ()
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One field: the present value and one cell a paper."""

    field: Field
    value: str
    state: FieldState
    cells: tuple[Cell, ...]
    named: tuple[Difference, ...]

    @property
    def open(self) -> bool:
        """Whether the field waits for a decision."""
        return self.state in OPEN


def in_order(documents: Sequence[Document]) -> list[Document]:
    """Papers in the order the desk shows them: birth certificate, card, household book, statements."""
    return sorted(documents, key=lambda paper: (_ORDER.index(paper.kind), paper.id))


def rows_of(person: Person, papers: Sequence[Document], most: int = 10) -> list[Row]:
    """The rows to show: open fields always, then the compared fields that any paper fills."""
    sex, ethnicity = read_sex(person.value(Field.SEX)), person.value(Field.ETHNICITY)
    wanted = [name for name in COMPARED_FIELDS if name in person.fields]
    wanted += [name for name in person.open_fields if name not in wanted]
    rows = [_row(person, name, papers, sex, ethnicity) for name in wanted]
    spare = [row for row in rows if not row.open][max(0, most - sum(row.open for row in rows)) :]
    return [row for row in rows if row not in spare]


def veiled(rows: Sequence[Row], needed: str = "") -> list[Row]:
    """The rows with ethnicity hidden, unless it is the very field in question: whether papers differ may be seen."""
    return [row if row.field == needed or row.field not in SENSITIVE else _hidden(row) for row in rows]


def _hidden(row: Row) -> Row:
    cells = tuple(Cell(shown(row.field, cell.text), (), cell.differs) for cell in row.cells)
    return Row(row.field, shown(row.field, row.value), row.state, cells, ())


def compared(left: Sequence[Document], right: Sequence[Document], most: int = 10) -> list[Row]:
    """Rows for two persons who may be one: every paper against the first that fills the field."""
    papers = [*left, *right]
    rows = []
    for name in COMPARED_FIELDS:
        texts = [paper.get(name) for paper in papers]
        if any(texts):
            cells, named = _cells(name, texts, "", "")
            state = FieldState.CONFLICT if any(cell.differs for cell in cells) else FieldState.AGREED
            rows.append(Row(name, "", state, cells, named))
    return rows[:most]


def _row(person: Person, name: Field, papers: Sequence[Document], sex: str, ethnicity: str) -> Row:
    view = person.fields[name]
    texts = [paper.get(name) for paper in papers]
    base = view.values[0][0] if view.values else ""
    cells, named = _cells(name, texts, sex, ethnicity, base)
    return Row(name, view.value, view.state, cells, named)


def _cells(
    name: Field, texts: Sequence[str], sex: str, ethnicity: str, base: str = ""
) -> tuple[tuple[Cell, ...], tuple[Difference, ...]]:
    """Cells with their marks. The leading value is marked too, where any other differs from it."""
    base = base or next(text for text in texts if text)
    named: list[Difference] = []
    own: dict[str, tuple[Span, ...]] = {}
    leading: set[Span] = set()
    differing: set[str] = set()
    for text in dict.fromkeys(texts):
        if not text or text == base:
            continue
        found = [d for d in differences(name, base, text, sex=sex, ethnicity=ethnicity) if not d.harmless]
        named += found
        if found:
            differing.add(text)
        own[text] = tuple(span for d in found for span in d.right)
        leading |= {span for d in found for span in d.left}
    own[base] = tuple(sorted(leading))
    return tuple(Cell(text, own.get(text, ()), text in differing) for text in texts), tuple(named)
