"""The lines above and below the list: what it is a list of, how it is narrowed, how many are late."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.bar import Piece
from rung_tui.language import _
from rung_tui.modes.bars import ListStatus, ModeTitle, ModeViews, choice
from rung_tui.modes.own import whose_pieces
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.listing import type_key
from rung_tui.records.state_names import state_name

__all__ = ["RecordsStatus", "RecordsTitle", "RecordsViews"]


class RecordsTitle(ModeTitle[RecordsDesk]):
    """Which list it is, and whom it is about."""

    def pieces(self) -> Iterable[Piece]:
        """Return mode, side and customer."""
        wish = self._desk.wish
        yield Piece(" Rung ", "title")
        yield self.key("side", "filed" if wish.is_alarms else "alarms")
        yield choice(_("Records"), "show_side(0)", here=not wish.is_alarms)
        yield choice(_("Alarms"), "show_side(1)", here=wish.is_alarms)
        if wish.customer is not None:
            yield self.key("customer_only", blank="  ")
            yield Piece(_("Customer {id} ✗").format(id=wish.customer), "strong", "everybody")


class RecordsViews(ModeViews[RecordsDesk]):
    """Which of them are shown, each choice with the key that changes it."""

    def pieces(self) -> Iterable[Piece]:
        """Return the choices, those of now marked."""
        wish, listing = self._desk.wish, self._desk.listing
        yield from whose_pieces(self, wish)
        yield self.key("late")
        yield choice(_("Late only"), "late", here=wish.is_late)
        yield self.key("state")
        yield Piece(f"[{state_name(wish, listing)}]", "strong", "state")
        if wish.is_alarms or listing is None:
            return
        yield self.key("type", blank="  ")
        yield choice(_("Every type"), "of('')", here=wish.type is None)
        for each in listing.types:
            key = type_key(each)
            yield choice(listing.called(each), f"of('{key}')", here=wish.type == key)


class RecordsStatus(ListStatus[RecordsDesk]):
    """How many there are, how many late, and what was begun."""

    def pieces(self) -> Iterable[Piece]:
        """Return place, number and lateness."""
        listing = self._desk.listing
        shown = 0 if listing is None else len(listing)
        yield self.place_piece(shown)
        if listing is not None and listing.late:
            yield Piece(" " + _("late {n}").format(n=f"{listing.late:,}"), "bad")
        if begun := self._desk.begun():
            yield Piece(f"  {begun}", "pending")
