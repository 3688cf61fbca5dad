"""The lines above and below the list: what it is a list of, how it is narrowed, how many are late."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.bar import Bar, Piece
from rung_tui.language import _, language_name, words
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.listing import type_key
from rung_tui.records.state_names import state_name

__all__ = ["RecordsStatus", "RecordsTitle", "RecordsViews"]


class RecordsTitle(Bar):
    """Which list it is, and whom it is about."""

    DEFAULT_CSS = """
    RecordsTitle { background: $panel; }
    """

    def __init__(self, desk: RecordsDesk) -> None:
        super().__init__(widget_id="title")
        self._desk = desk

    def pieces(self) -> Iterable[Piece]:
        """Return mode, side and customer."""
        wish = self._desk.wish
        yield Piece(" Rung ", "title")
        yield Piece(" a", "key", "side")
        yield _choice(_("Records"), "show_side(0)", here=not wish.is_alarms)
        yield _choice(_("Alarms"), "show_side(1)", here=wish.is_alarms)
        if wish.customer is not None:
            yield Piece("  / ", "key", "customer_only")
            yield Piece(_("Customer {id} ✗").format(id=wish.customer), "strong", "everybody")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the language."""
        yield Piece(language_name(), "muted", "app.language")
        yield Piece(" ")


class RecordsViews(Bar):
    """Which of them are shown, each choice with the key that changes it."""

    DEFAULT_CSS = """
    RecordsViews { background: $surface; }
    """

    def __init__(self, desk: RecordsDesk) -> None:
        super().__init__(widget_id="views")
        self._desk = desk

    def pieces(self) -> Iterable[Piece]:
        """Return the choices, those of now marked."""
        wish, listing = self._desk.wish, self._desk.listing
        yield Piece(" m", "key", "mine")
        yield _choice(_("All"), "whose(0)", here=not wish.is_mine)
        yield _choice(_("Mine"), "whose(1)", here=wish.is_mine)
        yield Piece(" l", "key", "late")
        yield _choice(_("Late only"), "late", here=wish.is_late)
        yield Piece(" s", "key", "state")
        yield Piece(f"[{state_name(wish, listing)}]", "strong", "state")
        if wish.is_alarms or listing is None:
            return
        yield Piece("  t", "key", "type")
        yield _choice(_("Every type"), "of('')", here=wish.type is None)
        for each in listing.types:
            key = type_key(each)
            yield _choice(words(each.type.title), f"of('{key}')", here=wish.type == key)


def _choice(text: str, action: str, *, here: bool) -> Piece:
    return Piece(f"[{text}]" if here else f" {text} ", "strong" if here else "muted", action)


class RecordsStatus(Bar):
    """How many there are, how many late, and what was begun."""

    DEFAULT_CSS = """
    RecordsStatus { background: $surface; }
    """

    def __init__(self, desk: RecordsDesk) -> None:
        super().__init__(widget_id="status")
        self._desk = desk
        self.place = 0
        self.work = ""
        """What is being worked at, in words; "" when nothing is."""

    def pieces(self) -> Iterable[Piece]:
        """Return place, number and lateness."""
        listing = self._desk.listing
        shown = 0 if listing is None else len(listing)
        place = f"{self.place + 1:,}" if shown else "0"
        yield Piece(f" {place}/{shown:,} ", "strong")
        if listing is not None and listing.late:
            yield Piece(" " + _("late {n}").format(n=f"{listing.late:,}"), "bad")
        if begun := self._desk.begun():
            yield Piece(f"  {begun}", "pending")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the work under way."""
        if self.work:
            yield Piece(f"{self.work} ", "pending")
