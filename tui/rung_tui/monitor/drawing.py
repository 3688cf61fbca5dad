"""Draws whatever a view found; loaded with the core behind it, never on the screen's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.language import _, spoken
from rung_tui.monitor.concentration import concentration_lines
from rung_tui.monitor.distribution import distribution_lines
from rung_tui.monitor.migration import migration_lines
from rung_tui.monitor.overrides import overrides_lines
from rung_tui.monitor.service import service_lines
from rung_tui.monitor.wish import View
from rung_tui.scale import scale_of_run

if TYPE_CHECKING:
    from rung_tui.monitor.desk import MonitorDesk

__all__ = ["drawn"]


def drawn(desk: MonitorDesk, view: View, found: Any, width: int, height: int) -> list[Line]:
    """Return the lines of a view."""
    spoken()
    match view:
        case View.DISTRIBUTION:
            return distribution_lines(found, width)
        case View.CONCENTRATION:
            return concentration_lines(found, width, height)
        case View.MIGRATION if found is None:
            told = _("There is no other run by this policy to compare with: grade the customers again.")
            return paragraph([told], width)
        case View.MIGRATION:
            return migration_lines(found, width, desk.place)
        case View.OVERRIDES:
            scale = scale_of_run(desk.manifests[found.subject.run_id])
            return overrides_lines(found, width, desk.workspace.human_input.people.name, scale)
        case View.SERVICE:
            return service_lines(found, width)
