"""Results as other programs take them: words for codes, decimals for scaled numbers, texts made harmless."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from rung.grading.compiled import POINT_SCALE, CompiledPolicy
from rung.grading.reasons import reason_text, refusal_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from rung.runs.manifest import Manifest
    from rung.text import Language

__all__ = ["about_runs", "export_frame", "guarded", "inert_column", "wide_frame"]

_REASONS: Final = ("reason_1", "reason_2", "reason_3")
_GRADES: Final = ("model_grade", "effective_grade")
_WHO: Final = ("customer_id", "customer_name")
_BREAKS: Final = r"[\t\r\n\x{85}\x{2028}\x{2029}]"
_HIDDEN: Final = r"[\p{Cc}\x{61c}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
# The same characters as rung.text.inert takes out; a test holds them together.
_FORMULA: Final = r"^\s*[=+\-@＝＋－＠]"
# What a spreadsheet may take for the beginning of a formula, full-width signs included.


def export_frame(
    results: pl.LazyFrame, compiled: CompiledPolicy, language: Language, *, lists: bool
) -> pl.LazyFrame:
    """Return the results with the columns of an export, rows in their order.

    ``customer_id``, ``customer_name``, ``model_grade``, ``effective_grade`` (where the results have it),
    ``service_class`` (where a flag of the policy sets one: that of the first such flag that holds, else
    the effective grade, or the model's where there is no other), ``score``, ``flags`` (ids),
    ``points_<criterion>``, ``reasons`` (codes), ``reason_texts``, ``evidence`` (per cent),
    ``not_graded`` (code), ``not_graded_text``. Several values in one cell are lists, or joined by a
    semicolon.
    """
    import polars as pl

    reasons = {code: reason_text(compiled, code).in_language(language) for code in compiled.reason_codes}
    causes = (*compiled.refusal_codes, f"fault:{compiled.policy.sector}")
    refusals = {code: refusal_text(compiled, code).in_language(language) for code in causes}
    codes = [pl.col(name).cast(pl.String) for name in _REASONS]
    flags = [
        pl.when(pl.col("flags") & (1 << place) != 0).then(pl.lit(flag.id))
        for place, flag in enumerate(compiled.flags)
    ]
    points = [f"points_{criterion.id}" for criterion in compiled.pointed]
    grades = [name for name in _GRADES if name in results.collect_schema().names()]
    return results.select(
        inert_column("customer_id"),
        inert_column("customer_name"),
        *(pl.col(name).cast(pl.String) for name in grades),
        *_service_class(compiled, grades[-1]),
        (pl.col("score") / compiled.score_scale).alias("score"),
        _together(flags, lists).alias("flags"),
        *((pl.col(name) / POINT_SCALE).alias(name) for name in points),
        _together(codes, lists).alias("reasons"),
        _together([_worded(code, reasons) for code in codes], lists).alias("reason_texts"),
        "evidence",
        pl.col("not_graded").cast(pl.String),
        _worded(pl.col("not_graded").cast(pl.String), refusals).alias("not_graded_text"),
    )


def about_runs(manifests: Sequence[Manifest], customers: int) -> Mapping[str, Any]:
    """Return what a plugin's exporter is told of the run it writes, of several that of the first of them.

    ``run_id``, ``policy`` (its id), ``version``, ``as_of`` and ``customers``; ``runs`` has the first three
    of every run whose grades stand side by side.
    """
    runs = [
        {"run_id": each.run_id, "policy": each.policy.id, "version": each.policy.version}
        for each in manifests
    ]
    return {**runs[0], "as_of": manifests[0].as_of, "customers": customers, "runs": tuple(runs)}


def wide_frame(parts: Sequence[tuple[str, pl.LazyFrame]]) -> pl.LazyFrame:
    """Return the exports of several policies side by side, a row a customer.

    ``customer_id`` and ``customer_name`` stand once, every other column as ``<policy id>.<column>``. A
    customer whom one policy's table did not have is empty there.
    """
    import polars as pl

    named = [
        frame.rename({name: f"{policy_id}.{name}" for name in frame.collect_schema().names()[2:]})
        for policy_id, frame in parts
    ]
    wide, *others = named
    if _have_the_same_rows(named):
        return pl.concat([wide, *(other.drop(_WHO) for other in others)], how="horizontal")
    for other in others:
        wide = wide.join(other, on="customer_id", how="full", maintain_order="left_right", suffix=".other")
        wide = wide.with_columns(pl.coalesce(name, f"{name}.other").alias(name) for name in _WHO).drop(
            f"{name}.other" for name in _WHO
        )
    return wide


def _have_the_same_rows(frames: Sequence[pl.LazyFrame]) -> bool:
    """Return whether the same customers stand in the same order."""
    first, *others = (frame.select("customer_id").collect(engine="streaming").to_series() for frame in frames)
    return all(first.len() == other.len() and bool((first == other).all()) for other in others)


def _service_class(compiled: CompiledPolicy, grade: str) -> list[pl.Expr]:
    import polars as pl

    setting = [(1 << place, flag.service_class) for place, flag in enumerate(compiled.policy.flags)]
    given = [
        pl.when(pl.col("flags") & mask != 0).then(pl.lit(name)) for mask, name in setting if name is not None
    ]
    own = pl.col(grade).cast(pl.String)
    return [pl.coalesce(*given, own).alias("service_class")] if given else []


def guarded(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return the frame with an apostrophe before every text a spreadsheet could take for a formula."""
    import polars as pl

    return frame.with_columns(
        pl.when(pl.col(pl.String).str.contains(_FORMULA))
        .then("'" + pl.col(pl.String))
        .otherwise(pl.col(pl.String))
        .name.keep()
    )


def inert_column(name: str) -> pl.Expr:
    """Return a column of texts without characters that move a cursor or reorder what is read."""
    import polars as pl

    return pl.col(name).str.replace_all(_BREAKS, " ").str.replace_all(_HIDDEN, "")


def _worded(code: pl.Expr, words: dict[str, str]) -> pl.Expr:
    import polars as pl

    return code.replace_strict(list(words), list(words.values()), default=None, return_dtype=pl.String)


def _together(parts: Iterable[pl.Expr], lists: bool) -> pl.Expr:
    import polars as pl

    every = list(parts)
    if lists:
        return pl.concat_list(every).list.drop_nulls() if every else pl.lit([], dtype=pl.List(pl.String))
    return pl.concat_str(every, separator="; ", ignore_nulls=True) if every else pl.lit("")
