"""Which paper a heading speaks of: identity cards, or passports, licences, pensions."""

from __future__ import annotations

import re

from fieldtool.intake.slips import one_slip

# What may stand in a heading on the issue of an identity card.
_OF_CARDS = frozenset({
    "ngay", "thang", "nam", "noi", "cap", "co", "quan", "don", "vi", "het", "han", "gia", "tri", "su", "dung",
    "den", "tu", "the", "can", "cuoc", "cong", "dan", "cccd", "cc", "cmnd", "cmt", "cmtnd", "gcmnd", "chung",
    "minh", "nhan", "thu", "dinh", "danh", "ddcn", "giay", "to", "tuy", "than", "gttt", "moi", "cu", "lan",
    "dau", "cuoi", "lai", "doi", "gan", "nhat", "va", "hieu", "luc", "thoi", "tai", "ca", "hien", "o", "date",
    "place", "of", "issue", "issued", "on", "duoc", "chip", "expiry", "id", "card",
})  # fmt: skip
_IDENTITY = re.compile(r"\b(?:cccd|cmnd|cmt|cmtnd|gcmnd|can cuoc|chung minh|dinh danh|ddcn)\b")
_SHORTEST_SLIP = 4  # letters of a word that may be one of them misspelt


def of_other_paper(plain: str) -> bool:
    """Whether flat words on an issue or an expiry name another paper than an identity card."""
    if _IDENTITY.search(plain):
        return False  # "Ngày cấp CCCD/hộ chiếu"
    unknown = [word for word in plain.split() if word not in _OF_CARDS]
    return any(
        len(word) < _SHORTEST_SLIP or not any(one_slip(known, word) for known in _OF_CARDS if len(known) > 2)
        for word in unknown
    )
