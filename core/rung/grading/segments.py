"""Segments: a field that divides the customers, each part of them ranked among its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rung.errors import Problem, RungError
from rung.grading.compiled import PREVIOUS_GRADE, Ranking
from rung.grading.findings import Findings
from rung.policy.binding import known
from rung.text import _
from rung.vocabulary import Kind, Quantity

__all__ = ["MOST_SEGMENTS", "Segment", "cut_column", "place_column", "segment_field", "too_many"]

Segment = str | int | bool
"""A value of the field that divides the customers, scaled as every measured value is."""

MOST_SEGMENTS: Final = 256
"""More parts than this are no segments of a business but a field taken by mistake."""


def segment_field(
    name: str | None, key: str, quantities: Mapping[str, Quantity], findings: Findings
) -> Quantity | None:
    """Return the field that divides the customers; ``None`` where nothing does or findings tell why not."""
    if name is None:
        return None
    quantity = findings.attempt(key, known, name, quantities)
    if quantity is None:
        return None
    if quantity.kind is Kind.DATE:
        findings.report(
            key,
            _("“{name}” is a date; customers are not divided by the day.").format(name=name),
            _("Name a category, a text, a yes or no, or a whole number."),
        )
    if name == PREVIOUS_GRADE:
        findings.report(
            key,
            _("Customers are not divided by the grade before."),
            _("Name a field of the customer, such as a region."),
        )
    return quantity


def place_column(ranking: Ranking) -> str:
    """Return the name of the column that holds a segment's place among those with cut-offs."""
    return f"__segment_{ranking.key.replace('.', '_')}"


def cut_column(ranking: Ranking, share: int) -> str:
    """Return the name of the column that holds the least value of a share, in each customer's segment."""
    return f"__cut_{ranking.key.replace('.', '_')}_{share}"


def too_many(ranking: Ranking, found: int) -> RungError:
    """Return the error for a field with more values than there may be segments."""
    assert ranking.within is not None
    return RungError.all(
        [
            Problem(
                _(
                    "“{title}” divides the customers into {n} segments; at most {most} are ranked apart."
                ).format(title=ranking.within.title, n=f"{found:,}", most=MOST_SEGMENTS),
                _("Under “within” name a field with fewer values, such as a region."),
            )
        ]
    )
