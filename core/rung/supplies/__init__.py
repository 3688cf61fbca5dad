"""What a plugin may supply besides a sector: data sources, exporters, and panels of the customer page."""

from rung.supplies.exporters import Exporter
from rung.supplies.panels import CustomerSeen, Panel, PanelChart, PanelData, PanelRow, Tone
from rung.supplies.sources import DataSource, SourceTables, SourceWanted

__all__ = [
    "CustomerSeen",
    "DataSource",
    "Exporter",
    "Panel",
    "PanelChart",
    "PanelData",
    "PanelRow",
    "SourceTables",
    "SourceWanted",
    "Tone",
]
