"""The look: palettes, fonts, icons and one small style sheet over Fusion, the same on every system."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from fieldtool.records.tables import RESOURCES

# By its number: what is named in the namespace Qt costs a start all its enumerations, more than the gate's widgets do.
# So what the gate needs names none of them; the pages, which are loaded beside the unlocking, do.
_PLAIN_TEXT = 0  # Qt.TextFormat.PlainText
TARGET = 44  # least height of what a finger or a gloved hand must hit, in pixels


class ThemeName(StrEnum):
    """The three looks."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by their task; text on its background reaches 4.5:1 in every theme, 7:1 in high contrast."""

    page: str
    card: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    warn: str
    warn_soft: str
    warn_mark: str
    bad: str
    bad_soft: str
    good: str
    good_soft: str


THEMES = {
    ThemeName.LIGHT: Theme(
        "#f2f4f4", "#ffffff", "#d5dad9", "#16211e", "#4c5a57", "#15604f", "#ffffff", "#dcede8",
        "#7d5200", "#fff2cf", "#f5cf6a", "#9f2a22", "#fbe3e0", "#1c6b3c", "#dff2e5",
    ),
    ThemeName.DARK: Theme(
        "#141a19", "#1d2523", "#3a4643", "#eef3f1", "#b3c0bc", "#4fb99c", "#08130f", "#1f3d35",
        "#f0c35a", "#3b3118", "#7a5f12", "#ff9d92", "#472522", "#7fd69c", "#1d3a28",
    ),
    ThemeName.CONTRAST: Theme(
        "#ffffff", "#ffffff", "#000000", "#000000", "#000000", "#003d2f", "#ffffff", "#d8f3ea",
        "#5a3900", "#fff0b8", "#ffd23f", "#8b0000", "#ffe0dc", "#004d1f", "#dcf7e3",
    ),
}  # fmt: skip

_FONTS = ("BeVietnamPro-Regular", "BeVietnamPro-SemiBold", "BeVietnamPro-Bold", "NotoSans")
_LOADED: dict[str, int] = {}  # font to its number with Qt
POINTS = 10.5


