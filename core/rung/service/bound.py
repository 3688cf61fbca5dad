"""Whom each promise in force binds, by effective grade and flags, people's input laid over the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from rung.grading.promised_columns import PromiseSource, promise_conditions, promise_sources
from rung.ledger.grades.placing import ROW
from rung.ledger.grades.regrading import corrected_over
from rung.policy.model import Obligation
from rung.runs.run import MEASURED
from rung.service.placing import places_in
from rung.text import Text

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.scorecard import Scorecard
    from rung.ledger.grades.laid_over import LaidOver
    from rung.runs.run import Run

__all__ = ["ON_FILE", "Binding", "Standing", "Unfiled", "required_records", "standing_of"]

ON_FILE: Final[dict[str, Any]] = {"customer_id": pl.String, "type": pl.String, "opened": pl.Date}
"""The columns needed of the open records of the policy's sector: of whom, of which type, since when."""


@dataclass(frozen=True)
class Binding:
    """One promise in force, and whom it binds."""

    source: str
    """The grade or flag that brings it."""
    title: Text
    """What that is called."""
    code: str
    """Of the promise; see ``ServiceTerms.coded``."""
    obligation: Obligation
    rows: pl.Series
    """Places in the run of the customers it is owed to, rising (UInt32)."""
    opened: pl.DataFrame | None = None
    """Where it starts with a record: ``row`` and the day ``opened`` of everybody who has one open."""

    def since(self, since: pl.Series, rows: pl.Series) -> pl.Series:
        """Return since when it is owed to the customers at ``rows``: since the grade, or the record if later.

        ``since``: the day each customer's grade began, in the run's row order.
        """
        began = since.gather(rows)
        if self.opened is None:
            return began
        asked = rows.alias("row").to_frame()
        opened = asked.join(self.opened, on="row", how="left", maintain_order="left")["opened"]
        return pl.select(pl.max_horizontal(began.alias("since"), opened)).to_series()


@dataclass(frozen=True)
class Unfiled:
    """Customers whose service waits for a record to be opened."""

    source: str
    """The grade or flag that brings the service."""
    type: str
    """Of the record, in the policy's sector."""
    rows: pl.Series
    """Places in the run, rising (UInt32)."""


@dataclass(frozen=True)
class Standing:
    """A run as it counts now: who has which grade since when, and what the values are."""

    compiled: CompiledPolicy
    as_of: date
    frame: pl.DataFrame
    """In the run's row order: ``customer_id``, ``customer_name``, ``grade`` (Enum, the effective one),
    ``flags``, ``since`` (Date) and ``portfolio`` (String), null where the run does not say."""
    measured: pl.LazyFrame
    """The run's, as the source had them."""
    corrected: pl.DataFrame | None
    """The measured rows with values given by people, their place in ``row``; None where there are none."""
    on_file: pl.DataFrame | None = None
    """The open records of the policy's sector, see ``ON_FILE``; None where there are none."""

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """Every promise in force that binds somebody."""
        return tuple(each for each in self._bindings() if each.rows.len())

    def _bindings(self) -> Iterator[Binding]:
        sources = list(promise_sources(self.compiled, pl.col("grade")))
        conditions = self._conditions()
        for place, source in enumerate(sources):
            if not source.terms.written.is_in_force or not source.terms.obligations:
                continue
            rows = self._having(source)
            opened = self._opened(source)
            if opened is not None:
                rows = rows.filter(rows.is_in(opened["row"].implode()))
            for number, each in enumerate(source.terms.obligations):
                asked = f"{place}:{number}"
                theirs = rows
                if asked in conditions.columns:
                    theirs = rows.filter(conditions[asked].gather(rows).fill_null(value=False))
                yield Binding(source.id, source.title, each.code, each.obligation, theirs, opened)

    @cached_property
    def unfiled(self) -> tuple[Unfiled, ...]:
        """Whose service waits for a record that nobody has opened."""
        return tuple(each for each in self._unfiled() if each.rows.len())

    def _unfiled(self) -> Iterator[Unfiled]:
        for source in promise_sources(self.compiled, pl.col("grade")):
            terms, opened = source.terms.written, self._opened(source)
            if opened is None or terms.requires is None or not terms.is_in_force:
                continue
            rows = self._having(source)
            yield Unfiled(source.id, terms.requires, rows.filter(~rows.is_in(opened["row"].implode())))

    def _having(self, source: PromiseSource) -> pl.Series:
        has_it = self.frame.select(source.has_it.fill_null(value=False)).to_series()
        return has_it.arg_true().cast(pl.UInt32)

    def _opened(self, source: PromiseSource) -> pl.DataFrame | None:
        """Return who has the record open that a source's terms start with; None where they ask for none."""
        requires = source.terms.written.requires
        return None if requires is None else self._files.filter(pl.col("type") == requires)

    @cached_property
    def _files(self) -> pl.DataFrame:
        """The open records of customers of the run: ``row``, ``type``, and the day the first was opened."""
        if self.on_file is None:
            return pl.DataFrame(schema={"row": pl.UInt32, "type": pl.String, "opened": pl.Date})
        places = places_in(self.frame["customer_id"], self.on_file["customer_id"])
        found = self.on_file.select("type", "opened").insert_column(0, places.alias("row"))
        return found.drop_nulls("row").group_by("row", "type").agg(pl.col("opened").min()).sort("row")

    def _conditions(self) -> pl.DataFrame:
        sources = list(promise_sources(self.compiled, pl.col("grade")))
        found = promise_conditions(self.compiled, self.measured, sources)
        if self.corrected is None or not found.width:
            return found
        anew = promise_conditions(self.compiled, self.corrected.drop(ROW).lazy(), sources)
        return found.with_columns(
            found[name].scatter(self.corrected[ROW], anew[name]) for name in anew.columns
        )


