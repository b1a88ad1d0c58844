"""New and changed papers are matched against the index alone, with the verdicts and links of a run over everything."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from fake_home import FakeClock, FakeIds, card
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_scripts.linkage_generator import Rates, make_commune
from fieldtool.homes import OpenHome, assemble
from fieldtool.matching.blocking import KEYS, candidate_pairs
from fieldtool.matching.comparable import comparable
from fieldtool.matching.completeness import completeness_from
from fieldtool.matching.features import features_of, with_relatives
from fieldtool.matching.judge import judge
from fieldtool.matching.levels import compare
from fieldtool.matching.lookup import outcomes
from fieldtool.matching.model import name_shares
from fieldtool.matching.village import Said, match_documents, match_papers
from fieldtool.matching.weighing import kept_from
from fieldtool.ports import Home
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.errors import Cancelled
from fieldtool.records.events import CONTENT, LINK, STATE, UNDONE, VERDICT, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.verdicts import Outcome
from fieldtool.store.opening import open_store
from fieldtool.trust.keys import HomeKeys
from fieldtool.usecases import match_changed
from fieldtool.usecases.look_alike import probably
from fieldtool.usecases.match_changed import take_in
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.near_papers import find_near

FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def quiet(done: int, total: int, stage: str) -> None:
    """A progress that shows nothing."""


@contextmanager
def opened(folder: Path) -> Iterator[OpenHome]:
    store = open_store(folder / "home.db", bytes(32), clock=FakeClock(), ids=FakeIds(), create=True)
    own = card()
    store.settings.put("home.card", own.to_text())
    HomeKeys.create(store.settings, own)
    try:
        yield OpenHome(folder, store, assemble(store))
    finally:
        store.close()


def write(home: Home, papers: Iterable[Document], name: str = "i1") -> None:
    home.log.append(
        Draft(
            RecordKind.DOCUMENT,
            paper.id,
            CONTENT,
            to_payload(paper),
            supersedes=tuple(event.id for event in home.log.register(RecordKind.DOCUMENT, paper.id, CONTENT)),
            basis=f'{{"import":"{name}"}}',
            village=paper.village,
        )
        for paper in papers
    )


def papers_of(seed: int, noise: float, people: int = 120) -> list[Document]:
    """An invented commune in one order, books included, so that lines tell one another's parents."""
    made = make_commune(people, seed, Rates(noise=noise)).documents
    Random(seed).shuffle(made)
    return made


def links_of(home: Home) -> Mapping[str, str]:
    return {document: person for document, (person, _) in home.people.links().items()}


def whole_run(home: Home, settled: Mapping[str, str]) -> dict[str, str]:
    """What a run over all papers says by the model that the home keeps."""
    papers = with_relatives([comparable(paper) for paper in home.people.documents()])
    texts = {paper.id: paper for paper in home.people.documents()}
    verdicts = home.people.pair_verdicts()
    apart = [pair for pair, verdict in verdicts.items() if verdict == "apart"]
    kept = kept_from(home.people.index.state().model)
    complete = completeness_from(home.people.index.complete())
    found = match_papers(papers, texts.__getitem__, Said(settled, apart), progress=quiet, kept=kept, complete=complete)
    return {link.document: link.person for link in found.links}


@FEW
@given(st.integers(1, 10_000), st.sampled_from((0.5, 1.0, 2.0)), st.integers(1, 40))
def test_new_papers_are_linked_as_a_run_over_everything_links_them(seed: int, noise: float, late: int) -> None:
    made = papers_of(seed, noise)
    with TemporaryDirectory() as folder, opened(Path(folder)) as there:
        home = there.home
        write(home, made[late:])
        match_village(home)
        before = links_of(home)
        write(home, made[:late], "i2")
        outcome = match_village(home)
        assert outcome.compared == late
        assert links_of(home) == whole_run(home, before)
        assert there.store.check().complaints == []


@FEW
@given(st.integers(1, 10_000), st.sampled_from((0.5, 1.0, 2.0)))
def test_every_pair_of_a_run_is_found_with_its_verdict(seed: int, noise: float) -> None:
    made = papers_of(seed, noise, 300)
    with TemporaryDirectory() as folder, opened(Path(folder)) as there:
        home = there.home
        write(home, made)
        match_village(home)
        expected = _verdicts(home)
        papers = with_relatives([comparable(paper) for paper in home.people.documents()])
        found = {
            (min(paper.id, one.paper.id), max(paper.id, one.paper.id)): (one.outcome, round(one.weight, 6))
            for paper in papers
            for one in find_near(home.people.index, paper)
        }
        assert found == expected
        assert {outcome for outcome, _ in found.values()} == set(Outcome)


