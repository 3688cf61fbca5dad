"""Finds judgements and corrections that nobody approved, and that have come to lift a grade since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from rung.ledger import DataInput, InputRecord, Status
from rung.ledger.contact_reasons import CONTACT
from rung.ledger.grades.regrading import computed_grades, fault_of
from rung.ledger.rules.customer_ground import rules_of

if TYPE_CHECKING:
    import polars as pl

    from rung.policy.model import Policy
    from rung.workspace.overlaid import OverlaidRun

__all__ = ["unapproved_lifts"]


def unapproved_lifts(overlaid: OverlaidRun, records: Iterable[InputRecord], today: date) -> frozenset[str]:
    """Return the ids of the values given without approval but for which a grade were worse in the run.

    ``records`` are all those open under the run's policy. Looked at where the policy asks approval of a
    better grade: a value that lifted nothing when it was given was free, and a later run may find that it
    does.
    """
    free = [each for each in records if _is_free(each, overlaid.policy, today)]
    if not free or not overlaid.policy.ordered or fault_of(overlaid.run) is not None:
        return frozenset()
    whole = _grades(overlaid, (), today)
    return frozenset(
        each.id
        for chosen in _one_a_customer(free)
        for each, without in _without(overlaid, chosen, today)
        if _is_better(whole.get(each.customer_id), without, overlaid.policy)
    )


def _is_free(record: InputRecord, policy: Policy, today: date) -> bool:
    return (
        isinstance(record, DataInput)
        and record.approvals_needed == 0
        # What an outcome of the policy's sets is approved with the policy itself.
        and record.reason != CONTACT
        and record.status(today) is Status.APPROVED
        and rules_of(policy, record.kind).approval.up.how_many > 0
    )


def _one_a_customer(records: Iterable[InputRecord]) -> Iterator[list[InputRecord]]:
    """Yield the records so that no customer is twice among those yielded together."""
    theirs: defaultdict[str, list[InputRecord]] = defaultdict(list)
    for each in records:
        theirs[each.customer_id].append(each)
    for place in range(max(map(len, theirs.values()))):
        yield [each[place] for each in theirs.values() if place < len(each)]


def _without(
    overlaid: OverlaidRun, chosen: Collection[InputRecord], today: date
) -> Iterator[tuple[InputRecord, str | None]]:
    """Yield records of the run's customers with the grade there would be without each."""
    found = _grades(overlaid, {each.id for each in chosen}, today)
    machine = _machine(overlaid, chosen)
    for each in chosen:
        if each.customer_id in machine:
            yield each, found.get(each.customer_id, machine[each.customer_id])


def _grades(overlaid: OverlaidRun, left_out: Collection[str], today: date) -> dict[str, str | None]:
    """Return the computed grades of those with data in effect, some left out."""
    import polars as pl

    opened: pl.DataFrame = overlaid.opened
    if left_out:
        opened = opened.filter(~pl.col("id").is_in(pl.Series(sorted(left_out), dtype=pl.String).implode()))
    found = computed_grades(overlaid.run, overlaid.scorecard, opened, today)
    return dict(found.select("customer_id", pl.col("computed_grade").cast(pl.String)).iter_rows())


def _machine(overlaid: OverlaidRun, chosen: Iterable[InputRecord]) -> dict[str, str | None]:
    import polars as pl

    about = pl.Series(sorted({each.customer_id for each in chosen}), dtype=pl.String)
    rows = overlaid.run.frame().filter(pl.col("customer_id").is_in(about.implode()))
    return dict(rows.select("customer_id", pl.col("model_grade").cast(pl.String)).collect().iter_rows())


def _is_better(grade: str | None, without: str | None, policy: Policy) -> bool:
    if grade is None:
        return False
    return without is None or policy.grades.index(grade) < policy.grades.index(without)
