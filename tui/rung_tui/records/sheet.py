"""A form to fill in: what is wrong stands beside what it is about, all at once; what was typed is kept."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from rung.errors import Problem
from rung_tui.acts import Act, bindings_of
from rung_tui.chooser import Choice, Chooser
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, spoken
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.records.answers import ChoiceBox, TextBox
from rung_tui.records.asks import Ask, Work, label, not_recorded, problem_lines
from rung_tui.records.desk import RecordsDesk
from rung_tui.table.cells import settled
from rung_tui.working import work

__all__ = ["Sheet"]


class Sheet(ModalScreen[Any]):
    """Gives what was recorded, None where nothing was."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("save", lambda: _("Put on record"), "ctrl+s f10"),
        Act("app.focus_next", lambda: _("Next field"), "tab"),
        Act("leave", lambda: _("Back"), "escape", about=lambda: _("what was typed stays")),
        Act("forget", lambda: _("Clear"), "f9", about=lambda: _("throw away what was typed")),
        Act("app.help", lambda: _("Keys"), "f1"),
    )
    ALLOWS_HELP: ClassVar[bool] = True
    """Keys and palette may be opened over it."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(ACTS),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    Sheet { align: center middle; background: $background 60%; }
    Sheet > Vertical {
        width: 104; max-width: 100%; height: auto; max-height: 100%; padding: 0 1; margin-bottom: 1;
        border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    Sheet VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Sheet .ask { height: auto; }
    Sheet Lines { background: $surface; }
    Sheet .label { width: 26; }
    Sheet .wrong { margin-left: 26; }
    Sheet Prompt { width: 1fr; background: $background; }
    """

    def __init__(self, desk: RecordsDesk, asked: Work) -> None:
        super().__init__()
        self._desk, self._work = desk, asked
        self._draft = dict(desk.drafts.get(asked.key, {}))
        self._touched = set(self._draft)
        self._wrong: dict[str, Problem] = {}
        self._problems: list[Problem] = []
        self._saving = self._tried = False
        self._recorded: Any = None

    def compose(self) -> ComposeResult:
        """Lay out what is asked, top to bottom as it is filled in."""
        with Vertical() as box:
            box.border_title = RichText(settled(self._work.heading()))
            yield Lines(self._objections, widget_id="objections")
            with VerticalScroll(can_focus=False):
                yield Lines(self._told, widget_id="told")
                for ask in self._work.asks:
                    with Horizontal(classes="ask"):
                        yield Lines(partial(label, ask), classes="label")
                        yield self._answer(ask)
                    below = partial(self._below, ask)
                    yield Lines(below, widget_id=f"wrong-{ask.name}", classes="wrong")
        yield KeyHints()

    def _answer(self, ask: Ask) -> Widget:
        value = self._draft.get(ask.name, ask.value)
        name = f"ask-{ask.name}"
        if ask.how == "choice":
            return ChoiceBox(ask.options, value, title=ask.title, widget_id=name)
        if ask.how == "text":
            return TextBox(value, widget_id=name)
        return Prompt(value, placeholder=ask.hint(), id=name, select_on_focus=False)

    def on_mount(self) -> None:
        """Begin with the first that was not filled in before."""
        self._judge()
        names = [each.name for each in self._work.asks]
        first = next((each for each in names if each not in self._draft), names[0])
        self.query_one(f"#ask-{first}").focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_exactly_one("Sheet > Vertical", Vertical).border_title = RichText(
            settled(self._work.heading())
        )
        for ask in self._work.asks:
            for prompt in self.query(f"#ask-{ask.name}").results(Prompt):
                prompt.placeholder = ask.hint()
        self._judge()
        for widget in self.query("Lines, ChoiceBox, Bar"):
            widget.refresh(layout=True)

    def help_lines(self) -> list[tuple[str, str]]:
        """Return what the signs mean, and how choices are made, for the page of keys."""
        return [
            ("*", _("is needed")),
            ("◌", _("sensitive: lists mask it, and whoever may not read it")),
            ("■", _("beside a state: the record is closed by it")),
            (
                "1 … 9  ← →",
                _("pick a choice; its first letter does too, Enter finds one by typing, ⌫ lets go"),
            ),
        ]

    # What the lines say

    def _told(self, width: int) -> list[Line]:
        spoken()
        lines = [each for told in self._work.told() for each in paragraph([told], width)]
        if any(ask.is_sensitive for ask in self._work.asks):
            kept = _("◌ is not kept over a crash: what is typed there is sensitive.")
            lines += paragraph([(kept, "muted")], width)
        return lines

    def _below(self, ask: Ask, width: int) -> list[Line]:
        problem = self._wrong.get(ask.name)
        if problem is not None and (self._tried or ask.name in self._touched):
            return problem_lines(problem, width)
        if ask.how != "line" and (hint := ask.hint()):
            return paragraph([(hint, "muted")], width)
        return []

    def _objections(self, width: int) -> list[Line]:
        if self._saving:
            return paragraph([(_("Recording…"), "pending")], width)
        lines = [each for problem in self._problems for each in problem_lines(problem, width)]
        if self._tried and self._wrong:
            told = _("Nothing was recorded yet; fields to mend: {count}").format(count=len(self._wrong))
            lines += paragraph([("✗ ", "error"), told], width)
        return lines

    # What is filled in

    @property
    def answers(self) -> dict[str, str]:
        """Everything as it stands."""
        return {ask.name: self._of(ask.name) for ask in self._work.asks}

    def _of(self, name: str) -> str:
        widget = self.query_one(f"#ask-{name}")
        if isinstance(widget, ChoiceBox):
            return widget.picked
        return widget.text if isinstance(widget, TextArea) else getattr(widget, "value", "")

    @property
    def changed(self) -> dict[str, str]:
        """What differs from what stood there."""
        was = {ask.name: ask.value for ask in self._work.asks}
        return {name: value for name, value in self.answers.items() if value != was[name]}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceBox.Picked)
    def _typed(self) -> None:
        if not self.is_mounted:
            return
        changed = self.changed
        self._touched |= changed.keys()
        self._problems = []
        if self._recorded is None and not self._saving:
            secret = frozenset(each.name for each in self._work.asks if each.is_sensitive)
            self._desk.keep(self._work.key, changed, self._work.heading, secret)
        self._judge()
        self._say()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._touched.add((event.input.id or "").removeprefix("ask-"))
        self._say()
        self.focus_next()

    def _judge(self) -> None:
        spoken()
        self._wrong = dict(self._work.judge(self.answers))

    def _say(self) -> None:
        for each in self.query("#objections, .wrong"):
            each.refresh(layout=True)

    # What is done with it

    def action_save(self) -> None:
        """Record it, unless something speaks against it."""
        if self._saving or self._recorded is not None:
            return
        self._tried = True
        self._judge()
        if self._wrong:
            first = next((each.name for each in self._work.asks if each.name in self._wrong), None)
            if first is not None:
                self.query_one(f"#ask-{first}").focus()
        else:
            self._saving = True
            self._record(self.changed)
        self._say()

    @work(group="save", exclusive=True)
    async def _record(self, changed: dict[str, str]) -> None:
        try:
            recorded = await self._desk.work(lambda: self._work.record(changed))
        except Exception as error:  # whatever it is, what was typed must not go with it
            self._saving, self._problems = False, not_recorded(error)
            self._say()
            return
        self._desk.drafts.pop(self._work.key, None)
        self._saving, self._recorded = False, recorded
        if self.app.screen is self:
            self.dismiss(recorded)

    def on_screen_resume(self) -> None:
        """Close now if it was recorded while another screen lay over this one."""
        if self._recorded is not None:
            recorded, self._recorded = self._recorded, None  # a screen may resume more than once
            self.dismiss(recorded)

    def action_forget(self) -> None:
        """Ask whether to throw away what was typed, and then do so."""

        def chosen(way: str | None) -> None:
            if way == "clear":
                self._desk.drafts.pop(self._work.key, None)
                self.dismiss(None)

        def ways() -> list[Choice]:
            return [
                Choice("keep", _("Go on working")),
                Choice("clear", _("Throw away what was typed"), role="warning"),
            ]

        if not self._saving:
            self.app.push_screen(Chooser(self._work.heading, ways), chosen)

    def action_leave(self) -> None:
        """Close the form; what was typed is there again when it is opened anew."""
        if not self._saving:
            self.dismiss(None)
