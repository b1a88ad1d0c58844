"""A card at the door: serial scanner, keyboard wedge in a field without input method, picture file, system camera.

The panel stands beside the visit and stops nobody. A wedge types through an active input method, so the field takes
none; what still comes damaged is told, and number, dates and sex alone are taken.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout

from fieldtool.ports import Progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.route_codes import household_of
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.card_pictures import choose_folder, chosen_folder
from fieldtool.usecases.outputs import Listening
from fieldtool.usecases.scan_card import CardLook, keep_card, look_up_card

_GOES_ON = (ErrorCode.PICTURE_STAYS, ErrorCode.CAMERA_CLOSED)  # told while the watch for pictures goes on
_WAIT = 120.0  # seconds without a card's picture after which the watch ends by itself


class ScanPanel(QDialog):
    """Reads one card after another; Enter in the empty field keeps the card shown."""

    wants_household = Signal(str)
    _heard = Signal(str)
    _lost = Signal(object)
    _seen = Signal(str)  # a card's text in a new picture
    _dark = Signal(object)  # what ended the watch for pictures, or a picture that stays

    def __init__(self, office: Office, parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._office = office
        self.household = ""
        self.look: CardLook | None = None
        self._text = ""
        self._scanner: Listening | None = None
        self._camera: Listening | None = None
        say = office.say
        self.setWindowTitle(say("scan.title"))
        self.setModal(False)
        self.field = QLineEdit()
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.field.setPlaceholderText(say("scan.field"))
        self.field.setAccessibleName(say("scan.field"))
        self.field.returnPressed.connect(self._entered)
        self.ports = QComboBox()
        self.ports.setAccessibleName(say("scan.port"))
        self.ports.activated.connect(lambda _row: self.listen(str(self.ports.currentData() or "")))
        row = QHBoxLayout()
        row.addWidget(self.ports, 1)
        self.picture_button = office.button("scan.picture", "folder-open", self.choose_picture)
        row.addWidget(self.picture_button)
        self.camera_button = office.button("scan.camera", "qr", self.toggle_camera)
        self.folder_button = office.button("scan.camera.folder", "folder-open", self.choose_folder)
        pictures = QHBoxLayout()
        pictures.addWidget(self.camera_button, 1)
        pictures.addWidget(self.folder_button)
        for button in (self.picture_button, self.camera_button, self.folder_button):
            button.setAutoDefault(False)  # a wedge ends its line with Enter, which would press the first of them
        shortcut = QShortcut(QKeySequence("F5"), self)
        shortcut.activated.connect(self.toggle_camera)
        self.waits = label("", "muted", wrap=True)
        self.waits.hide()
        self.who = label("", "heading", wrap=True)
        self.told = label("", "muted", wrap=True)
        self.rows = QListWidget()
        self.rows.setAccessibleName(say("scan.compared"))
        self.keep_button = office.button("scan.keep", "check", self.keep, primary=True)
        self.keep_button.setEnabled(False)
        self.keep_button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addLayout(row)
        column.addLayout(pictures)
        column.addWidget(self.waits)
        for widget in (self.who, self.told):
            column.addWidget(widget)
        column.addWidget(self.rows, 1)
        column.addWidget(self.keep_button)
        self.resize(office.look.px(520), office.look.px(480))
        self._heard.connect(self.read)
        self._lost.connect(self._unplugged)
        self._seen.connect(self._pictured)
        self._dark.connect(self._camera_ended)
        self.rows.setWordWrap(True)

    def open_for(self, household: str) -> None:
        """Show the panel for a household."""
        self.household = household
        self.ports.clear()
        self.ports.addItem(self._office.say("scan.keyboard"), "")
        for device, words in self._office.outputs.scanner_ports():
            self.ports.addItem(f"{device} · {words}", device)
        self.show()
        self.raise_()
        self.field.setFocus()

    def listen(self, port: str) -> None:
        """Listen to a serial scanner from now on; "" for none."""
        if self._scanner is not None:
            self._scanner.stop()
            self._scanner = None
        if port:
            self._scanner = self._office.outputs.listen(port, self._heard.emit, self._lost.emit)
            self._scanner.start()

    def _unplugged(self, error: FieldtoolError) -> None:
        """Tell the loss and go on by keyboard: the card shown stays, and choosing the port again listens anew."""
        self.listen("")
        self.ports.setCurrentIndex(0)
        self.field.setFocus()
        self._office.news.failed.emit(error)

    def toggle_camera(self) -> None:
        """Open the system's camera and wait for a card's picture; the same key again waits no more."""
        if self._camera is not None:
            self._stop_camera()
            return
        folder = chosen_folder(self._office.people)
        self._camera, place = self._office.outputs.watch_pictures(folder, self._seen.emit, self._dark.emit, _WAIT)
        self.waits.setText(self._office.say("scan.camera.told", folder=place))
        self.waits.show()
        self.camera_button.setText(self._office.say("scan.camera.stop"))
        self._camera.start()

    def _stop_camera(self) -> None:
        if self._camera is not None:
            self._camera.stop()
            self._camera = None
        self.waits.hide()
        self.camera_button.setText(self._office.say("scan.camera"))
        self.field.setFocus()

    def _pictured(self, text: str) -> None:
        self._office.news.said.emit(self._office.say("scan.camera.done"))
        self.read(text)
        self.raise_()

    def _camera_ended(self, error: FieldtoolError) -> None:
        if error.code not in _GOES_ON:
            self._stop_camera()
        self._office.news.failed.emit(error)

    def choose_folder(self, folder: Path | None = None) -> None:
        """Where the camera program puts its pictures, kept for this home."""
        if folder is None:
            chosen = QFileDialog.getExistingDirectory(self, self._office.say("scan.camera.folder"))
            if not chosen:
                return
            folder = Path(chosen)
        home, place = self._office.home, folder
        self._stop_camera()
        self._office.do(lambda progress: choose_folder(home, place), lambda _done: self.toggle_camera())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let scanner and camera go."""
        self.stop()
        super().closeEvent(event)

    def stop(self) -> None:
        """Listen and watch no more."""
        self.listen("")
        self._stop_camera()

    def _entered(self) -> None:
        text = self.field.text()
        self.field.clear()
        if text.strip():
            self.read(text)
        else:
            self.keep()

    def choose_picture(self, path: Path | None = None) -> None:
        """Read the code in a picture; the picture is not kept."""
        if path is None:
            chosen, _ = QFileDialog.getOpenFileName(
                self, self._office.say("scan.picture"), "", "*.jpg *.jpeg *.png *.bmp"
            )
            if not chosen:
                return
            path = Path(chosen)
        target, outputs = path, self._office.outputs
        self._office.worker.submit(
            lambda progress: outputs.text_in_picture(target), self.read, self._office.news.failed.emit
        )

    def read(self, text: str) -> None:
        """Show whose card a scanned line is; a route sheet's code opens its household instead."""
        household = household_of(text)
        if household:
            self.wants_household.emit(household)
            return
        if self.look is not None and text != self._text:  # the next card came before Enter
            self._office.news.said.emit(self._office.say("scan.not_kept", name=self.look.name))
        try:
            self.look, self._text = look_up_card(self._office.people, text), text
        except FieldtoolError as error:
            self.look = None
            message, hint = self._office.wording.error(error)
            self.who.setText(message)
            self.told.setText(hint)
            self.rows.clear()
            self.keep_button.setEnabled(False)
            return
        self._show(self.look)

    def _show(self, look: CardLook) -> None:
        say = self._office.say
        self.who.setText(say("scan.known" if look.person else "scan.new", name=look.name, number=look.card.n12))
        count = len(look.differs)
        told = say("scan.all_agree", count=len(look.compared)) if look.person and not count else ""
        if count:
            told = say("scan.differs", count=count)
        if not look.safe:
            told = f"{say('card.unsafe')} {told}".strip()
        self.told.setText(told)
        self.rows.clear()
        for item in sorted(look.compared, key=lambda item: item.alike):  # what differs is looked at first
            mark = "✓" if item.alike else "≠"
            words = "".join(f" · {self._office.wording.difference(found)}" for found in item.differences)
            kind = say(f"kind.{item.kind}")
            self.rows.addItem(f"{mark}  {say(f'field.{item.field}')}: {item.card} | {item.paper} ({kind}){words}")
        for likely in look.candidates if not look.person else ():
            self.rows.addItem(f"?  {likely.line.name} · {likely.line.dob} · {likely.line.village_name}")
        self.keep_button.setEnabled(True)

    def keep(self) -> None:
        """Keep the card shown as a paper of its person, in this household."""
        if self.look is None:
            return
        home, text, household = self._office.home, self._text, self.household

        def act(progress: Progress) -> str:
            return keep_card(home, text, household=household)

        def done(_person: str) -> None:
            self._office.news.said.emit(self._office.say("scan.kept"))
            if self.look is None:  # else the next card was scanned while this one was written
                self.keep_button.setEnabled(False)
            if self.household == household:
                self.wants_household.emit(household)
            self.field.setFocus()

        def refused(_error: FieldtoolError) -> None:
            if self.look is None:
                self.read(text)

        self.look = None
        self.keep_button.setEnabled(False)
        self._office.do(act, done, failed=refused)
