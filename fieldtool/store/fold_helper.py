"""A second process that folds persons beside this one, where there are many.

This process alone opens the sealed file: it reads what is held of some persons, the helper makes their rows, and this
process writes them, in the order in which they were read. Nothing is written on the way but pipes. Whatever the helper
does not do (it cannot be started, it dies, it is slower) is folded here by the same functions, so that the tables are
the same to the byte; a fault in folding ends the helper and is raised here, where the same batch is folded again.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection, wait

from fieldtool.records.local_knowledge import Knowledge, knowledge, put_in_force
from fieldtool.store.person_fold import FoldedPersons, Told, fold_told

WORTH = 8_000  # persons from which a helper pays: it takes half a second of a processor to load
_AHEAD = 2  # batches that wait at the helper
_HELD = 12  # batches read and not written yet, so that memory stays bounded
_FAR = 18  # batches told ahead: what it folds while links and index are written
_PATIENCE = 10.0  # seconds until a helper that was told to end is ended
_SOON = 1.0  # seconds for what is being sent to a helper that was ended


@contextmanager
def folding(count: int) -> Iterator[Folding]:
    """For a job of so many persons: what folds batches, with a helper where that pays."""
    fold = Folding(_Helper() if count >= WORTH and (os.cpu_count() or 1) > 1 else None)
    try:
        yield fold
    finally:
        fold.give_up()


class Folding:
    """Folds batches in their order, here and at the helper."""

    def __init__(self, helper: _Helper | None) -> None:
        self._helper = helper
        self._ahead: deque[Told] = deque()  # at the helper, and not asked for yet

    @property
    def has_help(self) -> bool:
        """Whether another process folds too."""
        return self._helper is not None

    def ahead(self, told: Told) -> bool:
        """Let the helper fold a batch that is likely to be asked for, next behind those told ahead before; whether it
        has room for it."""
        taken = self._helper is not None and self._helper.takes(told, _FAR)
        if taken:
            self._ahead.append(told)
        return taken

    def folded(self, batches: Iterable[Told], beside: Callable[[], None] | None = None) -> Iterator[FoldedPersons]:
        """The rows of each batch. A few batches are read before their turn to be written comes.

        `beside` is what this process has to do anyhow: it is done at once, while the helper folds the first batches.
        """
        source = iter(batches)
        if self._helper is not None and not self._helper.knows(knowledge()):
            self.give_up()
        waiting: deque[Told | FoldedPersons] = deque()  # what is still Told is at the helper
        if beside is not None:
            if self._helper is not None:
                waiting += (self._placed(told, _HELD) for told in islice(source, max(_HELD, len(self._ahead))))
            beside()
        return self._rest(waiting, source)

    def _placed(self, told: Told, most: int) -> Told | FoldedPersons:
        """A batch that the helper folds, or has folded ahead; else its rows."""
        if self._ahead:
            if self._ahead.popleft() is told:
                return told
            self.give_up()  # another came than was foreseen: what the helper answers next belongs to nobody
        return told if self._helper is not None and self._helper.takes(told, most) else fold_told(told)

    def give_up(self) -> None:
        """Fold here alone from now on: the job broke off, and what the helper still answers belongs to nobody."""
        self._ahead.clear()
        if self._helper is not None:
            self._helper.end()
            self._helper = None

    def _rest(self, waiting: deque[Told | FoldedPersons], source: Iterator[Told]) -> Iterator[FoldedPersons]:
        for told in source:
            waiting.append(self._placed(told, _AHEAD))
            while waiting and (len(waiting) > _HELD or self._at_hand(waiting[0])):
                yield self._done(waiting.popleft())
        while waiting:
            yield self._done(waiting.popleft())

    def _at_hand(self, batch: Told | FoldedPersons) -> bool:
        return not isinstance(batch, Told) or self._helper is None or self._helper.ready()

    def _done(self, batch: Told | FoldedPersons) -> FoldedPersons:
        if isinstance(batch, FoldedPersons):
            return batch
        return (self._helper.result() if self._helper is not None else None) or fold_told(batch)


class _Helper:
    """This process's end: a thread of its own sends, so that a busy helper keeps nobody waiting here."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        theirs_in, ours_out = context.Pipe(duplex=False)
        ours_in, theirs_out = context.Pipe(duplex=False)
        self._in, self._out = ours_in, ours_out
        self._told = knowledge()
        self._process = context.Process(target=serve, args=(theirs_in, theirs_out), daemon=True)
        self._there = True  # whether it can be asked
        self._asked = 0  # batches whose results have not been read
        self._send: queue.SimpleQueue[Knowledge | Told | None] = queue.SimpleQueue()
        # Not along with the process: what is more than a pipe holds waits for ever for one that dies while it starts.
        self._send.put(self._told)
        self._sender = threading.Thread(target=_forward, args=(self._send, ours_out), daemon=True)
        try:
            self._process.start()
        except OSError:  # no memory for another program, or a virus scanner that forbids it
            self._there = False
        finally:
            theirs_in.close()
            theirs_out.close()
        if self._there:
            self._sender.start()

    def knows(self, told: Knowledge) -> bool:
        """Whether it reads with this knowledge; it was told when it began."""
        return self._told == told

    def takes(self, told: Told, most: int = _AHEAD) -> bool:
        """Hand a batch over, unless the helper has enough to do (`most` batches) or is gone."""
        if not self._there or self._asked - (1 if self.ready() else 0) >= most:
            return False
        self._send.put(told)
        self._asked += 1
        return True

    def ready(self) -> bool:
        """Whether the next result can be had without waiting, or never."""
        try:
            return not self._there or self._in.poll()
        except OSError:
            return True

    def result(self) -> FoldedPersons | None:
        """The next result, None when the helper is gone."""
        self._asked -= 1
        if not self._there:
            return None
        try:
            # Windows hands the pipes over through this process: a helper that dies before it took them leaves them
            # open, and nothing but its end tells so.
            if self._in not in wait([self._in, self._process.sentinel]):
                raise EOFError
            found: FoldedPersons = self._in.recv()
        except (EOFError, OSError):
            self._there = False
            return None
        return found

    def end(self) -> None:
        """Let it go; a helper that does not go is ended."""
        self._there = False
        self._send.put(None)
        self._in.close()  # what it still wants to say is said to nobody
        if self._process.pid is not None:
            if self._asked:
                self._process.terminate()  # it folds for nobody: whoever cancelled must not wait for that
            # On Windows a helper that was ended before it took its pipes leaves the sender waiting; closing frees it.
            self._sender.join(_SOON if self._asked else _PATIENCE)
        self._out.close()
        if self._process.pid is not None:
            self._process.join(_PATIENCE)
            if self._process.is_alive():
                self._process.terminate()
                self._process.join()


