"""The lines above and below what awaits decisions: who one is and acts for, the views, how many."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.approvals.desk import ApprovalsDesk
from rung_tui.approvals.wish import View
from rung_tui.bar import Piece
from rung_tui.language import _, words
from rung_tui.modes.bars import ListStatus, ModeTitle, ModeViews, choice

__all__ = ["ApprovalsStatus", "ApprovalsTitle", "ApprovalsViews"]


class ApprovalsTitle(ModeTitle[ApprovalsDesk]):
    """Who decides here, and for whom they stand in."""

    def pieces(self) -> Iterable[Piece]:
        """Return mode, person, role and for whom they stand in."""
        yield Piece(" Rung ", "title")
        yield Piece(" " + _("Approvals"), "strong")
        listing = self._desk.listing
        if listing is None:
            return
        me = listing.deciders.me
        yield Piece(f"  {me.name} · {words(me.role.words)}", "muted")
        if listing.deciders.lent:
            people = self._desk.workspace.human_input.people
            absent = _(", ").join(people.name(each.on_behalf_of) for each in listing.deciders.lent)
            yield Piece("  " + _("standing in for {names}").format(names=absent), "warning", "stand_ins")


class ApprovalsViews(ModeViews[ApprovalsDesk]):
    """The views, that of now marked, and whose policies are looked at."""

    def pieces(self) -> Iterable[Piece]:
        """Return the choices."""
        wish, listing = self._desk.wish, self._desk.listing
        yield self.key("view")
        for view in View:
            count = None if listing is None else listing.count(view)
            named = view.named if count is None else f"{view.named} {count:,}"
            yield choice(named, f"show_view('{view.value}')", here=wish.view is view)
        if listing is not None and (listing.has_more_policies or wish.policy is not None):
            yield self.key("policies")
            yield choice(_("All policies"), "policies", here=wish.policy is None)


class ApprovalsStatus(ListStatus[ApprovalsDesk]):
    """Where one is on the list, what is marked, and what is being worked at."""

    def pieces(self) -> Iterable[Piece]:
        """Return place, number, marks and what was decided."""
        desk, listing = self._desk, self._desk.listing
        shown = 0 if listing is None else len(listing.found)
        yield self.place_piece(shown)
        if desk.marked:
            marked = _("marked {n}: a decision is for all of them").format(n=f"{len(desk.marked):,}")
            yield Piece(f" {marked} ", "pending", "unmark")
        if listing is not None and listing.done:
            yield Piece(" " + _("done {n}").format(n=f"{len(listing.done):,}"), "good")
        if listing is not None:
            for problem in listing.problems[:1]:
                yield Piece(f"  ! {problem.message}", "warning")
