"""The dialog that puts a returned proposal forward anew: what was asked, and what is said or wanted now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from rung_tui.acts import Act, bindings_of
from rung_tui.approvals.anew import FIELDS, AnewForm
from rung_tui.approvals.words import decision_words, title_words
from rung_tui.customer.layout import paragraph
from rung_tui.dialog import Dialog
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled

if TYPE_CHECKING:
    from rung_tui.approvals.listing import Told

__all__ = ["AnewScreen"]


class AnewScreen(Dialog[AnewForm | None]):
    """Gives what was filled in, None where the proposal stays returned."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("send", lambda: _("Resubmit"), "ctrl+s f10"),
        Act("app.focus_next", lambda: _("Next field"), "tab"),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    AnewScreen > Vertical { width: 84; max-width: 98%; padding: 0 1; }
    AnewScreen Horizontal { height: 1; }
    AnewScreen Lines { background: $surface; }
    AnewScreen .label { width: 14; height: 1; }
    AnewScreen Prompt { width: 1fr; background: $background; }
    """

    def __init__(self, told: Told, form: AnewForm, keep: Callable[[AnewForm], None]) -> None:
        """``keep`` is told what was typed."""
        super().__init__()
        self._told, self._form, self._keep = told, form, keep
        record = told.record
        kept = {"narrative": record.narrative, "evidence": record.evidence}
        self._before = {name: settled(" ".join(text.split())) for name, text in kept.items()}
        # As one line, and inert: left so, the record keeps what it had.

    def compose(self) -> ComposeResult:
        """Lay out what was asked, and the fields."""
        with self.box():
            yield Lines(self._asked, widget_id="asked")
            for name in FIELDS:
                with Horizontal():
                    yield Lines(
                        lambda _width, name=name: [line((self._label(name), "muted"))],  # type: ignore[misc]
                        classes="label",
                    )
                    yield Prompt(
                        self._value(name),
                        id=name,
                        placeholder=self._placeholder(name),
                        select_on_focus=False,  # what was written is added to, not typed over
                    )
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin where most is to be said."""
        self.query_one("#narrative").focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        for name in FIELDS:
            self.query_one(f"#{name}", Prompt).placeholder = self._placeholder(name)

    def heading(self) -> str:
        """Return the title, in the language of now."""
        return _("Resubmit · {title}").format(title=title_words(self._told.record))

    def _asked(self, width: int) -> list[Line]:
        last = self._told.record.last
        lines: list[Line] = []
        if last is not None:
            lines += paragraph([("? ", "pending"), decision_words(last, self._told.people)], width)
        return lines

    def _label(self, name: str) -> str:
        is_grade = self._told.listed.quantity is None
        return {
            "wanted": _("Grade") if is_grade else _("Value"),
            "narrative": _("Narrative"),
            "evidence": _("Evidence"),
            "until": _("Until"),
            "note": _("Your answer"),
        }[name]

    def _proposed(self) -> str:
        grade = self._told.record.proposed_grade
        return "–" if grade is None else self._told.listed.scale.called(grade)

    def _value(self, name: str) -> str:
        typed: str | None = getattr(self._form, name)
        if typed is not None:
            return typed
        return self._before.get(name, "")

    def _placeholder(self, name: str) -> str:
        record = self._told.record
        match name:
            case "wanted" if self._told.listed.quantity is None:
                return _("as it was: {value}").format(value=self._proposed())
            case "until":
                return _("as it was: {value}").format(value=record.expires_at)
            case "wanted":
                return _("as it was")
            case "note":
                return _("for whoever gave it back")
            case _:
                return ""

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._keep(self._filled())

    def _filled(self) -> AnewForm:
        typed = {name: self.query_one(f"#{name}", Prompt).value for name in FIELDS}
        return AnewForm(**{name: each for name, each in typed.items() if each != self._before.get(name, "")})

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        """Go on to the next field, after the last send it."""
        event.stop()
        place = FIELDS.index(event.input.id or "")
        if place + 1 < len(FIELDS):
            self.query_one(f"#{FIELDS[place + 1]}").focus()
        else:
            self.action_send()

    def action_send(self) -> None:
        """Give what was filled in."""
        self.dismiss(self._filled())

    def action_leave(self) -> None:
        """Leave the proposal returned; what was typed is there again."""
        self.dismiss(None)
