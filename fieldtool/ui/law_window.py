"""The table of legal roads and the texts of the forms, to look at, save, change outside and load again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fieldtool.conflicts.law import COLUMNS, FORMS, Rule
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases import unit_texts
from fieldtool.usecases.review_queue import law_of

_LAW = "law"


class LawWindow(QDialog):
    """One box to choose table or form; save, load, back to the shipped one; faults by their row."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self.setWindowTitle(office.say("ui.law.title"))
        self.resize(1000, 600)
        self.which = QComboBox()
        self.which.setAccessibleName(office.say("ui.law.title"))
        self.which.setMinimumHeight(office.look.px(44))
        self.which.addItem(office.say("ui.law.table"), _LAW)
        for form in FORMS:
            self.which.addItem(office.say(f"form.{form}"), form)
        self.which.activated.connect(lambda _index: self.refresh())
        buttons = QHBoxLayout()
        buttons.addWidget(self.which, 1)
        buttons.addWidget(office.button("ui.law.save", "download", self._ask_save))
        buttons.addWidget(office.button("ui.law.load", "upload", self._ask_load))
        buttons.addWidget(office.button("ui.law.reset", "arrow-back-up", self.reset))
        self.told = label("", "muted", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels([office.say(f"ui.law.column.{name}") for name in COLUMNS])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, office.look.px(width))
        self.table.setColumnHidden(COLUMNS.index("text"), True)  # the unit's own sentence stands in the first column
        self.table.setWordWrap(True)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        column = QVBoxLayout(self)
        column.addLayout(buttons)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addWidget(self.text, 1)

    def refresh(self) -> None:
        """Show what is in force."""
        which, people = str(self.which.currentData()), self._office.people
        self.table.setVisible(which == _LAW)
        self.text.setVisible(which != _LAW)
        if which != _LAW:
            own = bool(people.kept(f"form.{which}"))
            self.text.setPlainText(unit_texts.template_text(people, which))
        else:
            law = law_of(people)
            own = law.own
            self.table.setRowCount(len(law.rules))
            for row, rule in enumerate(law.rules):
                for place, (text, code) in enumerate(zip(_cells(rule, self._office), _codes(rule), strict=True)):
                    item = QTableWidgetItem(text)
                    item.setToolTip(f"{text} [{code}]" if code else text)  # the code is what the file has
                    self.table.setItem(row, place, item)
            self.table.resizeRowsToContents()
        self.told.setText(self._office.say("ui.law.own" if own else "ui.law.shipped"))

    def _ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self._office.say("ui.law.save"), self._file_name())
        if name:
            self.save(Path(name))

    def save(self, file: Path) -> None:
        """Write what is in force to a file, to be changed there."""
        which, people = str(self.which.currentData()), self._office.people
        text = unit_texts.law_text(people) if which == _LAW else unit_texts.template_text(people, which)
        try:
            file.write_text(text, encoding="utf-8-sig" if which == _LAW else "utf-8")  # Excel wants the mark
        except OSError as trouble:
            self.told.setText(str(trouble))
            return
        self.told.setText(self._office.say("ui.law.saved", file=file))

    def _ask_load(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self._office.say("ui.law.load"))
        if name:
            self.load(Path(name))

    def load(self, file: Path) -> None:
        """Put a changed file in force, or tell every fault by its row."""
        which, home = str(self.which.currentData()), self._office.home
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as trouble:
            self.told.setText(str(trouble))
            return

        def keep(_progress: object) -> None:
            if which == _LAW:
                unit_texts.keep_law(home, text, file=file.name)
            else:
                unit_texts.keep_template(home, which, text, file=file.name)

        self._office.worker.submit(keep, lambda _done: self._changed(), self._refused)

    def reset(self) -> None:
        """Back to what came with the program."""
        which, home = str(self.which.currentData()), self._office.home

        def back(_progress: object) -> None:
            if which == _LAW:
                unit_texts.reset_law(home)
            else:
                unit_texts.reset_template(home, which)

        self._office.worker.submit(back, lambda _done: self._changed(), self._refused)

    def _changed(self) -> None:
        self.refresh()
        self._office.news.changed.emit()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, FieldtoolError):
            self._office.news.failed.emit(error)
            return
        family = "law_issue" if self.which.currentData() == _LAW else "template_issue"
        issues = error.values.get("issues")
        lines = [self._office.wording.error(error)[0]]
        for issue in issues if isinstance(issues, tuple) else ():
            where = getattr(issue, "row", "") or getattr(issue, "where", "")
            lines.append(f"{where}: {self._office.say(f'{family}.{issue.code}', detail=issue.detail)}")
        self.told.setText("\n".join(lines))

    def _file_name(self) -> str:
        which = str(self.which.currentData())
        return "duong-phap-ly.csv" if which == _LAW else f"{which}.toml"


_ANY = "*"  # a row of any subject or reason
_WIDTHS = (300, 130, 180, 110, 110, 120, 130, 150, 170, 180, 150)  # of COLUMNS, at 100 % text


def _codes(rule: Rule) -> tuple[str, ...]:
    """What the file has in each column; "" where the words are the file's own."""
    subject, reasons = (" ".join(sorted(part)) for part in (rule.subject, rule.reasons))
    papers = (rule.paper, rule.against, rule.birth, rule.prevails)
    return (rule.code, subject, reasons, *papers, rule.who, rule.form, "", rule.certainty, "")


def _cells(rule: Rule, office: Office) -> list[str]:
    say = office.say
    code = rule.text or say(f"road.{rule.code}")
    fields = set(Field)
    names = [say(f"field.{name}" if name in fields else f"doubt.{name}") for name in sorted(rule.subject - {_ANY})]
    reasons = [office.wording.reason_name(reason) for reason in sorted(rule.reasons - {_ANY})]
    return [
        code,
        ", ".join(names) or say("ui.law.any_subject"),
        ", ".join(reasons) or say("ui.law.any_reason"),
        say(f"kind.{rule.paper}") if rule.paper else "",
        say(f"kind.{rule.against}") if rule.against else "",
        say(f"ui.law.birth.{rule.birth}") if rule.birth else "",
        say(f"ui.law.prevails.{rule.prevails}"),
        say(f"who.{rule.who}"),
        say(f"form.{rule.form}") if rule.form else "",
        rule.source,
        say(f"certainty.{rule.certainty}"),
        rule.text,
    ]
