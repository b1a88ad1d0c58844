"""Why a pair scored as it did, in codes: the named difference where there is one, else the level in plain terms."""

from __future__ import annotations

from collections.abc import Mapping

from fieldtool.matching.levels import LEVELS
from fieldtool.matching.model import Model
from fieldtool.records.date_differences import date_differences
from fieldtool.records.dates import parse_date
from fieldtool.records.name_differences import name_differences
from fieldtool.records.names import parse_name
from fieldtool.records.reasons import Difference, Reason

_PLAIN: dict[str, tuple[str, ...]] = {
    "sex": ("sex_agrees", "sex_clash"),
    "n12": ("same_number", "number_slip", "number_two_slips", "number_clash"),
    "n9": ("same_card_number", "card_number_slip", "card_number_two_slips", "card_number_other"),
    "own": ("number_fits", "number_year_near", "number_unfit"),
    "father": ("father_agrees", "father_near", "father_alike", "father_faint", "father_clash"),
    "mother": ("mother_agrees", "mother_near", "mother_alike", "mother_faint", "mother_clash"),
    "spouse": ("spouse_agrees", "spouse_near", "spouse_alike", "spouse_faint", "spouse_clash"),
    "head": ("head_agrees", "head_near", "head_clash"),
    "place": ("village_agrees", "village_clash"),
    "ethnicity": ("people_agrees", "people_clash"),
}
BASES = (
    "by_number",
    "by_name_and_date",
    "by_parents",
    "by_household",
    "by_linked_kin",
    "by_only_bearer",
    "by_only_child",
)
LOOK_ALIKES = ("twin", "replaced_sibling", "father_and_son", "housemate_number")
CODES = (
    "same_name",
    "same_date",
    "date_far",
    *(code for codes in _PLAIN.values() for code in codes),
    "rare_name",
    "common_name",
    *LOOK_ALIKES,
    "alone_not_enough",
    *BASES,
)
_FIELD = {"own": "n12", "n9": "n9"}


def reasons_of(
    levels: Mapping[str, int],
    model: Model,
    frequency: float,
    look_alikes: tuple[str, ...],
    left: Mapping[str, str],
    right: Mapping[str, str],
) -> tuple[Reason, ...]:
    """The evidence of one pair, strongest first; `left` and `right` hold the texts of name and dob."""
    found = [Reason(code, "", 0.0) for code in look_alikes]
    evidence = []
    for comparison in LEVELS:
        level = levels[comparison]
        if level < 0:
            continue
        weight = float(model.bits[comparison][level])
        if comparison == "name":
            evidence.append(_named("name", name_differences_of(left, right), "same_name", weight))
        elif comparison == "dob":
            between = date_differences(parse_date(left.get("dob", "")), parse_date(right.get("dob", "")))
            evidence.append(_named("dob", between, "same_date", weight))
        else:
            evidence.append(Reason(_PLAIN[comparison][level], _FIELD.get(comparison, comparison), weight))
    if abs(frequency) >= 1:
        evidence.append(Reason("rare_name" if frequency > 0 else "common_name", "name", frequency))
    return tuple(found) + tuple(sorted(evidence, key=lambda reason: -abs(reason.weight)))


def name_differences_of(left: Mapping[str, str], right: Mapping[str, str]) -> tuple[Difference, ...]:
    """The named differences of two records' names, read by the customs their sex and people allow."""
    sexes = {left.get("sex", ""), right.get("sex", "")} - {""}
    sex = sexes.pop() if len(sexes) == 1 else ""
    return name_differences(
        parse_name(left.get("name", "")),
        parse_name(right.get("name", "")),
        sex={"Nam": "M", "M": "M", "Nữ": "F", "F": "F"}.get(sex, ""),
        ethnicity=left.get("ethnicity", "") or right.get("ethnicity", ""),
    )


def _named(field: str, differences: tuple[Difference, ...], same: str, weight: float) -> Reason:
    real = [item for item in differences if not item.harmless]
    if not real:
        return Reason(same, field, weight)
    return Reason(real[0].code, field, weight, real[0].values)
