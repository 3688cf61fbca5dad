"""The part of the mode's screen that logs contacts, takes them back, and goes on to the next."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import on

from rung.errors import Problem, RungError
from rung_tui.acts import acts_on, key_of
from rung_tui.due.form import ContactForm
from rung_tui.due.listing import Listing, Shown
from rung_tui.due.outcomes import Outcomes
from rung_tui.due.pane import LogPane
from rung_tui.due.reading import DueReading
from rung_tui.due.words import made_words, undone_words
from rung_tui.key_hints import KeyHints
from rung_tui.keys_in_order import KeysInOrder
from rung_tui.language import _
from rung_tui.table import VirtualTable
from rung_tui.working import work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.workspace.following.made import ContactMade

__all__ = ["DueCalling"]

_SETTLED: Final = 0.08
# Seconds the cursor rests before the customer under it is read.


class DueCalling(DueReading):
    """A screen in whose pane one customer after the other is called."""

    _is_bringing = False
    # Whether the pane is busy with nothing but the customer under the cursor, who may be another by now.

    def action_log(self) -> None:
        """Open the pane for the customer under the cursor."""
        if self.desk.listing is None or not len(self.desk.listing.due):
            self.notify(self._empty(), markup=False)
            return
        self.add_class("-logging")
        self.pane.outcomes.focus()
        self._bring(self.table.cursor)

    @property
    def holds_keys(self) -> bool:
        """Whether a contact is being recorded: what is typed meanwhile is for the next customer."""
        return self.is_in_pane and (self.pane.is_busy or self.pane.outcomes.is_telling)

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        shown = self.pane.shown
        is_free = self._is_bringing or not self.pane.is_busy
        if self.is_logging and is_free and (shown is None or shown.place != self.table.cursor):
            self._bring(self.table.cursor, after=_SETTLED)

    @work(group="call", exclusive=True)
    async def _bring(self, place: int, after: float = 0) -> None:
        """Have a customer in the pane."""
        desk, listing = self.desk, self.desk.listing
        if listing is None or place >= len(listing.due):
            return
        self.pane.is_busy = self._is_bringing = True
        if after:
            await asyncio.sleep(after)
        try:
            shown = await desk.work(lambda: desk.show(listing, place))
        except Exception as error:
            self._is_bringing = False
            self.pane.refuse(_told(error))
            return
        self.pane.is_busy = self._is_bringing = False
        if desk.listing is listing:
            self._have(shown)

    def _have(self, shown: Shown) -> None:
        self.pane.show(shown, self.desk.drafts.get(shown.key, ContactForm()))

    @on(LogPane.Typed)
    def _typed(self, event: LogPane.Typed) -> None:
        shown = self.pane.shown
        if shown is not None:
            self.desk.drafts[shown.key] = event.form

    @on(Outcomes.Pressed)
    def _pressed(self, event: Outcomes.Pressed) -> None:
        pane, listing = self.pane, self.desk.listing
        pane.outcomes.is_telling = False
        if pane.is_busy or pane.shown is None or pane.shown.card is None or listing is None:
            return
        pane.is_busy, self._is_bringing = True, False
        self._log(listing, pane.shown, event.outcome.id, pane.form)

    @on(Outcomes.Unknown)
    def _unknown(self, event: Outcomes.Unknown) -> None:
        self.pane.outcomes.is_telling = False
        self._forget_keys()
        if self.pane.is_busy or self.pane.shown is None or self.pane.shown.card is None:
            return
        message = _("No outcome has the key “{key}”.").format(key=event.key)
        hint = _("Keys: {keys}; {key} shows what each means.").format(
            keys=self.pane.outcomes.letters, key=key_of(acts_on(self.app), "app.help")
        )
        self.pane.refuse([Problem(message, hint)])

    @work(group="record")
    async def _log(self, listing: Listing, shown: Shown, outcome: str, form: ContactForm) -> None:
        desk, pane = self.desk, self.pane
        try:
            made = await desk.work(lambda: desk.log(listing, shown, outcome, form))
        except Exception as error:  # whatever it is, what was typed must not go with it
            self._forget_keys()
            pane.refuse(_not_recorded(error))
            return
        role = _moved_role(made, listing.grades.get(made.policy_id, ()))
        pane.say(lambda: made_words(made), role)
        self._go_on(listing, shown.place)

    def action_skip(self) -> None:
        """Leave the customer, and have the next."""
        pane, listing = self.pane, self.desk.listing
        if not pane.is_busy and pane.shown is not None and listing is not None:
            self.desk.tally.skipped += 1
            pane.say(tuple)
            self._go_on(listing, pane.shown.place)

    @work(group="call", exclusive=True)
    async def _go_on(self, listing: Listing, place: int) -> None:
        """Have the next customer to be called in the pane and under the cursor."""
        desk, pane = self.desk, self.pane
        pane.is_busy, self._is_bringing = True, False
        try:
            shown = await desk.work(lambda: desk.next_call(listing, place))
        except Exception as error:
            self._forget_keys()
            pane.refuse(_told(error))
            self._rewrite()
            return
        pane.is_busy = False
        self._rewrite()
        if self.desk.listing is not listing:
            self._bring(self.table.cursor)
            return
        if shown is None:
            self._forget_keys()
            pane.add(self._was_last)
            return
        self._have(shown)
        self.table.cursor = shown.place
        self.pane.outcomes.focus()

    def _forget_keys(self) -> None:
        """Drop what was typed for the customers after one that is still at hand."""
        if isinstance(self.app, KeysInOrder):
            self.app.forget_keys()

    def _was_last(self) -> str:
        told = _("That was the last. {key} takes the last call back.")
        return told.format(key=key_of(acts_on(self), "undo"))

    def _rewrite(self) -> None:
        """Show in the list what was done."""
        self.table.reload()
        self.status.refresh()
        self.query_one(KeyHints).refresh()

    def action_note(self) -> None:
        """Have a note typed."""
        self.pane.focus_note()

    def action_letters(self) -> None:
        """Go back from a field to the letters."""
        self.pane.outcomes.focus()

    def action_stop(self) -> None:
        """Close the pane."""
        self.remove_class("-logging")
        self.table.focus()

    @work(group="undo", exclusive=True, opens=True)
    async def action_undo(self) -> None:
        """Take the last contact back, and have its customer again."""
        from rung_tui.due.reason import ReasonScreen

        desk, pane = self.desk, self.pane
        if pane.is_busy or not desk.logged:
            return
        contact, policy = desk.logged[-1].contact, desk.logged[-1].policy_id
        key = policy, contact.customer_id

        def question() -> str:
            return _("Why is {id} of {customer} taken back?").format(
                id=contact.id, customer=contact.customer_id
            )

        reason = await self.app.push_screen_wait(
            ReasonScreen(question, _("slip of the key"), desk.reasons, key)
        )
        if reason is None:
            return
        pane.is_busy = True
        try:
            undone, place = await desk.work(lambda: desk.undo(reason, desk.listing))
        except Exception as error:
            pane.refuse(_not_recorded(error))
            self.refuse(error)
            return
        pane.is_busy = False
        desk.reasons.pop(key, None)
        pane.say(lambda: undone_words(undone))
        if not self.is_logging:
            self.notify("\n".join(undone_words(undone)), markup=False)
        self._rewrite()
        if place is not None:
            self.table.cursor = place
            if self.is_logging:
                self._bring(place)


def _moved_role(made: ContactMade, grades: Sequence[str]) -> str:
    before, after = made.before.effective, made.after.effective
    if before == after or before not in grades or after not in grades:
        return "strong" if before != after else "muted"
    return "up" if grades.index(after) < grades.index(before) else "down"


def _told(error: Exception) -> list[Problem]:
    if isinstance(error, RungError):
        return list(error.problems)
    return [Problem(f"{type(error).__name__}: {error}")]


def _not_recorded(error: Exception) -> list[Problem]:
    if isinstance(error, RungError):
        return list(error.problems)
    return [Problem(_("Nothing was recorded: {error}").format(error=f"{type(error).__name__}: {error}"))]
