"""The columns of the tables a due list is made from, and of the rows each promise gives."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from rung.service.day_columns import MOMENT
from rung.service.due_list import PARTS

__all__ = ["ARRIVED", "CONTACTS", "DOCUMENT", "HOLDERS", "LOOKED_AT", "PART", "empty"]

DOCUMENT: Final = "document"
"""What arrives that somebody passes before it goes out, as the table of arrivals calls it."""
CONTACTS: Final[dict[str, Any]] = {"customer_id": pl.String, "at": MOMENT, "next_on": pl.Date}
"""The columns needed of last contacts: of each customer the last that reached them."""
ARRIVED: Final[dict[str, Any]] = {
    "customer_id": pl.String,
    "to": pl.String,
    "at": MOMENT,
    "note": pl.String,
}
"""The columns of what arrived and is not answered yet: ``to`` as in ``Respond.to``, ``note`` its id."""
LOOKED_AT: Final[dict[str, Any]] = {"customer_id": pl.String, "at": MOMENT}
"""The columns needed of looks at grades: of each customer the last review, override or judgement."""
HOLDERS: Final[dict[str, Any]] = {"customer_id": pl.String, "account": pl.String, "since": MOMENT}
"""The columns needed of holders; who has no ``account`` is in the public pool."""
PART: Final[dict[str, Any]] = {
    name: PARTS[name] for name in ("row", "duty", "note", "first", "due", "latest", "at")
}
"""The columns of what one promise gives; how late it is and how it is worked come to all of them at once."""


def empty(*names: str) -> dict[str, pl.Expr]:
    """Return columns of ``PART`` with nothing in them."""
    return {name: pl.lit(None, PART[name]) for name in names}
