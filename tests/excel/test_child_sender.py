"""Parts of a work are sent in order while the next are made; where nobody listens any more, nobody waits."""

import marshal
from multiprocessing import Pipe

import pytest

from fieldtool.excel import child
from fieldtool.excel.child import _WAITING, _Sender


def test_parts_come_in_order_and_all_before_it_is_finished():
    ours, theirs = Pipe()
    sender = _Sender(theirs)
    parts = [bytes([n]) * 1000 for n in range(_WAITING)]
    for part in parts:
        sender.send(part)
    sender.finish()
    assert [marshal.loads(ours.recv_bytes()) for _ in parts] == [("part", part) for part in parts]


def test_it_ends_when_the_parent_has_gone():
    ours, theirs = Pipe()
    sender = _Sender(theirs)
    ours.close()
    with pytest.raises(BrokenPipeError):
        for _ in range(10 * _WAITING):
            sender.send(b"x" * 1_000_000)
    with pytest.raises(BrokenPipeError):
        sender.finish()


def test_a_part_that_cannot_be_sent_is_told_and_not_waited_for(monkeypatch):
    def no_memory(pipe, message):
        raise MemoryError

    monkeypatch.setattr(child, "_send", no_memory)
    sender = _Sender(Pipe()[1])
    with pytest.raises(MemoryError):
        for _ in range(2 * _WAITING):
            sender.send(b"x")
    with pytest.raises(MemoryError):
        sender.finish()
