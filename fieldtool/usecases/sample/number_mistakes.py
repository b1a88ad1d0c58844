"""How a number goes wrong in a list (domain.md 2.1, 4.3): each function gives the wrong value, or None if it cannot."""

from __future__ import annotations

from random import Random

from fieldtool.usecases.sample.families import Person

Stored = str | int


def lost_zero(rng: Random, person: Person, text: str) -> Stored | None:
    """Excel took the number for a quantity: 040… is stored as a number and its zero is gone."""
    return int(text) if text.startswith("0") else None


def float_notation(rng: Random, person: Person, text: str) -> Stored | None:
    """A wide number shown in a narrow column and copied as it was seen; most digits are lost for good."""
    mantissa = f"{int(text) / 10 ** (len(str(int(text))) - 1):.5f}"
    return f"{mantissa.replace('.', rng.choice('.,'))}E+{len(str(int(text))) - 1}"


def spaces(rng: Random, person: Person, text: str) -> Stored | None:
    """Grouped by blanks or dots as people say it."""
    return rng.choice((" ", " ", ".")).join(text[i : i + 3] for i in range(0, len(text), 3))


def letters(rng: Random, person: Person, text: str) -> Stored | None:
    """The letter O for the digit 0, l for 1."""
    return text.replace("0", "O", 1) if rng.random() < 0.6 or "1" not in text else text.replace("1", "l", 1)


def placeholder(rng: Random, person: Person, text: str) -> Stored | None:
    """Something typed so that the cell is not empty."""
    return rng.choice(("0" * len(text), "123456789012"[: len(text)], "9" * len(text), "040000000000"[: len(text)]))


def shared(rng: Random, person: Person, text: str) -> Stored | None:
    """The number of a brother, sister or spouse."""
    kin = [person.married, *(person.father.children if person.father else ())]
    numbers = [(one.n12 if len(text) == 12 else one.n9) for one in kin if one is not None and one is not person]
    numbers = [number for number in numbers if number]
    return rng.choice(numbers) if numbers else None


def one_digit(rng: Random, person: Person, text: str) -> Stored | None:
    """One digit is another one."""
    place = rng.randrange(3, len(text))
    return text[:place] + rng.choice("0123456789".replace(text[place], "")) + text[place + 1 :]


def two_turned(rng: Random, person: Person, text: str) -> Stored | None:
    """Two neighbouring digits changed over."""
    places = [place for place in range(3, len(text) - 1) if text[place] != text[place + 1]]
    if not places:
        return None
    place = rng.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def one_missing(rng: Random, person: Person, text: str) -> Stored | None:
    """One digit left out."""
    place = rng.randrange(3, len(text))
    return text[:place] + text[place + 1 :]


def as_number(rng: Random, person: Person, text: str) -> Stored | None:
    """A number of nine digits stored by Excel as a quantity, nothing lost."""
    return int(text) if not text.startswith("0") else None
