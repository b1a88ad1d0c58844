"""Takes a whole import back: its documents are withdrawn, the events stay."""

from __future__ import annotations

from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import STATE, SUMMARY, UNDONE, Draft, RecordKind
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require


def undo_import(home: Home, id: str, progress: Progress = no_progress) -> str:
    """Withdraw every document that an import brought in; the event id. NOT_FOUND for an unknown import,
    NOTHING_TO_UNDO for one that was taken back before."""
    require(home, Power.ENTER)
    if not home.log.register(RecordKind.IMPORT, id, SUMMARY):
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"id": id, "detail": id})
    states = home.log.register(RecordKind.IMPORT, id, STATE)
    if any(event.value == UNDONE for event in states):
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"id": id, "detail": id})
    progress(0, 1, "write")
    draft = Draft(RecordKind.IMPORT, id, STATE, UNDONE, supersedes=tuple(event.id for event in states))
    (event,) = home.log.append([draft])
    progress(1, 1, "write")
    return event
