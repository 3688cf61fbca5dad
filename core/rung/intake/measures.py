"""Measures: a plugin's own expressions, each tried alone first so that a broken one costs only itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import narwhals.stable.v2 as nw
import polars as pl

from rung.intake.kept import dtype_of, within_bounds
from rung.plugins.aside import printed_aside
from rung.text import _
from rung.vocabulary import Measure, Quantity

__all__ = ["MeasureFault", "computed", "fault_on_nothing", "measured"]

_SAMPLE: Final = 100


@dataclass(frozen=True, slots=True)
class MeasureFault:
    """A measure, or a feature, that cannot be computed: its values are missing for everyone."""

    id: str
    message: str


def measured(
    frame: pl.LazyFrame, measures: Iterable[Measure], *, is_thorough: bool = False
) -> tuple[pl.LazyFrame, tuple[MeasureFault, ...]]:
    """Return the frame with a column per measure, and the faults of those that failed.

    Each is evaluated alone on an empty frame and on up to 100 rows, where ``is_thorough`` on all of them;
    its values must not depend on which other rows are there.
    """
    wanted = list(measures)
    if not wanted:
        return frame, ()
    sample = frame.head(_SAMPLE).collect()
    faults: list[MeasureFault] = []
    columns: list[pl.Expr] = []
    for measure in wanted:
        try:
            with printed_aside():
                _try_out(measure, sample)
                with_it = nw.from_native(frame).with_columns(measure.build().alias(measure.id)).to_native()
                if is_thorough:
                    with_it.select(_kept(measure)).collect(engine="streaming")
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # even SystemExit: a plugin's mistake costs its own measure alone
            faults.append(_fault(measure, error))
            columns.append(pl.lit(None, dtype=dtype_of(measure)).alias(measure.id))
        else:
            frame = with_it
            columns.append(_kept(measure))
    return frame.with_columns(columns), tuple(faults)


def fault_on_nothing(measure: Measure, inputs: Mapping[str, Quantity]) -> MeasureFault | None:
    """Return what is wrong with a measure that fails over no rows; ``inputs`` holds what it reads, by id."""
    try:
        with printed_aside():
            _evaluate(measure, pl.DataFrame(schema={name: dtype_of(inputs[name]) for name in measure.inputs}))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return _fault(measure, error)
    return None


def _fault(measure: Measure, error: BaseException) -> MeasureFault:
    message = str(error).strip().splitlines()[0] if str(error).strip() else ""
    return MeasureFault(measure.id, f"{type(error).__name__}: {message}".removesuffix(": "))


def computed(frame: pl.DataFrame, measure: Measure) -> pl.Series:
    """Return a measure's values for a few rows that hold its inputs; raises whatever the plugin raises."""
    built = nw.from_native(frame).with_columns(measure.build().alias(measure.id)).to_native()
    return built.select(_kept(measure)).to_series()


def _kept(measure: Measure) -> pl.Expr:
    value = pl.col(measure.id).cast(dtype_of(measure))
    return (within_bounds(value, measure) if measure.kind.is_numeric else value).alias(measure.id)


def _try_out(measure: Measure, sample: pl.DataFrame) -> None:
    _evaluate(measure, sample.clear())
    whole = _evaluate(measure, sample)
    backwards = _evaluate(measure, sample.reverse()).reverse()
    half = _evaluate(measure, sample.head(sample.height // 2))
    if not whole.equals(backwards) or not whole.head(half.len()).equals(half):
        raise ValueError(_("its values depend on which other rows are there"))


def _evaluate(measure: Measure, frame: pl.DataFrame) -> pl.Series:
    inputs = nw.from_native(frame.select(measure.inputs))
    built: object = measure.build()
    if not hasattr(built, "alias"):
        raise TypeError(_("it builds {found}, which is no expression").format(found=type(built).__name__))
    result = inputs.with_columns(measure.build().alias(measure.id)).to_native()[measure.id]
    kept = dtype_of(measure)
    if (
        result.dtype != kept
        and not (kept == pl.Int64 and result.dtype.is_integer())
        and result.dtype != pl.Null
    ):
        raise TypeError(
            _("it gives {found}; {kind} is kept as {expected}").format(
                found=result.dtype, kind=measure.kind.value, expected=kept()
            )
        )
    return result
