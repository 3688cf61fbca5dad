"""Intake: from a source file to the measured frame every other room works on."""

from rung.intake.draft import draft_mapping
from rung.intake.intake import Intake
from rung.intake.mapping import MappingFile, read_mapping
from rung.intake.measures import MeasureFault
from rung.intake.quality import ColumnQuality, EventQuality, ExpiredQuality, FileQuality, Quality, Unread
from rung.intake.rejected import Rejection
from rung.intake.request import Duplicates, IntakeRequest
from rung.intake.take import take_in

__all__ = [
    "ColumnQuality",
    "Duplicates",
    "EventQuality",
    "ExpiredQuality",
    "FileQuality",
    "Intake",
    "IntakeRequest",
    "MappingFile",
    "MeasureFault",
    "Quality",
    "Rejection",
    "Unread",
    "draft_mapping",
    "read_mapping",
    "take_in",
]
