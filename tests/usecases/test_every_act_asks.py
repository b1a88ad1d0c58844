"""No act that changes something may forget to ask whether the officer at the machine may do it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from door_home import HEAD, VILLAGE, door_home

import fieldtool.usecases
from fieldtool.intake.mappings import ListMapping
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import RecordKind
from fieldtool.records.exchange import Result
from fieldtool.records.roles import POWERS, OfficerRole, Power
from fieldtool.usecases import (
    carry_bundle,
    enrol_device,
    issue_receipts,
    issue_update,
    keep_root,
    keep_trust,
    learn_weights,
    list_mappings,
    local_knowledge,
    match_village,
    unit_texts,
    users,
)

ASKS = {"require", "require_one"}
WRITES = {
    "home.log.append", "home.settings.put", "home.people.replace_reviews", "home.trust.take_list",
    "home.trust.assign", "home.trust.revoke", "home.trust.new_root", "home.keys.admit", "home.keys.adopt",
    "home.keys.renew", "home.depot.drop_files", "home.keys.take_renewed", "home.trust.put_root_away",
    "home.trust.bring_root", "home.trust.admit_renewed",
}  # fmt: skip
FREE = {
    "wait_over": "counts wrong personal codes before anybody is known",
    "count_wrong": "the same",
    "forget_wrong": "the same",
    "switch_user": "proves the code of the one who sits down",
    "settle_copy": "lists what the receiving that asked has refused",
    "own_leftovers": "takes up bundles of this machine that a power cut parted from their note",
    "note_to_ask": "what is to be asked of a bundle that is being received; part of receive",
    "lacking": "tells what was asked, once; part of receive",
    "lend_code": "what add_officer and set_pin remember of a code",
    "own_code": "the same",
    "approve_export": "proves the code of the second officer and asks his power",
    "issue_receipts": "headquarters' own acknowledgement of what it has already taken in; part of receive and export",
    "note_sealed": "remembers for which machines a bundle was sealed; part of export",
    "tell_forks": "what headquarters has seen of its makers, said again; part of export",
    "keep_for_headquarters": "keeps a bundle of headquarters as it came; part of receive",
    "note_behind": "finds by its own bundle that this headquarters was restored; part of receive",
    "publish_trust": "repeats the list in force as an event; part of the acts that change it",
    "adopt_published": "takes in the list that a received bundle carried; part of receive",
}


def functions():
    """Every function of the use cases by name, with the names it calls."""
    found: dict[str, list[tuple[str, set[str]]]] = {}
    for path in Path(fieldtool.usecases.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                called = {ast.unparse(item.func) for item in ast.walk(node) if isinstance(item, ast.Call)}
                found.setdefault(node.name, []).append((path.stem, called))
    return found


def reached(name, known):
    """All that a function calls, through the use cases."""
    seen, waiting, calls = {name}, [name], set()
    while waiting:
        for _, called in known.get(waiting.pop(), ()):
            calls |= called
            fresh = {item.rpartition(".")[2] for item in called if not item.startswith("home.")} - seen
            seen |= fresh
            waiting += [item for item in fresh if item in known]
    return calls


def test_every_use_case_that_writes_asks_first():
    known = functions()
    writers = {name for name in known if not name.startswith("_") and WRITES & reached(name, known)}
    assert len(writers) > 40, "the search for writers finds nothing any more"
    silent = {name for name in writers if not ASKS & {item.rpartition(".")[2] for item in reached(name, known)}}
    assert silent <= set(FREE)
    assert set(FREE) <= set(known)


TABLES = {
    "law": lambda home, _: unit_texts.keep_law(home, unit_texts.law_text(home.people)),
    "law back": lambda home, _: unit_texts.reset_law(home),
    "template": lambda home, _: unit_texts.keep_template(home, "dc02", unit_texts.template_text(home.people, "dc02")),
    "template back": lambda home, _: unit_texts.reset_template(home, "dc02"),
    "weights": lambda home, _: learn_weights.accept_model(home, "x"),
    "weights back": lambda home, _: learn_weights.withdraw_model(home),
}
TRUST = {
    "enrol": lambda home, folder: enrol_device.accept_enrolment(home, folder / "none", folder),
    "assign": lambda home, _: keep_trust.assign_scope(home, "m1", OfficerRole.HEAD),
    "hand over": lambda home, _: keep_trust.hand_over(home, VILLAGE, "m1"),
    "new root": lambda home, _: keep_trust.new_root(home),
    "root away": lambda home, folder: keep_root.put_root_away(home, [folder], "x"),
    "root back": lambda home, folder: keep_root.bring_root(home, folder / "none", "x"),
    "root renews": lambda home, folder: keep_root.renew_headquarters(home, folder),
    "revoke": lambda home, _: keep_trust.revoke_device(home, "m1"),
    "update": lambda home, folder: issue_update.issue_update(home, folder / "s", folder, version="1.0", system="linux"),
}
KNOWLEDGE = {
    "place": lambda home, _: local_knowledge.add_place(home, "Kim Đa", district="Tương Dương"),
    "village": lambda home, _: local_knowledge.add_village_name(home, VILLAGE, "Bản Côi"),
    "surname": lambda home, _: local_knowledge.add_surname(home, "", ["Lô", "Lo"]),
    "withdraw": lambda home, _: local_knowledge.withdraw_added(home, RecordKind.PLACE, "x"),
    "answer": lambda home, _: issue_receipts.answer_operation(home, "e", Result.REFUSED, "vì"),
}
OTHERS = {
    "match": lambda home, _: match_village.match_village(home),
    "mapping": lambda home, _: list_mappings.keep_mapping(home, "l", ListMapping({})),
    "forget": lambda home, _: list_mappings.forget_mapping(home, "l"),
    "request": lambda home, folder: enrol_device.request_enrolment(home, folder, renew=True),
    "finish": lambda home, folder: enrol_device.finish_enrolment(home, folder / "none"),
    "trust list": lambda home, _: keep_trust.take_list_file(home, "{}"),
    "prune": lambda home, _: carry_bundle.prune_files(home),
}


def as_role(home, role):
    users.set_pin(home, "1234")
    second = users.add_officer(home, "Vi Văn Tám", role, "9999")
    users.switch_user(home, second.id, "9999")


def refused_all(home, folder, acts):
    before = home.log.count()
    for name, act in acts.items():
        with pytest.raises(FieldtoolError) as caught:
            act(home, folder)
        assert caught.value.code is ErrorCode.NOT_ALLOWED, name
    assert home.log.count() == before


def test_an_auditor_changes_nothing(tmp_path):
    with door_home(tmp_path / "home") as (store, home):
        as_role(home, OfficerRole.AUDITOR)
        refused_all(home, tmp_path, TABLES | TRUST | KNOWLEDGE | OTHERS)
        assert store.check().complaints == []


def test_a_collector_changes_no_table_and_no_trust(tmp_path):
    with door_home(tmp_path / "home") as (_, home):
        as_role(home, OfficerRole.COLLECTOR)
        refused_all(home, tmp_path, TABLES | TRUST | KNOWLEDGE)
        match_village.match_village(home)


def test_an_officer_adds_places_and_leaves_tables_and_machines_alone(tmp_path):
    with door_home(tmp_path / "home") as (_, home):
        as_role(home, OfficerRole.OFFICER)
        refused_all(home, tmp_path, TABLES | TRUST)
        local_knowledge.add_place(home, "Kim Đa", district="Tương Dương")
        assert home.people.person(HEAD) is not None


def test_headquarters_keeps_trust_and_officers():
    assert {Power.TRUST, Power.OFFICERS, Power.TABLES} <= POWERS[OfficerRole.SUPERIOR]
