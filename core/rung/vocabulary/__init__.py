"""What a sector can be asked about: fields, event tables, features and measures, declared as data."""

from rung.vocabulary.features import Aggregate, EventTable, Feature, Measure
from rung.vocabulary.names import Vocabulary
from rung.vocabulary.quantities import LIMIT, Choice, Field, Kind, Quantity
from rung.vocabulary.records import Outcome, RecordState, RecordType
from rung.vocabulary.sectors import Sample, Sector

__all__ = [
    "LIMIT",
    "Aggregate",
    "Choice",
    "EventTable",
    "Feature",
    "Field",
    "Kind",
    "Measure",
    "Outcome",
    "Quantity",
    "RecordState",
    "RecordType",
    "Sample",
    "Sector",
    "Vocabulary",
]
