"""Sales leads and pipeline: prospects from the first mail to the repeat order, for export and field sales."""

from typing import Final

from rung.sdk import Sector, hookimpl

RUNG_API: Final = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the sales sector."""
    from rung_sales.sector import SALES

    return SALES
