"""The part of the mode's screen that reads the list, and narrows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rung_tui.acts import acts_on, key_of
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line, line
from rung_tui.due.columns import due_columns
from rung_tui.due.desk import DueDesk
from rung_tui.due.listing import Listing
from rung_tui.due.outcomes import Outcomes
from rung_tui.due.pane import LogPane
from rung_tui.due.wish import SPANS, DueWish
from rung_tui.due.words import silence_words
from rung_tui.language import _
from rung_tui.modes.own import NarrowsToOwn
from rung_tui.prompt import Prompt
from rung_tui.working import work

__all__ = ["DueReading"]

_NOTICES: Final = 2
# Lines of notices at most: the list is what one came for.


class DueReading(NarrowsToOwn[DueDesk]):
    """A screen with the list of what is due."""

    @property
    def pane(self) -> LogPane:
        """Where contacts are logged."""
        return self.query_one(LogPane)

    @property
    def is_logging(self) -> bool:
        """Whether the pane is open."""
        return self.has_class("-logging")

    @property
    def is_in_pane(self) -> bool:
        """Whether the keys go there."""
        return self.is_logging and isinstance(self.focused, Outcomes | Prompt)

    def want(self, wish: DueWish, *, anew: bool = False) -> None:
        """Have the list read by a wish, unless another comes before it is."""
        self.desk.wish = wish
        self._say_work(_("Reading what is due…"))
        self._read(wish, None if anew else self.desk.listing)

    @work(group="due")
    async def _read(self, wish: DueWish, before: Listing | None) -> None:
        await self._bring_list(wish, lambda: self.desk.read(wish, before), self._show)

    async def _give_back(self, listing: Listing) -> None:
        await self.desk.work(listing.close)

    def _show(self, listing: Listing) -> None:
        table = self.table
        columns = due_columns(
            listing.grades,
            has_kind=len(listing.kinds) > 1,
            has_policy=len({duty.policy for duty in listing.due.duties}) > 1,
            has_by=len(listing.owed_by) > 1,
            has_whose=listing.has_whose,
        )
        table.set_columns(columns)
        self.status.place = 0
        self.pane.forget()
        table.show(listing.rows)
        if self.is_logging and not len(listing.due):
            self.remove_class("-logging")
            table.focus()
        for widget in self.query("Bar, #notices"):
            widget.refresh(layout=True)

    def _empty(self) -> str:
        listing = self.desk.listing
        if self._failed is not None:
            return str(self._failed)
        if listing is None:
            return _("Reading what is due…")
        told = _("Nothing comes due until then.") if listing.wish.within else _("Nothing is due.")
        keys = {each: key_of(acts_on(self), each) for each in ("mine", "within", "policies")}
        if listing.wish.is_mine:
            told += " " + _("{mine} shows what is due to customers of others too.").format(**keys)
        if listing.wish.policy is not None and listing.has_more_policies:
            told += " " + _("{policies} shows what all policies promise.").format(**keys)
        if listing.wish.within < SPANS[-1]:
            told += " " + _("{within} looks further ahead.").format(**keys)
        return told

    def told_notices(self) -> list[str]:
        """Return what is to be known besides: why nothing comes due first."""
        listing = self.desk.listing
        if listing is None:
            return []
        return [*map(silence_words, listing.whole.silences), *listing.notices]

    def _notices(self, width: int) -> list[Line]:
        notices = self.told_notices()
        lines: list[Line] = []
        for each in notices[:1]:
            lines += paragraph([("! ", "warning"), (each, "muted")], width, 2)[:_NOTICES]
        if len(notices) > 1:
            more = _("{count} notices more: {key} lists them").format(
                count=len(notices) - 1, key=key_of(acts_on(self.app), "app.help")
            )
            lines[_NOTICES - 1 :] = [line(("! ", "warning"), (more, "muted"))]
        return lines

    def action_within(self) -> None:
        """Look further ahead, after the furthest only at today."""
        self.want(self.desk.wish.further())

    def action_span(self, days: int) -> None:
        """Look so many days ahead."""
        self.want(replace(self.desk.wish, within=days))

    def action_kind(self) -> None:
        """Show only the next kind, after the last all."""
        kinds = [None, *(self.desk.listing.kinds if self.desk.listing is not None else ())]
        place = kinds.index(self.desk.wish.kind) if self.desk.wish.kind in kinds else -1
        self.want(replace(self.desk.wish, kind=kinds[(place + 1) % len(kinds)]))

    def action_of(self, kind: str) -> None:
        """Show only what is of a kind, all for none."""
        self.want(replace(self.desk.wish, kind=kind or None))

    def action_policies(self) -> None:
        """Show the promises of every policy, or of that of the run on screen alone."""
        policy = self.review.manifest.policy.id if self.desk.wish.policy is None else None
        self.want(replace(self.desk.wish, policy=policy))

    def action_again(self) -> None:
        """Read the list anew: what is done drops out of it."""
        self.want(self.desk.wish, anew=True)
