"""Wealth management: a bank's or broker's investors by what they trade, bring in and cost to serve."""

from typing import Final

from rung.sdk import Sector, hookimpl

RUNG_API: Final = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the wealth-management sector."""
    from rung_wealth.sector import WEALTH

    return WEALTH
