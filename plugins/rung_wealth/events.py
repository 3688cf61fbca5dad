"""What happens with an investor, dated: trades and what they brought in, services and what they cost."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

__all__ = ["EVENTS"]

_CUSTOMER: Final = Field(
    id="customer_id",
    title=Text("客户编号", "Customer id"),
    kind=Kind.TEXT,
    aliases=("客户号", "核心客户号", "资金账号", "customer", "customer no", "account no"),
    is_required=True,
)

_TRADES: Final = EventTable(
    id="trades",
    title=Text("交易流水", "Trades"),
    columns=(
        _CUSTOMER,
        Field(
            id="date",
            title=Text("交易日期", "Traded on"),
            kind=Kind.DATE,
            aliases=("成交日期", "确认日期", "申请日期", "日期", "trade date", "deal date"),
            is_required=True,
        ),
        Field(
            id="direction",
            title=Text("交易方向", "Direction"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(
                    id="buy",
                    title=Text("买入", "Buy"),
                    aliases=("申购", "认购", "购买", "定投", "投保", "purchase", "subscription"),
                ),
                Choice(
                    id="sell",
                    title=Text("卖出", "Sell"),
                    aliases=("赎回", "退保", "到期", "sale", "redemption"),
                ),
            ),
            aliases=("业务类型", "买卖方向", "交易类型", "side", "transaction type"),
        ),
        Field(
            id="product",
            title=Text("产品类别", "Kind of product"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="fund", title=Text("基金", "Fund"), aliases=("公募基金", "私募基金")),
                Choice(
                    id="wealth_product",
                    title=Text("理财产品", "Wealth product"),
                    aliases=("理财", "净值型理财", "资管计划"),
                ),
                Choice(id="insurance", title=Text("保险", "Insurance"), aliases=("年金险", "寿险")),
                Choice(id="deposit", title=Text("存款", "Deposit"), aliases=("大额存单", "结构性存款")),
                Choice(id="gold", title=Text("贵金属", "Precious metals"), aliases=("黄金", "积存金")),
                Choice(id="security", title=Text("证券", "Security"), aliases=("股票", "国债", "债券")),
            ),
            aliases=("产品类型", "产品种类", "product type", "asset class"),
        ),
        Field(
            id="amount",
            title=Text("交易金额", "Amount traded"),
            kind=Kind.MONEY,
            unit="元",
            low=0,
            aliases=("成交金额", "确认金额", "金额", "amount", "value"),
            is_required=True,
        ),
        Field(
            id="income",
            title=Text("贡献收入", "Income"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("手续费收入", "中间业务收入", "中收", "佣金", "fee", "commission"),
            about=Text("这笔交易给我方带来的收入。", "What the trade brought us."),
        ),
    ),
)

_SERVICES: Final = EventTable(
    id="services",
    title=Text("服务记录", "Services"),
    columns=(
        _CUSTOMER,
        Field(
            id="date",
            title=Text("服务日期", "Served on"),
            kind=Kind.DATE,
            aliases=("日期", "接待日期", "service date", "served"),
            is_required=True,
        ),
        Field(
            id="manner",
            title=Text("服务方式", "Manner"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="meeting", title=Text("面谈", "Meeting"), aliases=("理财室面谈", "上门", "visit")),
                Choice(id="phone", title=Text("电话", "Phone"), aliases=("电联", "外呼", "call")),
                Choice(id="message", title=Text("微信短信", "Message"), aliases=("微信", "短信", "企业微信")),
                Choice(id="counter", title=Text("柜台", "Counter"), aliases=("柜面", "厅堂")),
                Choice(id="event", title=Text("沙龙活动", "Event"), aliases=("沙龙", "答谢会")),
                Choice(id="complaint", title=Text("投诉处理", "Complaint"), aliases=("投诉",)),
            ),
            aliases=("服务渠道", "接触方式", "channel", "contact type"),
        ),
        Field(
            id="minutes",
            title=Text("服务时长", "Minutes"),
            kind=Kind.INTEGER,
            unit="分钟",
            low=0,
            aliases=("时长", "耗时", "duration", "time spent"),
        ),
        Field(
            id="cost",
            title=Text("服务成本", "Cost"),
            kind=Kind.MONEY,
            unit="元",
            low=0,
            aliases=("成本", "费用", "服务费用", "expense", "service cost"),
            about=Text(
                "人工、礼品、活动等分摊到这次服务的成本。",
                "Staff, gifts and events, as far as they fall to this service.",
            ),
        ),
    ),
)

EVENTS: Final = (_TRADES, _SERVICES)
