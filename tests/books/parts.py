"""What the further books are made of: invented homes with every field that a list may hold, and a short way to say a
list by its headings. A field that a book does not expect must not be read from it: these books are strict."""

# ruff: noqa: E501 - tables of people read better in one line

from __future__ import annotations

from collections.abc import Callable, Iterable

from make_books import SIGNED, Book

KEYS = (
    "name", "dob", "sex", "n12", "n9", "father", "mother", "relation", "ethnicity", "father_dob", "mother_dob", "issue_date",
    "reg_no", "reg_date",
)  # fmt: skip
_HOMES = """
Lô Văn Xiêng;14/07/1958;Nam;040058001311;186200311;Lô Văn Piềng;Vi Thị Dành;Chủ hộ;Thái;1930;1934;22/06/2009;01/2008;02/05/2008
Vi Thị Nhói;25/11/1960;Nữ;040160001312;186200312;Vi Văn Tiu;Lương Thị Mằn;Vợ;Thái;1935;1938;22/06/2009;02/2008;02/05/2008
Lô Văn Khun;09/03/1985;Nam;040085001313;186200313;Lô Văn Xiêng;Vi Thị Nhói;Con;Thái;1958;1960;15/08/2012;03/2008;06/05/2008

Xồng Bá Lềnh;18/01/1963;Nam;040063001421;186200421;Xồng Chò Vừ;Lầu Y Dếnh;Chủ hộ;Mông;1936;1940;30/09/2010;04/2008;07/05/2008
Lầu Y Chía;27/08/1966;Nữ;040166001422;186200422;Lầu Bá Chù;Vừ Y Pà;Vợ;Mông;1939;1942;30/09/2010;05/2008;13/05/2008

Moong Văn Phom;30/12/1972;Nam;040072001531;186200531;Moong Phò Lắm;Cụt Thị Quế;Chủ hộ;Khơ Mú;1944;1950;17/10/2013;06/2008;19/05/2008
Cụt Thị Phỏn;16/06/1975;Nữ;040175001532;186200532;Cụt Văn Phắn;Lữ Thị Say;Vợ;Khơ Mú;1947;1951;17/10/2013;07/2008;20/05/2008
Moong Thị Lai;23/10/1997;Nữ;040197001533;186200533;Moong Văn Phom;Cụt Thị Phỏn;Con;Khơ Mú;1972;1975;19/11/2014;08/2008;21/05/2008
Moong Văn Chắn;28/04/2005;Nam;040205001534;186200534;Moong Văn Phom;Cụt Thị Phỏn;Con;Khơ Mú;1972;1975;29/12/2015;09/2008;22/05/2008

La Văn Bốn;13/02/1969;Nam;040069001641;186200641;La Văn Tư;Lê Thị Quyên;Chủ hộ;Thổ;1940;1945;14/03/2011;10/2008;26/05/2008
Nguyễn Thị Thắm;21/09/1971;Nữ;040171001642;186200642;Nguyễn Đức Lộc;Trần Thị Huề;Vợ;Kinh;1942;1946;14/03/2011;11/2008;27/05/2008
"""
HOMES = [
    [dict(zip(KEYS, line.split(";"), strict=True)) for line in home.splitlines()]
    for home in _HOMES.strip().split("\n\n")
]
for _number, _home in enumerate(HOMES, start=1):
    for _person in _home:
        _person["home"] = str(_number)  # no field: who is expected in one household
PEOPLE = [person for home in HOMES for person in home]
Person = dict[str, str]
Value = str | int | Callable[[Person, int], object]
BOOKS: list[Callable[[], Book]] = []


def book(function: Callable[[], Book]) -> Callable[[], Book]:
    BOOKS.append(function)
    return function


def number(person: Person, index: int) -> object:
    """The running number of a line."""
    return index + 1


def year(person: Person, index: int) -> object:
    """The year of birth, as a number."""
    return int(person["dob"][-4:])


