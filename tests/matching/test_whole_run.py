"""What a run over whole lists may do that no pair may alone: with proven registers only, and never without a word."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from fieldtool.matching.completeness import completeness_from
from fieldtool.matching.queue import probability
from fieldtool.matching.village import match_documents
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.verdicts import Band, Matching

GIVEN = ("Thành", "Hải", "Dũng", "Hùng", "Nam", "Tuấn", "Long", "Minh", "Sơn", "Tâm")
CLANS = ("Lô", "Vi", "Kha", "Quang", "Hà", "Sầm")
BARE = ("Ngân Văn Điều", "1952")


def _village(people: int) -> list[Document]:
    """Two lists of one village: everyone stands in both with his full birth date."""
    papers = []
    for place in range(people):
        day = datetime.date(1960, 1, 2) + datetime.timedelta(97 * place)
        raw = {
            Field.NAME: f"{CLANS[place % 6]} Văn {GIVEN[(place // 6) % 10]}",
            Field.DOB: f"{day:%d/%m/%Y}",
            Field.SEX: "Nam",
        }
        papers += [_paper(f"{kind.value}{place:03d}", kind, raw) for kind in (DocumentKind.ID_CARD, DocumentKind.BIRTH)]
    return papers


def _paper(id: str, kind: DocumentKind, raw: dict[Field, str], book: str = "") -> Document:
    return Document(id=id, kind=kind, raw=raw, village="v1", list_id=str(kind), household=book)


def _bare(id: str, kind: DocumentKind, name: str = BARE[0], dob: str = BARE[1]) -> Document:
    return _paper(id, kind, {Field.NAME: name, Field.DOB: dob, Field.SEX: "Nam"})


def _match(papers: list[Document]) -> Matching:
    return match_documents(papers, settled={}, progress=lambda done, total, step: None)


def _together(matching: Matching, one: str, other: str) -> bool:
    person = {link.document: link.person for link in matching.links}
    return person[one] == person[other]


def test_the_only_bearer_in_two_proven_registers_links_and_says_so() -> None:
    matching = _match([*_village(60), _bare("x-id", DocumentKind.ID_CARD), _bare("x-birth", DocumentKind.BIRTH)])
    assert _together(matching, "x-id", "x-birth")
    why = {link.document: [reason.code for reason in link.reasons] for link in matching.links}
    assert why["x-id"] == ["by_only_bearer"]
    assert why["id000"] == ["by_name_and_date"]


def test_without_proven_registers_the_same_two_papers_are_a_doubt() -> None:
    matching = _match([*_village(8), _bare("x-id", DocumentKind.ID_CARD), _bare("x-birth", DocumentKind.BIRTH)])
    assert not _together(matching, "x-id", "x-birth")
    doubt = next(review for review in matching.reviews if {review.a, review.b} == {"x-id", "x-birth"})
    assert doubt.reasons[0].code == "alone_not_enough"


def test_a_second_bearer_in_any_list_keeps_it_a_doubt() -> None:
    heap = [*_village(60), _bare("x-id", DocumentKind.ID_CARD), _bare("x-birth", DocumentKind.BIRTH)]
    heap.append(_bare("y-birth", DocumentKind.BIRTH, dob="17/06/1952"))
    matching = _match(heap)
    assert not _together(matching, "x-id", "x-birth")
    assert not _together(matching, "x-id", "y-birth")
    assert {review.rank for review in matching.reviews if "x-id" in (review.a, review.b)} == {1, 2}


def test_where_both_lists_leave_many_out_a_name_borne_twice_is_a_doubt() -> None:
    """The two may each be of somebody whom the other list does not have."""
    grown = [
        _paper(f"grown-{kind.value}", kind, {Field.NAME: BARE[0], Field.DOB: "05/06/1991", Field.SEX: "Nam"})
        for kind in (DocumentKind.ID_CARD, DocumentKind.BIRTH)
    ]
    heap = [*_village(60), *grown, _bare("x-id", DocumentKind.ID_CARD), _bare("x-birth", DocumentKind.BIRTH)]
    assert _together(_match(heap), "x-id", "x-birth")
    kinds = (DocumentKind.ID_CARD, DocumentKind.BIRTH)
    others = [
        _bare(f"z{place:02d}", kinds[place % 2], f"Cụt Thanh {GIVEN[place % 10]}", f"{1901 + place}")
        for place in range(90)
    ]
    matching = _match([*heap, *others])
    assert not _together(matching, "x-id", "x-birth")
    assert any({review.a, review.b} == {"x-id", "x-birth"} for review in matching.reviews)


def test_how_complete_lists_are_comes_back_from_text() -> None:
    said = _match([*_village(30), _bare("x-id", DocumentKind.ID_CARD)]).complete
    known = completeness_from(said)
    assert known.to_text() == said
    assert known.gaps == {("v1", "birth", "id"): 0.0}


def _child(id: str, kind: DocumentKind, name: str, dob: str = "17/06/1998") -> Document:
    parents = {Field.FATHER: "Lộc Văn Nhất", Field.MOTHER: "Vi Thị Đào"}
    return _paper(id, kind, {Field.NAME: name, Field.DOB: dob, Field.SEX: "Nam", **parents})


def test_the_only_child_of_a_day_links_under_a_name_a_letter_off() -> None:
    two = [
        _child("x-id", DocumentKind.ID_CARD, "Lộc Văn Khoát"),
        _child("x-birth", DocumentKind.BIRTH, "Lộc Văn Khoá"),
    ]
    matching = _match([*_village(60), *two])
    assert _together(matching, "x-id", "x-birth")
    why = {link.document: [reason.code for reason in link.reasons] for link in matching.links}
    assert why["x-id"] == ["by_only_child"]
    assert not _together(_match([*_village(8), *two]), "x-id", "x-birth"), "no list is proven to be a register"


@pytest.mark.parametrize(("kind", "dob"), [(DocumentKind.BIRTH, "17/06/1998"), (DocumentKind.ID_CARD, "1998")])
def test_a_twin_in_any_list_keeps_a_name_a_letter_off_a_doubt(kind: DocumentKind, dob: str) -> None:
    heap = [
        *_village(60),
        _child("x-id", DocumentKind.ID_CARD, "Lộc Văn Khoát"),
        _child("x-birth", DocumentKind.BIRTH, "Lộc Văn Khoá"),
        _child("y", kind, "Lộc Văn Thiện", dob),
    ]
    matching = _match(heap)
    assert not _together(matching, "x-id", "x-birth")
    assert any({review.a, review.b} == {"x-id", "x-birth"} for review in matching.reviews)


def test_a_twin_who_has_his_own_papers_leaves_the_other_one_child() -> None:
    """Both lists hold both twins: where the one is linked, the near name can only be the other."""
    twin = [_child(f"y-{kind}", kind, "Lộc Văn Thiện") for kind in (DocumentKind.ID_CARD, DocumentKind.BIRTH)]
    two = [
        _child("x-id", DocumentKind.ID_CARD, "Lộc Văn Khoát"),
        _child("x-birth", DocumentKind.BIRTH, "Lộc Văn Khoá"),
    ]
    matching = _match([*_village(60), *twin, *two])
    assert _together(matching, "y-id", "y-birth")
    assert _together(matching, "x-id", "x-birth")
    assert not _together(matching, "x-id", "y-id")


def test_the_only_child_of_a_year_links_under_a_near_name_and_two_of_three_parts_of_the_date() -> None:
    two = [
        _child("x-id", DocumentKind.ID_CARD, "Lộc Văn Khoát", "17/06/1998"),
        _child("x-birth", DocumentKind.BIRTH, "Lộc Văn Khoá", "17/09/1998"),
    ]
    assert _together(_match([*_village(60), *two]), "x-id", "x-birth")
    born_too = _child("y", DocumentKind.BIRTH, "Lộc Văn Thiện", "1998")
    assert not _together(_match([*_village(60), *two, born_too]), "x-id", "x-birth")


def test_a_dead_childs_name_given_on_is_not_the_only_child() -> None:
    heap = [
        *_village(60),
        _child("x-id", DocumentKind.ID_CARD, "Lộc Văn Khoa", "17/06/1998"),
        _child("x-birth", DocumentKind.BIRTH, "Lộc Văn Khoa", "02/01/1995"),
    ]
    assert not _together(_match(heap), "x-id", "x-birth")


def test_a_brother_already_linked_is_evidence_for_name_and_year() -> None:
    parents = {Field.FATHER: "Lộc Văn Nhất", Field.MOTHER: "Vi Thị Đào", Field.SEX: "Nam"}
    book = {Field.HEAD: "Lộc Văn Cụ", Field.RELATION: "Cháu", Field.SEX: "Nam"}
    heap = [
        _paper("b1", DocumentKind.BIRTH, {Field.NAME: "Lộc Văn Hòa", Field.DOB: "03/03/2005", **parents}),
        _paper("b2", DocumentKind.BIRTH, {Field.NAME: "Lộc Văn Khoa", Field.DOB: "09/10/2008", **parents}),
        _paper("h1", DocumentKind.HOUSEHOLD, {Field.NAME: "Lộc Văn Hòa", Field.DOB: "03/03/2005", **book}, "7"),
        _paper("h2", DocumentKind.HOUSEHOLD, {Field.NAME: "Lộc Văn Khoa", Field.DOB: "2008", **book}, "7"),
    ]
    matching = _match(heap)
    assert _together(matching, "b1", "h1")
    assert _together(matching, "b2", "h2")
    why = {link.document: [reason.code for reason in link.reasons] for link in matching.links}
    assert why["h2"] == ["by_linked_kin"]
    alone = _match([paper for paper in heap if paper.id in ("b2", "h2")])
    assert not _together(alone, "b2", "h2")


def test_a_dead_brothers_name_is_not_linked_by_kin() -> None:
    parents = {Field.FATHER: "Lộc Văn Nhất", Field.MOTHER: "Vi Thị Đào", Field.SEX: "Nam"}
    book = {Field.HEAD: "Lộc Văn Cụ", Field.RELATION: "Cháu", Field.SEX: "Nam"}
    heap = [
        _paper("b1", DocumentKind.BIRTH, {Field.NAME: "Lộc Văn Hòa", Field.DOB: "03/03/2005", **parents}),
        _paper("h1", DocumentKind.HOUSEHOLD, {Field.NAME: "Lộc Văn Hòa", Field.DOB: "03/03/2005", **book}, "7"),
        _paper("b2", DocumentKind.BIRTH, {Field.NAME: "Lộc Văn Khoa", Field.DOB: "09/10/2008", **parents}),
        _paper("h2", DocumentKind.HOUSEHOLD, {Field.NAME: "Lộc Văn Khoa", Field.DOB: "2010", **book}, "7"),
    ]
    assert not _together(_match(heap), "b2", "h2")


def test_a_chain_never_joins_two_numbers() -> None:
    raw = {Field.NAME: "Hà Văn Tuấn", Field.DOB: "11/04/1993", Field.SEX: "Nam"}
    heap = [
        _paper("a", DocumentKind.ID_CARD, {**raw, Field.N12: "040093001357"}),
        _paper("b", DocumentKind.BIRTH, raw),
        _paper("c", DocumentKind.HOUSEHOLD, {**raw, Field.N12: "040093778899"}),
    ]
    matching = _match(heap)
    assert not _together(matching, "a", "c")
    assert {link.band for link in matching.links} <= {Band.CERTAIN, Band.ALONE}


def test_two_links_of_their_own_hold_against_one_papers_slip() -> None:
    """The card's year and the book's month are each a slip off the certificate; alone they look like two siblings."""
    name = "Lộc Văn Khoát"
    card = _child("x-id", DocumentKind.ID_CARD, name, "17/06/1999")
    book = _child("x-book", DocumentKind.HOUSEHOLD, name, "17/08/1998")
    birth = _child("x-birth", DocumentKind.BIRTH, name, "17/06/1998")
    matching = _match([*_village(60), card, book, birth])
    assert _together(matching, "x-id", "x-birth")
    assert _together(matching, "x-book", "x-birth")
    apart = _match([*_village(60), card, book])
    assert not _together(apart, "x-id", "x-book")
    doubt = next(review for review in apart.reviews if {review.a, review.b} == {"x-id", "x-book"})
    assert "replaced_sibling" in [reason.code for reason in doubt.reasons]


def test_a_shared_number_does_not_carry_a_chain_against_a_contradiction() -> None:
    """A brother's number on the book's line: the book and the card agree in it, the certificate is another child's."""
    number = {Field.N12: "040098001234"}
    card = _child("x-id", DocumentKind.ID_CARD, "Lộc Văn Khoát", "17/06/1998")
    birth = _child("x-birth", DocumentKind.BIRTH, "Lộc Văn Khoát", "17/06/1998")
    book = _child("x-book", DocumentKind.HOUSEHOLD, "Lộc Văn Khoát", "05/01/2001")
    heap = [replace(card, raw={**card.raw, **number}), birth, replace(book, raw={**book.raw, **number})]
    matching = _match([*_village(60), *heap])
    assert _together(matching, "x-id", "x-birth")
    assert not _together(matching, "x-book", "x-birth")


