"""Lint the habits that work on Linux and break on Windows: `windows_habits.py [FOLDER …]` (default: the program).

Text opened without an encoding (Windows assumes a code page without Vietnamese), os.path instead of pathlib, calls that
Windows lacks, modules that it lacks imported outside a guarded block, files replaced or removed while they are open,
forked processes, named temporary files opened twice, links, and names or paths that Windows has not.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("fieldtool", "build_scripts", "tests")

POSIX_MODULES = {"fcntl", "pwd", "grp", "termios", "tty", "pty", "resource", "syslog", "posix", "crypt"}
POSIX_CALLS = {
    "os.fork",
    "os.geteuid",
    "os.getuid",
    "os.setuid",
    "os.fchmod",
    "os.chown",
    "os.mkfifo",
    "os.killpg",
    "os.getpgid",
    "os.setsid",
    "os.uname",
    "os.sync",
}
PATH_CALLS = {"os.remove", "os.unlink", "os.rename", "os.listdir", "os.mkdir", "os.makedirs", "os.rmdir", "os.getcwd"}
TEXT_METHODS = {"read_text", "write_text"}
MOVES = {"unlink", "rename", "replace", "rmtree", "remove", "move"}
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
POSIX_SIGNALS = {"SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One habit to mend."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def dotted(node: ast.expr) -> str:
    """A name such as "os.path.join", "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    return ""


class Lint(ast.NodeVisitor):
    """Collects the faults of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self._guarded = 0

    def add(self, node: ast.AST, text: str) -> None:
        self.faults.append(Fault(self.path, getattr(node, "lineno", 0), text))

    def visit_If(self, node: ast.If) -> None:
        """What stands under a question about the platform is the platform's own."""
        asks = ast.unparse(node.test)
        self._inside(node, any(word in asks for word in ("platform", "hasattr", "os.name", "WINDOWS")))

    def visit_With(self, node: ast.With) -> None:
        """A file may not be removed, renamed or replaced inside the block that holds it open."""
        held = {name for item in node.items if (name := _opened(item.context_expr))}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr in MOVES:
                named = [inner.func.value, *inner.args]
                if held & {ast.unparse(part) for part in named}:
                    self.add(inner, f"{inner.func.attr} of a file that is open")
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A test that is skipped on Windows is no habit of it."""
        marks = [ast.unparse(mark) for mark in node.decorator_list]
        self._inside(node, any("skipif" in mark and "platform" in mark for mark in marks))

    def visit_Try(self, node: ast.Try) -> None:
        """An import that is allowed to fail is guarded."""
        handled = [ast.unparse(handler.type) for handler in node.handlers if handler.type]
        self._inside(node, any("ImportError" in name or "AttributeError" in name for name in handled))

    def _inside(self, node: ast.AST, guarded: bool) -> None:
        self._guarded += guarded
        self.generic_visit(node)
        self._guarded -= guarded

    def visit_Import(self, node: ast.Import) -> None:
        for item in node.names:
            self._module(node, item.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._module(node, node.module or "")

    def _module(self, node: ast.AST, name: str) -> None:
        if not self._guarded and name.split(".")[0] in POSIX_MODULES:
            self.add(node, f"module {name} does not exist on Windows: guard it")
        if name == "os.path":
            self.add(node, "os.path: use pathlib")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        name = dotted(node)
        if not self._guarded and name in POSIX_CALLS:
            self.add(node, f"{name} does not exist on Windows")
        if not self._guarded and name.startswith("signal.") and node.attr in POSIX_SIGNALS:
            self.add(node, f"{name} does not exist on Windows")
        if name.startswith("os.path."):
            self.add(node, f"{name}: use pathlib")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = dotted(node.func)
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        given = {keyword.arg for keyword in node.keywords}
        if name in PATH_CALLS and not self._guarded:
            self.add(node, f"{name}: use pathlib (and replace for files that may exist)")
        if method in TEXT_METHODS and "encoding" not in given and not _positional_encoding(node, method):
            self.add(node, f"{method} without encoding")
        if (name == "open" or method == "open") and _text_mode(node, method) and "encoding" not in given:
            self.add(node, "open without encoding")
        if name in ("subprocess.run", "subprocess.Popen", "subprocess.check_output"):
            texts = [keyword for keyword in node.keywords if keyword.arg in ("text", "universal_newlines")]
            if texts and "encoding" not in given:
                self.add(node, f"{name} with text but without encoding")
        self._habits(node, name, method, given)
        self.generic_visit(node)

    def _habits(self, node: ast.Call, name: str, method: str, given: set[str | None]) -> None:
        """Calls that mean something else there, or need what Windows refuses."""
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if method == "strftime" and any("%-" in text for text in texts):
            self.add(node, "strftime with %-: Windows knows no such sign")
        if method == "get_context" and "fork" in texts:
            self.add(node, "a forked process: Windows only spawns")
        if name.endswith("NamedTemporaryFile") and "delete" not in given and "delete_on_close" not in given:
            self.add(node, "NamedTemporaryFile: Windows lets nobody open it a second time")
        if method in ("symlink_to", "symlink") and not self._guarded:
            self.add(node, f"{method}: needs a right that an officer has not")
        if (name == "Path" or method == "joinpath") and not self._guarded:
            self._named(node, texts)

    def _named(self, node: ast.Call, texts: list[str]) -> None:
        """A path written out that no Windows machine has, or a name that it refuses."""
        for text in texts:
            if text.startswith(("/tmp", "/dev/", "/proc/")):
                self.add(node, f"{text} is not there on Windows")
            elif set(text[2:]) & set('<>:"|?*') or text.split(".")[0].lower() in RESERVED:
                self.add(node, f"{text}: a name that Windows refuses")


def _opened(call: ast.expr) -> str:
    """The text of what a call opens, as in `path.open()` or `open(path)`; "" for any other expression."""
    if not isinstance(call, ast.Call):
        return ""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "open":
        return ast.unparse(call.func.value)
    if isinstance(call.func, ast.Name) and call.func.id in ("open", "ZipFile") and call.args:
        return ast.unparse(call.args[0])
    return ""


def _positional_encoding(node: ast.Call, method: str) -> bool:
    return len(node.args) > (0 if method == "read_text" else 1)


def _text_mode(node: ast.Call, method: str) -> bool:
    """Whether a call opens text: a literal mode without "b", or the default mode of the builtin or of a path."""
    named = {keyword.arg for keyword in node.keywords}
    if method and not named <= {"mode", "buffering", "encoding", "errors", "newline"}:
        return False  # something else than a file is opened
    place = 0 if method else 1
    mode = next((keyword.value for keyword in node.keywords if keyword.arg == "mode"), None)
    if mode is None and len(node.args) > place:
        mode = node.args[place]
    if mode is None:
        return not method or not node.args
    if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
        looks_like_mode = bool(mode.value) and set(mode.value) <= set("rwaxbt+U")
        return looks_like_mode and "b" not in mode.value
    return False


def faults_of(path: Path, text: str) -> list[Fault]:
    """The faults of one source text."""
    lint = Lint(path)
    lint.visit(ast.parse(text))
    return lint.faults


def sources(folders: list[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def main() -> int:
    found = []
    count = 0
    for path in sources(sys.argv[1:] or list(FOLDERS)):
        count += 1
        found += faults_of(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    for fault in found:
        print(fault)
    print(f"windows habits: {len(found)} faults in {count} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
