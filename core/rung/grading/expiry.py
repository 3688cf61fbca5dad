"""Judged answers that no longer stand: older than their policy allows, they count as missing.

Done once on the measured values, before cut-offs are sought: what a run keeps is what was graded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.grading.compiled import CompiledPolicy, Expiry
from rung.grading.derive import Row
from rung.grading.findings import Findings
from rung.policy.binding import known
from rung.policy.model import Criterion
from rung.text import _
from rung.vocabulary import Kind, Quantity

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "Expiring",
    "compiled_expiry",
    "expired_counts",
    "expiring",
    "report_disagreement",
    "with_expired",
    "without_expired",
]


def compiled_expiry(
    criterion: Criterion, key: str, quantities: Mapping[str, Quantity], measured: bool, findings: Findings
) -> Expiry | None:
    """Return how long a criterion's answer stands.

    ``measured``: whether its value comes from the tables; one that is computed does not expire.
    """
    if criterion.dated_by is None:
        return None
    place = f"{key}.dated_by"
    dated_by = findings.attempt(place, known, criterion.dated_by, quantities)
    if criterion.expires_after is None:
        findings.report(
            place,
            _("“dated_by” goes with “expires_after”: how long an answer stands."),
            _('For example: expires_after = "12mo"'),
        )
        return None
    if dated_by is None:
        return None
    if dated_by.kind is not Kind.DATE:
        findings.report(place, _("“{name}” is no date.").format(name=dated_by.id))
    if not measured:
        findings.report(
            f"{key}.expires_after",
            _("“{name}” is computed; only an answer that was given expires.").format(name=criterion.measure),
        )
    return Expiry(dated_by, criterion.expires_after)


@dataclass(frozen=True, slots=True)
class Expiring:
    """One measured value that expires."""

    quantity: Quantity
    dated_by: Quantity
    before: date
    """A value given before this day has expired."""


def expiring(compiled: CompiledPolicy, as_of: date) -> tuple[Expiring, ...]:
    """Return the values that expire, once each; criteria on one measure agree (``report_disagreement``)."""
    found = (
        Expiring(each.quantity, each.expiry.dated_by, each.expiry.after.before(as_of))
        for each in compiled.criteria
        if each.expiry is not None
    )
    return tuple({each.quantity.id: each for each in found}.values())


def report_disagreement(criteria: Sequence[Criterion], findings: Findings) -> None:
    """Report criteria that let one and the same answer stand for different lengths of time."""
    first: dict[str, Criterion] = {}
    for number, criterion in enumerate(criteria):
        if criterion.expires_after is None or criterion.dated_by is None:
            continue
        other = first.setdefault(criterion.measure, criterion)
        if (other.expires_after, other.dated_by) != (criterion.expires_after, criterion.dated_by):
            findings.report(
                f"criteria[{number}].expires_after",
                _("“{name}” expires otherwise than under criterion “{other}”.").format(
                    name=criterion.measure, other=other.id
                ),
                _("One answer stands for one length of time: let both say the same."),
            )


def without_expired(row: Row, expired: tuple[Expiring, ...]) -> Row:
    """Return one customer's measured values with those that expired missing."""
    gone = {each.quantity.id for each in expired if _is_gone(row.get(each.dated_by.id), each.before)}
    return {name: None if name in gone else value for name, value in row.items()} if gone else row


def _is_gone(given: object, before: date) -> bool:
    return isinstance(given, date) and given < before


def with_expired(measured: pl.LazyFrame, expired: tuple[Expiring, ...]) -> pl.LazyFrame:
    """Return the measured frame with the values that expired missing."""
    import polars as pl

    for each in expired:
        name = each.quantity.id
        measured = measured.with_columns(pl.when(~_gone(each)).then(pl.col(name)).alias(name))
    return measured


def expired_counts(measured: pl.LazyFrame, expired: tuple[Expiring, ...]) -> pl.LazyFrame:
    """Return one row with how many values expired, in the order of ``expired``."""
    import polars as pl

    return measured.select(
        (_gone(each) & pl.col(each.quantity.id).is_not_null()).sum().alias(f"#{place}")
        for place, each in enumerate(expired)
    )


def _gone(each: Expiring) -> pl.Expr:
    import polars as pl

    return (pl.col(each.dated_by.id) < pl.lit(each.before)).fill_null(value=False)
