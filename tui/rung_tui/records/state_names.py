"""The states one may narrow a list by, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.chooser import Choice
from rung_tui.language import _, words
from rung_tui.records.wish import ALL, OPEN, WITHDRAWN, RecordsWish

if TYPE_CHECKING:
    from rung_tui.records.listing import Listing

__all__ = ["state_choices", "state_name"]


def state_choices(wish: RecordsWish, listing: Listing) -> list[Choice]:
    """Return what may be chosen: open ones, all, and each state of the type, or of all types."""
    if wish.is_alarms:
        return [
            Choice(OPEN, _("Not closed")),
            Choice("answered", _("Answered, to be closed")),
            Choice("closed", _("Closed")),
            Choice(ALL, _("All"), _("closed ones too")),
        ]
    types = [listing.declared(wish.type)] if wish.type is not None else list(listing.types)
    states: dict[str, Choice] = {}
    for declared in types:
        for each in () if declared is None else declared.type.states:
            states.setdefault(each.id, Choice(each.id, words(each.title), "" if each.is_open else "■"))
    return [
        Choice(OPEN, _("Still open")),
        Choice(ALL, _("All"), _("closed ones too")),
        *states.values(),
        Choice(WITHDRAWN, _("Taken back")),
    ]


def state_name(wish: RecordsWish, listing: Listing | None) -> str:
    """Return what the state chosen is called."""
    chosen = wish.alarm_state if wish.is_alarms else wish.state
    if listing is None:
        return _("Still open") if chosen == OPEN else chosen
    found = (each.title for each in state_choices(wish, listing) if each.id == chosen)
    return next(found, chosen)
