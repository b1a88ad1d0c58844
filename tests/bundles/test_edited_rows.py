"""A readable bundle that somebody edited: which rows, and taken as one's own proposal; never as the maker's word."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from exchange_homes import decide, fill, homes

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import RecordKind
from fieldtool.usecases.acts import undo
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.propose_edits import EditedBundle, EditState, edited_rows, propose_edits, verify_or_edits
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.unseal_bundle import unseal_bundle
from fieldtool.usecases.verify_bundle import VerifyOutcome, verify_bundle

P0, P1 = "p" + "0" * 31, "p" + "0" * 30 + "1"
NAME, FIELD, VALUE = "H", "I", "L"


@pytest.fixture(name="opened")
def _opened(tmp_path):
    """Headquarters, a laptop, and the laptop's bundle as a readable workbook: papers, then three decisions."""
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        decide(laptop, P0, "name", "Lô Thị Mùa")
        decide(laptop, P0, "dob", "02/03/1985")
        decide(laptop, P1, "name", "Vi Văn Đào")
        sealed = export_bundle(laptop, "ct", tmp_path / "usb").file
        receive_bundle(office, [sealed])
        readable = tmp_path / "so.xlsx"
        unseal_bundle(office, sealed, readable)
        yield office, sealed, readable


def code(act):
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


def row_of(path: Path, field: str, value: str) -> int:
    sheet = openpyxl.load_workbook(path)["thay_doi"]
    return next(
        r for r in range(2, sheet.max_row + 1) if (sheet[f"I{r}"].value, sheet[f"L{r}"].value) == (field, value)
    )


def edit(path: Path, changes: dict[str, str | None], *, drop: int = 0) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book["thay_doi"]
    for cell, text in changes.items():
        sheet[cell] = text
    if drop:
        sheet.delete_rows(drop)
    book.save(path)
    return path


def test_opened_and_saved_again_is_whole_and_says_by_what(opened):
    office, sealed, readable = opened
    assert verify_bundle(office, sealed).saved_by == ""
    assert verify_bundle(office, readable).saved_by == ""
    edit(readable, {})
    told = verify_or_edits(office, readable)
    assert isinstance(told, VerifyOutcome)
    assert told.whole and "openpyxl" in told.saved_by.lower()
    assert edited_rows(office, readable).rows == ()
    assert code(lambda: propose_edits(office, readable)) is ErrorCode.NOTHING_TO_PROPOSE


def test_edited_values_are_named_and_taken_as_own_decisions(opened):
    office, _, readable = opened
    first, second = row_of(readable, "name", "Lô Thị Mùa"), row_of(readable, "name", "Vi Văn Đào")
    edit(readable, {f"L{first}": "Lô Thị Mùa Xuân", f"L{second}": " Vi Văn Đào "})
    assert code(lambda: verify_bundle(office, readable)) is ErrorCode.BUNDLE_CHANGED
    assert code(lambda: _one(receive_bundle(office, [readable]))) is ErrorCode.BUNDLE_CHANGED
    told = verify_or_edits(office, readable)
    assert isinstance(told, EditedBundle)
    assert [(row.row, row.now, row.value, row.state) for row in told.rows] == [
        (first, "Lô Thị Mùa", "Lô Thị Mùa Xuân", EditState.PROPOSABLE),
        (second, "Vi Văn Đào", "Vi Văn Đào", EditState.SAME),
    ]
    before = office.log.count()
    assert code(lambda: propose_edits(office, readable, [second])) is ErrorCode.NOT_FOUND
    assert office.log.count() == before
    done = propose_edits(office, readable)
    assert list(done.events) == [first]
    (stands,) = office.log.register(RecordKind.PERSON, P0, "name")
    assert (stands.value, stands.device, stands.old) == ("Lô Thị Mùa Xuân", office.card.device, "Lô Thị Mùa")
    assert stands.supersedes
    assert told.bundle in stands.basis
    assert office.people.person(P0).fields["name"].value == "Lô Thị Mùa Xuân"
    undo(office, done.events[first])
    assert office.people.person(P0).fields["name"].value == "Lô Thị Mùa"


def _one(outcomes):
    raise outcomes[0].error


@pytest.mark.parametrize("column", ["A", "B", "C", "D", "F", "G", "H", "I", "K", "M", "N", "P", "Q", "R"])
def test_any_other_edited_cell_is_no_proposal(opened, column):
    office, _, readable = opened
    row = row_of(readable, "name", "Lô Thị Mùa")
    edit(readable, {f"{column}{row}": "x", f"L{row}": "Lô Thị Mới"})
    before = office.log.count()
    with pytest.raises(FieldtoolError):
        verify_or_edits(office, readable)
    with pytest.raises(FieldtoolError):
        propose_edits(office, readable)
    assert office.log.count() == before


def test_dropped_rows_and_edited_manifests_are_no_proposal(opened):
    office, _, readable = opened
    row = row_of(readable, "name", "Lô Thị Mùa")
    edit(readable, {f"L{row}": "Lô Thị Mới"}, drop=2)
    assert code(lambda: propose_edits(office, readable)) in (ErrorCode.BUNDLE_ROWS_DROPPED, ErrorCode.BUNDLE_CHANGED)


def test_papers_blanks_and_unknown_people_cannot_be_taken(opened, tmp_path):
    office, sealed, readable = opened
    sheet = openpyxl.load_workbook(readable)["thay_doi"]
    paper = next(r for r in range(2, sheet.max_row + 1) if sheet[f"F{r}"].value == "document")
    row = row_of(readable, "name", "Lô Thị Mùa")
    edit(readable, {f"L{paper}": "{}", f"L{row}": None})
    assert {item.state for item in edited_rows(office, readable).rows} == {EditState.NO_VALUE}
    assert code(lambda: propose_edits(office, readable)) is ErrorCode.NOTHING_TO_PROPOSE
    assert code(lambda: propose_edits(office, sealed)) is ErrorCode.BUNDLE_NOT_OPEN
