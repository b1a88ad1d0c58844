"""The secret of this machine: on Windows under the user's DPAPI keys, elsewhere a file that only he reads.

A password that an administrator sets anew destroys the DPAPI keys: then `reveal` gives None, and the way back is a
recovery through headquarters or a backup.
"""

from __future__ import annotations

import ctypes
import os
import re
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from fieldtool.ports.locks import MachineSecrets
from fieldtool.records.errors import ErrorCode, FieldtoolError

_DPAPI, _FILE = "dpapi:", "file:"
_NO_WINDOW = 1  # CRYPTPROTECT_UI_FORBIDDEN
_ENTROPY = b"fieldtool-slots/2"


def machine_secrets() -> MachineSecrets:
    """The way of this system."""
    return DpapiSecrets() if sys.platform == "win32" else FileSecrets(user_config_path("fieldtool") / "machine")


class FileSecrets:
    """One file of 32 bytes for each home, readable by its owner alone, in a folder outside every home."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def protect(self, secret: bytes) -> str:
        """Keep a secret; NO_MACHINE_SECRET where the folder cannot be written."""
        name = secrets.token_hex(16)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secret)
                file.flush()
                os.fsync(file.fileno())
        except OSError as trouble:
            raise FieldtoolError(ErrorCode.NO_MACHINE_SECRET, values={"detail": str(trouble)}) from trouble
        return _FILE + name

    def reveal(self, token: str) -> bytes | None:
        """The secret, None when its file is not on this machine or others may read it."""
        path = self._path(token)
        try:
            if path is None or path.is_symlink() or path.stat().st_mode & 0o077:
                return None
            return path.read_bytes()
        except OSError:
            return None

    def forget(self, token: str) -> None:
        """Remove the file."""
        path = self._path(token)
        if path is not None:
            with suppress(OSError):  # it is of no use without the slots that name it
                path.unlink()

    def _path(self, token: str) -> Path | None:
        return self._folder / token.removeprefix(_FILE) if re.fullmatch(r"file:[0-9a-f]{32}", token) else None


class _Blob(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


class DpapiSecrets:
    """Windows' own keeping for one user: the token is the protected secret itself."""

    def protect(self, secret: bytes) -> str:
        """Keep a secret; NO_MACHINE_SECRET when Windows refuses."""
        kept = _through_dpapi("CryptProtectData", secret)
        if kept is None:
            raise FieldtoolError(ErrorCode.NO_MACHINE_SECRET, values={"detail": "DPAPI"})
        return _DPAPI + kept.hex()

    def reveal(self, token: str) -> bytes | None:
        """The secret; None for another user, another machine, or after an administrator's new password."""
        try:
            kept = bytes.fromhex(token.removeprefix(_DPAPI)) if token.startswith(_DPAPI) else b""
        except ValueError:
            return None
        return _through_dpapi("CryptUnprotectData", kept) if kept else None

    def forget(self, token: str) -> None:
        """Windows keeps nothing: the token was all there is."""


def _through_dpapi(name: str, content: bytes) -> bytes | None:
    """Call one of DPAPI's two functions in the user's scope, without a window of its own."""
    libraries: Any = getattr(ctypes, "windll")  # noqa: B009  # there on Windows alone
    libraries.kernel32.LocalFree.argtypes = [ctypes.c_void_p]
    held, extra, out = _blob(content), _blob(_ENTROPY), _Blob()
    done = getattr(libraries.crypt32, name)(
        ctypes.byref(held), None, ctypes.byref(extra), None, None, _NO_WINDOW, ctypes.byref(out)
    )
    if not done:
        return None
    try:
        return ctypes.string_at(out.data, out.size)
    finally:
        libraries.kernel32.LocalFree(ctypes.cast(out.data, ctypes.c_void_p))


def _blob(content: bytes) -> _Blob:
    held = ctypes.create_string_buffer(content, len(content))
    return _Blob(len(content), ctypes.cast(held, ctypes.POINTER(ctypes.c_char)))
