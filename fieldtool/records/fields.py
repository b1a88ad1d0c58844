"""Kinds of paper and the fields they carry; the names follow the list and RECORD columns of the public interface."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is a transcription of."""

    BIRTH = "birth"  # giấy khai sinh, or a line of the birth register
    ID_CARD = "id"  # CMND, CCCD, thẻ căn cước, or a line of the card list
    HOUSEHOLD = "household"  # one member's line of a sổ hộ khẩu
    STATEMENT = "statement"  # what the resident or a witness says
    # An extract of the residence or population database (trích lục, trích xuất, xác nhận thông tin cư trú). Last, since
    # indexes of papers number the kinds; an extract of the birth register is a birth paper.
    REGISTER = "register"


class Field(StrEnum):
    """One field of a document; the value is the column name that lists, RECORDs and events use."""

    NAME = "name"  # họ, chữ đệm và tên
    DOB = "dob"  # ngày sinh, as written
    SEX = "sex"
    N12 = "n12"  # số định danh cá nhân, 12 digits
    N9 = "n9"  # số CMND, 9 digits
    FATHER = "father"
    MOTHER = "mother"
    SPOUSE = "spouse"
    HEAD = "head"  # chủ hộ
    RELATION = "relation"  # quan hệ với chủ hộ
    BOOK = "book"  # số sổ hộ khẩu
    PLACE = "place"  # village or address as written (nơi thường trú)
    ETHNICITY = "ethnicity"
    BIRTH_PLACE = "birth_place"  # nơi sinh
    ORIGIN = "origin"  # quê quán
    NATIONALITY = "nationality"
    RELIGION = "religion"
    OTHER_NAME = "other_name"  # tên gọi khác
    DOB_WORDS = "dob_words"  # ngày sinh ghi bằng chữ
    REG_NO = "reg_no"  # số đăng ký khai sinh
    REG_BOOK = "reg_book"  # quyển số
    REG_DATE = "reg_date"
    REG_PLACE = "reg_place"
    REG_KIND = "reg_kind"  # on time, late, re-registered
    ISSUE_DATE = "issue_date"
    ISSUE_PLACE = "issue_place"
    EXPIRY = "expiry"
    MOVED_IN = "moved_in"
    PREVIOUS_ADDRESS = "previous_address"
    FATHER_DOB = "father_dob"
    MOTHER_DOB = "mother_dob"
    NOTE = "note"


# Fields in which papers of one person are expected to agree, in the order the desk shows them.
COMPARED_FIELDS: tuple[Field, ...] = (
    Field.NAME,
    Field.DOB,
    Field.SEX,
    Field.N12,
    Field.N9,
    Field.FATHER,
    Field.MOTHER,
    Field.SPOUSE,
    Field.ETHNICITY,
    Field.ORIGIN,
)

# Fields whose text is a date, and those of them that are birth dates.
DATE_FIELDS: frozenset[Field] = frozenset(
    {Field.DOB, Field.ISSUE_DATE, Field.REG_DATE, Field.EXPIRY, Field.MOVED_IN, Field.FATHER_DOB, Field.MOTHER_DOB}
)
BIRTH_FIELDS: frozenset[Field] = frozenset({Field.DOB, Field.FATHER_DOB, Field.MOTHER_DOB})
