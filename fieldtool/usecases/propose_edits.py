"""Rows that somebody edited in a readable bundle, taken as proposals of the officer at this machine.

An edited bundle is never joined: its maker did not sign what it says now. But the edit may be right, so an officer
may make the new values his own decisions, each naming what it saw, and undo them like any other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from fieldtool.bundles.edits import Edit, edits_of
from fieldtool.bundles.manifest import Manifest, bundle_id
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.exchange import DeviceCard
from fieldtool.records.fields import COMPARED_FIELDS, Field
from fieldtool.records.roles import Power
from fieldtool.records.sensitive import HIDDEN
from fieldtool.usecases.authority import require
from fieldtool.usecases.from_stick import plain_file
from fieldtool.usecases.prove_bundle import MOST_BYTES, prove_manifest
from fieldtool.usecases.settle_conflict import decision_draft
from fieldtool.usecases.verify_bundle import VerifyOutcome, verify_bundle

_ZIP = b"PK\3\4"


class EditState(StrEnum):
    """What an edited row can become."""

    PROPOSABLE = "proposable"
    SAME = "same"  # the value that stands here already
    NO_VALUE = "no_value"  # not the value of a person's field, or blank: nothing that one decides
    UNKNOWN_PERSON = "unknown_person"


@dataclass(frozen=True, slots=True)
class EditedRow:
    """One edited row of the change sheet and the value that stands here now."""

    row: int
    person: str
    name: str
    field: str
    now: str
    value: str
    state: EditState


@dataclass(frozen=True, slots=True)
class EditedBundle:
    """A readable bundle that somebody edited; no rows when it is whole."""

    file: Path
    bundle: str
    unit_name: str
    device: str
    rows: tuple[EditedRow, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was taken: the ids of the decisions, by row."""

    bundle: EditedBundle
    events: dict[int, str]


def edited_rows(home: Home, path: Path) -> EditedBundle:
    """What was edited in a readable bundle; changes nothing. BUNDLE_NOT_OPEN for a sealed one, else as
    `prove_bundle`, also when more than new values was touched."""
    manifest, maker, edits = _read(home, path)
    rows = tuple(_row(home, edit) for edit in edits)
    return EditedBundle(path, bundle_id(manifest), manifest.unit_name, maker.device, rows)


def verify_or_edits(home: Home, path: Path) -> VerifyOutcome | EditedBundle:
    """A whole bundle, or the edits of one in which new values alone were edited; errors as `verify_bundle`."""
    try:
        return verify_bundle(home, path)
    except FieldtoolError as wrong:
        if wrong.code is not ErrorCode.BUNDLE_CHANGED:
            raise
        try:
            return edited_rows(home, path)
        except FieldtoolError:
            raise wrong from None  # more than values was touched, which the first error names


def propose_edits(home: Home, path: Path, rows: Collection[int] = ()) -> Proposed:
    """Decide the edited values here, all that can be or those of some rows, in one transaction. NOT_FOUND for a row
    that is not edited or not proposable, NOTHING_TO_PROPOSE when there is none."""
    require(home, Power.DECIDE)
    found = edited_rows(home, path)
    able = {row.row: row for row in found.rows if row.state is EditState.PROPOSABLE}
    for row in rows:
        if row not in able:
            raise FieldtoolError(ErrorCode.NOT_FOUND, place=Place(path.name), values={"what": str(row)})
    wanted = [able[row] for row in sorted(rows or able)]
    if not wanted:
        raise FieldtoolError(ErrorCode.NOTHING_TO_PROPOSE, place=Place(path.name))
    ids = home.log.append([_draft(home, found.bundle, row) for row in wanted])
    home.log.note("edits", f"{found.bundle} {len(ids)}")
    return Proposed(found, {row.row: id for row, id in zip(wanted, ids, strict=True)})


def _read(home: Home, path: Path) -> tuple[Manifest, DeviceCard, list[Edit]]:
    content = plain_file(home, path, MOST_BYTES)  # never copied: nothing readable lies in a home
    try:
        if not content.startswith(_ZIP):
            raise FieldtoolError(ErrorCode.BUNDLE_NOT_OPEN)
        manifest, maker = prove_manifest(home, content)
        return manifest, maker, edits_of(manifest, home.books.changes(content))
    except FieldtoolError as error:
        place = replace(error.place, file=error.place.file or path.name)
        raise FieldtoolError(error.code, place=place, values=error.values) from error


def _row(home: Home, edit: Edit) -> EditedRow:
    person = home.people.person(edit.record) if edit.kind == RecordKind.PERSON else None
    view = person.fields.get(Field(edit.field)) if person and edit.field in COMPARED_FIELDS else None
    now = view.value if view else ""
    nothing = not edit.value or HIDDEN in edit.value  # what a copy without ethnicity and religion has in its place
    if edit.kind != RecordKind.PERSON or edit.field not in COMPARED_FIELDS or nothing:
        state = EditState.NO_VALUE
    elif person is None:
        state = EditState.UNKNOWN_PERSON
    else:
        state = EditState.SAME if now == edit.value else EditState.PROPOSABLE
    return EditedRow(edit.row, edit.record, edit.name, edit.field, now, edit.value, state)


def _draft(home: Home, bundle: str, row: EditedRow) -> Draft:
    person = home.people.person(row.person)
    assert person is not None  # a row without a person is not proposable
    require(home, Power.DECIDE, person.village)
    basis = {"documents": [], "reason": "", "note": "", "bundle": bundle, "row": row.row}
    return decision_draft(home, person, Field(row.field), row.value, basis)
