"""The lines above and below what is due: whose list it is, which part of it, how the calls go."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.bar import Piece
from rung_tui.due.desk import DueDesk
from rung_tui.due.wish import SPANS
from rung_tui.language import _, words
from rung_tui.modes.bars import ListStatus, ModeTitle, ModeViews, choice
from rung_tui.modes.own import whose_pieces

__all__ = ["DueStatus", "DueTitle", "DueViews"]


class DueTitle(ModeTitle[DueDesk]):
    """What the list is about, and from which day it is looked at."""

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


class DueViews(ModeViews[DueDesk]):
    """Which part of what is due is shown, each with the key that changes it."""

    def pieces(self) -> Iterable[Piece]:
        """Return the choices, those of now marked."""
        wish, listing = self._desk.wish, self._desk.listing
        yield from whose_pieces(self, wish)
        yield self.key("within")
        for days in SPANS:
            named = _("{n} d").format(n=days) if days else _("Today")
            yield choice(named, f"span({days})", here=wish.within == days)
        if listing is not None and listing.has_more_policies:
            yield self.key("policies")
            yield choice(_("All policies"), "policies", here=wish.policy is None)
        yield self.key("kind")
        whole = 0 if listing is None else len(listing.whole)
        yield choice(_("Every kind {count}").format(count=f"{whole:,}"), "of('')", here=wish.kind is None)
        for kind, (title, count) in ({} if listing is None else listing.kinds).items():
            yield choice(f"{words(title)} {count:,}", f"of('{kind}')", here=wish.kind == kind)


class DueStatus(ListStatus[DueDesk]):
    """How many are due and late, and how the calls go."""

    def pieces(self) -> Iterable[Piece]:
        """Return place, number, lateness and the calls."""
        listing, tally = self._desk.listing, self._desk.tally
        shown = 0 if listing is None else len(listing.due)
        yield self.place_piece(shown)
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
