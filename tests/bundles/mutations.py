"""Ways to spoil a bundle, and what may come of it: refused in plain words, or read with the very same content."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fieldtool.bundles.canonical import leaf_and_code
from fieldtool.bundles.rows import SIGNED
from fieldtool.excel.bundle_books import SHEETS
from fieldtool.excel.bundle_reader import BundleReader
from fieldtool.excel.bundle_writer import write_workbook
from fieldtool.ports import Home
from fieldtool.records.errors import FieldtoolError
from fieldtool.usecases.prove_bundle import prove

Rows = list[list[str]]


@dataclass(frozen=True)
class Sample:
    """A good bundle in all its shapes, and another one of the same maker."""

    sealed: bytes
    workbook: bytes
    manifest: Rows
    changes: Rows
    other_manifest: Rows
    other_changes: Rows


def read_sheets(workbook: bytes) -> tuple[Rows, Rows]:
    reader = BundleReader(workbook, SHEETS)
    manifest, changes = ([list(cells) for _, cells in reader.rows(sheet)] for sheet in SHEETS)
    return manifest, changes


def build(manifest: Rows, changes: Rows) -> bytes:
    return write_workbook(SHEETS, map(tuple, changes), lambda: map(tuple, manifest))[0]


def spoiled_bytes(good: bytes, rng: random.Random) -> bytes:
    content = bytearray(good)
    for _ in range(rng.choice((1, 1, 2, 8))):
        place = rng.randrange(max(len(content), 1))
        act = rng.randrange(5)
        if act == 0:
            content[place : place + 1] = bytes([rng.randrange(256)])
        elif act == 1:
            content[place : place + 1] = bytes([content[place] ^ (1 << rng.randrange(8))]) if content else b""
        elif act == 2:
            del content[place : place + rng.choice((1, 2, 512))]
        elif act == 3:
            content[place:place] = rng.randbytes(rng.choice((1, 2, 512)))
        else:
            del content[place:]
    if content == good:  # a byte may be replaced by itself
        content[-1:] = bytes([good[-1] ^ 1])
    return bytes(content)


def sealed_bytes(sample: Sample, rng: random.Random) -> bytes:
    return spoiled_bytes(sample.sealed, rng)


def workbook_bytes(sample: Sample, rng: random.Random) -> bytes:
    return spoiled_bytes(sample.workbook, rng)


def _other_text(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text) + 1)
    changed = [
        text + "x",
        text[:place] + " " + text[place:],
        text.upper(),
        text[:place],
        "0",
        f'"{text}',
        text.replace("ộ", "ồ"),
    ]
    return rng.choice([item for item in changed if item != text] or ["x"])


def _spoil_cell(rows: Rows, rng: random.Random, last: int | None = None) -> int:
    row = rng.randrange(1, len(rows))
    cells = rows[row]
    column = rng.randrange(last or len(cells))
    cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = _other_text(cells[column], rng)
    return row


def one_cell(sample: Sample, rng: random.Random) -> bytes:
    changes = [list(row) for row in sample.changes]
    _spoil_cell(changes, rng)
    return build(sample.manifest, changes)


def one_cell_and_its_code(sample: Sample, rng: random.Random) -> bytes:
    changes = [list(row) for row in sample.changes]
    row = changes[_spoil_cell(changes, rng, SIGNED)]
    row[SIGNED] = leaf_and_code(row[:SIGNED])[1]
    return build(sample.manifest, changes)


def whole_rows(sample: Sample, rng: random.Random) -> bytes:
    changes = [list(row) for row in sample.changes]
    first, second = rng.sample(range(1, len(changes)), 2)
    act = rng.randrange(5)
    if act == 0:
        del changes[first]
    elif act == 1:
        changes.insert(second, list(changes[first]))
    elif act == 2:
        changes[first], changes[second] = changes[second], changes[first]
    elif act == 3:
        changes.insert(first, list(rng.choice(sample.other_changes[1:])))
    else:
        del changes[-rng.randrange(1, len(changes)) :]
    return build(sample.manifest, changes)


def manifest_cell(sample: Sample, rng: random.Random) -> bytes:
    manifest = [list(row) for row in sample.manifest]
    act = rng.randrange(4)
    if act == 0:
        del manifest[rng.randrange(len(manifest))]
    elif act == 1:
        manifest.insert(rng.randrange(len(manifest)), list(rng.choice(manifest)))
    else:
        _spoil_cell(manifest, rng)
    return build(manifest, sample.changes)


def sheet_of_another(sample: Sample, rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        return build(sample.manifest, sample.other_changes)
    return build(sample.other_manifest, sample.changes)


KINDS: dict[str, Callable[[Sample, random.Random], bytes]] = {
    "sealed bytes": sealed_bytes,
    "workbook bytes": workbook_bytes,
    "one cell": one_cell,
    "one cell and its code": one_cell_and_its_code,
    "rows": whole_rows,
    "manifest": manifest_cell,
    "sheet of another": sheet_of_another,
}
# Of a thousand tries of the whole campaign.
SHARE = {
    "sealed bytes": 280,
    "workbook bytes": 280,
    "one cell": 130,
    "one cell and its code": 60,
    "rows": 120,
    "manifest": 110,
    "sheet of another": 20,
}


def outcome(home: Home, content: bytes, good: Iterable[object]) -> str:
    """What a receiver says to a file: the error's code, "same content", or what must never be."""
    try:
        proved = prove(home, content)
    except FieldtoolError as error:
        return str(error.code)
    except Exception as error:  # noqa: BLE001  # that there is none is what the campaign proves
        return f"UNCAUGHT {type(error).__name__}"
    return "same content" if proved.events == list(good) else "OTHER CONTENT"


def campaign(home: Home, sample: Sample, good: list[object], tries: int, seed: int) -> dict[str, Counter[str]]:
    """Try mutations of each kind by its share; outcomes counted by kind."""
    rng = random.Random(seed)
    told: dict[str, Counter[str]] = {}
    for kind, spoil in KINDS.items():
        told[kind] = Counter(
            outcome(home, spoil(sample, rng), good) for _ in range(max(1, tries * SHARE[kind] // 1000))
        )
    return told
