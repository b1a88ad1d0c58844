"""How much a paper counts for a field: the order in which values are shown and proposed.

The birth certificate is the root paper (NĐ 123/2015 art. 6) unless it was itself registered late or anew from the
papers it should prove. The household book has had no legal use since 1/1/2023, and where it differs from the residence
database the database prevails (Luật Cư trú 68/2020 art. 38(3)), of which an extract is a paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.vietnamese import fold

GRADES = ("independent", "late", "card", "register", "book", "word")
_GRADES = {DocumentKind.ID_CARD: "card", DocumentKind.REGISTER: "register", DocumentKind.HOUSEHOLD: "book"}
_CARD_ORDER = (
    DocumentKind.ID_CARD, DocumentKind.REGISTER, DocumentKind.BIRTH, DocumentKind.HOUSEHOLD, DocumentKind.STATEMENT,
)  # fmt: skip
_BOOK_ORDER = (
    DocumentKind.REGISTER, DocumentKind.HOUSEHOLD, DocumentKind.ID_CARD, DocumentKind.BIRTH, DocumentKind.STATEMENT,
)  # fmt: skip
_ORDER = (
    DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.REGISTER, DocumentKind.HOUSEHOLD, DocumentKind.STATEMENT,
)  # fmt: skip
_LATE = ("qua han", "dang ky lai", "re-registered", "late", "ho so san co", "from existing papers")
_BOOK_FIELDS = frozenset({Field.BOOK, Field.HEAD, Field.RELATION, Field.PLACE, Field.MOVED_IN, Field.PREVIOUS_ADDRESS})
_CARD_FIELDS = frozenset({Field.N12, Field.N9, Field.ISSUE_DATE, Field.ISSUE_PLACE, Field.EXPIRY})


def independent(document: Document) -> bool:
    """False for a birth registration made late or anew, which was often copied from the card or the book."""
    return not _says_late(document.get(Field.REG_KIND))


@lru_cache(maxsize=1024)
def _says_late(text: str) -> bool:
    kind = fold(text)
    return any(mark in kind for mark in _LATE)


def grade(document: Document) -> str:
    """What a paper is worth as a witness, in one word: GRADES."""
    if document.kind is DocumentKind.BIRTH:
        return "independent" if independent(document) else "late"
    return _GRADES.get(document.kind, "word")


def rank(document: Document, field: Field) -> int:
    """Order of a document's evidence for a field, 0 the strongest."""
    return ranks(document)[field]


def ranks(document: Document) -> Mapping[Field, int]:
    """Order of a document's evidence for every field, 0 the strongest."""
    return _RANKS[document.kind, document.kind is DocumentKind.BIRTH and not independent(document)]


def _rank(kind: DocumentKind, late: bool, field: Field) -> int:
    order = _CARD_ORDER if field in _CARD_FIELDS else _BOOK_ORDER if field in _BOOK_FIELDS else _ORDER
    if late and order is _ORDER:
        return 3  # behind the card it may be copied from
    return 2 * order.index(kind)


_RANKS = {
    (kind, late): {field: _rank(kind, late, field) for field in Field}
    for kind in DocumentKind
    for late in (False, True)
}
