"""What a bank knows of a customer's credit: what he owes, how he pays, how well his risk is known."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["CREDIT"]

CREDIT: Final = (
    Field(
        id="loan_balance",
        title=Text("贷款余额", "Loan balance"),
        kind=Kind.MONEY,
        unit="元",
        aliases=(
            "用信余额",
            "授信余额",
            "未偿余额",
            "借款余额",
            "outstanding",
            "exposure",
            "outstanding balance",
        ),
        low=0,
    ),
    Field(
        id="credit_limit",
        title=Text("授信额度", "Credit limit"),
        kind=Kind.MONEY,
        unit="元",
        aliases=("授信总额", "额度", "信用额度", "批复额度", "limit", "limit amount", "approved limit"),
        low=0,
        is_changeable=False,
    ),
    Field(
        id="days_past_due",
        title=Text("逾期天数", "Days past due"),
        kind=Kind.INTEGER,
        unit="天",
        aliases=(
            "当前逾期天数",
            "最长逾期天数",
            "本金逾期天数",
            "欠款天数",
            "DPD",
            "overdue days",
            "days overdue",
        ),
        low=0,
        high=36_500,
        about=Text(
            "按最早一笔未还款计，未逾期为0。",
            "Counted from the oldest amount unpaid; 0 when nothing is past due.",
        ),
    ),
    Field(
        id="credit_record",
        title=Text("信用记录", "Credit record"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="excellent",
                title=Text("优良", "Excellent"),
                aliases=("优", "优秀", "权威", "很好", "A级", "very good", "authoritative"),
            ),
            Choice(id="good", title=Text("良好", "Good"), aliases=("良", "较好", "好", "正常", "B级")),
            Choice(
                id="some",
                title=Text("有一定信用", "Some"),
                aliases=("一般", "中", "尚可", "有", "C级", "fair", "average"),
            ),
            Choice(
                id="poor",
                title=Text("差", "Poor"),
                aliases=("较差", "不良", "有不良记录", "失信", "D级", "bad"),
            ),
        ),
        aliases=(
            "信用状况",
            "征信记录",
            "征信情况",
            "信用情况",
            "信用评价",
            "credit history",
            "credit standing",
        ),
    ),
    Field(
        id="guarantee",
        title=Text("担保情况", "Guarantee"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="strong",
                title=Text("充足", "Strong"),
                aliases=("足额抵押", "抵押足值", "强", "抵押", "secured", "full"),
            ),
            Choice(
                id="adequate",
                title=Text("尚可", "Adequate"),
                aliases=("一般", "保证担保", "保证", "中", "partial"),
            ),
            Choice(
                id="poor",
                title=Text("差", "Poor"),
                aliases=("不足", "信用差", "弱", "无担保", "信用", "weak", "none", "unsecured"),
            ),
        ),
        aliases=("担保", "担保状况", "担保能力", "担保评价", "collateral", "security"),
    ),
    Field(
        id="risk_assessment",
        title=Text("风险评估", "Risk assessment"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="complete",
                title=Text("完备", "Complete"),
                aliases=("完整", "充分", "齐全", "已完成", "full"),
            ),
            Choice(
                id="vague",
                title=Text("较模糊", "Vague"),
                aliases=("模糊", "不够清晰", "部分", "一般", "partial", "unclear"),
            ),
            Choice(
                id="insufficient",
                title=Text("不充分", "Insufficient"),
                aliases=("不足", "缺失", "未评估", "无", "none", "lacking"),
            ),
        ),
        aliases=("风险评估情况", "风险评价", "评估情况", "贷前评估", "risk review", "risk appraisal"),
        about=Text(
            "风险评估做到何种程度，不是评出的风险高低。",
            "How complete the assessment is, not how high it found the risk.",
        ),
    ),
)
