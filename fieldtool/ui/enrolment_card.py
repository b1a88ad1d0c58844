"""Enrolment on the exchange page: the request and headquarters' answer, as a file on a stick and as QR codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from fieldtool.machine.card_images import code_if_picture
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.reports.codes import code_picture
from fieldtool.ui.code_window import CodeWindow
from fieldtool.ui.heard_words import HeardWords
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases import enrol_device

Run = Callable[[Any, Any], None]
Drawn = tuple[enrol_device.EnrolOutcome, list[bytes]]
Words = tuple[str, ...]  # the six words that were compared


def raised(*widgets: QWidget) -> QFrame:
    """Widgets under one another on a raised ground."""
    frame = QFrame()
    frame.setObjectName("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 10, 12, 12)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return frame


class EnrolmentCard(QWidget):
    """`run` does an act with progress, `tell` says what came of it. `first` is the button that begins: the request on a
    laptop, its acceptance at headquarters."""

    def __init__(self, office: Office, run: Run, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._office, self._run, self._tell = office, run, tell
        self.shown_code: CodeWindow | None = None
        self.words = HeardWords(office)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        heading = label(office.say("ui.exchange.enrol"), "heading")
        if office.home.card.headquarters:
            self.first = office.button("ui.exchange.accept", "shield-check", self._accept)
            column.addWidget(raised(heading, self.first, self.words))
            return
        self.first = office.button("ui.exchange.request", "upload", self._request)
        finish = office.button("ui.exchange.finish", "download", self._finish)
        renew = office.button("ui.exchange.renew", "shield-check", lambda: self._request(renew=True))
        column.addWidget(raised(heading, self.first, finish, renew, self.words))

    def _compare(
        self, code: str, seen: Callable[[], enrol_device.EnrolOutcome], agreed: Callable[[Words], None]
    ) -> None:
        """Read what is to be trusted, show its words, and go on only when they are those heard."""

        def told(outcome: enrol_device.EnrolOutcome) -> None:
            say = self._office.say
            self.words.ask(
                say(code, words=" – ".join(outcome.words), unit=outcome.unit_name),
                lambda: agreed(outcome.words),
                lambda: self._tell(say("ui.exchange.words_refused")),
            )

        self._run(lambda _progress: seen(), told)

    def _request(self, renew: bool = False) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._office.say("ui.exchange.folder"))
        if folder:
            self.request_into(Path(folder), renew)

    def request_into(self, folder: Path, renew: bool = False) -> None:
        """Write the request and show it as a QR code too."""
        home = self._office.home

        def act(progress: Any) -> Drawn:
            outcome = enrol_device.request_enrolment(home, folder, renew)
            return outcome, _pictures([enrol_device.request_for_code(home, outcome.file)])

        self._run(act, self._show("cli.enrol.request", "ui.exchange.code"))

    def _accept(self) -> None:
        say = self._office.say
        file, _ = QFileDialog.getOpenFileName(self, say("ui.exchange.accept"))
        folder = QFileDialog.getExistingDirectory(self, say("ui.exchange.folder")) if file else ""
        if file and folder:
            self.accept_into(Path(file), Path(folder))

    def accept_into(self, file: Path, folder: Path) -> None:
        """Headquarters accepts a request once its words were compared."""
        home = self._office.home
        self._compare(
            "ui.exchange.words_request",
            lambda: enrol_device.inspect_request(home, file, code_if_picture(file)),
            lambda words: self._accepted(file, folder, words),
        )

    def _accepted(self, file: Path, folder: Path, words: Words) -> None:
        """Write the answer, and show it as QR codes too where it is not too long."""
        home = self._office.home

        def act(progress: Any) -> Drawn:
            outcome = enrol_device.accept_enrolment(home, file, folder, code_if_picture(file), words)
            try:
                texts = enrol_device.answer_for_codes(home, outcome.file)
            except FieldtoolError as error:
                if error.code is not ErrorCode.CODE_TOO_LONG:
                    raise
                texts = []  # a list of hundreds of machines: the file on the stick it is
            return outcome, _pictures(texts)

        self._run(act, self._show("cli.enrol.accept", "ui.exchange.answer_code"))

    def _finish(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, self._office.say("ui.exchange.finish"))
        if files:
            self.finish_from([Path(file) for file in files])

    def finish_from(self, files: list[Path]) -> None:
        """Take the answer in, from its file or from pictures of all its QR codes, once its words were compared."""
        home = self._office.home

        def said() -> str:
            codes = [code_if_picture(file) for file in files]
            return enrol_device.answer_of_codes([code for code in codes if code])

        def agreed(words: Words) -> None:
            self._run(
                lambda _progress: enrol_device.finish_enrolment(home, files[0], said(), words),
                self._words("cli.enrol.finish"),
            )

        self._compare("ui.exchange.words_answer", lambda: enrol_device.inspect_answer(home, files[0], said()), agreed)

    def _words(self, code: str) -> Callable[[enrol_device.EnrolOutcome], None]:
        def tell(outcome: enrol_device.EnrolOutcome) -> None:
            words = " – ".join(outcome.words)
            self._tell(self._office.say(code, words=words, file=outcome.file.name, unit=outcome.unit_name))

        return tell

    def _show(self, code: str, title: str) -> Callable[[Drawn], None]:
        tell = self._words(code)

        def done(found: Drawn) -> None:
            outcome, pictures = found
            tell(outcome)
            if pictures:
                words = " ".join(outcome.words)
                self.shown_code = CodeWindow(self._office, self._office.say(title), pictures, words, self)
                self.shown_code.show()

        return done


def _pictures(texts: list[str]) -> list[bytes]:
    """Each text as a picture; none where one is too long."""
    drawn = [code_picture(text) for text in texts]
    return [picture for picture in drawn if picture is not None] if None not in drawn else []
