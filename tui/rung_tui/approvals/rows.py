"""What awaits decisions as the mode's table shows it, made page by page from what the ledger holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rung.errors import Problem
from rung.text import Text
from rung_tui.scale import Scale

if TYPE_CHECKING:
    from rung.ledger import Act, InputRecord
    from rung.vocabulary import Quantity
    from rung.workspace.deciders import Waiting

__all__ = ["Listed", "ProposalRows"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One proposal on the list."""

    record: InputRecord
    """As lists may show it."""
    now: datetime
    """When the list was read."""
    customer_name: str
    quantity: Quantity | None
    reason: Text
    scale: Scale
    """The grades of its policy, as the last run has them."""
    maker: str
    """Name of who proposed it."""
    obstacles: tuple[Problem, ...]
    """What speaks against approving it."""
    is_own: bool
    is_stale: bool
    """Whether the computed grade, or the source's value, has changed since."""
    has_lifted: bool
    """Whether it is in effect, and has come to lift."""
    done: Act | None
    """What one did to it since the list was read."""

    @property
    def days_old(self) -> int:
        """How many days ago it was proposed."""
        return max(0, (self.now - self.record.made_at).days)


class ProposalRows:
    """A RowSource over proposals; ``done`` grows while one decides."""

    def __init__(
        self,
        found: Sequence[Waiting],
        listed: Callable[[Waiting, InputRecord | None], Listed],
        done: Mapping[str, InputRecord],
    ) -> None:
        self._found, self._listed, self._done = found, listed, done

    def __len__(self) -> int:
        return len(self._found)

    def page(self, start: int, count: int) -> Sequence[Listed]:
        """Return ``count`` rows from ``start``."""
        return [
            self._listed(each, self._done.get(each.record.id)) for each in self._found[start : start + count]
        ]
