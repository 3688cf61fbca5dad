"""Engineering projects: clients with their contracts, payments and surveys, for the client manager."""

from typing import Final

from rung.sdk import Sector, hookimpl

RUNG_API: Final = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the engineering sector."""
    from rung_engineering.sector import ENGINEERING

    return ENGINEERING
