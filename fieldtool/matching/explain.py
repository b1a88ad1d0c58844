"""One pair of records explained: verdict, weight, probability and reasons, without any store or list."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fieldtool.matching.features import read_documents
from fieldtool.matching.judge import REVIEW_FLOOR, judge
from fieldtool.matching.levels import compare
from fieldtool.matching.model import shipped_model
from fieldtool.matching.reasons import CODES as CODES
from fieldtool.matching.reasons import reasons_of
from fieldtool.matching.village import probability
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.verdicts import Outcome, Verdict
from fieldtool.records.vietnamese import nfc
from fieldtool.records.villages import village_of


def explain_pair(a: Mapping[str, str], b: Mapping[str, str]) -> Verdict:
    """Judge two RECORDs of the public interface; every field is optional, unknown names are ignored."""
    papers = (_document(a, "a"), _document(b, "b"))
    f = read_documents(papers)
    left, right = np.array([0], dtype=np.int64), np.array([1], dtype=np.int64)
    levels = compare(f, left, right, lambda done, total: None)
    model = shipped_model()
    weight = model.score(levels)
    judged = judge(f, left, right, levels, weight)
    look = judged.notes(0)
    total = float(weight[0])
    if judged.certain[0]:
        outcome = Outcome.LINK
    elif total >= REVIEW_FLOOR and not (judged.barred[0] and total < 2):
        outcome = Outcome.REVIEW
    else:
        outcome = Outcome.DISTINCT
    reasons = reasons_of({name: int(level[0]) for name, level in levels.items()}, model, 0.0, look, a, b)
    return Verdict(outcome, total, probability(total), reasons)


def _document(record: Mapping[str, str], id: str) -> Document:
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
