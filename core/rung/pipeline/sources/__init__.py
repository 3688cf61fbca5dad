"""Data sources: asks a plugin for customers and events, and lays them down as tables that intake reads."""

from rung.pipeline.sources.asked import Asked, Supplied, supplied_tables
from rung.pipeline.sources.options import Given, Options, read_options
from rung.pipeline.sources.wanted import wanted_of

__all__ = [
    "Asked",
    "Given",
    "Options",
    "Supplied",
    "read_options",
    "supplied_tables",
    "wanted_of",
]
