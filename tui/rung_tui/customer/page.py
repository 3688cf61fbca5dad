"""A customer's whole page for a width: sections of parts, top to bottom, and where each section begins."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from rung_tui.customer.evidence import evidence
from rung_tui.customer.head import head
from rung_tui.customer.held import flags, gates, reasons, rules
from rung_tui.customer.outlook import change, cutoffs, owed, service
from rung_tui.customer.panels import panels
from rung_tui.customer.past import history, notes, record
from rung_tui.customer.scales import matrix, scales
from rung_tui.customer.told import Told
from rung_tui.customer.trial import trial
from rung_tui.customer.waterfall import waterfall
from rung_tui.drawn import Line
from rung_tui.language import _

__all__ = ["SECTIONS", "LaidOut", "Section", "laid_out", "page"]

Part = Callable[[Told, int], list[Line]]


@dataclass(frozen=True, slots=True)
class Section:
    """Some parts of the page that one goes to by a key."""

    id: str
    title: Callable[[], str]
    parts: tuple[Part, ...]
    is_optional: bool = False
    """Whether nobody is told of it where it is empty."""


SECTIONS: Final = (
    Section("why", lambda: _("Why"), (reasons, waterfall, scales, matrix, rules, cutoffs)),
    Section("gates", lambda: _("Gates"), (gates, flags)),
    Section("change", lambda: _("Change"), (change,)),
    Section("service", lambda: _("Service"), (owed, service)),
    Section("evidence", lambda: _("Evidence"), (evidence,)),
    Section("record", lambda: _("Record"), (record,)),
    Section("notes", lambda: _("Notes"), (notes,)),
    Section("grades", lambda: _("Grades"), (history,)),
    Section("panels", lambda: _("Panels"), (panels,), is_optional=True),
)
"""In the order of the page; each is a number key away."""
_TRIED: Final = (trial, waterfall, scales, matrix, rules, cutoffs, reasons, gates, flags, service)
# With other values: what comes of them, the stairs first.


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The lines, and where each section begins that has any."""

    lines: list[Line]
    begins: dict[str, int]


def laid_out(told: Told, width: int, wanted: Collection[str] | None = None) -> LaidOut:
    """Return the sections wanted, all if left out, in the language of now; parts are an empty line apart."""
    if told.tried is not None:
        lines: list[Line] = []
        _add(lines, _TRIED, told, width)
        return LaidOut(lines, {})
    lines = head(told, width) if wanted is None or SECTIONS[0].id in wanted else []
    begins: dict[str, int] = {SECTIONS[0].id: 0} if lines else {}
    for section in SECTIONS:
        if wanted is None or section.id in wanted:
            start = len(lines)
            if _add(lines, section.parts, told, width):
                begins.setdefault(section.id, start + bool(start))
    return LaidOut(lines, begins)


def _add(lines: list[Line], parts: tuple[Part, ...], told: Told, width: int) -> bool:
    """Add what the parts have to say; return whether that is anything."""
    before = len(lines)
    for part in parts:
        found = part(told, width)
        if found:
            lines += [(), *found] if lines else found
    return len(lines) > before


def page(told: Told, width: int) -> list[Line]:
    """Return every line, in the language of now."""
    return laid_out(told, width).lines
