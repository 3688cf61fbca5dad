"""The part of the mode's screen that reads the list, and the proposal under the cursor."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from textual import on

from rung_tui.acts import acts_on, key_of
from rung_tui.approvals.columns import approvals_columns
from rung_tui.approvals.desk import ApprovalsDesk
from rung_tui.approvals.listing import Listing, Told
from rung_tui.approvals.pane import ProposalPane
from rung_tui.approvals.wish import ApprovalsWish, View
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.modes.reading import ReadsList
from rung_tui.problems import told_problems
from rung_tui.table import VirtualTable
from rung_tui.working import work

__all__ = ["ApprovalsReading"]

_SETTLED: Final = 0.08
# Seconds the cursor rests before the proposal under it is read.


class ApprovalsReading(ReadsList[ApprovalsDesk]):
    """A screen with the list of what awaits decisions."""

    is_going_on = False
    """Whether the proposal after the one decided is being read."""

    @property
    def pane(self) -> ProposalPane:
        """The proposal at hand."""
        return self.query_one(ProposalPane)

    def to_list(self) -> None:
        """Have the keys go where one goes from one proposal to another."""
        self.table.focus()

    # The list

    def _want(self, wish: ApprovalsWish, *, anew: bool = False) -> None:
        """Have the list read by a wish, unless another comes before it is."""
        self.desk.wish = wish
        self._say_work(_("Reading…"))
        self._read(wish, None if anew else self.desk.listing)

    @work(group="approvals")
    async def _read(self, wish: ApprovalsWish, before: Listing | None) -> None:
        await self._bring_list(wish, lambda: self.desk.read(wish, before), self._show)

    def _show(self, listing: Listing) -> None:
        table, told = self.table, self.pane.told
        policies = {each.record.policy_id for each in listing.found}
        table.set_columns(approvals_columns(has_policy=len(policies) > 1))
        at = None if told is None else listing.place_of(told.record.id)
        self.status.place = at or 0
        table.show(listing.rows, cursor=at or 0)
        self.pane.display = bool(listing.found)
        if not listing.found:
            self.pane.forget()
        for bar in self.query("Bar"):
            bar.refresh()

    def _empty(self) -> str:
        listing = self.desk.listing
        if self._failed is not None:
            return str(self._failed)
        if listing is None:
            return _("Reading…")
        match listing.wish.view:
            case View.TO_DECIDE if listing.count(View.ALL):
                return _("Nothing awaits your decision; {key} shows what awaits that of others.").format(
                    key=key_of(acts_on(self), "view")
                )
            case View.MINE:
                return _("Nothing of yours awaits a decision.")
            case View.LIFTED:
                return _("Nothing given without approval has come to lift a grade.")
            case _:
                return _("Nothing awaits a decision.")

    def action_view(self) -> None:
        """Show the next view."""
        self._want(self.desk.wish.next_view())

    def action_show_view(self, view: str) -> None:
        """Show a view."""
        self._want(replace(self.desk.wish, view=View(view)))

    def action_policies(self) -> None:
        """Show what was proposed under any policy, or under that of the run on screen alone."""
        policy = self.review.manifest.policy.id if self.desk.wish.policy is None else None
        self._want(replace(self.desk.wish, policy=policy))

    def action_again(self) -> None:
        """Read the list anew: what is decided drops out of it, and so does what was said of that."""
        self.pane.say(tuple)
        self._want(self.desk.wish, anew=True)

    # The proposal under the cursor

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self._bring(self.table.cursor, after=_SETTLED)

    @work(group="tell", exclusive=True)
    async def _bring(self, place: int, after: float = 0) -> None:
        """Have a proposal in the pane."""
        desk, listing, pane = self.desk, self.desk.listing, self.pane
        if listing is None or place >= len(listing.found):
            self.is_going_on = False
            return
        if after:
            await asyncio.sleep(after)
        try:
            told = await desk.work(lambda: desk.tell(listing, place))
        except Exception as error:
            self.is_going_on = False
            pane.refuse(told_problems(error))
            return
        self.is_going_on = False
        if desk.listing is listing and self.table.cursor == place and self.is_attached:
            self._have(told)

    def _have(self, told: Told) -> None:
        self.pane.show(told, self.desk.notes.get(told.record.id, ""))
        self.query_one(KeyHints).refresh()
