"""How far a person may overrule a grade, correct a datum or judge an aspect, and who must agree."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from rung.durations import Duration
from rung.policy.parts import Based, Name, Part, Span, When, Words
from rung.text import Text, _

__all__ = [
    "Approval",
    "ApprovalLevel",
    "ApprovalRules",
    "Approver",
    "CorrectionRules",
    "InputRules",
    "JudgementRules",
    "OverrideRules",
    "ReasonOption",
    "ReviewSpans",
]


class Approval(StrEnum):
    """How many others must approve before a human input takes effect."""

    NONE = "none"
    ONE = "one"
    TWO = "two"

    @property
    def how_many(self) -> int:
        """How many that is."""
        return _COUNTS[self]


_COUNTS: Final = {Approval.NONE: 0, Approval.ONE: 1, Approval.TWO: 2}


class ApprovalRules(Part):
    """Approvals asked for, by direction."""

    up: Approval = Approval.ONE
    down: Approval = Approval.NONE


Approver = Literal["approver", "owner"]
"""The least role one of the approvers must have."""


class ApprovalLevel(Part):
    """Where stricter approval is asked for: by exposure, by notches, or both.

    Of all levels that hold, and of the approvals asked for by direction, the strictest counts. A level
    whose condition is left open by a missing value holds.
    """

    when: When | None = None
    """Over the customer's values: an exposure, a line of business."""
    notches: Annotated[int, Field(ge=1)] | None = None
    """From so many notches, in either direction."""
    direction: Literal["up", "down"] | None = None
    """Only in that direction."""
    approval: Approval
    by: Approver = "approver"
    """One of those who approve has at least this role."""

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if self.when is None and self.notches is None:
            raise ValueError(_("An approval level says where it holds: add when or notches."))
        return self


class ReasonOption(Part):
    """One reason a person may give."""

    id: Name
    title: Words
    needs_narrative: bool = False
    needs_evidence: bool = False


class InputRules(Based):
    """What is asked of one kind of human input before it takes effect."""

    approval: ApprovalRules
    levels: tuple[ApprovalLevel, ...] = ()
    other_line: bool = False
    """Whoever approves may not report to the maker, nor the maker to them, nor both to the same person
    (Reg. (EU) 2022/439 Art. 25(1))."""
    expires_within: Span = Duration.parse("12mo")
    """Regulation (EU) 2022/439 Art. 25(2): reviewed again within twelve months."""
    needs_narrative: bool = False
    needs_evidence: bool = False
    reasons: tuple[ReasonOption, ...]


_OVERRIDE_REASONS = (
    ReasonOption(
        id="interim_performance",
        title=Text(
            "期间经营变化（现金流、流动性、资产负债）",
            "Interim performance (cash flow, liquidity, balance sheet)",
        ),
    ),
    ReasonOption(
        id="outside_model",
        title=Text(
            "模型外因素（管理层、事件、同业比较）",
            "Factor outside the model (management, event, peer comparison)",
        ),
    ),
    ReasonOption(
        id="systemic",
        title=Text("系统性因素（需求、供给、价格、地区）", "Systemic (demand, supply, price, region)"),
    ),
    ReasonOption(id="other", title=Text("其他（须写明）", "Other (to be written out)"), needs_narrative=True),
)
# EBA/GL/2017/16 ¶204–208: reasons come from a list; "other" is written out.

_CORRECTION_REASONS = (
    ReasonOption(id="entered_wrong", title=Text("录入错误", "Entered wrongly")),
    ReasonOption(id="outdated", title=Text("数据已过时", "Out of date")),
    ReasonOption(id="source_wrong", title=Text("来源系统有误", "Wrong in the source")),
    ReasonOption(id="other", title=Text("其他（须写明）", "Other (to be written out)"), needs_narrative=True),
)


class ReviewSpans(Part):
    """How soon an override is looked at again once the model's grade is another (SAMA 5.2)."""

    worse: Span = Duration.parse("30d")
    other: Span = Duration.parse("90d")


class OverrideRules(InputRules):
    """How far a person may overrule the grade, and who must agree."""

    max_notches_up: Annotated[int, Field(ge=0)] | None = 1
    max_notches_down: Annotated[int, Field(ge=0)] | None = None
    approval: ApprovalRules = ApprovalRules()
    reasons: Annotated[tuple[ReasonOption, ...], Field(min_length=1)] = _OVERRIDE_REASONS
    may_grade_not_graded: bool = False
    review_within: ReviewSpans = ReviewSpans()
    """How soon a stale override is to be looked at again."""


class CorrectionRules(InputRules):
    """What is asked of whoever replaces a datum (input override)."""

    approval: ApprovalRules = ApprovalRules()
    needs_evidence: bool = True
    reasons: Annotated[tuple[ReasonOption, ...], Field(min_length=1)] = _CORRECTION_REASONS


class JudgementRules(InputRules):
    """What is asked of whoever answers a judged criterion: by default nothing but the answer."""

    approval: ApprovalRules = ApprovalRules(up=Approval.NONE, down=Approval.NONE)
    reasons: tuple[ReasonOption, ...] = ()
    """Empty: no reason is asked for."""
