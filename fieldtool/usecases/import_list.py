"""Import of a foreign list: rows become documents or numbered issues, in one transaction, and no row is lost."""

from __future__ import annotations

import dataclasses
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import cast

from fieldtool.intake.apart import Batch, ListWork, ReadApart, answers, load_tables
from fieldtool.intake.issues import Issue, Severity
from fieldtool.intake.layout import Layout
from fieldtool.intake.mappings import ListMapping, MappingSet
from fieldtool.intake.quick_rows import Noted
from fieldtool.intake.rows import RowResult
from fieldtool.ports import Home, Progress, Workbooks, no_progress
from fieldtool.records.documents import Transcript, transcript
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.events import CONTENT, STATE, SUMMARY, UNDONE, Contents, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.local_knowledge import knowledge
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require
from fieldtool.usecases.list_mappings import Laying, keep_mapping, read_mapping
from fieldtool.usecases.row_verdicts import RowVerdict, Verdict, VerdictPages

_PARKED_PART = 20_000  # characters of one event value; a bundle's cell holds 32,767
KEPT_NOTES = 5_000  # notes kept with their place; all are counted
NAME_FIELD = "name"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or would do. rows == added + unchanged + parked + refused, always.

    `rows` are the rows of data: filled rows below a heading that are no repeated heading, village, household banner,
    section, total, signature or prepared empty line; those are remarked on in `issues`. `issues` hold every refusal
    and every parked row, and at most KEPT_NOTES notes; `counts` counts all by code. `preview` holds the first results.
    """

    id: str
    file: str
    rows: int
    added: int
    unchanged: int
    parked: int
    refused: int
    issues: tuple[Issue, ...]
    counts: Mapping[str, int]
    kinds: tuple[str, ...]
    layouts: tuple[Layout, ...]
    preview: tuple[RowResult, ...]
    seconds: float
    dry_run: bool


@dataclass(slots=True)
class _Tally:
    """The running account of one import."""

    rows: int = 0
    added: int = 0
    unchanged: int = 0
    parked: int = 0
    refused: int = 0
    issues: list[Issue] = dataclasses.field(default_factory=list)
    notes: int = 0
    counts: Counter[str] = dataclasses.field(default_factory=Counter)
    parked_rows: list[str] = dataclasses.field(default_factory=list)
    preview: list[RowResult] = dataclasses.field(default_factory=list)
    kinds: dict[str, None] = dataclasses.field(default_factory=dict)
    verdicts: VerdictPages | None = None
    whole: bool = False  # verdicts hold all that was read, also where a document will

    def note(self, issues: Iterable[Issue]) -> None:
        """Keep issues; of mere notes only the first KEPT_NOTES, but count all."""
        for issue in issues:
            self.counts[str(issue.code)] += 1
            if issue.severity is Severity.NOTE:
                self.notes += 1
                if self.notes > KEPT_NOTES:
                    continue
            self.issues.append(issue)


def get_ready(workbooks: Workbooks) -> None:
    """Let the process that will read a list start while the home is still being unlocked, or the list chosen."""
    workbooks.get_ready(load_tables)


def import_list(
    home: Home,
    workbooks: Workbooks,
    path: Path,
    *,
    kind: DocumentKind | None = None,
    sheet: str | None = None,
    mapping: MappingSet | ListMapping | Path | None = None,
    dry_run: bool = False,
    verdicts: VerdictPages | None = None,
    progress: Progress = no_progress,
) -> ImportOutcome:
    """Read a list and append its new documents in one transaction; `dry_run` judges every row and writes nothing.

    `sheet` takes one sheet only (also a hidden one); `mapping` (or a file that holds one) corrects what was
    recognised, and is remembered for its layouts. `verdicts` is filled with every row's. Raises FieldtoolError:
    BAD_MAPPING, NO_FILE, NOT_A_WORKBOOK, HOSTILE_WORKBOOK and its kin, NO_SUCH_SHEET, EMPTY_LIST, NO_HEADER, CANCELLED.
    """
    require(home, Power.ENTER)
    started = time.perf_counter()
    if isinstance(mapping, Path):
        mapping = read_mapping(home, mapping)
    laying = Laying(home, MappingSet(common=mapping) if isinstance(mapping, ListMapping) else mapping)
    if verdicts is None and not dry_run:
        verdicts = VerdictPages()
    tally = _Tally(verdicts=verdicts, whole=dry_run)
    import_id = home.ids.record()
    progress(0, 0, "read")
    work = ListWork(sheet, kind, home.card.commune, knowledge(), whole=dry_run)
    answer = answers(laying.correct, laying.heading)
    with closing(workbooks.read_apart(path, work, answer, progress)) as parts:
        read = ReadApart(parts)
        file = read.file()
        if verdicts is not None:
            verdicts.file = file
        drafts = _drafts(home, file, read, tally, import_id, progress)
        if dry_run:
            for _ in drafts:
                pass
        else:
            home.log.append(drafts, no_progress)
    if not dry_run:
        _keep(home, import_id, laying, verdicts)
    seconds = time.perf_counter() - started
    return _outcome(file, "" if dry_run else import_id, tally, read.layouts, seconds)


def _keep(home: Home, id: str, laying: Laying, verdicts: VerdictPages | None) -> None:
    """What this home alone keeps of a finished import: the officer's mappings, and what was said of each row."""
    for layout, mapping in laying.used.items():
        keep_mapping(home, layout, mapping)
    home.reports.put(id, verdicts.parts() if verdicts is not None else ())


