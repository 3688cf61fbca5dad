"""Asks for a customer by id or part of a name; customers of the last runs are offered as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from rung.errors import RungError
from rung_tui.chooser import Choice, Chooser
from rung_tui.drawn import Line, line, wrap
from rung_tui.language import _
from rung_tui.prompt import Prompt
from rung_tui.records.desk import RecordsDesk
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.workspace.recording.types import DeclaredType

__all__ = ["CustomerChooser"]


class CustomerChooser(Chooser):
    """Gives the customer's id, None where nobody was chosen."""

    def __init__(
        self,
        desk: RecordsDesk,
        title: Callable[[], str],
        declared: DeclaredType | None = None,
        first: Choice | None = None,
    ) -> None:
        super().__init__(title, lambda: [first] if first is not None else [], look_up=self._customers)
        self._desk, self._declared = desk, declared
        self._problem = ""

    async def _customers(self, typed: str) -> Sequence[Choice]:
        """Return customers like what was typed."""
        written = typed.strip()
        if not written:
            return ()
        desk, sector = self._desk, None if self._declared is None else self._declared.sector
        found = await desk.work(lambda: desk.customers(written, sector))
        shown = [each.id for each in self._shown]
        choices = (Choice(each.customer_id, each.customer_id, each.name or "") for each in found)
        return [each for each in choices if each.id not in shown]

    def _nothing(self, width: int) -> list[Line]:
        if self._problem:
            return wrap(line((" ✗ ", "error"), self._problem), width, 3)
        word = _("Type an id, or part of a name.")
        if self.query_one(Prompt).value.strip():
            word = _("Enter takes whoever has this id or name, or is on record by it.")
        return wrap(line((f" {word}", "muted")), width)

    @on(Input.Changed)
    def _retyped(self) -> None:
        self._problem = ""
        self.query_one("#nothing").refresh(layout=True)

    @on(Input.Submitted)
    def _entered(self) -> None:
        """Take whoever is meant by what was typed, where nobody is marked: that one is taken already."""
        typed = self.query_one(Prompt).value.strip()
        if self.marked is None and typed:
            self._resolve(typed)

    @work(group="resolve", exclusive=True)
    async def _resolve(self, typed: str) -> None:
        desk, declared = self._desk, self._declared
        try:
            found = await desk.work(lambda: desk.customer(typed, declared))
        except RungError as error:
            self._problem = str(error)
            self.query_one("#nothing").refresh(layout=True)
            return
        self.dismiss(found)
