"""One record whole: what it says, how it stands, what was done with it; it is worked on from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rung_tui.acts import Act, acts_on, bindings_of, key_of, key_twins
from rung_tui.drawn import Line
from rung_tui.language import _, words
from rung_tui.records.at_hand_page import AtHandPage
from rung_tui.records.desk import RecordAtHand
from rung_tui.records.forms import change_form, move_form
from rung_tui.records.lines import record_lines
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.workspace.recording.types import DeclaredType

__all__ = ["RecordPage"]

_WORK = frozenset({"move", "move_to", "change", "put_back", "withdraw"})


class RecordPage(AtHandPage[RecordAtHand]):
    """One record."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("move", lambda: _("Move on"), "m f4", about=lambda: _("to another state, with note and day")),
        Act("change", lambda: _("Change"), "e f3", about=lambda: _("what stands in its fields")),
        Act("put_back", lambda: _("Put back"), "u f9", about=lambda: _("what was changed last")),
        Act("withdraw", lambda: _("Take back"), "w f10", about=lambda: _("a record opened by mistake")),
        Act("past", lambda: _("Timeline"), "h f6", about=lambda: _("of all records of the customer")),
        Act("customer", lambda: _("Customer"), "o ctrl+o"),
        Act("again", lambda: _("Read again"), "r f2", hint=False),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(ACTS),
        *(
            Binding(key, f"move_to({number})", show=False)
            for number in range(1, 10)
            for key in key_twins(str(number))
        ),
    ]

    def named(self) -> str:
        """Return id, type and customer."""
        if self.at_hand is None:
            return self.number
        shown = self.at_hand.shown
        kind = shown.record.type if shown.declared is None else words(shown.declared.type.title)
        parts = (self.number, kind, shown.record.customer_id, shown.customer_name or "")
        return "  ".join(each for each in parts if each)

    def lines(self, width: int) -> list[Line] | None:
        """Return it whole."""
        return None if self.at_hand is None else record_lines(self.at_hand, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with it as it stands."""
        if action not in _WORK:
            return super().check_action(action, parameters)
        at_hand = self.at_hand
        if at_hand is None:
            return False
        record = at_hand.shown.record
        is_withdrawn = record.state == "withdrawn" and not record.is_open
        if action == "put_back":
            return bool(record.changes)
        if action == "withdraw":
            return not is_withdrawn
        return at_hand.shown.declared is not None and not (is_withdrawn and action == "change")

    def find(self) -> RecordAtHand:
        """Return the record with all that is told of it."""
        return self.desk.record(self.number)

    @property
    def _declared(self) -> DeclaredType | None:
        return None if self.at_hand is None else self.at_hand.shown.declared

    def action_move(self) -> None:
        """Fill in its next state."""
        if self.at_hand is not None and self._declared is not None:
            self.fill_in(move_form(self.desk, self.at_hand, self._declared), self._worked)

    def action_move_to(self, number: int) -> None:
        """Fill in the form with a state picked by its number."""
        at_hand, declared = self.at_hand, self._declared
        if at_hand is None or declared is None or number > len(declared.type.states):
            return
        state = declared.type.states[number - 1].id
        if state == at_hand.shown.record.state:
            self.notify(_("{id} is in that state.").format(id=self.number), markup=False)
            return
        self.fill_in(move_form(self.desk, at_hand, declared, state), self._worked)

    def action_change(self) -> None:
        """Fill in its fields anew."""
        if self.at_hand is not None and self._declared is not None:
            self.fill_in(change_form(self.desk, self.at_hand, self._declared), self._worked)

    def _worked(self, _recorded: object) -> None:
        self.notify(
            _("{id} is changed; {key} puts it back.").format(
                id=self.number, key=key_of(acts_on(self), "put_back")
            ),
            markup=False,
        )
        self.read_all()

    @work(group="record", exclusive=True)
    async def action_put_back(self) -> None:
        """Put back what was changed last."""
        desk, number = self.desk, self.number
        try:
            await desk.work(lambda: desk.put_back(number))
        except Exception as error:
            self.refuse(error)
            return
        self.notify(_("{id} is as it was before; that is on record too.").format(id=number), markup=False)
        self.read_all()

    def action_withdraw(self) -> None:
        """Ask why it is taken back."""
        self._over.withdraw(self.number, self._read)

    def action_past(self) -> None:
        """Show what was done with the customer's records."""
        if self.at_hand is not None:
            self._over.show_past(self.at_hand.shown.record.customer_id)

    def action_customer(self) -> None:
        """Open the customer's page."""
        if self.at_hand is not None:
            record = self.at_hand.shown.record
            self._over.show_customer(record.customer_id, record.sector)
