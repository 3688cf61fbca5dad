"""What the mode works on beside the screen: the list, the calls, what was typed; one thread for all of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.text import Text
from rung_tui.drafts.drawer import Drawer
from rung_tui.due.form import ContactForm
from rung_tui.due.listing import Listing, Shown
from rung_tui.due.rows import Called
from rung_tui.due.wish import DueWish
from rung_tui.due.words import words_loaded
from rung_tui.language import _
from rung_tui.modes.desk import ListDesk, doors_of
from rung_tui.modes.own import settled
from rung_tui.scale import scale_of_run

if TYPE_CHECKING:
    from rung.ledger.service.contacts import LoggedContact
    from rung.service.due_list import DueList
    from rung.workspace import Workspace
    from rung.workspace.following.call_list import CallCard, CallList
    from rung.workspace.following.made import ContactMade, ContactUndone

__all__ = ["DueDesk", "Tally"]


@dataclass(slots=True)
class Tally:
    """How the calls went since the mode was opened first."""

    calls: int = 0
    reached: int = 0
    skipped: int = 0
    undone: int = 0


@dataclass
class DueDesk(ListDesk):
    """The mode's side beside the screen."""

    wish: DueWish
    listing: Listing | None = None
    drafts: dict[tuple[str, str], ContactForm] = field(default_factory=dict)
    """Contacts begun and not logged."""
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)
    """Why a contact was to be taken back, as typed and not recorded yet, by policy and customer."""
    tally: Tally = field(default_factory=Tally)
    logged: list[ContactMade] = field(default_factory=list)

    @classmethod
    def of(cls, workspace: Workspace, policy: str) -> DueDesk:
        """Return a desk with doors of its own."""
        return cls(doors_of(workspace), DueWish(policy))

    def give_back(self) -> None:
        """Give runs and ledger back."""
        if self.listing is not None:
            self.listing.close()

    def begun(self) -> str:
        """Return how many contacts were begun and not logged."""
        count = sum(not form.is_blank for form in self.drafts.values())
        return _("Contacts begun and not logged: {count}").format(count=count) if count else ""

    def drawers(self) -> tuple[Drawer, ...]:
        """Return what is kept on disk of what was typed."""
        return Drawer("due", self.drafts, ContactForm), Drawer("due:reasons", self.reasons, str)

    # For ``work``

    def read(self, wish: DueWish, before: Listing | None) -> Listing:
        """Return what is due by a wish; what was read before serves again where only the kind is another."""
        wish = settled(wish, self.workspace)
        if before is None or not before.wish.is_read_alike(wish):
            return self._read(wish)
        due = _of_kind(before.whole, wish.kind)
        return replace(before, wish=wish, due=due, calls=self._calls(due, before.runs, before.calls.made_at))

    def _read(self, wish: DueWish) -> Listing:
        from rung.service.due import Chosen
        from rung.service.due_list import DueKind
        from rung.workspace.whose import ME, Whose, whose

        words_loaded()
        place, now = self.workspace, self.now()
        latest = place.contacts.latest_runs()
        manifests = [each for each in latest if wish.policy in (None, each.policy.id)] or list(latest)
        runs = tuple(each.run_id for each in manifests)
        meant = whose(place, runs, ME) if wish.is_mine else Whose()
        chosen = Chosen(within=wish.within, portfolios=meant.portfolios, holders=meant.holders)
        whole = place.service.due(now, chosen, runs)
        due = _of_kind(whole, wish.kind)
        return Listing(
            wish=wish,
            whole=whole,
            due=due,
            runs=runs,
            calls=self._calls(due, runs, now),
            grades={each.policy.id: scale_of_run(each) for each in manifests},
            titles={each.policy.id: each.policy.title for each in manifests},
            kinds={kind: (DueKind(kind).words, count) for kind, count in whole.counts().items()},
            notices=(*meant.notices, *whole.notices),
            called={},
            has_whose=any(
                whole.who[name].null_count() < whole.who.height for name in ("holder", "portfolio")
            ),
            has_more_policies=len(latest) > 1,
        )

    def _calls(self, due: DueList, runs: tuple[str, ...], now: datetime) -> CallList:
        from rung.workspace.following.call_list import CallList

        return CallList(self.workspace, runs, due, now).__enter__()

    def show(self, listing: Listing, place: int) -> Shown:
        """Return the customer at a place, ready to be called."""
        row, day = listing.calls.row(place), listing.whole.day
        people = self.workspace.human_input.people
        try:
            card = listing.calls.card(place, self.now())
            quantities = listing.calls.compiled(place).quantities
        except RungError as error:
            return Shown(place, row, day, None, people, problems=tuple(error.problems))
        return Shown(place, row, day, card, people, quantities)

    def next_call(self, listing: Listing, place: int) -> Shown | None:
        """Return the next customer to be called, None after the last; whom a colleague called is left out."""
        for following in listing.to_call_after(place):
            shown = self.show(listing, following)
            if shown.card is None or shown.card.called_meanwhile is None:
                return shown
            listing.called[shown.key] = _by_another(shown.card.called_meanwhile, shown.card)
        return None

    def log(self, listing: Listing, shown: Shown, outcome: str, form: ContactForm) -> ContactMade:
        """Record a contact; raises RungError with everything that speaks against it."""
        now = self.now()
        today = self.workspace.contacts.calendar.day_of(now)
        made = listing.calls.log(shown.place, form.said(outcome, today), now)
        listing.called[shown.key] = _by_oneself(made)
        self.logged.append(made)
        self.drafts.pop(shown.key, None)
        self.has_changed = True
        self.tally.calls += 1
        self.tally.reached += made.contact.reached
        return made

    def undo(self, reason: str, listing: Listing | None) -> tuple[ContactUndone, int | None]:
        """Take the last contact back; return what came of it, and where its customer stands on a list."""
        made = self.logged[-1]
        undone = self.workspace.contacts.undo(made.contact.id, reason, self.now())
        self.logged.pop()
        self.has_changed = True
        self.tally.calls -= 1
        self.tally.reached -= made.contact.reached
        self.tally.undone += 1
        if listing is None:
            return undone, None
        key = made.policy_id, made.contact.customer_id
        known = listing.called.get(key)
        if known is not None and known.contact_id == made.contact.id:
            del listing.called[key]
            for each in self.logged:
                if (each.policy_id, each.contact.customer_id) == key:
                    listing.called[key] = _by_oneself(each)
        return undone, listing.place_of(key)


def _by_oneself(made: ContactMade) -> Called:
    return Called(made.contact.id, made.outcome.title, made.after.effective)


def _by_another(contact: LoggedContact, card: CallCard) -> Called:
    titles = (each.title for each in card.outcomes if each.id == contact.outcome)
    title = next(titles, Text(contact.outcome, contact.outcome))
    return Called(contact.id, title, card.grade)


def _of_kind(whole: DueList, kind: str | None) -> DueList:
    """Return what of a list is of one kind, all where none is said."""
    import polars as pl

    if kind is None:
        return whole
    duties = [place for place, duty in enumerate(whole.duties) if duty.kind.value == kind]
    return replace(whole, parts=whole.parts.filter(pl.col("duty").is_in(duties)))
