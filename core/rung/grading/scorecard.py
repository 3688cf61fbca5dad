"""A scorecard: a policy with its calibration, a pure function of one row or of a whole frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.grading.calibration import Calibration
from rung.grading.compiled import PREVIOUS_GRADE, CompiledPolicy
from rung.grading.derive import Row
from rung.grading.row import Assessment, assess

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Scorecard"]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A compiled policy and the cut-offs one population gave it."""

    compiled: CompiledPolicy
    calibration: Calibration

    def assess(self, row: Row, supposed: Row | None = None) -> Assessment:
        """Grade one customer from its measured values (scaled; see vocabulary.Quantity).

        ``supposed`` values replace the row's, derived ones included: what the grade would be.
        """
        return assess(self.compiled, self.calibration, row, supposed)

    def results(self, measured: pl.LazyFrame) -> pl.LazyFrame:
        """Grade a measured frame on Polars; rows keep their order.

        Columns: ``customer_id``, ``customer_name``, ``model_grade`` (Enum of the grades), ``score``
        (whole number, scaled by score_scale), ``flags`` (whole number, one bit a flag),
        ``points_<criterion>`` (Int32, hundredths), ``reason_1`` to ``reason_3`` (Enum of reason codes),
        ``evidence`` (Int16, per cent), ``not_graded`` (Enum of refusal codes).
        """
        import narwhals.stable.v2 as nw
        import polars as pl

        from rung.grading.expressions import codes
        from rung.grading.segment_lookup import looked_up

        def named(code: str, names: tuple[str, ...]) -> pl.Expr:
            # Places become names by their physical codes: no string is compared or copied.
            physical = pl.UInt8 if len(names) < 256 else pl.UInt16
            return pl.col(code).cast(physical).cat.to(pl.Enum(names))

        if self.compiled.hold and PREVIOUS_GRADE not in measured.collect_schema():
            measured = measured.with_columns(pl.lit(None, dtype=pl.String).alias(PREVIOUS_GRADE))
        measured, ready = looked_up(self.compiled, self.calibration, measured)
        frame = nw.from_native(measured)
        coded: pl.LazyFrame = codes(self.compiled, self.calibration, frame, ready).to_native()
        return coded.select(
            "customer_id",
            "customer_name",
            named("grade", self.compiled.grades).alias("model_grade"),
            "score",
            "flags",
            *(f"points_{criterion.id}" for criterion in self.compiled.pointed),
            *(named(f"reason_{n}", self.compiled.reason_codes) for n in (1, 2, 3)),
            "evidence",
            named("refusal", self.compiled.refusal_codes).alias("not_graded"),
        )
