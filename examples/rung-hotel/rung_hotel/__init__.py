"""A hotel's guests: tiers by nights or spend, who is worth winning back, and what each is promised."""

from typing import Final

from rung.sdk import Sector, hookimpl

RUNG_API: Final = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the hotel sector."""
    from rung_hotel.sector import HOTEL

    return HOTEL
