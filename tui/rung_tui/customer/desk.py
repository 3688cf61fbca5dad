"""What is typed on customers' pages and not recorded, kept while the program runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rung_tui.drafts.drawer import Drawer
from rung_tui.due.form import ContactForm
from rung_tui.due.words import silence_words
from rung_tui.language import _
from rung_tui.modes.desk import Desk, doors_of

if TYPE_CHECKING:
    from textual.app import App

    from rung.ledger.notes import Audience, Note
    from rung.policy.outcome import OutcomeInEffect
    from rung.service.due_list import DueRow
    from rung.workspace import Workspace
    from rung.workspace.following.made import ContactMade
    from rung_tui.drafts.keeper import Keeper
    from rung_tui.override.data_form import DataForm

__all__ = ["CustomerDesk", "NoteForm", "Owed", "desk_of"]

_AHEAD = 366
# Days ahead that what is owed to one customer is looked for.
_MOST = 500
# Entries of a history that one reads here.


@dataclass(frozen=True, slots=True)
class NoteForm:
    """A note as it was typed."""

    text: str = ""
    audience: str = "team"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed to one customer, the next first, or why that is not known."""

    rows: Sequence[DueRow] = ()
    problem: str = ""


@dataclass
class CustomerDesk(Desk):
    """What customers' pages work on beside the screen."""

    tries: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """Values being tried, by policy and customer."""
    notes: dict[str, NoteForm] = field(default_factory=dict)
    """Notes begun, by customer."""
    contacts: dict[tuple[str, str], ContactForm] = field(default_factory=dict)
    """Contacts begun, by policy and customer."""
    data: dict[tuple[str, str, str], DataForm] = field(default_factory=dict)
    """Judgements and corrections begun, by policy, customer and quantity."""

    def begun(self) -> str:
        """Return what was begun and not recorded."""
        told = (
            (_("Notes begun and not saved: {count}"), self.notes),
            (_("Contacts begun and not logged: {count}"), self.contacts),
            (_("Judgements and corrections begun and not saved: {count}"), self.data),
        )
        counted = [(words, sum(not each.is_blank for each in forms.values())) for words, forms in told]
        return _("; ").join(words.format(count=count) for words, count in counted if count)

    def drawers(self) -> tuple[Drawer, ...]:
        """Return what is kept on disk of what was typed."""
        from rung_tui.override.data_form import DataForm

        return (
            Drawer("queue:notes", self.notes, NoteForm),
            Drawer("queue:contacts", self.contacts, ContactForm),
            Drawer("queue:data", self.data, DataForm),
        )

    # For ``work``

    def owed(self, policy: str, customer: str) -> Owed:
        """Return what is owed to a customer under a policy, by its last run."""
        from rung.service.due import Chosen
        from rung.workspace.customers_meant import CustomersWanted

        place, now = self.workspace, self.now()
        wanted = CustomersWanted(customers=(customer,))
        found = place.service.due(now, Chosen(within=_AHEAD), (place.latest_by(policy),), wanted=wanted)
        own = [each for each in found.rows(0, len(found)) if each.customer_id == customer]
        told = [*map(silence_words, found.silences), *found.notices]
        return Owed(sorted(own, key=lambda each: each.due), "" if own else " ".join(told[:1]))

    def write_note(self, customer: str, form: NoteForm, run_id: str) -> Note:
        """Record a note; raises RungError with everything that speaks against it."""
        from rung.ledger.notes import Audience

        made = self.workspace.notes.write(customer, form.text, Audience(form.audience), self.now(), run_id)
        self.notes.pop(customer, None)
        return made

    def audiences(self) -> tuple[Audience, ...]:
        """Return for whom notes may be written: for no team where one has none."""
        from rung.ledger.notes import Audience

        has_team = bool(self.workspace.human_input.actor().team)
        return tuple(each for each in Audience if has_team or each is not Audience.TEAM)

    def outcomes(self, run_id: str) -> tuple[OutcomeInEffect, ...]:
        """Return what a contact can come to; raises RungError where whoever works here may log none."""
        self.workspace.contacts.check_may_log()
        return self.workspace.contacts.outcomes(run_id)

    def log(self, customer: str, outcome: str, form: ContactForm, policy: str) -> ContactMade:
        """Record a contact; raises RungError with everything that speaks against it."""
        now, contacts = self.now(), self.workspace.contacts
        said = form.said(outcome, contacts.calendar.day_of(now))
        made = contacts.log(customer, said, now, self.workspace.latest_by(policy))
        self.contacts.pop((policy, customer), None)
        return made

    def story(self, customer: str) -> list[tuple[str, tuple[str, ...]]]:
        """Return all on record about a customer, newest first: its kind, and moment, id, who, what, words."""
        from rung.workspace.following.history_words import history_rows

        found = self.workspace.contacts.history(customer, limit=_MOST)
        _headers, rows = history_rows(self.workspace, found.entries)
        return [(entry.kind, row) for entry, row in zip(found.entries, rows, strict=True)]


def desk_of(app: App[Any], workspace: Workspace) -> CustomerDesk:
    """Return the desk of customers' pages, made when the first is opened."""
    desks: dict[str, Desk] = app.desks  # type: ignore[attr-defined]
    found = desks.get("customer")
    if not isinstance(found, CustomerDesk):
        found = desks["customer"] = CustomerDesk(doors_of(workspace))
        keeper: Keeper | None = getattr(app, "keeper", None)
        if keeper is not None:
            keeper.hand_over()
    return found
