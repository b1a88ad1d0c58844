"""The encrypted SQLite file: connection, migrations, log, projections, search, backup. No other room holds SQL.

sqlcipher3 is registered as pysqlite3 here, before any module of this room imports sqlite_utils, because sqlite_utils
prefers that module and catches its exception classes (reference/sync.md B2); it would take Python's own sqlite3
otherwise, whose exceptions this driver never raises. The built program carries no sqlite3 of Python's at all: the part
of sqlite_utils that names it for a type alone finds this driver instead.

numpy is hidden while sqlite_utils is loaded: it would take it along for columns made from numpy's numbers, which this
room has none of, and every command would wait a quarter longer for its start.
"""

from __future__ import annotations

import sys

import sqlcipher3
from sqlcipher3 import dbapi2

for _name in ("pysqlite3", "sqlite3") if getattr(sys, "frozen", False) else ("pysqlite3",):
    sys.modules.setdefault(_name, sqlcipher3)
    sys.modules.setdefault(f"{_name}.dbapi2", dbapi2)

if "numpy" not in sys.modules:
    sys.modules["numpy"] = None  # type: ignore[assignment]  # what import takes for "there is none"
    import sqlite_utils  # noqa: F401

    del sys.modules["numpy"]
