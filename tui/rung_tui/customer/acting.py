"""What is done from a customer's page: data given, notes, contacts, and everything looked back at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from textual.screen import ModalScreen

from rung_tui.chooser import Choice, Chooser
from rung_tui.customer.trying import Trying
from rung_tui.language import _, words
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.customer.timeline import Entry

__all__ = ["CustomerActs"]

_EVERY: Final = "\x00every"


class CustomerActs(Trying):
    """A customer's page from which one acts."""

    def _who(self) -> str:
        why = self.told.explanation if self.told is not None else None
        return "" if why is None else f"{why.customer_name or ''} {why.customer_id}".strip()

    async def _asked(self, screen: ModalScreen[Any]) -> Any:
        return await self.app.push_screen_wait(screen)

    @work(group="override", exclusive=True, opens=True)
    async def action_supply(self) -> None:
        """Ask which value is given, and have it recorded."""
        told, review = self.told, self.review
        if told is None:
            return
        if self.is_trying and self.pane.value is not None:
            await self.give(self.pane.value, self.written.get(self.pane.value.id, ""))
            return
        try:
            what_if = await review.telling(lambda: review.what_if(told.number))
        except Exception as error:
            self.refuse(error)
            return
        chosen = await self.pick_value(_("Give which value?"), list(what_if.values))
        if chosen is not None:
            await self.give(chosen, self.written.get(chosen.id, ""))

    @work(group="override", exclusive=True, opens=True)
    async def action_note(self) -> None:
        """Write a note."""
        from rung_tui.customer.note_dialog import NoteDialog

        told, desk = self.told, self.desk
        if told is None:
            return
        try:
            audiences = await desk.work(desk.audiences)
        except Exception as error:
            self.refuse(error)
            return
        customer, run = told.explanation.customer_id, self.review.manifest.run_id
        made = await self._asked(NoteDialog(desk, customer, self._who(), run, audiences))
        if made is not None:
            self.notify(_("Noted as N{number}.").format(number=made.number), markup=False)
            await self.show_ledger()

    @work(group="override", exclusive=True, opens=True)
    async def action_contact(self) -> None:
        """Log a contact; the customer is graded anew with what was learned."""
        from rung_tui.customer.contact_dialog import ContactDialog
        from rung_tui.due.words import made_words

        told, desk, run = self.told, self.desk, self.review.manifest.run_id
        if told is None:
            return
        try:
            outcomes = await desk.work(lambda: desk.outcomes(run))
        except Exception as error:
            self.refuse(error)
            return
        why = told.explanation
        made = await self._asked(ContactDialog(desk, why.policy_id, why.customer_id, self._who(), outcomes))
        if made is not None:
            self.notify("\n".join(made_words(made)), markup=False, timeout=12)
            await self.show_ledger()

    @work(group="override", exclusive=True, opens=True)
    async def action_uncover(self) -> None:
        """Show a sensitive value, with that on record."""
        told, review = self.told, self.review
        if told is None or not told.covered:
            return
        covered = told.covered

        def choices() -> list[Choice]:
            found = [Choice(name, words(title)) for name, title in covered.items()]
            return [*found, Choice(_EVERY, _("All of them"))] if len(found) > 1 else found

        heading = _("Show which value? That you read it is put on record.")
        chosen = await self.app.push_screen_wait(Chooser(lambda: heading, choices))
        if chosen is None:
            return
        fields = frozenset(covered if chosen == _EVERY else [chosen])
        try:
            notice = await review.telling(lambda: review.uncover(told.number, fields))
        except Exception as error:
            self.refuse(error)
            return
        if notice:
            self.notify(notice, severity="warning", markup=False, timeout=12)
        self.tell()

    def action_story(self) -> None:
        """Show everything on record about the customer, with its grades."""
        from rung_tui.customer.timeline import TimelineScreen, entries_of

        told, desk = self.told, self.desk
        if told is None:
            return
        customer, grades, scale = told.explanation.customer_id, told.history, told.grades

        async def read() -> Sequence[Entry]:
            return entries_of(await desk.work(lambda: desk.story(customer)), grades, scale)

        self.app.push_screen(TimelineScreen(self._who(), read))
