"""What an officer adds is used at once by places, villages and names, travels as events, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_homes import card, new_home

from fieldtool.conflicts.compare import agree, differences
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.local_knowledge import Knowledge, put_in_force, read_knowledge
from fieldtool.records.names import parse_name
from fieldtool.records.surnames import same_surname_group
from fieldtool.records.villages import village_of
from fieldtool.store.opening import Store
from fieldtool.usecases.local_knowledge import (
    add_place,
    add_surname,
    add_village_name,
    find_place,
    list_added,
    withdraw_added,
)


@pytest.fixture(name="store")
def _store(tmp_path: Path):
    store, home = new_home(tmp_path, card("mxa", "xa"), 1)
    yield store, home
    assert store.check().complaints == []
    store.close()
    put_in_force(Knowledge())


def test_kim_da_is_found_once_an_officer_added_it(store: tuple[Store, object]):
    _, home = store
    text = "Bản Kim Hồng, xã Kim Đa, huyện Tương Dương"
    assert find_place("17759", text).code == ""
    record = add_place(home, "Kim Đa", district="Tương Dương", successor="xã Ngọc Lâm, huyện Thanh Chương")
    found = find_place("17759", text)
    assert found.code == "17759"
    assert found.address == "Bản Kim Hồng, xã Sơn Lâm, tỉnh Nghệ An"
    assert [item.record for item in list_added(home, RecordKind.PLACE)] == [record]
    withdraw_added(home, RecordKind.PLACE, record)
    assert find_place("17759", text).code == ""
    assert list_added(home, RecordKind.PLACE) == []


def test_a_village_bears_another_name(store: tuple[Store, object]):
    _, home = store
    add_village_name(home, "Bản Khe Ngậu cũ", "Bản Xá Lượng")
    assert village_of("Bản Khe Ngậu cũ", "16906")[0] == village_of("Bản Xá Lượng", "16906")[0]


def test_a_surname_and_its_spelling_agree_once_they_are_told(store: tuple[Store, object]):
    opened, home = store
    papers = [
        Document("d1", DocumentKind.BIRTH, {Field.NAME: "Xeng Văn May", Field.DOB: "1980"}),
        Document("d2", DocumentKind.ID_CARD, {Field.NAME: "Xiêng Văn May", Field.DOB: "1980"}),
    ]
    for paper in papers:
        home.log.append(
            [
                Draft(RecordKind.DOCUMENT, paper.id, CONTENT, to_payload(paper), basis='{"import":"i"}'),
                Draft(RecordKind.DOCUMENT, paper.id, LINK, "p1", basis='{"band":"certain"}'),
            ]
        )
    assert home.people.doubt("p1:name").code != "surname_variant"
    assert not same_surname_group("Xeng", "Xiêng")
    add_surname(home, "", ["Xeng", "Xiêng"])
    assert same_surname_group("Xeng", "Xiêng")
    assert [d.code for d in differences(Field.NAME, "Xeng Văn May", "Xiêng Văn May")] == ["surname_variant"]
    assert home.people.doubt("p1:name").code == "surname_variant"
    assert opened.check().complaints == []


def test_a_compound_surname_is_one_surname(store: tuple[Store, object]):
    _, home = store
    assert parse_name("Lang Vi Thị Hoa").surname == "Lang"
    add_surname(home, "Thái", ["Lang Vi"])
    assert parse_name("Lang Vi Thị Hoa").surname == "Lang Vi"


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda home: add_place(home, "Kim Đa", district="Không Có"), "district"),
        (lambda home: add_place(home, "  ", district="Tương Dương"), "name"),
        (lambda home: add_place(home, "Kim Đa", district="Tương Dương", successor="xã Không Đâu"), "successor"),
        (lambda home: add_place(home, "Kim Đa", district="Tương Dương", successor="99999"), "successor"),
        (lambda home: add_surname(home, "", ["L0"]), "variants"),
        (lambda home: add_village_name(home, "Bản A", "bản a"), "village"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(store: tuple[Store, object], act, field):
    _, home = store
    with pytest.raises(FieldtoolError) as caught:
        act(home)
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert caught.value.values["field"] == field
    assert home.log.count() == 0


def test_knowledge_of_a_newer_version_is_left_out_not_misread():
    told = read_knowledge(['{"name": "A", "district": "B"}', "no json", "[]", '{"shape": 1}'], ['{"variants": 3}'])
    assert told == Knowledge(places=(("A", "B", "", ""),))


def test_agreeing_names_stay_agreed():
    assert agree(differences(Field.NAME, "Lô Văn Hoà", "Lô Văn Hòa"))
