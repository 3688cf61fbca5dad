"""The panel ``stays``: how a guest stays with us in a few lines, and the nights of each month as bars."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from rung.sdk import CustomerSeen, Panel, PanelChart, PanelData, PanelRow, Text, Tone, hookimpl

__all__ = ["FILE_VARIABLE", "RUNG_API", "rung_panel", "show"]

RUNG_API: Final = 1

FILE_VARIABLE: Final = "RUNG_HOTEL_PMS"
"""The environment variable that names the property-management system's file; without it there are no bars."""

_MONTHS: Final = 12
_LONG_AGO, _LOW = 180, 3
# Days without a stay, and a mean rating: the bounds at which the ready policies begin to worry.
_NIGHTS: Final = """
    SELECT substr(departed_on, 1, 7), sum(nights) FROM stays
    WHERE guest_no = ? AND departed_on > ? AND departed_on <= ? GROUP BY 1
"""


def show(seen: CustomerSeen) -> PanelData | None:
    """Return the panel of a guest; None for one of whom neither a value nor a stay is known."""
    rows, chart = tuple(_rows(seen.values)), _chart(seen)
    return PanelData(rows=rows, chart=chart) if rows or chart else None


def _rows(values: Mapping[str, Any]) -> Iterator[PanelRow]:
    # What is missing, or covered for whoever looks, is not among the values.
    if (nights := values.get("nights_12m")) is not None:
        yield PanelRow(Text("近12个月间夜", "Nights in 12 months"), Text(f"{nights}晚", f"{nights} nights"))
    if (share := values.get("direct_share_24m")) is not None:
        tone = Tone.GOOD if share >= 50 else Tone.PLAIN
        yield PanelRow(Text("直订", "Booked directly"), f"{share.normalize():f} %", tone=tone)
    if (days := values.get("days_since_stay")) is not None:
        yield _latest(days)
    if (rating := values.get("mean_rating_12m")) is not None:
        tone = Tone.BAD if rating < _LOW else Tone.PLAIN
        yield PanelRow(Text("平均评分", "Mean rating"), f"{rating:.1f} / 5", tone=tone)


def _latest(days: Decimal) -> PanelRow:
    asleep = Text("半年以上没有入住", "asleep for more than half a year") if days > _LONG_AGO else None
    return PanelRow(
        Text("上次离店", "Last stay"),
        Text(f"{days}天前", f"{days} days ago"),
        note=asleep,
        tone=Tone.BAD if asleep else Tone.PLAIN,
    )


def _chart(seen: CustomerSeen) -> PanelChart | None:
    file = os.environ.get(FILE_VARIABLE)
    if not file or not Path(file).is_file():
        return None
    months = tuple(_months(seen.as_of))
    begin = f"{months[0]}-00"
    with closing(sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as base:
        nights = dict(base.execute(_NIGHTS, (seen.customer_id, begin, seen.as_of.isoformat())).fetchall())
    if not nights:
        return None
    return PanelChart(tuple((month, float(nights.get(month, 0))) for month in months), unit="晚")


def _months(as_of: date) -> Iterator[str]:
    """Yield the months of a year up to a day's own, as ``2026-06``."""
    last = as_of.year * 12 + as_of.month - 1
    for month in range(last - _MONTHS + 1, last + 1):
        yield f"{month // 12}-{month % 12 + 1:02d}"


@hookimpl
def rung_panel() -> Panel:
    """Return the panel."""
    return Panel(id="stays", title=Text("住宿", "Stays"), sectors=("hotel",), show=show)
