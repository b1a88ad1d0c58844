"""Catalogues keyed by code: `say` turns a code and its values into a sentence of the chosen language.

The .po files of a language lie by room in resources/translations/<language>/ and are compiled into one .mo by
build_scripts/translations.py, which also proves that no code lacks a sentence in either language.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.tables import RESOURCES
from fieldtool.wording.days import day_told, moment_told

if TYPE_CHECKING:  # the gate needs words, but not what stands behind these names
    from fieldtool.records.exchange import BundleName
    from fieldtool.records.reasons import Difference, Reason
    from fieldtool.usecases.recent_acts import Recent


class Language(StrEnum):
    """Languages with a complete catalogue."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


_QUESTIONS = ("ask", "detail", "case_check")  # where the codes of what must be answered have their words
_VALUES = ("field", "value", *_QUESTIONS)  # and those of what was given wrongly


@cache
def _catalogue(language: Language) -> gettext.GNUTranslations:
    """The compiled catalogue of a language, read once: parsing it takes ten milliseconds."""
    with (RESOURCES / "translations" / language / "fieldtool.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


class Wording:
    """The sentences of one language."""

    def __init__(self, language: Language = Language.VIETNAMESE) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def say(self, code: str, /, **values: object) -> str:
        """The sentence of a code. A code without a sentence is a defect that the checks find: it raises KeyError."""
        text = self._catalogue.gettext(code)
        if text == code:
            raise KeyError(code)
        return text.format_map(values) if values else text

    def knows(self, code: str) -> bool:
        """Whether a code has a sentence, for texts that come from outside and may be newer than this program."""
        return self._catalogue.gettext(code) != code

    def field_called(self, field: str) -> str:
        """A field of an operation by its words: of a person, of another register ("check.3" is one of "check"), else
        as it stands there."""
        codes = (f"field.{field}", f"register.{field}", f"register.{field.partition('.')[0]}")
        return next((self.say(code) for code in codes if self.knows(code)), field)

    def noted(self, what: str) -> str:
        """What a line of the journal tells of; the code itself of a program newer or older than this one."""
        code = f"noted.{what}"
        return self.say(code) if self.knows(code) else what

    def note_detail(self, detail: str) -> str:
        """Of what a line of the journal tells, a refusal in it by its words instead of its code."""
        told = []
        for word in detail.split(" "):
            sentence = self._catalogue.gettext(f"error.{word}")
            known = sentence != f"error.{word}"
            told.append(sentence.format_map(_Blank({})).removesuffix(": …") if known else word)
        return " ".join(told)

    def written(self, field: str, value: str) -> str:
        """What an operation wrote into a register that holds one of a few words, as people say it; else the value."""
        from fieldtool.records.events import PROPOSAL, STANDING, STATE, VERDICT  # late: not for the gate

        worded = field in (VERDICT, PROPOSAL, STATE, STANDING)
        codes = (f"{field}.{value}", f"written.{value}") if worded else ()
        return next((self.say(code) for code in codes if self.knows(code)), value)

    def error(self, error: FieldtoolError) -> tuple[str, str]:
        """Message (with file, sheet and cell where known) and hint of an error."""
        values: Mapping[str, object] = {"detail": "", **error.values}
        if error.place.file:
            values = {"file": error.place.file, **values}
        if error.code is ErrorCode.ANSWER_NEEDED:
            values = {**values, "field": self._asked(str(error.values.get("field", "")), _QUESTIONS)}
        if error.code is ErrorCode.BAD_VALUE:
            values = {**values, "field": self._bad(values)}
        if error.code in (ErrorCode.BAD_REQUEST_FILE, ErrorCode.TRUST_BAD_LIST):
            told = f"file_detail.{values['detail']}"
            values = {**values, "detail": self.say(told if self.knows(told) else "file_detail.other")}
        if error.code is ErrorCode.NOT_ALLOWED:
            said = {name: self._asked(str(error.values.get(name, "")), (name,)) for name in ("role", "power")}
            values = {**values, **said}
        message = self._catalogue.gettext(f"error.{error.code}").format_map(_Blank(values))
        where = ", ".join(
            part
            for part in (
                "" if error.place.file in message else error.place.file,  # said already
                error.place.sheet and self.say("place.sheet", sheet=error.place.sheet),
                error.place.cell and self.say("place.cell", cell=error.place.cell),
            )
            if part
        )
        if error.code is ErrorCode.STALE_DECISION:
            message = ": ".join(part for part in (message, self._overtaken(error.values)) if part)
        if who := str(error.values.get("who", "")):  # of whom the act was that is refused
            message = f"{who} · {message}"
        hint = self._catalogue.gettext(f"hint.{error.code}").format_map(_Blank(values))
        return (f"{message} ({where})" if where else message), hint

    def _overtaken(self, values: Mapping[str, object]) -> str:
        """What came between an officer's screen and his act: who said what, when, or whose papers they are now."""
        field, at = self.field_called(str(values.get("field", ""))), str(values.get("at", ""))
        if into := values.get("into"):
            return self.say("error.stale.into", name=into)
        if not at:
            return ""
        told = {"field": field, "officer": values.get("by", ""), "moment": moment_told(at)}
        if value := values.get("value"):
            return self.say("error.stale.value", value=value, **told)
        return self.say("error.stale.act", **told)

    def _bad(self, values: Mapping[str, object]) -> str:
        """What was given wrongly: the field by its words, what stood in it, and what may stand there."""
        field = self._asked(str(values.get("field", "")), _VALUES)
        given, allowed = (str(values.get(name) or "") for name in ("value", "detail"))
        return field + (f" “{given}”" if given else "") + (f" ({allowed})" if allowed else "")

    def reason_name(self, code: str) -> str:
        """A reason's short name for lists and filters; its code for one that a newer program made."""
        names = (f"{family}.{code}" for family in ("short", "reason", "difference"))
        known = next(filter(self.knows, names), "")
        return self.say(known) if known else code.replace("_", " ")

    def _asked(self, codes: str, rooms: Sequence[str]) -> str:
        """Questions, details and steps of a checklist by the words that the page has for them."""
        words = []
        for code in codes.split(", "):
            known = (name for room in rooms if self.knows(name := f"{room}.{code}"))
            words.append(self.say(name) if (name := next(known, "")) else code)
        return ", ".join(words)

    def officer_or_none(self, name: str, id: str) -> str:
        """An officer's name; of one whom no bundle has named yet, that it is not known."""
        return name if name != id else self.say("devices.unnamed")

    def missing(self, name: BundleName | None, bundle: str, carriers: Sequence[str], count: int) -> str:
        """Whose bundle is missing, and who may carry it."""
        who = ", ".join(carriers)
        if name is None:
            return self.say("waiting.unnamed", bundle=bundle[:12], count=count, carriers=who)
        return self.say(
            "waiting.named",
            number=name.number,
            device=name.device,
            incarnation=name.incarnation,
            count=count,
            carriers=who,
        )

    def issue(self, code: str, detail: str = "") -> tuple[str, str]:
        """What is wrong with a row, and what to do; `detail` is what stands in the cell."""
        values = _Blank({"detail": detail})
        return self.say(f"issue.{code}").format_map(values), self.say(f"issue_hint.{code}").format_map(values)

    def difference(self, difference: Difference) -> str:
        """The named difference in words."""
        return self.say(f"difference.{difference.code}").format_map(_Blank(difference.values))

    def reason(self, reason: Reason) -> str:
        """A piece of evidence in words."""
        code = f"reason.{reason.code}"
        if not self.knows(code):
            code = f"difference.{reason.code}"
        return self.say(code).format_map(_Blank(reason.values))

    def finding(self, code: str, facts: Mapping[str, str]) -> str:
        """What a finding about a number or a family says."""
        return self.say(f"finding.{code}").format_map(_Blank(facts))

    def recent(self, act: Recent) -> str:
        """An act that can be taken back: when, what, of whom. A sensitive value is not needed to choose the act."""
        from fieldtool.records.sensitive import shown  # late: not for the gate

        value = shown(act.field, act.value)
        told: dict[str, object] = {"name": act.name, "other": act.other, "value": value, "count": act.count}
        if act.field:
            told["field"] = self.say(f"field.{act.field}")
        if act.code == "standing":
            told["value"] = self.say(f"standing.{act.value}")
        if act.code == "bulk":
            told["value"] = self.reason_name(act.value)
        return f"{day_told(act.at)} · {self.say(f'recent.{act.code}', **told)}{self.own_words(act.note)}"

    def own_words(self, note: object) -> str:
        """An officer's own words behind what he did; nothing for none."""
        return f" — “{note}”" if note else ""

    def receipt_reason(self, reason: str) -> str:
        """Why an operation was not plainly accepted: the program's reason in words, a person's as he wrote it."""
        return self.say(f"held.{reason}") if reason and self.knows(f"held.{reason}") else reason

    def consequence(self, code: str, values: Mapping[str, str]) -> str:
        """What would follow from an act on persons; a field is named in words."""
        told = dict(values)
        if told.get("field"):
            told["field"] = self.say(f"field.{told['field']}")
        if told.get("case"):
            if told.get("state"):
                told["state"] = self.say(f"case_state.{told['case']}.{told['state']}")
            told["case"] = self.say(f"case.{told['case']}")
        elif told.get("state"):
            told["state"] = self.say(f"presence.{told['state']}")
        return self.say(f"consequence.{code}").format_map(_Blank(told))


class _Blank(dict[str, object]):
    """Values for a sentence; what an older event does not carry shows as an ellipsis instead of failing."""

    def __missing__(self, key: str) -> str:
        return "…"
