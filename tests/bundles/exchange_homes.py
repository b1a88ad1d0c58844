"""Two or more real homes on one disk for the tests of the exchange: real store, real keys, no passphrase."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldtool.excel.bundle_books import ExcelBundles
from fieldtool.machine.porch import FolderPorch
from fieldtool.machine.sticks import FolderSticks
from fieldtool.ports import Home
from fieldtool.records.documents import Document, Source, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.exchange import HomeCard
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.opening import Store, open_store
from fieldtool.trust.keys import HomeKeys
from fieldtool.trust.trust_list import HomeTrust
from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment

KEY = bytes(range(32))
LABELS = {"name": "Họ và tên", "content": "Nội dung giấy tờ", "person": "Thuộc về người"}


class SteadyClock:
    def now(self) -> str:
        return "2026-11-24T08:00:00+07:00"


class CountingIds:
    """Ids that no other instance gives: its own name is in them."""

    def __init__(self, name: int) -> None:
        self._name = name
        self._next = 0

    def nonce(self) -> str:
        self._next += 1
        return f"{self._name:04x}{self._next:012x}"

    def nonces(self, count: int) -> list[str]:
        return [self.nonce() for _ in range(count)]

    def record(self) -> str:
        return self.nonce() * 2


def card(device: str, unit: str, *, headquarters: bool = False) -> HomeCard:
    return HomeCard(
        device=device,
        incarnation=1,
        unit=unit,
        unit_name=f"Công an thử {unit}",
        commune="16906",
        officer=f"cb-{device}",
        officer_name="",  # a name would be told in the first bundle; test_who_is_at_the_machine.py tries that
        headquarters=headquarters,
    )


def new_home(folder: Path, own: HomeCard, name: int) -> tuple[Store, Home]:
    folder.mkdir(parents=True, exist_ok=True)
    store = open_store(folder / "home.db", KEY, clock=SteadyClock(), ids=CountingIds(name), create=True)
    store.settings.put("home.card", own.to_text())
    HomeKeys.create(store.settings, own)
    return store, home_of(store, name)


def home_of(store: Store, name: int = 99) -> Home:
    own = HomeCard.from_text(store.settings.get("home.card"))
    return Home(
        card=own,
        log=store.log,
        people=store.people,
        shelf=store.shelf,
        depot=store.depot,
        settings=store.settings,
        reports=store.reports,
        keys=HomeKeys(store.settings, own),
        trust=HomeTrust(store.settings),
        sticks=FolderSticks(wait=lambda seconds: None),
        books=ExcelBundles(LABELS),
        clock=SteadyClock(),
        ids=CountingIds(name),
        work=store.work,
        drafts=store.drafts,
        porch=FolderPorch(store.folder),
    )


def enrol(laptop: Home, office: Home, stick: Path) -> None:
    asked = request_enrolment(laptop, stick)
    answer = accept_enrolment(office, asked.file, stick, compared=asked.words)
    assert asked.words == answer.words
    done = finish_enrolment(laptop, answer.file, compared=office.keys.root_words())
    assert done.words == office.keys.root_words()


@contextmanager
def homes(folder: Path, laptops: int = 1) -> Iterator[list[Home]]:
    """Headquarters first, then enrolled laptops x1, x2 and so on."""
    opened = [new_home(folder / "office", card("mhq", "ct", headquarters=True), 1)]
    for number in range(1, laptops + 1):
        opened.append(new_home(folder / f"x{number}", card(f"m0{number}", f"x{number}"), number + 1))
        enrol(opened[-1][1], opened[0][1], folder / "stick")
    try:
        yield [home for _, home in opened]
    finally:
        for store, _ in opened:
            store.close()


NAMES = ("Lô Thị Mùa Xuân", "Xồng Bá Dìa", "Vừ Y Đớ", "Moong Văn Thử", "Kha Thị Tòng")


def fill(home: Home, papers: int, odd: str = "") -> None:
    """Write invented papers, each linked to its own person; `odd` goes into a note of each."""
    home.log.append(_drafts(papers, odd))


def _drafts(papers: int, odd: str) -> Iterator[Draft]:
    for number in range(papers):
        record = f"{number:032x}"
        raw = {
            Field.NAME: NAMES[number % len(NAMES)],
            Field.DOB: f"{number % 28 + 1:02d}/03/19{number % 90 + 10}",
            Field.N12: f"0400{number:08d}",
            Field.PLACE: "Bản Đửa, xã Lượng Minh",
        }
        if odd:
            raw[Field.NOTE] = odd
        paper = Document(
            record, DocumentKind.ID_CARD, raw, Source("Thẻ căn cước.xlsx", "Sheet1", number + 5, str(number))
        )
        yield Draft(RecordKind.DOCUMENT, record, CONTENT, to_payload(paper))
        yield Draft(
            RecordKind.DOCUMENT, record, LINK, f"p{number:031x}", basis=json.dumps({"band": "sure", "papers": [record]})
        )


def decide(home: Home, person: str, field: str, value: str, supersedes: tuple[str, ...] = ()) -> str:
    draft = Draft(RecordKind.PERSON, person, field, value, supersedes, basis='{"reason":"thử"}', old="cũ")
    return home.log.append([draft])[0]


def hashes(home: Home) -> set[str]:
    """What people did; receipts and trust lists, which headquarters writes of itself, left out."""
    return {event.hash for event in home.log.events() if event.kind not in (RecordKind.RECEIPT, RecordKind.TRUST)}
