"""A USB scanner as a serial port: lines of UTF-8, read on a thread of its own; unplugging is told, never a crash."""

from __future__ import annotations

import threading
from collections.abc import Callable

import serial
from serial.tools import list_ports

from fieldtool.records.errors import ErrorCode, FieldtoolError

_WAIT = 0.2  # seconds between looks at the stop flag
_LONGEST = 4096  # bytes; no card's text is as long


def ports() -> list[tuple[str, str]]:
    """Serial ports that could be scanners: (device, words of the system)."""
    return [(item.device, item.description or item.device) for item in sorted(list_ports.comports())]


class Lines:
    """Cuts a stream of bytes into texts: CR, LF or both end a line; what is no UTF-8 shows as U+FFFD."""

    def __init__(self) -> None:
        self._held = b""

    def take(self, data: bytes) -> list[str]:
        """The lines that these bytes complete."""
        self._held += data
        parts = self._held.replace(b"\r", b"\n").split(b"\n")
        self._held = parts[-1][-_LONGEST:]
        texts = [part[:_LONGEST].decode("utf-8", errors="replace").strip("\ufeff\x00 ") for part in parts[:-1]]
        return [text for text in texts if text]


class SerialScanner:
    """Reads one port until `stop`; `said` gets each line, `lost` the trouble that ended it. Both are called on the
    scanner's thread."""

    def __init__(
        self,
        port: str,
        said: Callable[[str], None],
        lost: Callable[[FieldtoolError], None],
        opening: Callable[[str], serial.Serial] | None = None,
    ) -> None:
        self._port, self._said, self._lost = port, said, lost
        self._opening = opening or (lambda name: serial.Serial(name, 115200, timeout=_WAIT))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fieldtool-scanner", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """Listen no more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            with self._opening(self._port) as port:
                self._listen(port)
        except (serial.SerialException, OSError) as trouble:
            if not self._stop.is_set():
                self._lost(FieldtoolError(ErrorCode.SCANNER_LOST, values={"detail": str(trouble)}))

    def _listen(self, port: serial.Serial) -> None:
        lines = Lines()
        while not self._stop.is_set():
            data = port.read(max(port.in_waiting, 1))
            for text in lines.take(data):
                self._said(text)
