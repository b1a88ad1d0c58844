"""What was recognised of each list of the file, all of it open to change, with the effect on its first rows below."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QSplitter, QVBoxLayout, QWidget

from fieldtool.intake.mappings import ListMapping, MappingSet
from fieldtool.records.fields import DocumentKind
from fieldtool.ui.import_steps.before_after import BeforeAfter
from fieldtool.ui.import_steps.column_table import ColumnTable
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.preview_list import ListView, Preview

_DEEPEST = 10_000


class MappingStep(QWidget):
    """Shows a preview and gathers the officer's corrections; `changed` asks for a new preview."""

    changed = Signal()
    wants_forgotten = Signal(str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._preview: Preview | None = None
        self._edits: dict[str, ListMapping] = {}
        self._common: ListMapping | None = None
        say, look = office.say, office.look
        self.told = label("", wrap=True)
        self.lists, self.kind = QComboBox(), QComboBox()
        for kind in DocumentKind:
            self.kind.addItem(say(f"kind.{kind}"), str(kind))
        self.first, self.last = QSpinBox(), QSpinBox()
        self.village = QLineEdit()
        self.village.setPlaceholderText(say("ui.mapping.village_hint"))
        self.village.setMinimumWidth(look.px(170))
        self.forget = office.button("ui.mapping.forget", "x", self._forget)
        self.columns = ColumnTable(office)
        self.rows = BeforeAfter(office)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.told)
        page.addLayout(self._choices())
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.columns)
        split.addWidget(self.rows)
        split.setSizes([300, 300])
        page.addWidget(split, 1)
        self._connect()

    def _choices(self) -> QVBoxLayout:
        """What holds for the whole list: in one line, or in two where large letters need the width of a screen."""
        say, look, lines = self._office.say, self._office.look, QVBoxLayout()
        upper = QHBoxLayout()
        lower = QHBoxLayout() if look.zoom > 100 else upper
        parts = (("list", self.lists), ("kind", self.kind), ("heading_rows", self.first), ("", self.last),
                 ("village", self.village))  # fmt: skip
        for code, widget in parts:
            row = upper if widget in (self.lists, self.kind) else lower
            if code:
                words = label(say(f"ui.mapping.{code}"))
                words.setBuddy(widget)
                words.setTextFormat(Qt.TextFormat.AutoText)  # shows the letter of its key
                row.addWidget(words)
            row.addWidget(widget)
        for spin in (self.first, self.last):
            spin.setRange(0, _DEEPEST)
            spin.setMinimumHeight(look.px(40))
            spin.setKeyboardTracking(False)
            spin.setFixedWidth(look.px(64))
        lower.addWidget(self.forget)
        for line in dict.fromkeys((upper, lower)):
            line.addStretch(1)
            lines.addLayout(line)
        return lines

    def _connect(self) -> None:
        self.lists.activated.connect(lambda _at: self._show_list())
        self.kind.activated.connect(lambda _at: self._edited())
        self.columns.changed.connect(self._edited)
        self.village.editingFinished.connect(self._village_edited)
        self.first.valueChanged.connect(self._heading_edited)
        self.last.valueChanged.connect(self._heading_edited)

    def start(self, mappings: MappingSet | None = None) -> None:
        """Begin anew, or with mappings from a file."""
        self._edits = dict(mappings.by_layout) if mappings else {}
        self._common = mappings.common if mappings else None

    def mappings(self) -> MappingSet | None:
        """What the officer said, None when he left everything as found."""
        return MappingSet(dict(self._edits), self._common) if self._edits or self._common else None

    def whole(self) -> MappingSet:
        """What is shown, corrected or not, for a file."""
        views = self._preview.lists if self._preview else ()
        found = {view.name: ListMapping.of(view.layout) for view in views if view.layout is not None}
        return MappingSet({**found, **self._edits})

    def show_preview(self, preview: Preview) -> None:
        """Show what was recognised; the list in hand stays in hand."""
        self._preview = preview
        at = max(self.lists.currentIndex(), 0)
        self.lists.clear()
        for number, view in enumerate(preview.lists, start=1):
            self.lists.addItem(view.sheet or f"{number}")
        self.lists.setCurrentIndex(at if at < len(preview.lists) else 0)
        self._show_list()

    def readable(self) -> bool:
        """Whether any list has a heading."""
        return self._preview is not None and any(view.layout is not None for view in self._preview.lists)

    def _view(self) -> ListView | None:
        at = self.lists.currentIndex()
        return self._preview.lists[at] if self._preview and 0 <= at < len(self._preview.lists) else None

    def _show_list(self) -> None:
        view = self._view()
        if view is None:
            return
        say, layout = self._office.say, view.layout
        given = self._edits.get(view.name, self._common)
        for widget in (self.first, self.last, self.kind, self.village):
            widget.blockSignals(True)
        first, last = layout.header_rows if layout else given.heading if given and given.heading else (0, 0)
        self.first.setValue(first)
        self.last.setValue(last)
        self.forget.setVisible(view.remembered)
        shared = self._preview is not None and sum(other.name == view.name for other in self._preview.lists) > 1
        self.village.setEnabled(layout is not None and not shared)
        self.columns.setVisible(layout is not None)
        if layout is None:
            self.told.setText(say("ui.mapping.no_heading", sheet=view.sheet))
        else:
            self.kind.setCurrentIndex(self.kind.findData(str(layout.kind)))
            self.village.setText(layout.village)
            self.told.setText(self._words(view))
            examples: dict[int, str] = {}
            for seen in view.rows:
                for column, text in enumerate(seen.cells):
                    if text:
                        examples.setdefault(column, text)
            self.columns.show_layout(layout, examples, given)
        for widget in (self.first, self.last, self.kind, self.village):
            widget.blockSignals(False)
        self.rows.show_list(view)

    def _words(self, view: ListView) -> str:
        say, layout = self._office.say, view.layout
        assert layout is not None
        unread = [column.heading for column in layout.columns if column.meaning is None and column.heading]
        parts = [say("ui.mapping.recognised" if layout.kind_sure else "ui.mapping.kind_assumed")]
        if layout.guessed:
            parts.insert(0, say("ui.mapping.guessed"))
        if view.remembered:
            parts.append(say("ui.mapping.remembered"))
        if unread:
            parts.append(say("ui.mapping.unknown", columns=", ".join(unread)))
        return " ".join(parts)

    def _edited(self) -> None:
        view = self._view()
        if view is None:
            return
        before = self._edits.get(view.name) or ListMapping({})
        now = self.columns.mapping() if view.layout is not None else ListMapping({})
        kind = str(self.kind.currentData() or "")
        self._edits[view.name] = dataclasses.replace(now, kind=kind, heading=before.heading, village=before.village)
        self.changed.emit()

    def _heading_edited(self) -> None:
        view, first = self._view(), self.first.value()
        if view is None or first < 1:
            return
        heading = (first, max(first, self.last.value()))
        # other rows are other columns: what was said of the old ones is void
        self._edits[view.name] = ListMapping({}, kind=str(self.kind.currentData() or ""), heading=heading)
        self.changed.emit()

    def _village_edited(self) -> None:
        view, text = self._view(), self.village.text().strip()
        if view is None or view.layout is None or text == view.layout.village:
            return
        before = self._edits.get(view.name) or ListMapping.of(view.layout)
        self._edits[view.name] = dataclasses.replace(before, village=text)
        self.changed.emit()

    def _forget(self) -> None:
        view = self._view()
        if view is not None:
            self.wants_forgotten.emit(view.name)
