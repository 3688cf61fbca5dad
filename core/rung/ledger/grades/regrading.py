"""The computed grade: a run's own scorecard over its values with the judgements and corrections in effect.

One customer goes by the row function, many by the frame engine; both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from rung.ledger.grades.correcting import (
    MeasureFaultError,
    computed_column,
    correctable,
    corrected,
    recomputable,
)
from rung.ledger.grades.kept_values import kept_value, kept_values
from rung.ledger.grades.placing import ROW, Places, placed
from rung.ledger.kinds import InputKind
from rung.ledger.records import DataInput, InputRecord, State, Status

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.compiled import CompiledPolicy
    from rung.grading.derive import Row
    from rung.grading.row import Assessment
    from rung.grading.scorecard import Scorecard
    from rung.runs.run import Run
    from rung.values import Value

__all__ = [
    "computed_grades",
    "computed_results",
    "fault_of",
    "in_effect",
    "regraded",
    "results_over",
    "values_of",
    "whole_results_over",
]


def in_effect(inputs: Iterable[InputRecord], today: date) -> tuple[DataInput, ...]:
    """Return the judgements and corrections of one customer that count on a day, one a quantity.

    A judgement stands above a correction of the same quantity: a correction puts right what the source
    says, and that is what the judgement answers anew.
    """
    found: dict[str, DataInput] = {}
    data = [each for each in inputs if isinstance(each, DataInput) and each.status(today) is Status.APPROVED]
    for each in sorted(data, key=lambda each: each.kind is InputKind.JUDGEMENT):
        found[each.subject] = each
    return tuple(found.values())


def values_of(
    inputs: Iterable[InputRecord], compiled: CompiledPolicy, today: date
) -> dict[str, Value | None]:
    """Return the values in effect for one customer, as kept, by quantity id.

    What the policy's quantities cannot hold any more is left out.
    """
    values: dict[str, Value | None] = {}
    for each in in_effect(inputs, today):
        quantity = compiled.quantities.get(each.subject)
        if quantity is None:
            continue
        try:
            values[each.subject] = kept_value(each.value, quantity)
        except ValueError:
            continue  # who looks at the record itself is told; a grade cannot wait for it
    return values


def regraded(scorecard: Scorecard, measured: Row, given: Mapping[str, Value | None]) -> Assessment:
    """Grade one customer of a run with values given in place of the measured ones.

    ``given`` values without a place among the measured ones change nothing. Where a plugin's measure fails
    on them the customer is not graded. Of a run a plugin failed in, see ``fault_of``.
    """
    from rung.pipeline.retold import FAULT

    compiled = scorecard.compiled
    try:
        return scorecard.assess(corrected(compiled, measured, given))
    except MeasureFaultError:
        found = scorecard.assess(measured)
        return replace(found, grade=None, score=None, not_graded=f"{FAULT}{compiled.policy.sector}")


def fault_of(run: Run) -> str | None:
    """Return why a run left everybody out, a plugin having failed; None where it did not."""
    from rung.pipeline.retold import FAULT

    return next((code for code in run.manifest.not_graded if code.startswith(FAULT)), None)


def computed_grades(run: Run, scorecard: Scorecard, opened: pl.DataFrame, today: date) -> pl.DataFrame:
    """Return the computed grade of every customer of a run who has a value in effect on a day.

    ``opened`` is the ledger's ``open_frame`` under the run's policy. Columns: ``customer_id``,
    ``computed_grade`` (Enum of the grades, null where not graded).
    """
    return computed_results(run, scorecard, opened, today, with_reasons=False).select(
        "customer_id", "computed_grade"
    )


def computed_results(
    run: Run, scorecard: Scorecard, opened: pl.DataFrame, today: date, *, with_reasons: bool = True
) -> pl.DataFrame:
    """Return what ``computed_grades`` does, with ``row``.

    ``with_reasons``: and with ``reason_1`` to ``reason_3`` and ``not_graded``.
    """
    import polars as pl

    from rung.runs.run import MEASURED

    measured = pl.scan_ipc(run.folder / MEASURED)
    found = results_over(measured, scorecard, opened, today, with_reasons=with_reasons)
    return (
        found
        if fault_of(run) is None
        else found.with_columns(computed_grade=pl.lit(None, dtype=found.schema["computed_grade"]))
    )


def results_over(
    measured: pl.LazyFrame,
    scorecard: Scorecard,
    opened: pl.DataFrame,
    today: date,
    *,
    with_reasons: bool = True,
) -> pl.DataFrame:
    """Return what ``computed_results`` does, over measured values; ``row`` is their place in the run."""
    import polars as pl

    rows, failed = corrected_over(measured, scorecard, opened, today)
    # Its rows keep their order: what is graded stands beside where it came from.
    graded = scorecard.results(rows.drop(ROW).lazy()).select(
        "customer_id",
        "model_grade",
        *(("reason_1", "reason_2", "reason_3", "not_graded") if with_reasons else ()),
    )
    found = graded.collect().insert_column(0, rows[ROW]).rename({"model_grade": "computed_grade"})
    if not len(failed):
        return found
    return found.with_columns(pl.when(~pl.col(ROW).is_in(failed.implode())).then("computed_grade"))


def whole_results_over(
    measured: pl.LazyFrame, scorecard: Scorecard, opened: pl.DataFrame, today: date
) -> pl.DataFrame:
    """Return every column of the results, and ``row``, of those ``results_over`` is about.

    Whom a plugin's measure fails on is without grade, score, reasons and cause.
    """
    import polars as pl

    rows, failed = corrected_over(measured, scorecard, opened, today)
    found = scorecard.results(rows.drop(ROW).lazy()).collect().insert_column(0, rows[ROW])
    told = pl.col("model_grade", "score", "reason_1", "reason_2", "reason_3", "not_graded")
    return found.with_columns(pl.when(~pl.col(ROW).is_in(failed.implode())).then(told))


def corrected_over(
    measured: pl.LazyFrame, scorecard: Scorecard, opened: pl.DataFrame, today: date
) -> tuple[pl.DataFrame, pl.Series]:
    """Return the measured rows, with ``row``, of the customers given a value, with those in effect laid in.

    And the places where a measure fails on them. Names are left out: they are null.
    """
    import polars as pl

    compiled, columns = scorecard.compiled, measured.collect_schema().names()
    data = _in_effect(placed(opened, measured, today))
    given = _given(data, compiled, columns)
    rows, failed = _corrected_rows(measured.drop("customer_id", "customer_name"), compiled, given)
    # Where each stands in what is open, for their ids: those given a value are among these.
    ids = data["customer_id"].gather(Places.of(data[ROW]).last(rows[ROW], data[ROW]))
    return rows.with_columns(ids, customer_name=pl.lit(None, pl.String)), failed


def _in_effect(live: pl.DataFrame) -> pl.DataFrame:
    counts = (live["kind"] != InputKind.OVERRIDE.value) & (live["state"] == State.IN_EFFECT.value)
    return live.select(ROW, "customer_id", "kind", "subject", "value").filter(counts)


def _given(data: pl.DataFrame, compiled: CompiledPolicy, columns: list[str]) -> dict[str, pl.DataFrame]:
    """Return the values in effect by quantity: ``row`` and ``value`` as kept, one a row."""
    import polars as pl

    found: dict[str, pl.DataFrame] = {}
    allowed = correctable(compiled, columns)
    for subject in data["subject"].unique(maintain_order=True):
        quantity = allowed.get(subject)
        if quantity is None:
            continue
        each = data.filter(pl.col("subject") == subject)
        if each[ROW].n_unique() < each.height:
            # A judgement stands above a correction: see ``in_effect``.
            is_judgement = pl.col("kind") == InputKind.JUDGEMENT.value
            each = each.sort(is_judgement, maintain_order=True).unique(ROW, keep="last")
        values = each.select(
            ROW, is_unknown=pl.col("value").is_null(), value=kept_values(pl.col("value"), quantity)
        )
        found[quantity.id] = values.filter(pl.col("is_unknown") | pl.col("value").is_not_null()).drop(
            "is_unknown"
        )
    return found


def _corrected_rows(
    measured: pl.LazyFrame, compiled: CompiledPolicy, given: Mapping[str, pl.DataFrame]
) -> tuple[pl.DataFrame, pl.Series]:
    """Return the rows of the customers given a value, corrected, and the places where a measure fails."""
    import polars as pl

    names = measured.collect_schema().names()
    nobody = pl.Series(ROW, [], dtype=pl.UInt32)
    places = Places.of(pl.concat([nobody, *(each[ROW] for each in given.values())]))
    rows = _rows_at(measured, places.rows)
    is_given = pl.Series([False]).new_from_index(0, rows.height)
    for name, values in given.items():
        at = places.found(values[ROW])
        column = rows[name].cast(values.schema["value"]).scatter(at, values["value"])
        rows = rows.with_columns(column, is_given.clone().scatter(at, values=True).alias(_is(name)))
    whole, failed = _followed(rows, compiled, names, given)
    return whole.select(ROW, *names), failed


_MANY: Final = 50_000
# From so many rows on the whole is read and they are taken from it, which is quicker and costs memory.


def _rows_at(measured: pl.LazyFrame, places: pl.Series) -> pl.DataFrame:
    import polars as pl

    if len(places) >= _MANY:
        return measured.collect()[places].insert_column(0, places)
    numbered = measured.with_row_index(ROW).filter(pl.col(ROW).is_in(places.implode()))
    return numbered.collect(engine="streaming").sort(ROW)


def _is(name: str) -> str:
    return f"__given_{name}"


def _followed(
    rows: pl.DataFrame, compiled: CompiledPolicy, names: list[str], given: Mapping[str, pl.DataFrame]
) -> tuple[pl.DataFrame, pl.Series]:
    """Return the rows with measures computed anew where one of their inputs was given, and who fails."""
    import polars as pl

    failed = pl.Series(ROW, [], dtype=pl.UInt32)
    for measure in recomputable(compiled, names):
        inputs = [_is(name) for name in measure.inputs if name in given]
        if not inputs:
            continue
        own = pl.col(_is(measure.id)) if measure.id in given else pl.lit(value=False)
        is_touched = pl.any_horizontal(inputs) & ~own
        places = rows.select(is_touched.arg_true()).to_series()
        part = rows[places]
        try:
            values = computed_column(part.select(measure.inputs), measure)
        except MeasureFaultError:
            failed = pl.concat([failed, part[ROW]])
        else:
            rows = rows.with_columns(rows[measure.id].clone().scatter(places, values))
    return rows, failed
