"""What the dialogs of human input share: why, with what evidence, until when, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, TextArea

from rung.errors import Problem
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import paragraph
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.override.grounds_dialog import GroundsDialog
from rung_tui.override.narrative import Narrative
from rung_tui.override.pickers import Picker
from rung_tui.problems import told_problems
from rung_tui.prompt import Prompt
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.ledger import Ground, InputRecord
    from rung.policy.model import InputRules
    from rung_tui.review import Review

__all__ = ["InputDialog"]


class InputDialog(GroundsDialog):
    """Gives the record made, None where there was none; subclasses say what is wanted of whom."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("save", lambda: _("Save"), "ctrl+s f10"),
        Act("app.focus_next", lambda: _("Next field"), "tab"),
        Act("leave", lambda: _("Back"), "escape"),
        Act("app.help", lambda: _("Keys"), "f1"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    LIVE: ClassVar[tuple[str, ...]] = ("#effects", "#objections")
    """The lines that follow what is filled in."""

    def __init__(self, review: Review, ground: Ground, told: Told) -> None:
        super().__init__()
        self.review, self.ground, self.told = review, ground, told
        self.problems: list[Problem] = []
        self.tried = False
        """Whether it was to be saved: what was not touched is held against it from then on."""
        self._saving = False

    # What a dialog of its own says

    @property
    def rules(self) -> InputRules:
        """The policy's rules for the kind of input."""
        raise NotImplementedError

    def wanted(self) -> Sequence[Widget]:
        """Return the widgets in which one says what is wanted, the first to be filled in."""
        raise NotImplementedError

    def begun(self) -> tuple[str | None, str, str, str]:
        """Return reason, narrative, evidence and last day as begun before."""
        raise NotImplementedError

    def take(self) -> None:
        """Take over what is filled in, keep it, and find what speaks against it."""
        raise NotImplementedError

    def effects(self, width: int) -> list[Line]:
        """Return what would change with it."""
        raise NotImplementedError

    def record(self) -> InputRecord:
        """Put it on record, for a thread beside; raises RungError with all that speaks against it."""
        raise NotImplementedError

    def forget(self) -> None:
        """Let go of what was begun: it is on record."""
        raise NotImplementedError

    # The dialog

    def compose(self) -> ComposeResult:
        """Lay out the fields, top to bottom as they are filled in."""
        reason, narrative, evidence, expires = self.begun()
        with self.box(), VerticalScroll(can_focus=False):
            yield Lines(self._objections, widget_id="objections")
            yield from self.wanted()
            if self.rules.reasons:
                ids = [option.id for option in self.rules.reasons]
                yield from self.reasons([option.title for option in self.rules.reasons], ids, reason)
            yield from self.grounds(narrative, evidence, expires)
            yield Lines(self.effects, widget_id="effects")
        yield KeyHints()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.take()
        super().relabel()

    def _objections(self, width: int) -> list[Line]:
        if self._saving:
            return [line((_("Recording…"), "pending"))]
        lines: list[Line] = []
        for problem in self.problems:
            lines += paragraph(
                [
                    ("✗ ", "error"),
                    (f"{problem.place}: " if problem.place else "", "muted"),
                    problem.message,
                    (f" {problem.hint}" if problem.hint else "", "muted"),
                ],
                width,
                2,
            )
        return lines

    # What is filled in

    @on(Picker.Picked)
    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self) -> None:
        self.take()
        for name in self.LIVE:
            self.query_one(name, Lines).refresh(layout=True)

    @property
    def reason(self) -> str | None:
        """Id of the reason picked; None also where the policy has no reasons to pick from."""
        if not self.rules.reasons:
            return None
        picked = self.query_one("#reason", Picker).picked
        return None if picked is None else self.rules.reasons[picked].id

    @property
    def narrative(self) -> str:
        """What was written."""
        return self.query_one(Narrative).text

    def typed(self, name: str) -> str:
        """Return what stands in a line."""
        return self.query_one(f"#{name}", Prompt).value

    # What is done with it

    def action_save(self) -> None:
        """Record it, unless something speaks against it."""
        if self._saving:
            return
        self.tried = True
        self.take()
        if not self.problems:
            self._saving = True
            self._record()
        self.query_one("#objections", Lines).refresh(layout=True)

    @work(group="save", exclusive=True)
    async def _record(self) -> None:
        try:
            recorded = await self.review.arranging(self.record)
        except Exception as error:  # whatever it is, what was typed must not go with it
            self._saving, self.problems = False, told_problems(error)
            self.query_one("#objections", Lines).refresh(layout=True)
            return
        self.forget()
        self.has_recorded(recorded)

    def action_leave(self) -> None:
        """Close the dialog; what was typed is there again when it is opened anew."""
        if not self._saving:
            self.dismiss(None)
