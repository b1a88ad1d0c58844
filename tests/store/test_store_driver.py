"""One driver of the database in the whole program: sqlite_utils speaks to sqlcipher3, whatever is imported first."""

from __future__ import annotations

import subprocess
import sys

import pytest

USES = "import {first}; import sqlite_utils.utils as u; print(u.sqlite3.__name__, u.OperationalError.__module__)"
# As the built program finds itself: no sqlite3 of Python's.
FROZEN = """
import sys
sys.frozen = True
sys.modules["_sqlite3"] = None
import fieldtool.app
import sqlite_utils.db, sqlite3
print(sqlite3.__name__, "sqlite3.dbapi2" in sys.modules)
"""


def said(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()


@pytest.mark.parametrize("first", ["fieldtool.app", "fieldtool.store.backup", "fieldtool.store.search"])
def test_sqlite_utils_uses_the_encrypting_driver(first: str) -> None:
    assert said(USES.format(first=first)) == "sqlcipher3 sqlcipher3.dbapi2"


def test_the_built_program_needs_no_sqlite_of_pythons() -> None:
    assert said(FROZEN) == "sqlcipher3 True"
