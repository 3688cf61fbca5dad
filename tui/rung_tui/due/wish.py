"""Which part of what is due is wanted: whose, how far ahead, of which kind, by which policies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

__all__ = ["SPANS", "DueWish"]

SPANS: Final = (0, 7, 30)
"""How many days ahead one may look."""


@dataclass(frozen=True, slots=True)
class DueWish:
    """What a person asked the list for."""

    policy: str | None
    """Only the promises of this policy; None: of every policy that has a run."""
    is_mine: bool | None = None
    """Only customers of whoever is at the screen; None: where they have any."""
    within: int = 0
    """Days from today: what is due up to then."""
    kind: str | None = None
    """Only what is of this kind."""

    def further(self) -> DueWish:
        """Return the wish with the next span of days."""
        place = SPANS.index(self.within) if self.within in SPANS else -1
        return replace(self, within=SPANS[(place + 1) % len(SPANS)])

    def is_read_alike(self, other: DueWish) -> bool:
        """Whether both are answered by one reading: the kind only says which of its rows are shown."""
        return replace(self, kind=None) == replace(other, kind=None)
