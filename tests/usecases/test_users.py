"""Roles are enforced in use cases: what a collector, an officer, a head, a superior and an auditor may do here."""

from __future__ import annotations

import dataclasses
import json

import pytest
from door_home import HEAD, HOUSE, VILLAGE, door_home

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.roles import POWERS, OfficerRole, Power
from fieldtool.usecases import (
    enter_papers,
    open_household,
    plan_visits,
    propose_cases,
    settle_conflict,
    users,
    work_case,
)
from fieldtool.usecases.authority import current_user, require
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.plan_visits import carried
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.record_visit import record_visit
from fieldtool.usecases.seen_people import look_again, search_people, seen_people, view_household, view_person
from fieldtool.usecases.unseal_bundle import unseal_bundle


@pytest.fixture(name="home")
def _home(tmp_path):
    with door_home(tmp_path) as (store, home):
        users.set_pin(home, "1234")
        yield home
        assert store.check().complaints == []


def refused(act):
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


def sit(home, name, role, villages=()):
    first = current_user(home)
    found = users.add_officer(home, name, role, "9999", villages)
    users.switch_user(home, found.id, "9999")
    return first, found


def take_own_code(home, id, given, own):
    """He signs in with the code he was given, sets his own, and the one before sits down again."""
    first = current_user(home)
    users.switch_user(home, id, given)
    users.set_pin(home, own)
    users.switch_user(home, first.id, "1234")


def visit(home, house=HOUSE):
    page = open_household.open_household(home.people, home.work, home.drafts, home.ids, house, "2026-11-25")
    return record_visit(home, open_household.all_here(page, page.sheet))


def test_the_first_officer_is_the_head(home):
    here = current_user(home)
    assert here.role is OfficerRole.HEAD and all(here.may(power) for power in Power)
    assert [item.id for item in users.users(home)] == [here.id]


def test_a_collector_visits_his_own_villages_and_decides_nothing(home, tmp_path):
    sit(home, "Vi Văn Tám", OfficerRole.COLLECTOR, [VILLAGE])
    visit(home)
    assert carried(home) == (VILLAGE,)
    assert refused(lambda: settle_conflict.decide(home, HEAD, Field.DOB, "03/02/1979")) is ErrorCode.NOT_ALLOWED
    assert refused(lambda: export_bundle(home, "ct", tmp_path)) is ErrorCode.NOT_ALLOWED
    assert refused(lambda: users.add_officer(home, "X", OfficerRole.HEAD, "9999")) is ErrorCode.NOT_ALLOWED
    assert home.log.journal_head()


def test_a_collector_opens_no_bundle(home, tmp_path):
    sit(home, "Vi Văn Tám", OfficerRole.COLLECTOR, [VILLAGE])
    assert refused(lambda: unseal_bundle(home, tmp_path / "x.goi", tmp_path / "x.xlsx")) is ErrorCode.NOT_ALLOWED


def test_a_collector_does_nothing_elsewhere(home):
    sit(home, "Vi Văn Tám", OfficerRole.COLLECTOR, ["16906-ban-khac"])
    assert refused(lambda: visit(home)) is ErrorCode.NOT_ALLOWED
    assert refused(lambda: work_case.open_case(home, "abroad", HEAD)) is ErrorCode.NOT_ALLOWED
    batch = enter_papers.open_batch(home, DocumentKind.HOUSEHOLD)
    typed = {Field.NAME: "Lô Văn Xa", Field.PLACE: "Bản Chăm Puông"}
    assert refused(lambda: enter_papers.add_paper(home, batch.id, typed)) is ErrorCode.NOT_ALLOWED


def test_an_auditor_reads_the_log_alone(home, tmp_path):
    sit(home, "Kiểm tra viên", OfficerRole.AUDITOR)
    assert require(home, Power.READ_LOG).role is OfficerRole.AUDITOR
    for act in (
        lambda: visit(home),
        lambda: settle_conflict.decide(home, HEAD, Field.DOB, "1979"),
        lambda: receive_bundle(home, []),
        lambda: export_bundle(home, "ct", tmp_path),
        lambda: enter_papers.open_batch(home, DocumentKind.HOUSEHOLD),
    ):
        assert refused(act) is ErrorCode.NOT_ALLOWED


