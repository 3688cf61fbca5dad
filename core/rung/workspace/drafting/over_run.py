"""What a draft does to the customers of the run on screen: a sample answers first, then everybody."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Final

from rung.grading.compiled import CompiledPolicy
from rung.pipeline import scorecard_of
from rung.simulation import RunTrial, Simulation

if TYPE_CHECKING:
    from rung.workspace.workspace import Workspace

__all__ = ["SAMPLE", "Trials"]

SAMPLE: Final = 20_000
"""Customers that answer first where there are many more: a tenth of a second's work."""
_FEW: Final = 100_000
# Customers up to which everybody answers as quickly as a sample would.


class Trials:
    """A run held open to try one change after another on; may be used from any thread, one at a time."""

    def __init__(self, workspace: Workspace, run_id: str) -> None:
        self._workspace: Final = workspace
        self._run_id: Final = run_id
        self._held: Final = ExitStack()
        self._lock: Final = Lock()
        self._whole: RunTrial | None = None
        self._sample: RunTrial | None = None

    @property
    def whole(self) -> RunTrial:
        """Everybody; the run is read the first time. Raises RungError where it is damaged."""
        with self._lock:
            if self._whole is None:
                run = self._held.enter_context(self._workspace.run(self._run_id))
                own = scorecard_of(run, self._workspace.host).compiled
                self._whole = RunTrial.over(run, own, self._workspace.store)
            return self._whole

    def of_sample(self, candidate: CompiledPolicy) -> Simulation | None:
        """Return what a policy makes of a sample, None where everybody answers as quickly.

        Raises RungError as ``RunTrial`` does.
        """
        whole = self.whole
        if whole.customers <= _FEW:
            return None
        if self._sample is None:
            self._sample = whole.sample(SAMPLE)
        return self._sample.of_change(candidate)

    def of_all(self, candidate: CompiledPolicy, is_wanted: Callable[[], bool]) -> Simulation | None:
        """Return what a policy makes of everybody, None once nobody wants it; raises as ``RunTrial`` does."""
        return self.whole.of_change(candidate, is_wanted)

    def close(self) -> None:
        """Give the run back."""
        self._held.close()