def _verdicts(home: Home) -> dict[tuple[str, str], tuple[Outcome, float]]:
    f = features_of(with_relatives([comparable(paper) for paper in home.people.documents()]))
    a, b = candidate_pairs(f, lambda done, total: None)
    levels = compare(f, a, b, lambda done, total: None)
    weighed = kept_from(home.people.index.state().model).weigh(levels, name_shares(f)[a])
    judged = judge(f, a, b, levels, weighed.weight, weighed.least())
    said = zip(outcomes(judged), weighed.weight.tolist(), strict=True)
    return {
        (f.ids[one], f.ids[other]): (outcome, round(weight, 6))
        for (one, other), (outcome, weight) in zip(zip(a.tolist(), b.tolist(), strict=True), said, strict=True)
    }


def test_a_typed_paper_is_weighed_as_if_it_stood_in_the_store(tmp_path: Path) -> None:
    made = papers_of(7, 1.0)
    with opened(tmp_path) as there:
        home = there.home
        write(home, made[1:])
        match_village(home)
        typed = {one.paper.id: one for one in find_near(home.people.index, comparable(made[0]))}
        write(home, made[:1])
        take_in(home, home.people.index.changed())
        stored = {one.paper.id: one for one in find_near(home.people.index, comparable(made[0]))}
        assert typed == stored
        assert typed


def test_a_corrected_paper_is_found_by_its_new_text_only(tmp_path: Path) -> None:
    made = papers_of(3, 0.5)
    with opened(tmp_path) as there:
        home = there.home
        write(home, made)
        match_village(home)
        wrong = next(paper for paper in made if paper.get(Field.N12) and paper.kind is DocumentKind.ID_CARD)
        mended = replace(wrong, raw={**wrong.raw, Field.NAME: "Xồng Bá Lạ", Field.DOB: "02/03/1933"})
        write(home, [mended])
        outcome = match_village(home)
        assert (outcome.compared, outcome.changed) == (1, 0)
        held = set(home.people.index.contents([wrong.id]).values())
        assert held == {comparable(mended).to_text()}
        _index_holds(home, {paper.id for paper in made})


def test_an_undone_import_leaves_the_index_and_comes_back(tmp_path: Path) -> None:
    made = papers_of(4, 1.0)
    with opened(tmp_path) as there:
        home = there.home
        write(home, made[20:])
        write(home, made[:20], "late")
        match_village(home)
        home.log.append([Draft(RecordKind.IMPORT, "late", STATE, UNDONE)])
        match_village(home)
        _index_holds(home, {paper.id for paper in made[20:]})
        undone = home.log.register(RecordKind.IMPORT, "late", STATE)
        home.log.append([Draft(RecordKind.IMPORT, "late", STATE, "", supersedes=tuple(one.id for one in undone))])
        match_village(home)
        _index_holds(home, {paper.id for paper in made})


def _index_holds(home: Home, documents: Collection[str]) -> None:
    """The index is the one that a whole run would make."""
    index = home.people.index
    held = dict(index.contents(documents))
    assert set(held) == set(documents)
    assert index.state().papers == len(documents)
    whole = with_relatives([comparable(paper) for paper in home.people.documents()])
    assert held == {paper.id: paper.to_text() for paper in whole}
    near = {paper.id: set(find_near(index, paper)) for paper in whole}
    match_village(home, full=True)
    assert {id for id, found in near.items() if found} == {paper.id for paper in whole if find_near(index, paper)}


def test_what_an_officer_said_apart_stays_apart(tmp_path: Path) -> None:
    made = papers_of(5, 0.5)
    with opened(tmp_path) as there:
        home = there.home
        late = next(paper for paper in made if paper.kind is DocumentKind.ID_CARD and paper.get(Field.N12))
        write(home, [paper for paper in made if paper is not late])
        match_village(home)
        sure = [one.paper.id for one in find_near(home.people.index, comparable(late)) if one.outcome is Outcome.LINK]
        assert sure
        write(home, [late])
        pairs = [f"{min(late.id, id)}|{max(late.id, id)}" for id in sure]
        home.log.append(Draft(RecordKind.PAIR, pair, VERDICT, "apart") for pair in pairs)
        before = links_of(home)
        match_village(home)
        after = links_of(home)
        assert after == whole_run(home, before)
        assert all(after[late.id] != after[id] for id in sure)


def test_nothing_new_compares_nothing_and_keeps_the_queue(tmp_path: Path) -> None:
    with opened(tmp_path) as there:
        home = there.home
        write(home, papers_of(6, 2.0))
        first = match_village(home)
        queue = list(home.people.reviews())
        again = match_village(home)
        assert (again.compared, again.changed) == (0, 0)
        assert (again.documents, again.persons, again.linked) == (first.documents, first.persons, first.linked)
        assert queue and list(home.people.reviews()) == queue


