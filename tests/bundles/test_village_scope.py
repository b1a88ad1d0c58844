"""What a laptop bounded to villages writes about others' villages is held, whatever village the operation names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_homes import homes

from fieldtool.ports import Home
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.events import CONTENT, LINK, STATE, UNDONE, VERDICT, Draft, RecordKind
from fieldtool.records.exchange import Held, QuarantineState, Result
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.roles import OfficerRole
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.issue_receipts import receipts
from fieldtool.usecases.judge_operations import HOLDER
from fieldtool.usecases.keep_trust import assign_scope
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.settle_quarantine import settle_quarantine

MINE, THEIRS = "16906-dua", "16906-coi"
A, B, NOWHERE, NEW = "a" * 32, "b" * 32, "c" * 32, "d" * 32
LIST = "i" * 32


@pytest.fixture(name="two")
def _two(tmp_path: Path) -> Iterator[list[Home]]:
    """Headquarters that holds a paper of either village and one of none, and a laptop bounded to one village."""
    with homes(tmp_path) as opened:
        office, laptop = opened
        papers = ((A, MINE), (B, THEIRS), (NOWHERE, ""))
        office.log.append([draft for id, village in papers for draft in _paper(id, village, basis={"import": LIST})])
        assign_scope(office, laptop.card.device, OfficerRole.HEAD, (MINE,))
        assert laptop.trust.take_list(office.trust.list_text())
        yield opened


def _paper(id: str, village: str, person: str = "", said: str | None = None, **more: object) -> list[Draft]:
    raw = {Field.NAME: "Lô Thị Mùa Xuân", Field.DOB: "01/03/1990"}
    paper = Document(id, DocumentKind.HOUSEHOLD, raw, village=village, household=f"h-{village}" if village else "")
    basis = json.dumps(more.get("basis", {}))
    named = village if said is None else said
    return [
        Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(paper), basis=basis, village=named),
        Draft(RecordKind.DOCUMENT, id, LINK, person or id, basis='{"band":"sure"}', village=named),
    ]


def _decision(person: str, village: str = "") -> Draft:
    return Draft(RecordKind.PERSON, person, "name", "Lô Thị Xuân", basis="{}", village=village)


def _held(office: Home, laptop: Home, folder: Path, drafts: list[Draft]) -> list[Held]:
    ids = laptop.log.append(drafts)
    (outcome,) = receive_bundle(office, [export_bundle(laptop, "ct", folder).file])
    assert outcome.error is None
    found = {item.event.id: item.reason for item in office.depot.quarantined()}
    assert outcome.quarantined == len(found)
    return [found[id] for id in ids if id in found]


_CASE = json.dumps({"kind": "no_papers", "person": B, "household": ""})
_PLAN = json.dumps({"village": THEIRS, "day": "2026-11-24", "households": [], "helpers": [], "note": ""})
_OTHERS = {
    "a person by no village": [_decision(B)],
    "a person by its own village": [_decision(B, MINE)],
    "a person by a village of no commune": [_decision(B, "coi")],
    "where the paper belongs": [Draft(RecordKind.DOCUMENT, B, LINK, A, basis='{"band":"officer"}')],
    "a paper withdrawn": [Draft(RecordKind.DOCUMENT, B, CONTENT, "")],
    "a paper said to be here": [_paper(B, MINE)[0]],
    "an own paper put beneath a stranger": [Draft(RecordKind.DOCUMENT, A, LINK, B, basis="{}", village=MINE)],
    "a new paper of there": [_paper(NEW, THEIRS, said="")[0]],
    "a pair": [Draft(RecordKind.PAIR, f"{A}|{B}", VERDICT, "same", basis="{}", village=MINE)],
    "a case": [Draft(RecordKind.CASE, "case-1", "opened", _CASE, basis="{}", village=MINE)],
    "where a house lies": [Draft(RecordKind.HOUSEHOLD, f"h-{THEIRS}", "path", '{"hamlet":"","place":1}')],
    "a plan": [Draft(RecordKind.PLAN, "plan-1", CONTENT, _PLAN)],
    "a village's name": [Draft(RecordKind.VILLAGE, THEIRS, "name", "Bản Khác")],
    "a list taken back": [Draft(RecordKind.IMPORT, LIST, STATE, UNDONE)],
    "a doubt put aside": [Draft(RecordKind.DOUBT, f"{B}:name", "standing", '{"says":"parked","seen":[]}')],
}


@pytest.mark.parametrize("what", _OTHERS)
def test_what_touches_others_villages_is_held(what: str, two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    before = [event.id for event in office.log.events() if event.kind != RecordKind.OFFICER]
    assert _held(office, laptop, tmp_path / "usb", _OTHERS[what]) == [Held.OUTSIDE_VILLAGES]
    after = [event.id for event in office.log.events() if event.kind not in (RecordKind.OFFICER, RecordKind.QUARANTINE)]
    assert after == before


def test_a_case_that_is_held_takes_what_hangs_on_it_along(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    moved = Draft(RecordKind.CASE, "case-1", "owner", "cb-m01", basis="{}")
    assert len(_held(office, laptop, tmp_path / "usb", [*_OTHERS["a case"], moved])) == 2


def test_honest_work_flows(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    case = json.dumps({"kind": "no_papers", "person": NEW, "household": ""})
    drafts = [
        *_paper(NEW, MINE),
        *_paper("e" * 32, ""),
        *_paper("f" * 32, MINE, person=A),
        _decision(A, MINE),
        _decision(NOWHERE),
        _decision(NEW),
        _decision("9" * 32),  # whom a neighbour's bundle may have brought, before it came here
        Draft(RecordKind.PAIR, f"{A}|{NEW}", VERDICT, "apart", basis="{}", village=MINE),
        Draft(RecordKind.CASE, "case-2", "opened", case, basis="{}", village=MINE),
        Draft(RecordKind.CASE, "case-2", "owner", "cb-m01", basis="{}", village=MINE),
        Draft(RecordKind.HOUSEHOLD, f"h-{MINE}", "path", '{"hamlet":"","place":1}', village=MINE),
        Draft(RecordKind.IMPORT, "own", "summary", "{}"),
        Draft(RecordKind.IMPORT, "own", STATE, UNDONE),
        Draft(RecordKind.DEVICE, "m01", "carry", "{}"),
        Draft(RecordKind.PLACE, "x", CONTENT, ""),
    ]
    assert not _held(office, laptop, tmp_path / "usb", drafts)


def test_a_person_whom_headquarters_parted_since_is_still_his(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    (joined,) = office.log.append([Draft(RecordKind.DOCUMENT, NEW, LINK, B, basis="{}", village=MINE)])
    office.log.append([_paper(NEW, MINE)[0]])
    office.log.append([Draft(RecordKind.DOCUMENT, NEW, LINK, NEW, (joined,), "{}", MINE)])
    assert not _held(office, laptop, tmp_path / "usb", [_decision(B, MINE)])


def test_a_village_handed_over_is_known_by_what_is_touched(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    office.log.append([Draft(RecordKind.ASSIGNMENT, MINE, HOLDER, "m09", village=MINE)])
    assert _held(office, laptop, tmp_path / "usb", [_decision(A)]) == [Held.AFTER_HANDOVER]


def test_a_person_may_take_it_all_the_same(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    _held(office, laptop, tmp_path / "usb", [_decision(B)])
    (item,) = office.depot.quarantined()
    settle_quarantine(office, item.event.id, QuarantineState.ACCEPTED)
    assert [event.id for event in office.log.register(RecordKind.PERSON, B, "name")] == [item.event.id]


def test_the_laptop_learns_from_its_receipt_what_became_of_what_was_held(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    held = [
        Draft(RecordKind.PERSON, B, name, "1", basis="{}", village=THEIRS) for name in ("name", "origin", "religion")
    ]
    _held(office, laptop, tmp_path / "usb", held)
    waiting, refused, taken = office.depot.quarantined()
    settle_quarantine(office, refused.event.id, QuarantineState.REJECTED, "bản của xã khác")
    down = export_bundle(office, "x1", tmp_path / "down").file
    assert receive_bundle(laptop, [down])[0].error is None
    settle_quarantine(office, taken.event.id, QuarantineState.ACCEPTED)
    assert receive_bundle(laptop, [export_bundle(office, "x1", tmp_path / "down2").file])[0].error is None
    (receipt,) = receipts(laptop)
    assert set(receipt.operations) == {
        (waiting.event.id, Result.QUARANTINED, str(Held.OUTSIDE_VILLAGES)),
        (refused.event.id, Result.REFUSED, "bản của xã khác"),
    }
    assert receipt.accepted == 1  # what a person took
