"""Watches the thread that draws: how long each turn of the event loop keeps it busy, and what files it opens.

``with watched(folder) as watch: ...`` around a workflow, then ``watch.assert_free()``. Processor time of the
thread itself is what counts, and after a long turn a piece of work of known length tells how slow the machine
is just then: what other programs take from it makes no turn long that is short.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_stack, format_list
from types import FrameType
from typing import Any, Final

__all__ = ["LONGEST", "NOISE", "Turn", "Watch", "watched"]

LONGEST: Final = 0.050
"""Seconds of its own work after which the screen is felt to hang."""
NOISE: Final = 1.25
# How far the same turn differs from one time to the next on a machine with other work under way.

_KNOWN: Final = 0.0054
# Seconds that ``_known_work`` takes on the machine the goals are given for, with nothing else under way.
_NOTICED: Final = 0.025
# A turn as long as this is asked where it is, again and again, by a thread beside.
_EVENTS: Final = frozenset({"open", "sqlite3.connect"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the loop that took longer than allowed."""

    seconds: float
    """Of the thread's own processor time, as on the machine the goals are given for."""
    what: str
    where: str
    """The stack when it was looked at last; "" where it was not seen."""

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms in {self.what}\n{self.where}"


@dataclass
class Watch:
    """What was seen."""

    folder: Path | None = None
    """Files in here are not for the thread that draws."""
    longest: Turn = field(default_factory=lambda: Turn(0.0, "nothing", ""))
    too_long: list[Turn] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    """Files of the folder that were opened on that thread."""
    turns: int = 0

    def assert_free(self) -> None:
        """Fail where the thread was kept busy for too long, or read files; say by what."""
        assert self.turns, "nothing was watched"
        slow = [str(each) for each in self.too_long]
        assert not slow, f"the screen hung {len(slow)} times:\n" + "\n".join(slow)
        assert not self.touched, "on the thread that draws:\n" + "\n".join(self.touched)


@contextmanager
def watched(folder: Path | None = None, allowed: float = LONGEST * NOISE) -> Iterator[Watch]:
    """Watch the loop of the current thread; what was there before is kept out of the garbage collection."""
    watch = Watch(folder)
    observer = _Observer(watch, allowed)
    run = asyncio.Handle._run
    usual = gc.get_threshold()
    gc.set_threshold(700)  # Python's own, as users have it
    gc.collect()
    gc.freeze()  # thousands of modules of the tests are no load of the program
    asyncio.Handle._run = observer.around(run)  # type: ignore[method-assign]
    _listening.append(observer)
    observer.start()
    try:
        yield watch
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]
        _listening.remove(observer)
        observer.stop()
        gc.unfreeze()
        gc.set_threshold(*usual)


class _Observer:
    """Measures turns; a thread beside notes where a long one is."""

    def __init__(self, watch: Watch, allowed: float) -> None:
        self._watch, self._allowed = watch, allowed
        self._thread_id = threading.get_ident()
        self._began: float | None = None
        self._seen = ""
        self._over = threading.Event()
        self._beside = threading.Thread(target=self._look, daemon=True)

    def start(self) -> None:
        self._beside.start()

    def stop(self) -> None:
        self._over.set()
        self._beside.join()

    def around(self, run: Callable[[asyncio.Handle], None]) -> Callable[[asyncio.Handle], None]:
        def measured(handle: asyncio.Handle) -> None:
            if threading.get_ident() != self._thread_id:
                return run(handle)
            what = handle._callback  # type: ignore[attr-defined]
            self._seen, self._began = "", time.monotonic()
            before = time.thread_time()
            try:
                return run(handle)
            finally:
                taken = time.thread_time() - before
                self._began = None
                self._note(taken, what)

        return measured

    def _note(self, taken: float, what: Any) -> None:
        self._watch.turns += 1
        if taken > self._allowed:
            taken /= _slowness()
        if taken > self._watch.longest.seconds or taken > self._allowed:
            turn = Turn(taken, _named(what), self._seen)
            self._watch.longest = max(self._watch.longest, turn, key=lambda each: each.seconds)
            if taken > self._allowed:
                self._watch.too_long.append(turn)

    def _look(self) -> None:
        while not self._over.wait(0.01):
            began = self._began
            if began is not None and time.monotonic() - began > _NOTICED:
                frame = sys._current_frames().get(self._thread_id)
                if frame is not None and self._began == began:
                    self._seen = _told(frame)

    def heard(self, event: str, about: str) -> None:
        """Note a file opened within a turn."""
        if self._began is None or threading.get_ident() != self._thread_id:
            return
        folder = self._watch.folder
        if folder is not None and str(folder) in about:
            self._watch.touched.append(f"{event} {about}\n{_told(sys._getframe(2))}")


def _slowness() -> float:
    """Return how many times as long as usual work takes at this moment; never less than 1."""
    taken = []
    for _time in range(3):
        before = time.thread_time()
        _known_work()
        taken.append(time.thread_time() - before)
    return max(1.0, sorted(taken)[1] / _KNOWN)


def _known_work() -> int:
    found = {str(number): number * number for number in range(20_000)}
    return sum(map(len, found))


_listening: list[_Observer] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _listening and event in _EVENTS:
        for each in _listening:
            each.heard(event, str(arguments[0]) if arguments else "")


sys.addaudithook(_hear)


def _named(callback: Any) -> str:
    task = getattr(callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        coroutine = task.get_coro()
        owner = coroutine.cr_frame.f_locals.get("self") if getattr(coroutine, "cr_frame", None) else None
        return f"{getattr(coroutine, '__qualname__', coroutine)} of {owner!r:.80}"
    return f"{callback!r:.120}"


def _told(frame: FrameType) -> str:
    """Return the innermost lines of the stack, of our own modules first of all."""
    lines = [each for each in extract_stack(frame) if "asyncio" not in each.filename]
    ours = [each for each in lines if "/rung" in each.filename]
    return "".join(format_list([*ours[-3:], *lines[-4:]]))
