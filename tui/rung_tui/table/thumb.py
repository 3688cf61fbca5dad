"""The scroll bar of a virtual table, drawn as the last cell of each row.

A widget of its own beside the rows would cut every line in two, and cost as much to draw as the rows.
"""

from __future__ import annotations

from typing import Final

__all__ = ["THUMB", "TRACK", "thumb", "top_at"]

THUMB: Final = "┃"
TRACK: Final = " "
# A line would stand double beside whatever borders the table.


def thumb(rows: int, height: int, top: int) -> range:
    """Return the lines the thumb covers, of ``height``; none where every row is in sight."""
    if rows <= height:
        return range(0)
    length = max(1, height * height // rows)
    last = rows - height
    start = round((height - length) * top / last)
    return range(start, start + length)


def top_at(rows: int, height: int, line: int) -> int:
    """Return the first row in sight when the thumb's middle is dragged to a line."""
    length = max(1, height * height // max(1, rows))
    free = max(1, height - length)
    share = (line - length // 2) / free
    return max(0, min(rows - height, round(share * (rows - height))))
