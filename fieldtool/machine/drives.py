"""Which folders of this machine are sticks: drives that can be pulled, ready to be read."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from fieldtool.records.sticks import Plugged

_LINUX = ("/media/", "/run/media/", "/mnt/")


def is_stick(options: str, mount: str, windows: bool) -> bool:
    """Whether a mounted file system can be pulled: Windows says so itself, elsewhere the place it hangs at tells."""
    if windows:
        return "removable" in options.split(",")
    return mount.startswith(_LINUX)


def plugged() -> list[Plugged]:
    """The sticks that are plugged in, such as E:\\ , with their file systems; one without a medium is left out."""
    import psutil

    windows = os.name == "nt"
    try:
        parts = psutil.disk_partitions(all=False)
    except (OSError, psutil.Error):  # a machine that does not tell its drives still writes to the folder it is given
        return []
    found = {
        Path(str(PurePath(part.mountpoint))): part.fstype
        for part in parts
        if is_stick(part.opts, part.mountpoint, windows)
    }
    return [Plugged(root, system) for root, system in sorted(found.items()) if root.is_dir()]


def sticks() -> list[Path]:
    """The roots of the sticks that are plugged in."""
    return [stick.root for stick in plugged()]
