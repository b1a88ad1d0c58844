"""Write or check docs/errors.md: every code that can reach a user, in both languages: `error_catalogue.py [check]`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fieldtool.intake.issues import NUMBERS, IssueCode, severity_of  # noqa: E402
from fieldtool.records.errors import ErrorCode  # noqa: E402
from fieldtool.wording.catalogue import Language, Wording  # noqa: E402

TARGET = ROOT / "docs" / "errors.md"


def text() -> str:
    """The whole catalogue."""
    vietnamese, english = Wording(Language.VIETNAMESE), Wording(Language.ENGLISH)
    lines = [
        "# Codes",
        "",
        "Written by build_scripts/error_catalogue.py. `{…}` stands for what the message fills in.",
        "",
        "## Errors",
        "",
        "A command that ends with one has exit code 1 and changed nothing.",
        "",
        "| code | Tiếng Việt | English | làm gì / what to do |",
        "|---|---|---|---|",
    ]
    for code in ErrorCode:
        said = [wording.say(f"error.{code}") for wording in (vietnamese, english)]
        hints = " / ".join(wording.say(f"hint.{code}") for wording in (vietnamese, english))
        lines.append(f"| `{code}` | {said[0]} | {said[1]} | {hints} |")
    lines += [
        "",
        "## Rows of a list",
        "",
        "Every row that is refused or parked, and every remark on one that was taken, has a number that never changes.",
        "",
        "| no. | code | became | Tiếng Việt | English | làm gì / what to do |",
        "|---|---|---|---|---|---|",
    ]
    for issue in sorted(IssueCode, key=lambda item: NUMBERS[item]):
        said = [wording.issue(issue, "…")[0] for wording in (vietnamese, english)]
        hints = " / ".join(wording.issue(issue, "…")[1] for wording in (vietnamese, english))
        lines.append(f"| {NUMBERS[issue]} | `{issue}` | {severity_of(issue)} | {said[0]} | {said[1]} | {hints} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    wanted = text()
    if sys.argv[1:] == ["check"]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != wanted:
            print("docs/errors.md is stale: run build_scripts/error_catalogue.py")
            return 1
        print(f"error catalogue: {len(ErrorCode)} errors, {len(IssueCode)} row codes")
        return 0
    TARGET.write_text(wanted, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
