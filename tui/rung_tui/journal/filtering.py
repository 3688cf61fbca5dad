"""The filter of the acts, a line for each thing that can be said of them, as ``rung audit log`` has it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from typing import ClassVar, Final

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from rung.errors import RungError
from rung_tui.acts import Act, bindings_of, key_of
from rung_tui.chooser import Choice, Chooser
from rung_tui.drawn import Line, line, padded, wrap
from rung_tui.journal.wish import ActsTyped
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.working import work

__all__ = ["FilterScreen"]

_LABEL: Final = 12


class FilterScreen(ModalScreen[ActsTyped | None]):
    """Gives what was typed once it can be read, None where it is left."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Show these"), "enter"),
        Act("kinds", lambda: _("Kinds"), "f3", about=lambda: _("choose a kind of act from a list")),
        Act("empty", lambda: _("Empty"), "f5", about=lambda: _("every field")),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(ACTS),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    FilterScreen { align: center middle; background: $background 60%; }
    FilterScreen Vertical {
        width: 78; max-width: 96%; height: auto; border: round $primary; background: $surface;
        border-title-color: $primary; border-title-style: bold;
    }
    FilterScreen Horizontal { height: 1; }
    FilterScreen .label { width: 13; padding-left: 1; }
    FilterScreen #said { padding: 0 1; }
    """

    def __init__(
        self,
        typed: ActsTyped,
        checked: Callable[[ActsTyped], Awaitable[None]],
        keep: Callable[[ActsTyped], None],
    ) -> None:
        """``checked`` raises RungError with everything that cannot be read; ``keep`` has each letter."""
        super().__init__()
        self._typed, self._checked, self._keep = typed, checked, keep
        self._problems: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        with Vertical() as box:
            box.border_title = RichText(_("Which acts"))
            for field in fields(ActsTyped):
                with Horizontal():
                    yield Lines(lambda _width, name=field.name: _label(name), classes="label")  # type: ignore[misc]
                    yield Prompt(
                        getattr(self._typed, field.name), id=field.name, placeholder=_hint(field.name)
                    )
            yield Lines(self._said, widget_id="said")
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin at the customer."""
        self.query_one("#customer").focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(Vertical).border_title = RichText(_("Which acts"))
        for prompt in self.query(Prompt):
            prompt.placeholder = _hint(prompt.id or "")
        for widget in self.query("Lines, Bar"):
            widget.refresh(layout=True)

    def _said(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for each in self._problems:
            lines += wrap(line(("✗ ", "error"), each), max(1, width), 2)
        return lines

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if event.input.id is not None:
            self._typed = replace(self._typed, **{event.input.id: event.value})
            self._keep(self._typed)

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Show the acts that fit, if what was typed can be read."""
        self._check(self._typed)

    @work(exclusive=True, group="check")
    async def _check(self, typed: ActsTyped) -> None:
        try:
            await self._checked(typed)
        except RungError as error:
            self._problems = tuple(str(problem) for problem in error.problems)
            self.query_one("#said").refresh(layout=True)
            return
        self.dismiss(typed)

    def action_empty(self) -> None:
        """Empty every field."""
        for prompt in self.query(Prompt):
            prompt.value = ""
        self.query_one("#customer").focus()

    def action_kinds(self) -> None:
        """Have a kind chosen; it is added to those typed."""
        from rung.ledger.kinds import EventKind

        def choices() -> list[Choice]:
            return [Choice(kind.value, words(kind.words), kind.value) for kind in EventKind]

        def chosen(kind: str | None) -> None:
            prompt = self.query_one("#kinds", Prompt)
            if kind is not None and kind not in prompt.value.split():
                prompt.value = f"{prompt.value} {kind}".strip()
            prompt.focus()

        self.app.push_screen(Chooser(lambda: _("Kinds of act"), choices), chosen)

    def action_leave(self) -> None:
        """Leave the list as it is; what was typed is there the next time."""
        self.dismiss(None)


def _label(name: str) -> list[Line]:
    titles = {
        "customer": _("Customer"),
        "person": _("Person"),
        "policy": _("Policy"),
        "kinds": _("Kinds"),
        "since": _("Since"),
        "until": _("Until"),
    }
    return [line(padded(titles[name], _LABEL, "muted"))]


def _hint(name: str) -> str:
    hints = {
        "customer": _("id or name"),
        "person": _("account or name"),
        "policy": _("id"),
        "kinds": _("override, note.written, …; {key} shows all").format(
            key=key_of(FilterScreen.ACTS, "kinds")
        ),
        "since": _("2026-06-30 or 2026-06-30 14:30"),
        "until": _("that day or minute included"),
    }
    return hints.get(name, "")
