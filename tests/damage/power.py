"""Power cuts and full disks for acts of a real process: its writes, truncations, renames and syncs are recorded
(strace), and any moment becomes an image of the disk as a cut might leave it. Linux only.

What a file was synced to is there. Of what was written to it since, each piece of 512 bytes is there or not, in any
order; of names made, moved or removed since the last sync, some first ones. The shared-memory file of the store is
never there: it is made anew.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from exchange_homes import KEY
from kills import ROOT, VICTIM, Grounds, judge

SECTOR = 512
_CALLS = "openat,creat,write,pwrite64,lseek,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,close"
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += +(-?\d+)")
_FD = re.compile(r"(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that reached the disk's queue: write, truncate, sync, make, move, remove; or told, a line that the
    process said."""

    kind: str
    path: str = ""
    at: int = 0
    data: bytes = b""
    to: str = ""


@dataclass
class Recording:
    """An act of a process on a home, write by write."""

    before: dict[str, bytes]
    ops: list[Op] = field(default_factory=list)


def command(act: str, home: Path, arguments: list[str]) -> list[str]:
    """How the victim is started."""
    return [sys.executable, str(VICTIM), act, str(home), KEY.hex(), *arguments]


def surroundings() -> dict[str, str]:
    """Where the victim finds the program."""
    paths = [str(ROOT), str(ROOT / "tests" / "fakes"), str(ROOT / "tests" / "bundles")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}


def record(act: str, home: Path, arguments: list[str], watched: list[Path]) -> Recording:
    """Run an act to its end and record what it did below the watched folders."""
    before = {str(path): path.read_bytes() for folder in watched for path in folder.rglob("*") if path.is_file()}
    trace = home.parent / "trace.txt"
    tracer = ["strace", "-f", "-y", "-xx", "-s", "1048576", "-e", f"trace={_CALLS}", "-o", str(trace)]
    subprocess.run([*tracer, *command(act, home, arguments)], check=True, env=surroundings(), stdout=subprocess.DEVNULL)
    recording = Recording(before)
    positions: dict[tuple[str, str], int] = {}
    roots = tuple(f"{folder}{os.sep}" for folder in watched)
    for line in trace.read_text(encoding="ascii", errors="replace").splitlines():
        match = _LINE.match(line)
        if match is not None and int(match[4]) >= 0:
            op = _op(match[2], match[3], int(match[4]), positions)
            if op is not None and (op.kind == "told" or op.path.startswith(roots)):
                recording.ops.append(op)
    trace.unlink()
    return recording


def _texts(arguments: str) -> list[bytes]:
    return [ast.literal_eval(f'b"{text}"') for text in _TEXT.findall(arguments)]


def _op(call: str, arguments: str, result: int, positions: dict[tuple[str, str], int]) -> Op | None:
    found = _FD.search(arguments)
    number, path = (found[1], _path(found[2])) if found else ("", "")
    texts = _texts(_FD.sub("", arguments))
    if call in ("openat", "creat"):
        return Op("make", os.fsdecode(texts[0])) if texts and ("O_CREAT" in arguments or call == "creat") else None
    if call == "close":
        positions.pop((number, path), None)
    elif call == "lseek":
        positions[number, path] = result
    elif call == "write":
        if number == "1":
            return Op("told", data=texts[0])
        at = positions.get((number, path), 0)
        positions[number, path] = at + result
        return Op("write", path, at, texts[0][:result])
    elif call == "pwrite64":
        return Op("write", path, int(arguments.rpartition(",")[2]), texts[0][:result])
    elif call == "ftruncate":
        return Op("truncate", path, int(arguments.rpartition(",")[2]))
    elif call in ("fsync", "fdatasync"):
        return Op("sync", path)
    elif call.startswith("rename"):
        return Op("move", os.fsdecode(texts[0]), to=os.fsdecode(texts[1]))
    elif call.startswith("unlink"):
        return Op("remove", os.fsdecode(texts[-1]))
    return None


def _path(text: str) -> str:
    return os.fsdecode(ast.literal_eval(f'b"{text}"')) if "\\x" in text else text


