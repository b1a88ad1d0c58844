"""Cards and the trust list as texts: canonical, signed by headquarters, with a number that only rises.

The root signs all cards and the list while its key is at headquarters. Once it is put away, the key of headquarters'
own machine, whose card the root signed, signs lists and laptops' cards in its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from fieldtool.records.events import canonical_bytes
from fieldtool.records.exchange import Cutoff, DeviceCard, Role, Scope
from fieldtool.records.roles import OfficerRole
from fieldtool.trust.suite import Suite, suite_named

LIST_FORMAT = "fieldtool-tin/2"
SIGNER_FORMAT = "fieldtool-tin/3"  # signed by headquarters' machine for the root, which is put away
FIRST_FORMAT = "fieldtool-tin/1"  # without cut-offs, scopes and former roots; read on
CARD_PURPOSE = "fieldtool-the-v1"
LIST_PURPOSE = "fieldtool-tin-v1"
ROOT_PURPOSE = "fieldtool-goc-v1"  # an old root vouches for a new one
_LONGEST_TEXT = 700  # an RSA key needs 564
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_FIELDS = {field.name: field.type for field in fields(DeviceCard)}


@dataclass(frozen=True, slots=True)
class TrustList:
    """Which devices are trusted: `root` is the root's public key in hex, `cards` carry its signature one by one.

    `former` names each earlier root, the one it vouched for, and its signature over that. `signer` names the machine
    (device.incarnation) that signed in the root's place, "" for the root itself.
    """

    number: int
    root: str
    cards: tuple[DeviceCard, ...]
    signature: str = ""
    cutoffs: tuple[Cutoff, ...] = ()
    scopes: tuple[Scope, ...] = ()
    former: tuple[tuple[str, str, str], ...] = ()
    format: str = LIST_FORMAT
    signer: str = ""


def name_of(card: DeviceCard) -> str:
    """A machine and its incarnation as lists name them."""
    return f"{card.device}.{card.incarnation}"


def headquarters_card(cards: Sequence[DeviceCard]) -> DeviceCard | None:
    """The newest card that the root gave headquarters: it alone signs in the root's place."""
    above = [card for card in cards if card.role == Role.HEADQUARTERS]
    return max(above, key=lambda card: card.serial, default=None)


def rank(trust: TrustList) -> tuple[int, int]:
    """What orders lists. Only the root makes a newer card of headquarters: whoever stole the machine that signs lists
    cannot number them past the list in which the root replaced its key."""
    above = headquarters_card(trust.cards)
    return (above.serial if above else 0, trust.number)


def suite_of(trust: TrustList) -> Suite:
    """The one suite of a list's root and cards; ValueError when they name different ones, or none."""
    names = {card.suite for card in trust.cards}
    if len(names) != 1:
        raise ValueError("list suite")
    return suite_named(names.pop())


def card_bytes(card: DeviceCard) -> bytes:
    """What a card's signature covers: every field but the signature, in the order of the record."""
    parts = [
        "\n".join(value) if isinstance(value, tuple) else str(value)
        for name, value in asdict(card).items()
        if name != "signature"
    ]
    return canonical_bytes(parts)


def sign_card(card: DeviceCard, root_private: str) -> DeviceCard:
    """The card with the root's signature."""
    return replace(card, signature=suite_named(card.suite).sign(root_private, CARD_PURPOSE, card_bytes(card)))


def card_holds(card: DeviceCard, root: str) -> bool:
    """Whether the root signed the card."""
    return suite_named(card.suite).verify(root, CARD_PURPOSE, card_bytes(card), card.signature)


def card_data(card: DeviceCard) -> dict[str, Any]:
    """A card as JSON data."""
    return {**asdict(card), "areas": list(card.areas)}


def card_from(data: object) -> DeviceCard:
    """A card from JSON data of unknown origin; ValueError for anything that is none."""
    if not isinstance(data, Mapping) or set(data) != set(_FIELDS):
        raise ValueError("card fields")
    values: dict[str, Any] = dict(data)
    areas = values["areas"]
    if not isinstance(areas, list) or len(areas) > 200 or not all(_text(item) for item in areas):
        raise ValueError("card areas")
    values["areas"] = tuple(areas)
    for name in ("incarnation", "serial"):
        if type(values[name]) is not int or not 0 <= values[name] < 1 << 31:
            raise ValueError(f"card {name}")
    if not all(_text(value) for name, value in values.items() if name not in ("areas", "incarnation", "serial")):
        raise ValueError("card texts")
    card = DeviceCard(**values)
    if not (_NAME.fullmatch(card.device) and _NAME.fullmatch(card.unit) and card.incarnation >= 1):
        raise ValueError("card names")
    if card.role not in set(Role):
        raise ValueError("card role")
    suite = suite_named(card.suite)
    if not suite.is_sign_key(card.sign_key) or not suite.is_seal_key(card.seal_key):
        raise ValueError("card keys")
    return card


def _text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_TEXT and "\n" not in value and value.isprintable()


def list_text(trust: TrustList) -> str:
    """The list as canonical JSON."""
    return _canonical({**_list_data(trust), "signature": trust.signature})


