"""What a cell tells of a person with a label before each fact: "SN 1958, CCCD số … cấp ngày …, trú tại bản Xốp Nặm".

Only what has a label is taken, each up to the next label. What stands behind the name of a parent is the parent's, what
stands behind a wife's or a guardian's is nobody's here. A text that says one thing twice is left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from fieldtool.intake.columns import flat
from fieldtool.records.fields import Field

_DAY = r"(?:\d{1,2}\s?[/.\-]\s?){0,2}(?:\d{4}|(?<=[/.\-])\d{2})(?!\d)"
# A label begins a fact where a word could begin; the longer one first. Flat text, positions as in the text itself.
_LABELS: tuple[tuple[Field, str], ...] = (
    (Field.ISSUE_PLACE, r"noi cap|nc|cap tai|tai|do"),
    (Field.ISSUE_DATE, r"(?:ngay )?cap(?: ngay)?"),
    (
        Field.DOB,
        r"sinh (?:ngay|nam)|ngay(?:,? thang)?(?:,? nam)? sinh|nam sinh|ntns"
        r"|s\.?n\.?|n\.?s\.?|sinh(?= *:? *\d)|s(?=[.: ]*(?:19|20)\d\d)",
    ),
    (Field.N12, r"(?:so )?(?:the )?(?:cccd|can cuoc(?: cong dan)?|dinh danh(?: ca nhan)?|ddcn)(?: so)?"),
    (Field.N9, r"(?:so )?(?:giay )?(?:cmnd|cmt|cmtnd|gcmnd|chung minh(?: nhan dan| thu)?)(?: so)?"),
    (Field.ETHNICITY, r"dan toc|dt(?= *:)"),
    (Field.RELIGION, r"ton giao"),
    (Field.SEX, r"gioi tinh"),
    (Field.ORIGIN, r"que(?: quan)?|nguyen quan"),
    (Field.BIRTH_PLACE, r"noi sinh"),
    (
        Field.PLACE,
        r"(?:noi )?(?:dang ky |dk )?(?:ho khau |hk)?thuong tru(?: tai| o)?|hktt|dktt|t/tru|(?:hien )?tru(?: tai| quan)"
        r"|cu tru(?: tai)?|(?:hien )?(?:dang )?(?:cu ngu|sinh song|o)(?: tai)|dia chi|d/c|cho o(?: hien nay)?"
        r"|noi (?:o|cu tru)(?: hien nay)?",
    ),
    (Field.FATHER, r"con ong|(?:ho ten |ten )?(?:cha|bo)(?= *:)"),
    (Field.MOTHER, r"(?:va|con) ba|(?:ho ten |ten )?me(?= *:)"),
)  # fmt: skip
_LABEL = re.compile(
    r"(?<![^\W_])(?:" + "|".join(f"(?P<f{place}>{pattern})" for place, (_, pattern) in enumerate(_LABELS)) + r")"
    r"(?![^\W\d_])\s*[:.\-]?\s*"
)
# Somebody else, with whom what stands before ends ("Vợ: Vi Thị Ơn, SN 1960"); read with marks, since Vỏ is a name.
_OTHERS = re.compile(
    r"(?<![^\W_])(?:vợ|chồng|con (?:trai|gái|dâu|rể|nuôi)|cháu|chủ hộ|người (?:thân|nhận|giám hộ|nuôi)|thân nhân"
    r"|liên hệ|giám hộ)(?![^\W_])"
)
_REGISTERED = re.compile(r"thuong tru|hktt|dktt|ho khau")
_BIRTH_OF = {Field.FATHER: Field.FATHER_DOB, Field.MOTHER: Field.MOTHER_DOB}
_NUMBER = {Field.N12: re.compile(r"\d{12}(?!\d)|\d{11}(?!\d)"), Field.N9: re.compile(r"\d{9}(?!\d)")}
_DATE = re.compile(_DAY)
_FIRST = re.compile(rf"\s*({_DAY})\s*[,;\-–(\n]")
_OF_A_CARD = frozenset({Field.N12, Field.N9, Field.ISSUE_DATE})
_ISSUER = re.compile(r"(?:ca|cong an|cuc|bo|canh sat)\b")
_DATES = frozenset({Field.DOB, Field.ISSUE_DATE, Field.FATHER_DOB, Field.MOTHER_DOB})
_LONG = frozenset({Field.PLACE, Field.ORIGIN, Field.BIRTH_PLACE, Field.ISSUE_PLACE})
_CLAUSE, _WORDS = re.compile(r"[;\n|]"), re.compile(r"[,;\n|]")  # a place has commas of its own
_LONGEST = 200  # characters
_EDGES = " \t\n,;:.-–—()|"


@lru_cache(maxsize=512)
def facts_of(text: str) -> Mapping[Field, str]:
    """Field → what a text says of it; empty when it labels nothing, or one thing twice."""
    found: dict[Field, str] = {}
    other = _OTHERS.search(text.lower())
    text = text[: other.start()] if other else text
    first = _FIRST.match(text)
    if first:
        found[Field.DOB] = first[1]  # "1958, trú tại bản Na Pu"
    parent: Field | None = None
    registered = False  # a place said to be where somebody is registered goes before where he stays
    for field, label, said in _parts(text):
        if field in _BIRTH_OF:
            parent = None if label.startswith(("con ", "va ")) else field
        elif parent is not None and field is Field.DOB:
            field = _BIRTH_OF[parent]
        elif parent is not None and field in _NUMBER:
            continue
        value = _value(field, said)
        if not value:
            continue
        if field is Field.PLACE and field in found:
            if registered != bool(_REGISTERED.search(label)):
                found[field] = found[field] if registered else value
                registered = True
                continue
            return {}
        if field in found:
            return {}
        registered = registered or (field is Field.PLACE and bool(_REGISTERED.search(label)))
        found[field] = value
    return found if len(found) > 1 or not first else {}


def _parts(text: str) -> Iterator[tuple[Field, str, str]]:
    """Each label's field, the label, and the text up to the next."""
    marks = list(_LABEL.finditer(flat(text)))
    ends = [*(mark.start() for mark in marks), len(text)][1:]
    before: Field | None = None
    for mark, end in zip(marks, ends, strict=True):
        field = _LABELS[int((mark.lastgroup or "f0")[1:])][0]
        said = text[mark.end() : end].strip(_EDGES)
        # "tại" stands before any place: only behind a card's number or day does it say who issued it.
        if field is not Field.ISSUE_PLACE or (before in _OF_A_CARD and _ISSUER.match(flat(said))):
            yield field, mark[0], said
        if field is Field.ISSUE_DATE and (day := _DATE.match(said)):
            issuer = said[day.end() :].strip(_EDGES)  # "cấp 12/5/2010, CA Nghệ An"
            if _ISSUER.match(flat(issuer)):
                yield Field.ISSUE_PLACE, "", issuer
        before = field


def _value(field: Field, said: str) -> str:
    """The value in what stands behind a label; "" where none of its kind does."""
    if field in _NUMBER:
        match = _NUMBER[field].match(said)
        return match[0] if match else ""
    if field in _DATES:
        day = _DATE.match(said)
        return day[0] if day else ""
    told = (_CLAUSE if field in _LONG else _WORDS).split(said, maxsplit=1)[0].strip(_EDGES)
    return told if any(map(str.isalpha, told)) and len(told) <= _LONGEST else ""
