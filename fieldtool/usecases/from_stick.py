"""Files as they come off a stick: links refused by name, sealed ones copied into the home first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldtool.bundles.envelope import unframed
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.usecases.prove_bundle import MOST_BYTES, ProvedBundle, prove_named
from fieldtool.usecases.refused_files import refused_files


def plain_file(home: Home, path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes, read once into memory and judged there: the stick is not asked
    again. POINTS_ELSEWHERE for a link or a shortcut, and errors of reading."""
    no_link(home, path)
    return home.sticks.read(path, limit)


def no_link(home: Home, path: Path) -> None:
    """POINTS_ELSEWHERE for a link, a junction or a shortcut."""
    if home.sticks.points_elsewhere(path):
        raise FieldtoolError(ErrorCode.POINTS_ELSEWHERE, place=Place(file=path.name), values={"file": path.name})


def take_in(home: Home, path: Path) -> tuple[bytes, str]:
    """The bytes of a file, from its copy in the porch, and the copy's name. A readable workbook is not copied: nothing
    readable lies in a home. Errors as `plain_file`, and of the copy."""
    content = plain_file(home, path, MOST_BYTES)
    try:
        unframed(content)
    except FieldtoolError:
        return content, ""
    copy = home.porch.hold(content)
    return home.porch.content(copy), copy


@contextmanager
def looked_at(home: Home, path: Path) -> Iterator[bytes]:
    """The bytes as of `take_in` while they are looked at; the copy goes afterwards, unless a refused file keeps it."""
    content, copy = take_in(home, path)
    try:
        yield content
    finally:
        if copy and not any(item.copy == copy for item in refused_files(home)):
            home.porch.drop(copy)


def open_bundle(home: Home, path: Path) -> ProvedBundle:
    """Read a bundle once into memory, past the porch, and prove it; nothing is changed. Each error names the file, and
    sheet, row and cell as far as known: NO_FILE, POINTS_ELSEWHERE, BUNDLE_TRUNCATED, BUNDLE_NOT_OURS,
    BUNDLE_UNKNOWN_MAKER, BUNDLE_BAD_SIGNATURE, BUNDLE_CHANGED, BUNDLE_ROWS_…, BUNDLE_NOT_TEXT, BUNDLE_TOO_NEW,
    BUNDLE_MALFORMED, HOSTILE_WORKBOOK and its kin."""
    with looked_at(home, path) as content:
        return prove_named(home, path.name, content)
