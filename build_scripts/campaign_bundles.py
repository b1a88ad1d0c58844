"""The long form of the campaign against bundles: `campaign_bundles.py [TRIES] [SEED]`; exit 1 if any was believed."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bundles")]

from exchange_homes import decide, fill, homes  # noqa: E402
from mutations import Sample, campaign, read_sheets  # noqa: E402

from fieldtool.usecases.export_bundle import export_bundle  # noqa: E402
from fieldtool.usecases.prove_bundle import prove  # noqa: E402


def main() -> int:
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 7_500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory(prefix="fieldtool-") as name, homes(Path(name)) as (office, laptop):
        fill(laptop, 20)
        first = export_bundle(laptop, "ct", Path(name) / "stick").file.read_bytes()
        decide(laptop, "p" + "0" * 31, "name", "Khác")
        second = export_bundle(laptop, "ct", Path(name) / "stick").file.read_bytes()
        books = [prove(office, content).workbook for content in (first, second)]
        sheets = [read_sheets(book) for book in books]
        good: list[object] = [*prove(office, first).events]
        told = campaign(office, Sample(first, books[0], *sheets[0], *sheets[1]), good, tries, seed)
    wrong = 0
    for kind, counts in told.items():
        wrong += sum(count for outcome, count in counts.items() if outcome[0].isupper())
        print(f"{kind}: {sum(counts.values())} tried; " + ", ".join(f"{n} {k}" for k, n in counts.most_common()))
    total: Counter[str] = sum(told.values(), Counter())
    print(f"all: {sum(total.values())} tried, {total['same content']} same content, {wrong} believed or uncaught")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
