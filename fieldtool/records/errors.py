"""The one family of errors an officer can meet. Codes here, words in the catalogues ("error.<code>").

Expected outcomes (a row that cannot be read, a bundle part already known) are values, not errors. Anything that is
no FieldtoolError is a defect of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ErrorCode(StrEnum):
    """Every code that can reach a user; each has a message and a hint in both languages."""

    # a defect of the program, told without its trace
    UNEXPECTED = "unexpected"
    # home and store
    NO_HOME = "no_home"
    HOME_EXISTS = "home_exists"
    HOME_IN_USE = "home_in_use"
    WRONG_PASSPHRASE = "wrong_passphrase"
    WEAK_PASSPHRASE = "weak_passphrase"
    NO_PASSPHRASE = "no_passphrase"
    NO_PIN = "no_pin"
    PASSPHRASE_WAIT = "passphrase_wait"
    HOME_DAMAGED = "home_damaged"
    HOME_TOO_NEW = "home_too_new"
    MIGRATION_FAILED = "migration_failed"
    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"
    FILE_LOCKED = "file_locked"
    READ_FAILED = "read_failed"
    FILE_TOO_LARGE = "file_too_large"
    STICK_PULLED = "stick_pulled"
    BACKUP_DAMAGED = "backup_damaged"
    BACKUP_EXISTS = "backup_exists"
    BACKUP_NOT_PROVED = "backup_not_proved"
    # what a command names
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    NOTHING_TO_UNDO = "nothing_to_undo"
    STALE_DECISION = "stale_decision"
    VERDICTS_TOO_FEW = "verdicts_too_few"
    MODEL_NO_BETTER = "model_no_better"
    BAD_VALUE = "bad_value"
    DOUBT_CLOSED = "doubt_closed"
    NOTHING_IN_BULK = "nothing_in_bulk"
    SECOND_OFFICER = "second_officer"
    BAD_LAW = "bad_law"
    BAD_FORM_TEXT = "bad_form_text"
    NOTHING_TO_PRINT = "nothing_to_print"
    CANCELLED = "cancelled"
    # field work
    ANSWER_NEEDED = "answer_needed"
    STEP_NOT_ALLOWED = "step_not_allowed"
    NOT_ALLOWED = "not_allowed"
    SECOND_PERSON = "second_person"
    WRONG_PIN = "wrong_pin"
    OWN_PIN_FIRST = "own_pin_first"
    CODE_LENT = "code_lent"
    SAME_CODE = "same_code"
    SCANNER_LOST = "scanner_lost"
    CAMERA_FOLDER = "camera_folder"
    CAMERA_CLOSED = "camera_closed"
    CAMERA_WAIT = "camera_wait"
    PICTURE_STAYS = "picture_stays"
    BATCH_CLOSED = "batch_closed"
    BATCH_OTHER_PERSON = "batch_other_person"
    BAD_TEMPLATE = "bad_template"
    PRACTICE_HOME = "practice_home"
    # lists
    NO_FILE = "no_file"
    NOT_A_WORKBOOK = "not_a_workbook"
    EMPTY_LIST = "empty_list"
    NO_HEADER = "no_header"
    NO_SUCH_SHEET = "no_such_sheet"
    HOSTILE_WORKBOOK = "hostile_workbook"
    WORKBOOK_BOMB = "workbook_bomb"
    WORKBOOK_ENTITIES = "workbook_entities"
    WORKBOOK_ROWS = "workbook_rows"
    WORKBOOK_FORMULA = "workbook_formula"
    WORKBOOK_LINKS = "workbook_links"
    WORKBOOK_MACROS = "workbook_macros"
    PROTECTED_WORKBOOK = "protected_workbook"
    BAD_MAPPING = "bad_mapping"
    READER_FAILED = "reader_failed"
    NO_REPORT = "no_report"
    # trust and bundles
    NOT_ENROLLED = "not_enrolled"
    ALREADY_ENROLLED = "already_enrolled"
    DEVICE_REVOKED = "device_revoked"
    UNKNOWN_VILLAGE = "unknown_village"
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_CUT_OFF = "unit_cut_off"
    OWN_UNIT = "own_unit"
    BAD_REQUEST_FILE = "bad_request_file"
    INCARNATION_TAKEN = "incarnation_taken"
    WORDS_DIFFER = "words_differ"
    NOT_HEADQUARTERS = "not_headquarters"
    ROOT_NOT_HERE = "root_not_here"
    ROOT_FILE_BAD = "root_file_bad"
    ROOT_IN_TOKEN = "root_in_token"
    BUNDLE_TRUNCATED = "bundle_truncated"
    BUNDLE_NOT_OURS = "bundle_not_ours"
    BUNDLE_NOT_OPEN = "bundle_not_open"
    NOTHING_TO_PROPOSE = "nothing_to_propose"
    BUNDLE_OTHER_SUITE = "bundle_other_suite"
    SUITE_DIFFERS = "suite_differs"
    TOKEN_MISSING = "token_missing"
    TOKEN_PIN = "token_pin"
    TOKEN_FAILED = "token_failed"
    BUNDLE_NOT_A_BUNDLE = "bundle_not_a_bundle"
    BUNDLE_BAD_SIGNATURE = "bundle_bad_signature"
    BUNDLE_CHANGED = "bundle_changed"
    BUNDLE_ROWS_ADDED = "bundle_rows_added"
    BUNDLE_ROWS_DROPPED = "bundle_rows_dropped"
    BUNDLE_ROWS_MOVED = "bundle_rows_moved"
    BUNDLE_SHEETS = "bundle_sheets"
    BUNDLE_NOT_TEXT = "bundle_not_text"
    BUNDLE_FOREIGN_EVENTS = "bundle_foreign_events"
    BUNDLE_UNKNOWN_MAKER = "bundle_unknown_maker"
    BUNDLE_TOO_NEW = "bundle_too_new"
    BUNDLE_MALFORMED = "bundle_malformed"
    EXPORT_NOT_PROVED = "export_not_proved"
    NOTHING_TO_EXPORT = "nothing_to_export"
    TRUST_OLDER = "trust_older"
    TRUST_BAD_LIST = "trust_bad_list"
    UNKNOWN_DEVICE = "unknown_device"
    HELD_UNREADABLE = "held_unreadable"
    UNKNOWN_BUNDLE = "unknown_bundle"
    HOME_BEHIND = "home_behind"
    REASON_NEEDED = "reason_needed"
    NO_RECOVERY = "no_recovery"
    SLOTS_DESTROYED = "slots_destroyed"
    POINTS_ELSEWHERE = "points_elsewhere"
    DEVICE_NOT_ALLOWED = "device_not_allowed"
    OTHER_MACHINE = "other_machine"
    NO_MACHINE_SECRET = "no_machine_secret"
    NO_WAY_BACK = "no_way_back"
    # linkage by declared model
    BAD_SPEC = "bad_spec"
    BAD_TABLE = "bad_table"
    BAD_RECORD = "bad_record"
    ENGINE_MISSING = "engine_missing"
    CLUSTER_SILENT = "cluster_silent"
    # cards
    NOT_A_CARD = "not_a_card"
    NO_CODE_IN_IMAGE = "no_code_in_image"
    CODE_TOO_LONG = "code_too_long"
    CODE_PAGES_MISSING = "code_pages_missing"
    CODE_PAGES_MIXED = "code_pages_mixed"
    # the program itself: its self-test, updates on a stick
    SELF_TEST_FAILED = "self_test_failed"
    UPDATE_MALFORMED = "update_malformed"
    UPDATE_UNKNOWN_ISSUER = "update_unknown_issuer"
    UPDATE_BAD_SIGNATURE = "update_bad_signature"
    UPDATE_CHANGED = "update_changed"
    UPDATE_OLDER = "update_older"
    UPDATE_HOME_TOO_OLD = "update_home_too_old"
    UPDATE_OTHER_SYSTEM = "update_other_system"
    UPDATE_NOT_INSTALLED = "update_not_installed"
    UPDATE_ROLLED_BACK = "update_rolled_back"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the trouble is, as far as known: file, sheet, cell ("C17")."""

    file: str = ""
    sheet: str = ""
    cell: str = ""


class FieldtoolError(Exception):
    """Trouble that the officer is told of in plain words, with what to do next; nothing was changed."""

    def __init__(
        self, code: ErrorCode, *, place: Place | None = None, values: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.place = place or Place()
        self.values = dict(values or {})


class Cancelled(FieldtoolError):
    """The user stopped a job; the store is as before."""

    def __init__(self) -> None:
        super().__init__(ErrorCode.CANCELLED)
