"""The pane beside the list: one proposal, what came of what was done last, and the line for a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Input

from rung.errors import Problem
from rung.text import display_width
from rung_tui.approvals.sheet import objection_parts, sheet_lines
from rung_tui.approvals.words import act_words, title_words
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line, line
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.modes.laid import LaidPane, Said
from rung_tui.prompt import Prompt
from rung_tui.table.cells import settled

if TYPE_CHECKING:
    from rung.ledger import Act
    from rung_tui.approvals.listing import Told

__all__ = ["ProposalPane"]

_PROBLEMS: Final = 6
# Lines of problems at most: of a decision on many there may be thousands.


class SheetPage(VerticalScroll, can_focus=True):
    """What is longer than the pane is scrolled."""

    DEFAULT_CSS = """
    SheetPage { height: 1fr; scrollbar-size-vertical: 1; background: $surface; }
    SheetPage:focus { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,ｊ", "scroll_down", show=False),
        Binding("k,ｋ", "scroll_up", show=False),
    ]


class ProposalPane(LaidPane):
    """One proposal to decide on."""

    DEFAULT_CSS = """
    ProposalPane { height: 60%; }
    ProposalPane Horizontal { height: 1; }
    ProposalPane #label { width: auto; min-width: 10; max-width: 40%; height: 1; }
    """

    @dataclass
    class Typed(Message):
        """A note was typed."""

        note: str

    @dataclass
    class Sent(Message):
        """The note is done; ``act`` is what it was asked for, None where for nothing yet."""

        act: Act | None

    def __init__(self) -> None:
        super().__init__()
        self.told: Told | None = None
        self.act: Act | None = None
        """What the note is asked for."""

    def compose(self) -> ComposeResult:
        """Lay out what came of it, the proposal, and the note."""
        yield Lines(lambda width: self._kept("result", width, self._result), widget_id="result")
        with SheetPage():
            yield Lines(lambda width: self._kept("sheet", width, self._sheet), widget_id="sheet")
        with Horizontal():
            yield Lines(lambda _width: [line((self._label(), self._label_role()))], widget_id="label")
            yield Prompt(id="note", select_on_focus=False)

    def on_mount(self) -> None:
        """Say in the empty field what belongs there."""
        self.relabel()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one("#label", Lines).styles.width = display_width(self._label()) + 2
        self.note.placeholder = self._placeholder()
        self._retitle()
        self._again("result", "sheet", "label")

    @property
    def note(self) -> Prompt:
        """Where a note is typed."""
        return self.query_one(Prompt)

    @property
    def page(self) -> SheetPage:
        """What the proposal is read in."""
        return self.query_one(SheetPage)

    @property
    def is_typing(self) -> bool:
        """Whether the keys go there."""
        return isinstance(self.screen.focused, Prompt)

    # What is shown

    def show(self, told: Told, note: str) -> None:
        """Show a proposal, with what was typed of it before."""
        is_other = self.told is None or self.told.record.id != told.record.id
        self.told, self.is_busy = told, False
        if is_other:
            self.act, self._problems = None, ()
            self.page.scroll_home(animate=False)
        self.fill(note)
        self.relabel()

    def forget(self) -> None:
        """Have no proposal until another is read."""
        self.told, self.act = None, None
        self.fill("")
        self.relabel()

    def fill(self, note: str) -> None:
        """Have a note stand in the line."""
        if self.note.value != note:
            self.note.put(note)

    def say(self, said: Said) -> None:
        """Say what came of what was done last."""
        self._said, self._problems = said, ()
        self._again("result", "sheet")

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say what speaks against it; what was typed stays."""
        self._said, self._problems, self.is_busy = tuple, tuple(problems), False
        self._again("result", "sheet")

    def ask(self, act: Act | None) -> None:
        """Have the note typed that an act asks for."""
        self.act = act
        self.relabel()
        self.note.focus()

    def _retitle(self) -> None:
        if self.told is None:
            self.border_title = RichText("")
            return
        record, listed = self.told.record, self.told.listed
        status = words(record.status(self.told.now.date()).words)
        customer = f"{record.customer_id} {listed.customer_name}".strip()
        self.border_title = RichText(settled(f"{title_words(record)} · {customer} · {status}"))

    def _result(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for said in self._said():
            lines += paragraph([("✓ ", "good"), said], width)
        for problem in self._problems[:_PROBLEMS]:
            lines += paragraph(objection_parts(self.told, problem), width)
        if len(self._problems) > _PROBLEMS:
            more = _("… and {n} more").format(n=f"{len(self._problems) - _PROBLEMS:,}")
            lines.append(line((more, "muted")))
        return lines

    def _sheet(self, width: int) -> list[Line]:
        return [] if self.told is None or width < 2 else sheet_lines(self.told, width, self._problems)

    def _label(self) -> str:
        if self.act is None:
            return _("Note")
        return {"returned": _("What is asked for"), "rejected": _("Why it is rejected")}[self.act.value]

    def _label_role(self) -> str:
        return "muted" if self.act is None else "pending"

    def _placeholder(self) -> str:
        if self.act is None:
            return _("read by its maker; a return or rejection needs one")
        return _("Enter: {act}").format(act=act_words(self.act))

    # What is typed

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Sent(self.act))
