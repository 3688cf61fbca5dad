"""From what a figure is worth a look: the bounds a workspace sets in ``[monitor]`` of its file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rung.monitor.rates import Rate

__all__ = ["USUAL", "Alert", "Limits"]


class Alert(StrEnum):
    """A rate of overruling outside its bounds."""

    TOO_HIGH = "too_high"
    """The model wants rebuilding."""
    TOO_LOW = "too_low"
    """Grades may be rubber-stamped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of a workspace. That more than a tenth is too much is custom, not law."""

    low: float | None = 2
    """Per cent of the graded customers; None: no rate is too low."""
    high: float | None = 10
    minimum: int = 30
    """Fewer customers than that, and a rate is shown but not judged."""

    def alert(self, rate: Rate) -> Alert | None:
        """Return on which side a rate lies outside; a rate of too few customers lies nowhere."""
        if rate.share is None or rate.is_small:
            return None
        # Compared as whole numbers over n: a rate on the bound is within it.
        if self.high is not None and rate.events * 100 > self.high * rate.n:
            return Alert.TOO_HIGH
        if self.low is not None and rate.events * 100 < self.low * rate.n:
            return Alert.TOO_LOW
        return None


USUAL: Final = Limits()
