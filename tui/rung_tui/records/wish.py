"""Which records or alarms are wanted: of which type and state, whose, how late, about whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rung.workspace.arrivals.listed import AlarmsWanted
    from rung.workspace.recording.views import RecordsWanted

__all__ = ["ALL", "OPEN", "WITHDRAWN", "RecordsWish"]

OPEN: Final = "open"
"""What is still worked on: open records; alarms that are not closed."""
ALL: Final = "all"
WITHDRAWN: Final = "withdrawn"
"""Records taken back, and no others."""


@dataclass(frozen=True, slots=True)
class RecordsWish:
    """What a person asked the list for."""

    is_alarms: bool = False
    type: str | None = None
    """As ``sector.type``; None: of every type."""
    state: str = OPEN
    """``OPEN``, ``ALL``, or the id of a state."""
    alarm_state: str = OPEN
    """``OPEN``, ``ALL``, or the value of an alarm's state."""
    is_mine: bool | None = None
    """Only records one opened or about customers of one's own, and alarms before oneself; None: where one
    looks after any customers."""
    is_late: bool = False
    customer: str | None = None
    """Only those about a customer, by id."""

    def records(self) -> RecordsWanted:
        """Return which records that is."""
        from rung.workspace.recording.views import RecordsWanted

        is_state = self.state not in (OPEN, ALL)
        return RecordsWanted(
            type=self.type,
            states=(self.state,) if is_state else (),
            customer_id=self.customer,
            is_mine=bool(self.is_mine),
            is_open=True if self.state == OPEN else None,
            is_late=self.is_late,
            withdrawn=self.state == WITHDRAWN,
        )

    def alarms(self) -> AlarmsWanted:
        """Return which alarms that is."""
        from rung.workspace.arrivals.listed import STATES, AlarmsWanted
        from rung.workspace.whose import ME

        states = {OPEN: STATES[:2], ALL: STATES}.get(self.alarm_state, (self.alarm_state,))
        return AlarmsWanted(
            states=states,
            is_late=self.is_late,
            name=ME if self.is_mine else None,
            customer_id=self.customer,
        )
