"""One peer on one set of tables, in the peers' own environment: `run_peer.py TOOL KIND OUT.csv A.csv [B.csv]`.

Writes id_l,id_r,score of the pairs the tool would give out at its default threshold, and prints one JSON line with its
seconds (loading left out), CPU seconds and peak memory. Run by bench_peers.py; knows nothing of fieldtool.
"""

import csv
import json
import pathlib
import sys
import time

import pandas as pd

try:
    import resource
except ImportError:  # Windows tells no peak here
    resource = None

FEBRL = {
    "texts": ["given_name", "surname", "address_1", "address_2", "suburb"],
    "codes": ["street_number", "postcode", "soc_sec_id", "date_of_birth"],
    "same": ["state"],
    "blocks": [
        ["soc_sec_id"], ["date_of_birth"], ["given_name", "surname"], ["postcode", "surname"],
        ["postcode", "given_name"],
        ["address_1"], ["suburb", "surname"], ["suburb", "given_name"], ["street_number", "surname"],
        ["street_number", "given_name"], ["address_2", "surname"],
    ],
}  # fmt: skip
COMMUNE = {
    "texts": ["name", "father", "mother"],
    "codes": ["dob", "n12", "n9"],
    "same": ["sex", "village"],
    "blocks": [
        ["n12"], ["n9"], ["dob", "sex", "village"], ["dob", "given"], ["year", "village", "sex", "surname"],
        ["given", "year", "village"], ["name", "village"], ["given", "father"], ["given", "mother"], ["dob", "surname"],
    ],
}  # fmt: skip


def _commune_names(cl):
    """Name and parents by likeness, with the frequency of the whole name."""
    likeness = {"name": [0.97, 0.93, 0.88, 0.8], "father": [0.95, 0.88, 0.8], "mother": [0.95, 0.88, 0.8]}
    made = [cl.JaroWinklerAtThresholds(name, levels) for name, levels in likeness.items()]
    return [made[0].configure(term_frequency_adjustments=True), *made[1:]]


def _birth(cl):
    """Dates of which one may be a year alone: what a user who knows such lists writes."""
    import splink.comparison_level_library as cll

    alone = "(length(dob_l) = 4 or length(dob_r) = 4)"
    return cl.CustomComparison(
        output_column_name="dob",
        comparison_levels=[
            cll.NullLevel("dob"),
            cll.CustomLevel("dob_l = dob_r and length(dob_l) = 8", "same day"),
            cll.CustomLevel(f"year_l = year_r and {alone}", "same year, no more known"),
            cll.CustomLevel(
                f"not {alone} and year_l = year_r and (substr(dob_l, 5, 2) = substr(dob_r, 5, 2)"
                " or substr(dob_l, 7, 2) = substr(dob_r, 7, 2) or substr(dob_l, 5, 2) = substr(dob_r, 7, 2))",
                "same year and a part",
            ),
            cll.CustomLevel(f"not {alone} and substr(dob_l, 5, 4) = substr(dob_r, 5, 4)", "same day of another year"),
            cll.CustomLevel("year_l = year_r", "same year"),
            cll.CustomLevel("abs(cast(year_l as int) - cast(year_r as int)) <= 2", "near year"),
            cll.ElseLevel(),
        ],
    )


