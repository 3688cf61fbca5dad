"""How far a person may overrule a grade, and who must agree."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from rung.durations import Duration
from rung.policy.parts import Based, Name, Part, Span, Words
from rung.text import Text

__all__ = ["Approval", "ApprovalRules", "OverrideRules", "ReasonOption"]


class Approval(StrEnum):
    """How many others must approve before an override takes effect."""

    NONE = "none"
    ONE = "one"
    TWO = "two"


class ApprovalRules(Part):
    """Approvals asked for, by direction."""

    up: Approval = Approval.ONE
    down: Approval = Approval.NONE


class ReasonOption(Part):
    """One reason a person may give for an override."""

    id: Name
    title: Words
    needs_narrative: bool = False


_DEFAULT_REASONS = (
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


class OverrideRules(Based):
    """How far a person may overrule the grade, and who must agree."""

    max_notches_up: Annotated[int, Field(ge=0)] | None = 1
    max_notches_down: Annotated[int, Field(ge=0)] | None = None
    approval: ApprovalRules = ApprovalRules()
    expires_within: Span = Duration.parse("12mo")
    """Regulation (EU) 2022/439 Art. 25(2): reviewed again within twelve months."""
    reasons: Annotated[tuple[ReasonOption, ...], Field(min_length=1)] = _DEFAULT_REASONS
    may_grade_not_graded: bool = False
