"""What each criterion gave one customer, in words: its band, points or grade, and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rung.grading.compiled import POINT_SCALE, Combination, CompiledPolicy, Matrix, WeightedScore
from rung.grading.derive import Row
from rung.grading.explained_values import least_words, segment_words, value_words
from rung.grading.explanation import CriterionLine, MatrixLine
from rung.grading.met import Met
from rung.grading.reasons import band_words
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.policy.model import Criterion
from rung.text import Text

__all__ = ["criterion_lines", "matrix_line"]


def criterion_lines(scorecard: Scorecard, found: Assessment, row: Row) -> tuple[CriterionLine, ...]:
    """Return one line for each criterion, in the order written."""
    written = scorecard.compiled.policy.criteria
    return tuple(
        _line(scorecard, found, index, each, row) for index, each in enumerate(written[: len(found.met)])
    )


def _line(scorecard: Scorecard, found: Assessment, index: int, written: Criterion, row: Row) -> CriterionLine:
    compiled, met = scorecard.compiled, found.met[index]
    quantity, ranking = met.criterion.quantity, met.criterion.ranking
    is_pointed = isinstance(compiled.method, WeightedScore)
    share = _share(compiled, found, met)
    points = Decimal(met.points) / POINT_SCALE if met.points is not None and is_pointed else None
    best = Decimal(met.criterion.best) / POINT_SCALE
    better, worse = _neighbours(compiled, found, index, written)
    given = scorecard.calibration.of(ranking, row).at_least if ranking else ()
    return CriterionLine(
        id=met.criterion.id,
        title=written.title,
        value=value_words(met.value, quantity),
        band=_band(compiled, met, written),
        better=better,
        worse=worse,
        points=points,
        best_points=best,
        weight_share=round(share * 100, 1),
        contribution=None if points is None else round(points * share, 2),
        lost=Decimal(0) if points is None else round((best - points) * share, 2),
        is_evidence=met.band > 0,
        basis=written.basis,
        cutoffs=tuple(least_words(least, quantity) for least in given),
        grade=_grade(compiled, met),
        segment=segment_words(ranking, row),
        quantity=quantity.id,
        segment_by=ranking.within.id if ranking and ranking.within else "",
    )


def _share(compiled: CompiledPolicy, found: Assessment, met: Met) -> Decimal:
    """Return the part of the weight in force; nothing where weights count for nothing."""
    match compiled.method:
        case WeightedScore() | Combination(how="weighted"):
            in_force = sum(each.criterion.weight for each in found.met if each.counts)
            return Decimal(met.criterion.weight) / in_force if in_force and met.counts else Decimal(0)
    return Decimal(0)


def _grade(compiled: CompiledPolicy, met: Met) -> str | None:
    if isinstance(compiled.method, Combination) and met.counts:
        return compiled.grades[met.grade]
    return None


def _band(compiled: CompiledPolicy, met: Met, written: Criterion) -> Text:
    if met.band > 0:
        return band_words(written, met.band, met.criterion.quantity)
    if met.band < 0:
        return Text("不适用", "does not apply")
    match met.criterion.missing:
        case "refuse":
            return Text("缺失，不予评级", "missing: refused")
        case "drop" if isinstance(compiled.method, Combination):
            return Text("缺失，不计入", "missing: left out")
        case "drop":
            return Text("缺失，权重分给其余标准", "missing: left out, the rest re-weighted")
        case "points":
            return Text("缺失，按中性分", "missing: neutral points")
        case "worst" if isinstance(compiled.method, WeightedScore):
            return Text("缺失，按最低分", "missing: worst points")
        case "worst" if isinstance(compiled.method, Matrix):
            return Text("缺失，按最后一档", "missing: counted as the last band")
    return Text("缺失，按最差等级", "missing: worst grade")


def _neighbours(
    compiled: CompiledPolicy, found: Assessment, index: int, written: Criterion
) -> tuple[Text | None, Text | None]:
    """Return the bands worth next more and next less than the one met."""
    met = found.met[index]
    worths = _worths(compiled, found, index)
    if not worths or met.band <= 0:
        return None, None
    ranked = sorted(set(worths))
    place = ranked.index(worths[met.band - 1])

    def words(worth: int) -> Text:
        # Of bands worth the same, the one nearest to the band met is the nearest way there.
        near = min(
            (n for n, each in enumerate(worths, start=1) if each == worth), key=lambda n: abs(n - met.band)
        )
        return band_words(written, near, met.criterion.quantity)

    better = words(ranked[place + 1]) if place + 1 < len(ranked) else None
    return better, words(ranked[place - 1]) if place else None


def _worths(compiled: CompiledPolicy, found: Assessment, index: int) -> Sequence[int]:
    """Return what each band of a criterion is worth, more for better; empty where none is better."""
    bands = found.met[index].criterion.bands
    match compiled.method:
        case WeightedScore():
            return [band.points for band in bands]
        case Combination():
            return [-(band.grade or 0) for band in bands]
        case Matrix(axes=(down, across), cells=cells) if compiled.policy.ordered:
            other = found.met[across if index == down else down]
            if not other.counts or index not in (down, across):
                return []
            if index == down:
                return [-row[other.place] for row in cells]
            return [-grade for grade in cells[other.place]]
    return []


def matrix_line(compiled: CompiledPolicy, found: Assessment) -> MatrixLine | None:
    """Return the matrix with the customer's cell; ``None`` for other methods."""
    method = compiled.method
    if not isinstance(method, Matrix):
        return None
    axes = [found.met[place] for place in method.axes]
    written = [compiled.policy.criteria[place] for place in method.axes]
    words = [
        tuple(
            band_words(each, number, met.criterion.quantity)
            for number in range(1, len(met.criterion.bands) + 1)
        )
        for each, met in zip(written, axes, strict=True)
    ]
    places = [met.place if met.counts else None for met in axes]
    return MatrixLine(
        down=written[0].title,
        across=written[1].title,
        rows=words[0],
        columns=words[1],
        cells=tuple(tuple(compiled.grades[code] for code in row) for row in method.cells),
        row=places[0],
        column=places[1],
    )
