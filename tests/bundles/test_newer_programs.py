"""Operations of a newer program are kept and passed on as they were, though nobody here reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_homes import homes

from fieldtool.ports import Home
from fieldtool.records.events import Draft, RecordKind
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.receive_bundle import receive_bundle

PERSON = "p" + "0" * 31


def test_a_newer_schema_unknown_kinds_and_fields_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with homes(tmp_path, laptops=2) as (office, newer, older):

        def bring(maker: Home, receiver: Home) -> None:
            sent = export_bundle(maker, receiver.card.unit, tmp_path / f"{maker.card.device}-{receiver.card.device}")
            assert [item.error for item in receive_bundle(receiver, sent.files)] == [None] * len(sent.files)

        monkeypatch.setattr("fieldtool.records.events.SCHEMA", 7)
        ids = newer.log.append(
            [
                Draft("drone", "d1", "flight", '{"over":"Bản Đửa"}', basis='{"later":[1]}'),  # type: ignore[arg-type]
                Draft(RecordKind.PERSON, PERSON, "iris", "nâu"),
            ]
        )
        monkeypatch.undo()
        bring(newer, office)
        bring(office, older)
        for home in (office, older):
            for id in ids:
                kept = home.log.event(id)
                assert kept is not None and kept == newer.log.event(id) and kept.schema == 7
            assert home.depot.quarantined() == []
