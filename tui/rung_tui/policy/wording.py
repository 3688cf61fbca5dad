"""The dialog for a text of a policy: what it says in Chinese and in English, typed one below the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from rung.text import Text
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import paragraph
from rung_tui.dialog import Dialog
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, spoken
from rung_tui.lines import Lines
from rung_tui.problems import objection_lines
from rung_tui.prompt import Prompt
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.workspace.drafting.texts import PartText

__all__ = ["WordingScreen"]


class WordingScreen(Dialog[Text | None]):
    """Gives the text once nothing speaks against it, None where it stays as it was."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Take"), "enter"),
        Act("other(1)", lambda: _("Other language"), "tab down"),
        Act("other(-1)", lambda: _("Other language"), "shift+tab up", hint=False),
        Act("leave", lambda: _("As it was"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    WordingScreen > Vertical { width: 84; max-width: 96%; padding: 0 1; }
    WordingScreen Horizontal { height: 1; }
    WordingScreen .label { width: 9; height: 1; background: $surface; }
    WordingScreen Prompt { width: 1fr; background: $background; }
    WordingScreen #told { background: $surface; max-height: 7; }
    """

    def __init__(
        self,
        title: Callable[[], str],
        begun: PartText,
        refused: Callable[[Text], Awaitable[Sequence[Problem]]],
    ) -> None:
        """``refused`` says what speaks against a text."""
        super().__init__()
        self._title, self._begun, self._refused = title, begun, refused
        self._problems: Sequence[Problem] = ()

    def heading(self) -> str:
        """Return which text of which part it is."""
        return self._title()

    def compose(self) -> ComposeResult:
        """Lay out a line for each language, and what is told below them."""
        text = self._begun.text
        with self.box():
            yield from self._field("zh", "中文", "" if text is None else text.zh)
            yield from self._field("en", "English", "" if text is None else text.en)
            yield Lines(self._told, widget_id="told")
        yield KeyHints()

    def _field(self, name: str, language: str, value: str) -> ComposeResult:
        with Horizontal():
            yield Lines(lambda _width: [line((language, "muted"))], classes="label")
            yield Prompt(_in_one_line(value), id=name, select_on_focus=False)

    def on_mount(self) -> None:
        """Have the text in the language of the screen typed over."""
        self.query_one(f"#{spoken()}", Prompt).focus()

    def _told(self, width: int) -> list[Line]:
        if width < 4:
            return []
        if self._problems:
            return objection_lines(self._problems, width)
        told = [_("Shown to whoever works in that language; no grade changes by it.")]
        text = self._begun.text
        if text is not None and "${" in f"{text.zh}{text.en}":
            told.append(_("What stands in ${…} is filled in from the parameters."))
        return [row for each in told for row in paragraph([(each, "muted")], width)]

    @property
    def typed(self) -> Text:
        """The text as typed; a language left alone says what it said, breaks of lines included."""
        before = self._begun.text or Text("", "")
        zh, en = (self.query_one(f"#{name}", Prompt).value for name in ("zh", "en"))
        return Text(
            before.zh if zh == _in_one_line(before.zh) else zh,
            before.en if en == _in_one_line(before.en) else en,
        )

    @on(Input.Changed)
    def _changed(self) -> None:
        self._tell(())

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Give the text, unless something speaks against it."""
        self._take(self.typed)

    @work(group="take", exclusive=True)
    async def _take(self, text: Text) -> None:
        problems = await self._refused(text)
        if not problems:
            self.dismiss(text)
            return
        self._tell(problems)
        empty = [name for name, said in (("zh", text.zh), ("en", text.en)) if not said.strip()]
        for name in empty[:1]:
            self.query_one(f"#{name}", Prompt).focus()

    def _tell(self, problems: Sequence[Problem]) -> None:
        self._problems = problems
        self.query_one("#told", Lines).refresh(layout=True)

    def action_other(self, way: int) -> None:
        """Go to the line of the other language."""
        if way > 0:
            self.focus_next(Prompt)
        else:
            self.focus_previous(Prompt)

    def action_leave(self) -> None:
        """Leave the text as it was."""
        self.dismiss(None)


def _in_one_line(text: str) -> str:
    return " ".join(text.split("\n"))
