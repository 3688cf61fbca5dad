"""What awaits decisions as it was read once, and what one did since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from rung.errors import Problem
from rung.text import Text
from rung_tui.approvals.rows import Listed, ProposalRows
from rung_tui.approvals.wish import ApprovalsWish, View
from rung_tui.scale import Scale

if TYPE_CHECKING:
    from rung.ledger import Act, Delegation, InputRecord, People
    from rung.workspace.deciders import Deciders, Waiting
    from rung.workspace.proposal_effects import Effects

__all__ = ["Listing", "Preview", "Told"]


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """One proposal at hand, read anew from the ledger."""

    record: InputRecord
    """As lists may show it; the value is in ``effects``, as who is at the screen may read it."""
    listed: Listed
    against: Mapping[Act, tuple[Problem, ...]]
    """What speaks against each act."""
    in_place_of: str
    """Name of the person in whose place one would approve; empty where in one's own."""
    effects: Effects | None
    """What it would do by now; None where the last run does not tell."""
    grades: Scale
    """Of the policy, best first."""
    roles: Mapping[str, Text]
    people: People
    now: datetime
    problems: tuple[Problem, ...] = ()
    """Why its effects are not known."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of one act on many."""

    act: Act
    allowed: tuple[InputRecord, ...]
    refused: tuple[tuple[InputRecord, Problem], ...]
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """The grades of each policy."""


@dataclass(frozen=True, repr=False)
class Listing:
    """What awaits decisions, as it was read once, and what was done since.

    Without a representation: Textual writes out what workers are given, and here that takes seconds.
    """

    wish: ApprovalsWish
    now: datetime
    views: Mapping[View, tuple[Waiting, ...]]
    """What one may decide first, each part oldest first; what came to lift only where it was asked for."""
    deciders: Deciders
    delegations: tuple[Delegation, ...]
    names: Mapping[tuple[str, str], str]
    """Of customers, by policy and id."""
    listed: Callable[[Waiting, InputRecord | None], Listed]
    has_more_policies: bool
    scales: Mapping[str, Scale]
    """The grades of each policy that has a run."""
    problems: tuple[Problem, ...] = ()
    done: dict[str, InputRecord] = field(default_factory=dict)
    """What one has decided since, as it stands after, by id."""

    @property
    def found(self) -> tuple[Waiting, ...]:
        """What the view shows."""
        return self.views.get(self.wish.view, ())

    @cached_property
    def _ids(self) -> dict[View, frozenset[str]]:
        return {view: frozenset(each.record.id for each in found) for view, found in self.views.items()}

    def count(self, view: View) -> int | None:
        """Return how many there still are; None where that was not read: what came to lift takes a while."""
        ids: frozenset[str] | None = self._ids.get(view)
        decided = {each for each in self.done if self.is_decided(each)}
        return None if ids is None else len(ids - decided)

    def is_decided(self, record_id: str) -> bool:
        """Return whether one has decided a proposal since; one's own put forward anew is open again."""
        record = self.done.get(record_id)
        return record is not None and (record.last is None or record.last.act.value != "resubmitted")

    @property
    def rows(self) -> ProposalRows:
        """The list as a table reads it."""
        return ProposalRows(self.found, self.listed, self.done)

    def next_after(self, place: int) -> int | None:
        """Return the next place whose proposal one may decide and has not, from the top after the end."""
        count = len(self.found)
        for each in chain(range(place + 1, count), range(min(place, count))):
            waiting = self.found[each]
            if waiting.may_decide and waiting.record.id not in self.done:
                return each
        return None

    def place_of(self, record_id: str) -> int | None:
        """Return where a proposal stands, None where it is not on the list."""
        found = (place for place, each in enumerate(self.found) if each.record.id == record_id)
        return next(found, None)


def views_of(
    whole: Sequence[Waiting], is_own: Callable[[InputRecord], bool]
) -> dict[View, tuple[Waiting, ...]]:
    """Return what of it each view shows, in its order."""
    free = tuple(each for each in whole if each.may_decide)
    rest = tuple(each for each in whole if not each.may_decide)
    mine = tuple(each for each in whole if is_own(each.record))
    return {View.TO_DECIDE: free, View.MINE: mine, View.ALL: (*free, *rest)}
