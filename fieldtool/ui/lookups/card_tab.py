"""A card: its QR code's text scanned or pasted, or a picture of it; its fields, flags, and whom the home knows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldtool.machine.card_images import read_code
from fieldtool.ui.look import label
from fieldtool.ui.lookups.answers import Answer, field, form_of
from fieldtool.ui.office import Office
from fieldtool.usecases.read_card import CardAnswer, look_at_card


class CardTab(QWidget):
    """A scanner in keyboard mode types into the line and presses Enter."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        form = form_of()
        self.text = field(office, form, "ui.lookup.card.text", "ui.lookup.card.hint")
        self.text.setMaxLength(2000)
        self.text.returnPressed.connect(self.read)
        self.answer = Answer(office)
        buttons = QHBoxLayout()
        buttons.addWidget(office.button("ui.lookup.card.read", "id-badge-2", self.read, primary=True))
        buttons.addWidget(office.button("ui.lookup.card.image", "folder-open", self._choose))
        buttons.addStretch(1)
        page = QVBoxLayout(self)
        page.addWidget(label(office.say("ui.lookup.card.tell"), "muted", wrap=True))
        page.addLayout(form)
        page.addLayout(buttons)
        page.addWidget(self.answer, 1)

    def read(self) -> None:
        """Read what was scanned; the line is selected, so that the next scan replaces it."""
        self.answer.ask(lambda: self._lines(look_at_card(self.text.text(), self._office.people)))
        self.text.selectAll()
        self.text.setFocus()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self._office.say("ui.lookup.card.picture"), "", "*.png *.jpg *.jpeg *.bmp *.webp"
        )
        if name:
            self.read_picture(Path(name))

    def read_picture(self, path: Path) -> None:
        """Read the code on a picture; the picture is not kept."""
        self.answer.ask(lambda: self._lines(look_at_card(read_code(path), self._office.people)))

    def _lines(self, answer: CardAnswer) -> list[str]:
        say = self._office.say
        lines = [f"{say(f'field.{name}')}: {text}" for name, text in answer.fields.items()]
        lines += [f"⚠ {say(f'card_flag.{flag}')}" for flag in answer.card.flags]
        lines += [f"⚠ {say(f'finding.{item.code}', **item.values)}" for item in answer.findings]
        lines.append("")
        if answer.holders:
            lines.append(say("ui.lookup.card.known"))
            lines += [f"  {line.name} · {line.dob} · {line.village_name}" for line in answer.holders]
        else:
            lines.append(say("ui.lookup.card.unknown"))
        return lines
