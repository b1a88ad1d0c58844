"""What this home's officers know beyond the shipped tables, read from the log and put in force."""

from __future__ import annotations

from sqlite_utils import Database

from fieldtool.records.events import CONTENT, RecordKind
from fieldtool.records.local_knowledge import put_in_force, read_knowledge
from fieldtool.store.rows import LIVE


def learn(database: Database) -> None:
    """Read the tables with this home's knowledge from now on; cheap enough to be asked at every append."""
    put_in_force(read_knowledge(_told(database, RecordKind.PLACE), _told(database, RecordKind.SURNAME)))


def _told(database: Database, kind: str) -> list[str]:
    rows = database.execute(
        f"SELECT value FROM events WHERE kind = ? AND field = ? AND value <> '' AND {LIVE}", (str(kind), CONTENT)
    )
    return [str(row[0]) for row in rows]
