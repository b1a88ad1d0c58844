"""A declared model of record linkage for any table: fields, comparators, levels, blocking (docs/link-spec.md)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.vietnamese import nfc

# Default thresholds of the levels between "equal" and "other", best first.
DEFAULT_LEVELS: Mapping[str, tuple[float, ...]] = {
    "exact": (),
    "code": (),  # as exact, with texts of one meaning listed under `codes`
    "edit": (1, 2),  # at most so many edits (optimal string alignment)
    "jaro_winkler": (0.92, 0.82, 0.7),  # at least so alike
    "token": (0.92, 0.75),  # at least so alike with the words sorted
    "date": (1, 2),  # digits that differ, a turned pair counting one
    "numeric": (1, 5),  # at most so far apart
}
LIKENESS = ("jaro_winkler", "token")  # levels count down from 1; those of the others count up from 0
_FIELD_KEYS = {"name", "column", "comparator", "levels", "term_frequency", "m", "codes"}
_KEYS = {"id", "fields", "blocking", "prior", "threshold", "one_to_one"}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One compared field: the column it reads, how it is compared, thresholds of its levels between equal and other."""

    name: str
    column: str
    comparator: str
    levels: tuple[float, ...]
    term_frequency: bool = False
    m: tuple[float, ...] = ()
    codes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """A whole model. `blocking` are sets of field names that must agree exactly; () lets the engine choose.

    `prior` is the share of candidate pairs taken to be true at the start (0 lets the engine judge); only pairs with a
    probability of at least `threshold` are given out. `one_to_one` gives each row of two tables one partner at most.
    """

    id: str
    fields: tuple[FieldSpec, ...]
    blocking: tuple[tuple[str, ...], ...] = ()
    prior: float = 0.0
    threshold: float = 0.5
    one_to_one: bool = False


def read_spec(text: str) -> LinkSpec:
    """Read a TOML model; BAD_SPEC names what is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad(str(error)) from error
    _known(data, _KEYS, "")
    fields = data.get("fields")
    if not isinstance(fields, list) or not fields:
        raise _bad("[[fields]]")
    read = tuple(_field(item, number) for number, item in enumerate(fields, start=1))
    names = {field.name for field in read}
    if len(names) < len(read):
        raise _bad("fields.name: " + ", ".join(sorted(field.name for field in read)))
    blocking = data.get("blocking", [])
    if not isinstance(blocking, list) or not all(isinstance(rule, list) and rule for rule in blocking):
        raise _bad("blocking")
    for rule in blocking:
        for name in rule:
            if not isinstance(name, str) or name not in names:
                raise _bad(f"blocking: {name}")
    id = data.get("id", "rec_id")
    if not isinstance(id, str) or not id:
        raise _bad("id")
    return LinkSpec(
        id=id,
        fields=read,
        blocking=tuple(tuple(str(name) for name in rule) for rule in blocking),
        prior=_share(data.get("prior", 0.0), "prior"),
        threshold=_share(data.get("threshold", 0.5), "threshold"),
        one_to_one=_switch(data.get("one_to_one", False), "one_to_one"),
    )


def _field(item: object, number: int) -> FieldSpec:
    if not isinstance(item, dict):
        raise _bad(f"fields[{number}]")
    _known(item, _FIELD_KEYS, f"fields[{number}].")
    column = item.get("column", item.get("name"))
    if not isinstance(column, str) or not column:
        raise _bad(f"fields[{number}].column")
    comparator = item.get("comparator", "jaro_winkler")
    if comparator not in DEFAULT_LEVELS:
        raise _bad(f"fields[{number}].comparator: {comparator} ({', '.join(DEFAULT_LEVELS)})")
    levels = _levels(comparator, item.get("levels", DEFAULT_LEVELS[comparator]), f"fields[{number}].levels")
    m = _numbers(item.get("m", ()), f"fields[{number}].m")
    if m and len(m) != len(levels) + 2:
        raise _bad(f"fields[{number}].m: {len(levels) + 2}")
    if m and min(m) <= 0:
        raise _bad(f"fields[{number}].m: {min(m)}")
    frequency = _switch(item.get("term_frequency", False), f"fields[{number}].term_frequency")
    codes = _codes(comparator, item.get("codes", []), f"fields[{number}].codes")
    name = item.get("name", column)
    if not isinstance(name, str) or not name:
        raise _bad(f"fields[{number}].name")
    return FieldSpec(name, column, comparator, levels, frequency, m, codes)


def _levels(comparator: str, value: object, where: str) -> tuple[float, ...]:
    levels = _numbers(value, where)
    if levels and not DEFAULT_LEVELS[comparator]:
        raise _bad(f"{where}: {comparator}")
    best_first = sorted(set(levels), reverse=comparator in LIKENESS)
    inside = all(0 < level <= 1 for level in levels) if comparator in LIKENESS else all(level > 0 for level in levels)
    if list(levels) != best_first or not inside:
        raise _bad(f"{where}: {list(levels)}")
    return levels


def _codes(comparator: str, value: object, where: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or (value and comparator != "code"):
        raise _bad(where)
    for group in value:
        if not isinstance(group, list) or not group or not all(isinstance(code, str) and code for code in group):
            raise _bad(where)
    groups = tuple(tuple(nfc(code).lower() for code in group) for group in value)
    listed = [code for group in groups for code in group]
    twice = [code for code in listed if listed.count(code) > 1]
    if twice:
        raise _bad(f"{where}: {twice[0]}")
    return groups


def _switch(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _bad(where)
    return value


def _numbers(value: object, where: str) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or not all(
        isinstance(item, int | float) and not isinstance(item, bool) and math.isfinite(item) for item in value
    ):
        raise _bad(where)
    return tuple(float(item) for item in value)


def _share(value: object, where: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1:
        raise _bad(where)
    return float(value)


def _known(data: Mapping[str, object], keys: set[str], where: str) -> None:
    strange = sorted(set(data) - keys)
    if strange:
        raise _bad(f"{where}{strange[0]} ({', '.join(sorted(keys))})")


def _bad(detail: str) -> FieldtoolError:
    return FieldtoolError(ErrorCode.BAD_SPEC, values={"detail": detail})
