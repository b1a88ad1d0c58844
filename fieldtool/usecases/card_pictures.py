"""Which folder is watched for pictures of cards: the system's, or the one that the officer chose for this home."""

from __future__ import annotations

from pathlib import Path

from fieldtool.ports import Home, People
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require

_FOLDER = "camera.folder"


def chosen_folder(people: People) -> Path | None:
    """The folder chosen, None for the system's own."""
    text = people.kept(_FOLDER)
    return Path(text) if text else None


def choose_folder(home: Home, folder: Path | None) -> None:
    """Watch this folder from now on, or the system's again. CAMERA_FOLDER for what is no folder."""
    require(home, Power.VISIT)
    if folder is not None and not folder.is_dir():
        raise FieldtoolError(ErrorCode.CAMERA_FOLDER, values={"folder": folder})
    home.settings.put(_FOLDER, str(folder.resolve()) if folder is not None else "")
