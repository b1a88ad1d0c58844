"""Which person holds which identifying number: a projection kept beside the persons, asked for clashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

_CLASHES = {
    # one number, several persons; a placeholder identifies nobody, so that sharing it says nothing
    "shared": (
        "SELECT number, person FROM held_numbers WHERE kind <> 'placeholder' AND number IN"
        " (SELECT number FROM held_numbers WHERE kind <> 'placeholder' GROUP BY number HAVING count(*) > 1)"
        " ORDER BY number, person"
    ),
    # several 9-digit numbers of one person are lawful, two personal numbers are not
    "two": (
        "SELECT person, number FROM held_numbers WHERE kind = 'n12' AND person IN"
        " (SELECT person FROM held_numbers WHERE kind = 'n12' GROUP BY person HAVING count(*) > 1)"
        " ORDER BY person, number"
    ),
    "placeholder": "SELECT number, person FROM held_numbers WHERE kind = 'placeholder' ORDER BY number, person",
}


def replace_held(database: Database, ids: Sequence[str], rows: Iterable[tuple[str, str, str]]) -> None:
    """Put the numbers of some persons in place of those that stood there."""
    database.execute(f"DELETE FROM held_numbers WHERE person IN ({', '.join('?' * len(ids))})", ids)
    database.conn.executemany("INSERT INTO held_numbers VALUES (?, ?, ?)", list(rows))


def number_clashes(database: Database, kind: str) -> list[tuple[str, tuple[str, ...]]]:
    """Clashes of a kind; see ports.People.number_clashes."""
    found: dict[str, list[str]] = {}
    for key, value in database.execute(_CLASHES[kind]):
        found.setdefault(str(key), []).append(str(value))
    return [(key, tuple(values)) for key, values in found.items()]


def number_holders(database: Database, numbers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Number → persons that hold it; see ports.People.number_holders."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(numbers), 400):
        part = list(numbers[start : start + 400])
        for number, person in database.execute(
            "SELECT number, person FROM held_numbers WHERE kind <> 'placeholder'"
            f" AND number IN ({', '.join('?' * len(part))}) ORDER BY number, person",
            part,
        ):
            found.setdefault(str(number), []).append(str(person))
    return {number: tuple(persons) for number, persons in found.items()}
