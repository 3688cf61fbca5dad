"""The part of the mode's screen that reads the list, narrows it, and shows what is under the cursor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from rung_tui.acts import acts_on, key_of
from rung_tui.chooser import Choice, Chooser
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, spoken, words
from rung_tui.lines import Lines
from rung_tui.modes.own import NarrowsToOwn
from rung_tui.records.columns import alarm_columns, record_columns
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.lines import alarm_lines, row_lines
from rung_tui.records.listing import AlarmRows, Listing, RecordRows, type_key
from rung_tui.records.state_names import state_choices
from rung_tui.records.who import CustomerChooser
from rung_tui.records.wish import OPEN, RecordsWish
from rung_tui.table import VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.workspace.arrivals.shown import ShownAlarm
    from rung.workspace.recording.views import RecordRow

__all__ = ["ReadsRecords"]


class ReadsRecords(NarrowsToOwn[RecordsDesk]):
    """A screen with the list."""

    def want(self, wish: RecordsWish, at: int | None = None) -> None:
        """Have the list read by a wish, unless another comes first; the cursor goes to record ``at``."""
        self.desk.wish = wish
        self._say_work(_("Reading the records…"))
        self._read(wish, at)

    def reread(self) -> None:
        """Read the list anew, for something was done; the cursor stays with its record."""
        current = self.current_record
        self.want(self.desk.wish, None if current is None else current.record.number)

    @work(group="records")
    async def _read(self, wish: RecordsWish, at: int | None) -> None:
        await self._bring_list(wish, lambda: self.desk.read(wish), lambda listing: self._show(listing, at))

    def _show(self, listing: Listing, at: int | None) -> None:
        table = self.table
        place = listing.place_of(at) if at is not None else 0
        cursor = min(table.cursor, max(0, len(listing) - 1)) if place is None else place
        self.status.place = cursor
        if listing.alarms is not None:
            table.set_columns(alarm_columns(listing, self.desk.now))
            table.show(AlarmRows(listing.alarms), cursor=cursor)
        else:
            table.set_columns(record_columns(listing))
            table.show(RecordRows(listing.records), cursor=cursor)
        for widget in self.query("Bar, #notices"):
            widget.refresh(layout=True)

    def empty(self) -> str:
        """Return what is said where the list is empty."""
        listing, wish = self.desk.listing, self.desk.wish
        if self._failed is not None:
            return str(self._failed)
        if listing is None:
            return _("Reading the records…")
        told = self._none(wish, listing)
        if wish.is_mine:
            mine = key_of(acts_on(self), "mine")
            told += " " + _("{mine} shows what is about customers of others too.").format(mine=mine)
        return told

    def _none(self, wish: RecordsWish, listing: Listing) -> str:
        if wish.is_alarms:
            return _("No alarm.")
        if not listing.types:
            return _("No sector in use declares a type of record.")
        if replace(wish, type=None) == RecordsWish(is_mine=False):
            return _("No record is open. n opens one.")
        return _("No record is like that.")

    def notices(self, width: int) -> list[Line]:
        """Return what came to light by looking at alarms."""
        from rung.workspace.arrivals.words import looked_words

        listing = self.desk.listing
        if listing is None or listing.looked is None:
            return []
        spoken()
        told = looked_words(listing.looked)
        return [each for said in told for each in paragraph([("! ", "warning"), said], width, 2)[:2]]

    def count_down(self) -> None:
        """Write anew how much time alarms have left."""
        if self.desk.wish.is_alarms:
            self.table.relabel()
            self.query_one("#preview", Lines).refresh(layout=True)

    # What is under the cursor

    @property
    def current_record(self) -> RecordRow | None:
        """The record under the cursor."""
        is_alarms = self.desk.listing is None or self.desk.listing.alarms is not None
        found: RecordRow | None = None if is_alarms else self.table.current
        return found

    @property
    def current_alarm(self) -> ShownAlarm | None:
        """The alarm under the cursor."""
        is_alarms = self.desk.listing is not None and self.desk.listing.alarms is not None
        found: ShownAlarm | None = self.table.current if is_alarms else None
        return found

    @property
    def current_customer(self) -> str | None:
        """The customer the row under the cursor is about."""
        record, alarm = self.current_record, self.current_alarm
        if alarm is not None:
            return alarm.alarm.customer_id
        return None if record is None else record.record.customer_id

    @on(VirtualTable.Moved)
    @on(VirtualTable.Late)
    def _moved(self) -> None:
        self.query_one("#preview", Lines).refresh(layout=True)
        self.query_one(KeyHints).refresh()

    def beside(self, width: int) -> list[Line]:
        """Return what is under the cursor, as lists may show it: reading a record whole is put on record."""
        listing = self.desk.listing
        record, alarm = self.current_record, self.current_alarm
        if listing is None or width < 2 or (record is None and alarm is None):
            return []
        if alarm is not None:
            heading = f"{alarm.alarm.id}  {words(alarm.title)}"
            body = alarm_lines(alarm, listing.people, listing.zone, self.desk.now(), width)
        else:
            assert record is not None
            kind = record.record.type if record.declared is None else words(record.declared.type.title)
            heading = f"{record.record.id}  {kind}  {record.record.customer_id}"
            body = row_lines(record, width)
        return [*paragraph([(heading, "title")], width), *body]

    # How it is narrowed

    def action_side(self) -> None:
        """Show alarms, or records."""
        self.action_show_side(0 if self.desk.wish.is_alarms else 1)

    def action_alarms(self) -> None:
        """Show alarms."""
        self.action_show_side(1)

    def action_filed(self) -> None:
        """Show records."""
        self.action_show_side(0)

    def action_show_side(self, alarms: int) -> None:
        """Show alarms (1) or records (0)."""
        self.want(replace(self.desk.wish, is_alarms=bool(alarms)))

    def action_late(self) -> None:
        """Show only what is late, or all again."""
        self.want(replace(self.desk.wish, is_late=not self.desk.wish.is_late))

    def action_again(self) -> None:
        """Read the list anew."""
        self.reread()

    def action_state(self) -> None:
        """Ask which state is wanted."""
        desk = self.desk
        if (listing := desk.listing) is None:
            return

        def chosen(state: str | None) -> None:
            if state is None:
                return
            if desk.wish.is_alarms:
                self.want(replace(desk.wish, alarm_state=state))
            else:
                self.want(replace(desk.wish, state=state))

        now = desk.wish.alarm_state if desk.wish.is_alarms else desk.wish.state
        self.app.push_screen(
            Chooser(lambda: _("Which state?"), lambda: state_choices(desk.wish, listing), now), chosen
        )

    def action_type(self) -> None:
        """Ask which type is wanted."""
        if (listing := self.desk.listing) is None:
            return

        def choices() -> list[Choice]:
            types = [
                Choice(type_key(each), words(each.type.title), words(each.sector_title))
                for each in listing.types
            ]
            return [Choice("", _("Every type")), *types]

        def chosen(key: str | None) -> None:
            if key is not None:
                self.action_of(key)

        now = self.desk.wish.type or ""
        self.app.push_screen(Chooser(lambda: _("Which records?"), choices, now), chosen)

    def action_of(self, key: str) -> None:
        """Show only records of a type, all for none; a state another type has is let go."""
        listing, wish = self.desk.listing, replace(self.desk.wish, type=key or None)
        if listing is not None and wish.state not in {each.id for each in state_choices(wish, listing)}:
            wish = replace(wish, state=OPEN)
        self.want(wish)

    def action_customer_only(self) -> None:
        """Ask whose records alone are wanted."""

        def chosen(customer: str | None) -> None:
            if customer is not None:
                self.want(replace(self.desk.wish, customer=customer))

        self.app.push_screen(CustomerChooser(self.desk, lambda: _("Only about which customer?")), chosen)

    def action_everybody(self) -> None:
        """Show everybody's again."""
        self.want(replace(self.desk.wish, customer=None))
