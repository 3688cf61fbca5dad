"""The mode's screen: the tree, the value being typed, and beside it what that does to the customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll

from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.modes.bar import ModeBar
from rung_tui.policy.bars import PolicyStatus, PolicyTitle, PolicyViews
from rung_tui.policy.editing import EditLine
from rung_tui.policy.effect import effect_lines
from rung_tui.policy.finishing import PolicyFinishing
from rung_tui.policy.rows import TreeRow, TreeRows, tree_columns
from rung_tui.policy.table import TreeTable
from rung_tui.table import VirtualTable

if TYPE_CHECKING:
    from rung_tui.policy.desk import PolicyDesk
    from rung_tui.review import Review

__all__ = ["PolicyScreen"]

_TYPING = frozenset({"take", "give_up"})
# What can be done while a value is typed: everything else are letters of it.


class PolicyScreen(PolicyFinishing):
    """A policy, to be read and changed."""

    MODE: ClassVar[str] = "policy"
    PANE: ClassVar[str] = "#effect"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("change", lambda: _("Change"), "enter", about=lambda: _("the value under the cursor")),
        Act(
            "words",
            lambda: _("Texts"),
            "s ctrl+t",
            hint=False,
            about=lambda: _("title and other texts of what is under the cursor, in both languages"),
        ),
        Act("undo", lambda: _("Undo"), "u f9 ctrl+z", about=lambda: _("take the last change back")),
        Act("redo", lambda: _("Redo"), "ctrl+y", hint=False, about=lambda: _("make it again")),
        Act(
            "effect",
            lambda: _("Effect"),
            "e f2",
            about=lambda: _("whom it moves and the work it makes, whole"),
        ),
        Act("moved", lambda: _("Customers"), "m f5", about=lambda: _("everybody whom the change moves")),
        Act(
            "changes",
            lambda: _("Changes"),
            "c f10",
            hint=False,
            about=lambda: _("the draft beside the policy"),
        ),
        Act(
            "next_assumed",
            lambda: _("Next assumed"),
            "n f3",
            hint=False,
            about=lambda: _("to be gone through"),
        ),
        Act(
            "accept",
            lambda: _("Accept"),
            "a f4",
            hint=False,
            about=lambda: _("what is assumed, as it stands"),
        ),
        Act(
            "test", lambda: _("Test"), "t f6", hint=False, about=lambda: _("the tests written in the policy")
        ),
        Act(
            "write", lambda: _("Write"), "w ctrl+s", about=lambda: _("the draft as a policy of the workspace")
        ),
        Act("publish", lambda: _("Publish"), "p ctrl+b", about=lambda: _("freeze a version, from a day on")),
        Act(
            "grade",
            lambda: _("Grade"),
            "g ctrl+r",
            hint=False,
            about=lambda: _("customers by the policy as written, kept as a run"),
        ),
        Act(
            "problems",
            lambda: _("Problems"),
            "i ctrl+e",
            hint=False,
            about=lambda: _("what is wrong with it"),
        ),
        Act("discard", lambda: _("Throw away"), "x ctrl+k", hint=False, about=lambda: _("the whole draft")),
        Act("unfold", lambda: _("Unfold all, or fold"), "o f11", hint=False),
        Act("fresh", lambda: _("New policy from a table"), "ctrl+n", hint=False),
        Act("own", lambda: _("The run's policy"), "b ctrl+o", hint=False, about=lambda: _("back to it")),
        Act("take", lambda: _("Take"), "enter", about=lambda: _("what was typed")),
        Act("give_up", lambda: _("As it was"), "escape"),
        Act("leave", lambda: _("Queue"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    PolicyScreen #body { height: 1fr; layout: vertical; }
    PolicyScreen #left { height: 1fr; }
    PolicyScreen #about { max-height: 3; background: $surface; padding: 0 1; }
    PolicyScreen #effect { height: 8; padding: 0 1; border-top: solid $panel; scrollbar-size-vertical: 1; }
    PolicyScreen.-wide #body { layout: horizontal; }
    PolicyScreen.-wide #left { width: 58%; }
    PolicyScreen.-wide #effect { width: 42%; height: 1fr; border-top: none; border-left: vkey $panel; }
    PolicyScreen.-whole #left { display: none; }
    PolicyScreen.-whole #effect { width: 100%; height: 1fr; }
    """

    def __init__(self, desk: PolicyDesk, review: Review) -> None:
        super().__init__(desk, review)
        self._drawn: dict[int, list[Line]] = {}

    def compose(self) -> ComposeResult:
        """Lay out the lines, the tree, the value typed and the effect."""
        yield ModeBar()
        yield PolicyTitle(self.desk)
        yield PolicyViews(self.desk)
        with Container(id="body"):
            with Vertical(id="left"):
                yield TreeTable(tree_columns(), TreeRows((), set()), empty=self._empty)
                yield Lines(self._about, widget_id="about")
                yield EditLine()
            with VerticalScroll(id="effect"):
                yield Lines(self._effect, widget_id="effect_lines")
        yield PolicyStatus(self.desk)
        yield KeyHints()

    def on_mount(self) -> None:
        """Paint first, then read."""
        super().on_mount()
        self.table.focus()
        self.read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now; while a value is typed letters are letters."""
        draft = self.desk.draft
        if action in ("app.quit", "app.mode"):
            return not self.is_typing
        if action in {act.action for act in self.ACTS}:
            if self.is_typing or action in _TYPING:
                return self.is_typing and action in _TYPING
            if action == "leave" or action == "fresh":
                return True
            if action == "own":
                return not self.desk.is_of_run
            if draft is None:
                return False
            if action in ("undo", "redo"):
                return draft.can_undo if action == "undo" else draft.can_redo
            if action == "discard":
                return not draft.kept.is_blank
            if action == "moved":
                return self.desk.effect.simulation is not None
            if action in ("next_assumed", "accept"):
                return bool(draft.steps)
        return super().check_action(action, parameters)

    # What is drawn

    def _empty(self) -> str:
        return self.failed or (_("Reading the policy …") if self.desk.draft is None else "")

    def _about(self, width: int) -> list[Line]:
        row = self.table.current
        if row is None or width < 4:
            return []
        node, lines = row.node, list[Line]()
        if node.other:
            lines += paragraph([(node.other, "muted")], width)
        if node.because:
            lines += paragraph([("≈ ", "open"), (_("Assumed: {why}").format(why=node.because), "")], width)
        elif node.about:
            lines += paragraph([(node.about, "muted")], width)
        return lines[:3]

    def _effect(self, width: int) -> list[Line]:
        if width not in self._drawn:
            self._drawn[width] = effect_lines(self.desk.effect, width)
        return self._drawn[width]

    def show_effect(self) -> None:
        """Draw what is known of the effect now."""
        self._drawn.clear()
        self.query_one("#effect_lines", Lines).refresh(layout=True)
        self.query_one(PolicyStatus).refresh()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        self._drawn.clear()
        self.query_one(EditLine).relabel()
        super().relabel()
        self.regrow()

    # The tree

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        row = self.table.current
        if row is not None:
            self.desk.at = row.node.key
        self.query_one("#about", Lines).refresh(layout=True)

    @on(TreeTable.Folded)
    def _fold(self, event: TreeTable.Folded) -> None:
        event.stop()
        self.fold(event.row, event.way)

    @on(VirtualTable.Chosen)
    def action_change(self) -> None:
        """Type over the value under the cursor; a part without one is unfolded."""
        row: TreeRow | None = self.table.current
        if row is None:
            return
        if row.node.children and row.node.edit is None:
            self.fold(row, 2)
        elif row.node.edit is None:
            self.action_words()
        else:
            self.begin(row.node)

    def action_effect(self) -> None:
        """Show the effect alone, or the tree again."""
        self.toggle_class("-whole")
        if self.has_class("-whole"):
            self.query_one("#effect").focus()
        else:
            self.table.focus()

    def action_leave(self) -> None:
        """Stop grading, else leave the effect, else the mode."""
        if self.is_grading:
            self.stop_grading()
        elif self.has_class("-whole"):
            self.action_effect()
        else:
            self.dismiss(None)

    def help_lines(self) -> list[tuple[str, str]]:
        """Return what is to be known of the draft, for the page of keys."""
        draft = self.desk.draft
        told = () if draft is None else (draft.place.notice, *draft.notices)
        return [("!", each) for each in told if each]
