"""The tree walked on the screen: folded, unfolded, drawn anew; and what it does to the customers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widgets import Input

from rung.errors import Problem, RungError
from rung_tui.grading.acting import GradingScreen
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.policy.bars import PolicyTitle, PolicyViews
from rung_tui.policy.desk import PolicyDesk
from rung_tui.policy.effect import Effect
from rung_tui.policy.rows import TreeRow, TreeRows, every_key
from rung_tui.policy.table import TreeTable
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.workspace.drafting.tree import Node

__all__ = ["PolicyWalking"]


def _of_another_table() -> Problem:
    return Problem(
        _("The run on screen does not hold the values this policy looks at."),
        _("Grade its own table by it: then it is told here whom a change moves."),
    )


class PolicyWalking(GradingScreen[PolicyDesk]):
    """The part of the mode that shows the draft and what it does."""

    @property
    def table(self) -> TreeTable:
        """The tree."""
        return self.query_one(TreeTable)

    @property
    def is_typing(self) -> bool:
        """Whether the keys go to a value."""
        return isinstance(self.focused, Input)

    def show_effect(self) -> None:
        """Draw what is known of the effect now; the screen does it."""

    # The tree

    def regrow(self) -> None:
        """Make the tree anew, in the language of now."""
        if self.desk.draft is not None:
            self._regrow()

    @work(group="grow", exclusive=True)
    async def _regrow(self) -> None:
        await self.desk.work(self.desk.grow)
        self.redraw()

    def redraw(self) -> None:
        """Show the tree as the desk has it."""
        rows = TreeRows(self.desk.nodes, self.desk.unfolded)
        self.table.show(rows, cursor=rows.place_of(self.desk.at))
        for widget in (*self.query(PolicyTitle), *self.query(PolicyViews), *self.query(KeyHints)):
            widget.refresh()
        for about in self.query("#about"):
            about.refresh(layout=True)
        self.refresh_bindings()

    # Folding

    def fold(self, row: TreeRow, way: int) -> None:
        """Fold (0), unfold (1) or turn (2) a part; where nothing can be folded go to the part around."""
        key, unfolded = row.node.key, self.desk.unfolded
        if way == 0 and not (row.is_open and row.node.children):
            self._leave_part(row)
            return
        if not row.node.children:
            return
        if row.is_open and way != 1:
            unfolded.discard(key)
        else:
            unfolded.add(key)
        self.desk.at = key
        self.redraw()

    def _leave_part(self, row: TreeRow) -> None:
        table = self.table
        rows = table.source.page(0, table.cursor)
        above = [place for place, each in enumerate(rows) if each.depth < row.depth]
        if above:
            table.cursor = above[-1]

    def action_unfold(self) -> None:
        """Unfold every part, or fold them all."""
        keys = set(every_key(self.desk.nodes))
        self.desk.unfolded = set() if keys <= self.desk.unfolded else keys
        self.redraw()

    def go_to(self, way: tuple[Node, ...]) -> None:
        """Put the cursor on the last of a way of parts, each unfolded."""
        self.desk.unfolded |= {each.key for each in way[:-1]}
        self.desk.at = way[-1].key
        self.redraw()

    # Trying it out

    @work(group="weigh", exclusive=True)
    async def weigh(self, candidate: CompiledPolicy) -> None:
        """Try a policy on the customers: a sample first where there are many, then everybody."""
        desk = self.desk
        is_wanted = desk.want()
        desk.effect = replace(desk.effect, is_pending=True, is_stale=False, problems=())
        self.show_effect()
        try:
            found = await desk.weighing(lambda: desk.weigh_sample(candidate))
            if found is not None:
                desk.effect = replace(found, is_pending=True)
                self.show_effect()
            found = await desk.weighing(lambda: desk.weigh_all(candidate, is_wanted))
        except RungError as error:
            found = Effect(problems=error.problems if desk.is_of_run else (_of_another_table(),))
        if found is not None and is_wanted():
            desk.effect = found
            self.show_effect()

    def show_stale(self) -> None:
        """Say that the figures are of what was sound last."""
        self.desk.effect = replace(self.desk.effect, is_stale=True)
        self.show_effect()
