"""A run's results with what people laid over them: the grades in effect, values computed anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger import Effective
    from rung.ledger.grades.laid_over import LaidGrade

__all__ = ["REASONS", "LaidResults"]

REASONS: Final = ("reason_1", "reason_2", "reason_3")
"""The columns of the reasons."""


@dataclass
class LaidResults:
    """The columns of one run as they are in effect; every method but the constructor is for one thread."""

    results: Path
    rows: int
    grades: Sequence[str]
    standings: Mapping[str, Effective | LaidGrade] = field(default_factory=dict, kw_only=True)
    """What people laid over the model's grades, by customer."""
    recomputed: pl.DataFrame | None = field(default=None, kw_only=True)
    """The results, with ``row``, of whom people gave data, as the file has its columns."""
    _codes: pl.DataFrame | None = field(default=None, init=False, repr=False)
    _effective: pl.Series | None = field(default=None, init=False, repr=False)

    def lay_over(
        self, standings: Mapping[str, Effective | LaidGrade], recomputed: pl.DataFrame | None = None
    ) -> None:
        """Take other standings and results; what rests on the ones before is computed anew."""
        self.standings = standings
        self.recomputed = None if recomputed is None else self._as_the_file(recomputed)
        self._effective = self._codes = None

    def _as_the_file(self, recomputed: pl.DataFrame) -> pl.DataFrame:
        """Return results in the file's own kinds, so that their codes are the same."""
        import polars as pl

        kinds = pl.scan_ipc(self.results).collect_schema()
        return recomputed.cast({name: kinds[name] for name in recomputed.columns if name in kinds})

    def _reason_codes(self) -> pl.DataFrame:
        import polars as pl

        if self._codes is None:
            frame = pl.scan_ipc(self.results).select(REASONS).collect()
            self._reason_names = list(frame.schema["reason_1"].categories)  # type: ignore[attr-defined]
            anew = (self._with_anew(frame[name], pl.col(name)) for name in REASONS)
            self._codes = frame.with_columns(anew).select(pl.all().to_physical())
        return self._codes

    def _grade_codes(self) -> pl.Series:
        """Return the effective grade of each row as its place among the grades."""
        import polars as pl

        if self._effective is None:
            frame = pl.scan_ipc(self.results)
            codes = frame.select(pl.col("model_grade").to_physical().cast(pl.UInt8)).collect().to_series()
            laid = self.standings.items()
            changed = {name: each.grade for name, each in laid if each.grade != each.model_grade}
            if changed:
                places = {grade: place for place, grade in enumerate(self.grades)}
                rows = frame.with_row_index().filter(pl.col("customer_id").is_in(list(changed)))
                found = rows.select("index", "customer_id").collect()
                values = [places.get(changed[name] or "") for name in found["customer_id"]]
                codes = codes.scatter(found["index"], pl.Series(values, dtype=pl.UInt8))
            self._effective = codes
        return self._effective

    def _laid(self, expression: pl.Expr) -> pl.Series:
        """Return an expression over the results, those computed anew in the machine's place."""
        return self._with_anew(self._read(expression), expression)

    def _with_anew(self, found: pl.Series, expression: pl.Expr) -> pl.Series:
        if self.recomputed is None:
            return found
        anew = self.recomputed.select(expression).to_series().cast(found.dtype)
        return found.scatter(self.recomputed["row"], anew)

    def _read(self, expression: pl.Expr, file: Path | None = None) -> pl.Series:
        import polars as pl

        return pl.scan_ipc(file or self.results).select(expression).collect().to_series()
