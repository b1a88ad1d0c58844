"""Printed forms: readable PDF, equal bytes for equal content, and a QR that leads back to the household."""

from __future__ import annotations

import pytest
import zxingcpp
from door_home import HOUSE, OLD, VILLAGE, WIFE, door_home

from fieldtool.records.route_codes import code_of, household_of
from fieldtool.reports import printed
from fieldtool.reports.pages import document, qr, words
from fieldtool.usecases import plan_visits, work_case
from fieldtool.wording.catalogue import Language, Wording

SAY = Wording(Language.VIETNAMESE).say


@pytest.fixture(name="home")
def _home(tmp_path):
    with door_home(tmp_path) as (_, home):
        yield home


def test_the_route_sheet_is_made_and_printing_is_in_the_journal(home):
    plan = plan_visits.make_plan(home, VILLAGE, "2026-11-26", ["Trưởng bản Kha"])
    before = home.log.journal_head()
    content = printed.plan_sheet(home, plan, SAY)
    assert content.startswith(b"%PDF-") and len(content) > 5_000
    assert printed.plan_sheet(home, plan, SAY) == content
    assert home.log.journal_head() != before


def test_rosters_and_figures_are_made(home):
    work_case.open_case(home, "card_due", WIFE, details={"why": "none"})
    work_case.open_case(home, "vneid", OLD)
    assert printed.roster_sheet(home, "card_due", "", SAY).startswith(b"%PDF-")
    assert printed.roster_sheet(home, "vneid", VILLAGE, SAY).startswith(b"%PDF-")


def test_what_papers_say_is_never_markup():
    assert document([words('<img src="x"/> & <b>'), words("Hường\nHương")], "x").startswith(b"%PDF-")


def test_the_code_leads_back_to_the_household():
    drawing = qr(code_of(HOUSE), 40)
    side = round(drawing.width)
    picture = bytearray(b"\xff" * side * side)
    for ink in drawing.contents:
        for y in range(round(side - ink.y - ink.height), round(side - ink.y)):
            for x in range(round(ink.x), round(ink.x + ink.width)):
                picture[min(y, side - 1) * side + min(x, side - 1)] = 0
    view = memoryview(bytes(picture)).cast("B", (side, side))
    (found,) = zxingcpp.read_barcodes(view)
    assert household_of(found.text) == HOUSE
    assert household_of("040079001122||x") == ""


@pytest.mark.parametrize("id", ["c5ce9008b28d70bc", "00beefaadd000000", "f" * 32, HOUSE, "0"])
def test_a_code_holds_nothing_that_an_input_method_changes(id):
    text = code_of(id)
    assert household_of(text) == id == household_of(f" {text}\r\n")
    if id != HOUSE:
        assert not set(text) - set("FT0123456789|")  # Telex would make "dd" into "đ", "ee" into "ê"


def test_a_sheet_of_an_earlier_program_is_read_and_a_broken_code_is_none():
    assert household_of("FT1|H|c5ce9008b28d70bc") == "c5ce9008b28d70bc"
    for broken in ("FT2|2|99999", "FT2||5", "FT2|16|x", "FT2|16|"):
        assert household_of(broken) == ""
