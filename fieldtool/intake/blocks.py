"""Households inside a list: where one begins, whose it is, and what its members inherit from it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.intake.columns import flat
from fieldtool.records.fields import Field
from fieldtool.records.names import parse_name
from fieldtool.records.relations import relation_code

_BANNER_BOOK = re.compile(
    r"\b(?:so ho khau|ho khau|so hk|so so|so|s?hk|ma ho)\s*(?:so)?\s*[:.]?\s*((?:[a-z]{1,3}-?)?[0-9][0-9a-z/\-]*)"
)
_HOME_NO = re.compile(r"\bho (?:so|thu)\s*[:.]?\s*$")  # "Hộ số 12" counts the homes of the list
_BANNER_PLACE = re.compile(
    r"\b(?:dia chi|d/?c|(?:noi )?(?:dang ky |dk )?(?:ho khau )?thuong tru|hktt|cho o|noi o|noi cu tru)\b[^:|]{0,20}:\s*"
    r"([^|;\n]*\w)|[,;(|–-]\s*((?:ban|thon|xom|khoi)\s+[^\W\d_][^|;\n()]*)"
)
_BANNER_HEAD = re.compile(
    r"\b(?:(?:ho (?:va )?ten )?chu ho|ho ong|ho ba|ho gia dinh|ong|ba|ho(?! khau\b))"
    r"\s*(?:ong|ba|so\s*\d+|thu\s*\d+|\d+)?\s*(?:\(?ba\)?)?\s*[:.\-]?\s+([^\W\d_].*)$"
)
_HEAD_ENDS = re.compile(
    r"\s*(?:[,;(|]|\s-\s|–|\bso (?:ho khau|hk|so|khau|nhan khau|nguoi|thanh vien|cccd|cmnd|dinh danh)\b|\bsinh\b|\bns\b"
    r"|\bho khau\b|\b(?:gom|co|tong) (?:so\b|\d)|\b(?:noi )?thuong tru\b"
    r"|\b(?:dia chi|hktt|nhan khau|cccd|cmnd|dan toc)\b|\d)"
)


_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(slots=True)
class Block:
    """The household that the rows being read belong to."""

    head: str = ""
    book: str = ""
    number: int = 0
    ordinal: str = ""
    heads: int = 0
    place: str = ""  # the address its banner gives
    told: str | None = None  # the head as known at the first member: one who is listed last parts nobody

    def id_in(self, list_id: str, village: str) -> str:
        """The household's local id: its book number inside the village or, without one, its block in the list."""
        if self.book:
            return _of_book(village, self.book)
        self.told = self.head if self.told is None else self.told
        return _id("block", list_id, str(self.number), flat(self.told))


@lru_cache(maxsize=1024)
def _relation(text: str) -> str:
    return relation_code(text)


@lru_cache(maxsize=64)  # the members of a household come one after another
def _id(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]


def _of_book(village: str, book: str) -> str:
    return _id("book", village, flat(book).replace(" ", ""))


def in_extract(list_id: str, home: str) -> str:
    """The household of an extract of the residence database: its list's own, never a book's of the same number; which
    book's household it is, is known from who stands in both (store/extract_houses)."""
    return _id("extract", list_id, home)


class Blocks:
    """Follows the rows of one sheet and tells when a new household begins."""

    def __init__(self, by_bold: bool) -> None:
        self.block = Block()
        self._by_bold = by_bold
        self.banners = False
        self._opened = False  # a banner opened the block, its head's own line may follow

    def banner(self, text: str) -> None:
        """A household's banner row. Several above one another speak of one household until one says again what another
        said."""
        self.banners = True
        said = _said(text)
        block = self.block
        again = (said.head and block.head) or (said.book and block.book) or (said.place and block.place)
        if not self._opened or again:
            self.block = said
            said.number = block.number + 1
        else:
            block.head, block.book = block.head or said.head, block.book or said.book
            block.place = block.place or said.place
        self._opened = True

    @staticmethod
    def apart(raw: dict[Field, str], list_id: str, village: str) -> str:
        """The household of a row in a list that is not grouped: by its own book or head, else none."""
        if book := raw.get(Field.BOOK):
            return _of_book(village, book)
        head = raw.get(Field.HEAD, "")
        if not head and _relation(raw.get(Field.RELATION, "")) == "head":
            head = raw.get(Field.NAME, "")
        return _id("head", list_id, village, flat(head)) if head else ""

    def open(self, head: str) -> None:
        """A row that holds the head's name alone."""
        self.block = Block(head, "", self.block.number + 1)
        self._opened = True

    def place(self, raw: dict[Field, str], bold: bool, ordinal: str) -> Block:
        """The block of a member's line; a new one when the line opens it."""
        relation = _relation(raw.get(Field.RELATION, ""))
        is_head = relation == "head"
        if self._begins(raw, is_head, bold, ordinal):
            head = raw.get(Field.HEAD) or (raw.get(Field.NAME, "") if is_head or not relation or bold else "")
            self.block = Block(head, raw.get(Field.BOOK, ""), self.block.number + 1, ordinal)
        elif is_head or (self._opened and not relation):
            self.block.head = self.block.head or raw.get(Field.NAME, "")
        if raw.get(Field.BOOK) and not self.block.book:
            self.block.book = raw[Field.BOOK]
        self.block.heads += is_head
        self._opened = False
        return self.block

    def _begins(self, raw: dict[Field, str], is_head: bool, bold: bool, ordinal: str) -> bool:
        block = self.block
        if self._opened:
            return False
        if block.number == 0:
            return True
        book, head = raw.get(Field.BOOK, ""), raw.get(Field.HEAD, "")
        if book and block.book:
            return book != block.book or (is_head and block.heads > 0 and raw.get(Field.NAME) != block.head and bold)
        if head and block.head and not is_head:
            return flat(head) != flat(block.head)
        if ordinal:
            return ordinal != block.ordinal and not _below(ordinal, block.ordinal)
        return is_head or (self._by_bold and bold) or bool(book and not block.book and block.heads)


def _below(ordinal: str, home: str) -> bool:
    """Whether a member is numbered below his home: 3.1, 3.2 below 3, or a, b, or a dash below it; 1, 2 below III."""
    if _ROMAN.fullmatch(home):
        return not _ROMAN.fullmatch(ordinal)
    if not home.isdecimal():
        return False
    return ordinal.replace(",", ".").startswith(f"{home}.") or not any(map(str.isdecimal, ordinal))


def _said(text: str) -> Block:
    """The head, book and address that a banner names."""
    plain = flat(text)
    books = (book for book in _BANNER_BOOK.finditer(plain) if not _HOME_NO.search(plain[: book.start(1)]))
    book, place = next(books, None), _BANNER_PLACE.search(plain)
    head = ""
    if match := _BANNER_HEAD.search(plain):
        head = text[match.start(1) : match.end(1)]
        end = _HEAD_ENDS.search(flat(head))
        head = head[: end.start()] if end else head
        head = head[len(parse_name(head).title) :]
    group = place.lastindex or 0 if place else 0
    return Block(
        head.strip(" .:-"),
        text[book.start(1) : book.end(1)] if book else "",
        place=text[place.start(group) : place.end(group)].strip() if place else "",
    )
