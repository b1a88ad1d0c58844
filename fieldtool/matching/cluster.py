"""Scoring on a Dask cluster (the extra `cluster`): the functions of parts.py on other machines, the same levels.

Nothing but columns of the documents and levels travels; persons and verdicts are resolved where `match` was called.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import Any

from fieldtool.matching.numbering import Ints
from fieldtool.matching.parts import Engine, Levels, Part, score_part
from fieldtool.records.errors import ErrorCode, FieldtoolError

_WAITING = 8  # parts on their way at a time, so that neither side holds the whole
_SECONDS = 15.0  # until a scheduler that does not answer is given up


def dask_engine(address: str) -> Engine:
    """The engine of the cluster whose scheduler is at the address ("tcp://host:8786").

    ENGINE_MISSING when the extra is not installed, CLUSTER_SILENT when no scheduler or no worker answers.
    """
    try:
        distributed = importlib.import_module("distributed")  # late: an optional extra, no part of the laptop's program
    except ImportError as trouble:
        raise FieldtoolError(ErrorCode.ENGINE_MISSING, values={"detail": "dask"}) from trouble

    def engine(parts: Iterable[Part]) -> Iterator[tuple[Ints, Levels]]:
        client = _client(distributed, address)
        try:
            yield from _scored(client, parts)
        finally:
            client.close()

    return engine


def _client(distributed: Any, address: str) -> Any:
    try:
        client = distributed.Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as trouble:
        raise FieldtoolError(ErrorCode.CLUSTER_SILENT, values={"detail": address}) from trouble
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError as trouble:
        client.close()
        raise FieldtoolError(ErrorCode.CLUSTER_SILENT, values={"detail": address}) from trouble
    return client


def _scored(client: Any, parts: Iterable[Part]) -> Iterator[tuple[Ints, Levels]]:
    waiting: list[tuple[Ints, Any]] = []
    for part in parts:
        waiting.append((part.places, client.submit(score_part, part, pure=False)))
        if len(waiting) > _WAITING:
            places, future = waiting.pop(0)
            yield places, future.result()
    for places, future in waiting:
        yield places, future.result()
