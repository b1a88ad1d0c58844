"""What every EventLog and Settings does, fake and real alike."""

from __future__ import annotations

import pytest
from fake_home import FakeClock, FakeEventLog, FakeIds, FakeSettings, card

from fieldtool.records.documents import Transcript
from fieldtool.records.errors import Cancelled
from fieldtool.records.events import Contents, Draft, RecordKind, event_hash
from fieldtool.store.opening import open_store


@pytest.fixture(params=["fake", "real"])
def home(request, tmp_path):
    if request.param == "fake":
        settings = FakeSettings()
        settings.put("home.card", card().to_text())
        yield FakeEventLog(settings, FakeIds()), settings
        return
    store = open_store(tmp_path / "home.db", b"k" * 32, clock=FakeClock(), ids=FakeIds(), create=True)
    store.settings.put("home.card", card().to_text())
    yield store.log, store.settings
    store.close()


def decide(value, *seen, record="p1", field="name"):
    return Draft(RecordKind.PERSON, record, field, value, supersedes=seen, village="17245-ban-xop")


def test_events_come_back_chained_and_in_order(home):
    log, _ = home
    ids = log.append([decide("Lô Văn A"), decide("Lô Văn B", record="p2")])
    (third,) = log.append([decide("Nam", field="sex")])
    events = list(log.events())
    assert [e.id for e in events] == [*ids, third]
    assert [e.seq for e in events] == [1, 2, 3]
    assert [e.prev for e in events] == ["", events[0].hash, events[1].hash]
    assert all(event_hash(e) == e.hash for e in events)
    assert (events[0].device, events[0].author, events[0].village) == ("m01", "o-m01", "17245-ban-xop")
    assert log.count() == 3
    assert log.event(third) == events[2] and log.event("nobody") is None
    assert [e.id for e in log.events("person", "p2")] == [ids[1]]


def test_each_machine_has_a_head(home):
    log, _ = home
    assert log.heads() == {}
    log.append([decide("Lô Văn A"), decide("Lô Văn B", record="p2")])
    first, last = log.events()
    assert log.heads() == {("m01", 1): (2, last.hash)}
    assert log.hashes_at("m01", 1, 1) == {first.hash}
    assert log.hashes_at("m01", 1, 3) == log.hashes_at("m01", 2, 1) == log.hashes_at("m02", 1, 1) == set()


def test_events_are_walked_backwards_by_kind(home):
    log, _ = home
    log.append([decide("Lô Văn A"), Draft(RecordKind.PAIR, "a|b", "verdict", "same"), decide("Nam", field="sex")])
    assert [e.value for e in log.backwards((RecordKind.PERSON, RecordKind.PAIR))] == ["Nam", "same", "Lô Văn A"]
    assert [e.value for e in log.backwards((RecordKind.PERSON,), "sex")] == ["Lô Văn A"]
    assert list(log.backwards(())) == []


def test_contents_by_the_batch_are_chained_like_single_drafts(home):
    log, _ = home
    papers = [
        Transcript(
            f"{n:032x}", "household", "17245-bản", "h1", '{"household":"h1","kind":"household","village":"17245-bản"}'
        )
        for n in range(3)
    ]
    log.append([decide("Lô Văn A"), Contents(papers[:2], '{"import":"i1"}'), decide("Nam"), Contents(papers[2:])])
    events = list(log.events())
    assert [e.seq for e in events] == [1, 2, 3, 4, 5]
    assert [e.prev for e in events] == ["", *(e.hash for e in events[:-1])]
    assert all(event_hash(e) == e.hash for e in events)
    assert [e.record for e in events if e.kind == "document"] == [paper.id for paper in papers]
    assert events[1].basis == '{"import":"i1"}' and events[4].basis == ""


def test_a_register_holds_what_nobody_superseded(home):
    log, _ = home
    (first,) = log.append([decide("Lô Văn A")])
    (second,) = log.append([decide("Lô Văn B")])
    assert [e.value for e in log.register("person", "p1", "name")] == ["Lô Văn A", "Lô Văn B"]
    log.append([decide("Lô Văn C", first)])
    assert sorted(e.value for e in log.register("person", "p1", "name")) == ["Lô Văn B", "Lô Văn C"]
    assert log.event(second) in log.register("person", "p1", "name")
    assert log.count() == 3


@pytest.mark.parametrize("error", [Cancelled, ValueError, KeyboardInterrupt])
def test_drafts_that_break_off_leave_nothing(home, error):
    log, _ = home
    (kept,) = log.append([decide("Lô Văn A")])

    def broken():
        for number in range(2500):
            yield decide(str(number), record=f"q{number}")
        raise error

    with pytest.raises(error):
        log.append(broken())
    assert [e.id for e in log.events()] == [kept]
    log.append([decide("Lô Văn B", kept)])
    assert [e.seq for e in log.events()] == [1, 2]


def test_progress_that_cancels_leaves_nothing(home):
    log, _ = home

    def cancel(done, total, stage):
        raise Cancelled

    with pytest.raises(Cancelled):
        log.append([decide("Lô Văn A")], cancel)
    assert log.count() == 0 and log.register("person", "p1", "name") == []


def test_each_note_moves_the_head_of_the_journal(home):
    log, _ = home
    heads = [log.journal_head()]
    for _ in range(2):
        log.note("search", "lô văn")
        heads.append(log.journal_head())
    assert heads[0] == "" and len(set(heads)) == 3


def test_settings_keep_texts(home):
    _, settings = home
    assert settings.get("look") == ""
    settings.put("look", "tối")
    settings.put("look", "sáng")
    assert settings.get("look") == "sáng"


def test_what_belongs_to_an_act_is_written_with_it_or_not_at_all(home):
    log, settings = home
    counted = []

    def beside():
        counted.append(log.count())
        settings.put("beside", "written")

    with log.soon(2):
        log.append([decide("Lô Văn A"), decide("Nam", field="sex")], beside=beside)
    log.append([], beside=beside)
    assert counted == [2, 2], "called once for each act, after its operations"
    assert settings.get("beside") == "written"

    def broken():
        raise Cancelled

    with pytest.raises(Cancelled), log.soon(1):
        log.append([decide("Lô Văn B", record="p2")], beside=broken)
    assert log.count() == 2
    (after,) = log.append([decide("Lô Văn C", record="p3")])
    assert [event.id for event in log.events("person", "p3")] == [after]
