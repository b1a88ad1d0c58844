"""Numbers: what one number says, and what the numbers of the whole home have against one another."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldtool.records.number_findings import findings
from fieldtool.ui.look import label
from fieldtool.ui.lookups.answers import Answer, field, form_of
from fieldtool.ui.office import Office
from fieldtool.usecases.check_numbers import check_numbers


class NumbersTab(QWidget):
    """Answers as one types; below stand the findings over the whole home."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        form = form_of()
        self.number = field(office, form, "ui.lookup.number.text")
        self.birth = field(office, form, "ui.lookup.number.dob")
        self.number.textChanged.connect(lambda _text: self.look())
        self.birth.textChanged.connect(lambda _text: self.look())
        self.answer, self.whole = Answer(office), Answer(office)
        page = QVBoxLayout(self)
        page.addLayout(form)
        page.addWidget(self.answer, 1)
        page.addWidget(label(office.say("ui.lookup.number.whole"), "heading"))
        page.addWidget(self.whole, 2)

    def look(self) -> None:
        """What the typed number says."""
        say, text = self._office.say, self.number.text().strip()
        found = findings(text, self.birth.text()) if text else ()
        lines = [say(f"finding.{item.code}", **item.values) for item in found]
        self.answer.show_lines(lines or ([say("cli.number.nothing")] if text else []))

    def refresh(self) -> None:
        """The findings over the home; read from what is kept beside the persons."""
        say, report = self._office.say, check_numbers(self._office.people)
        lines = [say("cli.check_numbers.done", count=len(report.findings))]
        for finding in report.findings:
            lines.append(f"• {say(f'finding.{finding.code}', **finding.values)}")
            persons = [report.persons[id] for id in finding.persons if id in report.persons]
            lines += [f"      {line.name} · {line.dob} · {line.village_name}" for line in persons]
        self.whole.show_lines(lines)
