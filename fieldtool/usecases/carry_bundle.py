"""A courier takes sealed bundles along for another unit: they stay sealed, and go out with the next export."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from fieldtool.bundles.envelope import unframed
from fieldtool.ports import Home
from fieldtool.records.exchange import CARRIED
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require
from fieldtool.usecases.from_stick import looked_at
from fieldtool.usecases.issue_receipts import receipts
from fieldtool.usecases.what_they_hold import acknowledged, forget_sealed


def carry_bundles(home: Home, paths: Sequence[Path]) -> list[str]:
    """Keep sealed files as they are; their names. POINTS_ELSEWHERE for a link, BUNDLE_NOT_A_BUNDLE or
    BUNDLE_TRUNCATED for anything that is none: whose they are and whether their signatures hold, only the receiver can
    tell."""
    kept = []
    for path in paths:
        with looked_at(home, path) as content:
            unframed(content)
            home.depot.keep_file(hashlib.sha256(content).hexdigest(), CARRIED, path.name, content)
        home.log.note("carry", path.name)
        kept.append(path.name)
    return kept


def prune_files(home: Home) -> list[str]:
    """Forget the sealed copies of bundles that have a receipt, and carried files whose bundle has one; their names.
    Without a receipt nothing is forgotten, but what went to units that write none goes once all their machines have
    acknowledged it. NOT_ALLOWED."""
    require(home, Power.EXPORT)
    told = {receipt.bundle for receipt in receipts(home)} | acknowledged(home)
    numbers = {f"{r.device}-c{r.incarnation}-{r.number:04d}-{r.bundle[:8]}" for r in receipts(home)}
    done = [(bundle, file) for bundle, _, file in home.depot.files() if bundle in told or Path(file).stem in numbers]
    home.depot.drop_files([bundle for bundle, _ in done])
    forget_sealed(home)
    if done:
        home.log.note("prune", str(len(done)))
    return [file for _, file in done]
