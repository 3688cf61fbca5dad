"""What grading from the screen works on beside it: where the customers come from, and the run being made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rung_tui.beside import Beside
from rung_tui.language import _, words
from rung_tui.modes.desk import Desk, doors_of

if TYPE_CHECKING:
    from rung.runs import Manifest
    from rung.text import Text
    from rung.workspace.grading import Graded, GradingAsked
    from rung.workspace.run_source import SourceFound

__all__ = ["GradingDesk", "InEffect"]


@dataclass(frozen=True, slots=True)
class InEffect:
    """A policy in effect, as one is told which it is."""

    title: Text
    version: str

    def __str__(self) -> str:
        return f"{words(self.title)} {self.version}"


@dataclass
class GradingDesk(Desk):
    """One run is made at a time; it goes on whatever is on screen."""

    under_way: Beside[Graded] | None = field(default=None, init=False)
    day: str = field(default="", init=False)
    """The day asked for, as typed and not taken."""

    _last: Beside[Graded] | None = field(default=None, init=False)
    # The one begun last, under way or clearing up.

    def begun(self) -> str:
        """Return that customers are being graded: the run is lost with the program."""
        return "" if self.under_way is None else _("Customers are being graded: no run of it is kept.")

    def begin(self, asked: GradingAsked) -> Beside[Graded]:
        """Begin to grade."""
        from rung.workspace.grading import grade_again

        workspace = doors_of(self.workspace)
        self.under_way = self._last = Beside(lambda report: grade_again(workspace, asked, report))
        return self._last

    def end(self, beside: Beside[Graded]) -> None:
        """Note that a grading is over."""
        if self.under_way is beside:
            self.under_way = None

    def give_back(self) -> None:
        """Stop what is under way, and have it clear up."""
        if self._last is not None:
            self._last.leave()

    # For ``work``

    def source(self, whom: Manifest | str) -> SourceFound | None:
        """Return the source of a run, or a table; None where there is none that can be read again."""
        from rung.workspace.run_source import source_of_run, source_of_table

        self.workspace = doors_of(self.workspace)
        if not isinstance(whom, str):
            return source_of_run(self.workspace, whom)
        return source_of_table(Path(whom).expanduser()) if whom else None

    def named_sources(self) -> tuple[SourceFound, ...]:
        """Return the sources the workspace knows; raises RungError where it knows none."""
        from rung.workspace.run_source import named_sources

        return named_sources(self.workspace)

    def version(self, policy: str, day: date) -> InEffect:
        """Return the policy in effect on a day; raises RungError where none is fit to grade."""
        from rung.workspace.grading import policy_in_effect

        found = policy_in_effect(doors_of(self.workspace), policy, day).policy
        return InEffect(found.title, found.version)
