"""One change after another tried on a run's customers, who are read once; a sample of them answers first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.grading.compiled import CompiledPolicy
from rung.runs.run import Run
from rung.runs.store import RunStore
from rung.simulation.graded import Graded, graded_in
from rung.simulation.over_run import graded_fresh, measured_of, refuse_lacking
from rung.simulation.simulation import Population, Simulation, simulated
from rung.simulation.worth import with_worth

if TYPE_CHECKING:
    import polars as pl

__all__ = ["RunTrial"]


@dataclass(frozen=True)
class RunTrial:
    """A run's customers, as it graded them, to try changes of its policy on; the run stays the caller's."""

    run: Run
    own: CompiledPolicy
    history: RunStore | None
    population: Population
    measured: pl.LazyFrame
    before: Graded
    of: int
    """Customers of the run: more than are tried on, where this is a sample."""

    @classmethod
    def over(cls, run: Run, own: CompiledPolicy, history: RunStore | None = None) -> RunTrial:
        """Return the trial of a whole run; ``own`` is its policy as kept with it.

        Raises RungError where the run does not hold what its policy rests on.
        """
        refuse_lacking(run, own, [own], None)
        measured = measured_of(run)
        people = with_worth(measured, None, (own,))
        population = Population(run.manifest.run_id, run.manifest.as_of, people)
        before = graded_in(run, own, measured)
        return cls(run, own, history, population, measured, before, people.height)

    @property
    def customers(self) -> int:
        """How many customers it is tried on."""
        return self.population.customers.height

    @property
    def is_sample(self) -> bool:
        """Whether that is not everybody."""
        return self.customers < self.of

    def sample(self, most: int) -> RunTrial:
        """Return the trial of every n-th customer, so that there are ``most`` at the most."""
        step = -(-self.of // most)
        if step <= 1:
            return self
        measured = self.measured.gather_every(step).collect().lazy()
        people = self.population.customers.gather_every(step)
        frame = self.before.frame.gather_every(step)
        before = Graded(self.own, self.before.calibration, measured, frame)
        population = Population(self.population.name, self.population.as_of, people)
        return RunTrial(self.run, self.own, self.history, population, measured, before, self.of)

    def of_change(
        self, candidate: CompiledPolicy, is_wanted: Callable[[], bool] = lambda: True
    ) -> Simulation | None:
        """Return what a policy makes of the customers beside the run; None once nobody wants it any more.

        Raises RungError, with every value that is missing, where the run does not hold what it rests on.
        """
        refuse_lacking(self.run, self.own, [candidate], None)
        notes: list[str] = []
        after = graded_fresh(self.run, candidate, self.measured, self.history, notes)
        if not is_wanted():
            return None
        return simulated(self.population, self.before, after, tuple(dict.fromkeys(notes)))
