"""Officers from the settings page: several villages, another's role and code, and a code that must be changed."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.roles import OfficerRole
from fieldtool.ui.main_window import SETTINGS, MainWindow
from fieldtool.ui.office import Office
from fieldtool.ui.users_card import UsersCard
from fieldtool.usecases import users
from fieldtool.usecases.authority import current_user


def of_name(office: Office, name: str):
    return next((item for item in users.users(office.home) if item.name == name), None)


def test_an_officer_gets_villages_role_and_a_code_he_changes(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    home = office.home
    first = current_user(home)
    users.set_pin(home, "1234")
    window.go(SETTINGS)
    card = window.settings.findChild(UsersCard)
    qtbot.waitUntil(lambda: card.who.count() == 1)
    two = [village.id for village in office.people.villages()[:2]]
    card.name.setText("Vi Văn Tám")
    card.role.setCurrentIndex(card.role.findData(OfficerRole.COLLECTOR))
    card.villages.choose(two)
    card.new_pin.setText("9999")
    card.add()
    qtbot.waitUntil(lambda: card.who.count() == 2)
    added = of_name(office, "Vi Văn Tám")
    assert (added.role, set(added.villages)) == (OfficerRole.COLLECTOR, set(two))
    card.who.setCurrentIndex(card.who.findData(added.id))
    card.role.setCurrentIndex(card.role.findData(OfficerRole.OFFICER))
    card.villages.choose([])
    card.set_role()
    qtbot.waitUntil(lambda: of_name(office, "Vi Văn Tám").role is OfficerRole.OFFICER)
    assert of_name(office, "Vi Văn Tám").villages == ()

    qtbot.waitUntil(office.worker.resting)
    card.who.setCurrentIndex(card.who.findData(added.id))
    card.pin.setText("9999")
    with qtbot.waitSignal(office.news.failed) as told:
        card.approve()
    assert isinstance(told.args[0], FieldtoolError) and told.args[0].code is ErrorCode.CODE_LENT
    card.pin.setText("9999")
    card.switch()
    qtbot.waitUntil(lambda: card._lent.isVisible())
    card.new_pin.setText("7531")
    card.set_pin()
    qtbot.waitUntil(lambda: not card._lent.isVisible())
    qtbot.waitUntil(office.worker.resting)
    card.who.setCurrentIndex(card.who.findData(first.id))
    card.pin.setText("1234")
    card.switch()
    qtbot.waitUntil(lambda: current_user(home).id == first.id)
    qtbot.waitUntil(office.worker.resting)
    card.who.setCurrentIndex(card.who.findData(added.id))
    card.pin.setText("7531")
    with qtbot.waitSignal(office.news.said):
        card.approve()
    users.may_export(home, ())
