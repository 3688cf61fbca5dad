"""What the mode works on beside the screen: the runs, the ledger it turns the pages of, long work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from rung.errors import RungError
from rung.progress import Progress
from rung_tui.beside import Beside
from rung_tui.journal.acts import ActRows, ActTeller
from rung_tui.journal.wish import ActsTyped
from rung_tui.modes.desk import Desk, doors_of

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.ledger import EventFilter, LedgerStore, Verdict
    from rung.text import Text
    from rung.workspace import Workspace
    from rung.workspace.runs_compared import RunsCompared
    from rung.workspace.runs_listed import ListedRun

__all__ = ["JournalDesk", "View"]

View = Literal["runs", "audit"]
_STRETCH: Final = 25_000
# Acts gone through at a time for those wanted: some hundredths of a second.


@dataclass
class JournalDesk(Desk):
    """The mode's side beside the screen."""

    view: View = "runs"
    runs: tuple[ListedRun, ...] = ()
    marked: str = ""
    """Id of the run another is to be compared with."""
    typed: ActsTyped = field(default_factory=ActsTyped)
    """The filter as it was typed last, whether it could be read or not."""
    wish: ActsTyped = field(default_factory=ActsTyped)
    """The filter in force."""
    verdict: Verdict | None = None
    kept_head: str = ""
    """The hash verified against, as typed."""
    file: str = ""
    """Where the acts were to be written, as typed."""
    under_way: Beside[object] | None = None
    _store: LedgerStore | None = None

    @classmethod
    def of(cls, workspace: Workspace) -> JournalDesk:
        """Return a desk with doors of its own."""
        return cls(doors_of(workspace))

    def give_back(self) -> None:
        """Stop what is under way and let go of the ledger."""
        if self.under_way is not None:
            self.under_way.leave()
        if self._store is not None:
            self._store.close()
            self._store = None

    # For ``work``

    def read_runs(self) -> tuple[ListedRun, ...]:
        """Return the runs, newest first."""
        from rung.workspace.runs_listed import listed_runs

        return listed_runs(self.workspace)

    def causes(self, run_id: str) -> Mapping[str, Text]:
        """Return what each cause of not being graded says; nothing where the policy is not at hand."""
        from rung.workspace.runs_listed import causes_of

        try:
            return causes_of(self.workspace, run_id)
        except RungError:
            return {}

    def changes(self, listed: ListedRun) -> tuple[Problem, ...]:
        """Return why grades may differ from a run's if its customers were graded again today."""
        from rung.workspace.rerun import would_differ

        return () if listed.manifest is None else would_differ(self.workspace, listed.manifest)

    def compare(self, one: str, other: str) -> RunsCompared:
        """Compare two runs."""
        from rung.workspace.runs_compared import compared_runs

        return compared_runs(self.workspace, one, other)

    def read_acts(self, *, is_all: bool) -> ActRows:
        """Return the acts on record as the ledger ends now; looking begins no ledger."""
        place = self.workspace
        if self._store is None and place.human_input.is_begun:
            self._store = place.human_input.ledger()
        head = None if self._store is None else self._store.head()
        return ActRows(self._store, head, lambda: ActTeller(place), is_all=is_all)

    def wanted(self, typed: ActsTyped) -> EventFilter:
        """Return the filter that was typed; raises RungError with everything that cannot be read."""
        from rung.workspace.acts_wanted import acts_written

        return acts_written(
            self.workspace,
            typed.customer,
            typed.person,
            typed.policy,
            typed.kinds,
            typed.since,
            typed.until,
        )

    def stretches(self, wanted: EventFilter, last: int) -> Iterator[tuple[int, int]]:
        """Yield from which number to which one looks, the newest first: the whole where there is an index."""
        if wanted.customer_id is not None:
            yield 1, last
            return
        for end in range(last, 0, -_STRETCH):
            yield max(1, end - _STRETCH + 1), end

    def look(self, wanted: EventFilter, first: int, last: int) -> list[int]:
        """Return the numbers of the acts wanted within a stretch, newest first."""
        return [] if self._store is None else self._store.event_numbers(wanted, first, last)

    def head_line(self) -> str:
        """Return where the chain ends now, as ``rung audit head`` prints it; nothing without a ledger."""
        rows = self.read_acts(is_all=True)
        return "" if rows.head is None else f"{rows.head.sequence} {rows.head.hash}"

    # For ``Beside``

    def verify(self, kept_head: str, report: Progress) -> Verdict:
        """Check the chain, with doors of its own; raises RungError for a hash that is none."""
        from rung.workspace.acts_verified import kept_head as read_head
        from rung.workspace.acts_verified import verified

        head = read_head(kept_head) if kept_head.strip() else None
        return verified(doors_of(self.workspace).human_input, head, report)

    def export(self, typed: ActsTyped, file: Path, report: Progress) -> int:
        """Write the acts wanted to a file, with that on record, and return how many."""
        from rung.workspace.acts_export import export_acts

        return export_acts(doors_of(self.workspace), self.wanted(typed), file, self.now(), report)

    def check_file(self, file: Path) -> bool:
        """Return whether a file is there already; raises RungError where none can be written there."""
        from rung.workspace.acts_export import check_acts_out

        check_acts_out(file, self.workspace.human_input)
        return file.exists()
