"""One pair of records explained: verdict, weight, probability and reasons, without any store or list."""

from __future__ import annotations

from collections.abc import Mapping

from fieldtool.matching.lookup import look_up
from fieldtool.matching.reasons import CODES as CODES
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.verdicts import Verdict
from fieldtool.records.vietnamese import nfc
from fieldtool.records.villages import village_of


def explain_pair(a: Mapping[str, str], b: Mapping[str, str]) -> Verdict:
    """Judge two RECORDs of the public interface; every field is optional, unknown names are ignored."""
    (verdict,) = look_up(document_of(a, "a"), [document_of(b, "b")])
    return verdict


def document_of(record: Mapping[str, str], id: str) -> Document:
    """A RECORD as a document of a list of its own."""
    known = {item.value: item for item in Field}
    raw = {known[name]: nfc(text) for name, text in record.items() if name in known and text.strip()}
    kinds = {str(kind) for kind in DocumentKind}
    kind = record.get("doc", "")
    return Document(
        id=id,
        kind=DocumentKind(kind) if kind in kinds else DocumentKind.STATEMENT,
        raw=raw,
        village=village_of(raw.get(Field.PLACE, ""))[0],
        list_id=id,
        household=raw.get(Field.BOOK, ""),
    )
