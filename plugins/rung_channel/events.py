"""What happens with a client, dated: supplies by its partners, and calls, talks and monthly reviews."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, EventTable, Field, Kind, Text

__all__ = ["EVENTS"]

_CUSTOMER: Final = Field(
    id="customer_id",
    title=Text("客户编号", "Customer id"),
    kind=Kind.TEXT,
    aliases=("客户编码", "客户代码", "网点编号", "customer", "customer no", "account no"),
    is_required=True,
)


def _day(title: Text, *aliases: str) -> Field:
    return Field(id="date", title=title, kind=Kind.DATE, aliases=(*aliases, "日期"), is_required=True)


_SUPPLIES: Final = EventTable(
    id="supplies",
    title=Text("供货单", "Supplies"),
    columns=(
        _CUSTOMER,
        _day(Text("供货日期", "Supplied on"), "送货日期", "出库日期", "delivery date", "supply date"),
        Field(
            id="partner",
            title=Text("供货伙伴", "Supplying partner"),
            kind=Kind.TEXT,
            aliases=("经销商", "配送商", "合作伙伴", "distributor", "partner"),
        ),
        Field(
            id="cases",
            title=Text("箱数", "Cases"),
            kind=Kind.INTEGER,
            unit="箱",
            aliases=("数量", "件数", "供货箱数", "cartons", "quantity"),
        ),
        Field(
            id="amount",
            title=Text("供货金额", "Value supplied"),
            kind=Kind.MONEY,
            unit="元",
            aliases=("金额", "送货金额", "销售额", "value", "amount"),
        ),
    ),
)

_CALLS: Final = EventTable(
    id="calls",
    title=Text("拜访记录", "Calls"),
    columns=(
        _CUSTOMER,
        _day(Text("拜访日期", "Called on"), "走访日期", "会谈日期", "call date", "visit date"),
        Field(
            id="kind",
            title=Text("拜访类型", "Kind of call"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(
                    id="in_store", title=Text("店内作业", "In store"), aliases=("巡店", "陈列", "store work")
                ),
                Choice(id="talks", title=Text("谈判", "Talks"), aliases=("洽谈", "合同谈判", "negotiation")),
                Choice(
                    id="review",
                    title=Text("月度生意回顾", "Business review"),
                    aliases=("月度回顾", "生意回顾", "monthly review"),
                ),
                Choice(id="care", title=Text("日常维护", "Daily care"), aliases=("客情维护", "care visit")),
            ),
            aliases=("类型", "事由", "call type", "purpose"),
        ),
        Field(
            id="by",
            title=Text("拜访人", "Called by"),
            kind=Kind.TEXT,
            aliases=("业代", "走访人", "rep", "caller"),
        ),
    ),
)

EVENTS: Final = (_SUPPLIES, _CALLS)
