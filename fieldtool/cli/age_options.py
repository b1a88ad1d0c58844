"""What an old person said of his age, as options: shared by the interview alone and the one at the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from fieldtool.usecases.ask_age import AgeQuestion

_Act = TypeVar("_Act", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--animal", default="", help="Con giáp hoặc tên năm: Sửu, trâu, Ất Sửu / animal or name of the year"),
    click.option("--said", default=0, help="Tuổi nói ra / the age said"),
    click.option("--asked", default="", help="Hỏi năm hoặc ngày nào / asked in (year or date)"),
    click.option("--counting", type=click.Choice(["", "mu", "solar"]), default="", help="tuổi mụ, tuổi dương"),
    click.option("--older", "--sibling", multiple=True, help="Ngày sinh anh/chị kề trên / the next older sibling's"),
    click.option("--younger", multiple=True, help="Ngày sinh em kề dưới / the next younger sibling's"),
    click.option("--event", "remembered", multiple=True, help="SỰ_KIỆN:before|after|during|aged[:TUỔI] (age --list)"),
)


def age_options(act: _Act) -> _Act:
    """Give a command the options of the interview."""
    for option in reversed(_OPTIONS):
        act = option(act)
    return act


def age_question(said: Mapping[str, Any]) -> AgeQuestion:
    """The options as a question."""
    told = [(*text.split(":"), "", "")[:3] for text in said["remembered"]]
    return AgeQuestion(
        said["animal"],
        said["said"],
        said["asked"],
        said["counting"],
        tuple(said["older"]),
        tuple(said["younger"]),
        tuple((code, relation or "during", int(years) if years.isdecimal() else 0) for code, relation, years in told),
    )
