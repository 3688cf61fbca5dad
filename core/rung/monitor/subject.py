"""What a monitor looks at: a run of a policy, up to which moment, and whose proposals are followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from rung.text import Text

__all__ = ["Period", "Subject"]


@dataclass(frozen=True, slots=True)
class Period:
    """The days whose proposals are followed, both included; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, column: str) -> pl.Expr:
        """Return whether a day lies within."""
        within = pl.col(column).is_not_null()
        if self.since is not None:
            within = within & (pl.col(column) >= self.since)
        if self.until is not None:
            within = within & (pl.col(column) <= self.until)
        return within


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is watched: a run of a policy, its customers, and up to when the ledger is looked at."""

    policy_id: str
    policy_version: str
    run_id: str
    as_of: date
    """The run's day."""
    moment: datetime
    """What was done later does not count."""
    today: date
    """The day of that moment."""
    period: Period
    """Whose proposals are followed."""
    customers: int
    graded: Mapping[str, int]
    """Customers the model gave each grade, best first."""
    is_ordered: bool
    """Whether the grades are ranks; else there are no notches and no direction."""

    title: Text
    """The policy's."""
    reasons: Mapping[str, Text]
    """Reasons of the policy, by code."""
    quantities: Mapping[str, Text]
    """Data of the run, by id."""

    @property
    def graded_customers(self) -> int:
        """How many customers the model graded."""
        return sum(self.graded.values())
