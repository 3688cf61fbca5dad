"""The question before a draft becomes a file or a published version: what changes, which version, why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from rung_tui.acts import Act, bindings_of
from rung_tui.dialog import Dialog
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.policy.pages import changed_lines, problem_lines
from rung_tui.prompt import Prompt
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.policy.diff import DiffLine

__all__ = ["FinishForm", "FinishScreen"]


@dataclass(frozen=True, slots=True)
class FinishForm:
    """What was typed."""

    version: str = ""
    day: str = ""
    """The first day it holds, as typed."""
    reason: str = ""


class FinishScreen(Dialog[FinishForm | None]):
    """Gives what was typed, None where the draft stays a draft."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("take", lambda: _("Go on"), "enter"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    FinishScreen > Vertical { width: 96; max-width: 96%; max-height: 90%; padding: 0 1; }
    FinishScreen VerticalScroll { height: auto; max-height: 10; background: $surface; }
    FinishScreen Horizontal { height: auto; }
    FinishScreen .label { width: 22; height: 1; }
    FinishScreen Lines { background: $surface; }
    FinishScreen Prompt { width: 1fr; background: $background; }
    """

    def __init__(
        self,
        heading: Callable[[], str],
        changed: Sequence[DiffLine],
        form: FinishForm,
        refused: Callable[[FinishForm], Awaitable[Sequence[Problem]]],
        *,
        is_published: bool,
    ) -> None:
        super().__init__()
        self._heading, self._changed, self._begun, self._refused = heading, changed, form, refused
        self._is_published = is_published
        self._problems: Sequence[Problem] = ()

    def compose(self) -> ComposeResult:
        """Lay out the change, the fields, and what speaks against it."""
        with self.box():
            with VerticalScroll(can_focus=False):
                yield Lines(lambda width: changed_lines(self._changed, width), widget_id="changed")
            yield from self._field("version", lambda: _("Version"), self._begun.version)
            if self._is_published:
                yield from self._field("day", lambda: _("In force from"), self._begun.day)
            yield from self._field("reason", lambda: _("Why it is changed"), self._begun.reason)
            yield Lines(self._against, widget_id="against")
        yield KeyHints()

    def _field(self, name: str, words: Callable[[], str], value: str) -> ComposeResult:
        with Horizontal():
            yield Lines(lambda _width: [line((words(), "muted"))], classes="label")
            yield Prompt(value, id=name)

    def on_mount(self) -> None:
        """Have the reason typed: version and day are proposed."""
        self._say_days()
        self.query_one("#reason", Prompt).focus()

    def heading(self) -> str:
        """Return the title, in the language of now."""
        return self._heading()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        self._say_days()

    def _say_days(self) -> None:
        for prompt in self.query("#day"):
            if isinstance(prompt, Prompt):
                prompt.placeholder = _("2026-07-01; empty: from the beginning")

    def _against(self, width: int) -> list[Line]:
        return problem_lines(self._problems, width) if self._problems and width > 2 else []

    @property
    def form(self) -> FinishForm:
        """What was typed."""
        days = [each.value for each in self.query(Prompt) if each.id == "day"]
        return FinishForm(
            self.query_one("#version", Prompt).value.strip(),
            days[0].strip() if days else "",
            self.query_one("#reason", Prompt).value.strip(),
        )

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Give what was typed, unless something speaks against it."""
        self._take(self.form)

    @work(group="take", exclusive=True)
    async def _take(self, form: FinishForm) -> None:
        self._problems = await self._refused(form)
        self.query_one("#against", Lines).refresh(layout=True)
        if not self._problems:
            self.dismiss(form)

    def action_leave(self) -> None:
        """Leave the draft as it is."""
        self.dismiss(None)
