"""Numbered, frozen steps from an empty file to today's schema; never today's classes, never changed once released.

All missing steps run in one transaction with the record of them (sqlite_utils.migrations). `bring_up_to_date` first
writes a backup of a home that has anything to lose.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.store.connection import DriverError

MIGRATIONS = Migrations("fieldtool")


@MIGRATIONS(name="001_log")
def _log(database: Database) -> None:
    for statement in (
        """CREATE TABLE events (
            arrival INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, device TEXT NOT NULL,
            incarnation INTEGER NOT NULL, seq INTEGER NOT NULL, prev TEXT NOT NULL, at TEXT NOT NULL,
            author TEXT NOT NULL, schema INTEGER NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,
            field TEXT NOT NULL, value TEXT NOT NULL, supersedes TEXT NOT NULL, basis TEXT NOT NULL,
            village TEXT NOT NULL, old TEXT NOT NULL, hash TEXT NOT NULL)""",
        "CREATE INDEX events_register ON events (kind, record, field)",
        "CREATE INDEX events_chain ON events (device, incarnation, seq)",
        "CREATE TABLE superseded (id TEXT PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE journal (
            line INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL,
            hash TEXT NOT NULL)""",
        """CREATE TABLE bundles (
            arrival INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, device TEXT NOT NULL,
            incarnation INTEGER NOT NULL, number INTEGER NOT NULL, receiver TEXT NOT NULL, parents TEXT NOT NULL,
            state TEXT NOT NULL, made_at TEXT NOT NULL, events INTEGER NOT NULL, file TEXT NOT NULL,
            unit TEXT NOT NULL)""",
        """CREATE TABLE bundle_events (
            bundle TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (bundle, event)) WITHOUT ROWID""",
        "CREATE TABLE waiting (bundle TEXT PRIMARY KEY, events TEXT NOT NULL) WITHOUT ROWID",
    ):
        database.execute(statement)


