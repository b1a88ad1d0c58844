"""All books. `python tests/books/all_books.py OUT` writes them; the tests write them into a temporary folder.

The .xls and .ods books beside this file were made from some of them by LibreOffice (`--convert`, needs soffice).
"""

from __future__ import annotations

import shutil
import subprocess
import sys

import clerk_books  # noqa: F401 - fills parts.BOOKS
import commune_books  # noqa: F401 - fills parts.BOOKS
import corner_books  # noqa: F401 - fills parts.BOOKS
import crossed_books  # noqa: F401 - fills parts.BOOKS
import desk_books  # noqa: F401 - fills parts.BOOKS
import make_books
import odd_books  # noqa: F401
import office_books  # noqa: F401 - fills parts.BOOKS
import paper_books  # noqa: F401 - fills parts.BOOKS
import parts
import shape_books  # noqa: F401
import stranger_books  # noqa: F401 - fills parts.BOOKS
import survey_books  # noqa: F401 - fills parts.BOOKS
import text_books  # noqa: F401
from make_books import HERE, write

BOOKS = [*make_books.BOOKS, *parts.BOOKS]
CONVERTED = (
    "birth_register",
    "years_in_two_columns",
    "heads_in_bold",
    "village_rows",
    "parents_in_groups",
    "tcvn3_by_font",
    "typed_dates",
    "household_banners",
    "birth_three_groups",
    "household_name_group",
    "heading_two_rows_at_thirty",
    "merged_pairs_of_columns",
    "village_column_merged_down",
    "homes_bold_numbers_restart",
    "lists_below_with_other_columns",
    "hidden_column_rows_sheet_tail",
    "tcvn3_whole_sheet_capital_font",
    "vni_whole_sheet_by_font",
    "crossed_out_people",
    "computed_names_and_days",
)


def convert() -> None:
    """Make the committed .xls and .ods books from some of the others by LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        sys.exit("soffice is not installed")
    work = HERE / "work"
    work.mkdir(exist_ok=True)
    wanted = [made for made in BOOKS if made.__name__ in CONVERTED]
    missing = [made for made in wanted if not (HERE / f"{made.__name__}.ods").exists()]
    paths = [str(write(made(), work)) for made in missing]
    for format_ in ("xls", "ods"):
        subprocess.run([program, "--headless", "--convert-to", format_, "--outdir", str(HERE), *paths], check=True)
    shutil.rmtree(work)


if __name__ == "__main__":
    if "--convert" in sys.argv:
        convert()
    else:
        target = make_books.Path(sys.argv[1])
        target.mkdir(parents=True, exist_ok=True)
        for make in BOOKS:
            print(write(make(), target))