def test_what_is_done_bears_the_name_of_who_sits_there(home):
    first, second = sit(home, "Vi Văn Tám", OfficerRole.OFFICER)
    done = visit(home)
    (event,) = home.log.register(RecordKind.VISIT, done.id, "content")
    assert event.author == second.id
    users.switch_user(home, first.id, "1234")
    assert current_user(home).id == first.id


def test_a_wrong_code_switches_nobody(home):
    first, second = sit(home, "Vi Văn Tám", OfficerRole.OFFICER)
    assert refused(lambda: users.switch_user(home, first.id, "0000")) is ErrorCode.WRONG_PIN
    assert refused(lambda: users.switch_user(home, "nobody", "0000")) is ErrorCode.NOT_FOUND
    assert current_user(home).id == second.id
    assert "1234" not in json.dumps([event.value for event in home.log.events()])


def test_who_has_no_code_of_his_own_is_told_to_set_one_first(home):
    home.settings.put(f"user.pin.{current_user(home).id}", "")
    assert (
        refused(lambda: users.add_officer(home, "Vi Văn Tám", OfficerRole.OFFICER, "1234")) is ErrorCode.OWN_PIN_FIRST
    )
    assert len(users.users(home)) == 1
    users.set_pin(home, "4321")
    assert users.add_officer(home, "Vi Văn Tám", OfficerRole.OFFICER, "1234").name == "Vi Văn Tám"


def test_codes_and_roles_are_checked(home):
    assert refused(lambda: users.add_officer(home, "A", OfficerRole.OFFICER, "12")) is ErrorCode.BAD_VALUE
    assert refused(lambda: users.add_officer(home, " ", OfficerRole.OFFICER, "1234")) is ErrorCode.BAD_VALUE
    here = current_user(home)
    assert refused(lambda: users.change_role(home, here.id, OfficerRole.AUDITOR)) is ErrorCode.BAD_VALUE
    added = users.add_officer(home, "Vi Văn Tám", OfficerRole.COLLECTOR, "9999")
    assert users.change_role(home, added.id, OfficerRole.OFFICER).role is OfficerRole.OFFICER


def test_a_whole_commune_is_exported_on_the_word_of_two(home):
    users.may_export(home, ())  # alone at the machine: nobody could be the second
    second = users.add_officer(home, "Vi Văn Tám", OfficerRole.OFFICER, "9999")
    assert refused(lambda: users.may_export(home, ())) is ErrorCode.SECOND_PERSON
    users.may_export(home, (VILLAGE,))
    other = "16906-ban-khac"
    home.log.append([Draft(RecordKind.VILLAGE, other, "name", "Bản Khác", village=other)])
    users.may_export(home, (VILLAGE,))
    assert refused(lambda: users.may_export(home, (other, VILLAGE))) is ErrorCode.SECOND_PERSON  # all, one by one
    here = current_user(home)
    assert refused(lambda: users.approve_export(home, here.id, "1234")) is ErrorCode.SECOND_PERSON
    assert refused(lambda: users.approve_export(home, second.id, "1234")) is ErrorCode.WRONG_PIN
    assert (
        refused(lambda: users.approve_export(home, second.id, "9999")) is ErrorCode.CODE_LENT
    )  # he who gave it knows it
    users.may_export(home, (VILLAGE,))
    take_own_code(home, second.id, "9999", "7531")
    assert current_user(home).id == here.id
    users.approve_export(home, second.id, "7531")
    users.may_export(home, ())
    home.clock.at = "2026-11-26T08:00:00+07:00"  # the word holds for a day
    assert refused(lambda: users.may_export(home, ())) is ErrorCode.SECOND_PERSON


def test_a_code_that_another_set_speaks_for_nobody_until_its_owner_changed_it(home):
    first, second = sit(home, "Vi Văn Tám", OfficerRole.OFFICER)
    assert refused(lambda: users.set_pin(home, "9999")) is ErrorCode.SAME_CODE  # the one that the head knows
    users.set_pin(home, "7531")
    users.switch_user(home, first.id, "1234")
    users.approve_export(home, second.id, "7531")
    users.set_pin(home, "2468", "Vi Văn Tám")
    assert refused(lambda: users.approve_export(home, second.id, "2468")) is ErrorCode.CODE_LENT
    assert refused(lambda: users.set_pin(home, "2468", "cb-ai-do")) is ErrorCode.NOT_FOUND
    take_own_code(home, second.id, "2468", "8642")
    users.approve_export(home, second.id, "8642")
    words = [json.loads(e.value) for e in home.log.register(RecordKind.UNIT, home.card.unit, users.APPROVED)]
    assert [word.get("code_from") for word in words] == [first.id]  # set anew today by him who exports: told
    home.clock.at = "2026-11-26T08:00:00+07:00"
    users.approve_export(home, second.id, "8642")
    words = [json.loads(e.value) for e in home.log.register(RecordKind.UNIT, home.card.unit, users.APPROVED)]
    assert all("code_from" not in word for word in words)


