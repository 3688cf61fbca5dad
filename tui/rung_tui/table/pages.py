"""Keeps the pages of a source that were seen last, and fetches others without holding up the screen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final, Generic, TypeVar

from rung_tui.table.source import RowSource

__all__ = ["Pages"]

Row = TypeVar("Row")

_PAGE: Final = 64
_KEPT: Final = 16
# Some thousand rows: what a person scrolls to and fro in.
_PATIENCE: Final = 0.012
# Seconds a screenful may take before it is drawn blank first: under a frame, so that rows rarely flicker.


class Pages(Generic[Row]):
    """The pages of one source; asked from the screen's thread, read on another.

    ``on_late`` is called on that other thread when rows that were drawn blank can be drawn.
    """

    def __init__(
        self, source: RowSource[Row], readers: ThreadPoolExecutor, on_late: Callable[[], None]
    ) -> None:
        self.source = source
        self.error: Exception | None = None
        """What the source raised, if it did: nothing more is read then."""
        self._readers = readers
        self._on_late = on_late
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._coming: dict[int, Future[Sequence[Row]]] = {}
        self._late: set[int] = set()

    def row(self, place: int) -> Row | None:
        """Return the row at ``place``, None where it has not been read."""
        number, offset = divmod(place, _PAGE)
        page = self._pages.get(number)
        return page[offset] if page is not None and offset < len(page) else None

    def rows(self, start: int, count: int) -> list[Row]:
        """Return those rows of the stretch that have been read."""
        found = (self.row(place) for place in range(start, min(start + count, len(self.source))))
        return [row for row in found if row is not None]

    def want(self, start: int, count: int) -> bool:
        """Have the rows from ``start`` read, waiting a moment for them; return whether all are here."""
        wanted = self._numbers(start, count)
        self._forget(wanted)
        coming = {number: self._fetch(number) for number in wanted if number not in self._pages}
        if coming and self.error is None:
            wait(coming.values(), timeout=_PATIENCE)
            self._late.update(coming)
            for number, future in coming.items():
                self._take(number, future)
        for number in wanted & self._pages.keys():
            self._pages.move_to_end(number)
        return wanted <= self._pages.keys()

    def expect(self, start: int, count: int) -> None:
        """Begin to read rows that will be asked for soon."""
        for number in self._numbers(start, count) - self._pages.keys():
            self._fetch(number)

    def _numbers(self, start: int, count: int) -> set[int]:
        start, end = max(0, start), min(start + count, len(self.source))
        return set(range(start // _PAGE, (end - 1) // _PAGE + 1)) if end > start else set()

    def _fetch(self, number: int) -> Future[Sequence[Row]]:
        future = self._coming.get(number)
        if future is None:
            future = self._coming[number] = self._readers.submit(self.source.page, number * _PAGE, _PAGE)
            future.add_done_callback(lambda done: self._arrived(number, done))
        return future

    def _arrived(self, number: int, future: Future[Sequence[Row]]) -> None:
        if number in self._late and not future.cancelled():
            self._on_late()

    def _take(self, number: int, future: Future[Sequence[Row]]) -> None:
        if not future.done() or future.cancelled():
            return
        self._late.discard(number)
        del self._coming[number]
        if (error := future.exception()) is not None:
            self.error = error if isinstance(error, Exception) else RuntimeError(str(error))
            return
        self._pages[number] = future.result()
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)

    def _forget(self, wanted: set[int]) -> None:
        """Give up reads nobody waits for any more: a held key outruns the disk."""
        for number in [number for number in self._coming if number not in wanted]:
            if self._coming[number].cancel():
                del self._coming[number]
                self._late.discard(number)
            else:
                self._take(number, self._coming[number])
