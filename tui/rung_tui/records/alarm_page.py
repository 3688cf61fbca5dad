"""One alarm whole: what happened, who must do what by when, who was told; answered and closed from here."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from rung_tui.acts import Act, bindings_of
from rung_tui.drawn import Line
from rung_tui.language import _, words
from rung_tui.records.alarm_forms import answer_form, close_form, waiting_duties
from rung_tui.records.at_hand_page import AtHandPage
from rung_tui.records.desk import AlarmAtHand
from rung_tui.records.lines import alarm_lines

__all__ = ["AlarmPage"]


class AlarmPage(AtHandPage[AlarmAtHand]):
    """One alarm."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("answer", lambda: _("Answer"), "a f4", about=lambda: _("a duty: what was done about it")),
        Act("close", lambda: _("Close"), "x f10", about=lambda: _("say what came of it")),
        Act("past", lambda: _("Timeline"), "h f6", about=lambda: _("of all records of the customer")),
        Act("customer", lambda: _("Customer"), "o ctrl+o"),
        Act("again", lambda: _("Read again"), "r f2", hint=False),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]

    def named(self) -> str:
        """Return id, title and customer."""
        if self.at_hand is None:
            return self.number
        shown = self.at_hand.shown
        parts = (self.number, words(shown.title), shown.alarm.customer_id, shown.customer_name or "")
        return "  ".join(each for each in parts if each)

    def lines(self, width: int) -> list[Line] | None:
        """Return it whole."""
        listing = self.desk.listing
        if self.at_hand is None or listing is None:
            return None
        return alarm_lines(self.at_hand.shown, self.at_hand.people, listing.zone, self.desk.now(), width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with it as it stands."""
        if action in ("answer", "close"):
            at_hand = self.at_hand
            if at_hand is None or at_hand.shown.alarm.closing is not None:
                return False
            return action == "close" or bool(waiting_duties(at_hand))
        return super().check_action(action, parameters)

    def find(self) -> AlarmAtHand:
        """Return the alarm with all that is told of it."""
        return self.desk.alarm(self.number)

    def action_answer(self) -> None:
        """Fill in what was done about a duty."""
        if self.at_hand is not None:
            self.fill_in(answer_form(self.desk, self.at_hand), self._worked)

    def action_close(self) -> None:
        """Fill in what came of it."""
        if self.at_hand is not None:
            self.fill_in(close_form(self.desk, self.at_hand), self._worked)

    def _worked(self, _recorded: object) -> None:
        self.notify(_("On record: {id}.").format(id=self.number), markup=False)
        self.read_all()

    def action_past(self) -> None:
        """Show what was done with the customer's records."""
        if self.at_hand is not None:
            self._over.show_past(self.at_hand.shown.alarm.customer_id)

    def action_customer(self) -> None:
        """Open the customer's page."""
        if self.at_hand is not None:
            self._over.show_customer(self.at_hand.shown.alarm.customer_id, None)