@MIGRATIONS(name="002_projections")
def _projections(database: Database) -> None:
    for statement in (
        """CREATE TABLE documents (
            id TEXT PRIMARY KEY, arrival INTEGER NOT NULL, kind TEXT NOT NULL, village TEXT NOT NULL,
            household TEXT NOT NULL, alive INTEGER NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE document_imports (
            document TEXT NOT NULL, import TEXT NOT NULL, PRIMARY KEY (document, import)) WITHOUT ROWID""",
        "CREATE INDEX document_imports_import ON document_imports (import)",
        "CREATE TABLE undone_imports (import TEXT PRIMARY KEY) WITHOUT ROWID",
        """CREATE TABLE links (
            document TEXT PRIMARY KEY, person TEXT NOT NULL, band TEXT NOT NULL, rivals TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX links_person ON links (person)",
        """CREATE TABLE persons (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sort TEXT NOT NULL,
            dob TEXT NOT NULL, sex TEXT NOT NULL, n12 TEXT NOT NULL, n9 TEXT NOT NULL, village TEXT NOT NULL,
            household TEXT NOT NULL, book TEXT NOT NULL, relation TEXT NOT NULL, place_in_house INTEGER NOT NULL,
            open INTEGER NOT NULL, papers TEXT NOT NULL, folded TEXT NOT NULL, numbers TEXT NOT NULL,
            marked TEXT NOT NULL)""",
        "CREATE INDEX persons_village ON persons (village, sort)",
        "CREATE INDEX persons_household ON persons (household, place_in_house)",
        "CREATE INDEX persons_sort ON persons (sort)",
        """CREATE TABLE households (
            id TEXT PRIMARY KEY, book TEXT NOT NULL, head TEXT NOT NULL, village TEXT NOT NULL,
            members INTEGER NOT NULL, open INTEGER NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX households_village ON households (village, book)",
        "CREATE TABLE villages (id TEXT PRIMARY KEY, name TEXT NOT NULL, sort TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE doubts (
            id TEXT PRIMARY KEY, rank INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL,
            village TEXT NOT NULL, household TEXT NOT NULL, field TEXT NOT NULL, code TEXT NOT NULL,
            "values" TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX doubts_person ON doubts (person)",
        "CREATE INDEX doubts_order ON doubts (rank, village, household, person)",
        "CREATE TABLE verdicts (pair TEXT PRIMARY KEY, says TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE reviews (
            a TEXT NOT NULL, b TEXT NOT NULL, weight REAL NOT NULL, probability REAL NOT NULL, rank INTEGER NOT NULL,
            reasons TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID""",
        "CREATE INDEX reviews_b ON reviews (b)",
        """CREATE VIRTUAL TABLE person_words USING fts5(
            folded, marked, content='persons', content_rowid='number', tokenize="unicode61 remove_diacritics 0",
            prefix='1 2 3')""",
        """CREATE VIRTUAL TABLE person_numbers USING fts5(
            numbers, content='persons', content_rowid='number', tokenize='trigram')""",
    ):
        database.execute(statement)


@MIGRATIONS(name="055_import_reports")
def _import_reports(database: Database) -> None:
    database.execute(
        """CREATE TABLE import_reports (
            import TEXT NOT NULL, part INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (import, part))
            WITHOUT ROWID"""
    )


@MIGRATIONS(name="056_held_numbers")
def _held_numbers(database: Database) -> None:
    database.execute(
        """CREATE TABLE held_numbers (
            person TEXT NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (person, number))
            WITHOUT ROWID"""
    )
    database.execute("CREATE INDEX held_numbers_number ON held_numbers (number)")


@MIGRATIONS(name="030_field_work")
def _field_work(database: Database) -> None:
    for statement in (
        """CREATE TABLE presence (
            person TEXT PRIMARY KEY, state TEXT NOT NULL, day TEXT NOT NULL, said_by TEXT NOT NULL,
            answers TEXT NOT NULL, visit TEXT NOT NULL, events TEXT NOT NULL, divided TEXT NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE sightings (
            person TEXT NOT NULL, paper TEXT NOT NULL, seen TEXT NOT NULL, day TEXT NOT NULL,
            PRIMARY KEY (person, paper)) WITHOUT ROWID""",
        """CREATE TABLE visits (
            id TEXT PRIMARY KEY, household TEXT NOT NULL, village TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL,
            result TEXT NOT NULL, met TEXT NOT NULL, next_day TEXT NOT NULL, next_time TEXT NOT NULL,
            came TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX visits_household ON visits (household, day)",
        """CREATE TABLE cases (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, person TEXT NOT NULL, household TEXT NOT NULL,
            village TEXT NOT NULL, state TEXT NOT NULL, states TEXT NOT NULL, owner TEXT NOT NULL,
            opened TEXT NOT NULL, due TEXT NOT NULL, closed TEXT NOT NULL, details TEXT NOT NULL,
            checks TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX cases_person ON cases (person)",
        "CREATE INDEX cases_household ON cases (household)",
        """CREATE TABLE plans (
            id TEXT PRIMARY KEY, village TEXT NOT NULL, day TEXT NOT NULL, helpers TEXT NOT NULL,
            households TEXT NOT NULL, note TEXT NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE house_places (
            household TEXT PRIMARY KEY, hamlet TEXT NOT NULL, place INTEGER NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE facts (
            person TEXT PRIMARY KEY, village TEXT NOT NULL, household TEXT NOT NULL, born TEXT NOT NULL,
            sex TEXT NOT NULL, card TEXT NOT NULL, issued TEXT NOT NULL, expiry TEXT NOT NULL,
            on_books INTEGER NOT NULL, due INTEGER NOT NULL, filled INTEGER NOT NULL, missing TEXT NOT NULL,
            faults TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX facts_village ON facts (village)",
        """CREATE TABLE bearers (
            number TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (number, person)) WITHOUT ROWID""",
        "CREATE INDEX bearers_person ON bearers (person)",
    ):
        database.execute(statement)
    database.execute("DELETE FROM settings WHERE name = 'store.fold'")  # older events are folded into the new tables


@MIGRATIONS(name="010_exchange")
def _exchange(database: Database) -> None:
    for statement in (
        """CREATE TABLE quarantine (
            event TEXT PRIMARY KEY, bundle TEXT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL,
            note TEXT NOT NULL, content TEXT NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE bundle_files (
            bundle TEXT PRIMARY KEY, receiver TEXT NOT NULL, file TEXT NOT NULL, content BLOB NOT NULL)""",
        """CREATE TABLE bundle_names (
            id TEXT PRIMARY KEY, device TEXT NOT NULL, incarnation INTEGER NOT NULL, number INTEGER NOT NULL)
            WITHOUT ROWID""",
    ):
        database.execute(statement)


@MIGRATIONS(name="065_paper_index")
def _paper_index(database: Database) -> None:
    """Papers under the matcher's keys; a whole match run fills it."""
    for statement in (
        "CREATE TABLE paper_index (number INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, content TEXT NOT NULL)",
        """CREATE TABLE paper_keys (
            block INTEGER NOT NULL, part INTEGER NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY (block, part, number)) WITHOUT ROWID""",
        """CREATE TABLE paper_index_state (
            one INTEGER PRIMARY KEY, papers INTEGER NOT NULL, arrival INTEGER NOT NULL, model TEXT NOT NULL)""",
    ):
        database.execute(statement)


@MIGRATIONS(name="020_findings")
def _findings(database: Database) -> None:
    """Doubts about numbers, families and spellings; what officers said of doubts. Tables are folded anew afterwards."""
    for statement in (
        "DROP TABLE doubts",
        """CREATE TABLE doubts (
            id TEXT NOT NULL, rank INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL,
            village TEXT NOT NULL, household TEXT NOT NULL, field TEXT NOT NULL, code TEXT NOT NULL,
            "values" TEXT NOT NULL, people TEXT NOT NULL, facts TEXT NOT NULL, situation TEXT NOT NULL,
            PRIMARY KEY (id, kind)) WITHOUT ROWID""",
        "CREATE INDEX doubts_person ON doubts (person)",
        "CREATE INDEX doubts_household ON doubts (household, kind)",
        """CREATE TABLE holders (
            digits TEXT NOT NULL, person TEXT NOT NULL, field TEXT NOT NULL,
            PRIMARY KEY (digits, person)) WITHOUT ROWID""",
        "CREATE INDEX holders_person ON holders (person)",
        """CREATE TABLE kin (
            person TEXT PRIMARY KEY, relation TEXT NOT NULL, father TEXT NOT NULL, mother TEXT NOT NULL,
            dead TEXT NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE standings (
            doubt TEXT PRIMARY KEY, says TEXT NOT NULL, seen TEXT NOT NULL, until TEXT NOT NULL, note TEXT NOT NULL,
            paper TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE proposals (
            pair TEXT PRIMARY KEY, author TEXT NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL) WITHOUT ROWID""",
    ):
        database.execute(statement)


@MIGRATIONS(name="070_complete_lists")
def _complete_lists(database: Database) -> None:
    """How complete a run found the lists, beside its model; the next run reads everything and finds out."""
    for statement in (
        "ALTER TABLE paper_index_state ADD COLUMN complete TEXT NOT NULL DEFAULT '[]'",
        "DELETE FROM paper_index",
        "DELETE FROM paper_keys",
        "DELETE FROM paper_index_state",
    ):
        database.execute(statement)


@MIGRATIONS(name="080_journal_authors")
def _journal_authors(database: Database) -> None:
    """Who acted, in a column of its own; lines of before have none and keep their hashes."""
    database.execute("ALTER TABLE journal ADD COLUMN author TEXT NOT NULL DEFAULT ''")


@MIGRATIONS(name="090_extract_households")
def _extract_households(database: Database) -> None:
    """Who stands together in an extract of the residence database, found without walking the whole extract."""
    database.execute(
        "CREATE INDEX documents_extract ON documents (household) WHERE kind = 'register' AND household <> ''"
    )


PROJECTIONS = (
    "documents",
    "document_imports",
    "undone_imports",
    "links",
    "persons",
    "households",
    "villages",
    "doubts",
    "verdicts",
    "holders",
    "kin",
    "standings",
    "proposals",
    "held_numbers",
    "presence",
    "sightings",
    "visits",
    "cases",
    "plans",
    "house_places",
    "facts",
    "bearers",
)


def names() -> list[str]:
    """The steps' names, oldest first."""
    return [step.name for step in MIGRATIONS._migrations]


def newest() -> int:
    """The number of the newest step this program knows, which every open home has."""
    return max(int(name.split("_", 1)[0]) for name in names())


def bring_up_to_date(database: Database, path: Path, back_up: Callable[[str], None]) -> bool:
    """Apply the steps that are missing; returns whether there were any.

    `back_up` is called with the last applied step's name before the first change to a home that has one.
    HOME_TOO_NEW when the home holds a step that this program does not know; MIGRATION_FAILED when a step breaks, with
    the home as it was.
    """
    applied = [step.name for step in MIGRATIONS.applied(database)]
    if set(applied) - set(names()):
        raise FieldtoolError(ErrorCode.HOME_TOO_NEW, place=Place(file=path.name))
    if applied == names():
        return False
    if applied:
        back_up(applied[-1])
    try:
        with database.atomic():  # all the missing steps or none; each step's own transaction becomes a savepoint
            MIGRATIONS.apply(database)
    except DriverError as error:
        raise FieldtoolError(
            ErrorCode.MIGRATION_FAILED, place=Place(file=path.name), values={"detail": str(error)}
        ) from error
    return True
