"""This device's keys and headquarters' trust list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fieldtool.records.exchange import Cutoff, DeviceCard, Scope


class Keys(Protocol):
    """This device's keys and the certificates it trusts; no switch turns verification off."""

    def card(self) -> DeviceCard:
        """This device's card; its signature is "" until headquarters enrolled it."""

    def sign(self, purpose: str, message: bytes) -> str:
        """Signature in hex over purpose, a zero byte and the message."""

    def verify(self, card: DeviceCard, purpose: str, message: bytes, signature: str) -> bool:
        """Whether the signature is the device's."""

    def known(self, device: str, incarnation: int) -> DeviceCard | None:
        """The trusted card of a device, None when it is not on the trust list."""

    def receivers(self, unit: str) -> list[DeviceCard]:
        """The trusted cards of a unit, to seal for."""

    def seal(self, content: bytes, receivers: Sequence[DeviceCard]) -> bytes:
        """Seal to the receivers; nobody else, the sender included, can open it."""

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed to this device; BUNDLE_NOT_OURS, BUNDLE_OTHER_SUITE or BUNDLE_CHANGED otherwise."""

    def trusted(self) -> list[DeviceCard]:
        """Every card of the trust list, by unit and device."""

    def enrolled(self) -> bool:
        """Whether this device holds a card signed by headquarters' root."""

    def request(self) -> str:
        """The text of a request for enrolment: this device's card, signed by itself."""

    def read_request(self, text: str) -> DeviceCard:
        """The card of a request whose own signature holds; BAD_REQUEST_FILE otherwise. Trusts nothing yet."""

    def admit(self, card: DeviceCard) -> str:
        """Sign a card into the trust list and give the answer's text; NOT_HEADQUARTERS anywhere else,
        SUITE_DIFFERS."""

    def read_answer(self, answer: str) -> tuple[DeviceCard, tuple[str, ...]]:
        """The card of headquarters in an answer and the six words of its root; raises as `adopt`, trusts nothing."""

    def adopt(self, answer: str) -> DeviceCard:
        """Take in headquarters' answer; the card of headquarters. BAD_REQUEST_FILE when it is not for this device,
        not signed, of another root, or older than what is known."""

    def own_seals(self) -> set[str]:
        """The seal keys under which others may have written to this machine: today's and those before a renewal."""

    def renew(self) -> None:
        """Prepare new keys and the next incarnation of this machine; they hold once headquarters answered."""

    def renewed(self) -> DeviceCard:
        """The card of the keys that `renew` prepared, not signed yet; NOT_ENROLLED when there are none."""

    def take_renewed(self) -> None:
        """Headquarters' own machine takes the prepared keys that the root has put on the list; NOT_ENROLLED."""

    def use_suite(self, name: str) -> None:
        """Make the keys of a machine that was never enrolled anew, in another suite; ALREADY_ENROLLED, BAD_VALUE."""

    def words_of(self, card: DeviceCard) -> tuple[str, ...]:
        """Six words that stand for a card's keys, to be read aloud on both sides."""

    def root_words(self) -> tuple[str, ...]:
        """Six words that stand for the root key this device trusts; none before enrolment."""

    def stretched(self, code: str, salt: str) -> str:
        """What is kept of an officer's personal code, in hex: scrypt with this salt."""


class Trust(Protocol):
    """The trust list: headquarters signs into it, laptops take in newer ones."""

    def number(self) -> int:
        """The number of the trust list, which only rises; 0 before enrolment."""

    def cutoffs(self) -> tuple[Cutoff, ...]:
        """The revoked machines, also those that a newer list forgot."""

    def cutoffs_lost(self) -> tuple[Cutoff, ...]:
        """Revoked machines that the list in force names no more; they stay revoked here."""

    def scopes(self) -> tuple[Scope, ...]:
        """What headquarters lets machines write, where it said so."""

    def list_text(self) -> str:
        """The signed trust list as a text."""

    def take_list(self, text: str) -> bool:
        """Take in a trust list: True when it was newer. TRUST_OLDER, or TRUST_BAD_LIST for one that is not signed by
        the known root or by a new root that the known one signed."""

    def recover(self, text: str) -> bool:
        """Headquarters restored from a backup takes over what a list of its own said that the one in force does not
        know: machines, cut-offs, scopes; whether there was any. NOT_HEADQUARTERS, HOME_BEHIND, TRUST_BAD_LIST."""

    def revoke(self, cutoff: Cutoff) -> str:
        """Sign a cut-off into the trust list; its text. NOT_HEADQUARTERS on a laptop."""

    def assign(self, scope: Scope) -> str:
        """Sign a scope into the trust list in place of the machine's former one; its text. NOT_HEADQUARTERS."""

    def new_root(self) -> str:
        """Make a new root key, signed by the old and the new one, and sign every card anew; the list's text.
        NOT_HEADQUARTERS, ROOT_NOT_HERE."""

    def root_here(self) -> bool:
        """Whether the root's key is on this machine; without it headquarters' own key signs lists and cards."""

    def sealed_root(self, passphrase: str) -> str:
        """The root's key as a text that this passphrase opens; ROOT_NOT_HERE, ROOT_IN_TOKEN, WEAK_PASSPHRASE."""

    def put_root_away(self, texts: Sequence[str], passphrase: str) -> None:
        """Forget the root's key, once every one of these texts gave it back; ROOT_NOT_HERE, ROOT_FILE_BAD."""

    def bring_root(self, text: str, passphrase: str) -> None:
        """Take the root's key out of its text again; NOT_HEADQUARTERS, ROOT_FILE_BAD."""

    def admit_renewed(self, card: DeviceCard, cutoff: Cutoff | None) -> str:
        """Sign a new card of headquarters' own machine by the root, with a cut-off for its former keys if they were
        stolen; the list's text. ROOT_NOT_HERE."""
