"""One measured or judged aspect of a customer, as a policy writes it: bands or levels, points, weight."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rung.policy.conditions import RawCell
from rung.policy.parts import Based, Exact, Grade, Name, Part, Points, Share, Span, When, Words
from rung.text import _

__all__ = ["Band", "Criterion", "Level", "MissingPoints"]


class Band(Part):
    """One row of a criterion: the cell that selects it and the points it gives."""

    when: RawCell | None = None
    top: Share | None = None
    """In a ranked criterion: the best ``top`` per cent, cumulative from the first band down."""
    points: Points | None = None
    """What the band is worth; mandatory where points are added up."""
    grade: Grade | None = None
    """In mode ``combine``: the grade this criterion alone would give."""
    label: Words | None = None


class Level(Part):
    """One described answer to a judged criterion."""

    level: Name
    title: Words
    describes: Words
    points: Points | None = None
    grade: Grade | None = None


class MissingPoints(Part):
    """Neutral points given where the value is missing."""

    points: Points


class Criterion(Based):
    """One measured or judged aspect of a customer, with its weight."""

    id: Name
    use: str | None = None
    title: Words
    measure: Name
    weight: Annotated[Exact, Field(gt=0, le=100_000, decimal_places=4)] = Decimal(1)
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    rank: Literal["count", "value"] | None = None
    """Bands are shares of the population: by number of customers, or by cumulative value."""
    ties: Literal["up", "down"] = "up"
    within: Name | None = None
    """Shares are taken inside each segment: among the customers who share this field's value."""
    expires_after: Span | None = None
    """How long a judged answer stands; an older one counts as missing."""
    dated_by: Name | None = None
    """The date field that says when the answer was given; an answer without a date does not expire."""
    missing: Literal["refuse", "worst", "drop"] | MissingPoints = "refuse"
    applies: When | None = None
    reason: Words | None = None
    """What to tell a person who lost points here."""
    about: Words | None = None

    @model_validator(mode="after")
    def _bands_or_levels(self) -> Self:
        if bool(self.bands) == bool(self.levels):
            raise ValueError(_("A criterion has bands (measured) or levels (judged), one of the two."))
        for number, band in enumerate(self.bands, start=1):
            has_share, has_cell = band.top is not None, band.when is not None
            if has_share and (self.rank is None or has_cell):
                raise ValueError(
                    _(
                        'Band {n}: “top” is for ranked criteria (rank = "count" or "value"), without “when”.'
                    ).format(n=number)
                )
            if not has_share and not has_cell:
                raise ValueError(_("Band {n} needs “when” (a cell).").format(n=number))
            if self.rank is not None and has_cell and band.when != "-":
                raise ValueError(
                    _(
                        'Band {n}: a ranked criterion\'s bands have “top”; only the last may say when = "-".'
                    ).format(n=number)
                )
        return self
