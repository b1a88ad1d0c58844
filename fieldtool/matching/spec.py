"""A declared model of record linkage for any table: fields, comparators, levels, blocking (docs/link-spec.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.records.errors import ErrorCode, FieldtoolError

# Default thresholds of the levels between "equal" and "other", best first.
DEFAULT_LEVELS: Mapping[str, tuple[float, ...]] = {
    "exact": (),
    "code": (),
    "edit": (1, 2),  # at most so many edits (optimal string alignment)
    "jaro_winkler": (0.92, 0.82, 0.7),  # at least so alike
    "token": (0.92, 0.75),  # at least so alike with the words sorted
    "date": (1, 2),  # digits that differ, a turned pair counting one
    "numeric": (1, 5),  # at most so far apart
}
_FIELD_KEYS = {"name", "column", "comparator", "levels", "term_frequency", "m"}
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


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """A whole model. `blocking` are sets of field names that must agree exactly; () lets the engine choose.

    `prior` is the share of candidate pairs taken to be true at the start (0 lets the engine judge); only pairs with a
    probability of at least `threshold` are given out. With `one_to_one` a row stands in one pair at most.
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
        raise _bad("fields.name")
    blocking = data.get("blocking", [])
    if not isinstance(blocking, list) or not all(isinstance(rule, list) and rule for rule in blocking):
        raise _bad("blocking")
    for rule in blocking:
        for name in rule:
            if name not in names:
                raise _bad(f"blocking: {name}")
    return LinkSpec(
        id=str(data.get("id", "rec_id")),
        fields=read,
        blocking=tuple(tuple(str(name) for name in rule) for rule in blocking),
        prior=_share(data.get("prior", 0.0), "prior"),
        threshold=_share(data.get("threshold", 0.5), "threshold"),
        one_to_one=_flag(data.get("one_to_one", False), "one_to_one"),
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
    levels = _numbers(item.get("levels", DEFAULT_LEVELS[comparator]), f"fields[{number}].levels")
    m = _numbers(item.get("m", ()), f"fields[{number}].m")
    if m and len(m) != len(levels) + 2:
        raise _bad(f"fields[{number}].m: {len(levels) + 2}")
    frequency = _flag(item.get("term_frequency", False), f"fields[{number}].term_frequency")
    return FieldSpec(str(item.get("name", column)), column, comparator, levels, frequency, m)


def _numbers(value: object, where: str) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or not all(
        isinstance(item, int | float) and not isinstance(item, bool) for item in value
    ):
        raise _bad(where)
    return tuple(float(item) for item in value)


def _share(value: object, where: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1:
        raise _bad(where)
    return float(value)


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _bad(where)
    return value


def _known(data: Mapping[str, object], keys: set[str], where: str) -> None:
    strange = sorted(set(data) - keys)
    if strange:
        raise _bad(f"{where}{strange[0]} ({', '.join(sorted(keys))})")


def _bad(detail: str) -> FieldtoolError:
    return FieldtoolError(ErrorCode.BAD_SPEC, values={"detail": detail})
