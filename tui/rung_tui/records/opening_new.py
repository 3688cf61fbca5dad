"""The part of the mode's screen that opens records, undoes what was done last, and shows customers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rung.errors import RungError
from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _, words
from rung_tui.modes.customers import CustomerPages, not_in_run
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.forms import new_form
from rung_tui.records.listing import Listing, type_key
from rung_tui.records.reading import ReadsRecords
from rung_tui.records.sheet import Sheet
from rung_tui.records.who import CustomerChooser
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.workspace.recording.acts import Opened
    from rung.workspace.recording.types import DeclaredType
    from rung_tui.review import Review

__all__ = ["NewRecords"]


def _begun_title(desk: RecordsDesk, listing: Listing, key: str) -> str:
    """Return what a form begun is called; one left behind by a crash is known by its key alone."""
    if (title := desk.titles.get(key)) is not None:
        return title()
    _new, type_, customer = key.split(":", 2)
    declared = listing.declared(type_)
    return f"{type_ if declared is None else listing.called(declared)}  {customer}"


class NewRecords(ReadsRecords):
    """A screen from which records are opened."""

    def __init__(self, desk: RecordsDesk, review: Review) -> None:
        super().__init__(desk, review)
        self._pages = CustomerPages(review)

    def action_new(self) -> None:
        """Ask of which type; forms begun and not recorded are offered first."""
        listing = self.desk.listing
        if listing is None:
            return
        if not listing.types:
            self.notify(self.empty(), markup=False)
            return

        def choices() -> list[Choice]:
            begun = [
                Choice(key, _begun_title(self.desk, listing, key), _("begun, not recorded"), "pending")
                for key in self.desk.drafts
                if key.startswith("new:")
            ]
            return begun + [
                Choice(
                    type_key(each), listing.called(each), words(each.type.about) or words(each.sector_title)
                )
                for each in listing.types
            ]

        def chosen(key: str | None) -> None:
            if key is None:
                return
            if key.startswith("new:"):
                _new, type_, customer = key.split(":", 2)
                if (found := listing.declared(type_)) is not None:
                    self._fill_in(found, customer)
            elif (declared := listing.declared(key)) is not None:
                self._ask_whom(listing, declared)

        self.app.push_screen(
            Chooser(lambda: _("A new record of which type?"), choices, self.desk.wish.type or ""), chosen
        )

    def _ask_whom(self, listing: Listing, declared: DeclaredType) -> None:
        first = self.desk.wish.customer or self.current_customer
        row = self.current_record
        name = "" if row is None or row.record.customer_id != first else row.customer_name or ""
        offered = None if first is None else Choice(first, first, name)

        def chosen(customer: str | None) -> None:
            if customer is not None:
                self._fill_in(declared, customer)

        def title() -> str:
            return _("{what}: about which customer?").format(what=listing.called(declared))

        self.app.push_screen(CustomerChooser(self.desk, title, declared, offered), chosen)

    @work(group="new", exclusive=True, opens=True)
    async def _fill_in(self, declared: DeclaredType, customer: str) -> None:
        desk = self.desk

        def asked() -> tuple[str, Any]:
            found = desk.customer(customer, declared)
            return found, (desk.named(found, declared.sector), desk.waiting(declared))

        try:
            customer_id, (name, waiting) = await desk.work(asked)
        except RungError as error:
            self.refuse(error)
            return
        form = new_form(desk, declared, customer_id, name, waiting)
        self.app.push_screen(Sheet(desk, form), self._opened)

    def _opened(self, made: Opened | None) -> None:
        self.status.refresh()
        if made is None:
            return
        (record,) = made.records
        told = _("{id} of {customer} is open: {title}.").format(
            id=record.id, customer=record.customer_id, title=words(made.declared.type.title)
        )
        if record.due is not None:
            told += " " + _("To be closed by {day}.").format(day=record.due.isoformat())
        self.notify(told, markup=False)
        if made.again:
            again = _("{customer} had an open record of this type already.")
            self.notify(again.format(customer=record.customer_id), severity="warning", markup=False)
        self.want(self.desk.wish, record.number)

    # Undoing

    @work(group="undo", exclusive=True)
    async def action_undo(self) -> None:
        """Undo what was done last: put a change back, take an opened record back."""
        desk = self.desk
        if not desk.done:
            return
        last = desk.done[-1]
        if last.is_opening:
            self.withdraw(last.record, lambda: None)
            return
        try:
            await desk.work(lambda: desk.put_back(last.record))
        except Exception as error:
            self.refuse(error)
            return
        told = _("{id} is as it was before; that is on record too.")
        self.notify(told.format(id=last.record), markup=False)
        self.reread()

    @work(group="withdraw", exclusive=True, opens=True)
    async def withdraw(self, number: str, done: Callable[[], object]) -> None:
        """Ask why a record is taken back, and take it back."""
        from rung_tui.due.reason import ReasonScreen

        desk = self.desk

        def question() -> str:
            return _("Why is {id} taken back? It stays on record and counts for nothing.").format(id=number)

        reason = await self.app.push_screen_wait(
            ReasonScreen(question, _("opened by mistake"), desk.reasons, number)
        )
        if reason is None:
            return
        try:
            await desk.work(lambda: desk.withdraw(number, reason))
        except Exception as error:
            self.refuse(error)
            return
        desk.reasons.pop(number, None)
        self.notify(_("{id} is taken back; it stays on record.").format(id=number), markup=False)
        self.reread()
        done()

    # The customer

    @work(group="past", exclusive=True, opens=True)
    async def show_past(self, customer: str) -> None:
        """Show what was done with a customer's records."""
        from rung_tui.records.past import PastPage

        desk = self.desk
        try:
            entries, people = await desk.work(lambda: desk.past(customer))
        except RungError as error:
            self.refuse(error)
            return
        self.app.push_screen(PastPage(customer, entries, people))

    @work(group="customer", exclusive=True, opens=True)
    async def show_customer(self, customer: str, sector: str | None) -> None:
        """Open the page of a customer, from the newest run that holds it."""
        desk = self.desk
        try:
            runs = await desk.work(lambda: desk.runs_of(sector))
            for run_id in runs:
                if await self._pages.open(self.app, run_id, customer):
                    return
        except RungError as error:
            self.refuse(error)
            return
        self.notify(not_in_run(customer, runs.values()), markup=False)

    def on_unmount(self) -> None:
        """Give the runs back that were opened for a customer's page."""
        self._pages.close()
