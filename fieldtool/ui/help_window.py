"""The user guide, offline, in the language of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from fieldtool.records.tables import RESOURCES
from fieldtool.ui.look import Look
from fieldtool.wording.catalogue import Wording


class HelpWindow(QDialog):
    """Shows docs/guide.<language>.md; Escape closes it."""

    def __init__(self, look: Look, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(wording.say("ui.help.title"))
        self.page = QTextBrowser()
        guide = RESOURCES.parent / "docs" / f"guide.{wording.language}.md"
        self.page.setMarkdown(guide.read_text(encoding="utf-8"))
        self.page.setAccessibleName(wording.say("ui.help.title"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.page)
        column.addWidget(buttons)
        self.resize(look.px(820), look.px(560))
