"""How much memory this process has taken."""

from __future__ import annotations

import sys


def peak_memory_mb() -> float:
    """Peak resident memory in MB (10^6 bytes); 0 where the system does not tell."""
    import psutil  # late, here as in the whole room: few commands ask

    peak = int(getattr(psutil.Process().memory_info(), "peak_wset", 0))  # Windows alone has this
    if not peak:
        try:
            import resource  # not on Windows, where the line above has answered
        except ImportError:
            return 0.0
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return round(peak / 1e6, 1)
