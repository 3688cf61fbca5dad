"""General customer management: any firm's customers by value, relationship and behaviour."""

from typing import Final

from rung.sdk import Sector, hookimpl

RUNG_API: Final = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the general sector."""
    from rung_general.sector import GENERAL

    return GENERAL
