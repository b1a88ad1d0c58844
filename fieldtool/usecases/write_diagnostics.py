"""One file for support: the machine, the program, sizes and counts of the home, crash reports. No personal data.

Only what is listed here goes in: figures, versions, codes and places in the code; no name of a person, unit, commune,
officer, device or file, no path, no text of a paper, no message of an error.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldtool.ports import Home, Sticks

_LOOK = "ui.look"
_FIXED = (2026, 1, 1, 0, 0, 0)


def write_diagnostics(
    sticks: Sticks,
    target: Path,
    machine: Mapping[str, object],
    reports: Sequence[tuple[str, str]],
    home: Home | None = None,
) -> Path:
    """Write the file and prove it; the name it got. Without an open home its counts are left out."""
    parts = {"machine.json": _text(machine)}
    if home is not None:
        parts["home.json"] = _text(home_figures(home))
    parts |= {f"crashes/{name}": text for name, text in reports}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name, _FIXED), text.encode("utf-8"))
    return sticks.write_proved(target.parent, target.name, buffer.getvalue())


def home_figures(home: Home) -> dict[str, object]:
    """Counts of an open home."""
    bundles = Counter(str(note.state) for note in home.shelf.bundles())
    return {
        "counts": dict(home.people.counts()),
        "doubts": dict(home.people.doubt_counts()),
        "bundles": dict(sorted(bundles.items())),
        "devices_trusted": len(home.keys.trusted()),
        "enrolled": home.keys.enrolled(),
        "headquarters": home.card.headquarters,
        "incarnation": home.card.incarnation,
        "look": home.settings.get(_LOOK),
    }


def _text(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=True, indent=1, sort_keys=True)
