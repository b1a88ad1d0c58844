"""The trust list of an open home: headquarters signs into it, a laptop takes in newer ones and no older."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from fieldtool.ports import Settings
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import Cutoff, DeviceCard, Scope
from fieldtool.trust import tokens
from fieldtool.trust.cards import (
    ROOT_PURPOSE,
    TrustList,
    card_data,
    headquarters_card,
    list_from,
    list_text,
    name_of,
    rank,
    related,
    sign_card,
    sign_list,
    suite_of,
)
from fieldtool.trust.root_file import open_root, seal_root
from fieldtool.trust.suite import new_key

ROOT_PRIVATE, LIST = "keys.root", "trust.list"
CUTOFFS = "trust.cutoffs"  # all that were known before the list in force was taken in
_SIGN, _CARD, _BEHIND = "keys.sign", "keys.card", "home.behind"


def read_list(text: str) -> TrustList | None:
    """A kept list, proved again whenever a home is opened: one altered in the store is not believed."""
    try:
        return list_from(json.loads(text)) if text else None
    except (ValueError, KeyError, TypeError) as trouble:
        raise FieldtoolError(ErrorCode.HOME_DAMAGED, values={"detail": f"{LIST}: {trouble}"}) from trouble


def put_in_force(settings: Settings, trust: TrustList) -> None:
    """Keep a list as the one in force.

    A cut-off is for ever, since a machine gets another incarnation when it is back. A newer list without one comes of
    headquarters restored from a backup, which does not know any more what was stolen meanwhile: so all that are known
    are kept before the list takes its place.
    """
    before = read_list(settings.get(LIST))
    known = (*(before.cutoffs if before else ()), *_forgotten(settings, before))
    if known:
        settings.put(CUTOFFS, json.dumps([asdict(item) for item in known]))
    settings.put(LIST, list_text(trust))


def _forgotten(settings: Settings, trust: TrustList | None) -> tuple[Cutoff, ...]:
    """The cut-offs that were kept and that a list does not name."""
    kept = json.loads(settings.get(CUTOFFS) or "[]")
    named = {(item.device, item.incarnation) for item in (trust.cutoffs if trust else ())}
    found = (Cutoff(item["device"], item["incarnation"], item["seq"], tuple(item["bundles"])) for item in kept)
    return tuple(item for item in found if (item.device, item.incarnation) not in named)


def not_behind(settings: Settings) -> None:
    """HOME_BEHIND where this is headquarters restored from a backup: its next list would bear a number that another
    one bears. Its keys are renewed first."""
    if behind := settings.get(_BEHIND):
        raise FieldtoolError(ErrorCode.HOME_BEHIND, values={"detail": behind})


def signed_here(settings: Settings, trust: TrustList) -> TrustList:
    """The list signed anew with what this machine has: the root's key, or in its place the own key of headquarters'
    newest machine. Cards without a signature, and those that an earlier key of headquarters signed, are signed too.
    NOT_HEADQUARTERS."""
    root_private, own_key = settings.get(ROOT_PRIVATE), json.loads(settings.get(_CARD))["sign_key"]
    above = headquarters_card(trust.cards)
    if root_private:
        private, issuer, signer = root_private, trust.root, ""
    elif above is not None and above.sign_key == own_key:
        private, issuer, signer = settings.get(_SIGN), above.sign_key, name_of(above)
    else:
        raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
    cards = tuple(
        card if card.signature and card.issuer in (trust.root, issuer)
        else sign_card(replace(card, issuer=issuer, signature=""), private)
        for card in trust.cards
    )  # fmt: skip
    return sign_list(replace(trust, cards=cards), private, signer)


class HomeTrust:
    """The Trust of an open home; see ports.Trust."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._read: tuple[str, TrustList | None] = ("", None)

    def number(self) -> int:
        """The number of the trust list; 0 before enrolment."""
        return self._list.number if self._list else 0

    def cutoffs(self) -> tuple[Cutoff, ...]:
        """The revoked machines: those of the list, and those of lists before that a newer one no longer names."""
        return (*(self._list.cutoffs if self._list else ()), *self.cutoffs_lost())

    def cutoffs_lost(self) -> tuple[Cutoff, ...]:
        """Those that the list in force does not name."""
        return _forgotten(self._settings, self._list)

    def scopes(self) -> tuple[Scope, ...]:
        """What headquarters lets machines write, where it said so."""
        return self._list.scopes if self._list else ()

    def list_text(self) -> str:
        """The signed trust list as a text."""
        return list_text(self._list) if self._list else ""

    def take_list(self, text: str) -> bool:
        """Take in a trust list: True when it was newer. TRUST_OLDER or TRUST_BAD_LIST."""
        trust, known = self._related(text)
        if rank(trust) < rank(known):
            raise FieldtoolError(ErrorCode.TRUST_OLDER, values={"number": trust.number, "known": known.number})
        if rank(trust) == rank(known):
            return False
        put_in_force(self._settings, trust)
        self._own_card(trust)
        return True

    def _related(self, text: str) -> tuple[TrustList, TrustList]:
        """A list that is of the same line of roots as the one in force, and that one."""
        known = self._list
        if known is None:
            raise FieldtoolError(ErrorCode.NOT_ENROLLED)
        try:
            trust = list_from(json.loads(text))
        except (ValueError, KeyError, TypeError, RecursionError) as trouble:
            raise FieldtoolError(ErrorCode.TRUST_BAD_LIST, values={"detail": str(trouble)[:80]}) from trouble
        if not related(trust, known):
            raise FieldtoolError(ErrorCode.TRUST_BAD_LIST, values={"detail": "root"})
        return trust, known

    def recover(self, text: str) -> bool:
        """Take over what an own list of before a restore said and the one in force does not know; whether there was
        any. NOT_HEADQUARTERS, HOME_BEHIND, TRUST_BAD_LIST."""
        not_behind(self._settings)
        former, trust = self._related(text)
        cards = {(card.device, card.incarnation) for card in trust.cards}
        cut = {(item.device, item.incarnation) for item in trust.cutoffs}
        scoped = {item.device for item in trust.scopes}
        new_cards = [card for card in former.cards if (card.device, card.incarnation) not in cards]
        new_cuts = [item for item in former.cutoffs if (item.device, item.incarnation) not in cut]
        new_scopes = [item for item in former.scopes if item.device not in scoped]
        if not (new_cards or new_cuts or new_scopes):
            return False
        self._sign(
            replace(
                trust,
                cards=(*trust.cards, *new_cards),
                cutoffs=(*trust.cutoffs, *new_cuts),
                scopes=(*trust.scopes, *new_scopes),
            )
        )
        return True

    def revoke(self, cutoff: Cutoff) -> str:
        """Sign a cut-off into the trust list; its text."""
        not_behind(self._settings)
        trust = self._signing()
        kept = [
            item for item in trust.cutoffs if (item.device, item.incarnation) != (cutoff.device, cutoff.incarnation)
        ]
        return self._sign(replace(trust, cutoffs=(*kept, cutoff)))

    def assign(self, scope: Scope) -> str:
        """Sign a scope into the trust list in place of the machine's former one; its text."""
        not_behind(self._settings)
        trust = self._signing()
        kept = [item for item in trust.scopes if item.device != scope.device]
        return self._sign(replace(trust, scopes=(*kept, scope)))

    def new_root(self) -> str:
        """Make a new root key, vouched for by the old one, and sign every card anew; the list's text. ROOT_NOT_HERE."""
        not_behind(self._settings)
        old_private = self._root_private()
        trust = self._signing()
        new_private, new = new_key(suite_of(trust), old_private)
        vouched = suite_of(trust).sign(old_private, ROOT_PURPOSE, new.encode("ascii"))
        renewed = replace(
            trust,
            root=new,
            cards=tuple(replace(card, signature="") for card in trust.cards),
            former=(*trust.former, (trust.root, new, vouched)),
        )
        self._settings.put(ROOT_PRIVATE, new_private)
        text = self._sign(renewed)
        self._own_card(self._signing())
        return text

    def root_here(self) -> bool:
        """Whether the root's key is on this machine, at headquarters."""
        return bool(self._settings.get(ROOT_PRIVATE))

    def sealed_root(self, passphrase: str) -> str:
        """The root's key as a text that this passphrase opens; ROOT_NOT_HERE, WEAK_PASSPHRASE; ROOT_IN_TOKEN where it
        lies in the token that signs from day to day, from which no file takes it away."""
        private, daily = self._root_private(), self._settings.get(_SIGN)
        used = [tokens.token_of(key) for key in (private, daily) if tokens.names_token(key)]
        if len(used) == 2 and used[0] == used[1]:
            raise FieldtoolError(ErrorCode.ROOT_IN_TOKEN, values={"token": used[0].label})
        return seal_root(self._signing().root, private, passphrase)

    def put_root_away(self, texts: Sequence[str], passphrase: str) -> None:
        """Forget the root's key, once every one of the written texts was seen to give it back. ROOT_NOT_HERE,
        ROOT_FILE_BAD."""
        private, root = self._root_private(), self._signing().root
        if not texts or any(open_root(text, passphrase, root) != private for text in texts):
            raise FieldtoolError(ErrorCode.ROOT_FILE_BAD)
        self._settings.put(ROOT_PRIVATE, "")

    def bring_root(self, text: str, passphrase: str) -> None:
        """Take the root's key out of its text again. NOT_HEADQUARTERS on any machine but headquarters' newest,
        ROOT_FILE_BAD for a wrong passphrase, a damaged text or another root."""
        trust = self._list
        above = headquarters_card(trust.cards) if trust else None
        own = json.loads(self._settings.get(_CARD))["sign_key"]
        if trust is None or above is None or above.sign_key != own:
            raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
        private = open_root(text, passphrase, trust.root)
        suite = suite_of(trust)
        if not suite.verify(trust.root, ROOT_PURPOSE, b"", suite.sign(private, ROOT_PURPOSE, b"")):
            raise FieldtoolError(ErrorCode.ROOT_FILE_BAD)
        self._settings.put(ROOT_PRIVATE, private)

    def admit_renewed(self, card: DeviceCard, cutoff: Cutoff | None) -> str:
        """Let the root sign a new card of headquarters' own machine, with a cut-off for the former keys if they were
        stolen; the list's text. ROOT_NOT_HERE."""
        self._root_private()
        trust = self._signing()
        renewed = replace(card, serial=trust.number + 1, issuer="", signature="")
        cutoffs = (*trust.cutoffs, cutoff) if cutoff else trust.cutoffs
        return self._sign(replace(trust, cards=(*trust.cards, renewed), cutoffs=cutoffs))

    def _root_private(self) -> str:
        if self._list is None or headquarters_card(self._list.cards) is None:
            raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
        private = self._settings.get(ROOT_PRIVATE)
        if not private:
            raise FieldtoolError(ErrorCode.ROOT_NOT_HERE)
        return private

    def _signing(self) -> TrustList:
        trust = self._list
        if trust is None:
            raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
        return trust

    def _sign(self, trust: TrustList) -> str:
        signed = signed_here(self._settings, replace(trust, number=trust.number + 1))
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
