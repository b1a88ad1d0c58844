"""What all tests share: passphrases cost a thousandth, as homes are made by the hundred; the real cost has a test."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

from fieldtool.trust import root_file, unlocking
from fieldtool.trust.slot_file import Cost

gc.set_threshold(50_000, 20, 20)  # as in the program itself

_MEASURED = unlocking.calibrated

# No test may depend on the clock: an example that takes a second on a busy machine is no failure.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def cheap() -> Cost:
    return Cost(64, 1, 1)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passphrases() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unlocking, "calibrated", cheap)
        patch.setattr(root_file, "calibrated", cheap)
        yield


@pytest.fixture
def real_cost(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Cost]:
    """The program's own measure again."""
    monkeypatch.setattr(unlocking, "calibrated", _MEASURED)
    return _MEASURED
