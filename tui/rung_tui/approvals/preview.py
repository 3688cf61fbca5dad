"""The dialog before many are decided at once: what would be done to which, which are left out, one note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from rung_tui.acts import Act as Key
from rung_tui.acts import bindings_of
from rung_tui.approvals.words import act_words, grades_words
from rung_tui.customer.layout import paragraph
from rung_tui.dialog import Dialog
from rung_tui.drawn import Line, line, padded
from rung_tui.key_hints import KeyHints
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.prompt import Prompt
from rung_tui.scale import Scale

if TYPE_CHECKING:
    from rung_tui.approvals.listing import Preview

__all__ = ["PreviewScreen"]

_KINDS: Final = 12
# Moves, and causes of a refusal, told one by one.
_EXAMPLES: Final = 3


class PreviewScreen(Dialog[str | None]):
    """Gives the note with which all that are allowed are decided, None where nothing is to be done."""

    ACTS: ClassVar[tuple[Key, ...]] = (
        Key("record", lambda: _("Record all"), "enter ctrl+s f10"),
        Key("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    PreviewScreen > Vertical { width: 84; max-width: 98%; max-height: 90%; padding: 0 1; }
    PreviewScreen VerticalScroll { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
    PreviewScreen Horizontal { height: 1; }
    PreviewScreen Lines { background: $surface; }
    PreviewScreen #label { width: 10; height: 1; }
    PreviewScreen Prompt { width: 1fr; background: $background; }
    """

    def __init__(self, preview: Preview, note: str, keep: Callable[[str], None]) -> None:
        """``keep`` is told what was typed."""
        super().__init__()
        self._preview, self._note, self._keep = preview, note, keep
        self._lacks_note = False
        self._laid: dict[int, list[Line]] = {}
        # Lines are asked for by each they are drawn on, and those marked may be thousands.

    def compose(self) -> ComposeResult:
        """Lay out what would be done, what not, and the note."""
        with self.box():
            with VerticalScroll(can_focus=False):
                yield Lines(self._lines, widget_id="told")
            with Horizontal():
                yield Lines(lambda _width: [line((_("One note"), "muted"))], widget_id="label")
                yield Prompt(
                    self._note, id="note", placeholder=_("read by every maker"), select_on_focus=False
                )
            yield Lines(self._lacking, widget_id="lacking")
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin with the note; a withdrawal has none."""
        if self._preview.act.value == "withdrawn":
            self.query_one(Horizontal).display = False
        else:
            self.query_one(Prompt).focus()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self.query_one(Prompt).placeholder = _("read by every maker")
        self._laid.clear()
        super().relabel()

    def heading(self) -> str:
        """Return the title, in the language of now."""
        told = {"act": act_words(self._preview.act), "n": f"{len(self._preview.allowed):,}"}
        return _("{act}: {n} at once").format(**told)

    def _lines(self, width: int) -> list[Line]:
        if width not in self._laid:
            self._laid[width] = self._told(width)
        return self._laid[width]

    def _told(self, width: int) -> list[Line]:
        preview = self._preview
        lines: list[Line] = []
        moves = Counter(
            (words(each.kind.words), grades_words(each, preview.scales.get(each.policy_id, Scale())))
            for each in preview.allowed
        )
        for (kind, grades), count in moves.most_common(_KINDS):
            lines.append(line(padded(f"{count:,}", 7, "strong", right=True), f"  {kind}  {grades}"))
        if len(moves) > _KINDS:
            lines.append(line((_("… and {n} more").format(n=f"{len(moves) - _KINDS:,}"), "muted")))
        if not preview.allowed:
            lines += paragraph([("✗ ", "error"), _("None of those marked may be decided so by you.")], width)
        lines += self._refused(width)
        if preview.allowed:
            told = _("Each is a record of its own: all are recorded, or none. Decisions cannot be undone.")
            if preview.act.value == "withdrawn":
                told = _("Each is a record of its own: all are recorded, or none.")
            lines += paragraph([("! ", "warning"), told], width)
        return lines

    def _refused(self, width: int) -> list[Line]:
        causes: dict[str, list[str]] = {}
        for record, problem in self._preview.refused:
            causes.setdefault(problem.message, []).append(record.id)
        lines: list[Line] = []
        if causes:
            left = _("Left out: {n}").format(n=f"{len(self._preview.refused):,}")
            lines.append(line((left, "pending")))
        for cause, ids in list(causes.items())[:_KINDS]:
            shown = _(", ").join(ids[:_EXAMPLES]) + (" …" if len(ids) > _EXAMPLES else "")
            lines += paragraph([("✗ ", "error"), f"{cause} ", (f"{len(ids):,}: {shown}", "muted")], width)
        if len(causes) > _KINDS:
            lines.append(line((_("… and {n} more").format(n=f"{len(causes) - _KINDS:,}"), "muted")))
        return lines

    def _lacking(self, width: int) -> list[Line]:
        if not self._lacks_note:
            return []
        return paragraph([("✗ ", "error"), _("Write a note: it says what is wanted, or why.")], width)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._keep(event.value)
        self._lacks_note = False
        self.query_one("#lacking", Lines).refresh(layout=True)

    @on(Input.Submitted)
    def action_record(self) -> None:
        """Give the note, unless it is needed and lacks."""
        if not self._preview.allowed:
            return
        note = self.query_one(Prompt).value
        if self._preview.act.value in ("returned", "rejected") and not note.strip():
            self._lacks_note = True
            self.query_one("#lacking", Lines).refresh(layout=True)
            return
        self.dismiss(note)

    def action_leave(self) -> None:
        """Decide nothing; what was typed is there again."""
        self.dismiss(None)
