"""Every layout that the generator knows, and the same through LibreOffice's .xls and .ods, is recognised whole."""

import sys
from pathlib import Path

import pytest

from fieldtool.intake.lists import open_lists
from fieldtool.records.fields import Field
from fieldtool.records.villages import village_of

BOOKS = Path(__file__).resolve().parents[1] / "books"
sys.path.insert(0, str(BOOKS))
import all_books  # noqa: E402
import make_books  # noqa: E402
from books_in_memory import opened  # noqa: E402

# Taken from around a row, so a strict book need not name them.
INHERITED = {"head", "place", "book"}


def check(made: make_books.Book, path: Path) -> None:
    lists = open_lists(opened(path), None, None, "16936", village_of, lambda layout: layout)
    results = list(lists.results())
    said = [(r.row, dict(r.raw), [str(i.code) for i in r.issues]) for r in results]
    assert len(results) == len(made.expected), said
    homes: dict[str, set[str]] = {}
    for result, expected in zip(results, made.expected, strict=True):
        document = result.document
        if fate := expected.get("fate"):
            assert document is None and fate in [str(issue.code) for issue in result.issues], result
            continue
        assert document is not None, (result.raw, result.issues)
        free = INHERITED | set(expected.get("*", "").split())
        if made.strict:
            assert {str(field) for field in document.raw} <= set(expected) | free, (expected, said, lists.layouts)
        for name, text in expected.items():
            if name == "*":
                continue
            if name == "kind":
                assert document.kind == text
            elif name == "home":  # those who live together have one household, "none" has none
                homes.setdefault(text, set()).add(document.household)
            elif name == "key":
                assert document.source.key == text
            elif name == "village":
                assert document.village == "" if text == "none" else document.village.endswith(text)
            else:
                assert document.get(Field(name)) == text, (name, expected, said, lists.layouts)
        if made.kind:
            assert document.kind == made.kind, lists.layouts
        if made.village:
            assert document.village.endswith(made.village), document
    assert homes.pop("none", {""}) == {""}, said
    assert all(len(told) == 1 and "" not in told for told in homes.values()), (homes, said)
    assert len(set().union(*homes.values())) == len(homes), (homes, said)


@pytest.mark.parametrize("make", all_books.BOOKS, ids=lambda make: make.__name__)
def test_layout_is_recognised(make, tmp_path):
    made = make()
    check(made, make_books.write(made, tmp_path))


CONVERTED = sorted(path.name for path in BOOKS.iterdir() if path.suffix in (".xls", ".ods"))


@pytest.mark.parametrize("name", CONVERTED)
def test_layout_is_recognised_in_other_formats(name):
    path = BOOKS / name
    made = next(make for make in all_books.BOOKS if make.__name__ == path.stem)()
    check(made, path)


def test_there_are_many_layouts_each_with_its_own_name():
    names = [make.__name__ for make in all_books.BOOKS]
    assert len(names) == len(set(names)) >= 130
    assert all(make().name == make.__name__ for make in all_books.BOOKS)
    assert len(CONVERTED) >= 36