def test_a_doubt_without_a_rival_is_likelier_than_its_weight_and_a_rival_takes_his_share() -> None:
    two = [_bare("x-id", DocumentKind.ID_CARD), _bare("x-birth", DocumentKind.BIRTH)]
    (alone,) = _match(two).reviews
    assert probability(alone.weight) < alone.probability < probability(alone.weight + 2.5)
    first, second = sorted(_match([*two, _bare("y-birth", DocumentKind.BIRTH)]).reviews, key=lambda doubt: doubt.rank)
    assert (first.rank, second.rank) == (1, 2)
    assert first.probability < alone.probability
    assert second.probability < 0.3 < probability(second.weight), "the first took its share"


def _dated(id: str, kind: DocumentKind, village: str = "v1", father: str = "", mother: str = "") -> Document:
    raw = {Field.NAME: BARE[0], Field.DOB: "17/06/1952", Field.SEX: "Nam", Field.FATHER: father, Field.MOTHER: mother}
    paper = _paper(id, kind, {field: text for field, text in raw.items() if text})
    return replace(paper, village=village)


def test_a_whole_name_and_full_date_link_from_another_village_where_nobody_else_bears_them() -> None:
    two = [_dated("x-id", DocumentKind.ID_CARD), _dated("x-birth", DocumentKind.BIRTH, "v2")]
    matching = _match([*_village(60), *two])
    assert _together(matching, "x-id", "x-birth")
    third = _dated("y-birth", DocumentKind.BIRTH, "v3")
    assert not _together(_match([*_village(60), *two, third]), "x-id", "x-birth"), "two bearers of one day"


