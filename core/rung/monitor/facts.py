"""Human inputs as a table to count in: one row each, with what a monitor asks of them and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from rung.ledger import Act, InputKind, State, Status
from rung.ledger.keeping.record_frame import moment_of
from rung.monitor.moments import day_of

__all__ = ["facts_of", "laid", "of_kind", "opened"]

_COLUMNS: Final = (
    "id",
    "kind",
    "customer_id",
    "subject",
    "value",
    "was",
    "overruled",
    "given",
    "notches",
    "reason",
    "maker",
    "checkers",
    "made_at",
    "made_on",
    "effective_on",
    "ended_on",
    "expires_at",
    "status",
    "seconds",
)
# overruled, given: the grade before and after. ended_on: withdrawn or superseded. seconds: from the proposal
# to what others decided; missing where nobody had to.

_MICROSECONDS: Final = 1_000_000


def facts_of(inputs: pl.DataFrame, today: date) -> pl.DataFrame:
    """Return the table of human inputs as they stand on a day; what only a run tells ``laid`` adds.

    ``inputs`` are as ``LedgerStore.record_frame`` has them, of which this tells what ``InputRecord`` does.
    """
    last = pl.col("decisions").list.last().struct
    facts = inputs.with_columns(last_act=last.field("act"), last_at=moment_of(last.field("at")))
    withdrawn = pl.when(pl.col("last_act") == Act.WITHDRAWN.value).then("last_at")
    ended = pl.coalesce(withdrawn, "superseded_at")
    facts = facts.with_columns(_checkers(inputs), ended_at=ended, status=_status(today), seconds=_waited())
    days = [
        _days(facts[at]).alias(on)
        for at, on in (("made_at", "made_on"), ("effective_from", "effective_on"), ("ended_at", "ended_on"))
    ]
    return facts.with_columns(days).rename({"model_grade": "overruled", "proposed_grade": "given"})[_COLUMNS]


def _status(today: date) -> pl.Expr:
    """Return where inputs stand on a day: see ``InputRecord.status``."""
    act = pl.col("last_act")
    return (
        pl.when(act == Act.WITHDRAWN.value)
        .then(pl.lit(Status.WITHDRAWN.value))
        .when(act == Act.REJECTED.value)
        .then(pl.lit(Status.REJECTED.value))
        .when(pl.col("superseded_by").is_not_null())
        .then(pl.lit(Status.SUPERSEDED.value))
        .when(pl.col("expires_at") < today)
        .then(pl.lit(Status.EXPIRED.value))
        .when(pl.col("effective_from").is_not_null())
        .then(pl.lit(Status.APPROVED.value))
        .when(act == Act.RETURNED.value)
        .then(pl.lit(Status.RETURNED.value))
        .otherwise(pl.lit(Status.PROPOSED.value))
    )


def _waited() -> pl.Expr:
    """Return the seconds from the proposal to the decision of others, null where there was none."""
    rejected = pl.when(pl.col("last_act") == Act.REJECTED.value).then("last_at")
    waited = (pl.coalesce(rejected, "effective_from") - pl.col("made_at")).dt.total_microseconds()
    return pl.when(pl.col("approvals_needed") > 0).then(waited / _MICROSECONDS)


def _checkers(inputs: pl.DataFrame) -> pl.Series:
    """Return who approved each input, since it was last resubmitted: see ``InputRecord.approvals``."""
    acts = (
        inputs.select("decisions")
        .with_row_index("number")
        .filter(pl.col("decisions").list.len() > 0)
        .explode("decisions", empty_as_null=False)
        .unnest("decisions")
        .with_row_index("place")
    )
    resubmitted = pl.col("place").filter(pl.col("act") == Act.RESUBMITTED.value).max().over("number")
    counts = (pl.col("act") == Act.APPROVED.value) & (pl.col("place") > resubmitted).fill_null(value=True)
    found = acts.filter(counts).group_by("number").agg(checkers="by")
    every = pl.DataFrame({"number": pl.int_range(inputs.height, dtype=pl.UInt32, eager=True)})
    beside = every.join(found, on="number", how="left", maintain_order="left")["checkers"]
    return beside.fill_null(pl.Series([[]], dtype=pl.List(pl.String)))


def _days(moments: pl.Series) -> pl.Series:
    """Return the days moments fall on where the program runs.

    They are asked for by the quarter of an hour: at no other time does a day begin anywhere.
    """
    quarters = moments.dt.truncate("15m")
    known = quarters.unique().drop_nulls()
    days = pl.Series([day_of(each) for each in known], dtype=pl.Date)
    return quarters.replace_strict(known, days, default=None, return_dtype=pl.Date)


_STATES: Final = {
    Status.PROPOSED.value: State.PENDING.value,
    Status.RETURNED.value: State.RETURNED.value,
    Status.APPROVED.value: State.IN_EFFECT.value,
}


def opened(facts: pl.DataFrame) -> pl.DataFrame:
    """Return the open inputs of a table in the form of the ledger's ``open_frame``."""
    state = pl.col("status").replace_strict(_STATES, default=None, return_dtype=pl.String)
    return facts.select(
        "id",
        "kind",
        "customer_id",
        "subject",
        "value",
        "notches",
        "expires_at",
        model_grade="overruled",
        proposed_grade="given",
        state=state,
    ).drop_nulls("state")


def laid(facts: pl.DataFrame, customers: pl.DataFrame) -> pl.DataFrame:
    """Return the table with what its overrides do to the customers of a run: ``LaidOver.customers``.

    Adds ``is_in_run``, ``is_laid`` (the effective grade is this override's), ``is_stale``, ``suspended``
    (its cause) and ``model_grade``, the run's.
    """
    texts = pl.col("model_grade", "computed_grade", "suspended").cast(pl.String)
    beside = customers.select("customer_id", "override", texts, is_in_run=pl.lit(value=True))
    stands = pl.col("id") == pl.col("override")
    is_open = pl.col("status").is_in(list(_STATES)) & pl.col("is_in_run")
    return (
        facts.join(beside, on="customer_id", how="left", maintain_order="left")
        .with_columns(pl.col("is_in_run").fill_null(value=False))
        .with_columns(
            is_laid=(stands & pl.col("suspended").is_null()).fill_null(value=False),
            is_stale=(pl.col("kind") == InputKind.OVERRIDE.value)
            & is_open
            & pl.col("overruled").ne_missing(pl.col("computed_grade")),
            suspended=pl.when(stands).then("suspended"),
        )
        .drop("override", "computed_grade")
    )


def of_kind(facts: pl.DataFrame, kind: InputKind) -> pl.DataFrame:
    """Return the rows of one kind."""
    return facts.filter(pl.col("kind") == kind.value)
