"""Keys on the exchange page: each officer's own passphrase, a changed one, a forgotten one, and the panic act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldtool.ports.locks import Locks
from fieldtool.trust.passphrases import Strength, strength_of
from fieldtool.ui.heard_words import HeardWords
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.table import Table


class KeysTab(QWidget):
    """Acts on the key slots of the open home; `run` does them with progress, `tell` says what came of them."""

    def __init__(
        self, office: Office, locks: Locks, run: Callable[[Any, Any], None], tell: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._office, self._locks, self._run, self._tell = office, locks, run, tell
        self._armed = False
        say = office.say
        self.table = Table(office, ["ui.keys.head.officer"], "ui.exchange.tab.keys")
        self.officer = self._line("ui.keys.officer", secret=False)
        self.fresh, self.again = self._line("ui.keys.new"), self._line("ui.keys.again")
        self.old = self._line("ui.keys.old")
        self._strength = label(say("strength.none"), "muted", wrap=True)
        self.fresh.textChanged.connect(self._measure)
        boxes = QGridLayout()
        for place, box in enumerate((self.old, self.officer, self.fresh, self.again)):
            boxes.addWidget(box, place // 2, place % 2)
        typed = QVBoxLayout()
        typed.addLayout(boxes)
        typed.addWidget(self._strength)
        acts = QHBoxLayout()
        acts.addWidget(office.button("ui.keys.add", "plus", self.add))
        acts.addWidget(office.button("ui.keys.change", "lock", self.change))
        acts.addWidget(office.button("ui.keys.remove", "x", self.remove))
        typed.addLayout(acts)
        self._state = label("", "muted", wrap=True)
        typed.addWidget(self._state)
        ways = QHBoxLayout()
        self.bind_button = office.button("ui.keys.bind", "lock", self.bind)
        self.loosen_button = office.button("ui.keys.unbind", "x", self.loosen)
        ways.addWidget(self.bind_button)
        ways.addWidget(self.loosen_button)
        typed.addLayout(ways)
        typed.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.table, 1)
        top.addLayout(typed, 2)
        foot = QHBoxLayout()
        if office.home.card.headquarters:
            foot.addWidget(office.button("ui.keys.answer", "shield-check", self._answer))
        foot.addStretch(1)
        self.word = self._line("ui.keys.word", secret=False)
        self.word.setFixedWidth(office.look.px(260))
        foot.addWidget(self.word)
        foot.addWidget(office.button("ui.keys.panic", "alert-triangle", self.panic))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        self.words = HeardWords(office, "ui.exchange.words_heard", wide=True)
        column.addWidget(self.words)
        column.addLayout(top, 1)
        column.addLayout(foot)

    def _line(self, code: str, *, secret: bool = True) -> QLineEdit:
        box = QLineEdit()
        box.setPlaceholderText(self._office.say(code))
        box.setAccessibleName(self._office.say(code))
        if secret:
            box.setEchoMode(QLineEdit.EchoMode.Password)
        return box

    def _measure(self, text: str) -> None:
        word = strength_of(text).name.lower() if text else "none"
        self._strength.setText(self._office.say(f"strength.{word}"))

    def fill(self, officers: list[str]) -> None:
        """Show whose passphrases open the home."""
        first = self._office.say("ui.keys.first")
        self.table.fill([(officer, (officer or first,)) for officer in officers])
        bound = self._locks.bound()
        self._state.setText(self._office.say("locks.bound.yes" if bound else "locks.bound.no"))
        self.bind_button.setVisible(not bound)
        self.loosen_button.setVisible(bound)

    def bind(self) -> None:
        """Bind the home to this machine; where headquarters has no way back, a backup is asked for first."""
        say, locks = self._office.say, self._locks
        if locks.recoverable():
            self.bind_with(None)
            return
        file, _ = QFileDialog.getSaveFileName(self, say("ui.keys.bind.backup"), "", "*.fieldtool-backup")
        if file:
            self.bind_with(Path(file))
        else:
            self._tell(say("ui.keys.bind.needs"))

    def bind_with(self, backup: Path | None) -> None:
        """Write the backup, if one is meant, and bind."""
        locks, say = self._locks, self._office.say
        self._run(
            lambda progress: locks.bind_machine(True, backup),
            lambda done: self._done(say("locks.bind.done" if done else "locks.bind.was")),
        )

    def loosen(self) -> None:
        """Let the passphrase alone open the home again."""
        locks, say = self._locks, self._office.say
        self._run(
            lambda progress: locks.bind_machine(False),
            lambda done: self._done(say("locks.unbind.done" if done else "locks.bound.no")),
        )

    def _typed(self) -> str:
        """The new passphrase when it is strong enough and twice the same; a word about it otherwise."""
        text = self.fresh.text()
        if strength_of(text) is Strength.WEAK:
            self._tell(self._office.say("first.passphrase.weak"))
            self.fresh.setFocus()
        elif text != self.again.text():
            self._tell(self._office.say("ui.first.not_the_same"))
            self.again.setFocus()
        else:
            return text
        return ""

    def _done(self, text: str) -> None:
        for box in (self.officer, self.fresh, self.again, self.old, self.word):
            box.clear()
        self._tell(text)

    def add(self) -> None:
        """Give an officer a passphrase of his own, or replace it."""
        officer, locks = self.officer.text().strip(), self._locks
        if not officer:
            self._tell(self._office.say("ui.keys.no_officer"))
            self.officer.setFocus()
            return
        text = self._typed()
        if text:
            self._run(
                lambda progress: locks.add_officer(officer, text),
                lambda _none: self._done(self._office.say("locks.added", officer=officer)),
            )

    def change(self) -> None:
        """Change the passphrase that is known for another."""
        old, locks, text = self.old.text(), self._locks, ""
        if not old:
            self._tell(self._office.say("ui.keys.no_old"))
            self.old.setFocus()
            return
        text = self._typed()
        if text:
            self._run(
                lambda progress: locks.change_passphrase(old, text),
                lambda _none: self._done(self._office.say("cli.passphrase.done")),
            )

    def remove(self) -> None:
        """Take the chosen officer's passphrase away."""
        row, locks, office = self.table.currentRow(), self._locks, self._office
        if row < 0:
            self._tell(office.say("ui.keys.choose"))
            return
        officer = self.table.chosen()

        def told(gone: bool) -> None:
            self._tell(office.say("locks.removed" if gone else "ui.keys.last", officer=officer or "–"))

        self._run(lambda progress: locks.remove_officer(officer), told)

    def _answer(self) -> None:
        say = self._office.say
        file, _ = QFileDialog.getOpenFileName(self, say("ui.keys.answer"), "", "*.khoi-phuc")
        folder = QFileDialog.getExistingDirectory(self, say("ui.exchange.folder")) if file else ""
        if file and folder:
            self.answer_into(Path(file), Path(folder))

    def answer_into(self, file: Path, folder: Path) -> None:
        """Headquarters answers a machine whose officer forgot his passphrase, once its words were compared: whoever
        found a laptop asks just so."""
        locks, say = self._locks, self._office.say

        def told(found: tuple[Path, str, tuple[str, ...]]) -> None:
            written, device, words = found
            self._tell(say("locks.answered", device=device, file=written.name, words=" – ".join(words)))

        def ask(words: tuple[str, ...]) -> None:
            self.words.ask(
                say("ui.keys.words", words=" – ".join(words)),
                lambda: self._run(lambda _: locks.answer_recovery(file, folder, compared=words), told),
                lambda: self._tell(say("ui.keys.words.differ")),
            )

        self._run(lambda _: locks.recovery_words(file), ask)

    def panic(self) -> None:
        """Destroy every way in: the word typed, the passphrase typed, and a second press."""
        office, locks, old = self._office, self._locks, self.old.text()
        if self.word.text().strip().casefold() != office.say("ui.keys.panic.word").casefold() or not old:
            self._armed = False
            self._tell(office.say("ui.keys.panic.how", word=office.say("ui.keys.panic.word")))
            self.word.setFocus()
            return
        if not self._armed:
            self._armed = True
            self._tell(office.say("ui.keys.panic.confirm"))
            return
        self._armed = False

        def gone(_none: object) -> None:
            self._done(office.say("locks.destroyed"))
            office.news.destroyed.emit()

        self._run(lambda progress: locks.destroy(old), gone)
