"""QR texts of cards scanned into a column."""

import sys
from pathlib import Path

from fieldtool.intake.issues import Severity
from fieldtool.records.fields import DocumentKind, Field

sys.path.insert(0, str(Path(__file__).resolve().parent))
from list_home import home
from test_import_list import account, book, run

CARDS = [
    ["040060000001|186100001|Lô Văn An|01021960|Nam|Bản Xốp Nặm, Tam Hợp, Tương Dương, Nghệ An|25042021"],
    ["040162000002||Vi Thị Bình|03041962|Nữ|Bản Phồng, Tam Hợp, Tương Dương, Nghệ An|26042021"],
    ["040085000003||Lô Văn Cường|1985|Nam|Bản Phồng, Tam Hợp, Tương Dương, Nghệ An|26042021"],
]


def test_each_scan_is_a_line():
    outcome = run(home(), book(*CARDS))
    assert account(outcome) == (3, 3, 0, 0, 0)
    first, second, third = (result.raw for result in outcome.preview)
    assert (first[Field.N12], first[Field.N9], first[Field.NAME]) == ("040060000001", "186100001", "Lô Văn An")
    assert (first[Field.DOB], first[Field.SEX], first[Field.ISSUE_DATE]) == ("01/02/1960", "Nam", "25/04/2021")
    assert second[Field.PLACE].startswith("Bản Phồng")
    assert (Field.N9 in second, third[Field.DOB]) == (False, "1985")
    assert [result.row for result in outcome.preview] == [1, 2, 3]
    assert {result.document.kind for result in outcome.preview} == {DocumentKind.ID_CARD}


def test_titles_above_and_numbers_beside_do_no_harm():
    rows = [["Quét thẻ ngày 12/5"], ["TT", "Mã QR"], *([n, *card] for n, card in enumerate(CARDS, 1))]
    outcome = run(home(), book(*rows))
    assert account(outcome) == (3, 3, 0, 0, 0)
    assert outcome.preview[0].row == 3


def test_a_scan_that_broke_off_is_not_lost():
    outcome = run(home(), book(*CARDS, ["040085000003||Lô Văn"]))
    assert (outcome.rows, outcome.added) == (4, 3)
    assert outcome.preview[3].severity is not Severity.NOTE
    assert outcome.issues


def test_bars_in_other_lists_are_no_cards():
    heading = ["Họ và tên", "Ngày sinh", "Ghi chú"]
    outcome = run(home(), book(heading, ["Lô Văn An", "01/02/1960", "a|b"], ["Vi Thị Bình", "03/04/1962", "c|d"]))
    assert account(outcome) == (2, 2, 0, 0, 0)
    assert outcome.preview[0].raw[Field.NOTE] == "a|b"