def _outcome(file: str, id: str, tally: _Tally, layouts: Iterable[Layout], seconds: float) -> ImportOutcome:
    """The account of a finished import; "" for the id of one that was only tried."""
    return ImportOutcome(
        id=id,
        file=file,
        rows=tally.rows,
        added=tally.added,
        unchanged=tally.unchanged,
        parked=tally.parked,
        refused=tally.refused,
        issues=tuple(tally.issues),
        counts=dict(tally.counts),
        kinds=tuple(tally.kinds),
        layouts=tuple(layouts),
        preview=tuple(tally.preview),
        seconds=seconds,
        dry_run=not id,
    )


def _drafts(
    home: Home, file: str, read: ReadApart, tally: _Tally, import_id: str, progress: Progress
) -> Iterator[Draft | Contents]:
    """Villages, documents and the summary of an import, judged row by row while the log takes them."""
    basis = json.dumps({"import": import_id}, separators=(",", ":"))
    known_villages = {village.id for village in home.people.villages()}
    withdrawn = _something_undone(home)
    # A dry run shows all that was read of each row; an import needs no more of a plain one than its document.
    for batch in read.batches():
        yield from _batch_drafts(home, batch, tally, basis, withdrawn, known_villages)
        progress(tally.rows, 0, "rows")
    tally.note(read.issues)
    if tally.rows == 0:
        raise FieldtoolError(ErrorCode.EMPTY_LIST, place=Place(file))
    progress(tally.rows, tally.rows, "rows")
    yield from _summary_drafts(file, tally, import_id)


def _account(tally: _Tally, result: RowResult) -> None:
    tally.rows += 1
    tally.note(result.issues)
    if len(tally.preview) < 20:
        tally.preview.append(result)
    if result.severity is Severity.REFUSED:
        tally.refused += 1
    elif result.severity is Severity.PARKED:
        tally.parked += 1
        tally.parked_rows.append(_parked_text(result))


