"""The log in the window: who looked at what, who wrote what, filters, the chain's state, refusals."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldtool.records.events import VERDICT, Draft, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.roles import OfficerRole
from fieldtool.store.opening import Store
from fieldtool.ui.main_window import JOURNAL, SETTINGS, MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import users


def rested(office: Office, qtbot: QtBot) -> None:
    qtbot.waitUntil(office.worker.resting, timeout=60_000)


def shown(table):
    return [
        [table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())
    ]


def test_ctrl_0_shows_the_journal_with_names_and_the_chain(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    office.home.log.note("search", "lô văn may")
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    rested(office, qtbot)
    assert window.journal.isVisible()
    tab = window.journal.looks
    name = office.people.officer_called(office.home.card.officer)
    rows = [row[1:] for row in shown(tab.table)]
    assert rows[0][:2] == [name, office.say("noted.log")], "the reading itself is the newest line"
    assert [name, office.say("noted.search"), "lô văn may"] in rows
    assert tab.state.text() == office.say("log.whole", lines=office.home.log.prove_notes().lines, broken=0,
                                          head=office.home.log.journal_head()[:16])  # fmt: skip


def test_filters_and_older_lines(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    for number in range(250):
        office.home.log.note("view" if number % 2 else "search", f"p{number:03d}")
    window.go(JOURNAL)
    rested(office, qtbot)
    tab = window.journal.looks
    assert tab.table.rowCount() == 200 and tab.more.isVisible()
    tab.show_more()
    rested(office, qtbot)
    assert tab.table.rowCount() > 250 and not tab.more.isVisible()
    tab.kind.setCurrentIndex(tab.kind.findData("looks"))
    tab.text_line.setText("p13")
    tab.read()
    rested(office, qtbot)
    assert [row[3] for row in shown(tab.table)][1:] == [f"p{number}" for number in range(139, 129, -1)]


def test_a_broken_chain_is_said_in_red(window: MainWindow, office: Office, store: Store, qtbot: QtBot) -> None:
    for text in ("lô", "vi", "moong"):
        office.home.log.note("search", text)
    changed = "UPDATE journal SET detail = 'không ai' WHERE detail = 'vi'"
    store._database.execute(changed)
    window.go(JOURNAL)
    rested(office, qtbot)
    tab = window.journal.looks
    broken = office.home.log.prove_notes().broken
    assert broken and str(broken) in tab.state.text()
    assert tab.state.objectName() == "bad"
    store._database.execute("UPDATE journal SET detail = 'vi' WHERE detail = 'không ai'")


def test_operations_by_person_and_kind(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.go(JOURNAL)
    window.journal.tabs.setCurrentIndex(1)
    rested(office, qtbot)
    tab = window.journal.work
    own = office.home.card.officer
    assert tab.officer.findData(own) > 0
    tab.officer.setCurrentIndex(tab.officer.findData(own))
    tab.kind.setCurrentIndex(tab.kind.findData("village"))
    tab.read()
    rested(office, qtbot)
    names = {village.name for village in office.people.villages()}
    assert {row[5] for row in shown(tab.table)} == names
    assert tab.officer.currentData() == own, "a chosen filter stays chosen"


def test_who_may_not_read_sees_nothing_and_is_told(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    users.set_pin(office.home, "1234")
    window.go(JOURNAL)
    rested(office, qtbot)
    assert window.journal.looks.table.rowCount()
    other = users.add_officer(office.home, "Kha Thị Năm", OfficerRole.OFFICER, "9999")
    users.switch_user(office.home, other.id, "9999")
    told = []
    office.news.failed.connect(told.append)
    window.journal.refresh()
    rested(office, qtbot)
    assert [error.code for error in told] == ["not_allowed"]
    assert window.journal.looks.table.rowCount() == 0
    users.switch_user(office.home, office.home.card.officer, "1234")


def test_the_settings_lead_there(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.go(SETTINGS)
    window.settings.wants_log.emit()
    rested(office, qtbot)
    assert window.journal.isVisible()


def test_operations_name_the_people_of_papers_and_say_verdicts_in_words(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    one, other = sorted(paper.id for paper in list(office.people.documents())[:2])
    names = [office.people.document(id).get(Field.NAME) for id in (one, other)]
    office.home.log.append([Draft(RecordKind.PAIR, f"{one}|{other}", VERDICT, "apart")])
    window.go(JOURNAL)
    window.journal.tabs.setCurrentIndex(1)
    rested(office, qtbot)
    tab = window.journal.work
    tab.kind.setCurrentIndex(tab.kind.findData("pair"))
    tab.read()
    rested(office, qtbot)
    of, value = shown(tab.table)[0][4:6]
    assert all(name in of for name in names) and one in of
    assert value == office.say("written.apart")
