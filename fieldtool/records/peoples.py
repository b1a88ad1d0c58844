"""The 54 peoples by name, never by bare number: two different numeric lists circulate (reference/domain.md 3)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.records.tables import table_text
from fieldtool.records.vietnamese import fold

LIST_A = "A"  # QĐ 121-TCTK/PPCĐ 2/3/1979
LIST_B = "B"  # the later statistics-office list, ordered by size
# Local groups that papers name as peoples of their own; officially they belong to another.
_SUBGROUPS = {"dan lai": "Đan Lai", "ly ha": "Ly Hà", "tay pong": "Tày Poọng", "tay poong": "Tày Poọng"}
_PARTS = re.compile(r"[()/,;:\[\]]|\s[-–]\s|^\d+\W+")
_PREFIX = re.compile(r"^(?:dan toc|dt|nguoi|toc) ")


@dataclass(frozen=True, slots=True)
class People:
    """One of the 54 peoples: canonical name and its number in both lists."""

    name: str
    code_a: str
    code_b: str


@lru_cache(maxsize=4096)
def parse_people(text: str, list_id: str = "") -> tuple[People | None, str]:
    """The people a text names and the local group, if it names one.

    A bare number is read only when its list is given ("A" or "B"): "29" is Khơ-mú in one and another people in the
    other.
    """
    plain = _key(text)
    if plain.isdigit():
        table = {LIST_A: _by_code_a, LIST_B: _by_code_b}.get(list_id)
        return (table().get(plain.zfill(2)) if table else None), ""
    people = _by_name().get(plain)
    if people is not None:
        return people, _SUBGROUPS.get(plain, "")
    # "Thổ (Đan Lai)", "Dân tộc Thái", "29 - Khơ Mú": the name stands among other words.
    parts = [_PREFIX.sub("", _key(part)) for part in _PARTS.split(text)]
    found = {_by_name()[part] for part in parts if part in _by_name()}
    subgroup = next((_SUBGROUPS[part] for part in parts if part in _SUBGROUPS), "")
    return (found.pop() if len(found) == 1 else None), subgroup


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text).replace("'", "").replace("’", "")).strip()


@lru_cache(maxsize=1)
def _rows() -> list[tuple[People, list[str]]]:
    rows = []
    for row in csv.DictReader(io.StringIO(table_text("codes/ethnic_codes.csv"))):
        name = re.sub(r"\s*\(.*\)", "", row["name"]).strip()
        also = re.findall(r"\((.*)\)", row["name"]) + row["aliases"].split(";")
        people = People(name, row["code_list_A_121TCTK_1979"], row["code_list_B_later_TCTK"])
        rows.append((people, [name, *also]))
    return rows


@lru_cache(maxsize=1)
def _by_name() -> dict[str, People]:
    table: dict[str, People] = {}
    for people, names in _rows():
        for name in names:
            key = _key(name)
            for form in {key, key.replace(" ", "")} - {""}:
                table.setdefault(form, people)
    return table


@lru_cache(maxsize=1)
def _by_code_a() -> dict[str, People]:
    return {people.code_a: people for people, _ in _rows()}


@lru_cache(maxsize=1)
def _by_code_b() -> dict[str, People]:
    return {people.code_b: people for people, _ in _rows()}
