"""The customers who move, as a table for people: words for codes, decimals for scaled numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.grading.compiled import CompiledPolicy
from rung.grading.reasons import reason_text, refusal_text
from rung.pipeline.retold import FAULT
from rung.runs.export import inert_column
from rung.simulation.causes import cause_text
from rung.simulation.simulation import Movement, Simulation
from rung.text import Language, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["by_value", "moved_customers", "movement_text"]

_MOVEMENTS = {
    Movement.UP: Text("上调", "up"),
    Movement.DOWN: Text("下调", "down"),
    Movement.OTHER: Text("换类", "to another"),
    Movement.NEWLY_GRADED: Text("新评出", "newly graded"),
    Movement.NO_LONGER_GRADED: Text("不再评出", "no longer graded"),
}


def movement_text(movement: Movement) -> Text:
    """Return what a movement is called."""
    return _MOVEMENTS[movement]


def by_value(movers: pl.DataFrame) -> pl.DataFrame:
    """Return movers with the largest value first, those without one last, equal ones in their order."""
    return movers.sort("value", descending=True, nulls_last=True, maintain_order=True)


def moved_customers(simulation: Simulation, language: Language) -> pl.DataFrame:
    """Return whoever moves, in the population's order, or the largest value first where one is followed.

    ``customer_id``, ``customer_name``, ``grade_before``, ``grade_after``, ``movement``, ``cause`` (code),
    ``cause_text``, ``score_before``, ``score_after``, the value under its own name, and of each side the
    reason that decided: ``reason_before`` (code, of a refusal too), ``reason_before_text``, and after.
    """
    import polars as pl

    before, after = simulation.before.compiled, simulation.after.compiled
    movers, value = simulation.movers, simulation.population.value
    causes = {each.code: cause_text(each.code, before, after) for each in simulation.causes}
    columns = [
        inert_column("customer_id"),
        inert_column("customer_name"),
        pl.col("before_grade").alias("grade_before"),
        pl.col("after_grade").alias("grade_after"),
        "movement",
        "cause",
        _worded(pl.col("cause"), causes, language).alias("cause_text"),
        (pl.col("before_score") / before.score_scale).alias("score_before"),
        (pl.col("after_score") / after.score_scale).alias("score_after"),
    ]
    if value is not None:
        columns.append((pl.col("value") / value.scale).alias(_free(value.id)))
        movers = by_value(movers)
    for side, compiled in (("before", before), ("after", after)):
        refusal, reason = pl.col(f"{side}_refusal"), pl.col(f"{side}_reason")
        told = _worded(refusal, _refusals(compiled), language), _worded(reason, _reasons(compiled), language)
        columns += [
            pl.when(refusal.is_null()).then(reason).otherwise(refusal).alias(f"reason_{side}"),
            pl.when(refusal.is_null()).then(told[1]).otherwise(told[0]).alias(f"reason_{side}_text"),
        ]
    return movers.select(columns)


def _free(name: str) -> str:
    """Return the column of the value followed: its own name, unless a column here is called so."""
    taken = {"customer_id", "customer_name", "movement", "cause", "cause_text"}
    return f"value_{name}" if name in taken or name.startswith(("grade_", "score_", "reason_")) else name


def _refusals(compiled: CompiledPolicy) -> dict[str, Text]:
    causes = (*compiled.refusal_codes, f"{FAULT}{compiled.policy.sector}")
    return {code: refusal_text(compiled, code) for code in causes}


def _reasons(compiled: CompiledPolicy) -> dict[str, Text]:
    return {code: reason_text(compiled, code) for code in compiled.reason_codes}


def _worded(code: pl.Expr, texts: dict[str, Text], language: Language) -> pl.Expr:
    import polars as pl

    words = [text.in_language(language) for text in texts.values()]
    return code.replace_strict(list(texts), words, default=None, return_dtype=pl.String)
