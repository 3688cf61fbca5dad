"""Dated rows a bank keeps of its customers: repayments, month-end balances, statements, complaints."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

__all__ = ["EVENTS"]

_CUSTOMER: Final = Field(
    id="customer_id",
    title=Text("客户编号", "Customer id"),
    kind=Kind.TEXT,
    aliases=("客户号", "客户ID", "客户代码", "核心客户号", "customer", "cust_no", "client_id"),
    is_required=True,
)

REPAYMENTS: Final = EventTable(
    id="repayments",
    title=Text("还款记录", "Loan repayments"),
    columns=(
        _CUSTOMER,
        Field(
            id="date",
            title=Text("应还日期", "Due date"),
            kind=Kind.DATE,
            aliases=("还款日期", "还款日", "应还款日", "到期日", "due on", "payment date"),
            is_required=True,
        ),
        Field(
            id="loan_id",
            title=Text("借据号", "Loan id"),
            kind=Kind.TEXT,
            aliases=("借据编号", "贷款编号", "合同号", "loan", "contract no"),
        ),
        Field(
            id="amount_due",
            title=Text("应还金额", "Amount due"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("应还本息", "应还款额", "instalment", "due amount"),
            low=0,
        ),
        Field(
            id="amount_paid",
            title=Text("实还金额", "Amount paid"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("实还本息", "已还金额", "paid", "paid amount"),
            low=0,
        ),
        Field(
            id="days_past_due",
            title=Text("逾期天数", "Days past due"),
            kind=Kind.INTEGER,
            unit="天",
            aliases=("本期逾期天数", "拖欠天数", "DPD", "overdue days", "days late"),
            low=0,
            high=36_500,
        ),
    ),
)

BALANCES: Final = EventTable(
    id="balances",
    title=Text("月末余额", "Month-end balances"),
    columns=(
        _CUSTOMER,
        Field(
            id="date",
            title=Text("月末日期", "Month end"),
            kind=Kind.DATE,
            aliases=("日期", "统计日期", "余额日期", "月份", "as of", "month"),
            is_required=True,
        ),
        Field(
            id="balance",
            title=Text("金融资产余额", "Balance"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("余额", "存款余额", "月末余额", "AUM", "deposits", "assets under management"),
            about=Text(
                "客户当月末在本行全部账户的合计，每月一行。",
                "All the customer's accounts with the bank at that month's end; one row a month.",
            ),
        ),
    ),
)

STATEMENTS: Final = EventTable(
    id="statements",
    title=Text("财务报表", "Financial statements"),
    columns=(
        _CUSTOMER,
        Field(
            id="date",
            title=Text("报表日期", "Statement date"),
            kind=Kind.DATE,
            aliases=("报告期", "报表期", "期末日期", "会计期末", "period end", "reporting date"),
            is_required=True,
        ),
        Field(
            id="status",
            title=Text("报送情况", "Filed"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(
                    id="complete",
                    title=Text("完备", "Complete"),
                    aliases=("完整", "齐全", "三表齐全", "已报送", "filed", "full"),
                ),
                Choice(
                    id="partial",
                    title=Text("不完整", "Partial"),
                    aliases=("部分", "缺表", "不齐", "不全", "incomplete"),
                ),
                Choice(
                    id="absent",
                    title=Text("未报送", "Not filed"),
                    aliases=("缺失", "无", "未提供", "none", "missing"),
                ),
            ),
            aliases=("完备情况", "报表完整性", "提供情况", "statement status", "completeness"),
        ),
        Field(
            id="is_audited",
            title=Text("是否审计", "Audited"),
            kind=Kind.BOOLEAN,
            aliases=("审计", "经审计", "audit", "is audited"),
        ),
        Field(
            id="total_assets",
            title=Text("资产总计", "Total assets"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("资产总额", "总资产", "资产合计", "assets"),
            low=0,
        ),
        Field(
            id="total_liabilities",
            title=Text("负债合计", "Total liabilities"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("负债总额", "总负债", "负债总计", "liabilities"),
            low=0,
        ),
        Field(
            id="revenue",
            title=Text("营业收入", "Revenue"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("主营业务收入", "销售收入", "sales", "turnover"),
        ),
        Field(
            id="net_profit",
            title=Text("净利润", "Net profit"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("税后利润", "profit", "net income"),
        ),
    ),
)

COMPLAINTS: Final = EventTable(
    id="complaints",
    title=Text("投诉记录", "Complaints"),
    columns=(
        _CUSTOMER,
        Field(
            id="date",
            title=Text("投诉日期", "Complained on"),
            kind=Kind.DATE,
            aliases=("日期", "受理日期", "登记日期", "received on", "complaint date"),
            is_required=True,
        ),
        Field(
            id="topic",
            title=Text("投诉内容", "Topic"),
            kind=Kind.TEXT,
            aliases=("投诉事项", "投诉类型", "内容", "subject", "complaint"),
        ),
        Field(
            id="is_resolved",
            title=Text("是否解决", "Resolved"),
            kind=Kind.BOOLEAN,
            aliases=("已解决", "办结", "是否办结", "closed", "is resolved"),
        ),
    ),
)

EVENTS: Final = (REPAYMENTS, BALANCES, STATEMENTS, COMPLAINTS)
