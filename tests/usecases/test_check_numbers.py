"""Numbers against the whole store: shared, double, placeholders; kept up to date with every link and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_homes import card, new_home

from fieldtool.matching.explain import explain_pair
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.usecases.check_numbers import check_numbers, numbers_of_import
from fieldtool.usecases.undo_import import undo_import


@pytest.fixture(name="home")
def _home(tmp_path: Path):
    store, home = new_home(tmp_path, card("mxa", "xa"), 1)
    yield home
    assert store.check().complaints == []
    store.close()


def paper(id: str, name: str, n12: str = "", n9: str = "", *, person: str, batch: str = "i1") -> list[Draft]:
    raw = {Field.NAME: name, Field.DOB: "1980"}
    raw |= {field: text for field, text in ((Field.N12, n12), (Field.N9, n9)) if text}
    document = Document(id, DocumentKind.ID_CARD, raw)
    drafts = [
        Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(document), basis=f'{{"import":"{batch}"}}'),
        Draft(RecordKind.IMPORT, batch, "summary", "{}"),
    ]
    if person:
        drafts.append(Draft(RecordKind.DOCUMENT, id, LINK, person, basis='{"band":"certain"}'))
    return drafts


def told(home):
    return [(finding.code, finding.persons) for finding in check_numbers(home.people).findings]


def test_a_number_of_two_persons_is_shared_and_spaces_do_not_hide_it(home):
    home.log.append(paper("d1", "Lô Văn An", "040080001234", person="p1"))
    assert told(home) == []
    home.log.append(paper("d2", "Vi Thị Bình", "040 080 001 234", person="p2"))
    assert told(home) == [("number_shared", ("p1", "p2"))]
    report = check_numbers(home.people)
    assert report.persons["p2"].name == "Vi Thị Bình"


def test_two_personal_numbers_of_one_person_are_told_and_two_old_cards_are_not(home):
    home.log.append(paper("d1", "Lô Văn An", "040080001234", "181234561", person="p1"))
    home.log.append(paper("d2", "Lô Văn An", "", "187654321", person="p1"))
    assert told(home) == []
    home.log.append(paper("d3", "Lô Văn An", "040080001299", person="p1"))
    assert told(home) == [("number_two", ("p1",))]


def test_a_placeholder_is_told_as_one_and_never_as_shared(home):
    home.log.append(paper("d1", "Lô Văn An", "000000000000", person="p1"))
    home.log.append(paper("d2", "Vi Thị Bình", "000000000000", "123456789", person="p2"))
    home.log.append(paper("d3", "Moong Văn Ba", "", "123456789", person="p3"))
    assert told(home) == [("number_placeholder", ("p1", "p2")), ("number_placeholder", ("p2", "p3"))]


def test_the_findings_go_when_the_paper_goes(home):
    home.log.append(paper("d1", "Lô Văn An", "040080001234", person="p1"))
    home.log.append(paper("d2", "Vi Thị Bình", "040080001234", person="p2", batch="i2"))
    assert len(told(home)) == 1
    undo_import(home, "i2")
    assert told(home) == []


def test_an_import_is_told_of_numbers_that_other_names_hold(home):
    home.log.append(paper("d1", "Lô Văn An", "040080001234", person="p1"))
    home.log.append(paper("d2", "LÔ VĂN AN", "040080001234", person="", batch="i2"))
    home.log.append(paper("d3", "Vi Thị Bình", "040080001234", person="", batch="i3"))
    assert numbers_of_import(home, "i2").findings == ()
    (finding,) = numbers_of_import(home, "i3").findings
    assert (finding.code, finding.persons) == ("number_held", ("p1",))


@pytest.mark.parametrize("number", ["000000000000", "111111111111", "040000000000", "123456789012", "012345678901"])
@pytest.mark.parametrize("field", ["n12", "n9"])
def test_a_placeholder_is_no_evidence_in_matching(number: str, field: str) -> None:
    number = number if field == "n12" else number[:9]
    a = {"doc": "id", "name": "Lô Văn An", "dob": "12/03/1980", "sex": "Nam"}
    b = {"doc": "household", "name": "Lô Văn An", "dob": "1981", "sex": "Nam"}
    without = explain_pair(a, b)
    with_it = explain_pair({**a, field: number}, {**b, field: number})
    assert with_it.weight == pytest.approx(without.weight)
    assert with_it.outcome == without.outcome
    assert not any(reason.field in ("n12", "n9") for reason in with_it.reasons)
