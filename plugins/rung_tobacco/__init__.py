"""Cigarette retail: shops with their orders and visits, for the district's customer manager."""

from typing import Final

from rung.sdk import Sector, hookimpl

RUNG_API: Final = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the tobacco sector."""
    from rung_tobacco.sector import TOBACCO

    return TOBACCO
