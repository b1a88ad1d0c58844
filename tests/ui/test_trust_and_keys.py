"""Trust list and key slots from the window: each act, the wrong order of presses, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_homes import fill, homes
from pyrage import x25519
from pytestqt.qtbot import QtBot

from fieldtool.app import doors, window_doors
from fieldtool.cli.doors import Setup
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.homes import OpenHome, create_home, open_home
from fieldtool.machine import machine_secrets
from fieldtool.ports import Home
from fieldtool.ports.locks import Locks
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.exchange import Scope
from fieldtool.ui.exchange_page import ExchangePage
from fieldtool.ui.look import Look, load_fonts
from fieldtool.ui.office import Office
from fieldtool.ui.recovery import RecoveryBox
from fieldtool.ui.worker import Worker
from fieldtool.usecases import enrol_device
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.wording.catalogue import Wording

VILLAGE = "16906-xop-thap"
OLD, NEW = "núi Pù Hoạt mây trắng sớm", "suối Nậm Mộ nước trong veo"


class Shown:
    """The exchange page of one home, and what it said last."""

    def __init__(self, home: Home, locks: Locks | None, qtbot: QtBot, qapp: object) -> None:
        load_fonts()
        look = Look()
        look.apply(qapp)  # type: ignore[arg-type]
        self.worker = Worker()
        self.office = Office(
            home,
            home.people,
            ChildWorkbooks(),
            self.worker,
            Wording(),
            look,
            home.work,
            None,
            locks=locks,  # type: ignore[arg-type]
        )
        self.said: list[str] = []
        self.failed: list[FieldtoolError] = []
        self.office.news.said.connect(self.said.append)
        self.office.news.failed.connect(self.failed.append)
        self.page = ExchangePage(self.office)
        qtbot.addWidget(self.page)
        self.page.resize(1024, 560)
        self.page.show()
        self.page.refresh()
        self._qtbot = qtbot
        self.trust = self.page.tabs.trust
        qtbot.waitUntil(lambda: self.trust.table.rowCount() > 0 or not home.keys.trusted(), timeout=60_000)

    def wait_for(self, code: str, **values: object) -> None:
        """Until this sentence was said."""
        start = self.office.say(code, **values).split("\n")[0]
        self._qtbot.waitUntil(lambda: start in self.said, timeout=60_000)

    def choose(self, device: str) -> None:
        table = self.trust.table
        rows = [row for row in range(table.rowCount()) if table.item(row, 0).text().startswith(device)]
        table.selectRow(rows[0])


@pytest.fixture(name="two")
def _two(tmp_path: Path) -> Iterator[list[Home]]:
    with homes(tmp_path) as opened:
        fill(opened[1], 2)
        receive_bundle(opened[0], [export_bundle(opened[1], "ct", tmp_path / "usb").file])
        opened[0].log.append([Draft(RecordKind.VILLAGE, VILLAGE, "name", "Bản Xốp Tháp", village=VILLAGE)])
        yield opened


def test_headquarters_assigns_a_role_and_hands_a_village_over(two: list[Home], qtbot: QtBot, qapp: object) -> None:
    shown = Shown(two[0], None, qtbot, qapp)
    try:
        shown.trust.assign()
        shown.wait_for("ui.trust.choose")
        shown.choose("m01")
        village = two[0].people.villages()[0]
        shown.trust.villages.setText("Bản không có")
        shown.trust.assign()
        assert any("“Bản không có”" in said and village.id in said for said in shown.said)
        assert two[0].trust.scopes() == ()
        shown.trust.villages.setText(village.name.upper())
        shown.trust.role.setCurrentIndex(0)
        shown.trust.assign()
        qtbot.waitUntil(lambda: two[0].trust.scopes() == (Scope("m01", "collector", (village.id,)),), timeout=60_000)
        qtbot.waitUntil(lambda: village.name in shown.trust.table.item(0, 4).text()
                        or village.name in shown.trust.table.item(1, 4).text(), timeout=60_000)  # fmt: skip
        shown.choose("m01")
        shown.trust.hand_over()
        shown.wait_for("trust.handed_over", village=village.id, device="m01")
    finally:
        shown.worker.close()


def test_the_list_travels_as_a_file_and_an_older_one_is_refused(
    two: list[Home], tmp_path: Path, qtbot: QtBot, qapp: object
) -> None:
    def lists(folder: str) -> list[Path]:
        return list((tmp_path / folder).glob("*.tin"))  # not while they are still being written under another name

    above, laptop = Shown(two[0], None, qtbot, qapp), Shown(two[1], None, qtbot, qapp)
    try:
        above.trust.export_to(tmp_path / "old")
        qtbot.waitUntil(lambda: bool(lists("old")), timeout=60_000)
        above.choose("m01")
        above.trust.assign()
        qtbot.waitUntil(lambda: bool(two[0].trust.scopes()), timeout=60_000)
        above.trust.export_to(tmp_path / "new")
        qtbot.waitUntil(lambda: bool(lists("new")), timeout=60_000)
        (old,), (new,) = lists("old"), lists("new")
        laptop.trust.import_from(new)
        laptop.wait_for("ui.trust.taken", file=new.name)
        assert two[1].trust.number() == two[0].trust.number()
        laptop.trust.import_from(old)
        qtbot.waitUntil(lambda: [str(error.code) for error in laptop.failed] == ["trust_older"], timeout=60_000)
        assert two[1].trust.number() == two[0].trust.number()
    finally:
        above.worker.close()
        laptop.worker.close()


def test_a_new_root_takes_two_presses(two: list[Home], qtbot: QtBot, qapp: object) -> None:
    shown = Shown(two[0], None, qtbot, qapp)
    try:
        before = two[0].keys.root_words()
        shown.trust.new_root()
        shown.wait_for("ui.trust.new_root.confirm")
        assert two[0].keys.root_words() == before
        shown.trust.new_root()
        qtbot.waitUntil(lambda: two[0].keys.root_words() != before, timeout=60_000)
        shown.trust.prune()
        shown.wait_for("trust.pruned", count=0)
    finally:
        shown.worker.close()


def test_the_root_is_put_away_and_brought_back(two: list[Home], tmp_path: Path, qtbot: QtBot, qapp: object) -> None:
    shown = Shown(two[0], None, qtbot, qapp)
    row = shown.trust.root_row
    try:
        row.away_to([tmp_path / "safe"])
        shown.wait_for("ui.root.words.first")
        row.words.setText(NEW)
        row.away_to([tmp_path / "safe"])
        shown.wait_for("ui.root.away.confirm")
        row.renew_into(tmp_path / "list")
        shown.wait_for("ui.root.why.first")
        row.why.setCurrentIndex(row.why.findData("old"))
        row.renew_into(tmp_path / "list")  # another act's first press is no second one
        shown.wait_for("ui.root.renew.confirm.old")
        row.why.setCurrentIndex(row.why.findData("stolen"))
        row.renew_into(tmp_path / "list")  # nor is one for another reason
        shown.wait_for("ui.root.renew.confirm.stolen")
        assert two[0].trust.root_here() and two[0].keys.card().incarnation == 1
        row.away_to([tmp_path / "safe"])
        row.away_to([tmp_path / "safe"])
        qtbot.waitUntil(lambda: not row.back_button.isHidden(), timeout=60_000)
        assert shown.trust.root.isHidden() and not (two[0].trust.root_here() or row.words.text())
        (file,) = (tmp_path / "safe").iterdir()
        row.words.setText(OLD)
        row.back_from(file)
        qtbot.waitUntil(lambda: [str(error.code) for error in shown.failed] == ["root_file_bad"], timeout=60_000)
        row.words.setText(NEW)
        row.back_from(file)
        qtbot.waitUntil(lambda: not row.renew_button.isHidden(), timeout=60_000)
        for incarnation, reason, cut in ((2, "old", []), (3, "stolen", [2])):
            row.why.setCurrentIndex(row.why.findData(reason))
            row.renew_into(tmp_path / "list")
            row.renew_into(tmp_path / "list")
            qtbot.waitUntil(lambda: not row.why.currentIndex(), timeout=60_000)  # chosen anew each time
            assert two[0].keys.card().incarnation == incarnation
            assert [item.incarnation for item in two[0].trust.cutoffs()] == cut
    finally:
        shown.worker.close()


@pytest.fixture(name="own")
def _own(tmp_path: Path) -> Iterator[OpenHome]:
    create_home(tmp_path / "home", OLD, Setup("Vi Văn Thử", "16906", "", headquarters=True))
    with open_home(tmp_path / "home", OLD) as opened:
        yield opened


def test_an_officer_gets_a_passphrase_of_his_own_and_the_last_one_stays(
    own: OpenHome, tmp_path: Path, qtbot: QtBot, qapp: object
) -> None:
    shown = Shown(own.home, own, qtbot, qapp)
    keys = shown.page.tabs.keys
    assert keys is not None
    try:
        qtbot.waitUntil(lambda: keys.table.rowCount() == 1, timeout=60_000)
        keys.add()
        shown.wait_for("ui.keys.no_officer")
        keys.officer.setText("Lô Thị Thử")
        keys.fresh.setText("ngắn")
        keys.add()
        shown.wait_for("first.passphrase.weak")
        keys.fresh.setText(NEW)
        keys.add()
        shown.wait_for("ui.first.not_the_same")
        assert own.officers() == [""]
        keys.again.setText(NEW)
        keys.add()
        qtbot.waitUntil(lambda: keys.table.rowCount() == 2, timeout=60_000)
        assert (keys.fresh.text(), keys.again.text(), keys.officer.text()) == ("", "", "")
        keys.table.selectRow([keys.table.item(row, 0).text() for row in range(2)].index("Lô Thị Thử"))
        keys.remove()
        qtbot.waitUntil(lambda: own.officers() == [""], timeout=60_000)
        keys.table.selectRow(0)
        keys.remove()
        shown.wait_for("ui.keys.last", officer="–")
        assert own.officers() == [""]
    finally:
        shown.worker.close()


def test_the_passphrase_in_use_is_changed_and_a_wrong_one_changes_nothing(
    own: OpenHome, qtbot: QtBot, qapp: object
) -> None:
    shown = Shown(own.home, own, qtbot, qapp)
    keys = shown.page.tabs.keys
    assert keys is not None
    try:
        for box in (keys.fresh, keys.again):
            box.setText(NEW)
        keys.change()
        shown.wait_for("ui.keys.no_old")
        keys.old.setText("không phải cụm này đâu")
        keys.change()
        qtbot.waitUntil(lambda: [str(error.code) for error in shown.failed] == ["wrong_passphrase"], timeout=60_000)
        keys.old.setText(OLD)
        keys.change()
        shown.wait_for("cli.passphrase.done")
        own.change_passphrase(NEW, OLD)
    finally:
        shown.worker.close()


def test_the_home_is_bound_to_the_machine_and_loosened_and_never_without_a_way_back(
    own: OpenHome, tmp_path: Path, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_secrets, "user_config_path", lambda _name: tmp_path / "config")
    shown = Shown(own.home, own, qtbot, qapp)
    keys = shown.page.tabs.keys
    assert keys is not None
    try:
        qtbot.waitUntil(lambda: keys.table.rowCount() == 1, timeout=60_000)
        assert (keys.bind_button.isHidden(), keys.loosen_button.isHidden()) == (False, True)
        keys.bind_with(None)
        qtbot.waitUntil(lambda: [str(error.code) for error in shown.failed] == ["no_way_back"], timeout=60_000)
        assert not own.bound()
        backup = tmp_path / "sao-luu.fieldtool-backup"
        keys.bind_with(backup)
        shown.wait_for("locks.bind.done")
        assert own.bound() and backup.exists()
        qtbot.waitUntil(lambda: keys.bind_button.isHidden() and not keys.loosen_button.isHidden(), timeout=60_000)
        keys.loosen()
        shown.wait_for("locks.unbind.done")
        assert not own.bound()
    finally:
        shown.worker.close()


def test_the_home_is_destroyed_only_by_word_passphrase_and_two_presses(
    own: OpenHome, qtbot: QtBot, qapp: object
) -> None:
    shown = Shown(own.home, own, qtbot, qapp)
    keys = shown.page.tabs.keys
    assert keys is not None
    gone: list[bool] = []
    shown.office.news.destroyed.connect(lambda: gone.append(True))
    try:
        keys.panic()
        keys.panic()
        keys.word.setText("huỷ kho")
        keys.panic()
        keys.old.setText("không phải cụm này đâu")
        keys.panic()
        keys.panic()
        qtbot.waitUntil(lambda: [str(error.code) for error in shown.failed] == ["wrong_passphrase"], timeout=60_000)
        assert own.officers() == [""] and not gone
        keys.old.setText(OLD)
        keys.panic()
        shown.wait_for("ui.keys.panic.confirm")
        assert not gone
        keys.panic()
        qtbot.waitUntil(lambda: gone == [True], timeout=60_000)
        with pytest.raises(FieldtoolError) as caught:
            own.officers()
        assert caught.value.code is ErrorCode.SLOTS_DESTROYED
    finally:
        shown.worker.close()


def test_a_forgotten_passphrase_is_recovered_through_headquarters_from_both_windows(
    own: OpenHome, tmp_path: Path, qtbot: QtBot, qapp: object
) -> None:
    laptop, stick = tmp_path / "laptop", tmp_path / "usb"
    create_home(laptop, OLD, Setup("Lô Thị Thử", "16906", "xa", headquarters=False))
    with open_home(laptop, OLD) as opened:
        request = enrol_device.request_enrolment(opened.home, stick).file
        answer = enrol_device.accept_enrolment(own.home, request, stick).file
        enrol_device.finish_enrolment(opened.home, answer)
    with open_home(laptop, OLD):
        pass  # the recovery letter to headquarters is sealed at the first opening after enrolment
    look = Look()
    box = RecoveryBox(look, Wording())
    qtbot.addWidget(box)
    gate = window_doors()
    assert gate.ask_recovery is not None and gate.finish_recovery is not None
    file, words = gate.ask_recovery(laptop, stick)
    box.show_words(file, words)
    shown = Shown(own.home, own, qtbot, qapp)
    keys = shown.page.tabs.keys
    assert keys is not None
    try:
        keys.answer_into(file, stick)
        qtbot.waitUntil(lambda: " – ".join(words) in keys.words.heard.text(), timeout=60_000)
        keys.words.differ.click()  # other words were read: nobody is given a way in
        shown.wait_for("ui.keys.words.differ")
        assert not list(stick.glob("*.tra-loi-khoi-phuc"))
        keys.answer_into(file, stick)
        qtbot.waitUntil(lambda: bool(keys.words.heard.text()), timeout=60_000)
        asked = file.read_bytes()
        thief = str(x25519.Identity.generate().to_public())
        file.write_text(json.dumps({**json.loads(asked), "to": thief}), encoding="utf-8")  # since the words
        with qtbot.waitSignal(shown.page._office.news.failed, timeout=60_000) as told:
            keys.words.same.click()
        assert told.args[0].code is ErrorCode.WORDS_DIFFER and not list(stick.glob("*.tra-loi-khoi-phuc"))
        file.write_bytes(asked)
        keys.answer_into(file, stick)
        qtbot.waitUntil(lambda: bool(keys.words.heard.text()), timeout=60_000)
        keys.words.same.click()
        qtbot.waitUntil(lambda: bool(list(stick.glob("*.tra-loi-khoi-phuc"))), timeout=60_000)
    finally:
        shown.worker.close()
    (reply,) = stick.glob("*.tra-loi-khoi-phuc")
    taken: list[tuple[Path, str]] = []
    box.answered.connect(lambda file, text: taken.append((file, text)))
    box.take(reply)
    assert taken == []  # no new passphrase yet
    box.fresh.setText(NEW)
    box.again.setText(NEW)
    box.take(reply)
    assert taken == [(reply, NEW)]
    gate.finish_recovery(laptop, *taken[0])
    with open_home(laptop, NEW) as opened:
        assert opened.home.card.officer_name == "Lô Thị Thử"
    assert doors().panic  # the command line has the same acts
