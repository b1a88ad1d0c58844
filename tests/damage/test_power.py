"""Power cuts at random moments of real acts, disks full at some write. In full: build_scripts/campaign.py."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from kills import Grounds, prepare
from power import Trial, strace_works

ACTS, IMAGES, FULL = ("import", "settle", "export", "receive"), 8, 4

pytestmark = pytest.mark.skipif(not strace_works(), reason="needs strace (Debian package strace), which may trace")


@pytest.fixture(scope="module", name="grounds")
def _grounds(tmp_path_factory: pytest.TempPathFactory) -> Grounds:
    return prepare(tmp_path_factory.mktemp("grounds"))


@pytest.mark.parametrize("act", ACTS)
def test_a_power_cut_tears_nothing_and_loses_nothing_told(act: str, grounds: Grounds, tmp_path: Path) -> None:
    trial = Trial.of(grounds, act, tmp_path)
    random = Random(7)
    for _ in range(IMAGES):
        trial.cut_at(random.randrange(len(trial.recording.ops) + 1), random, tmp_path / "image")
    writes = trial.writes()
    assert writes > 20
    for number in range(FULL):
        trial.full_at(1 + number * writes // FULL, tmp_path / "full")
