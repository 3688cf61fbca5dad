"""Why one customer has its grade: every criterion, gate, rule and flag, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rung.policy.model import Basis, ServiceTerms
from rung.text import Text

__all__ = [
    "ConditionLine",
    "CriterionLine",
    "CutoffLine",
    "Explanation",
    "FlagLine",
    "GateLine",
    "HeldLine",
    "MatrixLine",
    "NewValue",
    "ReasonLine",
    "RuleLine",
    "ServiceLine",
    "Suggestion",
]


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """What one criterion gave."""

    id: str
    title: Text
    value: Text
    """The measured value in words; "missing" where there is none."""
    band: Text
    """The band met, or that the value is missing or the criterion does not apply."""
    better: Text | None
    """The neighbouring band with more points, if any."""
    worse: Text | None
    """The neighbouring band with fewer points, if any."""
    points: Decimal | None
    """``None`` where the criterion is left out, or points are not added up."""
    best_points: Decimal
    weight_share: Decimal
    """Per cent of the weight in force, one decimal; 0 where the criterion is left out."""
    contribution: Decimal | None
    """Part of the score that comes from here, two decimals; rounded, so parts may not add up exactly."""
    lost: Decimal
    """Part of the score lost against the criterion's best, two decimals."""
    is_evidence: bool
    """Whether it rests on a real value."""
    basis: Basis
    cutoffs: tuple[Text, ...]
    """For a ranked criterion: the cut-offs the population gave, band by band."""
    grade: str | None = None
    """Where scales are combined: the grade this criterion alone gives."""
    segment: Text | None = None
    """Where customers are ranked within segments: the one these cut-offs are of."""
    quantity: str = ""
    """Id of what is measured."""
    segment_by: str = ""
    """Id of what names the segment."""


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One cell tested: what was asked, what was found, whether it held (``None``: open)."""

    title: Text
    asked: Text
    found: Text
    held: bool | None
    quantity: str = ""
    """Id of what was tested."""


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate: whether it fired (``None``: left open by missing data) and its conditions."""

    id: str
    reason: Text
    effect: str
    """``at_most``, ``at_least`` or ``set``."""
    grade: str
    fired: bool | None
    conditions: tuple[ConditionLine, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of a decision table; ``decided`` marks the one that gave the grade."""

    id: str
    grade: str | None
    """``None`` where points are collected."""
    reason: Text
    held: bool | None
    decided: bool
    conditions: tuple[ConditionLine, ...]
    points: Decimal | None = None
    """What it adds, where points are collected."""


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """The whole matrix, and the cell this customer lies in."""

    down: Text
    across: Text
    """Titles of the two axes."""
    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    """Bands of the two axes, in words."""
    cells: tuple[tuple[str, ...], ...]
    """Grades, one row for each band of the axis down."""
    row: int | None
    column: int | None
    """Places, from 0, of the bands met; ``None`` where a missing value is refused."""


@dataclass(frozen=True, slots=True)
class FlagLine:
    """One flag and whether it stands."""

    id: str
    title: Text
    held: bool | None
    conditions: tuple[ConditionLine, ...]


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason, most important first."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class CutoffLine:
    """Where a grade begins: a score, or a measured value the population gave."""

    grade: str
    at_least: Text
    """"nobody" where the population gave the grade to nobody."""


@dataclass(frozen=True, slots=True)
class NewValue:
    """One value that would have to change."""

    name: str
    title: Text
    old: Text
    new: Text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The smallest change that reaches a better grade."""

    grade: str
    score: Decimal | None
    values: tuple[NewValue, ...]


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """What was promised: with the grade, or with a flag."""

    source: Text
    """The grade's or the flag's title."""
    terms: ServiceTerms
    """Without promises under a condition this customer does not, or not for certain, meet."""
    codes: tuple[str, ...] = ()
    """Of ``terms.obligations()``, as the policy as a whole numbers them."""
    record: Text | None = None
    """Title of the type of record, ``terms.requires``, that must be open before any of it starts."""
    is_started: bool = True
    """Whether nothing need be opened first; nothing is known here of the records there are."""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """What the grade before did to the grade, where a policy looks back at it."""

    previous: str
    """The grade in the run before."""
    unheld: str
    """The grade the policy's method alone gives."""
    kept: str
    """The grade once the one before held on to it; gates come after."""
    because: Text
    """Why it was held, or that the change is within limits."""

    @property
    def is_held(self) -> bool:
        """Whether the grade before made a difference."""
        return self.kept != self.unheld


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a person may ask about one grade."""

    customer_id: str
    customer_name: str
    policy_id: str
    policy_version: str
    policy_title: Text
    grade: str | None
    grade_title: Text | None
    service_class: Text | None
    """The class of service, where a flag sets another than the grade's."""
    ungated: str | None
    """The grade before gates."""
    not_graded: ReasonLine | None
    score: Decimal | None
    measure: Text | None
    """In a policy by shares: the measured value customers were ranked by."""
    cutoffs: tuple[CutoffLine, ...]
    population: int | None
    """Customers the cut-offs were found among; ``None`` for fixed cut-offs."""
    criteria: tuple[CriterionLine, ...]
    rules: tuple[RuleLine, ...]
    gates: tuple[GateLine, ...]
    flags: tuple[FlagLine, ...]
    reasons: tuple[ReasonLine, ...]
    evidence: int
    suggestion: Suggestion | None
    service: tuple[ServiceLine, ...]
    matrix: MatrixLine | None = None
    """In a policy by matrix: both axes and the cell."""
    segment: Text | None = None
    """In a policy by shares within segments: the one the cut-offs are of."""
    held: HeldLine | None = None
    """Where the policy looks back and the customer has a grade before."""
    ranked_by: str = ""
    """Id of what ``measure`` is of."""
    segment_by: str = ""
    """Id of what names the segment."""
    mode: str = "score"
    """The policy's way of grading, as ``[grading]`` names it."""
