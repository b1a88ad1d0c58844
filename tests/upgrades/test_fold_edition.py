"""A rule that folds papers into tables changes only together with FOLD.

Homes are folded anew when FOLD moves, and by nothing else: a rule that changed without it leaves every home with what
the former rules said, and `check`, which folds anew to compare, calls such a home damaged.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from fake_home import FakeClock, FakeIds, card

from fieldtool.records.documents import Document, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.opening import open_store
from fieldtool.store.projections import FOLD

# The edition and what it makes of the papers below. Where another digest comes out, a rule was changed: raise FOLD in
# store/projections.py, then write both here.
EDITION, DIGEST = "73", "6304e089b0628a98"
_TABLES = ("persons", "households", "doubts", "facts", "bearers", "holders", "kin")
_VILLAGE = "17245-ban-dua"


def _papers(number: int, field: str, book: str, card_: str) -> list[Document]:
    """A line of a household book and a card that agree in all but one field."""
    known = {Field.NAME: f"Lô Văn {number}", Field.DOB: "03/04/1985", Field.SEX: "Nam"}
    told = [
        {**known, Field.RELATION: "Con", Field.BOOK: str(number), Field(field): book},
        {**known, Field(field): card_},
    ]
    kinds = (DocumentKind.HOUSEHOLD, DocumentKind.ID_CARD)
    return [
        Document(f"{number:02d}{kind}", kind, raw, village=_VILLAGE, household=f"h{number // 3}" if not place else "")
        for place, (kind, raw) in enumerate(zip(kinds, told, strict=True))
    ]


def test_a_rule_that_folds_changes_together_with_its_edition(tmp_path: Path) -> None:
    with (Path(__file__).parent / "folded.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["field"], row["book"], row["card"]) for row in csv.DictReader(file)]
    store = open_store(tmp_path / "home.db", b"k" * 32, clock=FakeClock(), ids=FakeIds(), create=True)
    store.settings.put("home.card", card().to_text())
    drafts = []
    for number, row in enumerate(rows):
        for paper in _papers(number, *row):
            drafts.append(Draft(RecordKind.DOCUMENT, paper.id, CONTENT, to_payload(paper), basis='{"import":"i"}'))
            drafts.append(Draft(RecordKind.DOCUMENT, paper.id, LINK, f"p{number:02d}", basis='{"band":"certain"}'))
    store.log.append(drafts)
    told = hashlib.sha256()
    for table in _TABLES:
        found = sorted(repr(row) for row in store._database.execute(f"SELECT * FROM {table}"))
        assert found, table
        told.update("\n".join([table, *found]).encode())
    store.close()
    assert (FOLD, told.hexdigest()[:16]) == (EDITION, DIGEST)