def splink(model, tables, kind, rich):
    """Splink 5 on duckdb: the comparisons of its own docs, or every field with term frequencies."""
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    if rich and kind == "commune":
        made = [*_commune_names(cl), _birth(cl)]
        made += [cl.DamerauLevenshteinAtThresholds(n, [1, 2]) for n in ("n12", "n9")]
        made += [cl.ExactMatch("sex"), cl.ExactMatch("village").configure(term_frequency_adjustments=True)]
    elif rich:
        made = [cl.JaroWinklerAtThresholds(name, [0.92, 0.85, 0.75]) for name in model["texts"]]
        made = [comparison.configure(term_frequency_adjustments=True) for comparison in made]
        made += [cl.DamerauLevenshteinAtThresholds(n, [1, 2]) for n in model["codes"]]
        made += [cl.ExactMatch(n).configure(term_frequency_adjustments=n != "sex") for n in model["same"]]
    elif kind == "febrl":
        made = [cl.NameComparison("given_name"), cl.NameComparison("surname")]
        made.append(cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"))
        made.append(cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]))
        made += [cl.ExactMatch(n).configure(term_frequency_adjustments=True) for n in ("street_number", "postcode")]
    else:
        made = [cl.NameComparison("given"), cl.NameComparison("surname"), cl.LevenshteinAtThresholds("dob", [1, 2])]
        made += [cl.DamerauLevenshteinAtThresholds("n12", [1, 2]), cl.ExactMatch("sex"), cl.ExactMatch("village")]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only",
        unique_id_column_name="rec_id",
        comparisons=made,
        blocking_rules_to_generate_predictions=[block_on(*block) for block in model["blocks"]],
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    linker = Linker([api.register(table) for table in tables], settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*block) for block in model["blocks"][:3]], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for block in (
        (["given_name", "surname"], ["date_of_birth"]) if kind == "febrl" else (["name", "village"], ["dob", "sex"])
    ):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return list(zip(found["rec_id_l"], found["rec_id_r"], found["match_probability"], strict=True))


def compared(model, tables):
    import recordlinkage

    indexer = recordlinkage.Index()
    for block in model["blocks"]:
        indexer.block(block)
    frames = [table.set_index("rec_id") for table in tables]
    pairs = indexer.index(*frames)
    compare = recordlinkage.Compare()
    for name in model["texts"]:
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in model["codes"]:
        compare.string(name, name, method="levenshtein", threshold=0.75, label=name)
    for name in model["same"]:
        compare.exact(name, name, label=name)
    return compare.compute(pairs, *frames)


def ecm(model, tables, kind):
    """recordlinkage's unsupervised classifier."""
    import recordlinkage

    features = compared(model, tables)
    told = recordlinkage.ECMClassifier(binarize=0.5)
    told.fit(features)
    odds = told.prob(features)
    return [(a, b, p) for (a, b), p in odds[odds >= 0.5].items()]


def plain(model, tables, kind):
    """A weighted mean of Jaro-Winkler likenesses over the same blocks, from 0.8 on: what anybody writes first."""
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cpdist

    whole = pd.concat(tables, ignore_index=True)
    side = [place for place, table in enumerate(tables) for _ in range(len(table))]
    seen = set()
    for block in model["blocks"]:
        known = whole[(whole[block].fillna("") != "").all(axis=1)]
        for rows in known.groupby(block).indices.values():
            rows = known.index[rows]
            for place, a in enumerate(rows):
                seen.update((a, b) for b in rows[place + 1 :] if len(tables) == 1 or side[a] != side[b])
    left, right = (list(x) for x in zip(*sorted(seen), strict=True))
    total = weight = 0.0
    for name in (*model["texts"], *model["codes"], *model["same"]):
        texts = whole[name].fillna("").to_numpy(dtype=object)
        a, b = texts[left], texts[right]
        known = (a != "") & (b != "")
        total = total + cpdist(a, b, scorer=JaroWinkler.similarity) * known
        weight = weight + known
    score = total / weight.clip(1)
    ids = whole["rec_id"].to_numpy()
    return [(ids[left[i]], ids[right[i]], float(score[i])) for i in (score >= 0.8).nonzero()[0]]


TOOLS = {
    "splink-docs": lambda model, tables, kind: splink(model, tables, kind, False),
    "splink-rich": lambda model, tables, kind: splink(model, tables, kind, True),
    "recordlinkage-ecm": ecm,
    "rapidfuzz-plain": plain,
}


def main():
    tool, kind, out, *files = sys.argv[1:]
    tables = [pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""]) for file in files]
    tables = [
        table.rename(columns=str.strip).map(lambda c: c.strip() if isinstance(c, str) else None) for table in tables
    ]
    wall, cpu = time.perf_counter(), time.process_time()
    pairs = TOOLS[tool](FEBRL if kind == "febrl" else COMMUNE, tables, kind)
    taken = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    with pathlib.Path(out).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id_l", "id_r", "score"), *pairs])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6 if resource else 0.0
    print(json.dumps({**taken, "mb": peak}))


if __name__ == "__main__":
    main()
