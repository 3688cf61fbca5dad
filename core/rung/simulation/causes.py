"""What moved each customer: the one cause that tells best why the two policies grade it differently.

A cause is, by its code: ``not_graded:<refusal>``, what leaves the customer without a grade under one of them;
``gate:<id>`` or ``held``, a gate that fires, or a grade before that holds on, under one of them only; where
points are added up under both, ``criterion:<id>``, whose share of the score changed most in the direction of
the score, or ``cutoffs`` where the score is the same or moved the other way; else the reason that stands
first after, or ``grading`` where that is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rung.grading.compiled import HELD, CompiledPolicy, WeightedScore
from rung.grading.reasons import reason_text, refusal_text
from rung.text import Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["cause_text", "with_causes"]

_CRITERION: Final = "criterion:"
_LEFT: Final = "not_graded:"
_CUTOFFS: Final = "cutoffs"
_GRADING: Final = "grading"


def with_causes(movers: pl.DataFrame, before: CompiledPolicy, after: CompiledPolicy) -> pl.DataFrame:
    """Return the movers with ``cause``, and without the points it was told from."""
    import polars as pl

    movers = movers.with_columns(_of_method(movers, before, after).alias("cause"))
    one, other = pl.col("before_reason"), pl.col("after_reason")
    overriding = rf"^(gate:|{HELD}$)"
    is_new = other.str.contains(overriding) & other.ne_missing(one)
    is_gone = one.str.contains(overriding) & one.ne_missing(other)
    cause = (
        pl.when(pl.col("after_grade").is_null())
        .then(pl.lit(_LEFT) + pl.col("after_refusal"))
        .when(pl.col("before_grade").is_null())
        .then(pl.lit(_LEFT) + pl.col("before_refusal"))
        .when(is_new)
        .then(other)
        .when(is_gone)
        .then(one)
        .otherwise(pl.col("cause"))
    )
    points = [name for name in movers.columns if name.startswith(("before_points_", "after_points_"))]
    return movers.with_columns(cause.alias("cause")).drop(points)


def _of_method(movers: pl.DataFrame, before: CompiledPolicy, after: CompiledPolicy) -> pl.Series:
    """Return the cause that the way of grading itself is, whatever gates do."""
    import polars as pl

    if isinstance(before.method, WeightedScore) and isinstance(after.method, WeightedScore):
        return _of_score(movers, before, after)
    other = pl.col("after_reason")
    cause = pl.coalesce(pl.when(other.ne_missing(pl.col("before_reason"))).then(other), pl.lit(_GRADING))
    return movers.select(cause).to_series()


def _of_score(movers: pl.DataFrame, before: CompiledPolicy, after: CompiledPolicy) -> pl.Series:
    """Return the criterion that moved the score most, or the cut-offs.

    Column by column: Polars would repeat one nested expression wherever it is used.
    """
    import polars as pl

    one, other = (pl.col(f"{side}_score") for side in ("before", "after"))
    is_up = other * before.score_scale > one * after.score_scale
    if before.grades == after.grades and before.policy.ordered and after.policy.ordered:
        is_up = _rank("after", after) < _rank("before", before)
    way = pl.when(is_up).then(1).otherwise(-1)
    frame = movers.with_columns(
        way.alias("__way"),
        _whole("before", before).alias("__before"),
        _whole("after", after).alias("__after"),
    )
    names = tuple(dict.fromkeys(each.id for each in (*before.pointed, *after.pointed)))
    pulls = [
        ((_share(after, "after", name) - _share(before, "before", name)) * pl.col("__way")).alias(f"__{n}")
        for n, name in enumerate(names)
    ]
    gain = (other * before.score_scale - one * after.score_scale) * pl.col("__way")
    told = frame.select(gain.alias("gain"), *pulls)
    told = told.with_columns(pl.max_horizontal(f"__{n}" for n in range(len(names))).alias("most"))
    cases = [
        pl.when(pl.col(f"__{n}") == pl.col("most")).then(pl.lit(_CRITERION + name))
        for n, name in enumerate(names)
    ]
    is_none = (pl.col("gain") <= 0) | (pl.col("most") <= 0)
    return told.select(pl.when(is_none).then(pl.lit(_CUTOFFS)).otherwise(pl.coalesce(cases))).to_series()


def _rank(side: str, compiled: CompiledPolicy) -> pl.Expr:
    import polars as pl

    places = {grade: place for place, grade in enumerate(compiled.grades)}
    return pl.col(f"{side}_grade").replace_strict(places, return_dtype=pl.Int64)


def _whole(side: str, compiled: CompiledPolicy) -> pl.Expr:
    """Return the weight in force."""
    import polars as pl

    in_force = (
        pl.when(pl.col(f"{side}_points_{each.id}").is_not_null()).then(each.weight).otherwise(0)
        for each in compiled.pointed
    )
    return pl.sum_horizontal(in_force)


def _share(compiled: CompiledPolicy, side: str, name: str) -> pl.Expr:
    """Return what a criterion gives to the score; 0 where it is left out.

    As a float: it is compared to tell a cause, never to find a grade.
    """
    import polars as pl

    weight = next((each.weight for each in compiled.pointed if each.id == name), None)
    if weight is None:
        return pl.lit(0.0)
    points = pl.col(f"{side}_points_{name}").cast(pl.Int64) * weight
    return (points / pl.col(f"__{side}")).fill_null(0.0)


def cause_text(code: str, before: CompiledPolicy, after: CompiledPolicy) -> Text:
    """Return what a cause says to a person."""
    if code == _CUTOFFS:
        return Text("分数线不同", "The cut-offs are others")
    if code == _GRADING:
        return Text("评级方式不同", "The grade is found in another way")
    found = (_text(code, compiled) for compiled in (after, before))
    return next((text for text in found if text is not None), Text.same(code))


def _text(code: str, compiled: CompiledPolicy) -> Text | None:
    """Return what a cause says, as one of the two policies has it."""
    if code.startswith(_CRITERION):
        titles = {_CRITERION + each.id: each.title for each in compiled.policy.criteria}
        return titles.get(code)
    refusal = code.removeprefix(_LEFT)
    if refusal != code:
        is_known = refusal in compiled.refusal_codes or refusal.startswith("fault:")
        return refusal_text(compiled, refusal) if is_known else None
    return reason_text(compiled, code) if code in compiled.reason_codes else None
