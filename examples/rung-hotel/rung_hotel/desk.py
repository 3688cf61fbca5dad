"""Told of alarms: each becomes a line of JSON in the file the front desk's screen reads."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rung.sdk import hookimpl

__all__ = ["FILE_VARIABLE", "RUNG_API", "rung_alarm_raised"]

RUNG_API: Final = 1

FILE_VARIABLE: Final = "RUNG_HOTEL_DESK"
"""The environment variable that names the file."""

_TOLD: Final = ("id", "alarm", "title", "reason", "customer_id", "customer_name", "raised_at", "duties")


@hookimpl
def rung_alarm_raised(alarm: Mapping[str, Any]) -> str:
    """Add the alarm to the desk's file, once: the same alarm may come again."""
    named = os.environ.get(FILE_VARIABLE)
    if not named:
        # Raised, so that the alarm stays undelivered on record and comes again once the file is named.
        raise LookupError(f"Set {FILE_VARIABLE} to the file the front desk's screen reads.")
    file = Path(named)
    if _is_there(file, alarm["id"]):
        return f"was on the desk's screen already, in {file.name}"
    line = json.dumps({key: alarm.get(key) for key in _TOLD}, ensure_ascii=False, default=str)
    # One write to a file opened to append: two programs at once do not tear each other's lines.
    with file.open("ab", buffering=0) as desk:
        desk.write(f"{line}\n".encode())
    return f"on the desk's screen, in {file.name}"


def _is_there(file: Path, wanted: object) -> bool:
    if not file.exists():
        return False
    with file.open(encoding="utf-8") as lines:
        return any(json.loads(line)["id"] == wanted for line in lines if line.strip())