def cut(recording: Recording, moment: int, random: Random) -> tuple[dict[str, bytes], list[str]]:
    """The files as a power cut after `moment` operations might leave them, and what the process had said until then."""
    files = {path: bytearray(content) for path, content in recording.before.items()}
    said = b"".join(op.data for op in recording.ops[:moment] if op.kind == "told").decode("utf-8").splitlines()
    ops = [op for op in recording.ops[:moment] if op.kind != "told"]
    synced = {op.path: place for place, op in enumerate(ops) if op.kind == "sync"}  # the last of each file
    newest = max(synced.values(), default=-1)
    names_until = random.randint(newest + 1, len(ops))  # a journal keeps names in order and none behind a sync
    for place, op in enumerate(ops):
        if op.kind in ("make", "move", "remove"):
            if place < names_until:
                _rename(files, op)
        elif op.kind != "sync":
            _write(files, op, place <= synced.get(op.path, -1), random)
    return {path: bytes(content) for path, content in files.items() if not path.endswith("-shm")}, said


def _rename(files: dict[str, bytearray], op: Op) -> None:
    if op.kind == "make":
        files.setdefault(op.path, bytearray())
    elif op.kind == "remove":
        files.pop(op.path, None)
    elif op.path in files:
        files[op.to] = files.pop(op.path)


def _write(files: dict[str, bytearray], op: Op, sure: bool, random: Random) -> None:
    if op.path not in files:
        return
    content = files[op.path]
    if op.kind == "truncate":
        if sure or random.random() < 0.5:
            del content[op.at :]
            content.extend(b"\0" * (op.at - len(content)))
        return
    if len(content) < op.at + len(op.data):
        content.extend(b"\0" * (op.at + len(op.data) - len(content)))
    for start in range(0, len(op.data), SECTOR):
        if sure or random.random() < 0.5:
            piece = op.data[start : start + SECTOR]
            content[op.at + start : op.at + start + len(piece)] = piece


def lay_out(files: dict[str, bytes], moves: dict[Path, Path]) -> None:
    """Put an image's files into fresh folders: each watched folder at the place of its new one."""
    for old, new in moves.items():
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for path, content in files.items():
            if path.startswith(f"{old}{os.sep}"):
                target = new / Path(path).relative_to(old)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)


def on_a_full_disk(act: str, home: Path, arguments: list[str], write: int) -> list[str]:
    """Run an act whose `write`-th write to the store finds the disk full; what it said."""
    inject = f"inject=pwrite64:error=ENOSPC:when={write}+"
    tracer = ["strace", "-f", "-o", os.devnull, "-e", "trace=pwrite64", "-e", inject]
    done = subprocess.run(
        [*tracer, *command(act, home, arguments)],
        check=False,
        env=surroundings(),
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.splitlines()


def strace_works() -> bool:
    """Whether this machine has strace and lets it trace."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], check=False, capture_output=True).returncode == 0


@dataclass(frozen=True, slots=True)
class Trial:
    """An act recorded on a home of its own, to be cut short at any moment, or given a full disk."""

    grounds: Grounds
    act: str
    home: Path
    stick: Path
    recording: Recording

    @classmethod
    def of(cls, grounds: Grounds, act: str, place: Path) -> Trial:
        """Record an act."""
        home, stick = place / "home", place / "stick"
        shutil.copytree(grounds.start(act), home)
        stick.mkdir()
        return cls(grounds, act, home, stick, record(act, home, grounds.arguments(act, stick), [home, stick]))

    def cut_at(self, moment: int, random: Random, place: Path) -> int:
        """Judge the image of one cut; how many things the act had told by then."""
        files, said = cut(self.recording, moment, random)
        lay_out(files, {self.home: place / "home", self.stick: place / "stick"})
        judge(self.grounds, self.act, place / "home", place / "stick", said[1:])
        shutil.rmtree(place)
        return max(len(said) - 1, 0)

    def writes(self) -> int:
        """How many writes to the store the act needs."""
        return sum(op.kind == "write" and "home.db" in op.path for op in self.recording.ops)

    def full_at(self, write: int, place: Path) -> int:
        """Judge the home after an act that found the disk full at some write and after; how many things it told."""
        home, stick = place / "home", place / "stick"
        shutil.copytree(self.grounds.start(self.act), home)
        stick.mkdir()
        said = on_a_full_disk(self.act, home, self.grounds.arguments(self.act, stick), write)
        judge(self.grounds, self.act, home, stick, said[1:])
        shutil.rmtree(place)
        return max(len(said) - 1, 0)
