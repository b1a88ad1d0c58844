"""What would become, or became, of every row: counts that filter, the table, and the row in hand in full words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QTableView, QVBoxLayout, QWidget

from fieldtool.ui.import_steps.verdict_model import VerdictModel
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.import_list import ImportOutcome
from fieldtool.usecases.row_verdicts import Verdict, VerdictPages

_WIDTHS = (120, 60, 100, 190, 80, 330, 330)
_CHOICES = ("all", *(str(verdict) for verdict in Verdict), "remarked")


class VerdictStep(QWidget):
    """The verdicts of a dry run or of an import."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._pages = VerdictPages()
        self.told = label("", wrap=True)
        self.findings = label("", "warn", wrap=True)
        self.findings.hide()
        self.filters: dict[str, QPushButton] = {}
        self.model = VerdictModel(office.look, office.wording)
        self.table = self._table()
        self._detail = label("", wrap=True)
        self._detail.setMinimumHeight(office.look.px(64))
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.told)
        page.addWidget(self.findings)
        page.addLayout(self._filters())
        page.addWidget(self.table, 1)
        page.addWidget(self._detail)

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        group = QButtonGroup(self)
        for place, choice in enumerate(_CHOICES):
            button = QPushButton(self._words(choice))
            button.setCheckable(True)
            button.setProperty("filter", True)
            group.addButton(button)
            button.clicked.connect(lambda _checked=False, choice=choice: self.choose(choice))
            button.setShortcut(f"Alt+{place + 1}")
            button.setToolTip(f"Alt+{place + 1}")
            self.filters[choice] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _table(self) -> QTableView:
        look = self._office.look
        table = QTableView()
        table.setModel(self.model)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, look.px(width))
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look.px(34))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(self._office.say("ui.verdicts.table"))
        table.selectionModel().currentRowChanged.connect(self._show_detail)
        return table

    def show_outcome(self, outcome: ImportOutcome, pages: VerdictPages) -> None:
        """Show a dry run or an import; what needs a look comes first."""
        say = self._office.say
        self._pages = pages
        names = ("rows", "added", "unchanged", "parked", "refused")
        kinds = ", ".join(say(f"kind.{kind}") for kind in outcome.kinds) or "—"
        counts = say("ui.import.counts", **{name: getattr(outcome, name) for name in names})
        said = (
            say("ui.import.recognised", kinds=kinds)
            if outcome.dry_run
            else say("ui.import.done", added=outcome.added, file=outcome.file)
        )
        self.told.setText(f"{said}\n{counts}")
        numbers = {"all": outcome.rows, "remarked": len(pages.places(remarked=True))}
        for choice, button in self.filters.items():
            count = numbers[choice] if choice in numbers else int(getattr(outcome, choice))
            button.setText(f"{self._words(choice)} {count:,}")
            button.setEnabled(count > 0)
        first = "refused" if outcome.refused else "parked" if outcome.parked else "all"
        self.choose(first)

    def _words(self, choice: str) -> str:
        return self._office.say(f"verdict.{choice}" if choice in set(Verdict) else f"ui.verdicts.{choice}")

    def choose(self, choice: str) -> None:
        """Show the rows of one verdict, of all, or those with a remark."""
        self.filters[choice].setChecked(True)
        verdict = Verdict(choice) if choice in set(Verdict) else None
        self.model.show_verdicts(self._pages, verdict, remarked=choice == "remarked")
        self._detail.setText(self._office.say("ui.verdicts.pick") if self.model.rowCount() else "")
        if self.model.rowCount():
            self.table.selectRow(0)

    def _show_detail(self, current: QModelIndex, _previous: QModelIndex) -> None:
        told = self.model.verdict(current.row())
        if told is None:
            return
        wording = self._office.wording
        lines = [" · ".join(f"{wording.say(f'field.{field}')}: {text}" for field, text in told.raw.items())]
        for issue in told.issues:
            what, then = wording.issue(issue.code, issue.text)
            place = f"{issue.cell}: " if issue.cell else ""
            lines.append(f"{place}{what} → {then}")
        self._detail.setText("\n".join(lines))
