"""What an analysis finds: a kind, where it stands, how grave it is, a customer who shows it, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from rung.errors import Place, Problem, Severity
from rung.grading.row import Assessment
from rung.policy.binding import Bound
from rung.policy.cells import Value
from rung.policy.found import found_at
from rung.policy.keys import KeyPath, written_key

__all__ = ["MORE", "Example", "Finding", "FindingKind"]

MORE: Final = 20
"""Findings of one kind that are told one by one where there could be any number of them."""


class FindingKind(StrEnum):
    """What sort of thing was found."""

    GAP = "gap"
    """No rule holds for some customers."""
    CONFLICT = "conflict"
    """Two rules hold for one customer where at most one may, or both must agree."""
    CONTRADICTION = "contradiction"
    """Two rules ask the same and give different grades."""
    DUPLICATE = "duplicate"
    """Two parts ask the same and do the same."""
    SHADOWED = "shadowed"
    """A rule that never decides: others always go before it."""
    SUBSUMED = "subsumed"
    """Another part holds wherever this one does, and does as much."""
    OVERLAP = "overlap"
    """Rules of different grades hold for one customer, and the hit policy settles it."""
    IMPOSSIBLE = "impossible"
    """A condition nobody can meet."""
    ALWAYS = "always"
    """A condition everybody meets."""
    IDLE = "idle"
    """A gate that changes nobody's grade."""
    UNREACHABLE_GRADE = "unreachable_grade"
    UNREACHABLE_BAND = "unreachable_band"
    UNREACHABLE_CUTOFF = "unreachable_cutoff"
    NON_MONOTONE = "non_monotone"
    """Points that turn where the measure goes on."""
    WEIGHTS = "weights"
    """Weights that look like per cents and do not add up to 100."""
    NOT_SEARCHED = "not_searched"
    """A search that stopped at its budget."""


@dataclass(frozen=True, slots=True)
class Example:
    """A customer who shows the finding, graded to make sure of it."""

    values: Mapping[str, Value | None]
    """Measured values, scaled, and derived ones."""
    assessment: Assessment
    cutoffs: Mapping[str, tuple[int | None, ...]]
    """Cut-offs supposed for each ranking of the policy, scaled; a population would give its own."""
    supposed: tuple[str, ...] = ()
    """Derived values set by hand: no values were found from which they come out so."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found."""

    kind: FindingKind
    problem: Problem
    others: tuple[Place, ...] = ()
    """Where the other parts concerned stand."""
    example: Example | None = None
    inside: Bound | None = None
    """Whom it concerns; ``None`` where it concerns no customers in particular."""
    customers: int | None = None
    """How many of the customers given it concerns; ``None`` where none were given, or it cannot be told."""

    @classmethod
    def at(
        cls,
        kind: FindingKind,
        severity: Severity,
        path: KeyPath,
        message: str,
        hint: str = "",
        *,
        others: tuple[KeyPath, ...] = (),
        example: Example | None = None,
        inside: Bound | None = None,
    ) -> Finding:
        """Return a finding known by its key; see ``Analysis.located`` for file and line.

        Where only values set by hand show it, it may never occur: it weighs one step less.
        """
        if example is not None and example.supposed:
            severity = Severity.WARNING if severity is Severity.ERROR else Severity.NOTE
        places = tuple(Place("", key=written_key(other)) for other in others)
        return cls(kind, found_at(path, message, hint, severity), places, example, inside)

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.problem.severity

    def counted(self, customers: int | None) -> Finding:
        """Return the finding with the number of customers it concerns."""
        return replace(self, customers=customers)
