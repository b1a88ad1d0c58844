"""SIGKILL (TerminateProcess on Windows) at random moments of each act: 6 kills an act, 36 in all.

build_scripts/campaign_kills.py does the same for any number.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from kills import ACTS, Grounds, duration, kill_once, moments, prepare

KILLS = 6


@pytest.fixture(scope="module", name="grounds")
def _grounds(tmp_path_factory: pytest.TempPathFactory) -> Grounds:
    return prepare(tmp_path_factory.mktemp("grounds"))


@pytest.mark.parametrize("act", ACTS)
def test_a_killed_home_opens_whole_and_keeps_what_was_acknowledged(act: str, grounds: Grounds, tmp_path: Path) -> None:
    seconds = duration(grounds, act, tmp_path / "left-alone")
    seed = time.time_ns() & 0xFFFF
    for number, moment in enumerate(moments(seconds, KILLS, seed)):
        kill_once(grounds, act, tmp_path / f"kill-{seed}-{number}", moment)
