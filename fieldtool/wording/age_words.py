"""The age interview in words: a candidate with its reasons, and what was said, for the record."""

from __future__ import annotations

from collections.abc import Callable

from fieldtool.records.age import Candidate, year_name
from fieldtool.usecases.ask_age import AgeQuestion

Say = Callable[..., str]


def lunar_year_told(candidate: Candidate, say: Say) -> str:
    """A lunar year by its name, "Kỷ Sửu"."""
    stem, animal = year_name(candidate.lunar_year)
    return f"{say(f'stem.{stem}')} {say(f'animal.{animal}')}"


def candidate_told(candidate: Candidate, say: Say) -> str:
    """The days of a candidate with the name of its year."""
    first, last = f"{candidate.first:%d/%m/%Y}", f"{candidate.last:%d/%m/%Y}"
    return say("cli.age.candidate", first=first, last=last, year=lunar_year_told(candidate, say))


def reasons_told(candidate: Candidate, say: Say) -> str:
    """The clues that speak for a candidate, "" for none."""
    return "; ".join(say(code if code.startswith("event.") else f"clue.{code}") for code in candidate.reasons)


def line_told(candidate: Candidate, say: Say) -> str:
    """A candidate with its reasons on one line."""
    why, days = reasons_told(candidate, say), candidate_told(candidate, say)
    return f"{days}  ({why})" if why else days


def clues_told(question: AgeQuestion, say: Say) -> str:
    """What was said, as it is kept with the answer."""
    parts = []
    if question.animal:
        parts.append(say("age_clues.animal", what=question.animal))
    if question.said:
        counted = say(f"age_clues.{question.counting}") if question.counting else ""
        parts.append(say("age_clues.said", age=question.said, counted=counted).strip())
        if question.asked:
            parts.append(say("age_clues.asked", when=question.asked))
    parts += [say("age_clues.older", date=text) for text in question.older]
    parts += [say("age_clues.younger", date=text) for text in question.younger]
    for code, relation, years in question.remembered:
        parts.append(say(f"age_clues.{relation}", event=say(f"event.{code}"), years=years))
    return say("age_clues.told", clues="; ".join(parts)) if parts else ""
