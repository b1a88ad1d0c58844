"""A small real home with a doubt of every kind, for the tests of the desk's acts; invented people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exchange_homes import card, new_home

from fieldtool.ports import Home
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.verdicts import Review
from fieldtool.store.opening import Store

BIRTH, CARD, BOOK = DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.HOUSEHOLD
VILLAGE = "16906-dua"


def paper(id: str, kind: DocumentKind, household: str = "", **raw: str) -> Document:
    own = household if kind is BOOK else ""
    return Document(
        id, kind, {Field(name): text for name, text in raw.items()}, village=VILLAGE, household=own, list_id=kind
    )


PAPERS = {
    # the year alone in the book: one harmless reason, three times
    "p1": [paper("a1", BIRTH, name="Lô Văn An", dob="02/03/1990", sex="Nam", mother="Vi Thị Mai"),
           paper("a2", BOOK, "h1", name="Lô Văn An", dob="1990", sex="Nam", relation="Con", book="1")],
    "p2": [paper("b1", CARD, name="Lô Văn Bình", dob="05/06/1965", sex="Nam", n12="040065000002"),
           paper("b2", BOOK, "h1", name="LÔ VĂN BÌNH", dob="1965", sex="Nam", relation="Chủ hộ", book="1")],
    "p3": [paper("c1", BIRTH, name="Lô Thị Chi", dob="07/08/1994", sex="Nữ"),
           paper("c2", BOOK, "h1", name="Lô Thị Chi", dob="1994", sex="Nữ", relation="Con", book="1")],
    # a tone, and the year: not for deciding in bulk by the year
    "p4": [paper("d1", BIRTH, name="Vi Thị Dung", dob="09/10/1970", sex="Nữ", reg_kind="Đăng ký lại"),
           paper("d2", CARD, name="Vi Thị Dũng", dob="1970", sex="Nữ", n12="040170000004")],
    # one number under two names
    "p5": [paper("e1", CARD, name="Kha Văn Em", dob="11/12/1980", sex="Nam", n12="040080000005")],
    "p6": [paper("f1", CARD, name="Kha Văn Phong", dob="11/12/1980", sex="Nam", n12="040080000005")],
    # perhaps one person: same name, other numbers
    "p7": [paper("g1", CARD, name="Moong Văn Giang", dob="01/02/1985", sex="Nam", n12="040085000007")],
    "p8": [paper("i1", CARD, name="Moong Văn Giang", dob="01/02/1985", sex="Nam", n12="040085000008")],
    # perhaps one person, no numbers
    "p9": [paper("k1", BIRTH, name="Hủn Vi Khoa", dob="03/04/2001", sex="Nam"),],
    "p10": [paper("l1", BOOK, "h2", name="Hủn Vi Khoa", dob="2001", sex="Nam", relation="Con", book="2")],
    # two spellings of one name
    "p11": [paper("m1", BIRTH, name="Lương Thị Hòa", dob="05/05/1955", sex="Nữ"),
            paper("m2", CARD, name="Lương Thị Hoà", dob="05/05/1955", sex="Nữ")],
}  # fmt: skip
REVIEWS = [Review("g1", "i1", 9.0, 0.9, 1), Review("k1", "l1", 8.0, 0.9, 1)]


def fill(home: Home) -> None:
    papers = [(person, document) for person, documents in PAPERS.items() for document in documents]
    home.log.append(
        [Draft(RecordKind.DOCUMENT, d.id, CONTENT, to_payload(d), basis='{"import":"i"}') for _, d in papers]
        + [Draft(RecordKind.DOCUMENT, d.id, LINK, person, basis='{"band":"certain"}') for person, d in papers]
        + [Draft(RecordKind.VILLAGE, VILLAGE, "name", "Bản Đửa")]
    )
    home.people.replace_reviews(REVIEWS)


@contextmanager
def desk_home(folder: Path) -> Iterator[tuple[Store, Home]]:
    store, home = new_home(folder, card("mxa", "xa"), 1)
    fill(home)
    try:
        yield store, home
    finally:
        store.close()
