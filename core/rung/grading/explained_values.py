"""Values and cut-offs in words, as an explanation shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from rung.grading.calibration import Calibration
from rung.grading.compiled import CompiledPolicy, Ranking, Shares
from rung.grading.derive import Row
from rung.grading.explanation import CutoffLine
from rung.policy.cells import Value
from rung.text import Text
from rung.values import format_value
from rung.vocabulary import Quantity

__all__ = ["MISSING", "NOBODY", "cutoff_lines", "least_words", "score_of", "segment_words", "value_words"]

MISSING: Final = Text("缺失", "missing")
"""In place of a value there is none of."""
NOBODY: Final = Text("无人", "nobody")
"""In place of a cut-off that the population gave to nobody."""


def value_words(value: Value | None, quantity: Quantity) -> Text:
    """Return a value as people write it, or that it is missing."""
    if value is None:
        return MISSING
    return Text(format_value(value, quantity, "zh"), format_value(value, quantity, "en"))


def least_words(least: int | None, quantity: Quantity) -> Text:
    """Return a cut-off that a population gave, or that it gave the share to nobody."""
    return NOBODY if least is None else value_words(least, quantity)


def score_of(compiled: CompiledPolicy, score: int | None) -> Decimal | None:
    """Return the score as people write it."""
    return None if score is None else Decimal(score) / compiled.score_scale


def segment_words(ranking: Ranking | None, row: Row) -> Text | None:
    """Return the segment a customer is ranked in, as its field and value; ``None`` for all customers."""
    if ranking is None or ranking.within is None:
        return None
    value = value_words(row.get(ranking.within.id), ranking.within)
    title = ranking.within.title
    return Text(f"{title.zh}：{value.zh}", f"{title.en}: {value.en}")


def cutoff_lines(
    compiled: CompiledPolicy, calibration: Calibration, row: Row
) -> tuple[tuple[CutoffLine, ...], int | None]:
    """Return where each grade but the last begins, and how many customers the population had.

    Within segments, the population is the customer's own segment.
    """
    population = None
    if isinstance(compiled.method, Shares):
        ranking = compiled.method.ranking
        given = calibration.of(ranking, row)
        words = [least_words(least, ranking.quantity) for least in given.at_least]
        population = given.population
    else:
        words = [
            Text.same(f"{(Decimal(least) / compiled.score_scale).normalize():f}")
            for least in compiled.cutoffs
        ]
    lines = tuple(CutoffLine(grade, text) for grade, text in zip(compiled.grades, words, strict=False))
    return lines, population
