"""The part of a customer's page that tries other values, and puts on record those that are to stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from rung_tui.chooser import Choice, Chooser
from rung_tui.customer.desk import CustomerDesk, desk_of
from rung_tui.customer.told import Told, Trial
from rung_tui.customer.try_pane import TryPane
from rung_tui.language import _, words
from rung_tui.overruling import Overruling
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.grading.explanation import Explanation
    from rung.workspace.what_if import ValueToTry

__all__ = ["Trying"]

_AS_IT_IS, _NOT_KNOWN = "\x00now", "-"


class Trying(Overruling):
    """A customer's page whose values can be others for a while."""

    told: Told | None = None
    """The customer shown, None where that cannot be told."""
    trial: Trial | None = None
    """What comes of the values being tried."""
    _now: Explanation | None = None

    def tell(self) -> None:
        """Explain the customer at hand."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show what is known by now."""
        raise NotImplementedError

    @property
    def desk(self) -> CustomerDesk:
        """What was typed and not recorded."""
        return desk_of(self.app, self.review.workspace)

    @property
    def pane(self) -> TryPane:
        """Where values are typed."""
        return self.query_one(TryPane)

    @property
    def is_trying(self) -> bool:
        """Whether the pane is open."""
        return self.has_class("-trying")

    @property
    def written(self) -> dict[str, str]:
        """What was typed for the customer shown, by quantity."""
        if self.told is None:
            return {}
        why = self.told.explanation
        return self.desk.tries.get((why.policy_id, why.customer_id), {})

    def _write(self, written: dict[str, str]) -> None:
        if self.told is not None:
            why = self.told.explanation
            self.desk.tries[why.policy_id, why.customer_id] = {k: v for k, v in written.items() if v.strip()}

    async def show_ledger(self) -> None:
        """Show what the ledger holds after an act, here and where the customer was opened from."""
        try:
            await self._show_ledger()
        except Exception as error:  # the act is on record; what cannot be shown of it is told
            self.refuse(error)

    # The pane

    def action_what_if(self) -> None:
        """Open the pane."""
        if self.told is None:
            return
        self.add_class("-trying")
        self.pane.prompt.focus()
        self.begin_trying()

    def action_close_pane(self) -> None:
        """Close the pane; what was typed is there when it is opened again."""
        self.remove_class("-trying")
        self.trial = None
        self.query("#page").first().focus()
        self.draw()

    @work(group="begin", exclusive=True)
    async def begin_trying(self, suppose: int = 0) -> None:
        """Have the customer shown in the pane; ``suppose``: with the smallest change up (1) or down (-1)."""
        told, review, pane = self.told, self.review, self.pane
        if told is None:
            return
        try:
            what_if = await review.telling(lambda: review.what_if(told.number))
            change = await review.telling(lambda: what_if.smallest(is_down=suppose < 0)) if suppose else {}
            now = await review.telling(lambda: what_if.tried({}).explanation)
        except Exception as error:  # whatever it is, the page stays
            pane.fail(str(error) or type(error).__name__)
            return
        if self.told is None or self.told.number != told.number:
            return
        self._now = now
        if change:
            self._write(change)
        pane.begin(what_if, self.written, told.grades)
        if suppose and not change:
            pane.say(lambda: _no_change(suppose))
        if change:
            pane.go_to(next(iter(change)))
        self._answer()

    def _answer(self) -> None:
        """Show what comes of what is typed; where that is nothing, the grade there is."""
        if self.written:
            self._find()
            return
        self.workers.cancel_group(self, "try")
        self.trial = None
        self.pane.show({}, None)
        self.draw()

    @work(group="try", exclusive=True)
    async def _find(self) -> None:
        """Find what comes of what is typed, beside the screen."""
        what_if, written, now = self.pane.what_if, dict(self.written), self._now
        if what_if is None or now is None:
            return
        try:
            then = await self.review.telling(lambda: what_if.tried(written))
        except Exception as error:  # a plugin's measure may fail on a value in any way
            self.pane.fail(str(error) or type(error).__name__)
            return
        if written == self.written and what_if is self.pane.what_if and self.is_trying:
            self.trial = Trial(written, now, then)
            self.pane.show(written, self.trial)
            self.draw()

    @on(TryPane.Typed)
    def _typed(self, event: TryPane.Typed) -> None:
        self._write({**self.written, event.name: event.text})
        self.pane.show(self.written, None)
        self._answer()

    @on(TryPane.Choose)
    @work(group="override", exclusive=True, opens=True)
    async def _choose(self, event: TryPane.Choose) -> None:
        """Have a value picked from the list of those there are."""
        value = event.value

        def choices() -> list[Choice]:
            found = [Choice(each.written, words(each.title), words(each.about)) for each in value.choices]
            known = Choice(_NOT_KNOWN, _("Not known"))
            now = Choice(_AS_IT_IS, _("As it is"), words(value.now))
            return [*found, known, now]

        current = self.written.get(value.id, value.written or "")
        chosen = await self.app.push_screen_wait(Chooser(lambda: words(value.title), choices, current))
        if chosen is not None:
            self._write({**self.written, value.id: "" if chosen == _AS_IT_IS else chosen})
            self.pane.write(self.written)
            self._answer()

    def action_reset(self) -> None:
        """Have the value that is typed be the present one again."""
        value = self.pane.value
        if value is not None:
            self._write({**self.written, value.id: ""})
            self.pane.write(self.written)
            self._answer()

    def action_reset_all(self) -> None:
        """Have every value be the present one again."""
        self._write({})
        self.pane.write({})
        self._answer()

    def action_suppose(self, way: int) -> None:
        """Open the pane with the smallest change that reaches a better grade, or costs the one there is."""
        if self.told is not None:
            self.add_class("-trying")
            self.pane.prompt.focus()
            self.begin_trying(way)

    def action_fill(self, way: int) -> None:
        """Have the smallest change typed in the pane."""
        self.begin_trying(way)

    # On record

    @work(group="override", exclusive=True, opens=True)
    async def action_record(self) -> None:
        """Put what is tried on record, as far as the rules let one: one value after the other."""
        tried = [each for each in self.pane.listed.values if each.id in self.written]
        if not tried:
            self.notify(_("Nothing is tried yet: type another value first."), markup=False)
            return
        chosen: ValueToTry | None = tried[0]
        if len(tried) > 1:
            chosen = await self.pick_value(_("Record which value?"), tried)
        if chosen is not None:
            await self.give(chosen, self.written[chosen.id])

    async def pick_value(self, title: str, values: list[ValueToTry]) -> ValueToTry | None:
        """Ask which value is meant; what cannot be recorded is told with the reason."""

        def choices() -> list[Choice]:
            return [_choice(each, self.written.get(each.id, "")) for each in values]

        chosen = await self.app.push_screen_wait(Chooser(lambda: title, choices))
        return next((each for each in values if each.id == chosen), None)

    async def give(self, value: ValueToTry, written: str = "") -> None:
        """Have a judgement or a correction of a value recorded."""
        from rung_tui.override.data_dialog import DataDialog

        told, review, desk = self.told, self.review, self.desk
        if told is None:
            return
        if value.refusal is not None:
            self.notify(str(value.refusal), severity="warning", markup=False, timeout=12)
            return
        customer = told.explanation.customer_id
        try:
            ground = await review.telling(lambda: review.ground(customer))
        except Exception as error:
            self.refuse(error)
            return
        made = await self.app.push_screen_wait(DataDialog(review, ground, told, value, desk.data, written))
        if made is None:
            return
        self._write({name: text for name, text in self.written.items() if name != value.id})
        self.notify(self.recorded_words(made.id), markup=False, timeout=6)
        await self.show_ledger()


def _choice(value: ValueToTry, written: str) -> Choice:
    about = f"{words(value.now)} → {written}" if written else words(value.now)
    if value.refusal is not None:
        return Choice(value.id, words(value.title), f"{about}  ✗ {value.refusal.message}", "muted")
    return Choice(value.id, words(value.title), f"{words(value.kind.words)}  {about}")


def _no_change(way: int) -> str:
    if way > 0:
        return _("No change of up to three values reaches a better grade.")
    return _("No change of up to three values costs the grade.")
