"""Kill each act at many random moments: `campaign_kills.py [KILLS_PER_ACT] [SEED]` (default 100 and 1).

Prints for each act how many kills were tried, after how many something had been acknowledged, and that none left a
home that is torn or lost what was acknowledged (the first that does stops the campaign with its reason).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for folder in ("", "tests/fakes", "tests/bundles", "tests/damage"):
    sys.path.insert(0, str(ROOT / folder))

from kills import ACTS, duration, kill_once, moments, prepare  # noqa: E402


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory(prefix="fieldtool-kills-") as name:
        place = Path(name)
        grounds = prepare(place / "grounds")
        for act in ACTS:
            seconds = duration(grounds, act, place / act)
            told = 0
            for number, moment in enumerate(moments(seconds, count, seed)):
                told += kill_once(grounds, act, place / f"{act}-{number}", moment)
            print(
                f"{act}: {count} kills within {seconds:.2f} s, {told} after an acknowledgement, 0 torn, 0 lost",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
