"""The rows of the figures page: the four words, what was done this week beside the last, and the open cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldtool.usecases.four_words import BAD, WORDS, Counts
from fieldtool.usecases.saved_queries import CASES, WEEK
from fieldtool.wording.catalogue import Wording
from fieldtool.wording.query_words import query_told

WHOLE = 0  # the column of names opens what is to be worked off; the numbers' columns open what they count


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of texts, with what each column opens: (query, rest) of usecases.behind_figures, None for a heading."""

    texts: tuple[str, str, str, str]
    opens: tuple[tuple[str, bool] | None, ...] = (None, None, None, None)
    name: str = ""  # whose list it is, in words

    @property
    def heading(self) -> bool:
        """Whether the row only names those below it."""
        return self.opens[WHOLE] is None


def figure_rows(counts: Counts, work: Mapping[str, tuple[int, int]], wording: Wording) -> Iterator[FigureRow]:
    """Every row: `work` has for "week.…" what was done this week and in the last, for "case.…" open and late ones."""
    say = wording.say
    for word, codes in WORDS.items():
        yield FigureRow((say(f"word.{word}"), "", "", ""))
        yield from (_figure(code, *counts.get(code, (0, 0)), wording) for code in codes)
    for group, names, second in (("week", WEEK, "last"), ("case", CASES, "late")):
        found = [(name, *work[name]) for name in names if any(work.get(name, ()))]
        if found:
            yield FigureRow((say(f"figures.{group}"), "", say(f"figures.{group}.{second}"), ""))
        for name, now, other in found:
            change = f"{now - other:+d}" if group == "week" else ""
            words = query_told(name, wording)
            opens = ((name, False), (name, False), (f"{name}:{second}", False), (name, False))
            yield FigureRow((words, str(now), str(other), change), opens, words)


def _figure(code: str, count: int, of: int, wording: Wording) -> FigureRow:
    share = f"{100 * count / of:.1f} %".replace(".", ",") if of and code != "live.lag" else "—"
    rest = code not in BAD and not code.startswith("people.") and code != "full.extra"
    words = wording.say(f"figure.{code}")
    opens = ((code, rest), (code, False), (f"{code}:of", False), (code, rest))
    return FigureRow((words, str(count), str(of), share), opens, words)
