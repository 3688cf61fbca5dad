"""The dialog that overrules one customer's grade: every rule is shown before and while it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text as RichText
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from rung.errors import Problem, RungError
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import paragraph
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.override.effects import before_and_after, notches
from rung_tui.override.form import Form
from rung_tui.override.pickers import GradePicker, Picker, ReasonPicker
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine
    from rung.ledger import Ground, Override
    from rung.ledger.rules.approvals import Asked
    from rung_tui.review import Review

__all__ = ["OverrideDialog"]


class _Narrative(TextArea):
    """Several lines of text."""

    DEFAULT_CSS = """
    _Narrative { height: 4; border: none; padding: 0 1; background: $background; }
    _Narrative:focus { border: none; background-tint: $foreground 5%; }
    """

    def on_focus(self, event: events.Focus) -> None:
        """Bring the terminal's cursor here: it is moved at the end of the next piece of output."""
        del event
        self.call_after_refresh(self.refresh)


class OverrideDialog(ModalScreen[Any]):
    """Gives the rung.ledger.Override recorded, None where there was none."""

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
    OverrideDialog { align: center middle; background: $background 60%; }
    OverrideDialog Vertical {
        width: 92; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    OverrideDialog VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    OverrideDialog #objections { dock: bottom; }
    OverrideDialog Horizontal { height: auto; }
    OverrideDialog Lines { background: $surface; }
    OverrideDialog .label { width: 12; height: 1; }
    OverrideDialog Prompt { width: 1fr; background: $background; }
    """

    def __init__(self, review: Review, ground: Ground, told: Told) -> None:
        super().__init__()
        self._review, self._ground, self._told = review, ground, told
        self._draft = (ground.policy.id, ground.customer_id)
        self._form = review.drafts.get(self._draft, Form())
        self._problems: list[Problem] = []
        self._tried = False
        self._saving = False
        self._recorded: Override | None = None

    def compose(self) -> ComposeResult:
        """Lay out the fields, top to bottom as they are filled in."""
        form, ground, rules = self._form, self._ground, self._ground.rules
        grades = ground.policy.grades
        with Vertical() as box, VerticalScroll(can_focus=False):
            box.border_title = self._heading()
            yield Lines(self._objections, widget_id="objections")
            with Horizontal():
                yield Lines(lambda _width: [line((_("Grade"), "muted"))], classes="label")
                picked = grades.index(form.grade) if form.grade in grades else None
                yield GradePicker(grades, ground.model_grade, picked, widget_id="grade")
                yield Lines(
                    lambda _width: [notches(ground, self._form.grade, self._asked)], widget_id="notches"
                )
            yield Lines(self._rivals, widget_id="rivals")
            yield Lines(lambda _width: [line((_("Reason"), "muted"))])
            ids = [option.id for option in rules.reasons]
            reason = ids.index(form.reason) if form.reason in ids else None
            yield ReasonPicker([option.title for option in rules.reasons], reason, widget_id="reason")
            yield Lines(lambda _width: [line((_("What you know, in your words"), "muted"))])
            yield _Narrative(form.narrative, id="narrative", soft_wrap=True, tab_behavior="focus")
            with Horizontal():
                yield Lines(lambda _width: [line((_("Evidence"), "muted"))], classes="label")
                yield Prompt(form.evidence, id="evidence", placeholder=_("file number or link"))
            with Horizontal():
                yield Lines(lambda _width: [line((_("Until"), "muted"))], classes="label")
                yield Prompt(form.expires, id="expires", placeholder=self._longest())
            yield Lines(self._effects, widget_id="effects")
        yield KeyHints()

    def _heading(self) -> RichText:
        why = self._told.explanation
        who = settled(f"{why.customer_name or ''} {why.customer_id}".strip())
        heading = (
            _("Override · {who} · computed grade {grade}")
            if self._told.in_effect
            else _("Override · {who} · model grade {grade}")
        )
        return RichText(heading.format(who=who, grade=self._ground.model_grade or _("none")))

    def _longest(self) -> str:
        last = self._ground.rules.expires_within.after(self._review.today())
        return _("{day} at the latest, if left empty").format(day=last)

    def on_mount(self) -> None:
        """Begin with the grade."""
        self.query_one("#grade").focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(Vertical).border_title = self._heading()
        self.query_one("#evidence", Prompt).placeholder = _("file number or link")
        self.query_one("#expires", Prompt).placeholder = self._longest()
        self._judge()
        for widget in self.query("Lines, Picker, Bar"):
            widget.refresh(layout=True)

    # What the lines between the fields say

    def _rivals(self, width: int) -> list[Line]:
        today, lines = self._review.today(), []
        for each in self._told.overrides:
            if each.status(today).is_open:
                word = _("{id} by {maker} is open: {old} → {new}; this one takes its place").format(
                    id=each.id,
                    maker=self._told.people.get(each.maker, each.maker),
                    old=each.model_grade or _("none"),
                    new=each.proposed_grade,
                )
                lines += paragraph([(word, "warning")], width)
        return lines

    def _asked(self, grade: str) -> Asked:
        return self._review.asked(grade, self._ground)

    def _effects(self, width: int) -> list[Line]:
        def service(grade: str | None) -> Sequence[ServiceLine]:
            return self._review.core.service(self._told.number, grade, self._review.today())

        return before_and_after(self._ground, self._form.grade, service, width)

    def _objections(self, width: int) -> list[Line]:
        if self._saving:
            return [line((_("Recording…"), "pending"))]
        lines: list[Line] = []
        for problem in self._problems:
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
        self._form = self._filled_in()
        self._review.drafts[self._draft] = self._form
        self._judge()
        for name in ("#notches", "#effects", "#objections"):
            self.query_one(name, Lines).refresh(layout=True)

    def _filled_in(self) -> Form:
        grade = self.query_one("#grade", Picker).picked
        reason = self.query_one("#reason", Picker).picked
        today = self._review.today()
        return Form(
            grade=None if grade is None else self._ground.policy.grades[grade],
            reason=None if reason is None else self._ground.rules.reasons[reason].id,
            narrative=self.query_one(_Narrative).text,
            evidence=self.query_one("#evidence", Prompt).value,
            expires=self.query_one("#expires", Prompt).value,
            supersedes=tuple(each.id for each in self._told.overrides if each.status(today).is_open),
        )

    def _judge(self) -> None:
        """Find what speaks against what was filled in; what was not touched yet is not held against it."""
        judged = self._form if self._tried else self._form.supposed(self._ground)
        proposal, problems = judged.proposal(self._ground)
        if self._form.grade is not None:
            problems += self._review.objections(proposal, self._ground)
        self._problems = problems

    # What is done with it

    def action_save(self) -> None:
        """Record the override, unless something speaks against it."""
        if self._saving:
            return
        self._tried = True
        self._form = self._filled_in()
        self._judge()
        if not self._problems:
            self._saving = True
            self._record()
        self.query_one("#objections", Lines).refresh(layout=True)

    @work(group="save", exclusive=True)
    async def _record(self) -> None:
        proposal, _problems = self._form.proposal(self._ground)
        try:
            recorded = await self._review.arranging(lambda: self._review.propose(proposal, self._ground))
        except Exception as error:  # whatever it is, what was typed must not go with it
            self._saving, self._problems = False, _told(error)
            self.query_one("#objections", Lines).refresh(layout=True)
            return
        self._review.drafts.pop(self._draft, None)
        if self.app.screen is self:
            self.dismiss(recorded)
        else:
            self._recorded = recorded

    def on_screen_resume(self) -> None:
        """Close now if the override was recorded while another screen lay over this one."""
        if self._recorded is not None:
            recorded, self._recorded = self._recorded, None  # a screen may resume more than once
            self.dismiss(recorded)

    def action_leave(self) -> None:
        """Close the dialog; what was typed is there again when it is opened anew."""
        if not self._saving:
            self.dismiss(None)


def _told(error: Exception) -> list[Problem]:
    if isinstance(error, RungError):
        return list(error.problems)
    return [Problem(_("Nothing was recorded: {error}").format(error=f"{type(error).__name__}: {error}"))]
