"""Days as they are written here: day, month, year."""

from __future__ import annotations


def day_told(day: str) -> str:
    """An ISO day (or moment) as dd/mm/yyyy; what is no day stays as it is."""
    return f"{day[8:10]}/{day[5:7]}/{day[:4]}" if len(day) >= 10 and day[4] == day[7] == "-" else day


def moment_told(moment: str) -> str:
    """An ISO moment as dd/mm/yyyy HH:MM, on the clock of whoever wrote it."""
    return f"{day_told(moment)} {moment[11:16]}".strip()