def _list_data(trust: TrustList) -> dict[str, Any]:
    data: dict[str, Any] = {
        "format": trust.format,
        "number": trust.number,
        "root": trust.root,
        "cards": [card_data(card) for card in trust.cards],
    }
    if trust.format != FIRST_FORMAT:
        data["cutoffs"] = [asdict(item) for item in trust.cutoffs]
        data["scopes"] = [asdict(item) for item in trust.scopes]
        data["former"] = [list(item) for item in trust.former]
    if trust.format == SIGNER_FORMAT:
        data["signer"] = trust.signer
    return data


def _canonical(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sign_list(bare: TrustList, private: str, signer: str = "") -> TrustList:
    """The list in today's format, its cards in order, signed by the root or by the machine `signer`. While the root
    signs it is the format that programs of before read too."""
    ordered = tuple(sorted(bare.cards, key=lambda card: (card.unit, card.device, card.incarnation)))
    bare = replace(bare, cards=ordered, format=SIGNER_FORMAT if signer else LIST_FORMAT, signer=signer)
    message = _canonical(_list_data(bare)).encode("utf-8")
    return replace(bare, signature=suite_of(bare).sign(private, LIST_PURPOSE, message))


def signed_list(number: int, cards: Sequence[DeviceCard], root: str, root_private: str) -> TrustList:
    """A list of cards with a number, signed by the root."""
    return sign_list(TrustList(number, root, tuple(cards)), root_private)


def list_from(data: object) -> TrustList:
    """A list from JSON data of unknown origin, its own signature and those of its cards proved; ValueError else."""
    trust = _list_fields(data)
    suite = suite_of(trust)
    if not suite.is_sign_key(trust.root):
        raise ValueError("list root")
    if not all(suite.verify(old, ROOT_PURPOSE, new.encode("ascii"), vouched) for old, new, vouched in trust.former):
        raise ValueError("former root")
    signing = _signing_key(trust)
    message = _canonical(_list_data(trust)).encode("utf-8")
    if not suite.verify(signing, LIST_PURPOSE, message, trust.signature):
        raise ValueError("list signature")
    for card in trust.cards:
        # what speaks for headquarters is the root's to give, whoever signs the list
        by_signer = card.role != Role.HEADQUARTERS and card_holds(card, signing)
        if not by_signer and not card_holds(card, trust.root):
            raise ValueError("card signature")
    return trust


def _signing_key(trust: TrustList) -> str:
    """The key under which the list must hold: the root's, or that of headquarters' newest machine."""
    if trust.format != SIGNER_FORMAT:
        return trust.root
    above = headquarters_card(trust.cards)
    if above is None or name_of(above) != trust.signer:
        raise ValueError("list signer")
    return above.sign_key


def _list_fields(data: object) -> TrustList:
    names = {"format", "number", "root", "cards", "signature"}
    if not isinstance(data, Mapping) or not names <= set(data):
        raise ValueError("list fields")
    added = {LIST_FORMAT: {"cutoffs", "scopes", "former"}, FIRST_FORMAT: set()}
    added[SIGNER_FORMAT] = added[LIST_FORMAT] | {"signer"}
    if data["format"] not in added or set(data) - names != added[data["format"]]:
        raise ValueError("list fields")
    number, root, cards, signature = data["number"], data["root"], data["cards"], data["signature"]
    if type(number) is not int or number < 1:
        raise ValueError("list head")
    if not isinstance(root, str) or not isinstance(cards, list):
        raise ValueError("list root")
    if not all(isinstance(data.get(name, []), list) for name in ("cutoffs", "scopes", "former")):
        raise ValueError("list fields")
    if not isinstance(signature, str) or not isinstance(data.get("signer", ""), str):
        raise ValueError("list signature")
    return TrustList(
        number,
        root,
        tuple(card_from(card) for card in cards),
        signature,
        tuple(_cutoff(item) for item in data.get("cutoffs", [])),
        tuple(_scope(item) for item in data.get("scopes", [])),
        tuple((str(old), str(new), str(vouched)) for old, new, vouched in data.get("former", [])),
        data["format"],
        data.get("signer", ""),
    )


def _cutoff(data: Mapping[str, Any]) -> Cutoff:
    cutoff = Cutoff(str(data["device"]), int(data["incarnation"]), int(data["seq"]), tuple(map(str, data["bundles"])))
    if set(data) != {"device", "incarnation", "seq", "bundles"} or cutoff.seq < 0:
        raise ValueError("cut-off")
    return cutoff


def _scope(data: Mapping[str, Any]) -> Scope:
    scope = Scope(str(data["device"]), str(data["role"]), tuple(map(str, data["villages"])))
    if set(data) != {"device", "role", "villages"} or scope.role not in set(OfficerRole):
        raise ValueError("scope")
    return scope


def descends(trust: TrustList, known_root: str) -> bool:
    """Whether a list's root is the known one, or one that it vouched for, step by step."""
    root = known_root
    for old, new, _ in trust.former:  # each signature was proved when the list was read
        if old == root:
            root = new
    return root == trust.root


def related(one: TrustList, other: TrustList) -> bool:
    """Whether two lists are of one line of roots, whichever is the newer."""
    return descends(one, other.root) or descends(other, one.root)
