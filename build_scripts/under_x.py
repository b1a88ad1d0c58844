"""Run window tests under a real X server (Xvfb, Qt's xcb) at 1366×768: `under_x.py [TEST…]`, by default the desk's.

The suite runs offscreen, where every window is active and no key travels; here keys go through Qt's X platform, to the
active window alone. Needs xvfb-run (Debian package xvfb).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DESK = ("tests/ui/test_desk.py", "tests/ui/test_visit_page.py")


def main(tests: list[str]) -> int:
    """Run the tests; pytest's exit code, or 2 without an X server."""
    if shutil.which("xvfb-run") is None:
        print("xvfb-run is missing: apt-get install xvfb", file=sys.stderr)
        return 2
    screen = ("xvfb-run", "-a", "-s", "-screen 0 1366x768x24")
    command = (*screen, sys.executable, "-m", "pytest", "-q", *(tests or DESK))
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
