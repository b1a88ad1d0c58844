"""Persons folded by a second process: the same rows in the same order, whatever becomes of that process."""

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from multiprocessing.resource_tracker import ensure_running

import pytest

from fieldtool.records.documents import Document, to_payload
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.local_knowledge import Knowledge, knowledge, put_in_force
from fieldtool.store import fold_helper
from fieldtool.store.fold_helper import WORTH, folding
from fieldtool.store.person_fold import FoldedPersons, Told, fold_told

FALSE = shutil.which("false") or ""
KINDS = (DocumentKind.HOUSEHOLD, DocumentKind.ID_CARD)


def batch(number: int) -> Told:
    papers = []
    for person in range(3):
        for kind in KINDS:
            name = f"Vi Văn Hoà {person}" if kind is DocumentKind.HOUSEHOLD else f"Vi Văn Hòa {person}"
            raw = {Field.NAME: name, Field.DOB: f"1/2/{1950 + number + (kind is DocumentKind.ID_CARD)}"}
            paper = Document(f"{number:02}{person}{kind}", kind, raw, village="v-x", household=f"h{number}")
            papers.append((paper.id, to_payload(paper), f"p{number:02}{person}", ""))
    return Told(papers, [], {f"h{number}": f"book{number}"})


BATCHES = [batch(number) for number in range(20)]


@pytest.fixture(scope="module")
def here() -> list[FoldedPersons]:
    return [fold_told(told) for told in BATCHES]


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


@pytest.mark.usefixtures("two_cores")
def test_many_are_folded_by_two_with_the_same_rows(here: list[FoldedPersons]) -> None:
    before = knowledge()
    put_in_force(Knowledge(surnames=(("Thái", ("Vi", "Vy")),)))  # the other process reads with it too
    try:
        with folding(WORTH) as fold:
            assert len(multiprocessing.active_children()) == 1
            assert list(fold.folded(BATCHES)) == [fold_told(told) for told in BATCHES]
    finally:
        put_in_force(before)
    assert here[0].persons and here[0].doubts, "batches that raise doubts"
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("two_cores")
def test_this_process_does_its_own_work_while_the_first_batches_are_folded(here: list[FoldedPersons]) -> None:
    read: list[int] = []

    def batches() -> Iterator[Told]:
        for place, told in enumerate(BATCHES):
            read.append(place)
            yield told

    done: list[int] = []
    with folding(WORTH) as fold:
        found = fold.folded(batches(), lambda: done.append(len(read)))
        assert len(done) == 1 and 0 < done[0] < len(BATCHES), "after a few batches were handed over, before the rest"
        assert list(found) == here
    with folding(WORTH - 1) as alone:
        assert list(alone.folded(BATCHES, lambda: done.append(0))) == here
    assert done[1:] == [0]


@pytest.mark.usefixtures("two_cores")
def test_a_helper_that_knows_less_is_not_asked(here: list[FoldedPersons]) -> None:
    before = knowledge()
    with folding(WORTH) as fold:
        put_in_force(Knowledge(surnames=(("Thái", ("Vi", "Vy")),)))  # an officer told it after the helper began
        try:
            assert list(fold.folded(BATCHES)) == [fold_told(told) for told in BATCHES]
        finally:
            put_in_force(before)
        assert list(fold.folded(BATCHES)) == here


@pytest.mark.usefixtures("two_cores")
def test_after_a_job_that_broke_off_nothing_left_over_is_taken_for_an_answer(here: list[FoldedPersons]) -> None:
    with folding(WORTH) as fold:
        broken = fold.folded(BATCHES)
        next(broken)
        fold.give_up()
        assert list(fold.folded(BATCHES[5:])) == here[5:]
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("two_cores")
def test_a_helper_that_dies_leaves_its_batches_to_this_process(here: list[FoldedPersons]) -> None:
    def until_it_dies() -> Iterator[Told]:
        yield from BATCHES[:4]
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
        yield from BATCHES[4:]

    with folding(WORTH) as fold:
        assert list(fold.folded(until_it_dies())) == here


@pytest.mark.usefixtures("two_cores")
def test_a_helper_that_cannot_be_started_is_done_without(
    here: list[FoldedPersons], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(process: SpawnProcess) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(SpawnProcess, "start", refuse)
    with folding(WORTH) as fold:
        assert list(fold.folded(BATCHES)) == here


@pytest.mark.skipif(not FALSE, reason="needs a program that ends at once")
@pytest.mark.usefixtures("two_cores")
def test_more_knowledge_than_a_pipe_holds_keeps_nobody_waiting_for_a_helper_that_died(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = knowledge()
    put_in_force(Knowledge(surnames=(("Thái", tuple(f"Vi{number}" for number in range(40_000))),)))
    ensure_running()  # multiprocessing's own tracker, by the real program
    monkeypatch.setattr("multiprocessing.spawn._python_exe", os.fsencode(FALSE))  # which reads nothing and ends
    try:
        with folding(WORTH) as fold:
            assert list(fold.folded(BATCHES)) == [fold_told(told) for told in BATCHES]
    finally:
        put_in_force(before)


@pytest.mark.usefixtures("two_cores")
def test_a_job_given_up_ends_the_helper() -> None:
    with pytest.raises(RuntimeError), folding(WORTH) as fold:
        for _ in fold.folded(BATCHES):
            raise RuntimeError("cancelled")
    assert not multiprocessing.active_children()


def test_few_persons_and_one_core_need_no_helper(here: list[FoldedPersons], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold_helper, "_Helper", None)  # calling it would raise
    with folding(WORTH - 1) as fold:
        assert list(fold.folded(BATCHES[:2])) == here[:2]
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with folding(WORTH) as fold:
        assert list(fold.folded(BATCHES[:2])) == here[:2]
