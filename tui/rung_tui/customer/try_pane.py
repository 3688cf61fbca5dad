"""The pane in which other values are tried: the list of them, the line to type one in, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from rung_tui.customer.layout import Part, paragraph
from rung_tui.customer.told import Trial
from rung_tui.customer.trial import answer
from rung_tui.customer.value_list import ValueList
from rung_tui.drawn import Line, line
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rung.workspace.what_if import ValueToTry, WhatIf

__all__ = ["TryPane"]


class TryPane(Vertical):
    """One customer being tried with other values; nothing is recorded here."""

    DEFAULT_CSS = """
    TryPane {
        height: 12; padding: 0 1; background: $surface; border-top: solid $primary;
        border-title-color: $primary; border-title-style: bold;
    }
    TryPane Horizontal { height: 1; }
    TryPane Lines { background: $surface; }
    TryPane #named { width: 45%; }
    TryPane #says { max-height: 4; }
    TryPane Prompt { width: 1fr; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    @dataclass
    class Typed(Message):
        """Another text stands for a value; "" is the present value."""

        name: str
        text: str

    @dataclass
    class Choose(Message):
        """The value is to be picked from a list."""

        value: ValueToTry

    def __init__(self) -> None:
        super().__init__(id="trying")
        self.what_if: WhatIf | None = None
        self._trial: Trial | None = None
        self._written: Mapping[str, str] = {}
        self._grades: tuple[str, ...] = ()
        self._problem = ""
        self._said: Callable[[], str] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the answer, the values, the line to type in and what is said of it."""
        yield Lines(self._answer, widget_id="answer")
        yield ValueList()
        with Horizontal():
            yield Lines(self._named, widget_id="named")
            yield Prompt(id="value", select_on_focus=False)
        yield Lines(self._says, widget_id="says")

    @property
    def listed(self) -> ValueList:
        """The values."""
        return self.query_one(ValueList)

    @property
    def prompt(self) -> Prompt:
        """Where a value is typed."""
        return self.query_one("#value", Prompt)

    @property
    def value(self) -> ValueToTry | None:
        """The value that is typed."""
        return self.listed.values[self.listed.cursor] if self.listed.values else None

    # What is shown

    def begin(self, what_if: WhatIf, written: Mapping[str, str], grades: tuple[str, ...]) -> None:
        """Show a customer."""
        if self.what_if is None or what_if.values != self.what_if.values:
            self.listed.cursor = 0
        self.what_if, self._grades, self._problem, self._trial = what_if, grades, "", None
        self._said = None
        self.show(written, None)
        self._fill()

    def say(self, said: Callable[[], str]) -> None:
        """Say something until another value is typed."""
        self._said = said
        self._rewrite()

    def fail(self, problem: str) -> None:
        """Say why nothing can be tried."""
        self.what_if, self._trial, self._written, self._problem = None, None, {}, problem
        self.listed.show((), {}, None)
        self._fill()

    def show(self, written: Mapping[str, str], trial: Trial | None) -> None:
        """Show what is tried, and what comes of it; None while that is being found."""
        self._written = dict(written)
        self._trial = trial or (self._trial if written else None)
        self.listed.show(self.what_if.values if self.what_if else (), self._written, self._trial)
        self._rewrite()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self._fill()

    def _rewrite(self) -> None:
        title = _("What if") if self._problem else _("What if · nothing is recorded by trying")
        self.border_title = RichText(settled(title))
        self.listed.refresh()
        for each in self.query(Lines):
            each.refresh(layout=True)

    def _answer(self, width: int) -> list[Line]:
        if self._problem:
            return paragraph([("! ", "warning"), self._problem], width, 2)
        if self._said is not None and self._trial is None:
            return paragraph([("! ", "warning"), self._said()], width, 2)
        if self._trial is not None:
            return paragraph(answer(self._trial, self._grades), width)
        told = _("Reading…") if self.what_if is None else _("Type another value: the grade answers at once.")
        return [line((told, "muted"))]

    def _named(self, width: int) -> list[Line]:
        value = self.value
        if value is None:
            return [()]
        unit = words(value.unit)
        parts: list[Part] = [(words(value.title), "strong"), (f" ({unit})" if unit else "", "muted")]
        return paragraph(parts, width)[:1]

    def _says(self, width: int) -> list[Line]:
        value = self.value
        if value is None:
            return []
        problem = self._trial.then.problems.get(value.id) if self._trial is not None else None
        if problem is not None and self._written.get(value.id, "").strip():
            told: list[Part] = [("✗ ", "error"), problem.message, (f" {problem.hint}", "muted")]
            return paragraph(told, width, 2)
        if value.refusal is not None:
            reason = f"{value.refusal.message} {value.refusal.hint}".strip()
            told_ = _("Can be tried, not recorded: {reason}").format(reason=reason)
            return paragraph([(told_, "muted")], width)
        if value.choices:
            known = " · ".join(words(each.title) for each in value.choices)
            return paragraph([(_("Enter picks: {choices}").format(choices=known), "muted")], width)
        return paragraph([(words(value.about), "muted")], width) if value.about else []

    # What is typed

    def _fill(self) -> None:
        value, prompt = self.value, self.prompt
        text = self._written.get(value.id, "") if value is not None else ""
        with prompt.prevent(Input.Changed):
            prompt.value = text
            prompt.placeholder = settled((value.written or words(value.now)) if value is not None else "")
        prompt.cursor_position = len(text)
        self._rewrite()

    def write(self, written: Mapping[str, str]) -> None:
        """Have other texts stand for values."""
        self.show(written, None)
        self._fill()

    def go_to(self, name: str) -> None:
        """Have a value typed, by its quantity."""
        places = [place for place, each in enumerate(self.listed.values) if each.id == name]
        if places:
            self.listed.cursor = places[0]
            self._fill()

    def action_move(self, by: int) -> None:
        """Go to the value above or below."""
        self.listed.cursor += by
        self._fill()

    @on(ValueList.Picked)
    def _picked(self, event: ValueList.Picked) -> None:
        event.stop()
        self.listed.cursor = event.place
        self._fill()
        self.prompt.focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._said = None
        if self.value is not None:
            self.post_message(self.Typed(self.value.id, event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Pick from the list, or go on to the next value."""
        event.stop()
        if self.value is not None and self.value.choices:
            self.post_message(self.Choose(self.value))
        else:
            self.action_move(1)
