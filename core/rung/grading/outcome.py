"""Where a policy's method alone leads one customer, before gates."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CONFLICT", "Outcome"]

CONFLICT = "conflict"
"""Cause of not being graded: rules that hold do not agree."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A grade's code or a cause of refusal, with the method's own reasons."""

    grade: int | None
    refusal: str | None = None
    reasons: tuple[str, ...] = ()
    """Most important first."""
    score: int | None = None
    decided: tuple[str, ...] = ()
    """Ids of the rules that gave the grade, where a decision table did."""
