"""How much better a value can make a grade once what hides it is gone: other values given, a gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Final

from rung.ledger.grades.regrading import regraded
from rung.ledger.rules.customer_ground import notches_between

if TYPE_CHECKING:
    from rung.grading.derive import Row
    from rung.grading.scorecard import Scorecard
    from rung.values import Value

__all__ = ["lift_of"]

_MOST: Final = 6
# Other values of which every choice is tried: of so many there are 64.


def lift_of(
    scorecard: Scorecard, measured: Row, given: Mapping[str, Value | None], new: tuple[str, Value | None]
) -> int | None:
    """Return how many notches better a new value makes the grade at most, 0 where it never does.

    Looked at with every choice of the values ``given`` in effect beside it, for each may be taken back, and
    before gates too. None where they are too many to try.
    """
    subject, value = new
    others = {name: each for name, each in given.items() if name != subject}
    if len(others) > _MOST:
        return None
    own = {subject: given[subject]} if subject in given else {}
    policy, lift = scorecard.compiled.policy, 0
    for chosen in _choices(others):
        before = regraded(scorecard, measured, {**chosen, **own})
        after = regraded(scorecard, measured, {**chosen, subject: value})
        for old, then in ((before.grade, after.grade), (before.ungated, after.ungated)):
            lift = max(lift, notches_between(policy, old, then) or 0)
    return lift


def _choices(given: Mapping[str, Value | None]) -> Iterator[dict[str, Value | None]]:
    for count in range(len(given) + 1):
        for names in combinations(given, count):
            yield {name: given[name] for name in names}
