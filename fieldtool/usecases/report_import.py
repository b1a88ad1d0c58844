"""The report of an import or a dry run as a workbook: every row of the list, each reason beside its cell, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from fieldtool.intake.cells import cell_text
from fieldtool.intake.issues import NUMBERS, Issue, IssueCode, Severity
from fieldtool.ports import Home, Progress, Workbooks, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import RawSheet
from fieldtool.records.report_books import ReportBook, ReportRow, ReportSheet
from fieldtool.records.sensitive import SENSITIVE
from fieldtool.usecases.import_list import ImportOutcome
from fieldtool.usecases.list_imports import ImportLine, find_import
from fieldtool.usecases.row_verdicts import RowVerdict, VerdictPages

_CELL = re.compile(r"([A-Z]{1,3})\d+\Z")
_STEP = 500
_WIDEST = 16_000  # columns that a sheet may have before the report's own
_GRAVE = (str(Severity.NOTE), str(Severity.PARKED), str(Severity.REFUSED))  # gravest last


class Words(Protocol):
    """Sentences, from the catalogue of the officer's language."""

    def say(self, code: str, /, **values: object) -> str:
        """The sentence of a code."""

    def issue(self, code: str, text: str) -> tuple[str, str]:
        """What is wrong, and what to do."""


def report_list(
    home: Home,
    workbooks: Workbooks,
    path: Path,
    outcome: ImportOutcome,
    verdicts: VerdictPages,
    out: Path,
    words: Words,
    progress: Progress = no_progress,
) -> Path:
    """Write the rows of the file itself, as it lies there, with the verdicts of an import or dry run of it.

    Rows keep their numbers and columns their letters, so that a row can be mended in the report and the report be
    imported. Errors as `import_list`; NOT_WRITABLE, DISK_FULL.
    """
    home.log.note("report", out.name)
    told = _Telling(words)
    with workbooks.read(path, progress) as book:
        sheets = (
            _as_it_stands(sheet, verdicts, outcome, told, progress)
            for sheet in book.sheets()
            if sheet.name in verdicts.sheets()
        )
        return workbooks.write_report(out, ReportBook(_summary(outcome, outcome.issues, words), sheets))


def report_kept(
    home: Home,
    workbooks: Workbooks,
    id: str,
    out: Path,
    words: Words,
    progress: Progress = no_progress,
    *,
    sensitive: bool = False,
) -> Path:
    """Write the report of an earlier import from what this home kept of it: the fields as they were read, without
    ethnicity and religion unless a purpose was stated (`sensitive`).

    NOT_FOUND for an unknown import; NO_REPORT for one that was made on another machine or before reports were kept.
    """
    line = find_import(home, id)
    verdicts = VerdictPages.from_parts(home.reports.parts(line.id))
    if verdicts is None:
        raise FieldtoolError(ErrorCode.NO_REPORT, values={"id": line.id, "file": line.file})
    home.log.note("report", out.name)
    told = _Telling(words)
    sheets = (_as_read(home, name, verdicts, told, words, progress, sensitive) for name in verdicts.sheets())
    return workbooks.write_report(out, ReportBook(_summary(line, (), words), sheets))


