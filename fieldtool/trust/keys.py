"""This device's keys and whom it trusts. Private keys live in the encrypted home's settings and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from fieldtool.ports import Settings
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import DeviceCard, HomeCard, Role
from fieldtool.trust import suite
from fieldtool.trust.cards import (
    TrustList,
    card_bytes,
    card_data,
    card_from,
    list_from,
    list_text,
    sign_card,
    signed_list,
)
from fieldtool.trust.words import words_for

REQUEST_FORMAT = "fieldtool-ghi-danh/1"
ANSWER_FORMAT = "fieldtool-ghi-danh-tra-loi/1"
REQUEST_PURPOSE = "fieldtool-ghi-danh-v1"
_SIGN, _SEAL, _CARD = "keys.sign", "keys.seal", "keys.card"
_ROOT_PRIVATE, _LIST = "keys.root", "trust.list"


class HomeKeys:
    """Keys over the settings of an open home."""

    def __init__(self, settings: Settings, card: HomeCard) -> None:
        self._settings = settings
        self._home = card

    @classmethod
    def create(cls, settings: Settings, home: HomeCard) -> HomeKeys:
        """Make the keys of a new home; at headquarters also the root key and a trust list of one."""
        sign_private, sign_public = suite.new_sign_key()
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
        )
        settings.put(_SIGN, sign_private)
        settings.put(_SEAL, seal_private)
        if home.headquarters:
            root_private, root = suite.new_sign_key()
            card = sign_card(replace(card, serial=1, issuer=root), root_private)
            settings.put(_ROOT_PRIVATE, root_private)
            settings.put(_LIST, list_text(signed_list(1, [card], root, root_private)))
        settings.put(_CARD, json.dumps(card_data(card), ensure_ascii=False))
        return cls(settings, home)

    def card(self) -> DeviceCard:
        """This device's card; its signature is "" until headquarters enrolled it."""
        return card_from(json.loads(self._settings.get(_CARD)))

    def sign(self, purpose: str, message: bytes) -> str:
        """Signature in hex over purpose, a zero byte and the message."""
        return suite.sign(self._settings.get(_SIGN), purpose, message)

    def verify(self, card: DeviceCard, purpose: str, message: bytes, signature: str) -> bool:
        """Whether the signature is the device's."""
        return suite.verify(card.sign_key, purpose, message, signature)

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
        return suite.seal(content, [card.seal_key for card in receivers])

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed to this device; BUNDLE_NOT_OURS or, for a broken seal, BUNDLE_CHANGED otherwise."""
        try:
            return suite.unseal(sealed, self._settings.get(_SEAL))
        except suite.CannotOpen as closed:
            code = ErrorCode.BUNDLE_NOT_OURS if closed.not_ours else ErrorCode.BUNDLE_CHANGED
            raise FieldtoolError(code, values={"detail": "age"}) from closed

    def request(self) -> str:
        """The text of a request for enrolment: this device's card, signed by itself."""
        card = replace(self.card(), serial=0, issuer="", signature="")
        data = {
            "format": REQUEST_FORMAT,
            "card": card_data(card),
            "proof": self.sign(REQUEST_PURPOSE, card_bytes(card)),
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
        if not suite.verify(card.sign_key, REQUEST_PURPOSE, card_bytes(card), proof):
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": "proof"})
        # A request never asks for headquarters' role: it is given by hand, in another way.
        if card.signature or card.serial or card.issuer or card.role == Role.HEADQUARTERS:
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": "card"})
        return card

    def admit(self, card: DeviceCard) -> str:
        """Sign a card into the trust list and give the answer's text; NOT_HEADQUARTERS without the root key.

        A card that is on the list already gets the same answer again. A device that comes back with other keys under
        a known name and incarnation is refused with BAD_REQUEST_FILE.
        """
        root_private = self._settings.get(_ROOT_PRIVATE)
        trust = self._list
        if not root_private or trust is None:
            raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
        held = self.known(card.device, card.incarnation)
        if held is None:
            held = sign_card(replace(card, serial=trust.number + 1, issuer=trust.root), root_private)
            trust = signed_list(trust.number + 1, [*trust.cards, held], trust.root, root_private)
            self._keep(trust)
        elif (held.sign_key, held.seal_key) != (card.sign_key, card.seal_key):
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": f"{card.device}.{card.incarnation}"})
        data = {"format": ANSWER_FORMAT, "device": held.device, "list": json.loads(list_text(trust))}
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)

    def adopt(self, answer: str) -> DeviceCard:
        """Take in headquarters' answer; the card of headquarters. BAD_REQUEST_FILE when it is not for this device,
        not signed, of another root, or older than what is known."""
        try:
            data = json.loads(answer)
            if data["format"] != ANSWER_FORMAT:
                raise ValueError("format")
            trust = list_from(data["list"])
        except (ValueError, KeyError, TypeError, RecursionError) as trouble:
            raise _bad(trouble) from trouble
        own = self.card()
        signed = next(
            (card for card in trust.cards if (card.sign_key, card.seal_key) == (own.sign_key, own.seal_key)), None
        )
        above = next((card for card in trust.cards if card.role == Role.HEADQUARTERS), None)
        if signed is None or above is None or (signed.device, signed.incarnation) != (own.device, own.incarnation):
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": "device"})
        known = self._list
        if known is not None and (known.root != trust.root or known.number > trust.number):
            raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": f"{trust.number} < {known.number}"})
        self._settings.put(_CARD, json.dumps(card_data(signed), ensure_ascii=False))
        self._keep(trust)
        return above

    def words_of(self, card: DeviceCard) -> tuple[str, ...]:
        """Six words that stand for a card's keys, to be read aloud on both sides."""
        return words_for(card_bytes(replace(card, serial=0, issuer="", signature="")))

    def root_words(self) -> tuple[str, ...]:
        """Six words that stand for the root key this device trusts; none before enrolment."""
        return words_for(bytes.fromhex(self._list.root)) if self._list else ()

    @cached_property
    def _list(self) -> TrustList | None:
        # Proved again whenever a home is opened: a list altered in the store is not believed.
        text = self._settings.get(_LIST)
        try:
            return list_from(json.loads(text)) if text else None
        except ValueError as trouble:
            raise FieldtoolError(ErrorCode.HOME_DAMAGED, values={"detail": f"{_LIST}: {trouble}"}) from trouble

    def _keep(self, trust: TrustList) -> None:
        self._settings.put(_LIST, list_text(trust))
        self.__dict__["_list"] = trust


def _bad(trouble: Exception) -> FieldtoolError:
    return FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": str(trouble)[:80]})