def test_nothing_leaves_a_practice_home(home, tmp_path):
    home.settings.put(users.PRACTICE, "1")
    assert refused(lambda: export_bundle(home, "ct", tmp_path)) is ErrorCode.PRACTICE_HOME


def test_every_power_is_somebodys_and_only_the_head_has_all():
    assert set().union(*POWERS.values()) == set(Power)
    assert [role for role in OfficerRole if POWERS[role] == set(Power)] == [OfficerRole.HEAD]


def test_a_collector_sees_his_own_villages_alone(home):
    other = "16906-ban-khac"
    assert view_person(home, HEAD).id == HEAD
    whole = search_people(home, "lo")
    assert whole
    sit(home, "Vi Văn Tám", OfficerRole.COLLECTOR, [other])
    assert search_people(home, "lo") == []
    assert refused(lambda: view_person(home, HEAD)) is ErrorCode.NOT_FOUND
    assert refused(lambda: view_household(home, HOUSE)) is ErrorCode.NOT_FOUND
    seen = seen_people(home, home.people)
    assert (seen.persons(), seen.households(), seen.villages(), seen.doubts()) == ([], [], [], [])
    assert seen.persons(VILLAGE) == [] == seen.doubts(VILLAGE)
    assert all(seen.doubt(doubt.id) is None for doubt in home.people.doubts())
    assert home.people.person(HEAD) is not None


def test_his_own_he_sees_whole(home):
    sit(home, "Vi Văn Tám", OfficerRole.COLLECTOR, [VILLAGE])
    seen = seen_people(home, home.people)
    assert [line.id for line in seen.persons()] == [line.id for line in home.people.persons(VILLAGE)]
    assert seen.households()[1:2] == seen.households(offset=1, limit=1)
    assert [doubt.id for doubt in seen.doubts()] == [doubt.id for doubt in home.people.doubts(VILLAGE)]
    assert view_household(home, HOUSE).id == HOUSE
    assert search_people(home, "lo", 2) == home.people.search("lo", 2)


def test_an_auditor_sees_nobody_and_the_next_user_does(home):
    seen = seen_people(home, home.people)
    first, _ = sit(home, "Kiểm tra viên", OfficerRole.AUDITOR)
    assert refused(lambda: search_people(home, "lo")) is ErrorCode.NOT_ALLOWED
    assert refused(lambda: view_person(home, HEAD)) is ErrorCode.NOT_ALLOWED
    assert seen.persons()  # as of when it was made
    look_again(seen)
    assert seen.persons() == [] and seen.search("lo") == []
    users.switch_user(home, first.id, "1234")
    look_again(seen)
    assert seen.person(HEAD) == home.people.person(HEAD)


def test_a_collectors_person_is_found_behind_many_of_others(home):
    sit(home, "Vi Văn Tám", OfficerRole.COLLECTOR, [VILLAGE])
    (last,) = home.people.search("lo", 50)[-1:]

    class Many:
        """A store in which thirty persons elsewhere bear the name before his own does."""

        def search(self, text, limit):
            return [dataclasses.replace(last, id=f"other-{n}") for n in range(30)][:limit] + [last][
                : max(limit - 30, 0)
            ]

        def person(self, id):
            return home.people.person(id)

    assert seen_people(home, Many()).search("lo", 1) == [last]


def test_officers_are_called_by_their_names(home):
    first, second = sit(home, "Vi Thị Hai", OfficerRole.OFFICER)
    assert home.people.officer_called(second.id) == "Vi Thị Hai"
    users.switch_user(home, first.id, "1234")
    assert home.people.officer_called(first.id) == first.name
    assert home.people.officer_called("cb-xa-lạ") == "cb-xa-lạ"


