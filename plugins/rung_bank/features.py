"""What a bank computes from its events, the customer's own and those of the borrower group."""

from __future__ import annotations

from typing import Final

from rung.sdk import Aggregate, Feature, Kind, Text

__all__ = ["FEATURES"]

REPAYMENT: Final = (
    Feature(
        id="worst_days_past_due_12m",
        title=Text("近12个月最长逾期天数", "Worst days past due in 12 months"),
        kind=Kind.INTEGER,
        unit="天",
        aliases=("近一年最长逾期天数", "历史最长逾期天数", "max dpd 12m", "worst dpd"),
        events="repayments",
        aggregate=Aggregate.MAX,
        column="days_past_due",
        within="12mo",
    ),
    Feature(
        id="overdue_count_12m",
        title=Text("近12个月逾期次数", "Times past due in 12 months"),
        kind=Kind.INTEGER,
        unit="次",
        low=0,
        aliases=("近一年逾期次数", "逾期次数", "late payments 12m", "times overdue"),
        events="repayments",
        aggregate=Aggregate.COUNT,
        within="12mo",
        where={"days_past_due": ">= 1"},
    ),
    Feature(
        id="on_time_share_12m",
        title=Text("近12个月按时还款比例", "Share paid on time in 12 months"),
        kind=Kind.PERCENT,
        unit="%",
        low=0,
        high=100,
        aliases=("按时还款率", "履约率", "on-time rate", "paid on time"),
        events="repayments",
        aggregate=Aggregate.SHARE,
        within="12mo",
        where={"days_past_due": 0},
    ),
    Feature(
        id="months_since_overdue",
        title=Text("距上次逾期月数", "Months since last past due"),
        kind=Kind.INTEGER,
        unit="个月",
        low=0,
        aliases=("上次逾期至今月数", "months since late payment"),
        events="repayments",
        aggregate=Aggregate.MONTHS_SINCE,
        where={"days_past_due": ">= 1"},
        is_changeable=False,
    ),
)

BALANCE: Final = (
    Feature(
        id="assets_avg_3m",
        title=Text("近3个月月均金融资产", "Average balance of 3 months"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("季日均", "月均AUM", "月均金融资产", "average balance", "aum 3m"),
        events="balances",
        aggregate=Aggregate.MEAN,
        column="balance",
        within="3mo",
    ),
    Feature(
        id="latest_balance",
        title=Text("最近月末余额", "Latest month-end balance"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("最新余额", "current balance", "last balance"),
        events="balances",
        aggregate=Aggregate.LAST,
        column="balance",
    ),
)

STATEMENT: Final = (
    Feature(
        id="statements_12m",
        title=Text("近12个月报表期数", "Statements on file of 12 months"),
        kind=Kind.INTEGER,
        low=0,
        aliases=("财务报表期数", "报表份数", "报表期数", "statements", "statements filed"),
        events="statements",
        aggregate=Aggregate.COUNT,
        within="12mo",
        where={"status": ["complete", "partial"]},
        about=Text(
            "已报送的期数，完备与不完整都算；0 即没有报表。",
            "Periods filed, complete or in part; 0 means there is no statement.",
        ),
    ),
    Feature(
        id="statements_complete_12m",
        title=Text("近12个月报表完备率", "Share of complete statements of 12 months"),
        kind=Kind.PERCENT,
        unit="%",
        low=0,
        high=100,
        aliases=(
            "报表完备率",
            "报表完整率",
            "财务报表完整度",
            "statement completeness",
            "statements complete",
        ),
        events="statements",
        aggregate=Aggregate.SHARE,
        within="12mo",
        where={"status": "complete"},
    ),
    Feature(
        id="months_since_statement",
        title=Text("距最近一期报表月数", "Months since the latest statement"),
        kind=Kind.INTEGER,
        unit="个月",
        low=0,
        aliases=("报表距今月数", "statement age", "months since last statement"),
        events="statements",
        aggregate=Aggregate.MONTHS_SINCE,
        where={"status": ["complete", "partial"]},
        is_changeable=False,
    ),
)

COMPLAINT: Final = (
    Feature(
        id="complaints_12m",
        title=Text("近12个月投诉次数", "Complaints in 12 months"),
        kind=Kind.INTEGER,
        unit="次",
        low=0,
        aliases=("近一年投诉次数", "投诉次数", "complaints", "complaints 12m"),
        events="complaints",
        aggregate=Aggregate.COUNT,
        within="12mo",
    ),
)

GROUP: Final = (
    Feature(
        id="group_days_past_due",
        title=Text("关联集团最长逾期天数", "Worst days past due in the borrower group"),
        kind=Kind.INTEGER,
        unit="天",
        aliases=("集团最长逾期天数", "关联方逾期天数", "group dpd", "connected days past due"),
        events="customers",
        aggregate=Aggregate.MAX,
        column="days_past_due",
        over="group_id",
        is_changeable=False,
    ),
    Feature(
        id="group_worst_days_past_due_12m",
        title=Text("关联集团近12个月最长逾期天数", "Worst days past due of 12 months in the borrower group"),
        kind=Kind.INTEGER,
        unit="天",
        aliases=("集团近一年最长逾期天数", "group worst dpd"),
        events="repayments",
        aggregate=Aggregate.MAX,
        column="days_past_due",
        within="12mo",
        over="group_id",
        is_changeable=False,
    ),
    Feature(
        id="group_exposure",
        title=Text("关联集团贷款余额合计", "Total exposure of the borrower group"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("集团授信余额", "集团贷款余额", "集团用信合计", "group outstanding", "total group exposure"),
        events="customers",
        aggregate=Aggregate.SUM,
        column="loan_balance",
        over="group_id",
        is_changeable=False,
    ),
    Feature(
        id="group_members",
        title=Text("关联集团户数", "Borrowers in the group"),
        kind=Kind.INTEGER,
        low=0,
        aliases=("集团成员数", "关联户数", "group size"),
        events="customers",
        aggregate=Aggregate.COUNT,
        over="group_id",
        is_changeable=False,
    ),
)

FEATURES: Final = REPAYMENT + BALANCE + STATEMENT + COMPLAINT + GROUP
