"""Everything a plugin may import from Rung; what is not here may change without notice."""

from rung import sampling
from rung.hooks import API_EDITION, hookimpl
from rung.supplies import (
    CustomerSeen,
    DataSource,
    Exporter,
    Panel,
    PanelChart,
    PanelData,
    PanelRow,
    SourceTables,
    SourceWanted,
    Tone,
)
from rung.text import Text
from rung.vocabulary import (
    Aggregate,
    Choice,
    EventTable,
    Feature,
    Field,
    Kind,
    Measure,
    Outcome,
    RecordState,
    RecordType,
    Sample,
    Sector,
)

__all__ = [
    "API_EDITION",
    "Aggregate",
    "Choice",
    "CustomerSeen",
    "DataSource",
    "EventTable",
    "Exporter",
    "Feature",
    "Field",
    "Kind",
    "Measure",
    "Outcome",
    "Panel",
    "PanelChart",
    "PanelData",
    "PanelRow",
    "RecordState",
    "RecordType",
    "Sample",
    "Sector",
    "SourceTables",
    "SourceWanted",
    "Text",
    "Tone",
    "hookimpl",
    "sampling",
]
