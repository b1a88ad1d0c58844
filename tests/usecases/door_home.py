"""A real store with one invented village for the tests of field work: two households, one person in conflict."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from exchange_homes import KEY, CountingIds, card, home_of

from fieldtool.ports import Home
from fieldtool.records.documents import Document, Source, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.opening import Store, open_store
from fieldtool.trust.keys import HomeKeys

VILLAGE = "16906-cham-puong"
HOUSE, OTHER = "h-dat", "h-muon"
HEAD, WIFE, SON, OLD, MUON = "p-dat", "p-huong", "p-quy", "p-xia", "p-muon"


class SetClock:
    """A clock that a test sets."""

    def __init__(self, now: str = "2026-11-25T08:30:00+07:00") -> None:
        self.at = now

    def now(self) -> str:
        return self.at


PAPERS = (
    (HEAD, DocumentKind.HOUSEHOLD, {"name": "Lô Văn Đạt", "dob": "03/02/1979", "sex": "Nam", "relation": "Chủ hộ"}),
    (HEAD, DocumentKind.ID_CARD, {"name": "Lô Văn Đạt", "dob": "03/02/1978", "sex": "Nam", "n12": "040079001122"}),
    (WIFE, DocumentKind.HOUSEHOLD, {"name": "Lương Thị Hường", "dob": "15/08/1982", "sex": "Nữ", "relation": "Vợ"}),
    (SON, DocumentKind.HOUSEHOLD, {"name": "Lô Minh Quý", "dob": "07/05/2014", "sex": "Nam", "relation": "Con"}),
    (OLD, DocumentKind.HOUSEHOLD, {"name": "Lô Thị Xìa", "dob": "1951", "sex": "Nữ", "relation": "Mẹ"}),
    (MUON, DocumentKind.HOUSEHOLD, {"name": "Moong Văn Ơn", "dob": "01/03/1960", "sex": "Nam", "relation": "Chủ hộ"}),
)


def papers() -> Iterator[Draft]:
    yield Draft(RecordKind.VILLAGE, VILLAGE, "name", "Bản Chăm Puông", village=VILLAGE)
    for number, (person, kind, texts) in enumerate(PAPERS):
        raw = {Field(name): text for name, text in texts.items()}
        house = OTHER if person == MUON else HOUSE
        household = house if kind is DocumentKind.HOUSEHOLD else ""
        raw |= {Field.BOOK: f"2301147{len(house):02d}"} if household else {}
        id = f"d{number}"
        paper = Document(id, kind, raw, Source("Sổ.xlsx", "1", number + 2, str(number)), VILLAGE, "l1", household)
        yield Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(paper), basis='{"import":"i1"}', village=VILLAGE)
        yield Draft(RecordKind.DOCUMENT, id, LINK, person, basis='{"band":"certain"}', village=VILLAGE)


@contextmanager
def door_home(folder: Path, clock: SetClock | None = None, name: int = 1) -> Iterator[tuple[Store, Home]]:
    """An open home with the village in it."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = clock or SetClock()
    ids = CountingIds(name)
    store = open_store(folder / "home.db", KEY, clock=clock, ids=ids, create=True)
    own = card(f"m{name:02d}", "xa")
    store.settings.put("home.card", own.to_text())
    HomeKeys.create(store.settings, own)
    store.log.append(papers())
    try:
        yield store, replace(home_of(store, name), clock=clock, ids=CountingIds(name + 50))
    finally:
        store.close()