def test_a_full_date_links_a_name_a_letter_off_from_another_village_only_where_it_is_nobody_elses() -> None:
    card = _dated("x-id", DocumentKind.ID_CARD)
    slip = _dated("x-birth", DocumentKind.BIRTH, "v2")
    slip = replace(slip, raw={**slip.raw, Field.NAME: "Ngân Văn Điềm", Field.N9: "186123456"})
    card = replace(card, raw={**card.raw, Field.NAME: "Ngân Văn Điều"})
    assert _together(_match([*_village(60), card, slip]), "x-id", "x-birth")
    assert not _together(_match([*_village(8), card, slip]), "x-id", "x-birth"), "no list is proven to be a register"
    other = replace(_dated("y-birth", DocumentKind.BIRTH), raw={**slip.raw, Field.NAME: "Ngân Văn Điền"})
    assert not _together(_match([*_village(60), card, slip, other]), "x-id", "x-birth")
    year = replace(slip, raw={**slip.raw, Field.DOB: "1952"})
    assert not _together(_match([*_village(60), card, year]), "x-id", "x-birth"), "a name and a year are never enough"


def test_another_mother_beside_one_father_is_one_child_where_nobody_else_is_meant_two_other_parents_are_not() -> None:
    card = _dated("x-id", DocumentKind.ID_CARD, father="Ngân Văn Nhất", mother="Vi Thị Đào")
    for father, mother, linked in (
        ("Ngân Văn Nhất", "Kha Thị Sen", True),
        ("Hà Văn Khiêm", "Kha Thị Sen", False),
        ("Hà Văn Khiêm", "", False),
    ):
        heap = [*_village(60), card, _dated("x-birth", DocumentKind.BIRTH, father=father, mother=mother)]
        assert _together(_match(heap), "x-id", "x-birth") is linked


