"""The trust list of an open home: headquarters signs into it, a laptop takes in newer ones and no older."""

from __future__ import annotations

import json
from dataclasses import replace

from fieldtool.ports import Settings
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import Cutoff, Scope
from fieldtool.trust.cards import (
    ROOT_PURPOSE,
    TrustList,
    card_data,
    list_from,
    list_text,
    related,
    sign_card,
    sign_list,
    suite_of,
)
from fieldtool.trust.suite import new_key

ROOT_PRIVATE, LIST = "keys.root", "trust.list"
_CARD = "keys.card"


def read_list(text: str) -> TrustList | None:
    """A kept list, proved again whenever a home is opened: one altered in the store is not believed."""
    try:
        return list_from(json.loads(text)) if text else None
    except (ValueError, KeyError, TypeError) as trouble:
        raise FieldtoolError(ErrorCode.HOME_DAMAGED, values={"detail": f"{LIST}: {trouble}"}) from trouble


class HomeTrust:
    """The Trust of an open home; see ports.Trust."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._read: tuple[str, TrustList | None] = ("", None)

    def number(self) -> int:
        """The number of the trust list; 0 before enrolment."""
        return self._list.number if self._list else 0

    def cutoffs(self) -> tuple[Cutoff, ...]:
        """The revoked machines."""
        return self._list.cutoffs if self._list else ()

    def scopes(self) -> tuple[Scope, ...]:
        """What headquarters lets machines write, where it said so."""
        return self._list.scopes if self._list else ()

    def list_text(self) -> str:
        """The signed trust list as a text."""
        return list_text(self._list) if self._list else ""

    def take_list(self, text: str) -> bool:
        """Take in a trust list: True when it was newer. TRUST_OLDER or TRUST_BAD_LIST."""
        known = self._list
        if known is None:
            raise FieldtoolError(ErrorCode.NOT_ENROLLED)
        try:
            trust = list_from(json.loads(text))
        except (ValueError, KeyError, TypeError, RecursionError) as trouble:
            raise FieldtoolError(ErrorCode.TRUST_BAD_LIST, values={"detail": str(trouble)[:80]}) from trouble
        if not related(trust, known):
            raise FieldtoolError(ErrorCode.TRUST_BAD_LIST, values={"detail": "root"})
        if trust.number < known.number:
            raise FieldtoolError(ErrorCode.TRUST_OLDER, values={"number": trust.number, "known": known.number})
        if trust.number == known.number:
            return False
        self._settings.put(LIST, list_text(trust))
        self._own_card(trust)
        return True

    def revoke(self, cutoff: Cutoff) -> str:
        """Sign a cut-off into the trust list; its text."""
        trust = self._signing()
        kept = [
            item for item in trust.cutoffs if (item.device, item.incarnation) != (cutoff.device, cutoff.incarnation)
        ]
        return self._sign(replace(trust, cutoffs=(*kept, cutoff)))

    def assign(self, scope: Scope) -> str:
        """Sign a scope into the trust list in place of the machine's former one; its text."""
        trust = self._signing()
        kept = [item for item in trust.scopes if item.device != scope.device]
        return self._sign(replace(trust, scopes=(*kept, scope)))

    def new_root(self) -> str:
        """Make a new root key, vouched for by the old one, and sign every card anew; the list's text."""
        trust, old_private = self._signing(), self._settings.get(ROOT_PRIVATE)
        new_private, new = new_key(suite_of(trust), old_private)
        vouched = suite_of(trust).sign(old_private, ROOT_PURPOSE, new.encode("ascii"))
        cards = tuple(sign_card(replace(card, issuer=new), new_private) for card in trust.cards)
        renewed = replace(
            trust, root=new, cards=cards, former=(*trust.former, (trust.root, new, vouched)), number=trust.number + 1
        )
        signed = sign_list(renewed, new_private)
        self._settings.put(LIST, list_text(signed))
        self._settings.put(ROOT_PRIVATE, new_private)
        self._own_card(signed)
        return list_text(signed)

    def _signing(self) -> TrustList:
        trust = self._list
        if not self._settings.get(ROOT_PRIVATE) or trust is None:
            raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
        return trust

    def _sign(self, trust: TrustList) -> str:
        signed = sign_list(replace(trust, number=trust.number + 1), self._settings.get(ROOT_PRIVATE))
        self._settings.put(LIST, list_text(signed))
        return list_text(signed)

    def _own_card(self, trust: TrustList) -> None:
        """A new root signed this machine's card anew."""
        own = json.loads(self._settings.get(_CARD))
        for card in trust.cards:
            if (card.sign_key, card.seal_key) == (own["sign_key"], own["seal_key"]):
                self._settings.put(_CARD, json.dumps(card_data(card), ensure_ascii=False))

    @property
    def _list(self) -> TrustList | None:
        text = self._settings.get(LIST)
        if text != self._read[0]:
            self._read = (text, read_list(text))
        return self._read[1]
