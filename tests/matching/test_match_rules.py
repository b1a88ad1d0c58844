"""What holds of every match run, whatever the papers: tried on many small heaps of papers drawn from few names."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldtool.matching.village import match_documents
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.names import parse_name
from fieldtool.records.verdicts import Band, Matching

NAMES = ("Lô Văn Thành", "Lô Văn Thanh", "LO VAN THANH", "Vi Thị Hoa", "Moong Văn Hải", "Mông Văn Hải", "Lô Thành")
PARENTS = ("", "Lô Văn Hải", "Vi Văn Cả", "Moong Văn Bún")
MOTHERS = ("", "Vi Thị Lan", "Kha Thị Mai")
DATES = ("", "1985", "01/01/1985", "12/03/1985", "03/12/1985", "12/03/1986", "12/03/2012")
NUMBERS = ("", "", "040085001234", "040085001235", "40085001234", "000000000000")
KINDS = (DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.HOUSEHOLD)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def quiet(done: int, total: int, step: str) -> None:
    """A progress that shows nothing."""


@st.composite
def papers(draw: st.DrawFn, most: int = 14) -> list[Document]:
    """A heap of papers of three lists, drawn so that many could be one person and many must not."""
    found = []
    for place in range(draw(st.integers(2, most))):
        kind = draw(st.sampled_from(KINDS))
        raw = {
            Field.NAME: draw(st.sampled_from(NAMES)),
            Field.DOB: draw(st.sampled_from(DATES)),
            Field.SEX: draw(st.sampled_from(("", "Nam", "Nam", "Nữ"))),
            Field.N12: draw(st.sampled_from(NUMBERS)),
            Field.FATHER: draw(st.sampled_from(PARENTS)),
            Field.MOTHER: draw(st.sampled_from(MOTHERS)),
        }
        text = {field: value for field, value in raw.items() if value}
        village = draw(st.sampled_from(("v1", "v1", "v2", "")))
        found.append(Document(id=f"d{place:02d}", kind=kind, raw=text, village=village, list_id=str(kind)))
    return found


def match(heap: Sequence[Document], **more: object) -> Matching:
    """A run with no one placed yet."""
    return match_documents(heap, settled={}, progress=quiet, **more)  # type: ignore[arg-type]


def groups(matching: Matching) -> list[set[str]]:
    """The documents of each person."""
    found: dict[str, set[str]] = {}
    for link in matching.links:
        found.setdefault(link.person, set()).add(link.document)
    return list(found.values())


@FEW
@given(papers(), st.randoms(use_true_random=False))
def test_order_of_papers_changes_nothing(heap: list[Document], shuffle: object) -> None:
    turned = list(heap)
    shuffle.shuffle(turned)  # type: ignore[attr-defined]
    one, other = match(heap), match(turned)
    assert one.links == other.links
    assert one.reviews == other.reviews


@FEW
@given(papers())
def test_every_paper_has_one_person_and_a_list_gives_a_person_one_row(heap: list[Document]) -> None:
    matching = match(heap)
    assert sorted(link.document for link in matching.links) == sorted(paper.id for paper in heap)
    kinds = {paper.id: paper.list_id for paper in heap}
    for members in groups(matching):
        assert len({kinds[id] for id in members}) == len(members)


@FEW
@given(papers())
def test_no_person_holds_two_numbers_two_sexes_or_twins(heap: list[Document]) -> None:
    by_id = {paper.id: paper for paper in heap}
    for members in groups(match(heap)):
        held = [by_id[id] for id in members]
        numbers = {paper.get(Field.N12).zfill(12) for paper in held} - {"0" * 12}
        assert len(numbers) <= 1
        assert len({paper.get(Field.SEX) for paper in held} - {""}) <= 1
        for one, other in itertools.combinations(held, 2):
            if _twins(one, other):
                raise AssertionError(f"{one} and {other} may be twins")


def _twins(one: Document, other: Document) -> bool:
    """Whether two papers tell of one full birth date, the same parents, and given names written with other marks."""
    same = (Field.DOB, Field.FATHER, Field.MOTHER)
    names = [parse_name(paper.get(Field.NAME)) for paper in (one, other)]
    return (
        all(one.get(field) and one.get(field) == other.get(field) for field in same)
        and one.get(Field.DOB).count("/") == 2
        and not one.get(Field.DOB).startswith("01/01")
        and all(not name.marked.isascii() for name in names)
        and names[0].given != names[1].given
    )


@FEW
@given(papers(), st.data())
def test_what_an_officer_told_apart_stays_apart(heap: list[Document], data: st.DataObject) -> None:
    ids = [paper.id for paper in heap]
    pairs = list(itertools.combinations(ids, 2))
    apart = data.draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=4))
    matching = match(heap, apart=apart)
    for one, other in apart:
        assert not any({one, other} <= members for members in groups(matching))
        assert not any({review.a, review.b} == {one, other} for review in matching.reviews)


@FEW
@given(papers(), st.data())
def test_an_officers_same_holds_but_never_against_his_apart(heap: list[Document], data: st.DataObject) -> None:
    ids = [paper.id for paper in heap]
    one, other = data.draw(st.sampled_from(list(itertools.combinations(ids, 2))))
    joined = match(heap, same=[(one, other)])
    assert any({one, other} <= members for members in groups(joined))
    refused = match(heap, same=[(one, other)], apart=[(other, one)])
    assert not any({one, other} <= members for members in groups(refused))
    assert refused.figures["refused_same"] == 1


@FEW
@given(papers())
def test_a_paper_like_no_other_changes_no_link(heap: list[Document]) -> None:
    stranger = Document(
        id="zz",
        kind=DocumentKind.STATEMENT,
        raw={Field.NAME: "Trịnh Quốc Khánh", Field.DOB: "30/06/1931", Field.FATHER: "Trịnh Bá Đạo"},
        village="v9",
        list_id="other",
    )
    before, after = match(heap), match([*heap, stranger])
    assert _certain(before) == _certain(after)


def _certain(matching: Matching) -> set[tuple[str, str]]:
    return {(link.document, link.person) for link in matching.links if link.band is Band.CERTAIN}


@FEW
@given(papers(), st.data())
def test_who_is_placed_keeps_his_person(heap: list[Document], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from([paper.id for paper in heap]), unique=True, max_size=5))
    settled = {id: f"p{place}" for place, id in enumerate(chosen)}
    links = {link.document: link.person for link in match_documents(heap, settled=settled, progress=quiet).links}
    assert {id: links[id] for id in chosen} == settled


@FEW
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(DATES[1:3]), st.sampled_from(KINDS)), max_size=12))
def test_name_year_village_and_sex_never_link_a_heap_of_papers(rows: list[tuple[str, str, DocumentKind]]) -> None:
    heap = [
        Document(
            id=f"d{place}",
            kind=kind,
            raw={Field.NAME: name, Field.DOB: date, Field.SEX: "Nữ" if "Thị" in name else "Nam"},
            village="v1",
            list_id=str(kind),
        )
        for place, (name, date, kind) in enumerate(rows)
    ]
    assert all(len(members) == 1 for members in groups(match(heap)))


@FEW
@given(papers())
def test_a_paper_meets_five_rivals_at_most_and_the_best_comes_first(heap: list[Document]) -> None:
    reviews = match(heap).reviews
    assert all(1 <= review.rank <= 5 for review in reviews)
    for paper in heap:
        ranks = [review.rank for review in reviews if paper.id in (review.a, review.b)]
        assert not ranks or min(ranks) <= 5
