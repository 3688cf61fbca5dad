"""A list to choose from, narrowed by typing: for actions, runs, orders."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from rung_tui.acts import Act, bindings_of
from rung_tui.chinese.tables import is_spelled
from rung_tui.drawn import Line, line, wrap
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.queue.search import compared
from rung_tui.roles import role_style
from rung_tui.table.cells import settled
from rung_tui.working import work

__all__ = ["Choice", "Chooser"]

_SETTLED: Final = 0.15
# Seconds without a key after which more is looked up.


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
    Chooser OptionList {
        height: auto; max-height: 1fr; border: none; background: $surface; padding: 0;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    Chooser OptionList:focus { border: none; }
    """

    def __init__(
        self,
        title: Callable[[], str],
        choices: Callable[[], Sequence[Choice]],
        current: str = "",
        *,
        look_up: Callable[[str], Awaitable[Sequence[Choice]]] | None = None,
    ) -> None:
        """``look_up``: what else there is to choose for a text typed; asked once nobody types on."""
        super().__init__()
        self._look_up = look_up
        self._title, self._made = title, choices
        self._choices = tuple(choices())
        self._texts: dict[Choice, tuple[str, str]] = {}
        self._found: tuple[Choice, ...] = ()
        """What ``look_up`` found besides, for what is typed now."""
        self._shown: tuple[Choice, ...] = ()
        self._marked: int | None = None
        self._current = current

    def compose(self) -> ComposeResult:
        """Lay out the line to type in and the list."""
        with Vertical() as box:
            box.border_title = RichText(settled(self._title()))
            yield Prompt(placeholder=_("type to narrow the list"))
            yield OptionList()
            yield Lines(lambda width: self._nothing(width), widget_id="nothing")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show every choice."""
        self.options.can_focus = False
        self._fill(self._choices, self._current)
        self.query_one(Prompt).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now; what is marked stays marked."""
        marked = self.marked
        self._choices = tuple(self._made())
        self.query_one(Vertical).border_title = RichText(settled(self._title()))
        prompt = self.query_one(Prompt)
        prompt.placeholder = _("type to narrow the list")
        self._narrow(prompt.value, marked.id if marked else "")
        for widget in self.query("Bar, Lines"):
            widget.refresh(layout=True)

    @property
    def marked(self) -> Choice | None:
        """The choice Enter takes."""
        place = self.options.highlighted
        return None if place is None else self._shown[place]

    @property
    def options(self) -> OptionList:
        """The list."""
        return self.query_one(OptionList)

    def _fill(self, choices: Iterable[Choice], current: str = "") -> None:
        self._shown, self._marked = tuple(choices), None
        ids = [choice.id for choice in self._shown]
        self.options.clear_options()
        self.options.add_options(Option(self._drawn(choice)) for choice in self._shown)
        self.options.highlighted = (ids.index(current) if current in ids else 0) if ids else None
        self.query_one("#nothing").display = not ids

    def _nothing(self, width: int) -> list[Line]:
        word = _("Nothing is like that.") if self._choices else _("There is nothing to choose from.")
        return wrap(line((f" {word}", "muted")), width)

    @on(OptionList.OptionHighlighted)
    def _mark(self) -> None:
        """Move the sign to what is highlighted: a background alone is nothing where there are no colours."""
        before, self._marked = self._marked, self.options.highlighted
        for place in {before, self._marked}:
            if place is not None and place < len(self._shown):
                drawn = self._drawn(self._shown[place], is_marked=place == self._marked)
                self.options.replace_option_prompt_at_index(place, drawn)

    def _drawn(self, choice: Choice, *, is_marked: bool = False) -> RichText:
        text = RichText("▸ " if is_marked else "  ", style=role_style(self.app, "key"))
        text.append(
            settled(choice.title), style=role_style(self.app, choice.role or ("strong" if is_marked else ""))
        )
        if choice.about:
            text.append("  " + settled(choice.about), style=role_style(self.app, "muted"))
        return text

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._found = ()
        self._narrow(event.value)
        if self._look_up is not None:
            self._find(event.value)

    @work(group="look-up", exclusive=True)
    async def _find(self, typed: str) -> None:
        assert self._look_up is not None
        await asyncio.sleep(_SETTLED)
        try:
            found = tuple(await self._look_up(typed))
        except Exception as error:
            self.notify(str(error), severity="error", markup=False)
            return
        if found and self.query_one(Prompt).value == typed:
            marked = self.marked
            self._found = found
            self._narrow(typed, marked.id if marked else "")

    def _narrow(self, typed: str, current: str = "") -> None:
        words = compared(typed).split()
        fitting = []
        for choice in self._choices:
            loose = _fit(*self._text(choice), words)
            if loose is not None:
                fitting.append((loose, choice))
        fitting.sort(key=lambda pair: pair[0])
        self._fill([*(choice for _loose, choice in fitting), *self._found], current)

    def _text(self, choice: Choice) -> tuple[str, str]:
        """Return what a choice is looked for in: its title, and everything."""
        if choice not in self._texts:
            whole = f"{choice.title} {choice.about} {choice.id}"
            self._texts[choice] = compared(choice.title), compared(whole)
        return self._texts[choice]

    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Take what is marked."""
        if (marked := self.marked) is not None:
            self.dismiss(marked.id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index].id)

    def action_move(self, by: int) -> None:
        """Move the mark."""
        count = self.options.option_count
        if count:
            self.options.highlighted = max(0, min(count - 1, (self.options.highlighted or 0) + by))

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def _fit(title: str, text: str, words: Iterable[str]) -> int | None:
    """Return how loosely a choice fits what was typed, 0 best; None where it does not."""
    loose = 0
    for word in words:
        if word in title:
            continue
        if is_spelled(title, word):
            loose += 1
        elif word in text:
            loose += 2
        elif _in_order(word, text):
            loose += 10
        else:
            return None
    return loose


def _in_order(word: str, text: str) -> bool:
    """Whether the letters of ``word`` come in ``text`` one after another, gaps allowed."""
    letters = iter(text)
    return all(letter in letters for letter in word)
