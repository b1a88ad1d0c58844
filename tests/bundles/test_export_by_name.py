"""A receiving unit may be given by its name, as officers call it."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_homes import card, new_home

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment
from fieldtool.usecases.export_bundle import export_bundle


def test_a_unit_is_found_by_its_name_whatever_the_accents(tmp_path: Path) -> None:
    office, office_home = new_home(tmp_path / "office", card("mct", "ct", headquarters=True), 2)
    store, home = new_home(tmp_path / "commune", card("mxa", "xa"), 1)
    asked = request_enrolment(home, tmp_path)
    finish_enrolment(home, accept_enrolment(office_home, asked.file, tmp_path).file)
    home.log.append([Draft(RecordKind.VILLAGE, "16906-dua", "name", "Bản Đửa")])
    assert export_bundle(home, "cong an thu ct", tmp_path).receiver == "ct"
    with pytest.raises(FieldtoolError) as told:
        export_bundle(home, "Công an nơi khác", tmp_path)
    assert told.value.code is ErrorCode.UNKNOWN_UNIT
    store.close()
    office.close()
