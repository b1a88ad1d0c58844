"""Whichever engine scores the pairs, levels and verdicts are the same to the byte."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from distributed import LocalCluster

from fieldtool.matching import parts
from fieldtool.matching.blocking import candidate_pairs
from fieldtool.matching.cluster import dask_engine
from fieldtool.matching.features import read_documents
from fieldtool.matching.levels import compare
from fieldtool.matching.village import match_documents
from fieldtool.records.documents import Document
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.verdicts import Matching

_SERVERS = pytest.mark.skipif(
    sys.platform == "win32", reason="the cluster is a server's; nothing of it is run on laptops"
)


def papers(count: int = 240) -> list[Document]:
    """Invented residents of two villages, each in two lists."""
    names = ("Lô Văn An", "Vi Thị Hoa", "Moong Văn Ơn", "Xồng Bá Thái", "Cụt Phò Nhiên", "Hà Thị Mai", "Kha Văn Dũng")
    made = []
    for number in range(count):
        name, day = names[number % 7], f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/{1950 + number % 60}"
        raw = {Field.NAME: name, Field.DOB: day, Field.FATHER: names[(number // 7) % 7], Field.SEX: "Nam"}
        village = f"17245-ban-{number % 2}"
        made.append(Document(f"a{number:04d}", DocumentKind.HOUSEHOLD, raw, village=village, list_id="l1"))
        other = {**raw, Field.NAME: name.replace("ă", "a")}
        made.append(Document(f"b{number:04d}", DocumentKind.ID_CARD, other, village=village, list_id="l2"))
    return made


def run(engine: parts.Engine | None) -> Matching:
    return match_documents(papers(), settled={}, progress=lambda done, total, stage: None, engine=engine)


def told(matching: Matching) -> str:
    return repr((matching.links, matching.reviews))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_PART", 97)


def test_parts_give_the_levels_of_the_whole(small_parts: None) -> None:
    f = read_documents(sorted(papers(), key=lambda paper: paper.id))
    a, b = candidate_pairs(f, lambda done, total: None)
    whole = compare(f, a, b, lambda done, total: None)
    seen: list[int] = []

    def counting(some: Iterable[parts.Part]) -> Iterator[tuple[parts.Ints, parts.Levels]]:
        for part in some:
            seen.append(len(part.left))
            yield part.places, parts.score_part(part)

    cut = parts.all_levels(f, a, b, counting, lambda done, total, stage: None)
    assert len(a) > 500
    assert max(seen) <= 97
    assert sum(seen) == len(a)
    assert all(np.array_equal(whole[name], cut[name]) for name in whole)


def test_a_pool_of_processes_says_the_same(small_parts: None) -> None:
    assert told(run(parts.on_all_cores)) == told(run(parts.here)) == told(run(None))


@_SERVERS
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_of_processes_says_the_same(small_parts: None) -> None:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        assert told(run(dask_engine(cluster.scheduler_address))) == told(run(None))


@_SERVERS
def test_a_cluster_that_is_not_there_is_named() -> None:
    with pytest.raises(FieldtoolError) as refused:
        run(dask_engine("nothing://here"))
    assert refused.value.code is ErrorCode.CLUSTER_SILENT


def test_without_the_extra_the_error_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from fieldtool.matching.cluster import dask_engine\n"
        "from fieldtool.records.errors import FieldtoolError\n"
        "try: dask_engine('tcp://x:1')\n"
        "except FieldtoolError as error: print(error.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "engine_missing"
