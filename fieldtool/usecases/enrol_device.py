"""Enrolment without a network: a request on a stick, headquarters' answer, and words read aloud on both sides."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fieldtool.bundles.code_pages import is_page, joined_pages, split_pages
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.roles import Power
from fieldtool.records.vietnamese import nfc
from fieldtool.usecases.authority import require
from fieldtool.usecases.from_stick import plain_file

MOST_BYTES = 4_000_000
_UNHEARD = "enrol.unheard."  # settings: machines whose words nobody compared, and "root" on a laptop
_ROOT = "root"


@dataclass(frozen=True, slots=True)
class EnrolOutcome:
    """A file that was written or read, and the six words to compare. For a request and its acceptance they stand
    for the laptop's keys, when finishing for headquarters' root key."""

    file: Path
    words: tuple[str, ...]
    device: str
    unit: str
    unit_name: str
    officer: str
    compared: bool = True  # whether somebody compared the words before the file was taken
    incarnation: int = 0  # where it was asked for


def request_enrolment(home: Home, folder: Path, renew: bool = False, suite: str = "") -> EnrolOutcome:
    """Write this device's request into a folder. ALREADY_ENROLLED when it needs none; `renew` asks for new keys and
    the next incarnation, for a restored copy or a change of keys. `suite` first makes the keys anew in the suite of
    headquarters, while the machine was never enrolled."""
    require(home, Power.EXPORT)
    if home.keys.enrolled() and not renew:
        raise FieldtoolError(ErrorCode.ALREADY_ENROLLED)
    if suite and suite != home.keys.card().suite:
        home.keys.use_suite(suite)
    if renew:
        home.keys.renew()
    card = home.keys.read_request(home.keys.request())
    name = f"{card.device}-c{card.incarnation}.ghi-danh"
    file = home.sticks.write_proved(folder, name, home.keys.request().encode("utf-8"))
    home.log.note("enrol.request", name)
    return EnrolOutcome(file, home.keys.words_of(card), card.device, card.unit, card.unit_name, card.officer)


def request_for_code(home: Home, path: Path) -> str:
    """A written request with no blank in it, as the text of a QR code."""
    return json.dumps(json.loads(_text(home, path)), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def answer_for_codes(home: Home, path: Path) -> list[str]:
    """A written answer as the texts of one or more QR codes; CODE_TOO_LONG for too many."""
    try:
        return split_pages(_text(home, path))
    except FieldtoolError as error:
        raise FieldtoolError(error.code, place=Place(file=path.name), values={"file": path.name}) from error


def answer_of_codes(texts: Sequence[str]) -> str:
    """The answer that the QR codes on some pictures say, "" for no pictures; CODE_PAGES_MISSING, CODE_PAGES_MIXED. One
    code that is no page is taken as it is."""
    if not texts:
        return ""
    return texts[0] if len(texts) == 1 and not is_page(texts[0]) else joined_pages(texts)


def inspect_request(home: Home, path: Path, text: str = "") -> EnrolOutcome:
    """What a request says and its words, to be compared before it is accepted; trusts and writes nothing. `text` is
    what a QR code on the picture `path` says; without it the file itself is the request."""
    try:
        card = home.keys.read_request(text or _text(home, path))
    except FieldtoolError as error:
        raise _placed(error, path) from error
    return EnrolOutcome(path, home.keys.words_of(card), card.device, card.unit, card.unit_name, card.officer)


def accept_enrolment(
    home: Home, path: Path, folder: Path, text: str = "", compared: Sequence[str] = ()
) -> EnrolOutcome:
    """Headquarters signs the card of a request whose words were compared, and writes the answer into a folder.
    `text` as for `inspect_request`; WORDS_DIFFER when `compared` are not its words, as when the stick was changed.
    Without `compared` (a script that answers for it) the machine is marked until `confirm_words`, and `revoke` takes it
    back. NOT_HEADQUARTERS, BAD_REQUEST_FILE, or an error of reading and writing."""
    require(home, Power.TRUST)
    if not home.card.headquarters:
        raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
    text = text or _text(home, path)
    seen = inspect_request(home, path, text)
    if compared:
        same_words(" ".join(compared), seen.words)
    try:
        card = home.keys.read_request(text)
        _mark(
            home, f"{card.device}.{card.incarnation}", compared, home.keys.known(card.device, card.incarnation) is None
        )
        answer = home.keys.admit(card)
    except FieldtoolError as error:
        raise _placed(error, path) from error
    home.log.note("enrol.accept", f"{card.device}.{card.incarnation} {card.unit}")
    name = f"{card.device}-c{card.incarnation}.tra-loi"
    heard = (card.device, card.incarnation) not in unheard(home)
    return replace(seen, file=home.sticks.write_proved(folder, name, answer.encode("utf-8")), compared=heard)


def _mark(home: Home, name: str, compared: Sequence[str], new: bool) -> None:
    """Remember whose words nobody compared, before the keys are believed; what was compared once stays so."""
    if compared:
        home.settings.drop(_UNHEARD + name)
    elif new:
        home.settings.put(_UNHEARD + name, "1")


def unheard(home: Home) -> set[tuple[str, int]]:
    """The machines that were accepted before anybody compared their words."""
    names = [name.removeprefix(_UNHEARD).rpartition(".") for name in home.settings.names(_UNHEARD)]
    return {(device, int(number)) for device, dot, number in names if dot}


def root_unheard(home: Home) -> bool:
    """Whether this laptop took headquarters' answer before anybody compared the words of its root."""
    return bool(home.settings.get(_UNHEARD + _ROOT))


