"""The desk's filter: village, household, kind, reason, field, who must act, standing; each choice with its count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame

from fieldtool.conflicts.queue import Wanted
from fieldtool.records.doubts import Standing, Who
from fieldtool.records.persons import DoubtKind
from fieldtool.ui.flow import Flow
from fieldtool.ui.office import Office

_PARTS = ("village", "household", "kind", "reason", "field", "who", "standing")
_MOST_HOUSES = 30


class DeskFilter(QFrame):
    """A row of boxes; hidden until it is asked for."""

    wanted = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        flow = Flow(self)
        self.boxes: dict[str, QComboBox] = {}
        self._houses: dict[str, str] = {}  # what a household is called, once it was asked
        for part in _PARTS:
            box = QComboBox()
            box.setAccessibleName(office.say(f"ui.desk.filter.{part}"))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)  # seven in one line at 100 %, in two at 150 %
            box.setMinimumHeight(office.look.px(44))
            box.activated.connect(lambda _index, part=part: self._chosen(part))
            self.boxes[part] = box
            flow.addWidget(box)
        self.hide()

    def fill(
        self, wanted: Wanted, counts: Mapping[str, Mapping[str, int]], doors: Mapping[str, int], here: str = ""
    ) -> None:
        """Offer what the lines of the filter hold, with counts, and show what is chosen. Of households the one in hand
        and those with most lines: `doors` counts them all, `here` is the one in hand."""
        counts = {**counts, "household": _first(doors, (wanted.household, here))}
        names = {village.id: village.name for village in self._office.people.villages()}
        for part, box in self.boxes.items():
            chosen = getattr(wanted, part)
            box.blockSignals(True)
            box.clear()
            if part == "standing":
                for code in ("open", *Standing, "any"):
                    box.addItem(self._office.say(f"standing.{code}"), str(code))
            else:
                box.addItem(self._office.say(f"ui.desk.filter.{part}"), "")
                found = dict(counts.get(part, {}))
                for code in _always(part):
                    found.setdefault(code, 0)
                for code, count in found.items():
                    if code:
                        box.addItem(f"{self._name(part, code, names)} ({count})", code)
            box.setCurrentIndex(max(box.findData(chosen), 0))
            box.blockSignals(False)

    def _name(self, part: str, code: str, villages: Mapping[str, str]) -> str:
        if part == "village":
            return villages.get(code, code)
        if part == "household":
            return self._house(code)
        if part == "reason":
            return reason_name(self._office, code)
        names: Mapping[str, Callable[[], str]] = {
            "kind": lambda: self._office.say(f"doubt.{code}"),
            "field": lambda: self._office.say(f"field.{code}"),
            "who": lambda: self._office.say(f"who.{code}"),
        }
        return names[part]()

    def _house(self, id: str) -> str:
        if id not in self._houses:
            house = self._office.people.household(id)
            self._houses[id] = self._office.say("ui.household_of", head=house.head, book=house.book) if house else id
        return self._houses[id]

    def _chosen(self, part: str) -> None:
        data = {part: str(box.currentData() or "") for part, box in self.boxes.items()}
        if part == "village":
            data["household"] = ""  # it may lie in another village
        self.wanted.emit(Wanted(**data))


def _first(doors: Mapping[str, int], wanted: Sequence[str]) -> dict[str, int]:
    """Some households in front, then those with most lines."""
    most = sorted((house for house in doors if house and doors[house]), key=lambda house: (-doors[house], house))[
        :_MOST_HOUSES
    ]
    return {house: doors.get(house, 0) for house in dict.fromkeys((*wanted, *most)) if house}


def _always(part: str) -> tuple[str, ...]:
    """Choices that are offered even when nothing of them is in the lines shown."""
    if part == "kind":
        return tuple(str(kind) for kind in DoubtKind)
    return tuple(str(who) for who in Who) if part == "who" else ()


def reason_name(office: Office, code: str) -> str:
    """A reason's short name: its own, or its sentence without what would fill it."""
    return office.wording.reason_name(code)