def when(sex: str, text: Callable[[Person], object]) -> Callable[[Person, int], object]:
    """A column that only one sex fills."""
    return lambda person, index: text(person) if person["sex"] == sex else ""


MALE_YEAR = when("Nam", lambda person: int(person["dob"][-4:]))
FEMALE_YEAR = when("Nữ", lambda person: int(person["dob"][-4:]))


def body(values: Iterable[Value], people: list[Person] | None = None) -> list[list[object]]:
    """Lines of people: a value is the name of a field, "=text" for the same in every line, or a function."""
    listed = PEOPLE if people is None else people
    return [[_value(value, person, index) for value in values] for index, person in enumerate(listed)]


def _value(value: Value, person: Person, index: int) -> object:
    if callable(value):
        return value(person, index)
    if isinstance(value, str) and value and not value.startswith("="):
        return person[value]
    return value[1:] if isinstance(value, str) else value


def wanted(*names: str, **same: str) -> list[dict[str, str]]:
    """What must be read: fields by name ("dob:year" for the year alone), and values equal in every row."""
    return [{**dict(_wanted(name, person) for name in names), **same} for person in PEOPLE]


def _wanted(name: str, person: Person) -> tuple[str, str]:
    field, _, how = name.partition(":")
    return field, person[field][-4:] if how == "year" else person[field]


def listed(
    name: str, kind: str, above: list[list[object]], values: Iterable[Value], fields: str, **more: object
) -> Book:
    """A book: the rows above the first person, the lines of people, signatures; `fields` are those expected."""
    same = more.pop("same", {})
    below = more.pop("below", SIGNED)
    rows = [*above, *body(values), *below]  # type: ignore[misc]
    return Book(name, kind, rows, wanted(*fields.split(), **same), strict=True, **more)  # type: ignore[arg-type]


def over(row: int, first: int, last: int, text: str) -> tuple[int, int, int, int, object]:
    """A heading merged over several columns."""
    return (row, first, row, last, text)


def down(row: int, last: int, *columns: tuple[int, str]) -> list[tuple[int, int, int, int, object]]:
    """Headings merged over several rows."""
    return [(row, column, last, column, text) for column, text in columns]


OFFICE = [
    ["UBND XÃ TAM HỢP", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["CÔNG AN XÃ", "", "", "Độc lập - Tự do - Hạnh phúc"],
    [],
]


def _each(people: list[dict[str, str]], options: dict[str, object]) -> list[dict[str, str]]:
    """With what `each` expects of one person besides."""
    own: list[dict[str, str]] = options.pop("each", [{}] * len(people))  # type: ignore[assignment]
    return [person | more for person, more in zip(people, own, strict=True)]


def add(name: str, kind: str, above: list[list[object]], values: Iterable[Value], fields: str, **more: object) -> None:
    """A book said in one call. `rows` in place of `values` gives the lines themselves, with `expected` fields; a same
    value "*" names fields that may be read but need not."""

    def make() -> Book:
        options = dict(more)
        rows = options.pop("rows", None)
        if rows is None:
            each = {"each": options.pop("each")} if "each" in options else {}
            made = listed(name, kind, [list(row) for row in above], values, fields, **options)
            made.expected = _each(made.expected, each)
            return made
        same = options.pop("same", {})
        told, allowed = str(options.pop("expected")), str(options.pop("allowed", ""))
        body_ = [*[list(row) for row in above], *rows, *SIGNED]  # type: ignore[misc]
        listed_ = options.pop("people", PEOPLE)
        free = {"*": allowed} if allowed else {}
        people = [{**dict(_wanted(n, p) for n in told.split()), **free, **same} for p in listed_]  # type: ignore[attr-defined,dict-item]
        expected = _each(people, options)
        return Book(name, kind, body_, expected, strict=True, **options)  # type: ignore[arg-type]

    make.__name__ = name
    BOOKS.append(make)