def standing_of(
    run: Run,
    scorecard: Scorecard,
    laid: LaidOver,
    since: pl.Series,
    *,
    opened: pl.DataFrame | None = None,
    today: date | None = None,
    portfolio: str | None = None,
    on_file: pl.DataFrame | None = None,
) -> Standing:
    """Return how a run counts with human input laid over it.

    ``since``: see ``since_of``; ``opened``: the open human input, as laid over, on the day ``today``;
    ``portfolio``: the field that says whose customer somebody is, if the run keeps it; ``on_file``: the
    open records of the policy's sector (``ON_FILE``).
    """
    measured = pl.scan_ipc(run.folder / MEASURED)
    frame = laid.results.select("customer_id", "customer_name", pl.col("model_grade").alias("grade"), "flags")
    whole = frame.collect().with_columns(since.alias("since"), _portfolio(measured, portfolio))
    changed = laid.customers.filter(pl.col("effective_grade").ne_missing(pl.col("model_grade")))
    if changed.height:
        grades = whole["grade"].cast(changed.schema["effective_grade"])
        whole = whole.with_columns(grades.scatter(changed["row"], changed["effective_grade"]).alias("grade"))
    corrected = None
    if opened is not None and today is not None and (laid.customers["data"] > 0).any():
        corrected, _failed = corrected_over(measured, scorecard, opened, today)
        flags = scorecard.results(corrected.drop(ROW).lazy()).select("flags").collect().to_series()
        whole = whole.with_columns(whole["flags"].scatter(corrected[ROW], flags.cast(whole["flags"].dtype)))
    return Standing(scorecard.compiled, run.manifest.as_of, whole, measured, corrected, on_file)


def required_records(compiled: CompiledPolicy) -> tuple[str, ...]:
    """Return the types of record that terms in force of a policy start with."""
    terms = (*compiled.terms.values(), *compiled.flag_terms.values())
    asked = (each.written.requires for each in terms if each.written.is_in_force)
    return tuple(dict.fromkeys(each for each in asked if each is not None))


def _portfolio(measured: pl.LazyFrame, field: str | None) -> pl.Expr | pl.Series:
    if field is None or field not in measured.collect_schema():
        return pl.lit(None, dtype=pl.String).alias("portfolio")
    return measured.select(pl.col(field).cast(pl.String).alias("portfolio")).collect().to_series()
