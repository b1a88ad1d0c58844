"""An event supersedes only within its own register, whatever ids it names."""

from __future__ import annotations

from pathlib import Path

from fake_home import FakeClock, FakeIds, card

from fieldtool.records.events import Draft, RecordKind
from fieldtool.store.opening import open_store


def test_an_event_of_another_register_hides_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "home.db", bytes(32), clock=FakeClock(), ids=FakeIds(), create=True)
    store.settings.put("home.card", card().to_text())
    kept = store.log.append([Draft(RecordKind.PERSON, "p1", "name", "Lô Văn Thử")])[0]
    store.log.append([Draft(RecordKind.PERSON, "p2", "name", "Vi Thị Khác", supersedes=(kept,))])
    assert [event.id for event in store.log.register(RecordKind.PERSON, "p1", "name")] == [kept]
    assert store.check().complaints == []
    store.close()
