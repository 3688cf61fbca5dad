"""What is promised, made ready: obligations with their codes and conditions, alarms with theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rung.policy.binding import Bound
from rung.policy.model import Obligation, ServiceTerms

__all__ = ["CompiledAlarm", "CompiledObligation", "CompiledTerms"]


@dataclass(frozen=True, slots=True)
class CompiledObligation:
    """One promise, and whom it is owed to."""

    code: str
    """Its id, else its kind, numbered where there are several (``ServiceTerms.coded``)."""
    obligation: Obligation
    condition: Bound | None
    """``None``: owed to every customer of the grade, or with the flag."""


@dataclass(frozen=True, slots=True)
class CompiledTerms:
    """What the customers of one grade, or with one flag, were promised."""

    written: ServiceTerms
    obligations: tuple[CompiledObligation, ...]

    def conditions(self) -> Iterator[Bound]:
        """Yield the conditions on single promises."""
        for each in self.obligations:
            if each.condition is not None:
                yield each.condition


@dataclass(frozen=True, slots=True)
class CompiledAlarm:
    """One alarm: the event table it listens to, and which events of which customers raise it."""

    id: str
    on: str
    event: Bound | None
    """Over the event's own columns; ``None``: every event."""
    customers: Bound | None
    """Over the customer's values; ``None``: every customer's."""
