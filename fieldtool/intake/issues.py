"""The numbered reasons of an import: what is wrong with a row, a cell or a sheet, and how grave that is.

Words stand in the catalogues as "issue.<code>" (what) and "issue_hint.<code>" (what to do).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fieldtool.records.fields import Field


class Severity(StrEnum):
    """What became of the row."""

    REFUSED = "refused"  # no document can be made of it; mend the list and import again
    PARKED = "parked"  # readable, but an officer must look; kept whole with the import
    NOTE = "note"  # the row was taken, or the remark is about the sheet


class IssueCode(StrEnum):
    """Every reason, in three families by severity; the number in `NUMBERS` never changes once given."""

    # refused
    NO_NAME = "no_name"
    NAME_NO_LETTERS = "name_no_letters"
    NAME_LOST_LETTERS = "name_lost_letters"
    NAME_ERROR_VALUE = "name_error_value"
    NAME_HASHES = "name_hashes"
    NAME_TOO_LONG = "name_too_long"
    FORMULA_IN_CELL = "formula_in_cell"
    CELL_TOO_LONG = "cell_too_long"
    CONTROL_CHARACTERS = "control_characters"
    # parked
    NAME_ONLY = "name_only"
    TWO_PEOPLE = "two_people"
    NAME_DITTO = "name_ditto"
    BOTH_YEARS = "both_years"
    BOTH_SEXES = "both_sexes"
    UNKNOWN_DOC = "unknown_doc"
    COLUMNS_SHIFTED = "columns_shifted"
    TWO_NUMBERS = "two_numbers"
    NAME_WITH_DIGITS = "name_with_digits"
    NAME_LONG_TEXT = "name_long_text"
    # notes on names and kin
    NAME_ONE_SYLLABLE = "name_one_syllable"
    NAME_ABBREVIATED = "name_abbreviated"
    NAME_UNNAMED = "name_unnamed"
    # notes on dates
    DATE_MISSING = "date_missing"
    DATE_UNREADABLE = "date_unreadable"
    DATE_YEAR_ONLY = "date_year_only"
    DATE_IMPUTED = "date_imputed"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_FUTURE = "date_future"
    DATE_TOO_OLD = "date_too_old"
    DATE_SERIAL = "date_serial"
    DATE_YEAR_AS_DAY = "date_year_as_day"
    DATE_MONTH_FIRST = "date_month_first"
    DATE_TWO_DIGIT_YEAR = "date_two_digit_year"
    DATE_LUNAR = "date_lunar"
    DATE_PARTS = "date_parts"
    DATE_AGE = "date_age"
    # notes on numbers
    NUMBER_LOST_ZERO = "number_lost_zero"
    NUMBER_FLOAT = "number_float"
    NUMBER_SPACES = "number_spaces"
    NUMBER_LETTERS = "number_letters"
    NUMBER_LENGTH = "number_length"
    NUMBER_PLACEHOLDER = "number_placeholder"
    NUMBER_NONE = "number_none"
    NUMBER_OTHER_COLUMN = "number_other_column"
    NUMBER_PREFIX = "number_prefix"
    NUMBER_SEX = "number_sex"
    NUMBER_YEAR = "number_year"
    NUMBER_SHARED = "number_shared"
    NUMBER_DITTO = "number_ditto"
    # notes on other cells
    SEX_UNREADABLE = "sex_unreadable"
    SEX_MISSING = "sex_missing"
    RELATION_SEX = "relation_sex"
    TWO_HEADS = "two_heads"
    NO_HEAD = "no_head"
    DITTO_FILLED = "ditto_filled"
    DITTO_NOTHING_ABOVE = "ditto_nothing_above"
    ERROR_VALUE = "error_value"
    HASHES = "hashes"
    LETTERS_LOST = "letters_lost"
    ETHNIC_CODE = "ethnic_code"
    NO_VILLAGE = "no_village"
    EQUAL_ROWS = "equal_rows"
    HIDDEN_ROW = "hidden_row"
    DECODED_TCVN3 = "decoded_tcvn3"
    DECODED_VNI = "decoded_vni"
    SOFT_HYPHEN_LOST = "soft_hyphen_lost"
    # notes on sheets
    SHEET_HIDDEN = "sheet_hidden"
    SHEET_EMPTY = "sheet_empty"
    SHEET_NO_HEADER = "sheet_no_header"
    SHEET_CONTINUED = "sheet_continued"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_HIDDEN = "column_hidden"
    COLUMN_TWICE = "column_twice"
    COLUMN_TCVN3 = "column_tcvn3"
    COLUMN_VNI = "column_vni"
    NO_DOB_COLUMN = "no_dob_column"
    KIND_ASSUMED = "kind_assumed"
    SECTION_ROW = "section_row"
    TOTAL_ROW = "total_row"
    FOOTER_ROW = "footer_row"
    ORDINAL_ONLY = "ordinal_only"
    COLUMN_MONTH_FIRST = "column_month_first"
    COLUMN_DAY_MONTH_TURNED = "column_day_month_turned"
    NAME_WITH_BIRTH = "name_with_birth"
    NUMBER_WITH_ISSUE = "number_with_issue"
    COLUMN_BLANK_SEX = "column_blank_sex"
    ROW_CONTINUED = "row_continued"
    NAME_LIST_MARK = "name_list_mark"
    DECODED_WESTERN = "decoded_western"
    COLUMN_WESTERN = "column_western"
    STRUCK_OUT = "struck_out"  # parked
    CELL_STRUCK = "cell_struck"
    FORMULA_VALUE = "formula_value"
    HEADING_GUESSED = "heading_guessed"
    NAME_RELATION = "name_relation"
    MEMBERS_IN_CELL = "members_in_cell"
    CHILDREN_IN_COLUMNS = "children_in_columns"
    TWO_IN_LINE = "two_in_line"
    COLUMN_EXCHANGED = "column_exchanged"
    PARENTS_TURNED = "parents_turned"
    COLUMN_SEX_CODES = "column_sex_codes"
    SHEET_EXAMPLE = "sheet_example"


NUMBERS: Mapping[IssueCode, int] = {code: index for index, code in enumerate(IssueCode, start=1)}
_CODES = tuple(IssueCode)
_ALSO_PARKED = frozenset({IssueCode.STRUCK_OUT})  # came after numbers were given
_FIRST_PARKED = _CODES.index(IssueCode.NAME_ONLY)
_FIRST_NOTE = _CODES.index(IssueCode.NAME_ONE_SYLLABLE)


def severity_of(code: IssueCode) -> Severity:
    """How grave a reason is."""
    position = NUMBERS[code] - 1
    if position < _FIRST_PARKED:
        return Severity.REFUSED
    return Severity.PARKED if position < _FIRST_NOTE or code in _ALSO_PARKED else Severity.NOTE


@dataclass(frozen=True, slots=True)
class Issue:
    """One reason with its place. `row` counts from 1 and is 0 for a remark on a whole sheet; `cell` is like "C17"
    or "" for a whole row; `text` is what stands there."""

    code: IssueCode
    file: str = ""
    sheet: str = ""
    row: int = 0
    cell: str = ""
    about: Field | None = None
    text: str = ""
    severity: Severity = field(init=False)
    number: int = field(init=False)  # the number of the reason

    def __post_init__(self) -> None:
        object.__setattr__(self, "severity", severity_of(self.code))
        object.__setattr__(self, "number", NUMBERS[self.code])