def own_words(home: Home) -> EnrolOutcome:
    """The six words of this machine, for its officer to read aloud: also long after its request was written."""
    card = home.keys.card()
    return EnrolOutcome(Path(), home.keys.words_of(card), card.device, card.unit, card.unit_name, card.officer)


def kept_words(home: Home, device: str = "") -> EnrolOutcome:
    """The words that `confirm_words` wants to hear; `compared` where somebody has compared them. Errors as there."""
    if not home.keys.enrolled():
        raise FieldtoolError(ErrorCode.NOT_ENROLLED)
    own = home.keys.card()
    cards = [card for card in home.keys.trusted() if card.device == device]
    if device and not (home.card.headquarters and cards):
        raise FieldtoolError(ErrorCode.UNKNOWN_DEVICE, values={"device": device})
    card = max(cards, key=lambda item: item.incarnation) if cards else own
    words = home.keys.words_of(card) if device else home.keys.root_words()
    compared = not home.settings.get(_mark_of(device, card.incarnation))
    return EnrolOutcome(Path(), words, card.device, card.unit, card.unit_name, card.officer, compared, card.incarnation)


def confirm_words(home: Home, heard: str, device: str = "") -> EnrolOutcome:
    """Say afterwards that the words were compared: at headquarters those of a machine, on a laptop (no `device`) those
    of the root. WORDS_DIFFER when they are others, NOT_ENROLLED, UNKNOWN_DEVICE."""
    require(home, Power.TRUST if device else Power.RECEIVE)
    kept = kept_words(home, device)
    same_words(heard, kept.words)
    home.settings.drop(_mark_of(device, kept.incarnation))
    home.log.note("enrol.confirm", device or _ROOT)
    return replace(kept, compared=True)


def _mark_of(device: str, incarnation: int) -> str:
    return _UNHEARD + (f"{device}.{incarnation}" if device else _ROOT)


def inspect_answer(home: Home, path: Path, text: str = "") -> EnrolOutcome:
    """What an answer says and the words of its root, to be compared with the enrolment card before it is taken in;
    trusts and writes nothing. `text` as for `finish_enrolment`."""
    try:
        above, words = home.keys.read_answer(text or _text(home, path))
    except FieldtoolError as error:
        raise _placed(error, path) from error
    return EnrolOutcome(path, words, above.device, above.unit, above.unit_name, above.officer)


def same_words(heard: str, words: Sequence[str]) -> None:
    """WORDS_DIFFER unless the words heard are these, in their order, however they are parted or capitalised."""
    if re.findall(r"[^\W\d_]+", nfc(heard).lower()) != re.findall(r"[^\W\d_]+", nfc(" ".join(words)).lower()):
        raise FieldtoolError(ErrorCode.WORDS_DIFFER, values={"words": " ".join(words)})


def finish_enrolment(home: Home, path: Path, text: str = "", compared: Sequence[str] = ()) -> EnrolOutcome:
    """Take in headquarters' answer on the laptop; the words of the root must be those on the enrolment card. `text` is
    what the QR codes on pictures say (`answer_of_codes`); without it the file itself is the answer. WORDS_DIFFER when
    `compared` are not the words of its root, as when the stick was changed since; without it the root is marked until
    `confirm_words`."""
    require(home, Power.RECEIVE)
    text = text or _text(home, path)
    if compared:
        same_words(" ".join(compared), inspect_answer(home, path, text).words)
    try:
        _mark(home, _ROOT, compared, not home.keys.enrolled())
        above = home.keys.adopt(text)
    except FieldtoolError as error:
        raise _placed(error, path) from error
    home.log.note("enrol.finish", f"{above.device}.{above.incarnation} {above.unit}")
    words, heard = home.keys.root_words(), not root_unheard(home)
    return EnrolOutcome(path, words, above.device, above.unit, above.unit_name, above.officer, heard)


def _text(home: Home, path: Path) -> str:
    try:
        return plain_file(home, path, MOST_BYTES).decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise FieldtoolError(
            ErrorCode.BAD_REQUEST_FILE, place=Place(file=path.name), values={"detail": "UTF-8"}
        ) from trouble


def _placed(error: FieldtoolError, path: Path) -> FieldtoolError:
    return FieldtoolError(error.code, place=replace(error.place, file=path.name), values=error.values)
