"""Runs at rest: what one grading of one population gave, kept whole and never changed after."""

from rung.runs.arrow import ArrowFile
from rung.runs.manifest import Manifest
from rung.runs.run import Customer, Run
from rung.runs.store import RunStore, Shelved

__all__ = ["ArrowFile", "Customer", "Manifest", "Run", "RunStore", "Shelved"]
