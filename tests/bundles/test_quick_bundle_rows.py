"""The quick lane of unpacking says of every row what the slow one says: the same events, root, rows and complaint."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.bundles.quick_rows import QuickRows
from fieldtool.bundles.rows import COLUMNS, event_rows
from fieldtool.bundles.unpack import Reading
from fieldtool.records.documents import plain_payload
from fieldtool.records.events import Draft, Event, RecordKind, chained

Rows = list[tuple[int, tuple[str, ...]]]
TEXTS = st.sampled_from(
    ["", "a", "Lô Thị Mùa", " x", "x ", '"x"', "_x0041_", "a_xb", "e\u0301", "\ufffd", "\u200b", "dòng\nhai",
     "x" * 3000, "1", "01", "٢", "16906-dua", "\U0001d4b3"]
)  # fmt: skip


def _event(texts: list[str], seq: int) -> Event:
    value, basis, village, old, record, author = texts
    device = "m_x1" if seq == 4 else "m1"
    draft = Draft(RecordKind.PERSON, record, "name", value, ("m1.1:1:" + "0" * 16,), basis, village, old)
    return chained(draft, f"{device}.{1 + seq % 2}:{seq}:{seq:016x}", device, 1 + seq % 2, seq, "", "2026", author)


def _sheet(events: list[Event]) -> Rows:
    found: Rows = [(1, COLUMNS)]
    for number, event in enumerate(events, start=1):
        found += [(len(found) + at, row) for at, row in enumerate(event_rows(event, number, "Lô", "Họ tên"), start=1)]
    return found


def _read(rows: Rows) -> tuple[object, ...]:
    reading = Reading()
    events = list(reading.events(rows))
    return events, reading.root.hex(), reading.root.count, reading.damaged, str(reading.malformed), reading.seen


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(TEXTS, min_size=6, max_size=6), min_size=1, max_size=4),
    st.tuples(st.integers(1, 4), st.integers(0, 17), TEXTS) | st.none(),
    st.integers(-1, 4),
)
def test_both_lanes_say_the_same(texts, change, doubled):
    rows = _sheet([_event(said, seq) for seq, said in enumerate(texts, start=1)])
    if change is not None and change[0] < len(rows):
        at, column, text = change
        number, cells = rows[at]
        rows[at] = (number, (*cells[:column], text, *cells[column + 1 :]))
    if 0 < doubled < len(rows):
        rows.insert(doubled, rows[doubled])
    quick = _read(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuickRows, "read", lambda _self, _cells: None)
        assert quick == _read(rows)


def test_an_ordinary_row_goes_by_the_quick_lane():
    draft = Draft(RecordKind.PERSON, "a" * 32, "name", "Lô Thị Mùa", basis="{}", village="16906-dua")
    event = chained(draft, "m1.1:1:" + "0" * 16, "m1", 1, 1, "", "2026-11-24T08:00:00+07:00", "cb-1")
    (row,) = event_rows(event, 1, "Lô", "Họ tên")
    read = QuickRows().read(row)
    assert read is not None and read[1] == event


@pytest.mark.parametrize(
    "payload",
    [
        '{"household":"","kind":"id","list":"","raw":{"a":"b""c":"d"},"source":["","",1,""],"village":"x"}',
        '{"household":"","kind":"id","list":"","raw":{"a":"b",},"source":["","",1,""],"village":"x"}',
        '{"household":"","kind":"id","list":"","raw":{},"source":["","",01,""],"village":"x"}',
        '{"household":"","kind":"id","list":"","raw":{},"source":["","",1],"village":"x"}',
        '{"household":"","kind":"id","list":"","raw":{},"source":["","",1,""],"village":"x"} ',
        '{"household":"","kind":"id","list":"","raw":{},"source":["","",1,""],"village":"\\u0041"}',
    ],
)
def test_a_paper_that_is_spelt_otherwise_is_left_to_json(payload):
    assert plain_payload(payload) is None


def test_a_plain_paper_is_read_as_json_reads_it():
    payload = (
        '{"household":"h","kind":"id","list":"","raw":{"dob":"1/1","name":"Lô"},"source":["","",10,""],"village":"x"}'
    )
    assert plain_payload(payload) == ("h", "id", "x")
