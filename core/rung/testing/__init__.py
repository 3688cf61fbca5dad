"""Conformance suites for plugins: ``class TestHotel(SectorSuite): plugin = "hotel"``; and pytest fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rung.testing.alarm_suite import AlarmSuite
    from rung.testing.exporter_suite import ExporterSuite
    from rung.testing.panel_suite import PanelSuite
    from rung.testing.sector_suite import SectorSuite
    from rung.testing.source_suite import SourceSuite

__all__ = ["AlarmSuite", "ExporterSuite", "PanelSuite", "SectorSuite", "SourceSuite"]

_MODULES = {
    "AlarmSuite": "alarm_suite",
    "ExporterSuite": "exporter_suite",
    "PanelSuite": "panel_suite",
    "SectorSuite": "sector_suite",
    "SourceSuite": "source_suite",
}


def __getattr__(name: str) -> Any:
    # Every pytest session of whoever has Rung installed imports this package, for its fixtures.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
