"""The notes of a workspace: written about customers of its runs, shown to those they are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.ledger.notes import Audience, Note, notes_in, withdraw_note, write_note
from rung.runs.store import LATEST
from rung.text import _

if TYPE_CHECKING:
    from rung.workspace.workspace import Workspace

__all__ = ["Notes"]


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of one workspace, for whoever works in it."""

    workspace: Workspace

    def about(self, customer_id: str, *, withdrawn: bool = False) -> tuple[Note, ...]:
        """Return the notes about a customer that are for the actor, oldest first."""
        human = self.workspace.human_input
        if not human.is_begun:
            return ()
        with human.ledger() as store:
            return notes_in(store, human.actor(), customer_id=customer_id, withdrawn=withdrawn)

    def id_of(self, customer: str, run_id: str = LATEST) -> str:
        """Return the id of a customer of a run, by id or name; raises RungError for one it does not hold."""
        with self.workspace.run(run_id) as run:
            return run.find(customer).id

    def write(
        self, customer: str, text: str, visible_to: Audience, now: datetime, run_id: str = LATEST
    ) -> Note:
        """Record a note about a customer of a run, by id or name.

        Raises RungError for a customer the run does not hold, and for whatever speaks against the note.
        """
        customer_id, human = self.id_of(customer, run_id), self.workspace.human_input
        with human.ledger() as store:
            return write_note(store, human.actor(), customer_id, text, visible_to, now)

    def withdraw(self, number: str, now: datetime) -> Note:
        """Record that the actor's own note is shown no more; raises RungError where that may not be."""
        human = self.workspace.human_input
        if not human.is_begun:
            raise RungError.of(
                _("You have written no note “{number}”.").format(number=number),
                _("See yours: rung note list CUSTOMER."),
            )
        with human.ledger() as store:
            return withdraw_note(store, human.actor(), number, now)
