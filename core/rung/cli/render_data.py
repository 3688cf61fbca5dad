"""Says what a person should know of the tables read: rows set aside, values not read, columns not found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rung.cli.terminal import line
from rung.text import _
from rung.workspace.data_words import data_words

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["render_data", "together"]


def together(qualities: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the quality reports of one table, each of one policy's columns, as one."""
    first = qualities[0]
    if len(qualities) == 1:
        return first
    by_id = {
        key: list({each["id"]: each for quality in qualities for each in quality.get(key, ())}.values())
        for key in ("columns", "events", "expired")
    }
    absent = dict.fromkeys(name for quality in qualities for name in quality["absent"])
    return {**first, **by_id, "absent": list(absent)}


def render_data(quality: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Say what a person should know of the data: rows set aside, values not read, columns not found."""
    words = data_words(quality)
    if words:
        yield line("")
        yield line(_("The data"), "bold cyan underline")
        for each in words:
            yield line(f"  {each}")
