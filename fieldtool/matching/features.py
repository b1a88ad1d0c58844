"""Documents as columns: every text parsed once, every distinct name numbered once, everything comparable an array.

Unknown is -1 (or 0 for parts of dates), never a value that could agree or clash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.households import fill_relatives
from fieldtool.matching.numbering import Flags as Flags
from fieldtool.matching.numbering import Ints as Ints
from fieldtool.matching.numbering import Numbering as Numbering
from fieldtool.records.dates import parse_date
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.names import PersonName, parse_name
from fieldtool.records.numbers import decode12, parse_number
from fieldtool.records.relations import implied_sex, relation_code
from fieldtool.records.vietnamese import fold

NAME_COLUMNS = (Field.NAME, Field.FATHER, Field.MOTHER, Field.SPOUSE, Field.HEAD)
_MALE, _FEMALE = {"m", "nam", "trai"}, {"f", "nu", "gai"}


@dataclass(frozen=True, slots=True)
class Features:
    """One entry a document in every array; `names` are the distinct names that the name columns number.

    `sex` 0 male, 1 female; `n12`, `n9` the digits as a whole number; `n12_year`, `n12_sex` what the number itself
    says; `relation` numbers `relations`; `n12_slips` holds the digits as text for finding slips.
    """

    ids: tuple[str, ...]
    kind: Ints
    list_id: Ints
    columns: dict[Field, Ints]
    names: tuple[PersonName, ...]
    year: Ints
    month: Ints
    day: Ints
    sex: Ints
    n12: Ints
    n9: Ints
    n12_year: Ints
    n12_sex: Ints
    village: Ints
    household: Ints
    people: Ints
    relation: Ints
    relations: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)


KINDS = tuple(DocumentKind)


def read_documents(documents: Sequence[Document]) -> Features:
    """Parse documents into columns; placeholder numbers count as missing."""
    lists, villages, houses, peoples, relations, names = (Numbering() for _ in range(6))
    columns: dict[Field, list[int]] = {field: [] for field in NAME_COLUMNS}
    rows: list[tuple[int, ...]] = []
    for paper in documents:
        for field in NAME_COLUMNS:
            columns[field].append(names.of(" ".join(paper.get(field).split())))
        date = parse_date(paper.get(Field.DOB))
        n12, year12, sex12 = _n12(paper.get(Field.N12))
        day, month = (0, 0) if date.imputed else (date.day, date.month)
        relation = relation_code(paper.get(Field.RELATION))
        rows.append(
            (
                KINDS.index(paper.kind),
                lists.of(paper.list_id or str(paper.kind)),
                date.year,
                month,
                day,
                _sex(paper, sex12),
                n12,
                _n9(paper),
                year12,
                sex12,
                villages.of(paper.village),
                houses.of(paper.household),
                peoples.of(fold(paper.get(Field.ETHNICITY))),
                relations.of(relation),
            )
        )
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 14).T
    arrays = {field: np.array(values, dtype=np.int64) for field, values in columns.items()}
    fill_relatives(
        np.where(table[11] >= 0, table[11] * (len(lists.texts) + 1) + table[1], -1),
        [relations.texts[code] if code >= 0 else "" for code in table[13].tolist()],
        table[5],
        arrays[Field.NAME],
        arrays[Field.FATHER],
        arrays[Field.MOTHER],
        arrays[Field.SPOUSE],
    )
    return Features(
        ids=tuple(paper.id for paper in documents),
        kind=table[0],
        list_id=table[1],
        columns=arrays,
        names=tuple(parse_name(text) for text in names.texts),
        year=table[2],
        month=table[3],
        day=table[4],
        sex=table[5],
        n12=table[6],
        n9=table[7],
        n12_year=table[8],
        n12_sex=table[9],
        village=table[10],
        household=table[11],
        people=table[12],
        relation=table[13],
        relations=tuple(relations.texts),
    )


def _n12(text: str) -> tuple[int, int, int]:
    number = parse_number(text)
    digits = number.digits
    for repair in number.repairs:  # a lost zero or a float is repaired for comparing only
        if len(repair.value) == 12:
            digits = repair.value
    if number.placeholder or len(digits) != 12 or not digits.isdigit():
        return -1, 0, -1
    said = decode12(digits)
    if said is None:
        return int(digits), 0, -1
    return int(digits), said.year or 0, {"M": 0, "F": 1}.get(said.sex, -1)


def _n9(paper: Document) -> int:
    for field in (Field.N9, Field.N12):
        number = parse_number(paper.get(field))
        if number.kind == "n9" and not number.placeholder:
            return int(number.digits)
    return -1


def _sex(paper: Document, sex12: int) -> int:
    text = fold(paper.get(Field.SEX))
    if text in _MALE:
        return 0
    if text in _FEMALE:
        return 1
    implied = implied_sex(paper.get(Field.RELATION))
    if implied:
        return 0 if implied == "M" else 1
    middle = {"van": 0, "thi": 1}.get(fold(parse_name(paper.get(Field.NAME)).middle), -1)
    return middle if middle >= 0 else sex12
