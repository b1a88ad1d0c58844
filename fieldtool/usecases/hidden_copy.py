"""A readable copy of a bundle without ethnicity and religion: for reading alone, since its rows are no longer those
that were signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from fieldtool.bundles.rows import COLUMNS, event_rows
from fieldtool.ports import Home
from fieldtool.records.events import Event
from fieldtool.records.sensitive import veiled
from fieldtool.usecases.prove_bundle import ProvedBundle

_ID, _NAME, _LABEL = (COLUMNS.index(name) for name in ("ma_thao_tac", "ho_ten", "ten_truong"))


def hidden_copy(home: Home, proved: ProvedBundle) -> bytes:
    """The workbook with ••• for every value of those fields; its seal no longer holds."""
    manifest = [cells for _, cells in home.books.manifest(proved.workbook)]
    content, _ = home.books.write(_rows(home, proved), lambda: manifest)
    return content


def _rows(home: Home, proved: ProvedBundle) -> Iterator[tuple[str, ...]]:
    told: dict[str, tuple[str, str]] = {}
    for _, cells in home.books.changes(proved.workbook):
        if cells[_NAME] or cells[_ID] not in told:  # of an event of several rows the first bears the name
            told.setdefault(cells[_ID], (cells[_NAME], cells[_LABEL]))
    yield COLUMNS
    for number, event in enumerate(proved.events, start=1):
        yield from event_rows(without_sensitive(event), number, *told[event.id])


def without_sensitive(event: Event) -> Event:
    """An event with every value of ethnicity and religion hidden, in its texts that are JSON too."""
    said = {"field": event.field, "value": event.value, "old": event.old, "basis": event.basis}
    found = cast(Mapping[str, str], veiled(said))
    return event._replace(value=found["value"], old=found["old"], basis=found["basis"])
