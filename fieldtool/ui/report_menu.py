"""The weekly report's template, from the figures page: saved to be edited in Excel, the edited one put in force."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from fieldtool.ports import Progress
from fieldtool.ui.office import Office
from fieldtool.usecases.report_template import template_in_force
from fieldtool.usecases.weekly_report import use_template

_FILES = "Excel (*.xlsx)"


class TemplateButton(QPushButton):
    """A button with the three acts on the template."""

    def __init__(self, office: Office, page: QWidget) -> None:
        super().__init__(office.say("figures.template"))
        self._office, self._page = office, page
        self.setIcon(office.look.icon("file-import", "text"))
        menu = QMenu(self)
        for code, act in (
            ("figures.template.save", self.save),
            ("figures.template.use", self.use),
            ("figures.template.shipped", self.take_back),
        ):
            menu.addAction(office.say(code)).triggered.connect(lambda _on=False, act=act: act())
        self.setMenu(menu)

    def save(self, out: Path | None = None) -> None:
        """Write the template in force, to be edited."""
        if out is None:
            title = self._office.say("figures.template.save")
            chosen, _ = QFileDialog.getSaveFileName(self._page, title, "mau-bao-cao-tuan.xlsx", _FILES)
            if not chosen:
                return
            out = Path(chosen)
        home, target = self._office.home, out

        def act(progress: Progress) -> Path:
            return home.sticks.write_proved(target.parent, target.name, template_in_force(home).content)

        self._office.do(act, lambda file: self._told("cli.print.done", file=file.name))

    def use(self, file: Path | None = None) -> None:
        """Put an edited template in force; one with a wrong name is refused with its cell."""
        if file is None:
            chosen, _ = QFileDialog.getOpenFileName(self._page, self._office.say("figures.template.use"), "", _FILES)
            if not chosen:
                return
            file = Path(chosen)
        home, templates, chosen_file = self._office.home, self._office.outputs.templates(), file
        self._office.do(
            lambda progress: use_template(home, templates, chosen_file),
            lambda _none: self._told("report.template.used", file=chosen_file.name),
        )

    def take_back(self) -> None:
        """The program's own template again."""
        home, templates = self._office.home, self._office.outputs.templates()
        self._office.do(
            lambda progress: use_template(home, templates, None),
            lambda _none: self._told("report.template.used", file="—"),
        )

    def _told(self, code: str, **values: object) -> None:
        self._office.news.said.emit(self._office.say(code, **values))
