"""Printed forms: filled by the rules, A4, fonts inside, text that can be copied; templates judged; prints logged."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_home import BOOK, VILLAGE, desk_home, paper
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_text import fonts_inside, pages, text_of

from fieldtool.conflicts.law import FORMS, shipped_law
from fieldtool.ports import Home
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.fill_rules import filled_date, filled_name
from fieldtool.records.form_texts import FormSheet, read_form_text
from fieldtool.records.tables import table_text
from fieldtool.reports import form_pdf
from fieldtool.reports.form_pdf import PdfForms
from fieldtool.usecases import form_rows, settle_conflict, unit_texts
from fieldtool.usecases.print_form import Scope, print_form, sheets_for
from fieldtool.usecases.review_queue import law_of
from fieldtool.wording.catalogue import Wording


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Iterator[Home]:
    with desk_home(tmp_path / "home") as (_, home):
        yield home


@pytest.fixture(name="forms", scope="module")
def _forms() -> PdfForms:
    return PdfForms(Wording())


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("5/3/1990", "05/3/1990"),
        ("05/03/1990", "05/3/1990"),
        ("15/09/1985", "15/9/1985"),
        ("1/2/1985", "01/02/1985"),
        ("9/10/1985", "09/10/1985"),
        ("1985", "1985"),
        ("03/1985", "3/1985"),
        ("01/01/1950", "01/01/1950"),
        ("15/7/1985 âm lịch", "15/7/1985 âm lịch"),
        ("không rõ", "không rõ"),
        ("31/02/1985", "31/02/1985"),
    ],
)
def test_dates_are_filled_by_the_rule(written: str, filled: str) -> None:
    assert filled_date(written) == filled


def test_names_are_filled_in_capitals_with_every_mark() -> None:
    assert filled_name("Hờ Bá Đênh, Ỳ Ưởng") == "HỜ BÁ ĐÊNH, Ỳ ƯỞNG"


def test_a_correction_sheet_says_old_new_and_proof(home: Home, forms: PdfForms, tmp_path: Path) -> None:
    settle_conflict.decide(home, "p1", Field.DOB, "02/03/1990", chosen=["a1"], reason="fuller_date", form="dc02")
    done = print_form(home, forms, "dc02", Scope(person="p1"), tmp_path / "phiếu.pdf")
    content = done.file.read_bytes()
    text = text_of(content)
    for words in ("PHIẾU ĐỀ NGHỊ GIẢI QUYẾT", "LÔ VĂN AN", "02/3/1990", "1990", "Giấy khai sinh", "LÔ VĂN BÌNH"):
        assert words in text, words
    assert pages(content) == 1
    assert fonts_inside(content)
    assert b"595.27" in content  # A4


def test_a_village_prints_one_sheet_for_each_who_needs_it(home: Home, forms: PdfForms, tmp_path: Path) -> None:
    for person, value in (("p1", "02/03/1990"), ("p2", "05/06/1965")):
        settle_conflict.decide(home, person, Field.DOB, value)
    done = print_form(home, forms, "dc02", Scope(village=VILLAGE), tmp_path / "bản")
    assert (done.sheets, set(done.persons)) == (2, {"p1", "p2"})
    assert done.file.suffix == ".pdf"
    assert pages(done.file.read_bytes()) == 2
    justice = print_form(home, forms, "justice", Scope(village=VILLAGE), tmp_path / "tp.pdf")
    assert justice.persons == ("p4",)
    household = print_form(home, forms, "ct01", Scope(household="h1"), tmp_path / "ct01.pdf")
    text = text_of(household.file.read_bytes())
    assert household.sheets == 1
    assert all(name in text for name in ("LÔ VĂN AN", "LÔ VĂN BÌNH", "LÔ THỊ CHI", "07/8/1994"))


def test_a_sheet_for_one_doubt_has_that_field_alone(home: Home, forms: PdfForms, tmp_path: Path) -> None:
    done = print_form(home, forms, "conflict", Scope(doubt="p4:name"), tmp_path / "ký.pdf")
    text = text_of(done.file.read_bytes())
    assert "VI THỊ DŨNG" in text
    assert "VI THỊ DUNG" in text
    assert "09/10/1970" not in text  # another field, not asked for
    shared = print_form(home, forms, "minutes", Scope(doubt="number:040080000005"), tmp_path / "bb.pdf")
    assert shared.persons == ("p5", "p6")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_prints_for_anybody_named(form: str, home: Home, forms: PdfForms, tmp_path: Path) -> None:
    settle_conflict.decide(home, "p4", Field.DOB, "09/10/1970")
    done = print_form(home, forms, form, Scope(person="p4"), tmp_path / f"{form}.pdf")
    text = text_of(done.file.read_bytes())
    assert unit_texts.template(home.people, form).title in text
    assert "VI THỊ DŨNG" in text  # the card is the stronger paper: the birth was registered late


def test_nothing_is_overwritten_and_every_print_is_logged(home: Home, forms: PdfForms, tmp_path: Path) -> None:
    before = home.log.journal_head()
    first = print_form(home, forms, "dc01", Scope(person="p1"), tmp_path / "a.pdf")
    other = print_form(home, forms, "dc01", Scope(person="p2"), tmp_path / "a.pdf")
    assert first.file != other.file
    assert home.log.journal_head() != before


@pytest.mark.parametrize(
    ("form", "scope", "code"),
    [
        ("dc02", Scope(person="p9"), ErrorCode.NOTHING_TO_PRINT),
        ("dc02", Scope(person="nobody"), ErrorCode.NOT_FOUND),
        ("dc02", Scope(doubt="nothing"), ErrorCode.NOT_FOUND),
        ("dc02", Scope(household="none"), ErrorCode.NOT_FOUND),
        ("dc02", Scope(village="none"), ErrorCode.NOT_FOUND),
        ("dc99", Scope(person="p1"), ErrorCode.NOT_FOUND),
        ("dc01", Scope(), ErrorCode.BAD_VALUE),
    ],
)
def test_what_cannot_be_printed_is_told(
    form: str, scope: Scope, code: ErrorCode, home: Home, forms: PdfForms, tmp_path: Path
) -> None:
    with pytest.raises(FieldtoolError) as told:
        print_form(home, forms, form, scope, tmp_path / "x.pdf")
    assert told.value.code is code
    assert not list(tmp_path.glob("*.pdf"))


def test_a_unit_puts_its_own_title_on_a_form_and_goes_back(home: Home, forms: PdfForms, tmp_path: Path) -> None:
    text = unit_texts.template_text(home.people, "dc01").replace("PHIẾU THU THẬP", "PHIẾU MỚI")
    unit_texts.keep_template(home, "dc01", text)
    done = print_form(home, forms, "dc01", Scope(person="p1"), tmp_path / "x.pdf")
    assert "PHIẾU MỚI" in text_of(done.file.read_bytes())
    unit_texts.reset_template(home, "dc01")
    assert "PHIẾU THU THẬP" in unit_texts.template(home.people, "dc01").title


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        (("title =", "title = 7 #"), "kind"),
        (('title = "', 'title = " " #'), "missing"),
        (("{name}", "{tên}"), None),
        (("{name}", "{nam}"), "unknown_blank"),
        (("items = [", "items = [ [],"), "kind"),
        (("items = [", 'items = [ [""],'), "blank"),
        (("title =", "title ="), None),
        (("head_left", "head_left = ["), "toml"),
    ],
)
def test_a_faulty_template_is_refused_and_the_old_one_stays(home: Home, change: tuple[str, str], issue: str) -> None:
    text = unit_texts.template_text(home.people, "dc01").replace(*change, 1)
    _, issues = read_form_text(text)
    assert [found.code for found in issues][:1] == ([issue] if issue else [])
    if issue:
        with pytest.raises(FieldtoolError) as told:
            unit_texts.keep_template(home, "dc01", text)
        assert told.value.code is ErrorCode.BAD_FORM_TEXT
        assert "PHIẾU THU THẬP" in unit_texts.template(home.people, "dc01").title


def test_a_table_of_the_unit_is_kept_refused_and_taken_back(home: Home) -> None:
    shipped = unit_texts.law_text(home.people)
    unit_texts.keep_law(home, shipped.replace("birth_prevails,name", "birth_prevails,name"))
    with pytest.raises(FieldtoolError) as told:
        unit_texts.keep_law(home, shipped.replace(",officer,", ",huyện,"))
    assert told.value.code is ErrorCode.BAD_LAW
    assert len(told.value.values["issues"]) == shipped.count(",officer,")  # type: ignore[arg-type]
    assert unit_texts.law_text(home.people) == shipped
    unit_texts.reset_law(home)
    assert law_of(home.people) == shipped_law()


@given(st.text(max_size=300))
def test_any_text_is_a_template_or_is_refused(text: str) -> None:
    found, issues = read_form_text(text)
    assert issues or found is not None


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(st.sampled_from(["name", "dob", "place"]), st.text(max_size=80)), st.text(max_size=120))
def test_any_value_can_be_printed(values: dict[str, str], cell: str) -> None:
    text, _ = read_form_text(unit_texts.table_text("forms/dc02.toml"))
    assert text is not None
    content = PdfForms(Wording()).pdf([FormSheet(text, values, ((cell, cell, cell, cell),))])
    assert pages(content) >= 1


def test_equal_sheets_give_equal_bytes(forms: PdfForms) -> None:
    text, _ = read_form_text(unit_texts.table_text("forms/dc01.toml"))
    assert text is not None
    sheet = FormSheet(dataclasses.replace(text, note="ghi chú"), {"name": "LÔ VĂN AN"})
    assert forms.pdf([sheet]) == forms.pdf([sheet])


# what a sheet says


def sheet(home: Home, form: str, scope: Scope) -> FormSheet:
    sheets, _ = sheets_for(home, Wording(), form, scope)
    assert len(sheets) == 1
    return sheets[0]


@pytest.mark.parametrize("form", ["minutes", "conflict"])
def test_the_form_that_follows_a_decision_speaks_of_what_was_decided(home: Home, form: str) -> None:
    settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dung", reason="birth_late", form=form)
    settle_conflict.decide(home, "p4", Field.DOB, "09/10/1970", reason="birth_late", form=form)
    by_person, by_village = (
        sheet(home, form, Scope(person="p4")),
        sheets_for(home, Wording(), form, Scope(village=VILLAGE)),
    )
    assert [row[:3] for row in by_person.rows] == [
        ("Họ và tên", "VI THỊ DUNG", "VI THỊ DŨNG"), ("Ngày sinh", "09/10/1970", "1970"),
    ]  # fmt: skip
    assert by_person.values["reason"] and by_person.values["field"] == "Họ và tên, Ngày sinh"
    assert "p4" in by_village[1]
    assert [row[0] for row in sheet(home, form, Scope(doubt="p4:name")).rows] == ["Họ và tên"]


def test_the_clerk_is_told_the_present_entry_the_one_asked_for_and_by_which_paper(home: Home) -> None:
    open_rows = {row[0]: row[1:] for row in sheet(home, "justice", Scope(person="p4")).rows}
    assert open_rows["Họ và tên"] == ("VI THỊ DUNG", "", "Căn cước 040170000004: VI THỊ DŨNG")
    settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dũng", form="justice", note="bà nội nói tên có dấu ngã")
    settle_conflict.decide(home, "p4", Field.DOB, "09/10/1970", form="justice")
    asked = sheet(home, "justice", Scope(person="p4"))
    assert asked.rows == (
        ("Họ và tên", "VI THỊ DUNG", "VI THỊ DŨNG", "Căn cước 040170000004"),
        ("Ngày sinh", "09/10/1970", "Giữ nguyên: 09/10/1970", "Giấy khai sinh"),
    )
    assert asked.values["reason"].endswith("; bà nội nói tên có dấu ngã")
    alone = sheet(home, "justice", Scope(doubt="p4:name")).values
    assert (alone["old"], alone["new"], alone["proof"]) == asked.rows[0][1:]


def test_the_empty_cell_of_what_nobody_decided_has_room_for_a_hand() -> None:
    text, _ = read_form_text(table_text("forms/justice.toml"))
    assert text is not None
    widths = form_pdf._widths(text, [("Ngày sinh", "11/11/1984", "", "Căn cước 040184562333: 03/12/1984")])
    assert widths[2] > 25 * form_pdf.mm
    members, _ = read_form_text(table_text("forms/ct01.toml"))
    assert members is not None and form_pdf._widths(members, [("1", "A", "1", "Nam", "1", "Con")])[0] < 40  # a number


def test_a_book_is_named_by_its_own_number(home: Home) -> None:
    book = Document("b", DocumentKind.HOUSEHOLD, {Field.N12: "040170000004", Field.BOOK: "00056"})
    assert form_rows._paper_name(Wording(), book) == f"{Wording().say('kind.household')} 00056"
    bare = Document("b", DocumentKind.HOUSEHOLD, {Field.N12: "040170000004"})
    assert form_rows._paper_name(Wording(), bare) == Wording().say("kind.household")


def test_what_no_paper_has_is_asked_for_by_the_officers_own_words(home: Home) -> None:
    settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dụng", form="justice", note="theo lời mẹ")
    (row,) = sheet(home, "justice", Scope(doubt="p4:name")).rows
    assert row == ("Họ và tên", "VI THỊ DUNG", "VI THỊ DỤNG", "theo lời mẹ")
    minutes = sheet(home, "minutes", Scope(doubt="p4:name"))
    assert minutes.values["reason"].endswith("theo lời mẹ") and "{reason}" in "".join(minutes.text.closing)


def test_a_road_of_the_unit_is_told_on_the_sheet_and_one_that_is_gone_is_left_out(home: Home) -> None:
    own = table_text("law/roads.csv").replace(
        "ask_resident,*", "hoi_gia_lang,name,tone,,,,none,officer,dc02,,unsure,Hỏi già làng\nask_resident,*"
    )
    unit_texts.keep_law(home, own)
    settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dung", reason="hoi_gia_lang", form="dc02")
    assert sheet(home, "dc02", Scope(person="p4")).values["reason"] == "Hỏi già làng"
    unit_texts.reset_law(home)
    assert sheet(home, "dc02", Scope(person="p4")).values["reason"] == ""


def told(home: Home, person: str, *papers: Document) -> None:
    home.log.append(
        [Draft(RecordKind.DOCUMENT, d.id, CONTENT, to_payload(d), basis='{"import":"j"}') for d in papers]
        + [Draft(RecordKind.DOCUMENT, d.id, LINK, person if d.id == papers[0].id else d.id) for d in papers]
    )


def test_nobody_is_made_head_of_a_house_because_the_head_has_no_line_in_the_book(home: Home) -> None:
    wife = paper("w1", BOOK, "h9", name="Vi Thị Mai", sex="Nữ", n12="040155000009", relation="Vợ", head="Hà Văn Chủ")
    child = paper("w2", BOOK, "h9", name="Hà Thị Con", sex="2", relation="Con", head="Hà Văn Chủ")
    told(home, "w1", wife, child)
    values = sheet(home, "ct01", Scope(person="w2")).values
    assert (values["head"], values["head_number"], values["sex"]) == ("HÀ VĂN CHỦ", "", "Nữ")
    values = sheet(home, "ct01", Scope(person="p1")).values
    assert (values["head"], values["head_number"]) == ("LÔ VĂN BÌNH", "040065000002")


def test_minutes_name_what_is_to_be_verified(home: Home) -> None:
    number = sheets_for(home, Wording(), "minutes", Scope(doubt="number:040080000005"))[0][0]
    assert "040080000005" in number.values["field"]
    found = sheet(home, "minutes", Scope(person="p4"))
    assert found.values["field"] == "Họ và tên, Ngày sinh"
    texts = [item.value for item in found.text.items]
    assert "{field}" in texts and "{reason}" not in texts


def test_a_template_may_name_what_was_corrected(home: Home) -> None:
    settle_conflict.decide(home, "p1", Field.DOB, "02/03/1990", reason="fuller_date", form="dc02")
    values = sheet(home, "dc02", Scope(person="p1")).values
    assert [values[name] for name in ("field", "old", "new", "proof", "count")] == [
        "Ngày sinh", "1990", "02/3/1990", "Giấy khai sinh", "1",
    ]  # fmt: skip


def test_somebody_without_a_house_has_the_village_of_his_papers(home: Home) -> None:
    values = sheet(home, "dc01", Scope(person="p4")).values
    assert (values["village"], values["father"], values["head"]) == ("Bản Đửa", "", "")
