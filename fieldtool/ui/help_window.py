"""The user guide, offline, in the language of the window, opened at the page in hand; its cards; PDF for printing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImageReader, QPageSize, QPdfWriter, QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from fieldtool.ui.look import Look
from fieldtool.wording.catalogue import Wording
from fieldtool.wording.guide import CARDS, START, card_file, guide_file, headings


class _Leaves(QTextBrowser):
    """The guide's leaves. Their pictures are read by their format: left to guess, Qt takes them for another one."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Qt's hook: a picture, or what else a leaf is made of."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        file = Path(self.source().resolved(QUrl(name)).toLocalFile())
        # While leaves are changed, those that go are laid out once more, below the folder of those that come.
        return QImageReader(str(file), b"png").read() if file.is_file() else None


class HelpWindow(QDialog):
    """Shows docs/guide.<language>.md and docs/cards; Escape closes it."""

    def __init__(self, look: Look, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self._wording, self._look = wording, look
        self._headings = headings(guide_file(wording.language).read_text(encoding="utf-8"))
        self.setWindowTitle(wording.say("ui.help.title"))
        self.page = _Leaves()
        self.page.setOpenLinks(True)
        self.page.setAccessibleName(wording.say("ui.help.title"))
        column = QVBoxLayout(self)
        column.addWidget(self.page, 1)
        column.addLayout(self._buttons())
        self.resize(look.px(900), look.px(640))
        self.show_at(START)

    def _buttons(self) -> QHBoxLayout:
        say, row = self._wording.say, QHBoxLayout()
        self.cards = {}
        for card in CARDS:
            self.cards[card] = button = QPushButton(say(f"guide.card.{card}"))
            button.clicked.connect(lambda _checked=False, card=card: self.show_card(card))
            row.addWidget(button)
        row.addStretch(1)
        self.whole = QPushButton(self._look.icon("book-2"), say("guide.whole"))
        self.whole.clicked.connect(lambda _checked=False: self.show_at(START))
        self.pdf = QPushButton(self._look.icon("download"), say("guide.pdf"))
        self.pdf.clicked.connect(lambda _checked=False: self._ask_pdf())
        close = QPushButton(say("guide.close"))
        close.clicked.connect(lambda _checked=False: self.reject())
        for button in (self.whole, self.pdf, close):
            row.addWidget(button)
        return row

    def show_at(self, anchor: str) -> None:
        """Show the guide with the heading of a page of the window at its top."""
        self._read(guide_file(self._wording.language))
        wanted = self._headings.get(anchor, "")
        block = self.page.document().begin()
        while block.isValid():
            if wanted and block.blockFormat().headingLevel() and block.text() == wanted:
                self.page.setTextCursor(QTextCursor(block))
                self._to_heading()
                return
            block = block.next()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's hook: the leaves have their width from here on, so the heading is brought to the top once more."""
        super().showEvent(event)
        self._to_heading()

    def _to_heading(self) -> None:
        layout = cast(QLayout, self.layout())
        layout.activate()
        top = self.page.document().documentLayout().blockBoundingRect(self.page.textCursor().block()).top()
        self.page.verticalScrollBar().setValue(int(top))

    def show_card(self, card: str) -> None:
        """Show one of the one-page cards."""
        self._read(card_file(card, self._wording.language))

    def _read(self, file: Path) -> None:
        self.page.setSource(QUrl.fromLocalFile(str(file)))

    def heading(self) -> str:
        """The heading at the cursor."""
        return self.page.textCursor().block().text()

    def _ask_pdf(self) -> None:
        name = Path(self.page.source().toLocalFile()).with_suffix(".pdf").name
        file, _ = QFileDialog.getSaveFileName(self, self._wording.say("guide.pdf"), name, "PDF (*.pdf)")
        if file:
            self.save_pdf(Path(file))

    def save_pdf(self, target: Path) -> None:
        """Write what is shown as a PDF of A4 pages, to be printed where there is a printer."""
        writer = QPdfWriter(str(target))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setResolution(150)
        copy = self.page.document().clone(self.page)  # whose hook reads the pictures
        copy.setPageSize(writer.pageLayout().paintRectPixels(writer.resolution()).size().toSizeF())
        copy.print_(writer)
        copy.deleteLater()
