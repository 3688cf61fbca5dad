"""The lines above and below what is due: whose list it is, which part of it, how the calls go."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.bar import Bar, Piece
from rung_tui.due.desk import DueDesk
from rung_tui.due.wish import SPANS
from rung_tui.language import _, language_name, words

__all__ = ["DueStatus", "DueTitle", "DueViews"]


class DueTitle(Bar):
    """What the list is about, and from which day it is looked at."""

    DEFAULT_CSS = """
    DueTitle { background: $panel; }
    """

    def __init__(self, desk: DueDesk) -> None:
        super().__init__(widget_id="title")
        self._desk = desk

    def pieces(self) -> Iterable[Piece]:
        """Return mode, policies and day."""
        yield Piece(" Rung ", "title")
        yield Piece(" " + _("Due"), "strong")
        listing = self._desk.listing
        if listing is None:
            return
        titles = list(listing.titles.values())
        if len(titles) == 1:
            yield Piece(f"  {words(titles[0])}", "", "policies")
        else:
            yield Piece("  " + _("{count} policies").format(count=len(titles)), "", "policies")
        yield Piece(f"  {listing.whole.day}", "muted")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the language."""
        yield Piece(language_name(), "muted", "app.language")
        yield Piece(" ")


class DueViews(Bar):
    """Which part of what is due is shown, each with the key that changes it."""

    DEFAULT_CSS = """
    DueViews { background: $surface; }
    """

    def __init__(self, desk: DueDesk) -> None:
        super().__init__(widget_id="views")
        self._desk = desk

    def pieces(self) -> Iterable[Piece]:
        """Return the choices, those of now marked."""
        wish, listing = self._desk.wish, self._desk.listing
        yield Piece(" m", "key", "mine")
        yield _choice(_("All"), "whose(0)", here=not wish.is_mine)
        yield _choice(_("Mine"), "whose(1)", here=wish.is_mine)
        yield Piece(" w", "key", "within")
        for days in SPANS:
            named = _("{n} d").format(n=days) if days else _("Today")
            yield _choice(named, f"span({days})", here=wish.within == days)
        if listing is not None and listing.has_more_policies:
            yield Piece(" a", "key", "policies")
            yield _choice(_("All policies"), "policies", here=wish.policy is None)
        yield Piece(" t", "key", "kind")
        whole = 0 if listing is None else len(listing.whole)
        yield _choice(_("Every kind {count}").format(count=f"{whole:,}"), "of('')", here=wish.kind is None)
        for kind, (title, count) in ({} if listing is None else listing.kinds).items():
            yield _choice(f"{words(title)} {count:,}", f"of('{kind}')", here=wish.kind == kind)


def _choice(text: str, action: str, *, here: bool) -> Piece:
    return Piece(f"[{text}]" if here else f" {text} ", "strong" if here else "muted", action)


class DueStatus(Bar):
    """How many are due and late, and how the calls go."""

    DEFAULT_CSS = """
    DueStatus { background: $surface; }
    """

    def __init__(self, desk: DueDesk) -> None:
        super().__init__(widget_id="status")
        self._desk = desk
        self.place = 0
        self.work = ""
        """What is being worked at, in words; "" when nothing is."""

    def pieces(self) -> Iterable[Piece]:
        """Return place, number, lateness and the calls."""
        listing, tally = self._desk.listing, self._desk.tally
        shown = 0 if listing is None else len(listing.due)
        place = f"{self.place + 1:,}" if shown else "0"
        yield Piece(f" {place}/{shown:,} ", "strong")
        if listing is not None and listing.due.late:
            yield Piece(" " + _("late {n}").format(n=f"{listing.due.late:,}"), "bad")
        if tally.calls or tally.skipped or tally.undone:
            told = _("Calls: {calls}, reached {reached}, skipped {skipped}, taken back {undone}.")
            words_ = told.format(
                calls=tally.calls, reached=tally.reached, skipped=tally.skipped, undone=tally.undone
            )
            yield Piece(f"  {words_}", "muted")
        if listing is not None and shown and len(owed := listing.owed_by) == 1 and (role := next(iter(owed))):
            named = role if isinstance(role, str) else words(role)
            yield Piece("  " + _("Owed by: {role}").format(role=named), "muted")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the work under way."""
        if self.work:
            yield Piece(f"{self.work} ", "pending")
