"""Long work beside the screen and the desk's other work: it tells how far it is, and can be stopped."""

from __future__ import annotations

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Final, Generic, TypeVar

from rung.progress import Progress
from rung_tui.language import spoken

__all__ = ["Beside", "StoppedError"]

_Result = TypeVar("_Result")

_GRACE: Final = 5.0
# Seconds the program's end waits for half a file to be cleared away.


class StoppedError(Exception):
    """The work was stopped before its end; it left nothing behind."""


class Beside(Generic[_Result]):
    """One work on a thread of its own, which the program's end does not wait long for."""

    def __init__(self, work: Callable[[Progress], _Result]) -> None:
        self.stage, self.done = "", 0
        self.whole: int | None = None
        self._work = work
        self._stop = Event()
        self._loop: AbstractEventLoop = get_running_loop()
        self._future: Future[_Result] = self._loop.create_future()
        self._thread = Thread(target=self._run, name="beside", daemon=True)
        self._thread.start()

    @property
    def is_stopped(self) -> bool:
        """Whether it is to end, or has."""
        return self._stop.is_set()

    async def result(self) -> _Result:
        """Return what the work came to; raises what it raised, and StoppedError as soon as it is stopped."""
        return await self._future

    def stop(self) -> None:
        """Have it end where it next tells how far it is; whoever waits is told at once."""
        self._stop.set()
        if not self._future.done():
            self._future.set_exception(StoppedError())

    def leave(self) -> None:
        """Stop it from any thread, and wait a little while it clears up."""
        self._stop.set()
        self._thread.join(_GRACE)

    def _report(self, stage: str, done: int, whole: int | None) -> None:
        if self._stop.is_set():
            raise StoppedError
        self.stage, self.done, self.whole = stage, done, whole

    def _run(self) -> None:
        spoken()
        try:
            found = self._work(self._report)
        except Exception as error:  # raised again where the result is waited for
            failed = error
            self._tell(lambda: self._future.set_exception(failed))
        else:
            self._tell(lambda: self._future.set_result(found))

    def _tell(self, tell: Callable[[], None]) -> None:
        def told() -> None:
            if not self._future.done():
                tell()

        with suppress(RuntimeError):  # the program has ended, and nobody waits any more
            self._loop.call_soon_threadsafe(told)
