"""Workbooks broken in every way at random for the strict reader: rows, or one named refusal, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from random import Random

from fieldtool.bundles.manifest import CHANGES, SHEET
from fieldtool.excel.bundle_reader import BundleReader
from fieldtool.excel.bundle_writer import write_workbook
from fieldtool.ports import Row
from fieldtool.records.errors import FieldtoolError

_ROWS = [("stt", "gia_tri"), ("1", "Lô Thị Mùa"), ("2", "a <b> & c"), ("3", "dòng\nhai"), ("4", "=1+1", "", "x" * 40)]
_PIECES = (
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"&x;", b"&#0;", b"&#xD800;", b"&amp;", b"<f>1+1</f>", b' t="s"',
    b' t="n"', b' t="e"', b"<v>0</v>", b"<is><t>", b"</t></is>", b'<c r="A1048577">', b'<c r="ZZZZ1">',
    b'<row r="0">', b'<row r="-1">', b"</row>", b"</sheetData>", b"<?xml version='1.1'?>", b"<?pi x?>", b"<!--",
    b"-->", b"<![CDATA[", b"]]>", b"\xff\xfe", b"\0", b"xmlns=''", b"<hyperlink/>", b"<mergeCell ref='A1:B2'/>",
    b' s="9999999999"', b"\xf0\x9d\x92\xb3", b"1e400", b"_x0041_",
)  # fmt: skip


def parts() -> dict[str, bytes]:
    """The parts of a small bundle's workbook."""
    content, _ = write_workbook((SHEET, CHANGES), _ROWS, lambda: [("khoa", "gia_tri"), ("a", "b")])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def broken(random: Random, given: dict[str, bytes]) -> bytes:
    """A workbook with a part changed in one to four places, or with bytes of the package itself changed."""
    names = list(given)
    name = random.choice(names)
    content = bytearray(given[name])
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(content) + 1)
        kind = random.randrange(6)
        if kind == 0 and place < len(content):
            content[place] ^= 1 << random.randrange(8)
        elif kind == 1:
            del content[place : place + random.randrange(1, 40)]
        elif kind == 2:
            content[place:place] = random.choice(_PIECES)
        elif kind == 3:
            content[place:place] = content[place : place + random.randrange(1, 60)]
        elif kind == 4:
            other = given[random.choice(names)]
            start = random.randrange(len(other))
            content[place:place] = other[start : start + random.randrange(1, 80)]
        else:
            content[place : place + 3] = random.choice(_PIECES)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for part in names:
            package.writestr(zipfile.ZipInfo(part), bytes(content) if part == name else given[part])
    whole = bytearray(buffer.getvalue())
    if random.random() < 0.1:
        for _ in range(random.randint(1, 3)):
            whole[random.randrange(len(whole))] = random.randrange(256)
    return bytes(whole)


def answer(reader: BundleReader, quick: bool) -> tuple[str, list[Row]]:
    """What a lane of the reader says of a workbook: "read" and its rows, or the code of its refusal."""
    rows: list[Row] = []
    try:
        for sheet in (SHEET, CHANGES):
            for row, cells in reader.rows(sheet, quick):
                if not (type(row) is int and all(type(cell) is str for cell in cells)):
                    raise TypeError(f"{row} {cells}")
                rows.append((row, cells))
        return "read", rows
    except FieldtoolError as refused:
        return str(refused.code), []


def fuzz(count: int, seed: int) -> Iterator[str]:
    """For each broken workbook what became of it: "read", or the code of its refusal. Anything else is raised, and so
    is a workbook of which the quick lane and the strict reader say different things."""
    random, given = Random(seed), parts()
    for _ in range(count):
        try:
            reader = BundleReader(broken(random, given), (SHEET, CHANGES))
        except FieldtoolError as refused:
            yield str(refused.code)
            continue
        said = answer(reader, quick=True)
        if said != answer(reader, quick=False):
            raise TypeError(f"two answers: {said[0]}")
        yield said[0]
