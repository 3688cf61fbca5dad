"""The grades that can be given, each with customers who are given it, and whether there may be others."""

from __future__ import annotations

from dataclasses import dataclass, field

from rung.grading.analysis.space import Box

__all__ = ["Reached"]


@dataclass(slots=True)
class Reached:
    """What a method can give."""

    boxes: dict[int, Box] = field(default_factory=dict)
    """Grade's code → customers of whom some at least are given it."""
    is_complete: bool = True
    """Whether no other grade can be given; false where the search stopped early."""
    scores: tuple[int, int] | None = None
    """Least and greatest score there can be, scaled; ``None`` without a score, or where it is not known."""