def _numbered(id: str, kind: DocumentKind, name: str, dob: str, n12: str) -> Document:
    return _paper(id, kind, {Field.NAME: name, Field.DOB: dob, Field.SEX: "Nam", Field.N12: n12})


def test_an_only_bearer_links_to_a_person_one_of_whose_papers_slipped() -> None:
    """The card's date is wrong; its number says whose it is, and the book's year says whose the certificate is.

    Card and certificate alone look like a dead child and the next of its name.
    """
    father = {Field.FATHER: "Ngân Văn Nhất"}
    card = _numbered("", DocumentKind.ID_CARD, BARE[0], "05/06/1956", "040052001234")
    heap = [
        *_village(60),
        *(
            _paper(f"book{paper.id[-3:]}", DocumentKind.HOUSEHOLD, dict(paper.raw))
            for paper in _village(60)
            if paper.kind is DocumentKind.BIRTH
        ),
        _paper("x-birth", DocumentKind.BIRTH, {**_bare("", DocumentKind.BIRTH).raw, **father}),
        _numbered("x-book", DocumentKind.HOUSEHOLD, BARE[0], BARE[1], "040052001234"),
        _paper("x-id", DocumentKind.ID_CARD, {**card.raw, **father}),
    ]
    matching = _match(heap)
    assert _together(matching, "x-book", "x-id")
    assert _together(matching, "x-birth", "x-book")
    why = {link.document: [reason.code for reason in link.reasons] for link in matching.links}
    assert why["x-birth"] == ["by_only_bearer"]


