"""What a due list is asked for: up to which day, owed by whom, of which customers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rung.service.due_list import DueKind

__all__ = ["Chosen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which rows are wanted; what is not given does not matter, what is given holds together."""

    within: int = 0
    """Days from the day looked at: what is due up to then."""
    roles: frozenset[str] | None = None
    """Owed by one of these roles."""
    portfolios: frozenset[str] | None = None
    """Of one of these portfolios; a customer with a holder is the holder's alone."""
    holders: frozenset[str] | None = None
    """Held by one of these accounts, or of one of the portfolios."""
    grades: frozenset[str] | None = None
    kinds: frozenset[DueKind] | None = None
    rows: pl.Series | None = None
    """Places in the run."""
    in_batches: bool = False
    """Only what is worked in one batch, grade after grade."""

    def is_asked(self, kind: DueKind, by: str | None) -> bool:
        """Whether duties of a kind that a role owes are wanted."""
        return (self.kinds is None or kind in self.kinds) and (self.roles is None or by in self.roles)
