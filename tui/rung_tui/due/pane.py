"""The pane in which a contact is logged: the outcomes, what to say, what was typed, what came of the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input

from rung.errors import Problem
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line, line
from rung_tui.due.form import FIELDS, ContactForm
from rung_tui.due.outcomes import TALL, Outcomes
from rung_tui.due.words import contact_words, late_words
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.modes.laid import LaidPane, Said
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled

if TYPE_CHECKING:
    from rung_tui.due.listing import Shown

__all__ = ["LogPane"]

_MOST: Final = 1_000
# Characters of a script, or of what was said before, that are looked at here.
_ROWS: Final = 2
# Lines of a result that leave room for all letters in a low terminal; where there are more, they are joined.


class LogPane(LaidPane):
    """One customer to be called."""

    DEFAULT_CSS = """
    LogPane { height: auto; max-height: 80%; }
    LogPane #above { height: auto; max-height: 1fr; background: $surface; scrollbar-size-vertical: 1; }
    LogPane #fields { dock: bottom; height: 2; }
    LogPane Horizontal { height: auto; }
    LogPane #result { max-height: 5; }
    LogPane #told { width: 3fr; max-height: 11; margin-left: 1; }
    LogPane .label { width: 9; height: 1; }
    LogPane .-second { width: 8; margin-left: 1; }
    LogPane #minutes { width: 8; }
    """

    @dataclass
    class Typed(Message):
        """Something was typed."""

        form: ContactForm

    def __init__(self) -> None:
        super().__init__()
        self.shown: Shown | None = None
        self._role = ""

    def compose(self) -> ComposeResult:
        """Lay out outcomes, what to say beside them, the fields, and what came of it."""
        with VerticalScroll(id="above", can_focus=False):  # the fields below stay in sight
            yield Lines(lambda width: self._kept("result", width, self._result), widget_id="result")
            with Horizontal():
                yield Outcomes()
                yield Lines(lambda width: self._kept("told", width, self._told), widget_id="told")
        with Vertical(id="fields"):
            with Horizontal():
                yield _label(lambda: _("Note"))
                yield Prompt(id="note", select_on_focus=False)
                yield _label(lambda: _("Next on"), "label -second")
                yield Prompt(id="next", select_on_focus=False)
            with Horizontal():
                yield _label(lambda: _("Minutes"))
                yield Prompt(id="minutes", select_on_focus=False)
                yield _label(lambda: _("A fact"), "label -second")
                yield Prompt(id="fact", select_on_focus=False)

    def on_mount(self) -> None:
        """Say in the empty fields what belongs there."""
        self.relabel()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self._prompt("note").placeholder = _("what was said")
        self._prompt("next").placeholder = _("a day, or 3d")
        self._prompt("minutes").placeholder = ""
        self._prompt("fact").placeholder = _("FIELD=VALUE, if you learned one")
        self._retitle()
        self._laid.clear()
        for each in self.query("Lines, Outcomes"):
            each.refresh(layout=True)

    def _prompt(self, name: str) -> Prompt:
        return self.query_one(f"#{name}", Prompt)

    @property
    def outcomes(self) -> Outcomes:
        """Where letters log."""
        return self.query_one(Outcomes)

    # What is shown

    def show(self, shown: Shown, form: ContactForm) -> None:
        """Show a customer, with what was typed of it before."""
        self.shown, self._problems = shown, shown.problems
        self.is_busy = False
        self.outcomes.offer(shown.card.outcomes if shown.card is not None else ())
        self._fill(form)
        self._retitle()
        self.query_one("#above").scroll_home(animate=False)
        self._again("result", "told")

    def say(self, said: Said, role: str = "muted") -> None:
        """Say what came of what was done last."""
        self._said, self._role, self._problems = said, role, ()
        self._again("result")

    def add(self, said: Callable[[], str]) -> None:
        """Say one thing more."""
        before = self._said
        self.say(lambda: [*before(), said()], self._role)

    def forget(self) -> None:
        """Have no customer until another is read."""
        self.shown, self._problems = None, ()
        self.outcomes.offer(())
        self._fill(ContactForm())
        self._retitle()
        self._again("result", "told")

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say what speaks against it; what was typed stays."""
        self._problems, self.is_busy = tuple(problems), False
        self._again("result")

    def _retitle(self) -> None:
        if self.shown is None:
            self.border_title = RichText("")
            return
        row, card = self.shown.row, self.shown.card
        grade = "–" if card is None or card.grade is None else words(card.grade_title) or card.grade
        parts = (row.customer_id, row.customer_name or "", grade)
        self.border_title = RichText(settled("  ".join(each for each in parts if each)))

    def _result(self, width: int) -> list[Line]:
        said = list(self._said())
        lines = [each for one in said for each in paragraph([(one, self._role)], width)]
        if self._is_low and len(lines) > _ROWS:
            lines = paragraph([("  ".join(said), self._role)], width)
        for problem in self._problems:
            place = f"{problem.place}: " if problem.place else ""
            hint = f" {problem.hint}" if problem.hint else ""
            lines += paragraph(
                [("✗ ", "error"), (place, "muted"), problem.message, (hint, "muted")], width, 2
            )
        return lines

    @property
    def _is_low(self) -> bool:
        return self.app.size.height < TALL and not self.screen.has_class("-wide")

    def _told(self, width: int) -> list[Line]:
        if self.shown is None or width < 2:
            return []
        row, card = self.shown.row, self.shown.card
        lines: list[Line] = []
        if card is not None and card.promise is not None and card.promise.script is not None:
            script = _("Say: {script}").format(script=_short(words(card.promise.script)))
            lines += paragraph([(script, "cut")], width)
        today = self.shown.day
        due = _("due {day}").format(day=row.due)
        parts = (due, late_words(row, today), words(row.what))
        lines += paragraph(["  ".join(each for each in parts if each)], width)
        if card is None:
            return lines
        if card.reasons:
            why = _("; ").join(map(words, card.reasons))
            lines += paragraph([_("Why: {reasons}").format(reasons=why)], width)
        for each in card.last:
            told = _short(contact_words(each, self.shown.people, card.outcomes))
            lines += paragraph([(told, "muted")], width)
        return lines

    # What is typed

    def _fill(self, form: ContactForm) -> None:
        for name in FIELDS:
            prompt, value = self._prompt(name), getattr(form, name)
            if prompt.value != value:
                prompt.put(value)

    @property
    def form(self) -> ContactForm:
        """What was typed."""
        return ContactForm(**{name: self._prompt(name).value for name in FIELDS})

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(self.form))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Go on to the next field, after the last to the letters."""
        event.stop()
        place = FIELDS.index(event.input.id or "")
        if place + 1 < len(FIELDS):
            self._prompt(FIELDS[place + 1]).focus()
        else:
            self.outcomes.focus()

    def focus_note(self) -> None:
        """Have a note typed."""
        self._prompt("note").focus()

    @property
    def is_typing(self) -> bool:
        """Whether the keys go to a field."""
        return isinstance(self.screen.focused, Prompt)


def _label(text: Callable[[], str], classes: str = "label") -> Lines:
    return Lines(lambda _width: [line((text(), "muted"))], classes=classes)


def _short(text: str) -> str:
    return " ".join(text[:_MOST].split())
