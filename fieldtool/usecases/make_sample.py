"""Make the practice commune: three Excel lists of invented people, the same for the same seed."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

from fieldtool.ports import Progress, no_progress
from fieldtool.usecases.sample.households import make_commune
from fieldtool.usecases.sample.papers import Papers, make_papers
from fieldtool.usecases.sample.sheets import SampleBook, make_books

TRUTH_FILE = "truth.csv"


class WriteBooks(Protocol):
    """Writes sample books into a folder (fieldtool.excel.sample_workbooks.write_books); the paths, in their order."""

    def __call__(self, folder: Path, books: Sequence[SampleBook], progress: Progress) -> tuple[Path, ...]:
        """Raises FieldtoolError NOT_WRITABLE or DISK_FULL."""


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """What was made. `rows` counts rows about persons by file name; `differing` the persons with a planted mistake."""

    files: tuple[Path, ...]
    households: int
    people: int
    rows: Mapping[str, int]
    differing: int


def make_sample(
    folder: Path,
    *,
    people: int = 12_000,
    seed: int = 1,
    write: WriteBooks,
    truth: bool = False,
    progress: Progress = no_progress,
) -> SampleOutcome:
    """Write the lists of an invented commune of `people` living persons into `folder`.

    With `truth`, also truth.csv (source_key, kind, person_number), for measuring alone. The same people, seed and
    program version give the same rows. Raises FieldtoolError NOT_WRITABLE or DISK_FULL, and Cancelled.
    """
    rng = Random(seed)
    commune = make_commune(rng, people, progress)
    papers = make_papers(rng, commune)
    books = make_books(rng, papers)
    files = write(folder, books, progress)
    if truth:
        _write_truth(folder / TRUTH_FILE, papers)
    return SampleOutcome(
        files=files,
        households=len(commune.households),
        people=len(commune.living()),
        rows={book.file: book.rows for book in books},
        differing=len({paper.person.number for paper in papers.all() if paper.wrong}),
    )


def _write_truth(path: Path, papers: Papers) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("source_key", "kind", "person_number"))
        writer.writerows((paper.key, paper.kind.value, paper.person.number) for paper in papers.all())
