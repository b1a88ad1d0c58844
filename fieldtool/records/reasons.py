"""A difference has a name: reasons with the spans of characters they speak of. Wording turns codes into sentences."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

Span = tuple[int, int]  # start and end (exclusive), counted in code points of the NFC text


@dataclass(frozen=True, slots=True)
class Difference:
    """One named difference between two values of a field.

    `code` is lower-case with underscores and has its sentence in the catalogues as "difference.<code>".
    `left` and `right` are the spans that differ, for marking; `values` fill the sentence.
    `harmless` is true for spellings of one and the same value (Unicode form, tone placement, Đ/Ð).
    """

    code: str
    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for or against two documents being one person.

    `weight` is in bits (log2 of m/u); `code` has its sentence as "reason.<code>" or "difference.<code>".
    """

    code: str
    field: str
    weight: float
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
