"""A clock that stands before the last thing written: told in the status line, trusted again on an officer's word."""

from __future__ import annotations

from fieldtool.ui.main_window import SETTINGS
from fieldtool.usecases.today import today_of


def test_the_officer_is_told_and_may_say_that_the_clock_is_right(window, office, qtbot, monkeypatch):
    class Past:
        def now(self):
            return "2001-02-03T08:00:00+07:00"

    monkeypatch.setattr(type(office.home.clock), "now", lambda self: Past().now())
    assert today_of(office.home.clock, office.work, office.home.card.device).set_back
    window._refresh_state()
    assert "03/02/2001" in window._state.text()
    window.go(SETTINGS)
    assert window.settings.clock.isVisible()
    window.settings.clock.click()
    qtbot.waitUntil(lambda: not window.settings.clock.isVisible(), timeout=60_000)
    qtbot.waitUntil(lambda: "2001-02-03" not in window._state.text(), timeout=60_000)
    assert today_of(office.home.clock, office.work, office.home.card.device).day == "2001-02-03"
