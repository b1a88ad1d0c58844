"""What a Vietnamese syllable can be, with the highland additions (Moong, Đoọc, Pịt); and its sound class."""

from __future__ import annotations

import re
from functools import lru_cache

from fieldtool.records.vietnamese import LEVEL, TONE, fold, tone_of, toneless

_ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|r|s|th|tr|t|v|x|"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng "
    "eo ep et ê êch êm ên ênh êp êt êu êng êc i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o "
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om "
    "on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt u ua uâc uân uâng uât uây uc uê "
    "uêch uênh ui um un ung uơ uơn up ut uôc uôi uôm uôn uông uôt uy uya uych uyên uyêt uynh uyt uyu uyp "
    "ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu yt ym yn "
)
_Q_RHYMES = (
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eo et ê ên ênh êch êt "
    "i ia ich in inh it iu iên iêt y ya ych yên yêt ynh yt yp yu ơ ơi ơn ôc ô "
)
_SYLLABLE = re.compile(rf"(?:(?:{_ONSETS})(?:{'|'.join(_RHYMES.split())})|qu(?:{'|'.join(_Q_RHYMES.split())}))\Z")
_G_SYLLABLE = re.compile(r"gi(?:n|m|ếng|êng|ch|t|nh)?\Z")
_STOPS = ("c", "ch", "p", "t")
_CLASSES = (
    (re.compile(r"^(?:ngh|ng)"), "ng"),
    (re.compile(r"^gh"), "g"),
    (re.compile(r"^gi(?=[aeiouy])|^gi$|^d|^r"), "d"),
    (re.compile(r"^(?:c(?!h)|k(?!h)|q)"), "k"),
    (re.compile(r"^(?:tr|ch)"), "ch"),
    (re.compile(r"^(?:s|x)"), "s"),
    (re.compile(r"^(?:l|n(?!g|h))"), "l"),
    (re.compile(r"^ph"), "f"),
)
_FINALS = ((re.compile(r"(?:ng|nh|n|m)$"), "n"), (re.compile(r"(?:ch|c|t|p)$"), "t"))


@lru_cache(maxsize=16384)
def is_syllable(token: str) -> bool:
    """Whether a token is a syllable that Vietnamese spelling allows; a syllable in -c, -ch, -p, -t has no weak tone.

    Text without marks ("nguyen") is none when the marked spelling would need them only to be a word; what is tested
    is the shape alone, so "van" and "lo" are syllables and "nguyeenx" is not.
    """
    lower = token.lower()
    if sum(1 for letter in lower if TONE.get(letter)) > 1:
        return False
    bare = toneless(lower)
    if not (_SYLLABLE.match(bare) or _G_SYLLABLE.match(bare)):
        return False
    return not (bare.endswith(_STOPS) and tone_of(lower) not in (LEVEL, 4, 5))


@lru_cache(maxsize=16384)
def sound_class(token: str) -> str:
    """A syllable's class of sound: onset and final classes of reference/domain.md 4.3, y as i, no marks.

    Two spellings that a clerk may confuse share a class; the reverse does not hold.
    """
    text = fold(token)
    for pattern, to in _CLASSES:
        changed = pattern.sub(to, text, count=1)
        if changed != text or pattern.match(text):
            text = changed
            break
    for pattern, to in _FINALS:
        if pattern.search(text) and len(text) > 2:
            text = pattern.sub(to, text)
            break
    return re.sub(r"(.)\1+", r"\1", text.replace("y", "i"))