def test_many_new_papers_and_a_full_run_read_everything(tmp_path: Path) -> None:
    made = papers_of(8, 1.0, 600)
    with opened(tmp_path) as there:
        home = there.home
        write(home, made[: len(made) // 2])
        match_village(home)
        write(home, made[len(made) // 2 :], "i2")
        assert match_village(home).compared == len(made)
        write(home, [replace(made[0], id="f" * 32)], "i3")
        assert match_village(home, full=True).compared == len(made) + 1


def test_a_run_cancelled_while_it_writes_the_index_leaves_nothing_behind(tmp_path: Path) -> None:
    def cancel(done: int, total: int, stage: str) -> None:
        if stage == "index":
            raise Cancelled

    with opened(tmp_path) as opened_home:
        home = opened_home.home
        write(home, papers_of(3, 1.0))
        events = home.log.count()
        with pytest.raises(Cancelled):
            match_village(home, progress=cancel)
        assert (home.log.count(), dict(home.people.links())) == (events, {})
        assert not home.people.index.state().model, "a run that comes later reads everything"
        outcome = match_village(home)
        assert outcome.compared == outcome.documents == outcome.changed
        assert opened_home.check().complaints == ()


@pytest.mark.parametrize("broken", ["rebuild", "knowledge"])
def test_an_index_that_could_be_stale_is_made_anew(tmp_path: Path, broken: str) -> None:
    made = papers_of(9, 1.0)
    with opened(tmp_path) as there:
        home = there.home
        write(home, made)
        match_village(home)
        if broken == "rebuild":
            there.store.rebuild()
        else:
            home.log.append([Draft(RecordKind.SURNAME, "lau", CONTENT, '{"surname": "Lầu"}')])
        assert home.people.index.state().model == ""
        assert find_near(home.people.index, comparable(made[0])) == []
        assert match_village(home).compared == len(made)
        assert home.people.index.state().papers == len(made)


def test_an_index_by_other_keys_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version with one key more would not find by it what an older one put in."""
    made = papers_of(9, 1.0)
    with opened(tmp_path) as there:
        home = there.home
        write(home, made[1:])
        match_village(home)
        assert kept_from(home.people.index.state().model).keys == KEYS
        monkeypatch.setattr(match_changed, "KEYS", KEYS + 1)
        write(home, made[:1], "i2")
        assert match_village(home).compared == len(made)
    older = json.dumps(json.loads(kept_text())[:3])
    assert kept_from(older).keys == 1


def kept_text() -> str:
    """The model of a run as it is kept."""
    return match_documents(papers_of(9, 1.0), settled={}, progress=quiet).kept


def test_a_person_who_has_a_row_of_the_list_already_gets_no_second_one(tmp_path: Path) -> None:
    """Also when his row looks like nothing of the new one, because an officer placed it: no block would bring it."""
    made = papers_of(5, 0.5)
    with opened(tmp_path) as there:
        home = there.home
        late = next(paper for paper in made if paper.kind is DocumentKind.ID_CARD and paper.get(Field.N12))
        strange = Document("e" * 32, late.kind, {Field.NAME: "Xồng Bá Lạ"}, village="far", list_id=late.list_id)
        write(home, [strange, *(paper for paper in made if paper is not late)])
        match_village(home)
        sure = {one.paper.id for one in find_near(home.people.index, comparable(late)) if one.outcome is Outcome.LINK}
        person = {links_of(home)[id] for id in sure}.pop()
        officer = '{"band":"officer"}'
        old = tuple(event.id for event in home.log.register(RecordKind.DOCUMENT, strange.id, LINK))
        home.log.append([Draft(RecordKind.DOCUMENT, strange.id, LINK, person, supersedes=old, basis=officer)])
        write(home, [late])
        before = links_of(home)
        match_village(home)
        after = links_of(home)
        assert after == whole_run(home, before)
        assert after[late.id] == late.id


def test_a_page_is_told_whom_a_typed_paper_probably_means_with_the_runs_own_verdict(tmp_path: Path) -> None:
    made = papers_of(5, 0.5)
    with opened(tmp_path) as there:
        home = there.home
        late = next(paper for paper in made if paper.kind is DocumentKind.ID_CARD and paper.get(Field.N12))
        write(home, [paper for paper in made if paper is not late])
        match_village(home)
        near = {one.paper.id: one for one in find_near(home.people.index, comparable(late))}
        sure = {links_of(home)[id] for id, one in near.items() if one.outcome is Outcome.LINK}
        told = probably(home.people, late.raw, late.village, limit=20)
        assert sure and sure <= {item.line.id for item in told if item.sure}
        assert told[0].sure
