"""Scanners and pictures: whole lines out of pieces, an unplugged scanner told, a picture read and not kept."""

from __future__ import annotations

import threading

import pytest
import segno
import serial

from fieldtool.machine.card_images import read_code
from fieldtool.machine.serial_scanner import Lines, SerialScanner, ports
from fieldtool.records.errors import ErrorCode, FieldtoolError

CARD = "040079001122|186123456|Lô Văn Đạt|03021979|Nam|Bản Chăm Puông, Lượng Minh|01052021"


def test_lines_are_put_together_from_pieces():
    lines = Lines()
    data = (CARD + "\r\n").encode() * 2
    found = [text for start in range(0, len(data), 7) for text in lines.take(data[start : start + 7])]
    assert found == [CARD, CARD]
    assert lines.take(b"\xff\xfe|\n") == ["\ufffd\ufffd|"]
    assert lines.take(b"\r\n\n") == []
    assert lines.take(b"x" * 10_000) == [] and len(lines.take(b"\n")[0]) <= 4096


class Port:
    """A serial port that gives its bytes and is then pulled out."""

    def __init__(self, data: bytes):
        self._data = data
        self.in_waiting = 5

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def read(self, size):
        if not self._data:
            raise serial.SerialException("device reports readiness to read but returned no data")
        part, self._data = self._data[:size], self._data[size:]
        return part


def test_an_unplugged_scanner_is_told_and_what_came_before_is_kept():
    said, lost, over = [], [], threading.Event()

    def gone(error):
        lost.append(error)
        over.set()

    scanner = SerialScanner("COM7", said.append, gone, opening=lambda name: Port((CARD + "\r").encode()))
    scanner.start()
    assert over.wait(10)
    scanner.stop()
    assert said == [CARD]
    assert [error.code for error in lost] == [ErrorCode.SCANNER_LOST]


def test_a_port_that_is_none_is_told():
    lost, over = [], threading.Event()

    def gone(error):
        lost.append(error)
        over.set()

    scanner = SerialScanner("/dev/no-such-port", lambda text: None, gone)
    scanner.start()
    assert over.wait(10)
    assert lost[0].code is ErrorCode.SCANNER_LOST
    assert isinstance(ports(), list)


def test_a_picture_is_read_and_left_alone(tmp_path):
    picture = tmp_path / "thẻ.png"
    segno.make(CARD, error="m").save(str(picture), scale=6)
    before = picture.read_bytes()
    assert read_code(picture) == CARD
    assert [path.name for path in tmp_path.iterdir()] == ["thẻ.png"] and picture.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_told(tmp_path, content):
    path = tmp_path / "x.png"
    path.write_bytes(content)
    with pytest.raises(FieldtoolError) as caught:
        read_code(path)
    assert caught.value.code is ErrorCode.READ_FAILED
    with pytest.raises(FieldtoolError) as caught:
        read_code(tmp_path / "none.png")
    assert caught.value.code is ErrorCode.NO_FILE
