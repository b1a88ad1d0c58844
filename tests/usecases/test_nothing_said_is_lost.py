"""What officers said of a person stays with him when his papers are merged or matched anew."""

from __future__ import annotations

from pathlib import Path

from test_match_changed import links_of, opened, write

from fieldtool.records.documents import Document
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.presence import PRESENCE
from fieldtool.usecases import join_persons, settle_conflict
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.work_case import open_case

VILLAGE = "16906-xop-thap"


def paper(id: str, kind: DocumentKind, name: str, dob: str, n12: str = "") -> Document:
    raw = {Field.NAME: name, Field.DOB: dob, Field.SEX: "Nam"} | ({Field.N12: n12} if n12 else {})
    return Document(id * 32, kind, raw, village=VILLAGE, list_id=str(kind))


ONE = paper("5", DocumentKind.BIRTH, "Xồng Bá Lạ", "02/03/1961")
OTHER = paper("6", DocumentKind.ID_CARD, "Lầu Nhia Chò", "17/11/1988", "040088000123")
SAME = paper("7", DocumentKind.HOUSEHOLD, "Lầu Nhia Chò", "17/11/1988", "040088000123")
LATE = paper("1", DocumentKind.BIRTH, "Lầu Nhia Chò", "17/11/1988", "040088000123")


def told(person: str, state: str, day: str) -> Draft:
    basis = f'{{"answers":{{}},"day":"{day}","said_by":"vợ","visit":"v1"}}'
    return Draft(RecordKind.PERSON, person, PRESENCE, state, basis=basis, village=VILLAGE)


def test_a_merge_takes_cases_and_what_was_told_at_the_door_along(tmp_path: Path) -> None:
    with opened(tmp_path) as there:
        home = there.home
        write(home, [ONE, OTHER])
        match_village(home)
        home.log.append([told(OTHER.id, "abroad", "2026-10-01")])
        case = open_case(home, "abroad", OTHER.id)
        seen = {
            item.code: item.values
            for item in join_persons.preview_merge(home.people, home.work, ONE.id, OTHER.id).consequences
        }
        assert seen["case"]["case"] == "abroad"
        assert seen["presence"] == {"state": "abroad", "day": "2026-10-01"}
        events = join_persons.merge(home, ONE.id, OTHER.id)
        assert home.people.person(OTHER.id) is None
        (shown,) = home.work.presences([ONE.id]).values()
        assert (str(shown.state), shown.day, shown.said_by) == ("abroad", "2026-10-01", "vợ")
        (kept,) = home.work.cases(person=ONE.id)
        assert (kept.id, kept.person, kept.name) == (case.case.id, ONE.id, "Xồng Bá Lạ")
        settle_conflict.undo(home, events[0])
        assert home.work.presences([ONE.id]) == {}
        assert home.work.presences([OTHER.id])[OTHER.id].day == "2026-10-01"
        assert [item.person for item in home.work.cases()] == [OTHER.id]
        assert there.store.check().complaints == []


def test_states_told_of_both_stay_side_by_side(tmp_path: Path) -> None:
    with opened(tmp_path) as there:
        home = there.home
        write(home, [ONE, OTHER])
        match_village(home)
        home.log.append([told(ONE.id, "here", "2026-10-02"), told(OTHER.id, "died", "2026-10-01")])
        seen = {item.code for item in join_persons.preview_merge(home.people, home.work, ONE.id, OTHER.id).consequences}
        assert "presence_divided" in seen
        join_persons.merge(home, ONE.id, OTHER.id)
        shown = home.work.presences([ONE.id])[ONE.id]
        assert str(shown.state) == "here"
        assert set(shown.divided) == {"here", "died"}


def test_matching_anew_keeps_a_decision_though_a_paper_with_a_smaller_id_has_come(tmp_path: Path) -> None:
    with opened(tmp_path) as there:
        home = there.home
        write(home, [ONE, OTHER, SAME])
        match_village(home)
        assert links_of(home)[SAME.id] == OTHER.id
        settle_conflict.decide(home, OTHER.id, Field.NAME, "Lầu Nhìa Chò")
        write(home, [LATE], "i2")
        match_village(home, full=True)
        assert {links_of(home)[id] for id in (LATE.id, OTHER.id, SAME.id)} == {OTHER.id}
        person = home.people.person(OTHER.id)
        assert person is not None
        assert person.value(Field.NAME) == "Lầu Nhìa Chò"


def test_matching_anew_calls_a_person_of_whom_nothing_was_said_by_his_smallest_paper(tmp_path: Path) -> None:
    with opened(tmp_path) as there:
        home = there.home
        write(home, [ONE, OTHER, SAME])
        match_village(home)
        write(home, [LATE], "i2")
        match_village(home, full=True)
        assert {links_of(home)[id] for id in (LATE.id, OTHER.id, SAME.id)} == {LATE.id}