def test_the_day_of_another_year_links_the_only_bearer_though_the_number_tells_that_year_too() -> None:
    two = [
        _paper("x-birth", DocumentKind.BIRTH, {Field.NAME: BARE[0], Field.DOB: "17/06/1952", Field.SEX: "Nam"}),
        _numbered("x-id", DocumentKind.ID_CARD, BARE[0], "17/06/1962", "040062001234"),
    ]
    assert _together(_match([*_village(60), *two]), "x-id", "x-birth")
    assert not _together(_match([*_village(8), *two]), "x-id", "x-birth")
    other = _bare("y-birth", DocumentKind.BIRTH, dob="03/02/1962")
    assert not _together(_match([*_village(60), *two, other]), "x-id", "x-birth")


def test_one_number_and_year_under_a_given_name_a_letter_off_links_where_nobody_else_is_meant() -> None:
    two = [
        _numbered("x-birth", DocumentKind.BIRTH, "Ngân Văn Điều", "1952", "040052001234"),
        _numbered("x-id", DocumentKind.ID_CARD, "Ngân Văn Điềm", "17/06/1952", "040052001234"),
    ]
    assert _together(_match([*_village(60), *two]), "x-id", "x-birth")
    matching = _match([*_village(8), *two])
    assert not _together(matching, "x-id", "x-birth")
    doubt = next(review for review in matching.reviews if {review.a, review.b} == {"x-id", "x-birth"})
    assert "housemate_number" in {reason.code for reason in doubt.reasons}


def test_a_child_not_named_yet_meets_its_mothers_child_of_that_year() -> None:
    mother = {Field.MOTHER: "Vi Thị Dung", Field.SEX: "Nữ"}
    named = _paper("k-birth", DocumentKind.BIRTH, {Field.NAME: "Kha Bảo Ngọc", Field.DOB: "21/03/2023"} | mother)
    unnamed = _paper("k-book", DocumentKind.HOUSEHOLD, {Field.NAME: "Cháu gái", Field.DOB: "2023"} | mother)
    matching = _match([*_village(60), named, unnamed])
    assert not _together(matching, "k-birth", "k-book")
    assert [{review.a, review.b} for review in matching.reviews] == [{"k-birth", "k-book"}]


def test_two_clans_one_day_link_only_where_nobody_else_comes_near() -> None:
    """A wife's surname in the one list, and two men who share a birthday, look the same in two papers."""
    papers = [
        _bare("x-id", DocumentKind.ID_CARD, "Moong Văn Điều", "14/04/1952"),
        _bare("x-birth", DocumentKind.BIRTH, "Cụt Văn Điều", "14/04/1952"),
    ]
    assert not _together(_match([*_village(8), *papers]), "x-id", "x-birth")
    assert _together(_match([*_village(60), *papers]), "x-id", "x-birth")
    papers.append(_bare("y-birth", DocumentKind.BIRTH, "Moong Văn Điều", "1952"))
    assert not _together(_match([*_village(60), *papers]), "x-id", "x-birth")


def test_a_couple_of_common_names_in_two_villages_links_by_a_year_only_where_nobody_else_comes_near() -> None:
    wed = {Field.NAME: BARE[0], Field.DOB: BARE[1], Field.SEX: "Nam", Field.SPOUSE: "Vi Thị Hoa"}
    here = _paper("x-id", DocumentKind.ID_CARD, wed)
    there = replace(_paper("x-birth", DocumentKind.BIRTH, wed), village="v2")
    assert not _together(_match([*_village(8), here, there]), "x-id", "x-birth")
    assert _together(_match([*_village(60), here, there]), "x-id", "x-birth")
