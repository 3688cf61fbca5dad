"""The dialog that overrules every marked customer for one reason: what would come of it is shown first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, TextArea

from rung.errors import Problem
from rung_tui.acts import Act, bindings_of, key_of
from rung_tui.bulk.desk import BatchDesk
from rung_tui.bulk.preview import preview
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.override.form import Form
from rung_tui.override.grounds_dialog import GroundsDialog
from rung_tui.override.narrative import Narrative
from rung_tui.override.pickers import GradePicker, Picker
from rung_tui.problems import objection_lines, told_problems
from rung_tui.prompt import Prompt
from rung_tui.queue.arranger import SupersededError
from rung_tui.scale import scale_of_policy
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.ledger import Batch, Ground, Proposal
    from rung_tui.review import Review

__all__ = ["BulkDialog"]

_SETTLED: Final = 0.3
# Seconds without a key after which what would come of it is worked out.


class BulkDialog(GroundsDialog):
    """Gives the rung.ledger.Batch recorded, None where there was none."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("save", lambda: _("Record"), "ctrl+s f10"),
        Act("app.focus_next", lambda: _("Next field"), "tab"),
        Act("leave", lambda: _("Back"), "escape"),
        Act("app.help", lambda: _("Keys"), "f1"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]

    def __init__(self, review: Review, ground: Ground, customers: Sequence[str]) -> None:
        super().__init__()
        self._review, self._ground, self._customers = review, ground, customers
        self._desk = BatchDesk(review)
        self._draft = (ground.policy.id, "")
        self._form = review.drafts.get(self._draft, Form())
        self._problems: list[Problem] = []
        self._foreseen: tuple[Proposal, Batch] | None = None
        self._is_foreseeing = False
        self._is_saving = self._is_stopped = False

    def compose(self) -> ComposeResult:
        """Lay out the fields, top to bottom as they are filled in."""
        form, rules, grades = self._form, self._ground.rules, scale_of_policy(self._ground.policy)
        with self.box(), VerticalScroll(can_focus=False):
            yield Lines(self._objections, widget_id="objections")
            with Horizontal():
                yield Lines(lambda _width: [line((_("Grade"), "muted"))], classes="label")
                picked = grades.index(form.grade) if form.grade in grades else None
                yield GradePicker(grades, None, picked, widget_id="grade")
            ids = [option.id for option in rules.reasons]
            yield from self.reasons([option.title for option in rules.reasons], ids, form.reason)
            yield from self.grounds(form.narrative, form.evidence, form.expires)
            yield Lines(self._told, widget_id="preview")
        yield KeyHints()

    def heading(self) -> str:
        """Return the title."""
        return _("Override · {count} marked").format(count=f"{len(self._customers):,}")

    def longest(self) -> str:
        """Return until when it is in force where no day is given."""
        last = self._ground.rules.expires_within.after(self._review.today())
        return _("{day} at the latest, if left empty").format(day=last)

    def on_mount(self) -> None:
        """Begin with the grade; work under way is counted on screen."""
        self.query_one("#grade").focus()
        self.set_interval(0.25, self._count)

    def _count(self) -> None:
        if self._is_foreseeing or self._is_saving:
            self._write()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        self._changed()

    # What the lines say

    def _told(self, width: int) -> list[Line]:
        if self._is_foreseeing and not self._is_saving:
            stage = self._desk.stage
            words = stage.words if stage is not None else _("Working out what would come of it…")
            return [line((words, "pending"))]
        if self._foreseen is not None:
            return preview(self._foreseen[1], scale_of_policy(self._ground.policy), width)
        words = _("Pick a grade and a reason: what would come of it stands here before anything is recorded.")
        return paragraph([(words, "muted")], width)

    def _objections(self, width: int) -> list[Line]:
        if self._is_saving:
            stage = self._desk.stage
            told = stage.words if stage is not None else _("Recording…")
            if self._is_stopped:
                told = _("Stopping…")
            way_out = _("{key} stops; nothing is recorded then").format(key=key_of(self.ACTS, "leave"))
            return [line((told, "pending"), (f"  {way_out}", "muted"))]
        return objection_lines(self._problems, width)

    def _write(self) -> None:
        for name in ("#preview", "#objections"):
            self.query_one(name, Lines).refresh(layout=True)

    # What is filled in

    @on(Picker.Picked)
    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._form = self._filled_in()
        self._review.drafts[self._draft] = self._form
        self._problems, self._is_foreseeing = [], False
        proposal, problems = self._form.proposal(self._ground)
        if self._form.grade is None or self._form.reason is None:
            self._foreseen = None
        elif problems:
            self._foreseen, self._problems = None, problems
        elif self._foreseen is None or self._foreseen[0] != proposal:
            self._foreseen = None
            self._foresee(proposal)
        self._write()

    def _filled_in(self) -> Form:
        grade, reason = self.query_one("#grade", Picker).picked, self.query_one("#reason", Picker).picked
        return Form(
            grade=None if grade is None else self._ground.policy.grades[grade],
            reason=None if reason is None else self._ground.rules.reasons[reason].id,
            narrative=self.query_one(Narrative).text,
            evidence=self.query_one("#evidence", Prompt).value,
            expires=self.query_one("#expires", Prompt).value,
        )

    @work(group="foresee", exclusive=True)
    async def _foresee(self, proposal: Proposal) -> None:
        form = self._form
        self._is_foreseeing, self._desk.stage = True, None
        await asyncio.sleep(_SETTLED)
        try:
            batch = await self._review.telling(
                lambda: self._desk.foresee(self._customers, proposal, lambda: self._form is form)
            )
        except SupersededError:
            return
        except Exception as error:
            self._problems = _problems_of(error)
        else:
            self._foreseen = proposal, batch
        self._is_foreseeing = False
        self._write()

    # What is done with it

    def action_save(self) -> None:
        """Record the overrides that were shown as to be recorded."""
        if self._is_saving or self._is_foreseeing:
            return
        proposal, self._problems = self._form.proposal(self._ground)
        if not self._problems and self._foreseen is not None:
            if self._foreseen[1].records:
                self._is_saving, self._desk.stage = True, None
                self._record(proposal, [each.customer_id for each in self._foreseen[1].records])
            else:
                self._problems = [Problem(_("The rules refuse everybody marked; nothing was recorded."))]
        self._write()

    @work(group="save", exclusive=True)
    async def _record(self, proposal: Proposal, customers: Sequence[str]) -> None:
        try:
            made = await self._review.arranging(
                lambda: self._desk.record(customers, proposal, lambda: not self._is_stopped)
            )
        except SupersededError:
            self._is_saving = self._is_stopped = False
            self._problems = [Problem(_("Stopped: nothing was recorded."))]
            self._write()
            return
        except Exception as error:  # whatever it is, what was typed must not go with it
            self._is_saving = False
            self._problems = _problems_of(error)
            self._foreseen = None  # something has changed since it was worked out
            self._write()
            self._foresee(proposal)
            return
        self._review.drafts.pop(self._draft, None)
        self.has_recorded(made)

    def action_leave(self) -> None:
        """Stop recording, else close the dialog; what was typed is there again when it is opened anew."""
        if self._is_saving:
            self._is_stopped = True
            self._write()
        else:
            self.dismiss(None)


def _problems_of(error: Exception) -> list[Problem]:
    # Each cause once: they may be about thousands.
    return list({each.message: each for each in told_problems(error)}.values())[:6]
