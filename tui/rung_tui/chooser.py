"""A list to choose from, narrowed by typing: for actions, runs, orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from rung_tui.acts import Act, bindings_of
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.prompt import Prompt
from rung_tui.queue.search import folded
from rung_tui.roles import role_style
from rung_tui.table.cells import settled

__all__ = ["Choice", "Chooser"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    id: str
    title: str
    about: str = ""
    role: str = ""


class Chooser(ModalScreen[str | None]):
    """Asks for one of several; gives its id, None where nothing was chosen."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("choose", lambda: _("Choose"), "enter"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(ACTS),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Chooser { align: center middle; background: $background 60%; }
    Chooser Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 80%;
        border: round $primary; background: $surface; border-title-color: $primary; border-title-style: bold;
    }
    Chooser OptionList { height: auto; max-height: 1fr; border: none; background: $surface; padding: 0; }
    Chooser OptionList:focus { border: none; }
    """

    def __init__(self, title: Callable[[], str], choices: Sequence[Choice], current: str = "") -> None:
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._current = current

    def compose(self) -> ComposeResult:
        """Lay out the line to type in and the list."""
        with Vertical() as box:
            box.border_title = RichText(self._title())
            yield Prompt(placeholder=_("type to narrow the list"))
            yield OptionList()
        yield KeyHints()

    def on_mount(self) -> None:
        """Show every choice."""
        self.list.can_focus = False
        self._fill(self._choices)
        ids = [choice.id for choice in self._choices]
        self.list.highlighted = ids.index(self._current) if self._current in ids else 0
        self.query_one(Prompt).focus()

    @property
    def list(self) -> OptionList:
        """The list."""
        return self.query_one(OptionList)

    def _fill(self, choices: Iterable[Choice]) -> None:
        self.list.clear_options()
        self.list.add_options(Option(self._drawn(choice), id=f"choice-{choice.id}") for choice in choices)
        self.list.highlighted = 0 if self.list.option_count else None

    def _drawn(self, choice: Choice) -> RichText:
        text = RichText(settled(choice.title), style=role_style(self.app, choice.role), no_wrap=True)
        if choice.about:
            text.append("  " + settled(choice.about), style=role_style(self.app, "muted"))
        return text

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        words = folded(event.value).split()
        fitting = [choice for choice in self._choices if _fit(choice, words) is not None]
        self._fill(sorted(fitting, key=lambda choice: _fit(choice, words) or 0))

    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Take what is marked."""
        if self.list.highlighted is not None:
            option = self.list.get_option_at_index(self.list.highlighted)
            self.dismiss((option.id or "").removeprefix("choice-"))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss((event.option.id or "").removeprefix("choice-"))

    def action_move(self, by: int) -> None:
        """Move the mark."""
        count = self.list.option_count
        if count:
            self.list.highlighted = max(0, min(count - 1, (self.list.highlighted or 0) + by))

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def _fit(choice: Choice, words: Iterable[str]) -> int | None:
    """Return how loosely a choice fits what was typed, 0 best; None where it does not."""
    title, text = folded(choice.title), folded(f"{choice.title} {choice.about} {choice.id}")
    loose = 0
    for word in words:
        if word in title:
            continue
        if word in text:
            loose += 1
        elif _in_order(word, text):
            loose += 10
        else:
            return None
    return loose


def _in_order(word: str, text: str) -> bool:
    """Whether the letters of ``word`` come in ``text`` one after another, gaps allowed."""
    letters = iter(text)
    return all(letter in letters for letter in word)