def _forward(messages: queue.SimpleQueue[Knowledge | Told | None], pipe: Connection) -> None:
    """Send messages; the last is None, which tells the other end that there are no more. The pipe is closed by who made
    it: two threads that close it at once fall over each other."""
    try:
        while (message := messages.get()) is not None:
            pipe.send(message)
        pipe.send(None)
    except OSError:
        return  # the other end has gone; whoever waits for its answers sees that


def serve(batches: Connection, results: Connection) -> None:
    """The helper: folds batches until there are no more, by what the other process knows beyond the tables, which comes
    first."""
    gc.set_threshold(50_000, 20, 20)  # papers by the thousand hold no cycles
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the other process's to answer, which then closes the pipe
    answers: queue.SimpleQueue[FoldedPersons | None] = queue.SimpleQueue()
    sender = threading.Thread(target=_answer, args=(answers, results), daemon=True)
    sender.start()
    try:
        put_in_force(batches.recv())
        while (told := batches.recv()) is not None:
            answers.put(fold_told(told))
    except (EOFError, OSError):
        pass  # nobody there
    answers.put(None)
    sender.join()


def _answer(answers: queue.SimpleQueue[FoldedPersons | None], pipe: Connection) -> None:
    try:
        while (answer := answers.get()) is not None:
            pipe.send(answer)
    except OSError:
        os._exit(0)  # nobody waits for an answer any more: what is being folded is for nobody either
    finally:
        pipe.close()