def _parked_text(result: RowResult) -> str:
    """A parked row as it survives in the event log: place, fields as read, reasons."""
    first = result.issues[0]
    content = {
        "sheet": first.sheet,
        "row": result.row,
        "raw": {str(field): text for field, text in result.raw.items()},
        "issues": [[issue.code, issue.cell, issue.text] for issue in result.issues],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _batch_drafts(
    home: Home,
    batch: Batch,
    tally: _Tally,
    basis: str,
    withdrawn: bool,
    known_villages: set[str],
) -> Iterator[Draft | Contents]:
    for village, name in batch.villages.items():
        if village not in known_villages:
            known_villages.add(village)
            yield Draft(RecordKind.VILLAGE, village, NAME_FIELD, name, village=village, basis=basis)
    papers = _taken(tally, batch.results)
    known = home.people.known_documents([paper.id for paper in papers])
    if tally.verdicts is not None:
        _judge(tally.verdicts, batch.results, known, tally.whole)
    new = [paper for paper in papers if paper.id not in known] if known else papers
    tally.added += len(new)
    tally.unchanged += len(papers) - len(new)
    if not withdrawn:
        yield Contents(new, basis)
        return
    for draft in Contents(new, basis).drafts():
        before = home.log.register(RecordKind.DOCUMENT, draft.record, CONTENT)
        yield dataclasses.replace(draft, supersedes=tuple(event.id for event in before))


def _taken(tally: _Tally, results: Iterable[RowResult | Noted | Transcript]) -> list[Transcript]:
    """What some rows give to the log, after each was counted."""
    papers: list[Transcript] = []
    for result in results:
        if type(result) is Transcript:
            tally.rows += 1
            papers.append(result)
        elif isinstance(result, Noted):
            tally.rows += 1
            tally.note(result.issues)
            papers.append(result.paper)
        elif isinstance(result, RowResult):
            _account(tally, result)
            if result.document is not None:
                papers.append(transcript(result.document))
    tally.kinds |= dict.fromkeys(paper.kind for paper in papers)
    return papers


def _judge(
    verdicts: VerdictPages, results: Iterable[RowResult | Noted | Transcript], known: set[str], whole: bool
) -> None:
    """Keep the verdicts on some rows, once it is known which documents the home already holds."""
    for kind, some in groupby(results, type):
        if kind is Transcript:
            verdicts.add_plain(cast(Iterable[Transcript], some), known)
            continue
        for result in some:
            if isinstance(result, Noted):
                paper, issues = result
                told = Verdict.UNCHANGED if paper.id in known else Verdict.ADDED
                verdicts.add(RowVerdict(paper.sheet, paper.row, told, paper.id, {Field.NAME: paper.name}, issues))
            elif isinstance(result, RowResult):
                verdicts.add(_verdict(result, known, whole))


def _verdict(result: RowResult, known: set[str], whole: bool) -> RowVerdict:
    """The verdict on one row, once it is known which documents the home already holds."""
    document = result.document
    if document is not None:
        told = Verdict.UNCHANGED if document.id in known else Verdict.ADDED
        raw = document.raw if whole else {Field.NAME: document.raw.get(Field.NAME, "")}
        return RowVerdict(document.source.sheet, result.row, told, document.id, raw, result.issues)
    told = Verdict.REFUSED if result.severity is Severity.REFUSED else Verdict.PARKED
    return RowVerdict(result.issues[0].sheet, result.row, told, "", result.raw, result.issues)


def _summary_drafts(file: str, tally: _Tally, import_id: str) -> Iterator[Draft]:
    """The account of the import, then its parked rows in parts that fit a cell of a bundle."""
    part: list[str] = []
    size = parts = 0
    for text in [*tally.parked_rows, ""]:
        if part and (not text or size + len(text) > _PARKED_PART):
            yield Draft(RecordKind.IMPORT, import_id, f"parked.{parts}", "[" + ",".join(part) + "]")
            part, size, parts = [], 0, parts + 1
        part.append(text)
        size += len(text)
    summary = {
        "file": file,
        "rows": tally.rows,
        "added": tally.added,
        "unchanged": tally.unchanged,
        "parked": tally.parked,
        "refused": tally.refused,
        "kinds": list(tally.kinds),
        "issues": dict(sorted(tally.counts.items())),
        "parked_parts": parts,
    }
    yield Draft(RecordKind.IMPORT, import_id, SUMMARY, json.dumps(summary, ensure_ascii=False, separators=(",", ":")))


def _something_undone(home: Home) -> bool:
    """Whether any import was ever taken back, so that a document may be known to the log and yet withdrawn."""
    return any(event.field == STATE and event.value == UNDONE for event in home.log.events(kind=RecordKind.IMPORT))
