"""Everything a plugin may import from Rung; what is not here may change without notice."""

from rung import sampling
from rung.hooks import API_EDITION, hookimpl
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
    "EventTable",
    "Feature",
    "Field",
    "Kind",
    "Measure",
    "Outcome",
    "RecordState",
    "RecordType",
    "Sample",
    "Sector",
    "Text",
    "hookimpl",
    "sampling",
]
