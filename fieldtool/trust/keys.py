"""This device's keys and whom it trusts. Private keys live in the encrypted home's settings and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from fieldtool.ports import Settings
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import DeviceCard, HomeCard, Role
from fieldtool.trust import suite_qcvn15, tokens
from fieldtool.trust.cards import (
    TrustList,
    card_bytes,
    card_data,
    card_from,
    headquarters_card,
    list_from,
    list_text,
    rank,
    related,
    sign_card,
    signed_list,
)
from fieldtool.trust.personal_codes import stretched
from fieldtool.trust.sealing import CannotOpen
from fieldtool.trust.suite import Suite, new_key, suite_named, suite_of_sealed
from fieldtool.trust.trust_list import LIST, ROOT_PRIVATE, not_behind, put_in_force, read_list, signed_here
from fieldtool.trust.words import words_for

REQUEST_FORMAT = "fieldtool-ghi-danh/1"
ANSWER_FORMAT = "fieldtool-ghi-danh-tra-loi/1"
REQUEST_PURPOSE = "fieldtool-ghi-danh-v1"
_SIGN, _SEAL, _CARD = "keys.sign", "keys.seal", "keys.card"
_OLD_SEALS, _NEXT = "keys.old_seals", "keys.next"
MODERN, QCVN15 = "modern", "qcvn15"
_HOME, _BEHIND = "home.card", "home.behind"


_NOBODY = DeviceCard("", 0, "", "", "", "", (), "", "")  # before the card was read for the first time


class HomeKeys:
    """Keys over the settings of an open home."""

    def __init__(self, settings: Settings, card: HomeCard) -> None:
        self._settings = settings
        self._home = card
        self._read: tuple[str, TrustList | None] = ("", None)
        self._own: tuple[str, DeviceCard] = ("", _NOBODY)

    @classmethod
    def create(
        cls, settings: Settings, home: HomeCard, suite_name: str = MODERN, token: tokens.Token | None = None
    ) -> HomeKeys:
        """Make the keys of a new home; at headquarters also the root key and a trust list of one.

        `suite_name` is headquarters' to choose, for good; a laptop takes its headquarters'. `token` keeps the
        signature keys in a PKCS#11 token, in the qcvn15 suite alone: BAD_VALUE otherwise, or errors of tokens.py.
        """
        if token is not None and suite_name != QCVN15:
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--suite"})
        suite = suite_named(suite_name)
        sign_private, sign_public = _new_sign_key(suite, token)
        seal_private, seal_public = suite.new_seal_key()
        card = DeviceCard(
            device=home.device,
            incarnation=home.incarnation,
            unit=home.unit,
            unit_name=home.unit_name,
            officer=home.officer,
            role=Role.HEADQUARTERS if home.headquarters else Role.COMMUNE,
            areas=(home.commune,),
            sign_key=sign_public,
            seal_key=seal_public,
            suite=suite_name,
        )
        settings.put(_SIGN, sign_private)
        settings.put(_SEAL, seal_private)
        if home.headquarters:
            root_private, root = _new_sign_key(suite, token)
            card = sign_card(replace(card, serial=1, issuer=root), root_private)
            settings.put(ROOT_PRIVATE, root_private)
            settings.put(LIST, list_text(signed_list(1, [card], root, root_private)))
        settings.put(_CARD, json.dumps(card_data(card), ensure_ascii=False))
        return cls(settings, home)

    def card(self) -> DeviceCard:
        """This device's card; its signature is "" until headquarters enrolled it."""
        text = self._settings.get(_CARD)
        if text != self._own[0]:
            self._own = (text, card_from(json.loads(text)))
        return self._own[1]

    @property
    def _suite(self) -> Suite:
        return suite_named(self.card().suite)

    def use_suite(self, name: str) -> None:
        """Make the keys of a machine that was never enrolled anew, in the suite of its headquarters.
        ALREADY_ENROLLED, or BAD_VALUE for no suite."""
        if self.enrolled():
            raise FieldtoolError(ErrorCode.ALREADY_ENROLLED)
        try:
            suite = suite_named(name)
        except ValueError as unknown:
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--suite", "detail": name}) from unknown
        sign_private, sign_public = suite.new_sign_key()
        seal_private, seal_public = suite.new_seal_key()
        card = replace(self.card(), sign_key=sign_public, seal_key=seal_public, suite=name)
        self._settings.put(_SIGN, sign_private)
        self._settings.put(_SEAL, seal_private)
        self._settings.put(_CARD, json.dumps(card_data(card), ensure_ascii=False))

    def sign(self, purpose: str, message: bytes) -> str:
        """Signature in hex over purpose, a zero byte and the message."""
        return self._suite.sign(self._settings.get(_SIGN), purpose, message)

    def verify(self, card: DeviceCard, purpose: str, message: bytes, signature: str) -> bool:
        """Whether the signature is the device's."""
        return suite_named(card.suite).verify(card.sign_key, purpose, message, signature)

    def known(self, device: str, incarnation: int) -> DeviceCard | None:
        """The trusted card of a device, None when it is not on the trust list."""
        wanted = (device, incarnation)
        return next((card for card in self.trusted() if (card.device, card.incarnation) == wanted), None)

    def receivers(self, unit: str) -> list[DeviceCard]:
        """The trusted cards of a unit, to seal for."""
        return [card for card in self.trusted() if card.unit == unit]

    def trusted(self) -> list[DeviceCard]:
        """Every card of the trust list, by unit and device."""
        return list(self._list.cards) if self._list else []

    def enrolled(self) -> bool:
        """Whether this device holds a card signed by headquarters' root."""
        return self._list is not None

    def seal(self, content: bytes, receivers: Sequence[DeviceCard]) -> bytes:
        """Seal to the receivers; nobody else, the sender included, can open it."""
        return self._suite.seal(content, [card.seal_key for card in receivers])

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed to this device; BUNDLE_NOT_OURS, BUNDLE_OTHER_SUITE or, for a broken seal,
        BUNDLE_CHANGED otherwise."""
        made_with, own = suite_of_sealed(sealed), self.card().suite
        if made_with not in ("", own):
            raise FieldtoolError(ErrorCode.BUNDLE_OTHER_SUITE, values={"suite": made_with, "own": own})
        keys = (self._settings.get(_SEAL), *self._settings.get(_OLD_SEALS).split())
        for key in keys:
            try:
                return self._suite.unseal(sealed, key)
            except CannotOpen as closed:
                if not closed.not_ours:
                    raise FieldtoolError(ErrorCode.BUNDLE_CHANGED, values={"detail": own}) from closed
        raise FieldtoolError(ErrorCode.BUNDLE_NOT_OURS, values={"detail": own})

    def own_seals(self) -> set[str]:
        """The seal keys under which others may have written to this machine: today's and those before a renewal."""
        return {self.card().seal_key, *json.loads(self._settings.get("keys.old_recipients") or "[]")}

    def renew(self) -> None:
        """Prepare new keys and the next incarnation of this machine; they hold once headquarters answered. Next is what
        the trust list knows no keys for: another copy of this machine may have been given the one after ours."""
        last = max(c.incarnation for c in (self.card(), *self.trusted()) if c.device == self.card().device)
        sign_private, sign_public = new_key(self._suite, self._settings.get(_SIGN))
        seal_private, seal_public = self._suite.new_seal_key()
        card = replace(
            self.card(), incarnation=last + 1, sign_key=sign_public, seal_key=seal_public,
            serial=0, issuer="", signature="",
        )  # fmt: skip
        self._settings.put(_NEXT, json.dumps({"sign": sign_private, "seal": seal_private, "card": card_data(card)}))

    def renewed(self) -> DeviceCard:
        """The card of the keys that `renew` prepared; for headquarters itself, which asks nobody."""
        prepared = self._next()
        if prepared is None:
            raise FieldtoolError(ErrorCode.NOT_ENROLLED)
        return prepared[0]

    def take_renewed(self) -> None:
        """Headquarters' own machine takes the keys that its root has put on the list."""
        prepared = self._next()
        signed = self.known(prepared[0].device, prepared[0].incarnation) if prepared else None
        if prepared is None or signed is None or signed.sign_key != prepared[0].sign_key:
            raise FieldtoolError(ErrorCode.NOT_ENROLLED)
        self._take_next()
        self._settings.put(_CARD, json.dumps(card_data(signed), ensure_ascii=False))

    def _next(self) -> tuple[DeviceCard, str, str] | None:
        text = self._settings.get(_NEXT)
        if not text:
            return None
        data = json.loads(text)
        return card_from(data["card"]), str(data["sign"]), str(data["seal"])

    def _take_next(self) -> None:
        """Put the prepared keys in place of the former, which go on opening what was sealed to them."""
        prepared = self._next()
        if prepared is None:
            return
        card, sign_private, seal_private = prepared
        own = self.card()
        olds = [own.seal_key, *json.loads(self._settings.get("keys.old_recipients") or "[]")]
        self._settings.put("keys.old_recipients", json.dumps(olds))
        self._settings.put(_OLD_SEALS, f"{self._settings.get(_SEAL)} {self._settings.get(_OLD_SEALS)}".strip())
        self._settings.put(_SIGN, sign_private)
        self._settings.put(_SEAL, seal_private)
        home = HomeCard.from_text(self._settings.get(_HOME))
        self._settings.put(_HOME, replace(home, incarnation=card.incarnation).to_text())
        self._settings.put(_NEXT, "")
        self._settings.put(_BEHIND, "")

    def request(self) -> str:
        """The text of a request for enrolment: this device's card, signed by itself."""
        prepared = self._next()
        card = prepared[0] if prepared else replace(self.card(), serial=0, issuer="", signature="")
        private = prepared[1] if prepared else self._settings.get(_SIGN)
        data = {
            "format": REQUEST_FORMAT,
            "card": card_data(card),
            "proof": self._suite.sign(private, REQUEST_PURPOSE, card_bytes(card)),
        }
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)

    def read_request(self, text: str) -> DeviceCard:
        """The card of a request whose own signature holds; BAD_REQUEST_FILE otherwise. Trusts nothing yet."""
        try:
            data = json.loads(text)
            if data["format"] != REQUEST_FORMAT:
                raise ValueError("format")
            card = card_from(data["card"])
            proof = str(data["proof"])
        except (ValueError, KeyError, TypeError, RecursionError) as trouble:
            raise _bad(trouble) from trouble
        if not suite_named(card.suite).verify(card.sign_key, REQUEST_PURPOSE, card_bytes(card), proof):
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": "proof"})
        # A request never asks for headquarters' role: it is given by hand, in another way.
        if card.signature or card.serial or card.issuer or card.role == Role.HEADQUARTERS:
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": "card"})
        return card

    def admit(self, card: DeviceCard) -> str:
        """Sign a card into the trust list and give the answer's text; NOT_HEADQUARTERS anywhere else.

        A card that is on the list already gets the same answer again. A device that comes back with other keys under
        a known name and incarnation is refused with BAD_REQUEST_FILE, one of another suite with SUITE_DIFFERS.
        """
        trust = self._list
        if trust is None:
            raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
        not_behind(self._settings)
        own = self.card().suite
        if card.suite != own:
            raise FieldtoolError(ErrorCode.SUITE_DIFFERS, values={"suite": card.suite, "own": own})
        held = self.known(card.device, card.incarnation)
        if held is None:
            held = replace(card, serial=trust.number + 1)
            trust = replace(trust, number=trust.number + 1, cards=(*trust.cards, held))
            trust = signed_here(self._settings, trust)
            self._keep(trust)
        elif (held.sign_key, held.seal_key) != (card.sign_key, card.seal_key):
            taken = {"device": card.device, "number": card.incarnation}
            raise FieldtoolError(ErrorCode.INCARNATION_TAKEN, values=taken)
        data = {"format": ANSWER_FORMAT, "device": held.device, "list": json.loads(list_text(trust))}
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)

    def read_answer(self, answer: str) -> tuple[DeviceCard, tuple[str, ...]]:
        """The card of headquarters in an answer and the six words of its root; raises as `adopt`, trusts nothing."""
        trust, _, above = self._answered(answer)
        return above, words_for(bytes.fromhex(trust.root))

    def adopt(self, answer: str) -> DeviceCard:
        """Take in headquarters' answer; the card of headquarters. BAD_REQUEST_FILE when it is not for this device,
        not signed, of another root, or older than what is known."""
        trust, signed, above = self._answered(answer)
        self._take_next()
        self._settings.put(_CARD, json.dumps(card_data(signed), ensure_ascii=False))
        self._keep(trust)
        return above

    def _answered(self, answer: str) -> tuple[TrustList, DeviceCard, DeviceCard]:
        """The list in an answer, this device's card in it and headquarters'."""
        try:
            data = json.loads(answer)
            if data["format"] != ANSWER_FORMAT:
                raise ValueError("format")
            trust = list_from(data["list"])
        except (ValueError, KeyError, TypeError, RecursionError) as trouble:
            raise _bad(trouble) from trouble
        prepared = self._next()
        own = prepared[0] if prepared else self.card()
        signed = next(
            (card for card in trust.cards if (card.sign_key, card.seal_key) == (own.sign_key, own.seal_key)), None
        )
        above = headquarters_card(trust.cards)
        if signed is None or above is None or (signed.device, signed.incarnation) != (own.device, own.incarnation):
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": "device"})
        known = self._list
        if known is not None and not related(trust, known):
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": "root"})
        if known is not None and rank(known) > rank(trust):
            raise FieldtoolError(ErrorCode.TRUST_OLDER, values={"number": trust.number, "known": known.number})
        return trust, signed, above

    def words_of(self, card: DeviceCard) -> tuple[str, ...]:
        """Six words that stand for a card's keys, to be read aloud on both sides."""
        return words_for(card_bytes(replace(card, serial=0, issuer="", signature="")))

    def root_words(self) -> tuple[str, ...]:
        """Six words that stand for the root key this device trusts; none before enrolment."""
        return words_for(bytes.fromhex(self._list.root)) if self._list else ()

    def stretched(self, code: str, salt: str) -> str:
        """What is kept of a personal code; see ports.Keys."""
        return stretched(code, salt)

    @property
    def _list(self) -> TrustList | None:
        text = self._settings.get(LIST)
        if text != self._read[0]:
            self._read = (text, read_list(text))
        return self._read[1]

    def _keep(self, trust: TrustList) -> None:
        put_in_force(self._settings, trust)


def _new_sign_key(suite: Suite, token: tokens.Token | None) -> tuple[str, str]:
    return suite.new_sign_key() if token is None else suite_qcvn15.new_token_key(token)


def _bad(trouble: Exception) -> FieldtoolError:
    return FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": str(trouble)[:80]})
