"""The part of the mode's screen that decides: on the proposal at hand, or on all that are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from rung.errors import Problem
from rung_tui.acts import acts_on, key_of
from rung_tui.approvals.anew import AnewForm
from rung_tui.approvals.listing import Told
from rung_tui.approvals.marking import ApprovalsMarking
from rung_tui.approvals.pane import ProposalPane
from rung_tui.approvals.words import act_words, decided_words, title_words, what_words
from rung_tui.bulk.desk import Stage
from rung_tui.keys_in_order import KeysInOrder
from rung_tui.language import _
from rung_tui.problems import told_problems
from rung_tui.queue.arranger import SupersededError
from rung_tui.working import work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rung.ledger import Act, InputRecord

__all__ = ["ApprovalsDeciding"]


class ApprovalsDeciding(ApprovalsMarking):
    """A screen on which one proposal after the other is decided."""

    is_recording = False
    """Whether decisions on many are being recorded, which Esc stops."""
    _is_stopped = False
    _stage: Stage | None = None

    @property
    def holds_keys(self) -> bool:
        """Whether one is being decided, or the next is read: what is typed meanwhile is for the next."""
        return (self.pane.is_busy or self.is_going_on) and not self.is_recording

    def stop_recording(self) -> None:
        """Give up decisions that are being recorded: none of them is."""
        self._is_stopped = True
        self._say_work(_("Stopping…"))

    def _report(self, stage: str, done: int, whole: int | None) -> None:
        if self._is_stopped:
            raise SupersededError
        self._stage = Stage(stage, done, whole)

    def _tell_stage(self) -> None:
        if self.is_recording and self._stage is not None and not self._is_stopped:
            stops = _("{key} stops").format(key=key_of(acts_on(self), "stop"))
            self._say_work(f"{self._stage.words}  {stops}")

    # One

    def action_approve(self) -> None:
        """Approve the proposal at hand, with the note typed; or all that are marked."""
        from rung.ledger import Act

        self._decide(Act.APPROVED)

    def action_give_back(self) -> None:
        """Give the proposal at hand back, once the note says what is asked for; or all that are marked."""
        from rung.ledger import Act

        self._decide(Act.RETURNED)

    def action_reject(self) -> None:
        """Reject the proposal at hand, once the note says why; or all that are marked."""
        from rung.ledger import Act

        self._decide(Act.REJECTED)

    def action_undo(self) -> None:
        """Withdraw one's own proposal; or all that are marked."""
        from rung.ledger import Act

        told = self._at_hand()
        if self.desk.marked:
            self._decide(Act.WITHDRAWN)
        elif told is not None and self._allowed(Act.WITHDRAWN, told):
            self._ask_withdrawal(told)

    @work(group="many", exclusive=True, opens=True)
    async def _ask_withdrawal(self, told: Told) -> None:
        """Withdraw one's own proposal once that is confirmed: it cannot be undone."""
        from rung.ledger import Act
        from rung_tui.chooser import Choice, Chooser

        record = told.record

        def names() -> list[Choice]:
            named = _("Withdraw {title}: {what}").format(
                title=title_words(record), what=what_words(record, told.listed.quantity, told.listed.scale)
            )
            return [Choice(record.id, named, record.narrative)]

        if await self.app.push_screen_wait(Chooser(lambda: act_words(Act.WITHDRAWN), names)) is not None:
            self._send(Act.WITHDRAWN, told)

    def _decide(self, act: Act) -> None:
        if self.desk.marked:
            self._decide_marked(act)
            return
        told = self._at_hand()
        if told is None or not self._allowed(act, told):
            return
        if act.value in ("returned", "rejected"):
            self.pane.ask(act)
        else:
            self._send(act, told)

    def _at_hand(self) -> Told | None:
        """Return the proposal under the cursor, None while it is read or decided."""
        told, listed = self.pane.told, self.table.current
        if self.pane.is_busy or told is None or listed is None or listed.record.id != told.record.id:
            return None
        return told

    def _allowed(self, act: Act, told: Told) -> bool:
        listing = self.desk.listing
        if listing is not None and listing.is_decided(told.record.id) and act.value != "withdrawn":
            self.pane.refuse([_is_done()])
            return False
        problems = told.against[act]
        if problems:
            self.pane.refuse(problems)
        return not problems

    @on(ProposalPane.Typed)
    def _typed(self, event: ProposalPane.Typed) -> None:
        told = self.pane.told
        if told is not None:
            self.desk.notes[told.record.id] = event.note

    @on(ProposalPane.Sent)
    def _sent(self, event: ProposalPane.Sent) -> None:
        told = self._at_hand()
        if told is None:
            return
        if event.act is None:
            self.to_list()
        elif not self.pane.note.value.strip():
            message = (
                _("Say why you reject it.") if event.act.value == "rejected" else _("Say what is missing.")
            )
            self.pane.refuse([Problem(message, _("Its maker reads the note."))])
        else:
            self._send(event.act, told)

    @work(group="record")
    async def _send(self, act: Act, told: Told) -> None:
        desk, pane = self.desk, self.pane
        note = pane.note.value
        pane.is_busy = True
        try:
            (made,) = await desk.work(lambda: desk.decide(act, [told.record.id], note))
        except Exception as error:  # whatever it is, what was typed must not go with it
            if isinstance(self.app, KeysInOrder):
                self.app.forget_keys()  # they were typed for the proposals after this one
            pane.refuse(told_problems(error))
            self._bring(self.table.cursor)
            return
        pane.is_busy, pane.act = False, None
        pane.fill("")
        pane.say(lambda: decided_words(made, told, told.now.date()))
        self._go_on()

    def action_next(self) -> None:
        """Go to the next proposal one may decide."""
        if not self._to_next():
            self.notify(_("Nothing else here awaits your decision."), markup=False)

    def _to_next(self) -> bool:
        listing = self.desk.listing
        place = None if listing is None else listing.next_after(self.table.cursor)
        if place is None:
            return False
        self.table.cursor = place
        return True

    def _go_on(self) -> None:
        """Show in the list what was done, and have the next proposal."""
        before = self.table.cursor
        self.is_going_on = True
        self.table.reload()
        self.to_list()
        self._to_next()
        if self.table.cursor == before:
            self._bring(before)
        for bar in self.query("Bar"):
            bar.refresh()

    # Put forward anew

    @work(group="anew", exclusive=True, opens=True)
    async def action_resubmit(self) -> None:
        """Put one's own returned proposal forward anew."""
        from rung.ledger import Act
        from rung_tui.approvals.anew_screen import AnewScreen

        told, desk = self._at_hand(), self.desk
        if told is None or not self._allowed(Act.RESUBMITTED, told):
            return
        record = told.record

        def keep(typed: AnewForm) -> None:
            desk.anew[record.id] = typed

        form = await self.app.push_screen_wait(AnewScreen(told, desk.anew.get(record.id, AnewForm()), keep))
        if form is None:
            return
        self.pane.is_busy = True
        try:
            made = await desk.work(lambda: desk.resubmit(record, form))
        except Exception as error:
            self.pane.refuse(told_problems(error))
            return
        self.pane.is_busy = False
        self.pane.say(lambda: decided_words(made, told, told.now.date()))
        self._go_on()

    # Many

    @work(group="many", exclusive=True, opens=True)
    async def _decide_marked(self, act: Act) -> None:
        from rung_tui.approvals.preview import PreviewScreen

        desk, records = self.desk, list(self.desk.marked.values())
        self._say_work(_("Looking at those marked…"))
        try:
            preview = await desk.work(lambda: desk.preview(act, records))
        except Exception as error:
            self.pane.refuse(told_problems(error))
            return
        finally:
            self._say_work("")

        def keep(note: str) -> None:
            desk.notes[act.value] = note

        screen = PreviewScreen(preview, desk.notes.get(act.value, ""), keep)
        note = await self.app.push_screen_wait(screen)
        if note is None:
            return
        ids = [each.id for each in preview.allowed]
        self._say_work(_("Recording {n}…").format(n=f"{len(ids):,}"))
        self.pane.is_busy = self.is_recording = True
        self._is_stopped, self._stage = False, None
        ticking = self.set_interval(0.25, self._tell_stage)
        try:
            made = await desk.work(lambda: desk.decide(act, ids, note, self._report))
        except SupersededError:
            self.pane.refuse([Problem(_("Stopped: nothing was recorded."))])
            return
        except Exception as error:
            self.pane.refuse(told_problems(error))
            return
        finally:
            self.is_recording = False
            ticking.stop()
            self._say_work("")
        self.pane.is_busy = False
        self.pane.say(self._told_of(act, made))
        self._go_on()

    def _told_of(self, act: Act, made: Sequence[InputRecord]) -> Callable[[], Sequence[str]]:
        def told() -> list[str]:
            words = _("{act}: {n} recorded, each as its own: {first} to {last}.")
            facts = {"act": act_words(act), "n": f"{len(made):,}", "first": made[0].id, "last": made[-1].id}
            return [words.format(**facts)]

        return told


def _is_done() -> Problem:
    message = _("This one is decided. Decisions stay on record and cannot be undone.")
    return Problem(message, _("Propose anew what ought to hold instead."))
