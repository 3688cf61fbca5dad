"""Which rows of a run are marked: a byte each, by place in the run, whatever order or filter is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

__all__ = ["Marks"]

_PART: Final = 1 << 20
# Bytes worked on at a time: the screen's thread gets its turn between them.


class Marks:
    """The marked rows of one run; reading is for any thread, changing for one at a time."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.count = 0
        """How many are marked."""
        self._bytes = bytearray()
        # Made with the first mark: most runs never have one.

    def __contains__(self, number: int) -> bool:
        return self.count > 0 and self._bytes[number] == 1

    def __iter__(self) -> Iterator[int]:
        """Yield the marked places, rising."""
        place = self._bytes.find(1)
        while place >= 0:
            yield place
            place = self._bytes.find(1, place + 1)

    def toggle(self, number: int) -> bool:
        """Mark a row, or take its mark away; return whether it is marked now."""
        is_marked = number not in self
        self.put(number, is_marked=is_marked)
        return is_marked

    def put(self, number: int, *, is_marked: bool) -> None:
        """Mark a row or take its mark away."""
        if (number in self) == is_marked:
            return
        self._bytes = self._bytes or bytearray(self.rows)
        self._bytes[number] = is_marked
        self.count += 1 if is_marked else -1

    def clear(self) -> None:
        """Take every mark away."""
        self._bytes, self.count = bytearray(), 0

    def flags(self) -> bytes:
        """Return a byte for each row, 1 where it is marked."""
        return bytes(self._bytes or bytes(self.rows))

    def add(self, shown: bytes | None) -> None:
        """Mark the rows that have a 1 in ``shown``; None for all of them."""
        if shown is None:
            self._bytes, self.count = bytearray(b"\x01") * self.rows, self.rows
        else:
            self._take(_joined(int.__or__, self.flags(), shown))

    def invert(self, shown: bytes | None) -> None:
        """Mark of the rows with a 1 in ``shown`` those that are not marked, and those no more."""
        self._take(_joined(int.__xor__, self.flags(), shown or b"\x01" * self.rows))

    def _take(self, flags: bytearray) -> None:
        self._bytes, self.count = flags, flags.count(1)


def _joined(how: Callable[[int, int], int], mine: bytes, theirs: bytes) -> bytearray:
    """Join two rows of bytes as whole numbers, a part at a time: as fast as C does it."""
    found = bytearray()
    for start in range(0, len(mine), _PART):
        one, other = mine[start : start + _PART], theirs[start : start + _PART]
        number = how(int.from_bytes(one, "little"), int.from_bytes(other, "little"))
        found += number.to_bytes(len(one), "little")
    return found