class Look:
    """The theme and text size in force; pages ask it for colours and icons."""

    def __init__(self, name: ThemeName = ThemeName.LIGHT, zoom: int = 100) -> None:
        self.name = name
        self.zoom = zoom
        self._drawn: dict[tuple[str, str, int], QPixmap] = {}  # icons, each drawn once

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return THEMES[self.name]

    def px(self, size: int) -> int:
        """A length that grows with the text size."""
        return round(size * self.zoom / 100)

    def color(self, name: str) -> QColor:
        """A colour by its task, such as "warn_soft"."""
        return QColor(getattr(self.theme, name))

    def apply(self, app: QApplication) -> None:
        """Put the look on the whole program."""
        font = QFont("Be Vietnam Pro")
        font.setPointSizeF(POINTS * self.zoom / 100)
        app.setFont(font)
        app.setPalette(self._palette())
        app.setStyleSheet(self._sheet())

    def data_font(self, factor: float = 1.05, *, bold: bool = False) -> QFont:
        """Noto Sans for names and numbers: l, 1 and I are told apart."""
        font = QFont("Noto Sans")
        font.setPointSizeF(POINTS * factor * self.zoom / 100)
        # The file is a variable font: its axis is set, since a mere weight would be drawn as regular.
        font.setVariableAxis(QFont.Tag("wght"), 650.0 if bold else 400.0)
        return font

    def icon(self, name: str, color: str = "text", size: int = 24) -> QIcon:
        """A Tabler icon drawn in a colour of the theme."""
        icon = QIcon(self.pixmap(name, color, size))
        icon.addPixmap(self.pixmap(name, "muted", size), QIcon.Mode.Disabled)
        return icon

    def pixmap(self, name: str, color: str = "text", size: int = 24) -> QPixmap:
        """The icon as a picture, twice as fine as its size for scaled screens."""
        from PySide6.QtSvg import QSvgRenderer  # late: a page without icons is on the screen sooner

        drawn = self._drawn.get((name, color, size))
        if drawn is not None:
            return drawn
        text = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(text.replace("currentColor", self.color(color).name()).encode("utf-8")))
        pixmap = QPixmap(QSize(size * 2, size * 2))
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size * 2, size * 2))
        painter.end()
        pixmap.setDevicePixelRatio(2)
        self._drawn[(name, color, size)] = pixmap
        return pixmap

    def _palette(self) -> QPalette:
        t = self.theme
        palette = QPalette()
        for role, color in (
            (QPalette.ColorRole.Window, t.page),
            (QPalette.ColorRole.WindowText, t.text),
            (QPalette.ColorRole.Base, t.card),
            (QPalette.ColorRole.AlternateBase, t.page),
            (QPalette.ColorRole.Text, t.text),
            (QPalette.ColorRole.Button, t.card),
            (QPalette.ColorRole.ButtonText, t.text),
            (QPalette.ColorRole.ToolTipBase, t.card),
            (QPalette.ColorRole.ToolTipText, t.text),
            (QPalette.ColorRole.Highlight, t.accent),
            (QPalette.ColorRole.HighlightedText, t.on_accent),
            (QPalette.ColorRole.PlaceholderText, t.muted),
            (QPalette.ColorRole.Link, t.accent),
        ):
            palette.setColor(role, QColor(color))
        return palette

    def _sheet(self) -> str:
        t, px = self.theme, self.px
        target = max(TARGET, px(30))  # a finger does not grow with the letters: at 150 % they fit the same height
        tick = (RESOURCES / "icons" / "check.svg").as_posix()  # drawn in black
        ticked = self.theme.accent if self.name is ThemeName.DARK else self.theme.card
        arrow = (RESOURCES / "icons" / f"chevron-down-{self.name}.svg").as_posix()
        edge = 2 if self.name is ThemeName.CONTRAST else 1
        return f"""
        QWidget#page {{ background: {t.page}; }}
        QFrame#card {{ background: {t.card}; border: {edge}px solid {t.line}; border-radius: 8px; }}
        QFrame#rail {{ background: {t.card}; border: 0; border-right: {edge}px solid {t.line}; }}
        QPushButton {{ background: {t.card}; color: {t.text}; border: {edge}px solid {t.line}; border-radius: 6px;
            padding: 0 {px(14)}px; min-height: {target}px; }}
        QPushButton:hover {{ border-color: {t.accent}; }}
        QPushButton:focus {{ border: 2px solid {t.accent}; }}
        QPushButton:disabled {{ color: {t.muted}; border-style: dashed; }}
        QPushButton[primary="true"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
            font-weight: 600; }}
        QPushButton[primary="true"]:focus {{ border: 3px solid {t.text}; }}
        QPushButton[primary="true"]:disabled {{ background: {t.accent_soft}; color: {t.muted}; }}
        QPushButton[filter="true"] {{ padding: 0 {px(10)}px; }}
        QPushButton[filter="true"]:checked {{ background: {t.accent_soft}; border-color: {t.accent};
            font-weight: 600; }}
        QFrame#drop {{ background: {t.card}; border: 2px dashed {t.line}; border-radius: 10px; }}
        QPushButton[choice="true"] {{ text-align: left; }}
        QPushButton[choice="true"][advised="true"] {{ background: {t.accent_soft}; border-color: {t.accent};
            font-weight: 600; }}
        QToolButton#rail {{ background: transparent; border: 0; border-radius: 8px; color: {t.muted};
            font-size: {round(8 * self.zoom / 100)}pt; }}
        QToolButton#rail:hover {{ color: {t.accent}; }}
        QToolButton#rail:focus {{ border: 2px solid {t.accent}; }}
        QToolButton#rail:checked {{ background: {t.accent_soft}; color: {t.accent}; font-weight: 600; }}
        QLineEdit, QComboBox, QSpinBox, QPlainTextEdit {{ background: {t.card}; color: {t.text};
            border: {edge}px solid {t.line}; border-radius: 6px; min-height: {max(40, px(28))}px; padding: 0 {px(8)}px;
            selection-background-color: {t.accent}; }}
        QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
        QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {t.accent}; }}
        QComboBox::drop-down {{ border: 0; width: {px(30)}px; }}
        QComboBox::down-arrow {{ image: url("{arrow}"); width: {px(20)}px; height: {px(20)}px; }}
        QTableView, QListView {{ background: {t.card}; border: {edge}px solid {t.line}; border-radius: 8px;
            gridline-color: {t.line}; outline: 0; }}
        QCheckBox::indicator, QListView::indicator, QTableView::indicator {{ width: {px(20)}px; height: {px(20)}px;
            background: {t.card}; border: {max(edge, 2)}px solid {t.muted}; border-radius: 4px; }}
        QCheckBox::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked {{
            border-color: {t.accent}; background: {ticked}; image: url("{tick}"); }}
        QCheckBox::indicator:focus {{ border-color: {t.accent}; }}
        QHeaderView::section {{ background: {t.page}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.line};
            padding: 4px 8px; }}
        QLabel#title {{ font-size: {round(17 * self.zoom / 100)}pt; font-weight: 700; }}
        QLabel#heading {{ font-size: {round(12 * self.zoom / 100)}pt; font-weight: 600; }}
        QLabel#muted {{ color: {t.muted}; }}
        QLabel#bad {{ color: {t.bad}; }}
        QLabel#warn {{ color: {t.warn}; }}
        QLabel#good {{ color: {t.good}; }}
        QProgressBar {{ background: {t.line}; border: 0; border-radius: 5px; min-height: 10px; max-height: 10px; }}
        QProgressBar::chunk {{ background: {t.accent}; border-radius: 5px; }}
        QScrollArea {{ border: 0; background: transparent; }}
        QStatusBar {{ background: {t.card}; color: {t.muted}; border-top: 1px solid {t.line}; }}
        """


def application() -> QApplication:
    """The program's own Qt, made when there is none. The style is asked for by word: one that Python touches costs
    as much as the gate's widgets do."""
    made = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(made, QApplication)
    return made


def load_fonts() -> None:
    """Make the bundled fonts known, each once: Qt would keep every copy. Their bytes are given, not their path:
    FreeType on Windows opens no file below a folder with Vietnamese letters."""
    for name in _FONTS:
        if not QFontDatabase.applicationFontFamilies(_LOADED.get(name, -1)):
            content = (RESOURCES / "fonts" / f"{name}.ttf").read_bytes()
            _LOADED[name] = QFontDatabase.addApplicationFontFromData(content)


def label(text: str, name: str = "", *, wrap: bool = False) -> QLabel:
    """A label styled by its object name: title, heading, muted, bad, warn, good."""
    widget = QLabel(text)
    widget.setObjectName(name)
    widget.setWordWrap(wrap)
    widget.setProperty("textFormat", _PLAIN_TEXT)
    return widget
