"""Places of rows in a run, as Polars holds them: four bytes each, and handed out a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Places"]

_PART: Final = 1 << 16
# Rows made bytes of at a time: the screen's thread gets its turn between them.


class Places(Sequence[int]):
    """A sequence over whole numbers of a series; none of them becomes an object before it is asked for."""

    def __init__(self, numbers: pl.Series) -> None:
        self._numbers = numbers

    @property
    def series(self) -> pl.Series:
        """The numbers."""
        return self._numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            return self._numbers[place].to_list()
        return int(self._numbers[place])

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers.to_list())

    def flags(self, rows: int) -> bytes:
        """Return a byte for each row of the run, 1 where it is among these."""
        import polars as pl

        flags = pl.repeat(0, rows, dtype=pl.UInt8, eager=True).scatter(self._numbers, 1)
        return b"".join(bytes(flags.slice(start, _PART).to_list()) for start in range(0, rows, _PART))

    def index(self, value: int, start: int = 0, stop: int | None = None) -> int:
        """Return the first place of a value between two places; raises ValueError where there is none."""
        found = self._numbers.slice(start, None if stop is None else max(0, stop - start)).index_of(value)
        if found is None:
            raise ValueError(value)
        return start + found
