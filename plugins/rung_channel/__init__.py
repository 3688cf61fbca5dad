"""Special channels of a beverage maker: schools, hospitals, cinemas and the like, and who handles them."""

from typing import Final

from rung.sdk import Sector, hookimpl

RUNG_API: Final = 1


@hookimpl
def rung_sector() -> Sector:
    """Return the special-channel sector."""
    from rung_channel.sector import CHANNEL

    return CHANNEL
