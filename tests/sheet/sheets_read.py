"""A rating sheet as its words, the moment it is drawn at, and a name that means harm."""

from __future__ import annotations

from datetime import UTC, datetime

from printing import Reader

from rung.sheet import Sheet, rating_sheets

NOW = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
EVIL = "<script>alert(1)</script> & \u202eeman\u202c \x1b[31m"


def words(sheet: Sheet) -> str:
    return Reader(rating_sheets([sheet])).words