class _Telling:
    """Puts verdicts into words; the words of a reason are looked up once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.titles = (words.say("report.verdict"), words.say("report.reasons"), words.say("report.to_do"))

    def row(self, told: Sequence[RowVerdict]) -> tuple[str, str, str]:
        """Verdict, reasons and what to do of a row (two, where two lists lie side by side)."""
        verdicts = " / ".join(dict.fromkeys(self._words.say(f"verdict.{item.verdict}") for item in told))
        reasons, to_do = [], []
        for issue in (issue for item in told for issue in item.issues):
            what, then = self._words.issue(issue.code, issue.text)
            reasons.append(f"{issue.cell}: {what}" if issue.cell else what)
            to_do.append(then)
        return verdicts, "\n".join(reasons), "\n".join(dict.fromkeys(to_do))


def _as_it_stands(
    sheet: RawSheet, verdicts: VerdictPages, outcome: ImportOutcome, told: _Telling, progress: Progress
) -> ReportSheet:
    head = sheet.head()
    beside = min(max((len(row) for _, row in head), default=1), _WIDEST)
    heading = next((layout.header_rows[1] for layout in outcome.layouts if layout.sheet == sheet.name), 0)

    def rows() -> Iterator[ReportRow]:
        places = iter(verdicts.of_sheet(sheet.name))
        place = next(places, None)
        for number, row in sheet.rows():
            if number % _STEP == 0:
                progress(number, 0, "report")
            mine = []
            while place is not None and verdicts.row(place) <= number:
                mine.append(verdicts.at(place))
                place = next(places, None)
            cells = [cell_text(cell) for cell in row]
            yield _row(number, cells, mine, told, _by_cell) if mine else ReportRow(number, cells, {})

    return ReportSheet(sheet.name, heading, beside, told.titles, rows(), sheet.look.merged)


def _as_read(
    home: Home, sheet: str, verdicts: VerdictPages, told: _Telling, words: Words, progress: Progress, sensitive: bool
) -> ReportSheet:
    places = verdicts.of_sheet(sheet)
    fields = [field for field in _fields_of(home, verdicts, places) if sensitive or field not in SENSITIVE]

    def rows() -> Iterator[ReportRow]:
        yield ReportRow(1, [words.say("report.row"), *(words.say(f"field.{field}") for field in fields)], {})
        for number, place in enumerate(places, start=2):
            if number % _STEP == 0:
                progress(number, len(places), "report")
            mine = verdicts.at(place)
            raw = _raw(home, mine)
            cells = [str(mine.row), *(raw.get(field, "") for field in fields)]
            yield _row(number, cells, [mine], told, lambda issue: _by_field(issue, fields))

    return ReportSheet(sheet, 1, len(fields) + 1, told.titles, rows())


def _fields_of(home: Home, verdicts: VerdictPages, places: Sequence[int]) -> list[Field]:
    """The fields that the rows have, in their usual order."""
    found: set[Field] = set()
    for place in places:
        found |= _raw(home, verdicts.at(place)).keys()
    return [field for field in Field if field in found]


def _raw(home: Home, told: RowVerdict) -> Mapping[Field, str]:
    document = home.people.document(told.document) if told.document else None
    return document.raw if document is not None else told.raw


def _row(
    number: int,
    cells: Sequence[str],
    mine: Sequence[RowVerdict],
    told: _Telling,
    column_of: Callable[[Issue], int | None],
) -> ReportRow:
    marks: dict[int, str] = {}
    for issue in (issue for item in mine for issue in item.issues):
        column = column_of(issue)
        if column is not None:
            marks[column] = max(marks.get(column, _GRAVE[0]), str(issue.severity), key=_GRAVE.index)
    gravest = max((item.verdict for item in mine), key=("added", "unchanged", "parked", "refused").index)
    return ReportRow(number, cells, marks, str(gravest), told.row(mine))


def _by_cell(issue: Issue) -> int | None:
    match = _CELL.match(issue.cell)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _by_field(issue: Issue, fields: Sequence[Field]) -> int | None:
    return fields.index(issue.about) + 1 if issue.about in fields else 0


def _summary(
    account: ImportOutcome | ImportLine, issues: Sequence[Issue], words: Words
) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The first sheet: the sum of the rows, the reasons with their number, the remarks on what is no row of data."""
    say = words.say
    names = ("added", "unchanged", "parked", "refused")
    dry = isinstance(account, ImportOutcome) and account.dry_run
    lines: list[tuple[str, ...]] = [
        (say("report.title"),),
        (say("report.file"), account.file),
        (say("report.kind"), ", ".join(say(f"kind.{kind}") for kind in account.kinds)),
        (say("report.state"), say("report.dry_run" if dry else "report.imported", id=account.id)),
        (),
        (say("report.rows"), str(account.rows)),
        *((say(f"verdict.{name}"), str(getattr(account, name)), say(f"verdict_means.{name}")) for name in names),
        (say("report.sum"), " + ".join(str(getattr(account, name)) for name in names) + f" = {account.rows}"),
        (),
        (say("report.reasons"), say("report.count"), say("report.what"), say("report.to_do")),
    ]
    for code, count in sorted(account.counts.items(), key=lambda item: (-item[1], item[0])):
        what, then = words.issue(code, "")
        lines.append((f"{NUMBERS[IssueCode(code)]} {code}", str(count), what, then))
    around = [issue for issue in issues if issue.severity is Severity.NOTE and issue.code in _AROUND]
    if around:
        lines += [(), (say("report.around"), say("report.where"), say("report.what"), say("report.to_do"))]
        for issue in around:
            what, then = words.issue(issue.code, issue.text)
            lines.append((issue.sheet, issue.cell or (str(issue.row) if issue.row else ""), what, then))
    return say("report.summary"), tuple(lines)


_CODES = tuple(IssueCode)
_AROUND = frozenset(_CODES[_CODES.index(IssueCode.SHEET_HIDDEN) :])  # remarks on sheets and on rows of no data
