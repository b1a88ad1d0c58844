"""The four words as figures: each number opens its list, each line of a list the visit or the desk; plots, report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fieldtool.ports import Progress
from fieldtool.records.fields import Field
from fieldtool.records.work import FactLine
from fieldtool.ui.figure_rows import WHOLE, FigureRow, figure_rows
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.plots import Bars, Plot, Trend
from fieldtool.ui.report_menu import TemplateButton
from fieldtool.ui.village_choice import VillageBox
from fieldtool.usecases import four_words, work_case
from fieldtool.usecases.behind_figures import behind
from fieldtool.usecases.four_words import LEADING, FourWords
from fieldtool.usecases.look_back import TrendWeek, look_back
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import today, today_of
from fieldtool.usecases.week_work import week_work
from fieldtool.usecases.weekly_report import WeeklyReport, weekly_report

_AGES = (("0–3", 3), ("4–7", 7), ("8–14", 14), ("15–30", 30), ("> 30", 10_000))
_HEADS = ("sheet", "cell", "value", "of", "query", "village")


@dataclass(frozen=True, slots=True)
class _Read:
    words: FourWords
    work: Mapping[str, tuple[int, int]]
    ages: list[int]


class FiguresPage(QWidget):
    """Counts at the left, the list behind the chosen one in the middle, plots at the right."""

    guide = "figures"  # the page of the user guide that F1 opens

    wants_household = Signal(str)
    wants_desk = Signal(str)
    wants_case = Signal(str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self.words: FourWords | None = None
        self.rows: list[FigureRow] = []
        self._people: Sequence[FactLine] = ()
        self._build()

    def _build(self) -> None:
        say, look = self._office.say, self._office.look
        self.villages = VillageBox(self._office)
        self.villages.currentIndexChanged.connect(lambda _row: self.refresh())
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(
            [say(f"print.figures.{name}") for name in ("what", "count", "of", "share")]
        )
        self.table.setAccessibleName(say("ui.rail.figures"))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setMinimumWidth(look.px(330))
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 66), (2, 84), (3, 70)):
            self.table.setColumnWidth(column, look.px(width))
        self.table.currentCellChanged.connect(lambda row, column, *_rest: self.open_cell(row, column))
        self._which, self.list = label(say("figures.choose"), "heading", wrap=True), QListWidget()
        self.list.setAccessibleName(say("figures.list"))
        self.list.setWordWrap(True)  # large letters wrap; a name is never cut
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._activated)
        left = QVBoxLayout()
        left.addWidget(self.villages)
        left.addWidget(self.table, 1)
        row = QHBoxLayout()
        report = self._office.button("figures.report", "file-import", self.write_report, primary=True)
        pictures = self._office.button("figures.picture", "download", self.save_pictures)
        self.template = TemplateButton(self._office, self)
        for button, keys in ((report, "Ctrl+R"), (pictures, "Ctrl+S")):
            button.setShortcut(keys)
        left.addWidget(report)
        for button in (self.template, pictures):
            row.addWidget(button)
        left.addLayout(row)
        middle = QVBoxLayout()
        middle.addWidget(self._which)
        middle.addWidget(self.list, 1)
        middle.addWidget(label(say("figures.hint"), "muted", wrap=True))
        page = QHBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 8)
        page.setSpacing(10)
        page.addLayout(left, 5)
        page.addLayout(middle, 3)
        page.addWidget(self._plots(), 4)

    def _plots(self) -> QWidget:
        say, look = self._office.say, self._office.look
        self.coverage = Plot(look, say("figures.coverage"))
        self.ages = Plot(look, say("figures.ages"))
        self.trend = Plot(look, say("figures.trend"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        for plot in (self.coverage, self.ages, self.trend):
            column.addWidget(plot)
        self.told_back = label("", "muted", wrap=True)
        self.told_back.hide()
        column.addStretch(1)
        holder = QWidget()
        holder.setLayout(column)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        side = QWidget()
        under = QVBoxLayout(side)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(scroll, 1)
        under.addWidget(self.told_back)  # what the trend cannot say stands under it, not below the fold
        return side

    def showEvent(self, event: object) -> None:
        """Count when the page is looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.villages.read()
        self.refresh()

    def refresh(self) -> None:
        """Count anew, off the window's thread."""
        home, village = self._office.home, self.villages.chosen()

        def read(progress: Progress) -> _Read:
            day = today(home).day
            words = four_words.four_words(seen_work(home, home.work), day, village)
            cases = work_case.list_cases(home, "", village)
            work = week_work(seen_work(home, home.work), day, village, cases)
            return _Read(words, work, [item.used for item in cases])

        self._office.worker.submit(read, self._show, self._office.news.failed.emit)

    def _show(self, read: _Read) -> None:
        self.words = read.words
        self.rows = list(figure_rows(read.words.total, read.work, self._office.wording))
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.rows))
        for place, row in enumerate(self.rows):
            self._line(place, row.texts, heading=row.heading)
        self.table.blockSignals(False)
        if self._office.look.zoom > 100:  # large letters wrap rather than lose their end
            self.table.resizeRowsToContents()
        self._show_plots(read)

    def _line(self, row: int, texts: Sequence[str], *, heading: bool = False) -> None:
        for column, text in enumerate(texts):
            cell = QTableWidgetItem(text)
            if heading:
                cell.setFont(self._office.look.data_font(1.0, bold=True))
                cell.setFlags(Qt.ItemFlag.NoItemFlags)
                cell.setForeground(self._office.look.color("accent"))
            if column:
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, cell)

    def _show_plots(self, read: _Read) -> None:
        names = {village.id: village.name for village in self._office.people.villages()}
        code = "sure.visited"
        shown = [(names.get(id, "—"), *counts.get(code, (0, 0))) for id, counts in read.words.villages.items()]
        self.coverage.show_drawing(Bars(sorted(shown)))
        bounds = [0, *(end + 1 for _, end in _AGES[:-1])]
        ages = [
            (name, sum(start <= used <= end for used in read.ages), 0)
            for (name, end), start in zip(_AGES, bounds, strict=True)
        ]
        self.ages.show_drawing(Bars(ages))
        self._look_back()

    def _look_back(self) -> None:
        """The weeks are a job of their own: the page shows its counts before."""
        home, village = self._office.home, self.villages.chosen()
        self._office.worker.submit(
            lambda progress: look_back(home, village, progress=progress),
            self._show_weeks,
            self._office.news.failed.emit,
        )

    def _show_weeks(self, weeks: Mapping[str, TrendWeek]) -> None:
        say = self._office.say
        lines: dict[str, list[float | None]] = {}
        for word, code in {**LEADING, "sure": "sure.visited"}.items():
            pairs = [told.counts.get(code) for told in weeks.values()]
            lines[say(f"word.{word}")] = [pair[0] / pair[1] if pair and pair[1] else None for pair in pairs]
        self.trend.show_drawing(Trend(list(weeks), lines))
        worked_out = any(told.worked_out for told in weeks.values())
        self.told_back.setText(say("figures.worked_out") if worked_out else "")
        self.told_back.setVisible(worked_out)

    def open_cell(self, row: int, column: int = WHOLE) -> None:
        """Open the list behind a number; behind a row's name those who still want work."""
        wanted = self.rows[row].opens[max(column, WHOLE)] if 0 <= row < len(self.rows) else None
        if wanted is None:
            return
        code, rest = wanted
        day = today_of(self._office.home.clock, self._office.work, self._office.home.card.device).day
        village = self.villages.chosen()
        self._people = behind(self._office.work, code, day, village, rest=rest)
        say = self._office.say
        words = "figures.rest" if rest else "figures.counted"
        what = self.rows[row].name
        if code.endswith((":of", ":last", ":late")):
            what = f"{what} · {say('figures.view.' + code.rpartition(':')[2])}"
        self._which.setText(say(words, what=what, count=len(self._people)))
        self.list.clear()
        for place, fact in enumerate(self._people[:2000]):
            more = ", ".join(say(f"field.{name}") for name in fact.missing) if code == "full.filled" else ""
            more = say("figures.days", days=fact.days) if fact.days is not None else more
            field = say(f"field.{fact.about}") if fact.about in set(Field) else ""
            under = " · ".join(part for part in (fact.dob, fact.village_name, more, field) if part)
            line = QListWidgetItem(f"{fact.name or '—'}\n{under}")
            line.setData(Qt.ItemDataRole.UserRole, place)
            self.list.addItem(line)
        home = self._office.home
        self._office.worker.submit(
            lambda progress: home.log.note("view", f"figure {code} {village}".strip()),
            lambda _done: None,
            self._office.news.failed.emit,
        )

    def _activated(self, item: QListWidgetItem) -> None:
        fact = self._people[int(item.data(Qt.ItemDataRole.UserRole))]
        if self._office.work.case(fact.about) is not None:
            self.wants_case.emit(fact.about)
        elif fact.household:
            self.wants_household.emit(fact.household)
        else:
            self.wants_desk.emit(fact.person)

    def write_report(self, out: Path | None = None) -> None:
        """Write the weekly workbook and its PDF beside it."""
        say = self._office.say
        if out is None:
            chosen, _ = QFileDialog.getSaveFileName(self, say("figures.report"), "bao-cao-tuan.xlsx", "Excel (*.xlsx)")
            if not chosen:
                return
            out = Path(chosen)
        home, outputs, target, words = self._office.home, self._office.outputs, out, self._office.wording.say
        heads = [say(f"sources.{item}") for item in _HEADS]

        def act(progress: Progress) -> WeeklyReport:
            made = weekly_report(home, outputs.templates(), heads=heads, progress=progress)
            home.sticks.write_proved(target.parent, target.name, made.content)
            home.sticks.write_proved(target.parent, target.stem + ".pdf", outputs.weekly(home, made, words))
            return made

        def done(made: WeeklyReport) -> None:
            self._office.news.said.emit(say("cli.report.done", file=target.name, week=made.week))
            self.refresh()

        self._office.do(act, done)

    def save_pictures(self, folder: Path | None = None) -> None:
        """Save the three plots as pictures."""
        if folder is None:
            chosen = QFileDialog.getExistingDirectory(self, self._office.say("figures.picture"))
            if not chosen:
                return
            folder = Path(chosen)
        made: list[tuple[str, bytes]] = []
        for name, plot in (("phu-theo-ban", self.coverage), ("tuoi-ho-so", self.ages), ("xu-huong", self.trend)):
            picture = QByteArray()
            buffer = QBuffer(picture)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            plot.picture().save(buffer, "PNG")  # type: ignore[call-overload]
            made.append((f"{name}.png", bytes(picture.data())))
        sticks, target = self._office.home.sticks, folder

        def act(progress: Progress) -> Path:
            for name, content in made:
                sticks.write_proved(target, name, content)
            return target

        self._office.do(act, self._pictures_saved)

    def _pictures_saved(self, folder: Path) -> None:
        self._office.news.said.emit(self._office.say("cli.print.done", file=folder.name))
