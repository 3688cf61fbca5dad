"""The part of the mode's screen that shows what is on record: page by page, by a filter, each act in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import RungError
from rung_tui.journal.act_lines import act_lines
from rung_tui.journal.acts import ActRows
from rung_tui.journal.filtering import FilterScreen
from rung_tui.journal.runs_view import JournalRuns
from rung_tui.journal.wish import ActsTyped
from rung_tui.language import _
from rung_tui.modes.customers import CustomerPages
from rung_tui.sheet import Page
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.ledger import EventFilter
    from rung_tui.journal.desk import JournalDesk
    from rung_tui.review import Review

__all__ = ["JournalAudit"]


class JournalAudit(JournalRuns):
    """A screen with the acts on record."""

    def __init__(self, desk: JournalDesk, review: Review) -> None:
        super().__init__(desk, review)
        self.is_looking = False
        """Whether acts are being looked for."""
        self._rows: ActRows | None = None
        self._pages = CustomerPages(review)

    @work(group="acts", exclusive=True)
    async def read_acts(self, number: int | None = None) -> None:
        """Show the acts as the ledger ends now, the cursor on one of them if a number is given."""
        desk, wish = self.desk, self.desk.wish
        self.is_looking, self._rows = True, None
        self.say_work(_("Reading the ledger…"))
        try:
            rows = await desk.work(lambda: desk.read_acts(is_all=wish.is_blank))
            place = None if number is None else rows.place_of(number)
            self._rows = rows
            self.acts.show(rows, cursor=place or 0)
            head = rows.head
            self.views.acts, self.views.head = (0, "") if head is None else (head.sequence, head.hash)
            self.tell_place()
            if not wish.is_blank and head is not None:
                await self._look(rows, await desk.work(lambda: desk.wanted(wish)), head.sequence)
        except RungError as error:
            self.refuse(error)
        self.is_looking = False
        self.say_work("")
        self.acts.refresh()

    async def _look(self, rows: ActRows, wanted: EventFilter, last: int) -> None:
        """Have the rows grow by what is found, the newest first."""
        desk, numbers = self.desk, rows.numbers
        if numbers is None:
            return
        for first, end in desk.stretches(wanted, last):
            found = await desk.work(lambda first=first, end=end: desk.look(wanted, first, end))  # type: ignore[misc]
            if found:
                is_first = not numbers
                numbers += found
                self.acts.grow()
                if is_first:
                    self.tell_act()
                self.tell_place()
            told = _("Looking for acts, {n} of {whole} looked through…")
            self.say_work(told.format(n=f"{last - first + 1:,}", whole=f"{last:,}"))

    def stop_looking(self) -> None:
        """Stay with what was found so far."""
        self.workers.cancel_group(self, "acts")
        self.is_looking = False
        self.say_work("")
        self.notify(_("Stopped: older acts were not looked through."), markup=False)

    def empty(self) -> str:
        """Return what is said where no act is."""
        if self.is_looking:
            return _("Looking…")
        if self.desk.wish.is_blank:
            return _("Nothing on record. What people do here is put on record and stands here then.")
        return _("No act on record is like that.")

    def tell_act(self) -> None:
        """Show the act under the cursor in the pane."""
        act = self.acts.act
        if act is None:
            self.pane.tell()
        else:
            self.pane.tell(lambda width: act_lines(act, width))

    def open_act(self) -> None:
        """Show the act under the cursor with all it carries."""
        act = self.acts.act
        if act is not None:
            heading = lambda: _("Act no. {number}").format(number=f"{act.number:,}")  # noqa: E731
            self.app.push_screen(Page(heading, lambda width: act_lines(act, width, is_whole=True)))

    def action_filter(self) -> None:
        """Ask which acts are wanted."""
        desk = self.desk

        async def checked(typed: ActsTyped) -> None:
            await desk.work(lambda: desk.wanted(typed))

        def keep(typed: ActsTyped) -> None:
            desk.typed = typed

        def taken(typed: ActsTyped | None) -> None:
            if typed is not None:
                desk.wish = typed
                self.read_acts()

        self.app.push_screen(FilterScreen(desk.typed, checked, keep), taken)

    def action_clear(self) -> None:
        """Show every act; the one under the cursor stays there."""
        act = self.acts.act
        self.desk.wish = self.desk.typed = ActsTyped()
        self.read_acts(None if act is None else act.number)

    def action_same(self) -> None:
        """Show only the acts about the customer of the one under the cursor."""
        act = self.acts.act
        if act is None or act.event is None or act.event.customer_id is None:
            self.notify(_("This act is about no customer."), markup=False)
            return
        self.desk.wish = self.desk.typed = ActsTyped(customer=act.event.customer_id)
        self.read_acts(act.number)

    @work(group="open", exclusive=True, opens=True)
    async def action_customer(self) -> None:
        """Open the page of the customer an act is about, in the last run by its policy."""
        act = self.acts.act
        if act is None or act.event is None or act.event.customer_id is None:
            self.notify(_("This act is about no customer."), markup=False)
            return
        customer, policy, desk = act.event.customer_id, act.event.policy_id, self.desk
        shown = self.review
        try:
            run_id = shown.manifest.run_id
            if policy is not None and policy != shown.manifest.policy.id:
                run_id = await desk.work(lambda: desk.workspace.latest_by(policy))
            is_there = await self._pages.open(self.app, run_id, customer)
        except RungError as error:
            self.refuse(error)
            return
        if not is_there:
            told = _("{customer} is not in the run {run}.").format(customer=customer, run=run_id)
            self.notify(told, markup=False)

    def on_unmount(self) -> None:
        """Give the runs back that were opened for a customer's page."""
        self._pages.close()
