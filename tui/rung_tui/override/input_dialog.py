"""What the dialogs of human input share: why, with what evidence, until when, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text as RichText
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from rung.errors import Problem, RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import paragraph
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.override.pickers import Picker, ReasonPicker
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.ledger import Ground, InputRecord
    from rung.policy.model import InputRules
    from rung_tui.review import Review

__all__ = ["InputDialog", "Narrative", "told_problems"]


class Narrative(TextArea):
    """Several lines of text."""

    DEFAULT_CSS = """
    Narrative { height: 4; border: none; padding: 0 1; background: $background; }
    Narrative:focus { border: none; background-tint: $foreground 5%; }
    """

    def on_focus(self, event: events.Focus) -> None:
        """Bring the terminal's cursor here: it is moved at the end of the next piece of output."""
        del event
        self.call_after_refresh(self.refresh)


class InputDialog(ModalScreen[Any]):
    """Gives the record made, None where there was none; subclasses say what is wanted of whom."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("save", lambda: _("Save"), "ctrl+s f10"),
        Act("app.focus_next", lambda: _("Next field"), "tab"),
        Act("leave", lambda: _("Back"), "escape"),
        Act("app.help", lambda: _("Keys"), "f1"),
    )
    ALLOWS_HELP: ClassVar[bool] = True
    """Keys and palette may be opened over it."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    InputDialog { align: center middle; background: $background 60%; }
    InputDialog Vertical {
        width: 92; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    InputDialog VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    InputDialog #objections { dock: bottom; }
    InputDialog Horizontal { height: auto; }
    InputDialog Lines { background: $surface; }
    InputDialog .label { width: 12; height: 1; }
    InputDialog Prompt { width: 1fr; background: $background; }
    """
    LIVE: ClassVar[tuple[str, ...]] = ("#effects", "#objections")
    """The lines that follow what is filled in."""

    def __init__(self, review: Review, ground: Ground, told: Told) -> None:
        super().__init__()
        self.review, self.ground, self.told = review, ground, told
        self.problems: list[Problem] = []
        self.tried = False
        """Whether it was to be saved: what was not touched is held against it from then on."""
        self._saving = False
        self._recorded: InputRecord | None = None

    # What a dialog of its own says

    @property
    def rules(self) -> InputRules:
        """The policy's rules for the kind of input."""
        raise NotImplementedError

    def heading(self) -> str:
        """Return the title."""
        raise NotImplementedError

    def wanted(self) -> Sequence[Widget]:
        """Return the widgets in which one says what is wanted, the first to be filled in."""
        raise NotImplementedError

    def begun(self) -> tuple[str | None, str, str, str]:
        """Return reason, narrative, evidence and last day as begun before."""
        raise NotImplementedError

    def longest(self) -> str:
        """Return until when it is in force where no day is given."""
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
        with Vertical() as box, VerticalScroll(can_focus=False):
            box.border_title = RichText(settled(self.heading()))
            yield Lines(self._objections, widget_id="objections")
            yield from self.wanted()
            if self.rules.reasons:
                yield Lines(lambda _width: [line((_("Reason"), "muted"))])
                ids = [option.id for option in self.rules.reasons]
                place = ids.index(reason) if reason in ids else None
                yield ReasonPicker([option.title for option in self.rules.reasons], place, widget_id="reason")
            yield Lines(lambda _width: [line((_("What you know, in your words"), "muted"))])
            yield Narrative(narrative, id="narrative", soft_wrap=True, tab_behavior="focus")
            with Horizontal():
                yield Lines(lambda _width: [line((_("Evidence"), "muted"))], classes="label")
                yield Prompt(evidence, id="evidence", placeholder=_("file number or link"))
            with Horizontal():
                yield Lines(lambda _width: [line((_("Until"), "muted"))], classes="label")
                yield Prompt(expires, id="expires", placeholder=self.longest())
            yield Lines(self.effects, widget_id="effects")
        yield KeyHints()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(Vertical).border_title = RichText(settled(self.heading()))
        self.query_one("#evidence", Prompt).placeholder = _("file number or link")
        self.query_one("#expires", Prompt).placeholder = self.longest()
        self.take()
        for widget in self.query("Lines, Picker, Bar"):
            widget.refresh(layout=True)

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
        if self.app.screen is self:
            self.dismiss(recorded)
        else:
            self._recorded = recorded

    def on_screen_resume(self) -> None:
        """Close now if it was recorded while another screen lay over this one."""
        if self._recorded is not None:
            recorded, self._recorded = self._recorded, None  # a screen may resume more than once
            self.dismiss(recorded)

    def action_leave(self) -> None:
        """Close the dialog; what was typed is there again when it is opened anew."""
        if not self._saving:
            self.dismiss(None)


def told_problems(error: Exception) -> list[Problem]:
    """Return what went wrong while something was to be recorded."""
    if isinstance(error, RungError):
        return list(error.problems)
    return [Problem(_("Nothing was recorded: {error}").format(error=f"{type(error).__name__}: {error}"))]
