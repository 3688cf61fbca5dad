"""A customer's whole page, top to bottom, for a width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rung_tui.customer.head import head
from rung_tui.customer.held import flags, gates, reasons, rules
from rung_tui.customer.outlook import change, cutoffs, service
from rung_tui.customer.past import history, notes, record
from rung_tui.customer.scales import matrix, scales
from rung_tui.customer.told import Told
from rung_tui.customer.waterfall import waterfall
from rung_tui.drawn import Line

__all__ = ["page"]

_PARTS: Final[tuple[Callable[[Told, int], list[Line]], ...]] = (
    reasons,
    waterfall,
    scales,
    matrix,
    rules,
    cutoffs,
    gates,
    flags,
    change,
    service,
    record,
    notes,
    history,
)


def page(told: Told, width: int) -> list[Line]:
    """Return every line, in the language of now; parts are an empty line apart."""
    lines = head(told, width)
    for part in _PARTS:
        found = part(told, width)
        if found:
            lines += [(), *found]
    return lines
