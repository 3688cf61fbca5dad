"""The dialog in which a contact is logged from a customer's page: one letter logs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from rung.errors import Problem
from rung_tui.acts import Act, bindings_of
from rung_tui.customer.desk import CustomerDesk
from rung_tui.dialog import Dialog
from rung_tui.drawn import Line, line
from rung_tui.due.form import FIELDS, ContactForm
from rung_tui.due.outcomes import Outcomes
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.problems import objection_lines, told_problems
from rung_tui.prompt import Prompt
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.policy.outcome import OutcomeInEffect

__all__ = ["ContactDialog"]


class ContactDialog(Dialog[Any]):
    """Gives what came of the contact logged, a ContactMade; None where none was."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("note", lambda: _("Note"), "enter", about=lambda: _("a note, the next day, minutes or a fact")),
        Act("app.focus_next", lambda: _("Next field"), "tab"),
        Act("leave", lambda: _("Back"), "escape", about=lambda: _("what was typed stays")),
    )
    ALLOWS_HELP: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    ContactDialog > Vertical {
        width: 80; max-height: 100%; padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1;
    }
    ContactDialog Horizontal { height: auto; }
    ContactDialog Outcomes { width: 1fr; }
    ContactDialog Lines { background: $surface; }
    ContactDialog .label { width: 10; height: 1; }
    ContactDialog Prompt { width: 1fr; background: $background; }
    """

    def __init__(
        self, desk: CustomerDesk, policy: str, customer: str, who: str, outcomes: Sequence[OutcomeInEffect]
    ) -> None:
        super().__init__()
        self._desk, self._key, self._who = desk, (policy, customer), who
        self._offered = tuple(outcomes)
        self._problems: Sequence[Problem] = ()
        self._saving = False

    def compose(self) -> ComposeResult:
        """Lay out the outcomes and the fields."""
        form = self._desk.contacts.get(self._key, ContactForm())
        with self.box():
            yield Lines(self._says, widget_id="says")
            yield Outcomes()
            for name in FIELDS:
                with Horizontal():
                    yield Lines(lambda _width, name=name: [line((_labels()[name], "muted"))], classes="label")  # type: ignore[misc]
                    yield Prompt(getattr(form, name), id=name, select_on_focus=False)
        yield KeyHints()

    def heading(self) -> str:
        """Return the title."""
        return _("Contact with {who}").format(who=self._who)

    def on_mount(self) -> None:
        """Have a letter typed."""
        self.relabel()
        outcomes = self.query_one(Outcomes)
        outcomes.offer(self._offered)
        outcomes.focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one("#note", Prompt).placeholder = _("what was said")
        self.query_one("#next", Prompt).placeholder = _("a day, or 3d")
        self.query_one("#fact", Prompt).placeholder = _("FIELD=VALUE, if you learned one")
        super().relabel()

    def _says(self, width: int) -> list[Line]:
        if self._saving:
            return [line((_("Recording…"), "pending"))]
        return objection_lines(self._problems, width)

    @property
    def form(self) -> ContactForm:
        """What was typed."""
        return ContactForm(**{name: self.query_one(f"#{name}", Prompt).value for name in FIELDS})

    @on(Input.Changed)
    def _typed(self) -> None:
        self._desk.contacts[self._key] = self.form

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        place = FIELDS.index(event.input.id or "")
        following = FIELDS[place + 1 : place + 2]
        self.query_one(f"#{following[0]}" if following else "#outcomes").focus()

    def action_note(self) -> None:
        """Have a note typed."""
        self.query_one("#note", Prompt).focus()

    @on(Outcomes.Unknown)
    def _unknown(self, event: Outcomes.Unknown) -> None:
        message = _("No outcome has the key “{key}”.").format(key=event.key)
        self._refuse([Problem(message, "")])

    @on(Outcomes.Pressed)
    def _pressed(self, event: Outcomes.Pressed) -> None:
        if not self._saving:
            self._saving = True
            self._log(event.outcome.id)

    @work(group="save", exclusive=True)
    async def _log(self, outcome: str) -> None:
        desk, form, (policy, customer) = self._desk, self.form, self._key
        self.query_one("#says", Lines).refresh(layout=True)
        try:
            made = await desk.work(lambda: desk.log(customer, outcome, form, policy))
        except Exception as error:  # whatever it is, what was typed must not go with it
            self._saving = False
            self._refuse(told_problems(error))
            return
        self.dismiss(made)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self._problems = problems
        self.query_one("#says", Lines).refresh(layout=True)

    def action_leave(self) -> None:
        """From a field go back to the letters, else close the dialog; what was typed stays."""
        if isinstance(self.focused, Prompt):
            self.query_one(Outcomes).focus()
        elif not self._saving:
            self.dismiss(None)


def _labels() -> dict[str, str]:
    return {"note": _("Note"), "next": _("Next on"), "minutes": _("Minutes"), "fact": _("A fact")}
