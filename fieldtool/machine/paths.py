"""Where things lie on this machine, and names that every file system of the field can hold."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from platformdirs import user_data_path

# What Windows and FAT32 refuse in a name, and the device names Windows keeps to itself, with any extension.
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
LONGEST_NAME = 120  # UTF-16 units; leaves room for a folder within Windows' 260
LONGEST_PATH = 259  # what programs without long-path support, Excel among them, still open on Windows


def default_home() -> Path:
    """The folder of the encrypted home when --home does not name one."""
    return user_data_path("fieldtool", appauthor=False) / "home"


def crash_folder() -> Path:
    """Where reports of crashes are kept: beside the homes, readable without a passphrase, nothing personal in them."""
    return user_data_path("fieldtool", appauthor=False) / "crashes"


def safe_name(text: str, fallback: str = "tep") -> str:
    """A file name made of a text: NFC, nothing that Windows or FAT32 refuses, never a reserved name, never empty."""
    name = _REFUSED.sub("-", unicodedata.normalize("NFC", text)).strip(" .")
    while len(name.encode("utf-16-le")) > 2 * LONGEST_NAME:
        name = name[:-1]
    name = name.rstrip(" .") or fallback
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def is_safe_name(name: str) -> bool:
    """Whether a name may be used as it stands."""
    return bool(name) and name == safe_name(name)


def fits(path: Path) -> bool:
    """Whether a path is short enough for programs on Windows that know no long paths."""
    return len(str(path).encode("utf-16-le")) <= 2 * LONGEST_PATH