ELSEWHERE = "16906-la"


def test_a_collector_sees_no_cases_tasks_or_rosters_of_other_villages(home):
    opened = work_case.open_case(home, "card_due", HEAD).case
    assert [item.case.id for item in work_case.list_cases(home)] == [opened.id]
    assert len(propose_cases.roster(home, "card_due")) == 1
    assert plan_visits.tasks(home, VILLAGE).lines and propose_cases.propose(home, "card_due")
    plan = plan_visits.make_plan(home, VILLAGE)
    sit(home, "Vi Văn Tám", OfficerRole.COLLECTOR, [ELSEWHERE])
    assert work_case.list_cases(home) == [] == work_case.list_cases(home, village=VILLAGE)
    assert propose_cases.roster(home, "card_due") == {} == propose_cases.roster(home, "card_due", VILLAGE)
    assert refused(lambda: work_case.show_case(home, opened.id)) is ErrorCode.NOT_FOUND
    assert refused(lambda: work_case.step(home, opened.id, "call")) is ErrorCode.NOT_ALLOWED
    assert plan_visits.tasks(home, VILLAGE).lines == ()
    assert refused(lambda: plan_visits.find_plan(home, plan.id)) is ErrorCode.NOT_FOUND  # nor its route sheet
    assert propose_cases.propose(home, "card_due", VILLAGE) == []


def test_a_collector_sees_the_cases_of_his_own_village(home):
    opened = work_case.open_case(home, "card_due", HEAD).case
    sit(home, "Vi Văn Tám", OfficerRole.COLLECTOR, [VILLAGE])
    assert work_case.show_case(home, opened.id).case.id == opened.id
    assert len(work_case.list_cases(home)) == 1 and plan_visits.tasks(home, VILLAGE).lines


def test_an_auditor_sees_nobodys_case(home):
    work_case.open_case(home, "card_due", HEAD)
    sit(home, "Kha Văn Soi", OfficerRole.AUDITOR)
    assert work_case.list_cases(home) == [] and propose_cases.roster(home, "card_due") == {}


class Clock:
    def __init__(self, at: str) -> None:
        self.at = at

    def now(self) -> str:
        return self.at


def test_codes_are_not_guessed_by_trying_on(home):
    first, _ = sit(home, "Vi Văn Tám", OfficerRole.OFFICER)
    clock = Clock("2026-11-25T08:00:00+07:00")
    home = dataclasses.replace(home, clock=clock)
    for _ in range(5):
        assert refused(lambda: users.switch_user(home, first.id, "0000")) is ErrorCode.WRONG_PIN
    assert refused(lambda: users.switch_user(home, first.id, "1234")) is ErrorCode.PASSPHRASE_WAIT  # right, too soon
    clock.at = "2026-11-25T08:00:29+07:00"
    assert refused(lambda: users.approve_export(home, first.id, "1234")) is ErrorCode.PASSPHRASE_WAIT
    clock.at = "2026-11-25T08:00:30+07:00"
    assert refused(lambda: users.switch_user(home, first.id, "0000")) is ErrorCode.WRONG_PIN
    clock.at = "2026-11-25T08:01:00+07:00"  # the wait has doubled
    assert refused(lambda: users.switch_user(home, first.id, "1234")) is ErrorCode.PASSPHRASE_WAIT
    clock.at = "2025-11-25T08:00:00+07:00"  # set back a year: a wait from now on, not a year
    assert refused(lambda: users.switch_user(home, first.id, "1234")) is ErrorCode.PASSPHRASE_WAIT
    clock.at = "2025-11-25T08:01:00+07:00"
    assert users.switch_user(home, first.id, "1234").id == first.id
    for _ in range(5):  # the right code forgave the wrong ones
        assert refused(lambda: users.switch_user(home, first.id, "0000")) is ErrorCode.WRONG_PIN


def test_a_new_code_forgives_wrong_tries_of_the_old(home):
    first, second = sit(home, "Vi Văn Tám", OfficerRole.OFFICER)
    users.switch_user(home, first.id, "1234")
    for _ in range(5):
        assert refused(lambda: users.switch_user(home, second.id, "0000")) is ErrorCode.WRONG_PIN
    users.set_pin(home, "8765", second.id)
    assert users.switch_user(home, second.id, "8765").id == second.id
