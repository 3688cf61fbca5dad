"""The dialog in which a note about a customer is written; what was typed is kept until it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import TextArea

from rung_tui.acts import Act, bindings_of
from rung_tui.customer.desk import CustomerDesk, NoteForm
from rung_tui.customer.layout import paragraph
from rung_tui.dialog import Dialog
from rung_tui.drawn import Line, line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.override.narrative import Narrative
from rung_tui.override.pickers import Picker, ReasonPicker
from rung_tui.problems import objection_lines, told_problems
from rung_tui.working import work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.errors import Problem
    from rung.ledger.notes import Audience

__all__ = ["NoteDialog"]


class NoteDialog(Dialog[Any]):
    """Gives the rung.ledger.notes.Note recorded, None where there was none."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("save", lambda: _("Save"), "ctrl+s f10"),
        Act("app.focus_next", lambda: _("For whom"), "tab"),
        Act("leave", lambda: _("Back"), "escape", about=lambda: _("what was typed stays")),
    )
    ALLOWS_HELP: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    NoteDialog > Vertical { width: 80; max-height: 100%; padding: 0 1; }
    NoteDialog Narrative { height: 7; }
    NoteDialog Lines { background: $surface; }
    """

    def __init__(
        self, desk: CustomerDesk, customer: str, who: str, run_id: str, audiences: Sequence[Audience]
    ) -> None:
        super().__init__()
        self._desk, self._customer, self._who, self._run = desk, customer, who, run_id
        self._audiences = tuple(audiences)
        self._form = desk.notes.get(customer, NoteForm(audience=self._audiences[-1].value))
        self._problems: Sequence[Problem] = ()
        self._saving = False

    def compose(self) -> ComposeResult:
        """Lay out the text and for whom it is."""
        ids = [each.value for each in self._audiences]
        with self.box():
            yield Narrative(self._form.text, id="text", soft_wrap=True, tab_behavior="focus")
            yield Lines(lambda _width: [line((_("For whom"), "muted"))])
            picked = ids.index(self._form.audience) if self._form.audience in ids else 0
            yield ReasonPicker([each.words for each in self._audiences], picked, widget_id="audience")
            yield Lines(self._says, widget_id="says")
        yield KeyHints()

    def heading(self) -> str:
        """Return the title."""
        return _("Note about {who}").format(who=self._who)

    def on_mount(self) -> None:
        """Begin to write."""
        self.query_one(Narrative).focus()

    def _says(self, width: int) -> list[Line]:
        if self._saving:
            return [line((_("Recording…"), "pending"))]
        told = _("A note stays on record: withdrawn, it is shown no more.")
        return objection_lines(self._problems, width) or paragraph([(told, "muted")], width)

    @on(TextArea.Changed)
    @on(Picker.Picked)
    def _typed(self) -> None:
        picked = self.query_one("#audience", Picker).picked or 0
        self._form = NoteForm(self.query_one(Narrative).text, self._audiences[picked].value)
        self._desk.notes[self._customer] = self._form

    def action_save(self) -> None:
        """Record the note."""
        if not self._saving:
            self._saving = True
            self._typed()
            self._record()

    @work(group="save", exclusive=True)
    async def _record(self) -> None:
        desk, form = self._desk, self._form
        says = self.query_one("#says", Lines)
        says.refresh(layout=True)
        try:
            made = await desk.work(lambda: desk.write_note(self._customer, form, self._run))
        except Exception as error:  # whatever it is, what was typed must not go with it
            self._saving, self._problems = False, told_problems(error)
            says.refresh(layout=True)
            return
        self.dismiss(made)

    def action_leave(self) -> None:
        """Close the dialog; what was typed is there again when it is opened anew."""
        if not self._saving:
            self.dismiss(None)
